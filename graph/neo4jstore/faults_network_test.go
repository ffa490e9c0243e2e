package neo4jstore

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/neo4jtest"
	"github.com/entente-graph/entente/internal/neo4jtest/wire"
	"github.com/entente-graph/entente/internal/testneeds"
)

// answers asks questions of each kind at a load.
func answers(ctx context.Context, s graph.Store, at graph.LoadNumber) (string, error) {
	digest, count, err := graph.Digest(ctx, s, at)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	fmt.Fprintln(&b, digest, count)
	side := []graph.Constituent{{Actor: storyActor(3), Valid: graph.Always}}
	other := []graph.Constituent{{Actor: storyActor(4), Valid: graph.Always}}
	for _, q := range []graph.EngagementQuery{{Count: true, First: 100}, {A: side}, {A: side, B: other, Count: true}} {
		q.Load = at
		page, err := s.Engagements(ctx, q)
		if err != nil {
			return "", err
		}
		for _, r := range page.Items {
			fmt.Fprint(&b, r.Key, r.Load, " ")
		}
		if page.Total != nil {
			fmt.Fprintln(&b, "of", *page.Total)
		}
	}
	actors, err := s.Statements(ctx, graph.StatementQuery{Load: at, Kind: graph.StatementActor})
	for _, r := range actors {
		fmt.Fprint(&b, r.Key, r.Load, r.Hash, " ")
	}
	return b.String(), err
}

// readers ask the same at a load, many at once, until they are ended.
type readers struct {
	t               *testing.T
	stop            chan struct{}
	all             sync.WaitGroup
	right, refusals atomic.Int64
	patience        time.Duration // of one who asks
}

// slack is how much longer than its time a question may take on a busy machine.
const slack = 2 * time.Second

// readAt starts readers: an answer is right, or an error that says within the asker's time that the store cannot be asked.
func readAt(t *testing.T, s graph.Store, at graph.LoadNumber, many int, patience time.Duration, want string) *readers {
	r := &readers{t: t, stop: make(chan struct{}), patience: patience}
	for range many {
		r.all.Go(func() {
			for {
				select {
				case <-r.stop:
					return
				default:
				}
				r.ask(s, at, want)
			}
		})
	}
	return r
}

func (r *readers) ask(s graph.Store, at graph.LoadNumber, want string) {
	ctx, cancel := context.WithTimeout(context.Background(), r.patience)
	defer cancel()
	began := time.Now()
	got, err := answers(ctx, s, at)
	switch took := time.Since(began); {
	case took > r.patience+slack:
		r.t.Errorf("an asker with %s waited for %s: %v", r.patience, took, err)
	case err == nil && got != want:
		r.t.Errorf("an answer at load %d is wrong:\n%s\nit should be\n%s", at, got, want)
	case err == nil:
		r.right.Add(1)
	case refused(ctx, err):
		r.refusals.Add(1)
		time.Sleep(20 * time.Millisecond)
	default:
		r.t.Errorf("an asker is told: %v", err)
	}
}

// refused tells whether an error says that the store cannot be asked now, or that who asked gave it too little time.
func refused(ctx context.Context, err error) bool {
	return errors.Is(err, graph.ErrUnavailable) || ctx.Err() != nil && errors.Is(err, context.DeadlineExceeded)
}

// end ends them, and gives how many answers were right and how many asked in vain.
func (r *readers) end() (right, refusals int64) {
	close(r.stop)
	r.all.Wait()
	return r.right.Load(), r.refusals.Load()
}

// begun tells a story up to the end of its first load, and gives what is left to be told and what readers find there.
func begun(t *testing.T, server *neo4jtest.Server, st *story) (rest []step, want string) {
	t.Helper()
	clearStory(t, server)
	all := st.steps()
	for _, s := range all[:4] {
		if err := patiently(func() error { return s.give(t.Context()) }); err != nil {
			t.Fatalf("%s: %v", s.name, err)
		}
	}
	s, err := Open(t.Context(), optionsOf(server))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if want, err = answers(t.Context(), s, 1); err != nil {
		t.Fatal(err)
	}
	return all[4:], want
}

// insist gives orders whatever comes, as somebody does who looks what came of each: every failure must be of a kind that
// says to try again.
func insist(t *testing.T, steps []step, patience time.Duration) (failures int) {
	t.Helper()
	for _, s := range steps {
		within := func(do func(ctx context.Context) error) error {
			ctx, cancel := context.WithTimeout(context.Background(), patience)
			defer cancel()
			began := time.Now()
			err := do(ctx)
			if took := time.Since(began); took > patience+slack+time.Second {
				t.Errorf("%s took %s, and its giver had %s: %v", s.name, took, patience, err)
			}
			if err != nil && !refused(ctx, err) {
				t.Fatalf("%s: %v: %v", s.name, errWrongKind, err)
			}
			return err
		}
		err := within(s.give)
		for end := time.Now().Add(90 * time.Second); err != nil; {
			failures++
			if time.Now().After(end) {
				t.Fatalf("%s does not come to an end: %v", s.name, err)
			}
			done := false
			if s.done != nil {
				if err = within(func(ctx context.Context) (err error) { done, err = s.done(ctx); return err }); err != nil {
					continue
				}
			}
			if err = nil; !done {
				err = within(s.give)
			}
		}
	}
	return failures
}

// TestBadNetwork loads, and reads meanwhile, over networks that are slow, that break, and that fall silent.
func TestBadNetwork(t *testing.T) {
	server := neo4jtest.Start(t)
	u := tellUndisturbed(t, server, fewBatches)
	seed := newFaultSeed()
	t.Logf("-faultseed %d", seed)
	type network struct {
		name     string
		everyday bool
		retry    time.Duration
		patience time.Duration // of who gives orders
		bad      func(s *wire.Slow)
		during   func(s *wire.Slow, stop <-chan struct{}) // what happens meanwhile
	}
	random := rand.New(rand.NewPCG(seed, 3)) //nolint:gosec // a test wants the same again, not secrets
	// turns makes the network bad for a time and good for a time.
	turns := func(bad func(s *wire.Slow), badTime, goodTime time.Duration) func(s *wire.Slow, stop <-chan struct{}) {
		return func(s *wire.Slow, stop <-chan struct{}) {
			for {
				bad(s)
				for i, d := range []time.Duration{badTime, goodTime} {
					if i == 1 {
						s.Good()
					}
					select {
					case <-stop:
						s.Good()
						return
					case <-time.After(d/2 + time.Duration(random.Int64N(int64(d)))):
					}
				}
			}
		}
	}
	for _, n := range []network{
		{"late by 100 ms", false, 0, time.Minute, func(s *wire.Slow) { s.Latency(100*time.Millisecond, 20*time.Millisecond) }, nil},
		{"late by 10 ms", true, 0, time.Minute, func(s *wire.Slow) { s.Latency(10*time.Millisecond, 5*time.Millisecond) }, nil},
		{"narrow", false, 0, time.Minute, func(s *wire.Slow) { s.Bandwidth(40) }, nil},
		{"reset at random", false, 2 * time.Second, 10 * time.Second, nil, turns(func(s *wire.Slow) { s.Reset(time.Duration(random.Int64N(int64(30 * time.Millisecond)))) }, 50*time.Millisecond, 150*time.Millisecond)},
		{"silent at times", false, time.Second, 3 * time.Second, nil, turns(func(s *wire.Slow) { s.Silence() }, 1500*time.Millisecond, 500*time.Millisecond)},
	} {
		if n.name == "late by 10 ms" && testneeds.Long() {
			continue // 100 ms show it
		}
		t.Run(n.name, func(t *testing.T) {
			if !n.everyday {
				testneeds.LongLoop(t)
			}
			slow := wire.ListenSlow(t, server.URI)
			st := newStory(t, server, slow.URI, fewBatches, Options{RetryTime: n.retry})
			rest, want := begun(t, server, st)
			reading := newStory(t, server, slow.URI, fewBatches, Options{RetryTime: n.retry})
			var err error
			if reading.store, err = reading.open(); err != nil {
				t.Fatal(err)
			}
			if n.bad != nil {
				n.bad(slow)
			}
			stop := make(chan struct{})
			var meanwhile sync.WaitGroup
			if n.during != nil {
				meanwhile.Go(func() { n.during(slow, stop) })
			}
			r := readAt(t, reading.store, 1, 2, 3*time.Second, want)
			began := time.Now()
			failures := insist(t, rest, n.patience)
			took := time.Since(began)
			close(stop)
			meanwhile.Wait()
			slow.Good()
			right, refusals := r.end()
			t.Logf("it took %s, %d orders failed and were given again; readers had %d right answers and %d refusals", took, failures, right, refusals)
			r.ask(reading.store, 1, want) // all comes back by itself
			if right == 0 || r.refusals.Load() > refusals {
				t.Errorf("readers had %d right answers, and at the end, on a good network, %d refusals", right, r.refusals.Load()-refusals)
			}
			u.want(t, server)
		})
	}
}

// TestSilent: where the server falls silent in the midst of a question, or of an order, who waits is told so when their
// time is over, and no sooner is anything wrong said.
func TestSilent(t *testing.T) {
	server := neo4jtest.Start(t)
	u := tellUndisturbed(t, server, fewBatches)
	slow := wire.ListenSlow(t, server.URI)
	st := newStory(t, server, slow.URI, fewBatches, Options{RetryTime: time.Second, ConnectTimeout: time.Second})
	rest, want := begun(t, server, st)
	slow.Silence()
	r := &readers{t: t, patience: 500 * time.Millisecond}
	r.ask(st.store, 1, want)
	if r.refusals.Load() != 1 {
		t.Error("a silent server has answered")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	began := time.Now()
	err := rest[0].give(ctx)
	if took := time.Since(began); err == nil || took > 500*time.Millisecond+time.Second+slack {
		t.Errorf("after %s an order to a silent server gave %v", took, err)
	}
	if !errors.Is(err, graph.ErrUnavailable) && !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v: %v", errWrongKind, err)
	}
	slow.Good()
	insist(t, rest, 10*time.Second)
	u.want(t, server)
}
