package ustravels_test

import (
	"bytes"
	"encoding/csv"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/sqlitestore"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/sources/states"
	ustravels "github.com/entente-graph/entente/ingest/sources/us-travels"
	"github.com/entente-graph/entente/internal/testneeds"
)

func newStore(t *testing.T) graph.Store {
	t.Helper()
	store, err := sqlitestore.Open(filepath.Join(t.TempDir(), "store.db"), sqlitestore.Create())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}

func load(t *testing.T, store graph.Store, files fs.FS) ingest.Report {
	t.Helper()
	report, err := ingest.Load(t.Context(), ingest.Options{Source: ustravels.New(states.Actors), Files: files, Reader: store, Writer: store})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func shipped() fs.FS { return ustravels.New(states.Actors).Shipped() }

// found gives all meetings that a filter finds.
func found(t *testing.T, store graph.Store, f graph.EngagementFilter) []*graph.Meeting {
	t.Helper()
	view, err := graph.At(t.Context(), store, graph.SnapshotQuery{})
	if err != nil {
		t.Fatal(err)
	}
	var meetings []*graph.Meeting
	page := graph.Page{First: 100}
	for {
		list, err := view.Engagements(t.Context(), f, page)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range list.Items {
			meetings = append(meetings, e.(*graph.Meeting))
		}
		if !list.More {
			return meetings
		}
		page.After = &list.Position[len(list.Position)-1]
	}
}

// countries are those whose legs are counted year by year, with the ids that the files have for them.
var countries = map[graph.ActorKey][]string{
	"iso3:JPN": {"japan"}, "iso3:KOR": {"korea-south"}, "iso3:PRK": {"korea-north"}, "iso3:FRA": {"france"},
	"iso3:GBR": {"united-kingdom"}, "iso3:CAN": {"canada"}, "iso3:MEX": {"mexico"}, "iso3:ISR": {"israel"},
	"iso3:JOR": {"jordan"}, "iso3:EGY": {"egypt"}, "iso3:IND": {"india"}, "iso3:CHN": {"china"}, "iso3:ITA": {"italy"},
	"iso3:AUS": {"australia"}, "iso3:TUR": {"turkey", "turkiye"}, "iso3:CZE": {"czech-republic", "czechia"},
	"iso3:PSE": {"palestinian-authority", "west-bank"}, "iso3:BEL": {"belgium"}, "iso3:CHE": {"switzerland"},
	"iso3:VAT": {"holy-see"}, "iso3:DDR": {"german-democratic-republic"}, "iso3:TWN": {"taiwan"}, "iso3:CUB": {"cuba"},
	"iso3:COD": {"congo-democratic-republic", "congo-kinshasa"}, "iso3:PAN": {"panama"}, "iso3:SAU": {"saudi-arabia"},
}

// TestTheGraphHasWhatTheFilesHave compares what the graph answers with numbers that were counted in the files by
// another road (testdata/expected.py).
func TestTheGraphHasWhatTheFilesHave(t *testing.T) {
	t.Parallel()
	store := newStore(t)
	if r := load(t, store, shipped()); len(r.Quarantined) > 0 {
		t.Errorf("of the shipped files %d things are not understood, the first: %+v", len(r.Quarantined), r.Quarantined[0])
	}
	meetings := found(t, store, graph.EngagementFilter{})
	got := map[string]int{}
	for _, m := range meetings {
		year := m.Period.Start.EDTF()[:4]
		for _, p := range m.Participations {
			switch {
			case p.Role == graph.RoleRepresentative && p.Capacity == "Secretary of State":
				got["legs|secretary/"+strings.TrimPrefix(string(p.Actor), "us-travels:")+"|"]++
				got["records|secretary|"] += len(m.Citations)
			case p.Role == graph.RoleRepresentative:
				got["legs|president/"+strings.TrimPrefix(string(p.Actor), "us-travels:")+"|"]++
				got["records|president|"] += len(m.Citations)
				if p.Capacity == "President-elect" {
					got["elect||"]++
				}
				if m.Level == graph.LevelSummit && strings.Contains(strings.ToLower(m.Summary), "summit") {
					got["summits|"+year[:3]+"0|"]++
				}
			}
		}
	}
	for actor := range countries {
		for _, m := range found(t, store, graph.EngagementFilter{
			Of: []graph.ActorKey{"iso3:USA", actor}, Through: []graph.Involvement{graph.Direct},
		}) {
			if slices.ContainsFunc(m.Participations, func(p graph.Participation) bool { return p.Actor == actor && p.Role == graph.RoleHost }) {
				got["country|"+string(actor)+"|"+m.Period.Start.EDTF()[:4]]++
			}
		}
	}
	if diff := cmp.Diff(expected(t), got); diff != "" {
		t.Errorf("-files +graph:\n%s", diff)
	}
	if len(got) < 400 {
		t.Errorf("only %d numbers were compared", len(got))
	}
}

// expected gives the numbers of testdata/expected.csv, of countries those that are compared, under the actors' keys.
func expected(t *testing.T) map[string]int {
	t.Helper()
	text, err := os.ReadFile("testdata/expected.csv")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	actors := map[string]graph.ActorKey{}
	for actor, ids := range countries {
		for _, id := range ids {
			actors[id] = actor
		}
	}
	want := map[string]int{}
	for _, r := range rows {
		n, err := strconv.Atoi(r[3])
		if err != nil {
			t.Fatal(err)
		}
		if r[0] == "country" {
			if actors[r[1]] == "" {
				continue
			}
			r[1] = string(actors[r[1]])
		}
		want[r[0]+"|"+r[1]+"|"+r[2]] += n
	}
	return want
}

// TestTheNumbersAreThoseOfTheScript counts again, where Python is at hand.
func TestTheNumbersAreThoseOfTheScript(t *testing.T) {
	t.Parallel()
	python := testneeds.Program(t, "install Python 3", "python3")
	dir := t.TempDir()
	if err := os.CopyFS(dir, shipped()); err != nil {
		t.Fatal(err)
	}
	script := exec.CommandContext(t.Context(), python, "testdata/expected.py", dir)
	script.Stderr = os.Stderr
	out, err := script.Output()
	if err != nil {
		t.Fatalf("expected.py: %v", err)
	}
	want, err := os.ReadFile("testdata/expected.csv")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(out)); diff != "" {
		t.Errorf("expected.csv is not what expected.py counts (-file +script):\n%s", diff)
	}
}

// meetings gives what the source says of one traveller.
func meetings(t *testing.T, who graph.SliceID) map[graph.EngagementKey]*graph.Meeting {
	t.Helper()
	out := map[graph.EngagementKey]*graph.Meeting{}
	for row, err := range ustravels.New(states.Actors).Rows(t.Context(), shipped(), graph.Slice{Source: "us-travels", ID: who}) {
		if err != nil || len(row.Mistakes) > 0 {
			t.Fatal(err, row.Mistakes)
		}
		if row.Statement.Kind != graph.StatementEngagement {
			continue
		}
		e, err := graph.DecodeEngagement(row.Statement.Body)
		if err != nil {
			t.Fatal(err)
		}
		out[e.Base().Key] = e.(*graph.Meeting)
	}
	return out
}

// On the day of a crossing the traveller was in both countries: each leg keeps its days.
func TestLegsShareADay(t *testing.T) {
	t.Parallel()
	all := meetings(t, "biden-joseph-r")
	var days []string
	for _, key := range []graph.EngagementKey{"us-travels:4113", "us-travels:4114", "us-travels:4115"} {
		days = append(days, all[key].Period.EDTF())
	}
	if diff := cmp.Diff([]string{"2021-06-09/2021-06-13", "2021-06-13/2021-06-15", "2021-06-15/2021-06-16"}, days); diff != "" {
		t.Errorf("-files +graph:\n%s", diff)
	}
}

// Two legs stand twice in the file, under two numbers; what only looks alike stays two.
func TestALegUnderTwoNumbers(t *testing.T) {
	t.Parallel()
	all := meetings(t, "blinken-antony-j")
	for key, second := range map[graph.EngagementKey]string{"us-travels:3992": "trip 4019", "us-travels:3993": "trip 4020"} {
		m := all[key]
		if m == nil || !slices.ContainsFunc(m.Citations, func(c graph.Citation) bool { return c.Locator == second }) {
			t.Errorf("%s does not cite %s: %+v", key, second, m)
		}
	}
	if all["us-travels:4019"] != nil || all["us-travels:4020"] != nil {
		t.Error("a leg is there twice")
	}
	for _, key := range []graph.EngagementKey{"us-travels:2121", "us-travels:2123"} {
		if meetings(t, "shultz-george-pratt")[key] == nil {
			t.Errorf("%s is not there: it is another stop of the day", key)
		}
	}
}

// A traveller's file is loaded alone; the others stay.
func TestATravellerAlone(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{}
	for _, name := range []string{"secretary-travels/rubio-marco.xml", "secretary-travels/hay-john-milton.xml"} {
		text, err := fs.ReadFile(shipped(), name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: text}
	}
	store := newStore(t)
	load(t, store, files)
	before := len(found(t, store, graph.EngagementFilter{}))
	text := string(files["secretary-travels/rubio-marco.xml"].Data)
	first := text[strings.Index(text, "    <trip "):strings.Index(text, "</trip>")] + "</trip>\n"
	_, id, _ := strings.Cut(first, "<id>")
	id, _, _ = strings.Cut(id, "</id>")
	first = strings.Replace(first, "<id>"+id+"</id>", "<id>99999</id>", 1)
	first = strings.Replace(first, "<locale>", "<locale>Elsewhere, ", 1)
	r := load(t, store, fstest.MapFS{"rubio-marco.xml": &fstest.MapFile{Data: []byte(strings.Replace(text, "<trips>\n", "<trips>\n"+first, 1))}})
	if r.Counts.Added != 1 || r.Counts.Changed+r.Counts.Retracted > 0 {
		t.Errorf("one leg more at the top: %+v", r.Counts)
	}
	if after := len(found(t, store, graph.EngagementFilter{})); after != before+1 {
		t.Errorf("%d meetings became %d", before, after)
	}
}

// whoWasMet are the legs in which somebody of another state took part, as the files' own test data has them.
func whoWasMet(t *testing.T) map[graph.EngagementKey][]string {
	t.Helper()
	text, err := os.ReadFile("testdata/met.csv")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := map[graph.EngagementKey][]string{}
	for _, r := range rows[1:] {
		want[graph.EngagementKey("us-travels:"+r[0])] = r[1:]
	}
	return want
}

// Whom remarks name of other states took part; the list was read beside the remarks. Where nobody of the host is named
// it did not, and no such leg is one of two.
func TestWhoWasMet(t *testing.T) {
	t.Parallel()
	want := whoWasMet(t)
	store := newStore(t)
	load(t, store, shipped())
	got := map[graph.EngagementKey][]string{}
	for _, m := range found(t, store, graph.EngagementFilter{}) {
		host, others := "no", []string{}
		for _, p := range m.Participations {
			switch {
			case p.Role == graph.RoleHost:
				host = "yes"
			case p.Role == graph.RoleParticipant && p.Actor != "iso3:USA":
				others = append(others, string(p.Actor))
				if !strings.HasPrefix(p.Note, "The remarks name ") {
					t.Errorf("%s: %s took part, and it is not said why: %q", m.Key, p.Actor, p.Note)
				}
			}
		}
		if len(others) == 0 {
			continue
		}
		if m.Format != "" {
			t.Errorf("%s is said to be %s with %v", m.Key, m.Format, others)
		}
		got[m.Key] = []string{host, strings.Join(others, " ")}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-read +source:\n%s", diff)
	}
}

// What the remarks do not tell is not told: who met on a fishing trip, and that the host met where others did.
func TestWhatRemarksDoNotTell(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		who   graph.SliceID
		key   graph.EngagementKey
		level graph.MeetingLevel
		parts string
	}{
		{"roosevelt-franklin-d", "us-travels:2683", "", "HOST iso3:GBR (The remarks name nobody who was met.), PARTICIPANT iso3:USA"},
		{"roosevelt-franklin-d", "us-travels:2722", "SUMMIT", "PARTICIPANT iso3:USA, PARTICIPANT iso3:SUN (The remarks name Soviet Premier Stalin.), PARTICIPANT iso3:GBR (The remarks name British Prime Minister Churchill.)"},
		{"kennedy-john-f", "us-travels:2778", "SUMMIT", "HOST iso3:AUT, PARTICIPANT iso3:USA, PARTICIPANT iso3:SUN (The remarks name Soviet Premier Khrushchev.)"},
		{"trump-donald-j", "us-travels:3817", "SUMMIT", "PARTICIPANT iso3:USA, PARTICIPANT iso3:RUS (The remarks name Russian President Vladimir Putin.)"},
		{"trump-donald-j", "us-travels:3892", "", "HOST iso3:AFG (The remarks name nobody who was met.), PARTICIPANT iso3:USA"},
		{"baker-james-addison", "us-travels:311", "MINISTERIAL", "HOST iso3:DDR, PARTICIPANT iso3:USA"},
	} {
		m := meetings(t, c.who)[c.key]
		if m == nil {
			t.Errorf("%s is not there", c.key)
			continue
		}
		var parts []string
		for _, p := range m.Participations {
			if p.Role != graph.RoleRepresentative {
				text := string(p.Role) + " " + string(p.Actor)
				if p.Note != "" {
					text += " (" + p.Note + ")"
				}
				parts = append(parts, text)
			}
		}
		if diff := cmp.Diff(c.parts, strings.Join(parts, ", ")); diff != "" || m.Level != c.level || m.Format != "" {
			t.Errorf("%s is of level %q and format %q; -want +got:\n%s", c.key, m.Level, m.Format, diff)
		}
	}
}
