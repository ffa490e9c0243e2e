package storetest

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/testneeds"
)

// countdown is a context that is cancelled once it has been looked at so many times, so that an order can be broken
// off at each of its steps, whatever these are in a store.
type countdown struct {
	context.Context
	left int

	mu   sync.Mutex
	done chan struct{}
	over bool
}

func (c *countdown) look() {
	if c.done == nil {
		c.done = make(chan struct{})
	}
	if c.left--; c.left < 0 && !c.over {
		c.over = true
		close(c.done)
	}
}

// Done counts a look.
func (c *countdown) Done() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.look()
	return c.done
}

// Err counts a look.
func (c *countdown) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.look(); c.over {
		return context.Canceled
	}
	return nil
}

// Value gives nothing: what derives a context from this one must ask it for its end.
func (c *countdown) Value(any) any { return nil }

// Deadline is never.
func (c *countdown) Deadline() (time.Time, bool) { return time.Time{}, false }

// few gives how often something is done while others ask: the less often, the sooner they end.
func few(everyday, whole int) int {
	if testneeds.Whole() {
		return whole
	}
	return everyday
}

// size is how many meetings the larger graphs have; in the long run more than a store is likely to change in one step.
func size() int {
	if testneeds.Long() {
		return 3600
	}
	return 150
}

// superseding fills a store with 8 actors and so many meetings by load 1 and opens load 2, which supersedes everything;
// it gives the lease, and how load 1 answers.
func superseding(t testing.TB, s graph.Store, meetings int) (graph.Lease, string) {
	t.Helper()
	const actors = 8
	make1 := func(note, year string) (all []graph.Statement) {
		for i := range actors {
			all = append(all, actorStatement(t, fmt.Sprintf("%c%[1]c%[1]c", 'A'+i), note))
		}
		for i := range meetings {
			a, b := i%actors, (i+1+i/actors%(actors-1))%actors
			all = append(all, meetingStatement(t, fmt.Sprintf("m%04d", i), year, graph.ActorKey(fmt.Sprintf("%c%[1]c%[1]c", 'A'+a)), graph.ActorKey(fmt.Sprintf("%c%[1]c%[1]c", 'A'+b))))
		}
		return all
	}
	loadAll(t, s, graph.Batch{Add: make1("", "2000")})
	before := everything(t, s, 1)
	lease := openLoad(t, s)
	must(t, s.Write(context.Background(), lease, supersede(make1("changed", "2001"))))
	return lease, before
}

func supersede(all []graph.Statement) (b graph.Batch) {
	for _, st := range all {
		b.Close, b.Add = append(b.Close, st.StatementID), append(b.Add, st)
	}
	b.Quarantine = []graph.Quarantined{{N: 1, Of: all[0].StatementID, Mistakes: []graph.Mistake{{File: "f", Rule: "wrong"}}}}
	return b
}

// brokenDiscard breaks a discard off again and again, each time a little later, and lets another end it.
func brokenDiscard(t *testing.T, s graph.Store) {
	ctx := context.Background()
	lease, before := superseding(t, s, 2*size())
	broken := 0
	for k := 1; ; k += 1 + k*2/3 {
		err := s.Discard(&countdown{Context: ctx, left: k}, lease, nil)
		if err == nil {
			break
		}
		want(t, err, context.Canceled)
		broken++
		u := unfinished(t, s)
		if u == nil || u.Number != lease.Load {
			t.Fatalf("after a discard that was broken off the open load is %+v", u)
		}
		if broken%4 == 0 {
			if now := everything(t, s, 1); now != before {
				t.Fatalf("broken off at look %d, a discard has changed how load 1 answers", k)
			}
		}
		lost := lease
		if lease, err = s.TakeOver(ctx, lease.Load, true); err != nil {
			t.Fatal(err)
		}
		want(t, s.Discard(ctx, lost, nil), graph.ErrConflict)
	}
	if broken < 3 {
		t.Errorf("the discard was broken off only %d times", broken)
	}
	wantNoneOpen(t, s)
	if now := everything(t, s, 1); now != before {
		t.Error("after the discard load 1 answers otherwise")
	}
	l := loadAll(t, s, supersede([]graph.Statement{actorStatement(t, "AAA", "changed")}))
	if l.Number != lease.Load+1 {
		t.Errorf("the load after the discarded %d is %d", lease.Load, l.Number)
	}
	page, err := s.Quarantine(ctx, graph.QuarantineQuery{Load: lease.Load})
	must(t, err)
	if len(page.Items) != 0 {
		t.Errorf("the discarded load's quarantine is %+v", page.Items)
	}
}

// cancelledOrders cancels every order at each look it takes at its context, in the everyday loop at each of the first and some
// of the later. Whatever it says, it was done or it was not, and the next one can go on.
func cancelledOrders(t *testing.T, s graph.Store) {
	ctx := context.Background()
	// until runs an order with later and later ends until it succeeds.
	until := func(what string, order func(context.Context) error, broken func(err error)) {
		t.Helper()
		for k := 0; ; k++ {
			if !testneeds.Whole() {
				k += k / 8
			}
			err := order(&countdown{Context: ctx, left: k})
			if err == nil {
				return
			}
			want(t, err, context.Canceled)
			if broken(err); t.Failed() {
				t.Fatalf("%s, cancelled at look %d", what, k)
			}
			if k > 10_000 {
				t.Fatalf("%s looks at its context for ever", what)
			}
		}
	}
	var lease graph.Lease
	until("open", func(ctx context.Context) (err error) {
		lease, err = s.Open(ctx, graph.LoadInfo{Source: "test"})
		return err
	}, func(error) {
		if u := unfinished(t, s); u != nil { // opened, and nobody has the lease
			taken, err := s.TakeOver(ctx, u.Number, true)
			must(t, err)
			must(t, s.Discard(ctx, taken, nil))
		}
	})
	batch := graph.Batch{Add: []graph.Statement{actorStatement(t, "AAA", ""), actorStatement(t, "BBB", ""), meetingStatement(t, "m", "2000", "AAA", "BBB")}}
	until("write", func(ctx context.Context) error { return s.Write(ctx, lease, batch) }, func(error) {
		if u := unfinished(t, s); u == nil || u.Batches > 1 {
			t.Errorf("the open load is %+v", u)
		}
	})
	until("renew", func(ctx context.Context) error { return s.Renew(ctx, lease) }, func(error) {})
	committed := false
	until("commit", func(ctx context.Context) error {
		if committed {
			return nil
		}
		_, err := s.Commit(ctx, lease, graph.Counts{})
		return err
	}, func(error) {
		head, err := s.Head(ctx)
		must(t, err)
		committed = head.Load.Number == lease.Load
		if open := unfinished(t, s) != nil; open == committed {
			t.Errorf("the head is %d, and the load is open: %t", head.Load.Number, open)
		}
	})
	before := everything(t, s, lease.Load)
	until("rebuild", func(ctx context.Context) error { return s.RebuildIndex(ctx, nil) }, func(error) {
		if now := everything(t, s, lease.Load); now != before {
			t.Errorf("the store answers\n%s\nit was\n%s", now, before)
		}
	})
	id := batch.Add[0].StatementID
	var was graph.Load
	until("erase", func(ctx context.Context) (err error) {
		if was.Number > 0 {
			return nil
		}
		_, err = s.Erase(ctx, graph.EraseOrder{IDs: []graph.StatementID{id}, Reason: "a test", Add: []graph.Statement{linkStatement(t, "x", "y")}})
		return err
	}, func(error) {
		head, err := s.Head(ctx)
		must(t, err)
		erasures, err := s.Erasures(ctx, graph.ErasureQuery{})
		must(t, err)
		if head.Load.Number > lease.Load {
			was = head.Load
		}
		links, err := s.Links(ctx, graph.LinkQuery{Load: head.Load.Number, Accounts: []graph.EngagementKey{"y"}})
		must(t, err)
		if (len(erasures) == 1) != (was.Number > 0) || len(links) != len(erasures) {
			t.Errorf("the head is %d, what was erased is %v, and what follows from it %v", head.Load.Number, erasures, links)
		}
	})
	head, err := s.Head(ctx)
	must(t, err)
	wantActors(t, s, head.Load.Number, "BBB")
	wantActors(t, s, lease.Load, "BBB")
	wantNoneOpen(t, s)
}

func raceForLease(t *testing.T, s graph.Store) {
	ctx := context.Background()
	for range 10 {
		lease := openLoad(t, s)
		must(t, s.Release(ctx, lease))
		taken := make([]graph.Lease, 4)
		var all sync.WaitGroup
		for i := range taken {
			all.Go(func() {
				got, err := s.TakeOver(ctx, lease.Load, false)
				if err != nil {
					want(t, err, graph.ErrConflict)
					return
				}
				taken[i] = got
			})
		}
		all.Wait()
		var holder []graph.Lease
		for _, l := range taken {
			if l.Token != "" {
				holder = append(holder, l)
			}
		}
		if len(holder) != 1 {
			t.Fatalf("%d have the lease of one load", len(holder))
		}
		must(t, s.Discard(ctx, holder[0], nil))
	}
}

func raceToOpen(t *testing.T, s graph.Store) {
	ctx := context.Background()
	var all sync.WaitGroup
	var done atomic.Int64
	for i := range 4 {
		all.Go(func() {
			for n := 0; n < 10; {
				lease, err := s.Open(ctx, graph.LoadInfo{Source: "test"})
				if err != nil {
					want(t, err, graph.ErrConflict)
					continue
				}
				n++
				if err := s.Write(ctx, lease, graph.Batch{Add: []graph.Statement{actorStatement(t, fmt.Sprintf("A%d%d", i, n), "")}}); err != nil {
					t.Error(err)
				}
				if n%2 == 0 {
					err = s.Discard(ctx, lease, nil)
				} else {
					_, err = s.Commit(ctx, lease, graph.Counts{})
				}
				if err != nil {
					t.Error(err)
				}
				done.Add(1)
			}
		})
	}
	all.Wait()
	head, err := s.Head(ctx)
	must(t, err)
	found, err := s.Statements(ctx, graph.StatementQuery{Load: head.Load.Number, Kind: graph.StatementActor})
	must(t, err)
	loads, err := s.Loads(ctx, graph.LoadQuery{})
	must(t, err)
	if len(found) != 20 || len(loads) != 20 {
		t.Errorf("%d loads are committed with %d actors, of 20", len(loads), len(found))
	}
	if lease := openLoad(t, s); int64(lease.Load) != done.Load()+1 {
		t.Errorf("after %d loads the next has number %d", done.Load(), lease.Load)
	}
}
