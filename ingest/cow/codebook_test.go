package cow_test

import (
	"encoding/csv"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
)

// The codebook as data: every action has a hostility level, every action an incident can be has a type of the
// closed list, and fatality levels follow on one another without a hole.
func TestCodebookIsWhole(t *testing.T) {
	t.Parallel()
	f, err := os.Open("lookups.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	codes := map[string][]int{}
	below := -1
	for _, l := range lines[1:] {
		code, err := strconv.Atoi(l[1])
		if err != nil {
			t.Fatal(err)
		}
		codes[l[0]] = append(codes[l[0]], code)
		switch {
		case code < 0:
			if l[2] != "" {
				t.Errorf("%s %d is missing, and has the words %q", l[0], code, l[2])
			}
		case l[0] == "action":
			known := slices.ContainsFunc(graph.ActTypes, func(a graph.ActMeaning) bool { return string(a.Type) == l[6] })
			if l[5] == "" || known != (code > 0) {
				t.Errorf("action %d has the hostility level %q and the type %q", code, l[5], l[6])
			}
		case l[0] == "fatality":
			if low, err := strconv.Atoi(l[3]); err != nil || low != below+1 {
				t.Errorf("fatality %d begins at %q, and the level below ends at %d", code, l[3], below)
			}
			below, _ = strconv.Atoi(l[4])
		}
	}
	upTo := func(first, last int) []int {
		all := []int{-9}
		for n := first; n <= last; n++ {
			all = append(all, n)
		}
		return all
	}
	want := map[string][]int{
		"outcome": upTo(1, 9), "settle": upTo(1, 4), "fatality": upTo(0, 6),
		"hostlev": upTo(1, 5), "action": upTo(0, 21), "revtype": upTo(0, 4),
	}
	if diff := cmp.Diff(want, codes); diff != "" {
		t.Errorf("lookups.csv has other codes than the codebook:\n%s", diff)
	}
}
