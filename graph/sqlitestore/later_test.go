package sqlitestore

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/storetest"
	"github.com/entente-graph/entente/internal/synthetic"
	"github.com/entente-graph/entente/internal/testneeds"
)

// TestStorePutsOff holds the store to the law with the index rows of every statement put off.
func TestStorePutsOff(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t testing.TB) graph.Store { return newStore(t, PutOff(0, 1000)) })
}

// world gives statements of every kind, of the numbers from one up to another.
func world(t testing.TB, from, to int) (all []graph.Statement) {
	t.Helper()
	for i := from; i < to; i++ {
		st, err := graph.NewStatement("a", "a", synthetic.Thing(i, 1), "")
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, st)
	}
	return all
}

// leave does what putIn does up to a number of tables, and leaves it there as a process does that is killed. With one
// table too many it comes to the end.
func leave(t *testing.T, s *Store, lease graph.Lease, tables int) {
	t.Helper()
	ctx := context.Background()
	if tables > len(laterTables()) {
		if err := s.putIn(ctx, lease, 1); err != nil {
			t.Fatal(err)
		}
		return
	}
	p := putting{s: s, lease: lease}
	var err error
	if p.first, p.last, err = waiting(ctx, s.reads.db, lease.Load); err != nil || p.first > p.last {
		t.Fatalf("nothing was put off: from %d to %d (%v)", p.first, p.last, err)
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(p.attach(ctx))
	_, err = p.derive(ctx)
	must(err)
	for _, table := range laterTables()[:tables] {
		must(p.table(ctx, table))
	}
	must(p.detach(ctx))
}

// TestPuttingInBrokenOff breaks putting in off after every table, in the everyday loop after every fourth; whatever is done
// with the load then leaves the rows that the statements say.
func TestPuttingInBrokenOff(t *testing.T) {
	t.Parallel()
	for tables := range len(laterTables()) + 2 {
		if !testneeds.Whole() && tables%4 != 1 && tables <= len(laterTables()) {
			continue
		}
		t.Run(fmt.Sprintf("after %d tables", tables), func(t *testing.T) {
			t.Parallel()
			ctx := context.Background()
			must := func(err error) {
				t.Helper()
				if err != nil {
					t.Fatal(err)
				}
			}
			s := newStore(t, PutOff(1, 1000))
			check := func(when string) {
				t.Helper()
				before := indexRows(t, s)
				must(s.RebuildIndex(ctx, nil))
				if diff := cmp.Diff(indexRows(t, s), before); diff != "" {
					t.Fatalf("%s the index rows are not what the statements say (-rebuilt +before):\n%s", when, diff)
				}
			}
			old := world(t, 1, 60)
			load(t, s, old...)
			begin := func() graph.Lease {
				t.Helper()
				lease, err := s.Open(ctx, graph.LoadInfo{Source: "a"})
				must(err)
				must(s.Write(ctx, lease, graph.Batch{Number: 0, Add: world(t, 60, 400)})) // with its rows
				must(s.Write(ctx, lease, graph.Batch{Number: 1, Add: world(t, 400, 800), Close: []graph.StatementID{old[0].StatementID}}))
				leave(t, s, lease, tables)
				lease, err = s.TakeOver(ctx, lease.Load, true)
				must(err)
				return lease
			}
			must(s.Discard(ctx, begin(), nil))
			check("discarded")
			if n := len(indexRows(t, s)); n == 0 {
				t.Fatal("there are no index rows")
			}
			lease := begin()
			late := world(t, 800, 900)
			both := []graph.StatementID{late[0].StatementID} // of this load
			for _, st := range world(t, 60, 500) {
				both = append(both, st.StatementID)
			}
			must(s.Write(ctx, lease, graph.Batch{Number: 2, Add: late}))
			must(s.Write(ctx, lease, graph.Batch{Number: 3, Close: both}))
			_, err := s.Commit(ctx, lease, graph.Counts{})
			must(err)
			check("gone on with")
			_, err = s.Erase(ctx, graph.EraseOrder{IDs: slices.Concat(both, []graph.StatementID{world(t, 700, 701)[0].StatementID}), Reason: "a test"})
			must(err)
			check("after an erasure")
		})
	}
}

// TestRebuiltWhilePutOff: where a file with an open load has its index rows derived anew, as when it is brought up to
// date, those put off are among them.
func TestRebuiltWhilePutOff(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s := newStore(t, PutOff(0, 1000))
	lease, err := s.Open(ctx, graph.LoadInfo{Source: "a"})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Write(ctx, lease, graph.Batch{Add: world(t, 400, 600)}); err != nil {
		t.Fatal(err)
	}
	if rows := indexRows(t, s); len(rows) > 0 {
		t.Fatalf("%d index rows were not put off", len(rows))
	}
	if err := s.writing(ctx, func(t *tx) error { return t.rebuild(ctx, nil) }); err != nil {
		t.Fatal(err)
	}
	want := indexRows(t, s)
	if err := s.Write(ctx, lease, graph.Batch{Number: 1, Add: world(t, 600, 601)}); err != nil {
		t.Fatal(err)
	}
	if err := s.Discard(ctx, lease, nil); err != nil {
		t.Fatal(err)
	}
	if left := indexRows(t, s); len(left) > 0 || len(want) == 0 {
		t.Errorf("of %d rows %d are left", len(want), len(left))
	}
	fresh := newStore(t)
	load(t, fresh, world(t, 400, 600)...)
	if diff := cmp.Diff(indexRows(t, fresh), want); diff != "" {
		t.Errorf("rebuilt while they were put off, the rows differ (-direct +rebuilt):\n%s", diff)
	}
}

// TestTakenOverWhilePuttingIn: who takes over a load from one who is putting in its rows, by force and in the same process,
// commits it, unless the other did.
func TestTakenOverWhilePuttingIn(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s := newStore(t, PutOff(0, 1000))
	for n := range 10 {
		lease, err := s.Open(ctx, graph.LoadInfo{Source: "a"})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Write(ctx, lease, graph.Batch{Add: world(t, 400+100*n, 500+100*n)}); err != nil {
			t.Fatal(err)
		}
		former := make(chan error)
		go func() {
			_, err := s.Commit(ctx, lease, graph.Counts{})
			former <- err
		}()
		time.Sleep(time.Duration(n) * 2 * time.Millisecond)
		taken, lost := s.TakeOver(ctx, lease.Load, true)
		if lost == nil {
			_, lost = s.Commit(ctx, taken, graph.Counts{})
		}
		if err := <-former; lost == nil && !errors.Is(err, graph.ErrConflict) || lost != nil && (err != nil || !errors.Is(lost, graph.ErrConflict)) {
			t.Errorf("who had it: %v; who took it over: %v", err, lost)
		}
	}
	before := indexRows(t, s)
	if err := s.RebuildIndex(ctx, nil); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(indexRows(t, s), before); diff != "" {
		t.Errorf("the index rows are not what the statements say (-rebuilt +before):\n%s", diff)
	}
}

// TestAttachGivenUp: wherever attaching is given up, the next that attaches finds nothing in its way.
func TestAttachGivenUp(t *testing.T) {
	p := putting{s: newStore(t, PutOff(0, 1000))}
	for i := range 10_000 {
		ctx, cancel := context.WithCancel(context.Background())
		go func() {
			for range i % 100 {
				runtime.Gosched()
			}
			cancel()
		}()
		err := p.attach(ctx)
		cancel()
		if err == nil {
			err = p.detach(context.Background())
		}
		if err != nil && !errors.Is(err, context.Canceled) {
			t.Fatalf("given up, %d: %v", i, err)
		}
	}
}
