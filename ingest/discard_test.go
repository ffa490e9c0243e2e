package ingest_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

// full is a store that has no room for a second batch, and keeps what it is told to discard with.
type full struct {
	graph.Store
	limited bool // the discard had an end set to it
}

func (f *full) Write(ctx context.Context, lease graph.Lease, b graph.Batch) error {
	if b.Number > 1 {
		return errFull
	}
	return f.Store.Write(ctx, lease, b)
}

func (f *full) Discard(ctx context.Context, lease graph.Lease, progress func(done, total int)) error {
	_, f.limited = ctx.Deadline()
	return f.Store.Discard(ctx, lease, progress)
}

var errFull = errors.New("there is no room")

// TestALoadThatFailedIsTakenBackToItsEnd however long that takes, tells how far it is, and can be interrupted.
func TestALoadThatFailedIsTakenBackToItsEnd(t *testing.T) {
	t.Parallel()
	files := folder("a", many(3*ingest.BatchSize))
	for _, interrupted := range []bool{false, true} {
		store := &full{Store: open(t)}
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		var told []int
		o := options(store, files)
		o.Progress = func(p ingest.Progress) {
			if p.Stage != ingest.StageDiscarding {
				return
			}
			if p.Total != 2*ingest.BatchSize {
				t.Errorf("it tells of %d statements", p.Total)
			}
			told = append(told, p.Done)
			if interrupted && p.Done > 0 {
				cancel()
			}
		}
		_, err := ingest.Load(ctx, o)
		if !errors.Is(err, errFull) || store.limited {
			t.Errorf("the error is %v; the discard had an end set to it: %t", err, store.limited)
		}
		if len(told) < 2 || told[0] != 0 {
			t.Errorf("it told of %v", told)
		}
		u := unfinished(t, store)
		if !interrupted {
			if u != nil || told[len(told)-1] != 2*ingest.BatchSize {
				t.Errorf("the open load is %+v; %v were told", u, told)
			}
			continue
		}
		var broken *ingest.BrokenOffError
		if !errors.As(err, &broken) || !broken.Discarding || !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "load 1 is not wholly taken back") {
			t.Errorf("interrupted, the error is %v", err)
		}
		if u == nil || !u.Discarding || !u.Expired {
			t.Fatalf("interrupted, the open load is %+v", u)
		}
		ended := 0
		err = ingest.Discard(context.Background(), store, 1, false, func(p ingest.Progress) { ended = p.Total })
		if err != nil || unfinished(t, store) != nil || ended == 0 || ended >= 2*ingest.BatchSize {
			t.Errorf("the rest of it, %d statements: %v", ended, err)
		}
	}
}

// TestADiscardIsInterrupted says so, and is brought to its end by the same order.
func TestADiscardIsInterrupted(t *testing.T) {
	t.Parallel()
	store := open(t)
	n := brokenOff(t, store, folder("a", many(2*ingest.BatchSize)))
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	err := ingest.Discard(ctx, store, n, false, func(p ingest.Progress) {
		if p.Done > 0 {
			cancel()
		}
	})
	var broken *ingest.BrokenOffError
	if !errors.As(err, &broken) || broken.Load != n || !broken.Discarding || !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
	if u := unfinished(t, store); u == nil || !u.Discarding || !u.Expired {
		t.Fatalf("the open load is %+v", u)
	}
	if err := ingest.Discard(context.Background(), store, n, false, nil); err != nil || unfinished(t, store) != nil {
		t.Errorf("to its end: %v", err)
	}
}
