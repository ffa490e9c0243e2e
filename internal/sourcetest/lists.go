package sourcetest

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/sources/states"
	"github.com/entente-graph/entente/internal/testneeds"
)

// Files gives a folder of the real files. Without them the test skips.
func Files(t testing.TB, folder string) fs.FS {
	t.Helper()
	return os.DirFS(filepath.Join(testneeds.Data(t), folder))
}

// Memberships gives all memberships of a slice that the graph holds.
func Memberships(t testing.TB, store graph.Store, slice graph.Slice) (all []*graph.Membership) {
	t.Helper()
	ctx := context.Background()
	head, err := store.Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for e, err := range store.Manifest(ctx, graph.ManifestQuery{Load: head.Load.Number, Slice: &slice}) {
		if err != nil {
			t.Fatal(err)
		}
		if e.Kind == graph.StatementMembership {
			keys = append(keys, e.Key)
		}
	}
	rows, err := store.Statements(ctx, graph.StatementQuery{Load: head.Load.Number, Kind: graph.StatementMembership, Keys: keys})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		m, err := graph.Decode[graph.Membership](r.Statement)
		if err != nil {
			t.Fatal(err)
		}
		if r.Source == slice.Source {
			all = append(all, m)
		}
	}
	return all
}

// AgainstRegistry compares, day by day up to the last of a list, its memberships with the codes of a scheme that the registry says states
// held, and tells every stretch of days that only one of them has.
func AgainstRegistry(t testing.TB, all []*graph.Membership, scheme string, last graph.Day) (differ []string) {
	t.Helper()
	theirs, ours := map[graph.ActorKey][]graph.Interval{}, map[graph.ActorKey][]graph.Interval{}
	for _, m := range all {
		theirs[m.Member] = append(theirs[m.Member], Upto(m.Period, last))
	}
	registry, err := states.Actors()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range registry {
		for _, id := range a.Identifiers {
			if days := Upto(id.Period, last); id.Scheme == scheme && !days.Empty() {
				ours[a.Key] = append(ours[a.Key], days)
			}
		}
	}
	return Differ(theirs, ours, "the list", "the registry")
}

// Upto gives the days of a period, at most up to a day.
func Upto(p graph.Period, last graph.Day) graph.Interval {
	return p.Bounds().Possible().Intersect(graph.Interval{From: graph.MinDay, To: last + 1})
}

// Differ tells every stretch of days that one of two accounts has for an actor and the other has not.
func Differ(a, b map[graph.ActorKey][]graph.Interval, nameA, nameB string) (differ []string) {
	keys := map[graph.ActorKey]bool{}
	for _, m := range []map[graph.ActorKey][]graph.Interval{a, b} {
		for k := range m {
			keys[k] = true
		}
	}
	for k := range keys {
		for _, only := range []struct {
			days []graph.Interval
			name string
		}{{minus(a[k], b[k]), nameA}, {minus(b[k], a[k]), nameB}} {
			for _, i := range only.days {
				differ = append(differ, fmt.Sprintf("%s %s: only in %s", k, shown(i), only.name))
			}
		}
	}
	slices.Sort(differ)
	return differ
}

func shown(i graph.Interval) string {
	from := ""
	if i.From > graph.MinDay {
		from = i.From.String()
	}
	return from + ".." + i.Last().String()
}

// minus gives the days that are in a and not in b.
func minus(a, b []graph.Interval) (left []graph.Interval) {
	left = joined(a)
	for _, cut := range b {
		var next []graph.Interval
		for _, i := range left {
			before := graph.Interval{From: i.From, To: min(i.To, cut.From)}
			after := graph.Interval{From: max(i.From, cut.To), To: i.To}
			if cut.Empty() || !i.Overlaps(cut) {
				before, after = i, graph.Interval{}
			}
			for _, part := range []graph.Interval{before, after} {
				if !part.Empty() {
					next = append(next, part)
				}
			}
		}
		left = next
	}
	return left
}

// joined makes one of intervals that touch.
func joined(all []graph.Interval) (out []graph.Interval) {
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b graph.Interval) int { return cmp.Compare(a.From, b.From) })
	for _, i := range all {
		if n := len(out); n > 0 && i.From <= out[n-1].To {
			out[n-1].To = max(out[n-1].To, i.To)
			continue
		}
		out = append(out, i)
	}
	return out
}
