package ingesttest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/internal/testneeds"
)

// Lifecycle holds a store to what loads are promised: broken off at any order that they give to the store, they leave
// nothing to be seen, and gone on with or taken back they end as if nothing had happened; and chains of loads, undos,
// amendments and discards say at every number what a plain replay of them says. open gives a store that is empty, a
// new one at each call, and sees to it that it is closed when the test ends.
func Lifecycle(t *testing.T, open func(t testing.TB) graph.Store) {
	t.Run("broken off", func(t *testing.T) { brokenOff(t, open) })
	t.Run("chains", func(t *testing.T) { chains(t, open) })
}

// A breaking is a store of which one order, or every one from there on, goes wrong.
type breaking struct {
	graph.Store
	at     int // which order, from 1; 0: none
	how    int
	cancel context.CancelFunc
	orders int
}

// How an order goes wrong.
const (
	cancelledBefore = iota // the load is interrupted just before it
	cancelledAfter         // … just after it
	fails                  // it fails and is not carried out
	answerLost             // it is carried out, and fails
	allFail                // it fails, as does every later one
	ways
)

var wayNames = [ways]string{"cancelled before", "cancelled after", "failing", "its answer lost", "failing like all after it"}

var errBroken = fmt.Errorf("%w: broken for a test", graph.ErrUnavailable)

func order[T any](s *breaking, carryOut func() (T, error)) (T, error) {
	var none T
	s.orders++
	if s.how == allFail && s.at > 0 && s.orders >= s.at {
		return none, errBroken
	}
	if s.orders != s.at {
		return carryOut()
	}
	switch s.how {
	case cancelledBefore:
		s.cancel()
	case cancelledAfter:
		defer s.cancel()
	case fails:
		return none, errBroken
	case answerLost:
		if _, err := carryOut(); err != nil {
			return none, err
		}
		return none, errBroken
	}
	return carryOut()
}

func plainOrder(s *breaking, carryOut func() error) error {
	_, err := order(s, func() (struct{}, error) { return struct{}{}, carryOut() })
	return err
}

// Open may be the order that breaks off, as may the others below.
func (s *breaking) Open(ctx context.Context, info graph.LoadInfo) (graph.Lease, error) {
	return order(s, func() (graph.Lease, error) { return s.Store.Open(ctx, info) })
}

// TakeOver is an order.
func (s *breaking) TakeOver(ctx context.Context, n graph.LoadNumber, force bool) (graph.Lease, error) {
	return order(s, func() (graph.Lease, error) { return s.Store.TakeOver(ctx, n, force) })
}

// Renew is an order.
func (s *breaking) Renew(ctx context.Context, lease graph.Lease) error {
	return plainOrder(s, func() error { return s.Store.Renew(ctx, lease) })
}

// Release is an order.
func (s *breaking) Release(ctx context.Context, lease graph.Lease) error {
	return plainOrder(s, func() error { return s.Store.Release(ctx, lease) })
}

// Write is an order.
func (s *breaking) Write(ctx context.Context, lease graph.Lease, b graph.Batch) error {
	return plainOrder(s, func() error { return s.Store.Write(ctx, lease, b) })
}

// Commit is an order.
func (s *breaking) Commit(ctx context.Context, lease graph.Lease, c graph.Counts) (graph.Load, error) {
	return order(s, func() (graph.Load, error) { return s.Store.Commit(ctx, lease, c) })
}

// Discard is an order.
func (s *breaking) Discard(ctx context.Context, lease graph.Lease, progress func(done, total int)) error {
	return plainOrder(s, func() error { return s.Store.Discard(ctx, lease, progress) })
}

// everything is all that a load may be of; most of what is wrong with it is in the batches after the first.
var everything = ingest.Share{Percent: 100}

func loadOptions(s graph.Store, files fs.FS) ingest.Options {
	return ingest.Options{
		Source: Lines{}, Files: files, Reader: s, Writer: s, Program: "test", Paths: []string{"/data"}, MaxQuarantine: &everything, Force: true,
	}
}

// broken is one kind of work that is broken off.
type broken struct {
	name  string
	first []fs.FS // what was loaded before
	files fs.FS
	work  func(ctx context.Context, s graph.Store) (ingest.Report, error)
}

func works() []broken {
	var before, after strings.Builder
	for i := range 60 {
		fmt.Fprintf(&before, "%d title of %d\n", i, i)
		fmt.Fprintf(&after, "%d title of %d\n", i+20, i/2)
	}
	for i := range 250 { // several batches of what is not understood
		fmt.Fprintf(&after, "? row %d\n", i)
	}
	was := folder(map[string]string{"a": before.String(), "b": "b1 one\n? two\n"})
	now := folder(map[string]string{"a": after.String(), "c": "c1 one\n"})
	load := func(ctx context.Context, s graph.Store) (ingest.Report, error) {
		return ingest.Load(ctx, loadOptions(s, now))
	}
	return []broken{
		{"the first load", nil, now, load},
		{"a load", []fs.FS{was}, now, load},
		{"an undo", []fs.FS{was, now}, nil, func(ctx context.Context, s graph.Store) (ingest.Report, error) {
			return ingest.Undo(ctx, ingest.UndoOptions{Reader: s, Writer: s, Load: 2, Program: "test", Force: true})
		}},
		{"an amendment", []fs.FS{was}, nil, func(ctx context.Context, s graph.Store) (ingest.Report, error) {
			a, err := ingest.NewAmendment(ctx, s, 1, []ingest.MendedRecord{{N: 1, File: "b", Line: 2, From: int64(len("b1 one\n")), Text: "b2 two"}})
			if err != nil {
				return ingest.Report{}, err
			}
			o := loadOptions(s, nil)
			o.Amend = a
			return ingest.Load(ctx, o)
		}},
	}
}

func brokenOff(t *testing.T, open func(t testing.TB) graph.Store) {
	for _, w := range works() {
		t.Run(w.name, func(t *testing.T) {
			undisturbed := open(t)
			states := prepare(t, undisturbed, w)
			counting := &breaking{Store: undisturbed}
			if _, err := w.work(context.Background(), counting); err != nil {
				t.Fatal(err)
			}
			want := stateOf(t, undisturbed)
			random := rand.New(rand.NewPCG(1, uint64(len(w.name)))) //nolint:gosec // a test wants the same again, not secrets
			for at := 1; at <= counting.orders; at++ {
				for how := range ways {
					if !testneeds.Whole() && (at+how)%3 > 0 {
						continue // the everyday loop breaks each order off in one or two ways, and in each way a third of the orders
					}
					t.Run(fmt.Sprintf("order %d %s", at, wayNames[how]), func(t *testing.T) {
						s := open(t)
						prepare(t, s, w)
						breakOff(t, s, w, at, how, states)
						finish(t, s, w, random.IntN(3))
						if diff := cmp.Diff(want, stateOf(t, s)); diff != "" {
							t.Errorf("in the end (-undisturbed +now):\n%s", diff)
						}
						for n, state := range states {
							if got := digestAt(t, s, graph.LoadNumber(n)); got != state {
								t.Errorf("at load %d the digest is %s; it was %s", n, got, state)
							}
						}
					})
				}
			}
		})
	}
}

// prepare loads what was there before and gives the digest at each number.
func prepare(t *testing.T, s graph.Store, w broken) (digests []string) {
	t.Helper()
	digests = []string{digestAt(t, s, 0)}
	for i, files := range w.first {
		if r, err := ingest.Load(context.Background(), loadOptions(s, files)); err != nil || r.Load != graph.LoadNumber(i+1) {
			t.Fatalf("load %d: %+v, %v", i+1, r.Load, err)
		}
		digests = append(digests, digestAt(t, s, graph.LoadNumber(i+1)))
	}
	return digests
}

// breakOff does the work and lets it go wrong, and checks that what it says of that is true.
func breakOff(t *testing.T, s graph.Store, w broken, at, how int, states []string) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	report, err := w.work(ctx, &breaking{Store: s, at: at, how: how, cancel: cancel})
	head := headOf(t, s)
	if err == nil {
		if int(head) != len(states) || report.Load != head {
			t.Errorf("it says that it has recorded load %d, and the head is %d", report.Load, head)
		}
		return
	}
	if int(head) != len(states)-1 {
		t.Errorf("it failed with %v, and the head is %d", err, head)
	}
	if !errors.Is(err, errBroken) && !errors.Is(err, context.Canceled) {
		t.Errorf("the error does not say why: %v", err)
	}
	u, readErr := s.Unfinished(context.Background())
	if readErr != nil {
		t.Fatal(readErr)
	}
	var left *ingest.BrokenOffError
	if says := errors.As(err, &left); says && (u == nil || u.Number != left.Load) {
		t.Errorf("it says that load %d was left open, and the open load is %+v: %v", left.Load, u, err)
	}
}

// finish ends what was broken off: by doing it again, by going on with it, or by discarding it and doing it anew.
func finish(t *testing.T, s graph.Store, w broken, way int) {
	t.Helper()
	ctx := context.Background()
	u, err := s.Unfinished(ctx)
	if err != nil {
		t.Fatal(err)
	}
	switch {
	case u == nil:
	case way == 1 && !u.Discarding:
		_, err = ingest.Resume(ctx, ingest.ResumeOptions{
			Reader: s, Writer: s, Program: "test", Force: true,
			Source: func(string) (ingest.Source, error) { return Lines{}, nil },
			Open:   func(ingest.Source, []string) (fs.FS, error) { return w.files, nil },
		})
		if err != nil {
			t.Fatalf("resuming: %v", err)
		}
		return
	case way == 2:
		if err := ingest.Discard(ctx, s, u.Number, true, nil); err != nil {
			t.Fatalf("discarding: %v", err)
		}
	}
	if _, err := w.work(ctx, s); err != nil && !alreadyDone(err) {
		t.Fatalf("doing it again: %v", err)
	}
}

// alreadyDone tells whether work was refused because it had been done after all.
func alreadyDone(err error) bool {
	return strings.Contains(err.Error(), "undone already") || strings.Contains(err.Error(), "the store holds what has this key already")
}

// state is what can be seen of a store at its head.
type state struct {
	Digest      string
	Open        bool
	Loads       []string
	Quarantines []string
}

// stateOf gives what can be seen, without the numbers, for some were burned.
func stateOf(t *testing.T, s graph.Store) (st state) {
	t.Helper()
	ctx := context.Background()
	st.Digest = digestAt(t, s, headOf(t, s))
	u, err := s.Unfinished(ctx)
	if err != nil {
		t.Fatal(err)
	}
	st.Open = u != nil
	loads, err := s.Loads(ctx, graph.LoadQuery{})
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range loads {
		st.Loads = append(st.Loads, fmt.Sprint(l.Source, l.Importer, l.Slices, l.Files, l.Program, l.Counts, l.Undoes, l.Amends, l.Edits))
		page, err := s.Quarantine(ctx, graph.QuarantineQuery{Load: l.Number})
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range page.Items {
			st.Quarantines = append(st.Quarantines, fmt.Sprint(q.N, q.Of, q.Mistakes, q.Records))
		}
	}
	return st
}

func headOf(t testing.TB, s graph.Store) graph.LoadNumber {
	t.Helper()
	h, err := s.Head(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return h.Load.Number
}

func digestAt(t testing.TB, s graph.Reader, n graph.LoadNumber) string {
	t.Helper()
	d, count, err := graph.Digest(context.Background(), s, n)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%s of %d", d, count)
}
