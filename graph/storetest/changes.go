package storetest

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
)

// manyChanges asks for more changes than any page of them has, over several loads, written in no order.
func manyChanges(t *testing.T, open func(t testing.TB) graph.Store) {
	s := open(t)
	const statements = 2600
	var all []graph.Statement
	for i := range statements {
		st := actorStatement(t, fmt.Sprintf("A%04d", (i*7)%statements), "")
		st.Slice = graph.SliceID(fmt.Sprint("slice ", i%3))
		all = append(all, st)
	}
	loadAll(t, s, graph.Batch{Add: all})
	var next graph.Batch
	for i, st := range all {
		if i%2 == 0 {
			next.Close = append(next.Close, st.StatementID)
		}
		if i%4 == 0 {
			next.Add = append(next.Add, actorStatement(t, st.Key, "changed"))
		}
	}
	loadAll(t, s, next)
	loadAll(t, s, graph.Batch{Add: []graph.Statement{actorStatement(t, "B", ""), meetingStatement(t, "a", "2000", "A", "B")}})
	var want []string
	for n := graph.LoadNumber(1); n <= 3; n++ {
		want = append(want, changesSeen(t, s, n)...)
	}
	if got := changes(t, s, 0, 3); !slices.Equal(got, want) {
		t.Errorf("the loads are told to have done\n%s, not\n%s", firstOther(got, want), firstOther(want, got))
	}
	if got := changes(t, s, 1, 2); !slices.Equal(got, want[statements:len(want)-2]) {
		t.Errorf("load 2 is told to have done %d things, not %d", len(got), len(want)-2-statements)
	}
	ctx := context.Background()
	for _, end := range []int{1, 1000, 1024, 1025, statements + 1} { // broken off, the store answers on
		n := 0
		for c, err := range s.Changes(ctx, graph.ChangeQuery{Upto: 3}) {
			must(t, err)
			if n++; n == end {
				if c.Load != 1 && end <= statements {
					t.Errorf("change %d is of load %d", n, c.Load)
				}
				break
			}
		}
		loadAll(t, s, graph.Batch{})
	}
}

func firstOther(of, from []string) string {
	for i, text := range of {
		if i >= len(from) || from[i] != text {
			return fmt.Sprintf("as number %d of %d: %s", i, len(of), text)
		}
	}
	return fmt.Sprintf("%d", len(of))
}

// largeChanges asks for statements of which few fit a page.
func largeChanges(t *testing.T, open func(t testing.TB) graph.Store) {
	s := open(t)
	for n := range 2 {
		var b graph.Batch
		for i := range 5 {
			st := actorStatement(t, fmt.Sprint("A", i), strings.Repeat(fmt.Sprint(n), 2<<20))
			if b.Add = append(b.Add, st); n > 0 {
				b.Close = append(b.Close, st.StatementID)
			}
		}
		loadAll(t, s, b)
	}
	var got []string
	for c, err := range s.Changes(context.Background(), graph.ChangeQuery{Upto: 2}) {
		must(t, err)
		a, err := graph.Decode[graph.ActorFacts](c.Added.Statement)
		must(t, err)
		got = append(got, fmt.Sprint(c.Load, c.Key, len(a.Note), a.Note[:1], c.Closed != nil))
	}
	var want []string
	for n := range 2 {
		for i := range 5 {
			want = append(want, fmt.Sprint(n+1, fmt.Sprint("A", i), 2<<20, fmt.Sprint(n), n > 0))
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("the changes are %q, not %q", got, want)
	}
}

func wrongChanges(t *testing.T, open func(t testing.TB) graph.Store) {
	s := open(t)
	ctx := context.Background()
	if none := changes(t, s, 0, 0); len(none) != 0 {
		t.Errorf("nothing has done %v", none)
	}
	loadAll(t, s, graph.Batch{Add: []graph.Statement{actorStatement(t, "AAA", "")}})
	lease := openLoad(t, s)
	must(t, s.Write(ctx, lease, graph.Batch{Add: []graph.Statement{actorStatement(t, "BBB", "")}}))
	for _, q := range []graph.ChangeQuery{{Upto: 2}, {After: 1, Upto: 2}, {After: -1, Upto: 1}, {After: 1}, {Upto: -1}, {After: 5, Upto: 5}, {Upto: 1, First: -1}} {
		n := 0
		for c, err := range s.Changes(ctx, q) {
			n++
			if want(t, err, graph.ErrInvalid); c != (graph.Change{}) {
				t.Errorf("%+v gives %+v", q, c)
			}
		}
		if n != 1 {
			t.Errorf("%+v gives %d things, not one error", q, n)
		}
	}
	if none := changes(t, s, 1, 1); len(none) != 0 {
		t.Errorf("no load has done %v", none)
	}
	must(t, s.Discard(ctx, lease, nil))
	ended, cancel := context.WithCancel(ctx)
	cancel()
	for _, err := range s.Changes(ended, graph.ChangeQuery{Upto: 1}) {
		want(t, err, context.Canceled)
	}
}

func unseenChanges(t *testing.T, open func(t testing.TB) graph.Store) {
	s := open(t)
	ctx := context.Background()
	loadAll(t, s, graph.Batch{Add: []graph.Statement{actorStatement(t, "AAA", "")}})
	a, b := actorStatement(t, "AAA", "").StatementID, actorStatement(t, "BBB", "").StatementID
	lease := openLoad(t, s)
	must(t, s.Write(ctx, lease, graph.Batch{Number: 0, Close: []graph.StatementID{a}, Add: []graph.Statement{actorStatement(t, "BBB", "")}}))
	must(t, s.Write(ctx, lease, graph.Batch{Number: 1, Close: []graph.StatementID{b}}))
	_, err := s.Commit(ctx, lease, graph.Counts{})
	must(t, err)
	got, seen := changes(t, s, 1, 2), changesSeen(t, s, 2)
	if len(got) != 1 || !slices.Equal(got, seen) {
		t.Errorf("load 2 is told to have done %v, not %v", got, seen)
	}
	// What is erased is told by no load any more, not even as closed.
	_, err = s.Erase(ctx, graph.EraseOrder{IDs: []graph.StatementID{a}, Reason: "a person asked"})
	must(t, err)
	if got := changes(t, s, 0, 3); len(got) != 0 {
		t.Errorf("after the erasure, the loads are told to have done %v", got)
	}
}

// changesBeside reads changes step by step in several places at once, while loads and questions go on beside.
func changesBeside(t *testing.T, open func(t testing.TB) graph.Store) {
	s := open(t)
	ctx := context.Background()
	var all []graph.Statement
	for i := range 30 {
		all = append(all, actorStatement(t, fmt.Sprintf("A%02d", i), ""))
	}
	loadAll(t, s, graph.Batch{Add: all})
	var nexts []func() (graph.Change, error, bool)
	for range 40 {
		next, stop := iter.Pull2(s.Changes(ctx, graph.ChangeQuery{Upto: 1}))
		defer stop()
		nexts = append(nexts, next)
	}
	for i, st := range all {
		for _, next := range nexts {
			c, err, more := next()
			must(t, err)
			if !more || c.Key != st.Key || c.Load != 1 || c.Closed != nil || c.Added == nil || string(c.Added.Body) != string(st.Body) {
				t.Fatalf("change %d is %+v (more: %t)", i, c, more)
			}
			clear(c.Added.Body) // what is returned is the caller's
		}
		wantActor(t, s, st.Key, true)
		if i%10 == 0 {
			loadAll(t, s, graph.Batch{Close: []graph.StatementID{st.StatementID}, Add: []graph.Statement{actorStatement(t, st.Key, "changed")}})
		}
	}
	for _, next := range nexts {
		if c, err, more := next(); more {
			t.Errorf("there is more: %+v (%v)", c, err)
		}
	}
}
