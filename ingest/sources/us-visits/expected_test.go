package usvisits_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/sqlitestore"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/sources/states"
	usvisits "github.com/entente-graph/entente/ingest/sources/us-visits"
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
	report, err := ingest.Load(t.Context(), ingest.Options{Source: usvisits.New(states.Actors), Files: files, Reader: store, Writer: store})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// all gives every meeting in the store.
func all(t *testing.T, store graph.Store) []*graph.Meeting {
	t.Helper()
	view, err := graph.At(t.Context(), store, graph.SnapshotQuery{})
	if err != nil {
		t.Fatal(err)
	}
	return found(t, view, graph.EngagementFilter{Kinds: []graph.EngagementKind{graph.KindMeeting}})
}

// found gives all meetings that a filter finds.
func found(t *testing.T, view *graph.View, f graph.EngagementFilter) []*graph.Meeting {
	t.Helper()
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

func expected(t *testing.T) [][]string {
	t.Helper()
	text, err := os.ReadFile("testdata/expected.csv")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// countries are those whose visits are counted year by year, with the ids that the files have for them.
var countries = map[graph.ActorKey][]string{
	"iso3:JPN": {"japan"}, "iso3:KOR": {"korea", "korea-south"}, "iso3:DEU": {"germany"}, "iso3:FRA": {"france"},
	"iso3:GBR": {"united-kingdom"}, "iso3:CAN": {"canada"}, "iso3:MEX": {"mexico"}, "iso3:ISR": {"israel"},
	"iso3:JOR": {"jordan"}, "iso3:EGY": {"egypt"}, "iso3:IND": {"india"}, "iso3:PAK": {"pakistan"}, "iso3:CHN": {"china"},
	"iso3:ITA": {"italy"}, "iso3:AUS": {"australia"}, "iso3:NZL": {"new-zealand"}, "iso3:BRA": {"brazil"},
	"iso3:TUR": {"turkey", "turkiye"}, "iso3:CZE": {"czech-republic", "czechia"}, "iso3:SWZ": {"swaziland", "eswatini"},
	"iso3:MKD": {"macedonia", "north-macedonia"}, "iso3:WSM": {"samoa", "somoa"}, "iso3:BIH": {"bosnia-herzegovina"},
	"iso3:COD": {"congo-democratic-republic", "congo-kinshasa"}, "iso3:GRC": {"greece"}, "iso3:LBR": {"liberia"},
	"iso3:BEL": {"belgium"}, "iso3:IRL": {"ireland"}, "iso3:VAT": {"holy-see"}, "iso3:UKR": {"ukraine"},
	"iso3:YUG": {"yugoslavia"}, "iso3:CSK": {"czechoslovakia"}, "iso3:DDR": {"german-democratic-republic"}, "iso3:TWN": {"taiwan"},
}

// TestTheGraphHasWhatTheFilesHave compares what the graph answers with numbers that were counted in the files by
// another road (testdata/expected.py).
func TestTheGraphHasWhatTheFilesHave(t *testing.T) {
	t.Parallel()
	store := newStore(t)
	if r := load(t, store, usvisits.New(states.Actors).Shipped()); len(r.Quarantined) > 0 {
		t.Errorf("of the shipped files %d things are not understood, the first: %+v", len(r.Quarantined), r.Quarantined[0])
	}
	meetings := all(t, store)
	visits := map[string]int{} // records by decade
	for _, m := range meetings {
		visits[m.Period.Start.EDTF()[:3]+"0"] += len(m.Citations)
	}
	byID := map[string]map[string]int{} // id, year
	compared := 0
	for _, row := range expected(t) {
		want, err := strconv.Atoi(row[3])
		if err != nil {
			t.Fatal(err)
		}
		switch row[0] {
		case "visits":
			if visits[row[1]] != want {
				t.Errorf("%d visits of the decade %s, and the file has %d", visits[row[1]], row[1], want)
			}
		case "meetings":
			if len(meetings) != want {
				t.Errorf("%d meetings, and the files have %d", len(meetings), want)
			}
		case "occasion":
			if got := together(meetings, row[1], row[2]); got != want {
				t.Errorf("the occasion %q of %s has %d visits, and the file has %d", row[1], row[2], got, want)
			}
		case "visitor":
			if got := with(meetings, graph.ActorKey("us-visits:"+row[1])); got != want {
				t.Errorf("%d meetings with %s, and the files have %d", got, row[1], want)
			}
		case "country":
			if byID[row[1]] == nil {
				byID[row[1]] = map[string]int{}
			}
			byID[row[1]][row[2]] = want
			continue
		}
		compared++
	}
	compared += comparePerYear(t, store, byID)
	if compared < 500 {
		t.Errorf("only %d numbers were compared", compared)
	}
}

// comparePerYear asks the graph for the meetings of each country with the United States that began in each year.
func comparePerYear(t *testing.T, store graph.Store, byID map[string]map[string]int) (compared int) {
	t.Helper()
	view, err := graph.At(t.Context(), store, graph.SnapshotQuery{})
	if err != nil {
		t.Fatal(err)
	}
	for actor, ids := range countries {
		got, want := map[string]int{}, map[string]int{}
		for _, m := range found(t, view, graph.EngagementFilter{
			Of: []graph.ActorKey{"iso3:USA", actor}, Through: []graph.Involvement{graph.Direct},
		}) {
			got[m.Period.Start.EDTF()[:4]]++
		}
		for _, id := range ids {
			for year, n := range byID[id] {
				want[year] += n
				compared++
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("meetings of the United States and %s by year (-files +graph):\n%s", actor, diff)
		}
	}
	return compared
}

// together gives how many visits the one meeting of a year has of which all visits have the words; 0 if there is
// more than one such meeting.
func together(meetings []*graph.Meeting, words, year string) int {
	n := 0
	for _, m := range meetings {
		if !strings.HasPrefix(m.Period.Start.EDTF(), year) {
			continue
		}
		if !strings.Contains(m.Summary, words) {
			continue
		}
		if n > 0 {
			return 0
		}
		n = len(m.Citations)
	}
	return n
}

// with counts the meetings with a person.
func with(meetings []*graph.Meeting, person graph.ActorKey) int {
	n := 0
	for _, m := range meetings {
		if slices.ContainsFunc(m.Participations, func(p graph.Participation) bool { return p.Actor == person }) {
			n++
		}
	}
	return n
}

// TestTheNumbersAreThoseOfTheScript counts again, where Python is at hand.
func TestTheNumbersAreThoseOfTheScript(t *testing.T) {
	t.Parallel()
	python := testneeds.Program(t, "install Python 3", "python3")
	dir := t.TempDir()
	if err := os.CopyFS(dir, usvisits.New(states.Actors).Shipped()); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	script := exec.CommandContext(ctx, python, "testdata/expected.py", dir)
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
