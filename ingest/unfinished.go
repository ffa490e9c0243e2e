package ingest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/entente-graph/entente/graph"
)

// begin takes the lease of the load to be written. A load that was broken off is gone on with where it is this very
// one: same files, same program, same orders. Any other is discarded, for what it wrote nobody can see and its files
// can be loaded again. One that is still being written is a conflict, and a copy of another store's load as well: its number
// is wanted.
func begin(ctx context.Context, r graph.Reader, w graph.Writer, info graph.LoadInfo, force bool, progress func(Progress)) (lease graph.Lease, resumed, discarded graph.LoadNumber, err error) {
	u, err := r.Unfinished(ctx)
	if err != nil {
		return lease, 0, 0, fmt.Errorf("whether a load is open: %w", err)
	}
	if u != nil && u.Copy != nil {
		return lease, 0, 0, isCopy(u)
	}
	if u != nil && !u.Discarding && sameLoad(u.LoadInfo, info) {
		lease, err = w.TakeOver(ctx, u.Number, force)
		return lease, u.Number, 0, err
	}
	if u != nil {
		if err := Discard(ctx, w, u.Number, force, progress); err != nil {
			return lease, 0, 0, err
		}
		discarded = u.Number
	}
	lease, err = w.Open(ctx, info)
	if err != nil {
		return lease, 0, discarded, fmt.Errorf("opening a load: %w", err)
	}
	return lease, 0, discarded, nil
}

// isCopy is the conflict of who would go on with a copy, or discard it for a load of their own.
func isCopy(u *graph.Unfinished) error {
	return fmt.Errorf("load %d is a copy from another store that was broken off: go on with it by entente copy, or discard it: %w", u.Number, graph.ErrConflict)
}

// sameLoad tells whether two loads would write the same batches: paths and notes do not matter.
func sameLoad(a, b graph.LoadInfo) bool {
	return a.Importer == b.Importer && a.Program == b.Program && a.Undoes == b.Undoes && a.Amends == b.Amends &&
		slices.Equal(a.Slices, b.Slices) && slices.Equal(a.Files, b.Files) && slices.Equal(a.Edits, b.Edits)
}

// Discard takes back all that an open load wrote, for as long as that takes; its number stays burned. While its lease runs
// it is a conflict, unless force is set: then whoever writes it can write nothing more. Broken off it is a BrokenOffError,
// and can be called again. progress, if not nil, is told how far it is.
func Discard(ctx context.Context, w graph.Writer, n graph.LoadNumber, force bool, progress func(Progress)) error {
	lease, err := w.TakeOver(ctx, n, force)
	if err != nil {
		return err
	}
	err = takeBack(ctx, w, lease, progress)
	if err != nil && !errors.Is(err, graph.ErrConflict) { // another goes on with it
		err = &BrokenOffError{Load: n, Discarding: true, Err: err}
	}
	return err
}

// takeBack discards what was written with a lease. Cancelled it gives the lease back, for anyone to end it.
func takeBack(ctx context.Context, w graph.Writer, lease graph.Lease, progress func(Progress)) error {
	var tell func(done, total int)
	if progress != nil {
		tell = func(done, total int) { progress(Progress{Stage: StageDiscarding, Done: done, Total: total}) }
	}
	err := w.Discard(ctx, lease, tell)
	if err == nil || ctx.Err() == nil {
		return err
	}
	if back := release(ctx, w, lease); back != nil && !errors.Is(back, graph.ErrConflict) { // it may be at its end
		return errors.Join(ctx.Err(), back)
	}
	return ctx.Err()
}

// release gives a lease back although the context is done.
func release(ctx context.Context, w graph.Writer, lease graph.Lease) error {
	clean, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
	defer cancel()
	return w.Release(clean, lease)
}

// notRunning refuses early what would end in a conflict later: a load that is being written.
func notRunning(ctx context.Context, r graph.Reader, force bool) error {
	u, err := r.Unfinished(ctx)
	if err != nil {
		return fmt.Errorf("whether a load is open: %w", err)
	}
	if u != nil && !u.Expired && !force {
		return u.HeldBy()
	}
	return nil
}
