package cowterritorialchange_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	cowterritorialchange "github.com/entente-graph/entente/ingest/sources/cow-territorial-change"
	"github.com/entente-graph/entente/ingest/sources/states"
	"github.com/entente-graph/entente/internal/sourcetest"
)

// The codes of the file, written down a second time.
var procedures = map[string]string{"conquest": "1", "annexation": "2", "cession": "3", "secession": "4", "unification": "5", "mandate": "6"}

// TestRealFilesGiveExpectedNumbers holds the graph to what is counted straight from the file.
func TestRealFilesGiveExpectedNumbers(t *testing.T) {
	t.Parallel()
	files, expected := sourcetest.Expected(t, "cow-territorial-change", filepath.Join("..", "states", "tables"))
	files = sourcetest.Only(t, files, "tc2018.csv")
	store, src := sourcetest.Store(t), cowterritorialchange.New(states.Actors)
	report := sourcetest.Load(t, store, src, files)
	if diff := cmp.Diff(ingest.Counts{Added: 1 + 842}, report.Counts); diff != "" {
		t.Errorf("the source and the changes (-want +got):\n%s", diff)
	}
	if again := sourcetest.Load(t, store, src, files); !again.Counts.Nothing() {
		t.Errorf("loaded twice: %+v", again.Counts)
	}
	n := map[[2]string]int{}
	for _, e := range sourcetest.Engagements(t, sourcetest.View(t, store, ""), graph.EngagementFilter{}) {
		a, ok := e.(*graph.Act)
		if !ok {
			t.Fatalf("%s is no act", e.Base().Key)
		}
		tally(n, a)
	}
	got := sourcetest.Count(n)
	for key := range got { // dyads of which there are few are not expected one by one
		if key[0] == "gained from" && len(got[key]) == 1 && got[key] < "4" {
			delete(got, key)
		}
	}
	got.Compare(t, expected)
}

func tally(n map[[2]string]int, a *graph.Act) {
	count := func(what, of string) { n[[2]string{what, of}]++ }
	start := a.Period.Start
	by, toward := "no state", "no state"
	if actors := a.By(); len(actors) > 0 {
		by = string(actors[0])
	}
	switch actors := a.Toward(); {
	case len(actors) > 0:
		toward = string(actors[0])
	case strings.Contains(a.Summary, "Nobody is coded as losing it."):
		toward = "nobody"
	case !strings.Contains(a.Summary, "Lost by no state"):
		toward = by // its own
	}
	count("changes", "all")
	count("changes of type", string(a.Type))
	count("changes in the decade", start.EDTF()[:3]+"0")
	count("changes dated by", map[graph.Precision]string{graph.PrecisionYear: "year", graph.PrecisionMonth: "month"}[start.Precision()])
	procedure := "-9"
	if rest, ok := strings.CutPrefix(a.Summary, "By "); ok {
		word, _, _ := strings.Cut(rest, ".")
		procedure = procedures[word]
	}
	count("changes by procedure", procedure)
	count("changes with a conflict", map[bool]string{true: "1", false: "0"}[strings.Contains(a.Summary, "With a militarized conflict.")])
	count("gained by", by)
	if toward != by || by == "no state" {
		count("lost by", toward)
	}
	if a.Type == graph.ActIndependence {
		of := toward
		if of == "no state" {
			of = "nobody"
		}
		count("independences of", of)
	}
	if by != "no state" && toward != by && toward != "no state" && toward != "nobody" {
		count("gained from", by+" "+toward)
	}
}

// TestReload holds that an inserted line changes nothing else, and that the order of lines says nothing.
func TestReload(t *testing.T) {
	t.Parallel()
	store, src := sourcetest.Store(t), cowterritorialchange.New(states.Actors)
	before := sourcetest.Load(t, store, src, sourcetest.Edited(t, "testdata/whole", "tc2018.csv", nil))
	turned := sourcetest.Edited(t, "testdata/whole", "tc2018.csv", func(lines []string) []string {
		slices.Reverse(lines[1 : len(lines)-1])
		return lines
	})
	if r := sourcetest.Load(t, store, src, turned); !r.Counts.Nothing() {
		t.Errorf("with its lines turned around: %+v", r.Counts)
	}
	inserted := sourcetest.Edited(t, "testdata/whole", "tc2018.csv", func(lines []string) []string {
		return slices.Insert(lines, 1, strings.Replace(lines[2], ",9004,", ",9006,", 1))
	})
	if diff := cmp.Diff(ingest.Counts{Added: 1, Unchanged: before.Counts.Added}, sourcetest.Load(t, store, src, inserted).Counts); diff != "" {
		t.Errorf("with a line inserted at the top (-want +got):\n%s", diff)
	}
}
