package ingest

import (
	"context"
	"fmt"
	"iter"

	"github.com/entente-graph/entente/graph"
)

// A step is one line of the difference between what the store holds and what the files say.
type step struct {
	Action    Action
	ID        graph.StatementID
	Statement graph.Statement // as it is to be; the zero Statement for a retraction
}

// difference merge-joins the new statements with what the slices hold at a load, in the order of StatementID. The same
// store and the same files give the same steps every time.
func difference(ctx context.Context, r graph.Reader, at graph.LoadNumber, loaded []graph.Slice, sp *spool) iter.Seq2[step, error] {
	return mergeJoin(manifest(ctx, r, at, loaded), sp.sorted(ctx))
}

// mergeJoin compares what is held with what is to be, both in the order of StatementID: what is only in the second is
// added, what differs is changed, what is only in the first is retracted. Unchanged statements are steps too.
func mergeJoin(held iter.Seq2[graph.ManifestEntry, error], to iter.Seq2[entry, error]) iter.Seq2[step, error] {
	return func(yield func(step, error) bool) {
		nextOld, stopOld := iter.Pull2(held)
		defer stopOld()
		nextNew, stopNew := iter.Pull2(to)
		defer stopNew()

		old, oldErr, moreOld := nextOld()
		fresh, newErr, moreNew := nextNew()
		for moreOld || moreNew {
			if oldErr != nil || newErr != nil {
				yield(step{}, firstError(oldErr, newErr))
				return
			}
			var order int
			switch {
			case !moreOld:
				order = 1
			case !moreNew:
				order = -1
			default:
				order = old.Compare(fresh.StatementID)
			}
			var s step
			switch {
			case order < 0:
				s = step{Action: Retracted, ID: old.StatementID}
			case order > 0:
				s = step{Action: Added, ID: fresh.StatementID, Statement: fresh.Statement}
			case old.Hash == fresh.Hash && old.Slice == fresh.Slice:
				s = step{Action: Unchanged, ID: fresh.StatementID, Statement: fresh.Statement}
			default:
				s = step{Action: Changed, ID: fresh.StatementID, Statement: fresh.Statement}
			}
			if !yield(s, nil) {
				return
			}
			if order <= 0 {
				old, oldErr, moreOld = nextOld()
			}
			if order >= 0 {
				fresh, newErr, moreNew = nextNew()
			}
		}
	}
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// manifest merges what several slices hold into one sequence, in the order of StatementID.
func manifest(ctx context.Context, r graph.Reader, at graph.LoadNumber, of []graph.Slice) iter.Seq2[graph.ManifestEntry, error] {
	return func(yield func(graph.ManifestEntry, error) bool) {
		type head struct {
			entry graph.ManifestEntry
			next  func() (graph.ManifestEntry, error, bool)
		}
		var heads []*head
		advance := func(h *head) (more bool, err error) {
			var ok bool
			if h.entry, err, ok = h.next(); err != nil {
				return false, fmt.Errorf("what the store holds: %w", err)
			}
			return ok, nil
		}
		for _, s := range of {
			next, stop := iter.Pull2(r.Manifest(ctx, graph.ManifestQuery{Load: at, Slice: &s}))
			defer stop()
			h := &head{next: next}
			more, err := advance(h)
			if err != nil {
				yield(graph.ManifestEntry{}, err)
				return
			}
			if more {
				heads = append(heads, h)
			}
		}
		for len(heads) > 0 {
			least := 0
			for i, h := range heads {
				if h.entry.Compare(heads[least].entry.StatementID) < 0 {
					least = i
				}
			}
			if !yield(heads[least].entry, nil) {
				return
			}
			more, err := advance(heads[least])
			if err != nil {
				yield(graph.ManifestEntry{}, err)
				return
			}
			if !more {
				heads = append(heads[:least], heads[least+1:]...)
			}
		}
	}
}
