package cowwars_test

import (
	"context"
	"encoding/csv"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	cowmid "github.com/entente-graph/entente/ingest/sources/cow-mid"
	"github.com/entente-graph/entente/ingest/sources/states"
	"github.com/entente-graph/entente/internal/testneeds"
)

func realFiles(t *testing.T) fs.FS { return os.DirFS(filepath.Join(testneeds.Data(t), "cow-wars")) }

// The expected numbers are what expected.py computes from the files, without this program.
func TestExpectedNumbersAreThoseOfTheFiles(t *testing.T) {
	t.Parallel()
	python := testneeds.Program(t, "install Python 3", "python3")
	script := exec.CommandContext(t.Context(), python, "testdata/expected.py", filepath.Join(testneeds.Data(t), "cow-wars"), filepath.Join("..", "states", "tables"))
	script.Stderr = os.Stderr
	got, err := script.Output()
	if err != nil {
		t.Fatalf("expected.py: %v", err)
	}
	want, err := os.ReadFile("testdata/expected.csv")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("expected.csv is not what expected.py computes (-file +script); if the script is right, write its output there:\n%s", diff)
	}
}

// The real files, loaded into a store, answer each expected question with the expected number.
func TestRealFilesGiveExpectedNumbers(t *testing.T) {
	t.Parallel()
	files := realFiles(t)
	store := newStore(t)
	load(t, store, src, files)
	view, err := graph.At(t.Context(), store, graph.SnapshotQuery{})
	if err != nil {
		t.Fatal(err)
	}
	got, mids := map[string]int{}, map[graph.EngagementKey]bool{}
	read(t, files, func(row ingest.Row) {
		slice := strings.TrimPrefix(string(row.Statement.Slice), "cow-wars/")
		switch {
		case len(row.Mistakes) > 0:
			_, number, _ := strings.Cut(row.Statement.Key, ":")
			got["quarantined|"+number+"|"] = 1
		case row.Statement.Kind == graph.StatementActor:
			got["parties that are no states|"+slice+"|"]++
		case row.Statement.Kind == graph.StatementEngagement:
			got["wars|"+slice+"|"]++
			if e, err := graph.DecodeEngagement(row.Statement.Body); err != nil {
				t.Fatal(err)
			} else if mid, ok := strings.CutPrefix(fmt.Sprint(e.Base().Related), "[cow-mid:"); ok {
				mids[graph.EngagementKey("cow-mid:"+strings.TrimSuffix(mid, "]"))] = true
			}
		default:
		}
	})
	got["dyadic wars|all|"] = got["wars|cow-wars-dyadic|"]
	delete(got, "wars|cow-wars-dyadic|")
	tally(t, view, got)
	namedBy, err := view.NamedBy(t.Context(), slices.Collect(maps.Keys(mids)))
	if err != nil {
		t.Fatal(err)
	}
	for mid, by := range namedBy { // the way back
		got["dyadic wars of the militarized dispute|"+strings.TrimPrefix(string(mid), "cow-mid:")+"|"] = len(by)
	}

	f, err := os.Open("testdata/expected.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lines[1:] {
		want, err := strconv.Atoi(l[3])
		if err != nil {
			t.Fatal(err)
		}
		n := got[l[0]+"|"+l[1]+"|"+l[2]]
		if kind, is := strings.CutPrefix(l[0], "opposed in "); is {
			n = opposed(t, view, kind, l[1], l[2])
		}
		if n != want {
			t.Errorf("%s %s %s: %d in the graph, %d in the files", l[0], l[1], l[2], n, want)
		}
		delete(got, l[0]+"|"+l[1]+"|"+l[2])
	}
	for key, n := range got {
		if n > 0 {
			t.Errorf("%s: %d in the graph, none in the files", key, n)
		}
	}
}

// read gives every row of the files.
func read(t *testing.T, files fs.FS, each func(ingest.Row)) {
	t.Helper()
	of, err := src.Slices(t.Context(), files)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range of {
		for row, err := range src.Rows(t.Context(), files, s) {
			if err != nil {
				t.Fatal(err)
			}
			each(row)
		}
	}
}

var words = map[string]string{"inter-state war": "inter-state", "extra-state war": "extra-state", "intra-state war": "intra-state", "non-state war": "non-state"}

// kindOf tells of which file a war is, by its title.
func kindOf(d *graph.Dispute) string {
	title := d.Title("en")
	kind, _, _ := strings.Cut(title[strings.LastIndex(title, "(")+1:], ",")
	return words[kind]
}

// tally counts what lists of the graph hold.
func tally(t *testing.T, view *graph.View, got map[string]int) {
	t.Helper()
	var wars []graph.EngagementKey
	page := graph.Page{First: graph.MaxPage}
	for more := true; more; {
		list, err := view.Engagements(context.Background(), graph.EngagementFilter{Kinds: []graph.EngagementKind{graph.KindDispute}}, page)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range list.Items {
			d, ok := e.(*graph.Dispute)
			if !ok || d.Source != "cow-wars" {
				continue // a dyadic war that is no account of another is counted by its statements
			}
			wars = append(wars, d.Key)
			tallyWar(got, d)
		}
		if more = list.More; more {
			page.After = &list.Position[len(list.Position)-1]
		}
	}
	for some := range slices.Chunk(wars, 100) {
		accounts, err := view.Accounts(context.Background(), some)
		if err != nil {
			t.Fatal(err)
		}
		for _, all := range accounts {
			got["dyadic wars that are accounts of an inter-state war|all|"] += len(all)
		}
	}
}

func tallyWar(got map[string]int, d *graph.Dispute) {
	kind := kindOf(d)
	count := func(what, of string) { got[what+"|"+kind+"|"+of]++ }
	count("wars begun in the decade", d.Period.Start.EDTF()[:3]+"0")
	outcome := d.Outcome
	if outcome == "" {
		outcome = "none"
	}
	count("wars with the outcome", outcome)
	for _, p := range d.Participations {
		count("participations on side", p.Side)
		if strings.HasPrefix(string(p.Actor), "cow-wars:") {
			count("participations of states", "False")
		} else {
			count("participations of states", "True")
		}
	}
	if f := d.Fatalities; f != nil {
		got["deaths known|"+kind+"|"] += *f.Low
		if f.High != nil {
			count("wars of which all deaths are known", "")
		}
	}
	if d.Period.Why == graph.Censored {
		count("wars that go on when the data ends", "")
	}
}

// opposed counts the wars of one kind of two opponents, as a list of the dyad gives them.
func opposed(t *testing.T, view *graph.View, kind, a, b string) (n int) {
	t.Helper()
	list, err := view.Engagements(t.Context(), graph.EngagementFilter{
		Of: []graph.ActorKey{graph.ActorKey(a), graph.ActorKey(b)}, Kinds: []graph.EngagementKind{graph.KindDispute}, Alignment: graph.Opposed,
	}, graph.Page{First: graph.MaxPage})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list.Items {
		if d, ok := e.(*graph.Dispute); ok && d.Source == "cow-wars" && kindOf(d) == kind {
			n++
		}
	}
	return n
}

// Dyadic wars stand by the war they are of, and name the militarized dispute it was.
func TestWarsAreRelatedToMilitarizedDisputes(t *testing.T) {
	t.Parallel()
	store := newStore(t)
	load(t, store, src, realFiles(t))
	load(t, store, cowmid.New(states.Actors), os.DirFS(filepath.Join(testneeds.Data(t), "cow-mid-5")))
	view, err := graph.At(t.Context(), store, graph.SnapshotQuery{})
	if err != nil {
		t.Fatal(err)
	}
	accounts, err := view.Accounts(t.Context(), []graph.EngagementKey{"cow-wars:151"})
	if err != nil {
		t.Fatal(err)
	}
	dyads := accounts["cow-wars:151"]
	if len(dyads) < 20 {
		t.Errorf("%d dyadic wars are accounts of the Korean War", len(dyads))
	}
	for _, d := range dyads {
		if diff := cmp.Diff([]graph.EngagementKey{"cow-mid:51"}, d.Base().Related); diff != "" {
			t.Errorf("%s is related to others (-want +got):\n%s", d.Base().Key, diff)
		}
	}
	korea, err := view.Engagement(t.Context(), "cow-wars:151")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]graph.EngagementKey{"cow-mid:51"}, graph.RelatedOf(korea.Base(), dyads)); diff != "" {
		t.Errorf("the Korean War stands beside others (-want +got):\n%s", diff)
	}
	if _, err := view.Engagement(t.Context(), "cow-mid:51"); err != nil {
		t.Error(err)
	}
	// The two Koreas had one war in the lists, beside its militarized dispute, and no dyadic war besides.
	list, err := view.Engagements(t.Context(), graph.EngagementFilter{
		Of: []graph.ActorKey{"iso3:CHN", "iso3:KOR"}, Kinds: []graph.EngagementKind{graph.KindDispute}, Alignment: graph.Opposed,
		During: &graph.During{Interval: graph.Inclusive(graph.MustDay("1951-01-01"), graph.MustDay("1951-12-31"))},
	}, graph.Page{First: 10})
	if err != nil {
		t.Fatal(err)
	}
	var keys []graph.EngagementKey
	for _, e := range list.Items {
		keys = append(keys, e.Base().Key)
	}
	if diff := cmp.Diff([]graph.EngagementKey{"cow-mid:51", "cow-wars:151"}, keys); diff != "" {
		t.Errorf("China and Korea in 1951 (-want +got):\n%s", diff)
	}
}

// What is in quarantine reads the same alone.
func TestRealQuarantineReadsAlone(t *testing.T) {
	t.Parallel()
	files := realFiles(t)
	frames, err := src.Frames(t.Context(), files)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	read(t, files, func(row ingest.Row) {
		if len(row.Mistakes) == 0 {
			return
		}
		n++
		var rules []string
		alone, err := ingest.ExcerptOf(t.Context(), files, append(slices.Clone(frames), row.Records...))
		if err != nil {
			t.Fatal(err)
		}
		read(t, alone, func(again ingest.Row) {
			for _, m := range again.Mistakes {
				rules = append(rules, m.Rule)
			}
		})
		var want []string
		for _, m := range row.Mistakes {
			want = append(want, m.Rule)
		}
		if diff := cmp.Diff(want, rules); diff != "" {
			t.Errorf("%s (-whole +alone):\n%s", row.Statement.Key, diff)
		}
	})
	if n != 16 {
		t.Errorf("%d things are in quarantine, and should be the 16 that README.md explains", n)
	}
}
