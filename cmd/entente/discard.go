package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

// discarding is one call of entente discard.
type discarding struct {
	app      *app
	takeOver bool
	json     bool
}

func (a *app) discardCommand() *cobra.Command {
	d := &discarding{app: a}
	c := &cobra.Command{
		Use:   "discard [LOAD]",
		Short: "take back what a load wrote that was broken off",
		Long: "Takes back all that the open load wrote. Nobody could see any of it, so no answer changes. Its number stays\n" +
			"burned: no other load ever gets it. Broken off itself, the same command brings it to its end.\n\n" +
			"A load that became visible is not discarded but undone: entente undo.",
		Example: "  entente discard",
		RunE: func(c *cobra.Command, args []string) error {
			n, err := loadNumber(c, args)
			if err != nil {
				return err
			}
			return a.failed(d.json, a.advise(a.changing(c.Context(), func(store graph.Store) error { return d.discard(c.Context(), store, n) })))
		},
	}
	takeOverFlag(c, &d.takeOver)
	jsonFlag(c, &d.json)
	return c
}

func (d *discarding) discard(ctx context.Context, store graph.Store, n graph.LoadNumber) error {
	u, err := store.Unfinished(ctx)
	if err != nil {
		return err
	}
	if u == nil || n != 0 && u.Number != n {
		return d.notOpen(ctx, store, u, n)
	}
	progress := newProgress(d.app)
	err = ingest.Discard(ctx, store, u.Number, d.takeOver, progress.show)
	progress.clear()
	var broken *ingest.BrokenOffError
	switch {
	case errors.As(err, &broken):
		return err
	case err != nil:
		return d.app.whileHeld(fmt.Errorf("discarding load %d: %w", u.Number, err), u, "discard")
	}
	if d.json {
		return d.app.printJSON(struct {
			Discarded graph.LoadNumber `json:"discarded"`
			Source    graph.SourceKey  `json:"source"`
			Batches   int              `json:"batches"`
		}{u.Number, u.Source, u.Batches})
	}
	s := d.app.screen()
	s.Wrapped("", fmt.Sprintf("Load %d, of %s, was discarded: %s taken back. The number %d stays burned; the next load is %d.",
		u.Number, u.Source, counted(u.Batches, "batch was", "batches were"), u.Number, u.Number+1))
	return s.Err()
}

// notOpen says what is open instead, and what the load is that was named.
func (d *discarding) notOpen(ctx context.Context, r graph.Reader, u *graph.Unfinished, n graph.LoadNumber) error {
	if n == 0 {
		return fmt.Errorf("no load is open: there is nothing to discard: %w", graph.ErrNotFound)
	}
	other := "no load is"
	if u != nil {
		other = fmt.Sprintf("load %d is", u.Number)
	}
	found, err := r.Loads(ctx, graph.LoadQuery{Number: n, First: 1})
	if err != nil {
		return err
	}
	err = fmt.Errorf("load %d is not open: %s: %w", n, other, graph.ErrConflict)
	if len(found) == 0 {
		return err
	}
	undo := d.app.next("undo %d", n)
	return &advised{err, fmt.Sprintf("it is visible since %s; to take it back: %s", found[0].Recorded.UTC().Format("2006-01-02 15:04:05Z"), undo), []string{undo}}
}
