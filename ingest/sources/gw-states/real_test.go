package gwstates_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
	cowstates "github.com/entente-graph/entente/ingest/sources/cow-states"
	gwstates "github.com/entente-graph/entente/ingest/sources/gw-states"
	"github.com/entente-graph/entente/ingest/sources/states"
	"github.com/entente-graph/entente/internal/sourcetest"
)

var (
	gwSlice  = graph.Slice{Source: gwstates.Key, ID: "gw-states"}
	cowSlice = graph.Slice{Source: cowstates.Key, ID: "cow-states/system"}
	lastDay  = graph.MustDay("2020-12-31")
)

// TestRealFilesGiveExpectedNumbers holds the graph to what is counted straight from the file.
func TestRealFilesGiveExpectedNumbers(t *testing.T) {
	t.Parallel()
	files, expected := sourcetest.Expected(t, "gw-state-list", filepath.Join("..", "states", "tables"))
	store, src := sourcetest.Store(t), gwstates.New(states.Actors)
	if r := sourcetest.Load(t, store, src, files); len(r.Quarantined) > 0 {
		t.Errorf("in quarantine: %v", r.Quarantined)
	}
	if r := sourcetest.Load(t, store, src, files); !r.Counts.Nothing() {
		t.Errorf("loaded twice: %+v", r.Counts)
	}
	all := sourcetest.Memberships(t, store, gwSlice)
	times := map[graph.ActorKey][]string{}
	open := 0
	for _, m := range all {
		times[m.Member] = append(times[m.Member], m.Period.EDTF())
		if m.Period.Why == graph.Censored {
			open++
		}
	}
	got := sourcetest.Counts{
		{"memberships", "all"}:            strconv.Itoa(len(all)),
		{"memberships that go on", "all"}: strconv.Itoa(open),
	}
	for _, e := range expected {
		key := [2]string{e.What, e.Of}
		switch e.What {
		case "members on":
			n := 0
			for _, m := range all {
				if m.Period.Holds(graph.MustDay(e.Of), graph.Certain) {
					n++
				}
			}
			got[key] = strconv.Itoa(n)
		case "times of":
			mine := times[graph.ActorKey(e.Of)]
			slices.Sort(mine)
			got[key] = strings.Join(mine, " ")
		}
	}
	got.Compare(t, expected)
}

// TestRegistry compares the list day by day with the numbers that the registry says states held; and the days that this list and
// that of the Correlates of War have together with those in which the registry says states existed. Each difference stands in
// testdata/differences.csv, with its reason.
func TestRegistry(t *testing.T) {
	t.Parallel()
	store := sourcetest.Store(t)
	sourcetest.Load(t, store, gwstates.New(states.Actors), sourcetest.Files(t, "gw-state-list"))
	sourcetest.Load(t, store, cowstates.New(states.Actors), sourcetest.Only(t, sourcetest.Files(t, "cow-state-system"), "cow_statelist2024.csv"))
	mine := sourcetest.Memberships(t, store, gwSlice)
	if differ := sourcetest.AgainstRegistry(t, mine, "gw", lastDay); len(differ) > 0 {
		t.Errorf("the list and the registry's numbers differ:\n%s", strings.Join(differ, "\n"))
	}
	lists, registry := map[graph.ActorKey][]graph.Interval{}, map[graph.ActorKey][]graph.Interval{}
	for _, m := range append(mine, sourcetest.Memberships(t, store, cowSlice)...) {
		lists[m.Member] = append(lists[m.Member], sourcetest.Upto(m.Period, lastDay))
	}
	all, err := states.Actors()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range all {
		if lists[a.Key] == nil {
			continue // territories, and what neither list has
		}
		for _, p := range a.Existence {
			registry[a.Key] = append(registry[a.Key], sourcetest.Upto(p, lastDay))
		}
	}
	explained := differences(t)
	for _, d := range sourcetest.Differ(lists, registry, "the lists", "the registry") {
		if explained[d] == "" {
			t.Errorf("not explained in testdata/differences.csv: %s", d)
		}
		delete(explained, d)
	}
	for d := range explained {
		t.Errorf("explained, and no difference: %s", d)
	}
}

// differences reads what is explained.
func differences(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile("testdata/differences.csv")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	explained := map[string]string{}
	for _, r := range rows[1:] {
		explained[fmt.Sprintf("%s %s: only in %s", r[0], r[1], r[2])] = r[3]
	}
	return explained
}
