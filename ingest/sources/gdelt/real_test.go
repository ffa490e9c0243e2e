package gdelt_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/sqlitestore"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/sources/gdelt"
	"github.com/entente-graph/entente/ingest/sources/states"
	"github.com/entente-graph/entente/internal/testneeds"
)

func sample(t *testing.T) string {
	return filepath.Join(testneeds.Data(t), "gdelt", "events2samps.csv")
}

func expected(t *testing.T) [][]string {
	t.Helper()
	text, err := os.ReadFile("testdata/expected.csv")
	if err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return lines[1:]
}

// The expected numbers are what expected.py computes from the file, without this program.
func TestExpectedNumbersAreThoseOfTheFile(t *testing.T) {
	t.Parallel()
	want, err := os.ReadFile("testdata/expected.csv")
	if err != nil {
		t.Fatal(err)
	}
	python := testneeds.Program(t, "install Python 3", "python3")
	out, err := exec.CommandContext(t.Context(), python, "testdata/expected.py", sample(t), filepath.Join("..", "states", "tables")).Output()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(out)); diff != "" {
		t.Errorf("expected.csv is not what expected.py computes (-file +script); if the script is right, write its output there:\n%s", diff)
	}
}

// The sample, loaded into a store, answers each expected question with the expected number; so it does as raw files.
func TestRealFileGivesExpectedNumbers(t *testing.T) {
	t.Parallel()
	store, raw := newStore(t), newStore(t)
	report := load(t, store, sample(t))
	if len(report.Quarantined) > 0 {
		t.Errorf("in quarantine: %v", report.Quarantined)
	}
	dir := t.TempDir()
	asRaw(t, sample(t), dir)
	if again := load(t, raw, dir); again.Counts.Added != report.Counts.Added || again.LeftOut != report.LeftOut {
		t.Errorf("as raw files it is %+v, and %+v with a header", again.Counts, report.Counts)
	}
	for _, s := range []graph.Store{store, raw} {
		view, err := graph.At(t.Context(), s, graph.SnapshotQuery{})
		if err != nil {
			t.Fatal(err)
		}
		got := tally(t, view)
		got["left out|"] = int64(report.LeftOut)
		questions, asked := 0, map[string]bool{}
		for _, e := range expected(t) {
			questions++
			want, err := strconv.ParseInt(e[4], 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			if e[1] != "" {
				if n := ofDyad(t, view, e); n != want {
					t.Errorf("%v: %d in the graph, %d in the file", e[:4], n, want)
				}
				continue
			}
			key := e[0] + "|" + e[3]
			if asked[key] = true; got[key] != want {
				t.Errorf("%s: %d in the graph, %d in the file", key, got[key], want)
			}
		}
		for key, n := range got {
			if !asked[key] && !strings.HasPrefix(key, "acts with a role") {
				t.Errorf("%s: %d in the graph, and nothing is expected", key, n)
			}
		}
		if questions < 250 {
			t.Errorf("only %d numbers are compared", questions)
		}
	}
}

// asRaw writes the sample as the raw files it was made of: a file for each quarter of an hour, without a header, a
// description or quotes.
func asRaw(t *testing.T, from, dir string) {
	t.Helper()
	f, err := os.Open(from) //nolint:gosec // it is test data
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]*strings.Builder{}
	for _, cells := range all[1:] {
		cells = append(append([]string(nil), cells[:27]...), cells[28:]...)
		when := cells[59]
		if texts[when] == nil {
			texts[when] = &strings.Builder{}
		}
		texts[when].WriteString(strings.Join(cells, "\t") + "\n")
	}
	for when, text := range texts {
		if err := os.WriteFile(filepath.Join(dir, when+".export.CSV"), []byte(text.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// tally counts the acts of the graph, page by page.
func tally(t *testing.T, view *graph.View) map[string]int64 {
	t.Helper()
	got := map[string]int64{}
	page := graph.Page{First: graph.MaxPage}
	for more := true; more; {
		list, err := view.Engagements(t.Context(), graph.EngagementFilter{Kinds: []graph.EngagementKind{graph.KindAct}}, page)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range list.Items {
			a, ok := e.(*graph.Act)
			if !ok {
				t.Fatalf("%s is no act", e.Base().Key)
			}
			got["acts|"]++
			got["acts of the day|"+a.Period.Start.EDTF()]++
			got["acts by quad class|"+strconv.Itoa(a.QuadClass)]++
			got["acts by root|"+a.CAMEO[:2]]++
			got["mentions|"] += int64(a.Mentions.Mentions)
			roles := map[string]bool{}
			for _, p := range a.Participations {
				for _, role := range strings.Split(p.Capacity, ", ") {
					roles[role] = true
				}
			}
			for role, code := range map[string]string{"government": "GOV", "military": "MIL", "rebels": "REB"} {
				if roles[role] {
					got["acts with a role|"+code]++
				}
			}
		}
		if more = list.More; more {
			page.After = &list.Position[len(list.Position)-1]
		}
	}
	return got
}

var measures = map[string]graph.Measure{
	"acts of the dyad": graph.CountActs, "mean Goldstein, thousandths": graph.MeanGoldstein,
	"quad 1": graph.VerbalCooperation, "quad 2": graph.MaterialCooperation, "quad 3": graph.VerbalConflict, "quad 4": graph.MaterialConflict,
}

// ofDyad asks for a point of a series, as a line of expected.csv says.
func ofDyad(t *testing.T, view *graph.View, e []string) int64 {
	t.Helper()
	month := graph.MustDate(e[3])
	series, err := view.Series(t.Context(), graph.NewDyadKey(graph.ActorKey(e[1]), graph.ActorKey(e[2])), graph.SeriesQuery{
		Measures: []graph.Measure{measures[e[0]]}, From: month.Earliest(), To: month.Latest(), Unit: graph.UnitMonth, Certainty: graph.Possible,
	})
	if err != nil {
		t.Fatalf("%v: %v", e, err)
	}
	p := series[0].Points[0]
	if e[0] == "mean Goldstein, thousandths" {
		return p.Thousandths
	}
	return p.Thousandths / 1000
}

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
	registry := states.Source{}
	if _, err := ingest.Load(t.Context(), ingest.Options{Source: registry, Files: registry.Shipped(), Reader: store, Writer: store}); err != nil {
		t.Fatal(err)
	}
	return store
}

func load(t *testing.T, store graph.Store, path string) ingest.Report {
	t.Helper()
	files, err := ingest.OpenPaths(ingest.DefaultLimits, path)
	if err != nil {
		t.Fatal(err)
	}
	defer files.Close()
	r, err := ingest.Load(t.Context(), ingest.Options{Source: gdelt.New(states.Actors), Files: files, Reader: store, Writer: store})
	if err != nil {
		t.Fatal(err)
	}
	return r
}
