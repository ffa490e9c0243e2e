package ingesttest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

// Copies holds two kinds of store to what a copy from one to the other is promised: after any history, of loads, undos,
// amendments, erasures and loads that were broken off, the copy answers as the original at every number, whatever
// copying was broken off at, and it follows as the original goes on.
func Copies(t *testing.T, from, to func(t testing.TB) graph.Store) {
	seeds := uint64(3)
	if os.Getenv("ENTENTE_TEST_LONG") == "1" {
		seeds = 60
	}
	for seed := range seeds {
		t.Run(fmt.Sprintf("history %d", seed), func(t *testing.T) { copiedChain(t, seed, from, to) })
	}
	for how := range ways {
		t.Run("broken off, orders "+wayNames[how], func(t *testing.T) { copiedInPieces(t, how, from, to) })
	}
}

func newChain(t *testing.T, seed uint64, s graph.Store) *chain {
	return &chain{T: t, Rand: rand.New(rand.NewPCG(seed, 7)), s: s, m: newReplay(), open: map[graph.LoadNumber]deed{}} //nolint:gosec // a test wants the same again, not secrets
}

// copiedChain copies now and then while a history goes on.
func copiedChain(t *testing.T, seed uint64, from, to func(t testing.TB) graph.Store) {
	c := newChain(t, seed, from(t))
	target := to(t)
	defer func() {
		if t.Failed() {
			t.Logf("what was done:\n%s", strings.Join(c.done, "\n"))
		}
	}()
	anew := 0
	for range 4 {
		for range 10 {
			if c.turn(); t.Failed() {
				return
			}
		}
		report, err := ingest.Copy(context.Background(), ingest.CopyOptions{From: c.s, To: target})
		var other *ingest.NotACopyError
		if errors.As(err, &other) && strings.Contains(other.What, "the source erased") {
			anew++ // what was copied of it before does not go by itself
			target = to(t)
			report, err = ingest.Copy(context.Background(), ingest.CopyOptions{From: c.s, To: target})
		}
		c.note("copied: %+v, %v", report, err)
		if err != nil {
			t.Fatal(err)
		}
		sameStores(t, c.s, target)
	}
	if anew == 4 {
		t.Error("no copy followed its original")
	}
}

// copiedInPieces breaks a copy off at one order after the other, and goes on each time.
func copiedInPieces(t *testing.T, how int, from, to func(t testing.TB) graph.Store) {
	c := newChain(t, 42, from(t))
	for range 25 {
		c.turn()
	}
	s, target := c.s, to(t)
	broken := 0
	for at := 1; ; at++ {
		ctx, cancel := context.WithCancel(context.Background())
		b := &breaking{Store: target, at: at, how: how, cancel: cancel}
		_, err := ingest.Copy(ctx, ingest.CopyOptions{From: s, To: b, Force: true})
		cancel()
		if err == nil {
			if sameStores(t, s, target); b.orders < at {
				break
			}
			target = to(t) // it came to its end all the same
			continue
		}
		broken++
		if !errors.Is(err, errBroken) && !errors.Is(err, context.Canceled) {
			t.Fatalf("broken off at order %d, the error does not say why: %v", at, err)
		}
		checkLeft(t, target, err)
		if at > 10000 {
			t.Fatal("it does not come to an end")
		}
	}
	if broken < 3 {
		t.Errorf("it was broken off only %d times", broken)
	}
	again, err := ingest.Copy(context.Background(), ingest.CopyOptions{From: s, To: &breaking{Store: target, at: 1, how: allFail}})
	if err != nil || again.Copied != 0 || again.Held == 0 {
		t.Errorf("copied again: %+v, %v; nothing is to be written", again, err)
	}
}

// checkLeft checks what an error says of the load that was left open.
func checkLeft(t *testing.T, s graph.Store, err error) {
	t.Helper()
	u, readErr := s.Unfinished(context.Background())
	if readErr != nil {
		t.Fatal(readErr)
	}
	var left *ingest.BrokenOffError
	if says := errors.As(err, &left); says && !left.Copy {
		t.Errorf("it does not say that it is a copy: %v", err)
	}
	if u != nil && u.Copy == nil {
		t.Errorf("the load left open is no copy: %+v", u)
	}
}

// sameStores compares two stores in all that is told of their history.
func sameStores(t *testing.T, a, b graph.Store) {
	t.Helper()
	want, got := historyOf(t, a), historyOf(t, b)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the copy (-original +copy):\n%s", diff)
	}
}

// historyOf prints the history of a store.
func historyOf(t *testing.T, s graph.Store) (lines []string) {
	t.Helper()
	ctx := context.Background()
	add := func(err error, format string, args ...any) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, fmt.Sprintf(format, args...))
	}
	head, err := s.Head(ctx)
	u, unfinishedErr := s.Unfinished(ctx)
	taken := head.Burned
	if u != nil && u.Copy == nil { // not yet burned for good
		taken = u.Number - 1
	}
	add(errors.Join(err, unfinishedErr), "%+v, taken %d", head.Load, taken)
	loads, err := s.Loads(ctx, graph.LoadQuery{})
	for _, l := range loads {
		page, err := s.Quarantine(ctx, graph.QuarantineQuery{Load: l.Number})
		add(err, "%+v, quarantine %+v", l, page)
	}
	erasures, erasuresErr := s.Erasures(ctx, graph.ErasureQuery{})
	add(errors.Join(err, erasuresErr), "%+v", erasures)
	for n := graph.LoadNumber(1); n <= head.Load.Number; n++ {
		add(nil, "load %d: %s", n, digestAt(t, s, n))
	}
	for c, err := range s.Changes(ctx, graph.ChangeQuery{Upto: head.Load.Number}) {
		add(err, "%d %v", c.Load, c.StatementID)
		if c.Closed != nil {
			add(nil, "  closed %+v", *c.Closed)
		}
		if c.Added != nil {
			add(nil, "  added %s of %s at %s: %s", c.Added.Hash, c.Added.Slice, c.Added.Locator, c.Added.Body)
		}
	}
	return lines
}
