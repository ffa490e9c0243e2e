package ingest

import (
	"context"
	"fmt"
	"slices"

	"github.com/entente-graph/entente/graph"
)

// begin takes the lease of the load to be written. A load that was broken off is gone on with where it is this very
// one: same files, same program, same orders. Any other is discarded, for what it wrote nobody can see and its files
// can be loaded again. One that is still being written is a conflict.
func begin(ctx context.Context, r graph.Reader, w graph.Writer, info graph.LoadInfo, force bool) (lease graph.Lease, resumed, discarded graph.LoadNumber, err error) {
	u, err := r.Unfinished(ctx)
	if err != nil {
		return lease, 0, 0, fmt.Errorf("whether a load is open: %w", err)
	}
	if u != nil && !u.Discarding && sameLoad(u.LoadInfo, info) {
		lease, err = w.TakeOver(ctx, u.Number, force)
		return lease, u.Number, 0, err
	}
	if u != nil {
		if err := Discard(ctx, w, u.Number, force); err != nil {
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

// sameLoad tells whether two loads would write the same batches: paths and notes do not matter.
func sameLoad(a, b graph.LoadInfo) bool {
	return a.Importer == b.Importer && a.Program == b.Program && a.Undoes == b.Undoes && a.Amends == b.Amends &&
		slices.Equal(a.Slices, b.Slices) && slices.Equal(a.Files, b.Files) && slices.Equal(a.Edits, b.Edits)
}

// Discard takes back all that an open load wrote; its number stays burned. While its lease runs it is a conflict,
// unless force is set: then whoever writes it can write nothing more.
func Discard(ctx context.Context, w graph.Writer, n graph.LoadNumber, force bool) error {
	lease, err := w.TakeOver(ctx, n, force)
	if err != nil {
		return err
	}
	if err := w.Discard(ctx, lease, nil); err != nil {
		return fmt.Errorf("discarding load %d: %w", n, err)
	}
	return nil
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
