package gmlmid_test

import (
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
	"github.com/entente-graph/entente/ingest"
	cowmid "github.com/entente-graph/entente/ingest/sources/cow-mid"
	"github.com/entente-graph/entente/ingest/sources/states"
	"github.com/entente-graph/entente/internal/testneeds"
)

// The columns of testdata/expected.csv.
const (
	colWhat = iota
	colOf
	colWith
	colFrom
	colTo
	colNumber
)

func realFiles(t *testing.T) fs.FS { return os.DirFS(filepath.Join(testneeds.Data(t), "gml-mid")) }

func mid5(t *testing.T) fs.FS { return os.DirFS(filepath.Join(testneeds.Data(t), "cow-mid-5")) }

// The expected numbers are what expected.py computes from the files, without this program.
func TestExpectedNumbersAreThoseOfTheFiles(t *testing.T) {
	t.Parallel()
	data := testneeds.Data(t)
	python := testneeds.Program(t, "install Python 3", "python3")
	script := exec.CommandContext(t.Context(), python, "testdata/expected.py", filepath.Join(data, "gml-mid"), filepath.Join(data, "cow-mid-5"), filepath.Join("..", "states", "tables"))
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

// The real file alone, and beside MID 5.0 in either order, answers each expected question with the expected number: a
// dispute that both tell of counts once.
func TestRealFilesGiveExpectedNumbers(t *testing.T) {
	t.Parallel()
	mine, both, turned := newStore(t), newStore(t), newStore(t)
	load(t, mine, src, realFiles(t))
	load(t, both, cowmid.New(states.Actors), mid5(t))
	load(t, both, src, realFiles(t))
	load(t, turned, src, realFiles(t))
	load(t, turned, cowmid.New(states.Actors), mid5(t))
	if a, b := digest(t, both), digest(t, turned); a != b {
		t.Errorf("the order of loading makes another graph: %s, %s", a, b)
	}
	alone, beside := viewOf(t, mine), viewOf(t, both)
	got := tally(t, alone)
	for row, err := range src.Rows(t.Context(), realFiles(t), graph.Slice{Source: gmlKey, ID: "gml-mid"}) {
		if err != nil {
			t.Fatal(err)
		}
		if len(row.Mistakes) > 0 {
			got["quarantined|"+strings.TrimPrefix(row.Statement.Key, "gml-mid:")] = 1
		}
	}
	linked(t, beside, got)
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
		want, err := strconv.Atoi(l[colNumber])
		if err != nil {
			t.Fatal(err)
		}
		n := got[l[colWhat]+"|"+l[colOf]]
		switch l[colWhat] {
		case "opposed, in this dataset":
			n = opposed(t, alone, l)
		case "opposed, in both":
			n = opposed(t, beside, l)
		default:
			delete(got, l[colWhat]+"|"+l[colOf])
		}
		if n != want {
			t.Errorf("%v: %d in the graph, %d in the files", l[:colNumber], n, want)
		}
	}
	for key, n := range got {
		if n > 0 {
			t.Errorf("%s: %d in the graph, none in the files", key, n)
		}
	}
}

const gmlKey graph.SourceKey = "gml-mid"

func viewOf(t *testing.T, store graph.Store) *graph.View {
	t.Helper()
	view, err := graph.At(t.Context(), store, graph.SnapshotQuery{})
	if err != nil {
		t.Fatal(err)
	}
	return view
}

func digest(t *testing.T, store graph.Store) string {
	t.Helper()
	head, err := store.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	sum, _, err := graph.Digest(t.Context(), store, head.Load.Number)
	if err != nil {
		t.Fatal(err)
	}
	return sum.String()
}

// each gives every dispute that lists have.
func each(t *testing.T, view *graph.View, what func(*graph.Dispute)) {
	t.Helper()
	page := graph.Page{First: graph.MaxPage}
	for more := true; more; {
		list, err := view.Engagements(t.Context(), graph.EngagementFilter{Kinds: []graph.EngagementKind{graph.KindDispute}}, page)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range list.Items {
			if d, ok := e.(*graph.Dispute); ok {
				what(d)
			}
		}
		if more = list.More; more {
			page.After = &list.Position[len(list.Position)-1]
		}
	}
}

// The words of the codebook, written down a second time, as the codes of the files that expected.py counts.
var (
	outcomes    = []string{"", "Victory for side A", "Victory for side B", "Yield by side A", "Yield by side B", "Stalemate", "Compromise", "Released", "Unclear", "Joins ongoing war"}
	settlements = []string{"", "Negotiated", "Imposed", "None", "Unclear"}
)

func codeOf(words []string, word string) string {
	if i := slices.Index(words, word); i != 0 {
		return strconv.Itoa(i)
	}
	return "-9"
}

func span(r *graph.Range) string {
	switch {
	case r == nil:
		return "unknown"
	case r.High == nil:
		return strconv.Itoa(*r.Low) + ".."
	default:
		return strconv.Itoa(*r.Low) + ".." + strconv.Itoa(*r.High)
	}
}

func tally(t *testing.T, view *graph.View) map[string]int {
	t.Helper()
	got := map[string]int{}
	each(t, view, func(d *graph.Dispute) {
		count := func(what, of string) { got[what+"|"+of]++ }
		count("disputes", "all")
		count("disputes begun in the decade", d.Period.Start.EDTF()[:3]+"0")
		count("disputes with hostility", strconv.Itoa(*d.Hostility))
		count("disputes with outcome", codeOf(outcomes, d.Outcome))
		count("disputes with settlement", codeOf(settlements, d.Settlement))
		count("disputes with deaths", span(d.Fatalities))
		if d.Period.Why == graph.Censored {
			count("disputes that go on when the data ends", "all")
		}
		if slices.Contains(d.Topics, graph.TopicTerritory) {
			count("disputes about territory", "all")
		}
		for _, p := range d.Participations {
			count("participations on side", p.Side)
		}
	})
	return got
}

// linked counts what lists have of this dataset beside MID 5.0, and what stands by a dispute of that.
func linked(t *testing.T, view *graph.View, got map[string]int) {
	t.Helper()
	var leads []graph.EngagementKey
	each(t, view, func(d *graph.Dispute) {
		if d.Source == gmlKey {
			got["disputes by themselves|"+strings.TrimPrefix(string(d.Key), "gml-mid:")] = 1
		} else {
			leads = append(leads, d.Key)
		}
	})
	for some := range slices.Chunk(leads, 100) {
		accounts, err := view.Accounts(t.Context(), some)
		if err != nil {
			t.Fatal(err)
		}
		for key, all := range accounts {
			got["accounts of a dispute of MID 5.0|all"] += len(all)
			number := strings.TrimPrefix(string(key), "cow-mid:")
			if len(all) != 1 || !slices.ContainsFunc(all[0].Base().Identifiers, func(i graph.Identifier) bool { return i.Value == number }) {
				t.Errorf("%s has %d accounts", key, len(all))
			}
		}
	}
}

func opposed(t *testing.T, view *graph.View, l []string) int {
	t.Helper()
	list, err := view.Engagements(t.Context(), graph.EngagementFilter{
		Of: []graph.ActorKey{graph.ActorKey(l[colOf]), graph.ActorKey(l[colWith])}, Kinds: []graph.EngagementKind{graph.KindDispute}, Alignment: graph.Opposed,
		During: &graph.During{Interval: graph.Inclusive(graph.MustDay(l[colFrom]), graph.MustDay(l[colTo]))},
	}, graph.Page{First: 1, Count: true})
	if err != nil {
		t.Fatalf("%v: %v", l, err)
	}
	return *list.Total
}

// Dispute 1345 ends in 1955 here, and on 30 July 1954 there: that is told as a conflict. And MID 5.0 is what counts: with it
// loaded the founding question's disputes are as many as without this dataset.
func TestWhatDiffersIsToldAndNotCounted(t *testing.T) {
	t.Parallel()
	store := newStore(t)
	load(t, store, cowmid.New(states.Actors), mid5(t))
	before := opposed(t, viewOf(t, store), []string{"", "iso3:JPN", "iso3:KOR", "1816-01-01", "2014-12-31"})
	report := load(t, store, src, realFiles(t))
	if want := (ingest.Counts{Added: 2182}); report.Links != want {
		t.Errorf("links: %+v, and should be %+v", report.Links, want)
	}
	view := viewOf(t, store)
	if after := opposed(t, view, []string{"", "iso3:JPN", "iso3:KOR", "1816-01-01", "2014-12-31"}); before != 12 || after != before {
		t.Errorf("%d disputes of Japan and Korea before, %d after", before, after)
	}
	found, err := view.Conflicts(t.Context(), []string{"cow-mid:1345"}, []graph.ConflictType{graph.ContradictingDate}, 10, nil)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(found.Items, func(c *graph.Conflict) bool { return c.Field == "period.end" })
	if i < 0 || found.Items[i].Values[0].Value != "1954-07-30" || !strings.HasPrefix(found.Items[i].Values[1].Value, "1955") || found.Items[i].Values[1].Source != gmlKey {
		t.Errorf("of %d conflicts none is of the end of dispute 1345", len(found.Items))
	}
	if r := load(t, store, src, realFiles(t)); !r.Counts.Nothing() || !r.Links.Nothing() {
		t.Errorf("loading twice makes a difference: %+v, links %+v", r.Counts, r.Links)
	}
}
