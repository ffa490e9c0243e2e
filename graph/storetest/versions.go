package storetest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/entente-graph/entente/graph"
)

// views checks what views conclude of a store's answers, over several loads.
func views(t *testing.T, open func(t testing.TB) graph.Store) {
	for name, check := range map[string]func(*testing.T, func(t testing.TB) graph.Store){
		"changes in pages, and versions":        pagedChanges,
		"what sources contradict each other in": conflicts,
		"which disputes a source lacks":         missingDisputes,
		"what stands beside what":               related,
		"what nobody knows to be in force":      undecided,
		"series of what is covered, or not":     coveredSeries,
		"a person of several keys":              identities,
	} {
		t.Run(name, func(t *testing.T) { check(t, open) })
	}
}

// pagedChanges asks for the changes of random histories in pages of every size, and for the versions of all that they are
// about, and compares both with what there is before and after each load.
func pagedChanges(t *testing.T, open func(t testing.TB) graph.Store) {
	for seed := range uint64(few(1, 6)) {
		s := open(t)
		makeHistory(t, s, seed+40)
		head, err := s.Head(context.Background())
		must(t, err)
		at := states(t, s, head.Load.Number)
		for upto := head.Load.Number; upto > 0; upto -= 1 + upto/2 {
			wholeChanges(t, s, at, upto)
			sameInPages(t, s, graph.ChangeQuery{After: upto - 1, Upto: upto, First: 1})
			sameInPages(t, s, graph.ChangeQuery{After: upto / 4, Upto: upto, First: 11, Bodies: true})
		}
		allVersions(t, s, at)
		histories(t, s, at)
		wantedChanges(t, s, head.Load.Number)
	}
}

// histories: the history of a key, in pages, is what the stream of changes says of it.
func histories(t *testing.T, s graph.Store, at []state) {
	t.Helper()
	ctx := context.Background()
	upto := graph.LoadNumber(len(at) - 1)
	byKey := map[string][]string{}
	for c, err := range s.Changes(ctx, graph.ChangeQuery{Upto: upto, Bodies: true}) {
		must(t, err)
		byKey[c.Key] = append(byKey[c.Key], fmt.Sprint(changed(c), " until ", c.Until))
	}
	v, err := graph.In(ctx, s, graph.State{Load: upto})
	must(t, err)
	for key, want := range byKey {
		for _, size := range []int{2, 100} {
			var got []string
			for after, more := (*graph.ChangePosition)(nil), true; more; {
				var steps []graph.Change
				steps, more, err = v.History(ctx, key, nil, size, after)
				must(t, err)
				if len(steps) > size || more && len(steps) == 0 {
					t.Fatalf("a page of %d has %d steps (more: %t)", size, len(steps), more)
				}
				for _, c := range steps {
					got = append(got, fmt.Sprint(changed(c), " until ", c.Until))
					place := c.Position()
					after = &place
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("in pages of %d the history of %s is\n%s, not\n%s", size, key, firstOther(got, want), firstOther(want, got))
			}
		}
	}
}

// wantedChanges: pages of what a filter keeps, of every size, are what it keeps of the whole stream.
func wantedChanges(t *testing.T, s graph.Store, upto graph.LoadNumber) {
	t.Helper()
	ctx := context.Background()
	v, err := graph.In(ctx, s, graph.State{Load: upto})
	must(t, err)
	for what, c := range map[string]struct {
		filter graph.ChangeFilter
		keep   func(graph.Change) bool
	}{
		"all":        {graph.ChangeFilter{}, func(graph.Change) bool { return true }},
		"retracted":  {graph.ChangeFilter{Types: []graph.ChangeType{graph.Retracted}}, func(c graph.Change) bool { return c.Added == nil }},
		"actors":     {graph.ChangeFilter{Kinds: []graph.StatementKind{graph.StatementActor}}, func(c graph.Change) bool { return c.Kind == graph.StatementActor }},
		"of one":     {graph.ChangeFilter{Sources: []graph.SourceKey{"one"}}, func(c graph.Change) bool { return c.Source == "one" }},
		"an account": {graph.ChangeFilter{About: []graph.Subject{{Engagement: "e:001"}}, Kinds: []graph.StatementKind{graph.StatementEngagement}}, func(c graph.Change) bool { return c.Key == "e:001" }},
		"an actor": {graph.ChangeFilter{About: []graph.Subject{{Constituents: []graph.Constituent{{Actor: "actor:a", Valid: graph.Always}}}}, Kinds: []graph.StatementKind{graph.StatementActor}}, func(c graph.Change) bool {
			return c.Key == "actor:a"
		}},
	} {
		var want []string
		for change, err := range s.Changes(ctx, graph.ChangeQuery{After: 1, Upto: upto, Bodies: true}) {
			must(t, err)
			if c.keep(change) {
				want = append(want, changed(change))
			}
		}
		if len(want) == 0 && what != "an account" {
			t.Errorf("%s: the history has none", what)
		}
		for _, size := range []int{9, 100} {
			var got []string
			for page := (&graph.ChangePage{More: true}); page.More; {
				page, err = v.Changes(ctx, 1, c.filter, size, page.Upto)
				must(t, err)
				for _, change := range page.Items {
					got = append(got, changed(change))
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s, in pages of %d:\n%s, not\n%s", what, size, firstOther(got, want), firstOther(want, got))
			}
		}
	}
}

// A state is every statement that is open at a load.
type state map[graph.StatementID]graph.Recorded

func states(t testing.TB, r graph.Reader, head graph.LoadNumber) (at []state) {
	t.Helper()
	for n := range head + 1 {
		open := state{}
		for _, kind := range graph.StatementKinds {
			found, err := r.Statements(context.Background(), graph.StatementQuery{Load: n, Kind: kind})
			must(t, err)
			for _, f := range found {
				open[f.StatementID] = f
			}
		}
		at = append(at, open)
	}
	return at
}

// closedBy is the load, up to another, that closed what a load recorded; 0: none did.
func closedBy(at []state, r graph.Recorded, upto graph.LoadNumber) graph.LoadNumber {
	for n := r.Load; n <= upto; n++ {
		if now, is := at[n][r.StatementID]; !is || now.Load != r.Load {
			return n
		}
	}
	return 0
}

// wholeChanges: what was closed has its body when that is asked for, and what was added tells until when it stood.
func wholeChanges(t *testing.T, s graph.Store, at []state, upto graph.LoadNumber) {
	t.Helper()
	for c, err := range s.Changes(context.Background(), graph.ChangeQuery{Upto: upto, Bodies: true}) {
		must(t, err)
		before, was := at[c.Load-1][c.StatementID]
		if was != (c.Closed != nil) || was && c.Closed.Body != string(before.Body) {
			t.Errorf("before load %d, %v is told to have been %+v, not %s", c.Load, c.StatementID, c.Closed, before.Body)
		}
		if c.Added != nil {
			if want := closedBy(at, *c.Added, upto); c.Until != want {
				t.Errorf("what load %d recorded of %v stood until load %d, not %d, as of load %d", c.Load, c.StatementID, want, c.Until, upto)
			}
		}
	}
}

func sameInPages(t *testing.T, s graph.Store, q graph.ChangeQuery) {
	t.Helper()
	ctx := context.Background()
	whole := q
	whole.First = 0
	var want, got []string
	for c, err := range s.Changes(ctx, whole) {
		must(t, err)
		want = append(want, changed(c))
	}
	for {
		n := 0
		for c, err := range s.Changes(ctx, q) {
			must(t, err)
			got = append(got, changed(c))
			place := c.Position()
			q.From = &place
			n++
		}
		if n > q.First {
			t.Fatalf("%+v gives %d changes", q, n)
		}
		if n < q.First {
			break
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("in pages of %d the loads after %d, up to %d, did\n%s, not\n%s", q.First, q.After, q.Upto, firstOther(got, want), firstOther(want, got))
	}
}

// allVersions asks for the versions of every key that there ever was, at several loads, in pages and since loads.
func allVersions(t *testing.T, s graph.Store, at []state) {
	t.Helper()
	keys := map[string]bool{"nothing": true}
	for _, open := range at {
		for id := range open {
			keys[id.Key] = true
		}
	}
	head := graph.LoadNumber(len(at) - 1)
	for key := range keys {
		for _, q := range []graph.VersionQuery{
			{Load: head},
			{Load: head / 2},
			{Load: head, Since: head / 2},
			{Load: head, First: 2},
			{Load: head - 1, First: 1, Since: head / 3},
			{Load: head, Kinds: []graph.StatementKind{graph.StatementEngagement, graph.StatementActor}},
		} {
			q.Key = key
			want := naiveVersions(at, q)
			page, err := s.Versions(context.Background(), q)
			must(t, err)
			more := q.First > 0 && len(want) > q.First
			if more {
				want = want[:q.First]
			}
			if got := stood(page.Items); !slices.Equal(got, stood(want)) || page.More != more {
				t.Errorf("%+v gives\n%v (more: %t), not\n%v (%t)", q, got, page.More, stood(want), more)
			}
		}
	}
	for _, q := range []graph.VersionQuery{{Load: head + 1, Key: "a"}, {Load: 1, Key: "a", First: -1}, {Load: 1, Key: "a", Kinds: []graph.StatementKind{"claim"}}} {
		_, err := s.Versions(context.Background(), q)
		want(t, err, graph.ErrInvalid)
	}
}

func naiveVersions(at []state, q graph.VersionQuery) (found []graph.Stood) {
	for n := graph.LoadNumber(1); n <= q.Load; n++ {
		for id, r := range at[n] {
			v := graph.Stood{Recorded: r, Until: closedBy(at, r, q.Load)}
			if r.Load == n && id.Key == q.Key && (len(q.Kinds) == 0 || slices.Contains(q.Kinds, id.Kind)) && (v.Until == 0 || v.Until > q.Since) {
				found = append(found, v)
			}
		}
	}
	slices.SortFunc(found, func(a, b graph.Stood) int {
		return cmp.Or(cmp.Compare(a.Load, b.Load), cmp.Compare(a.Source, b.Source), cmp.Compare(a.Kind, b.Kind))
	})
	return found
}

func stood(found []graph.Stood) (out []string) {
	for _, f := range found {
		out = append(out, fmt.Sprintf("%v from load %d until %d: %s %s at %s", f.StatementID, f.Load, f.Until, f.Hash, f.Body, f.Locator))
	}
	return out
}
