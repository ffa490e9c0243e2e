package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/sources"
)

// undoing is one call of entente undo.
type undoing struct {
	app    *app
	dryRun bool
	note   string
	json   bool
}

func (a *app) undoCommand() *cobra.Command {
	u := &undoing{app: a}
	c := &cobra.Command{
		Use:   "undo LOAD",
		Short: "record a new load that restores what was before another",
		Long: "Records a new load in which the slices of LOAD are what they were before it. Nothing is lost: every load can\n" +
			"still be asked with --load, and the undoing can itself be undone. It is allowed while LOAD is the newest that\n" +
			"counts of each of its slices; otherwise those in the way are named, to be undone first.",
		Example: "  entente undo 3 --dry-run\n" +
			"  entente undo 3\n" +
			"  entente undo 4 --note \"it was right after all\"",
		Args: exactly("the number of a load"),
		RunE: func(c *cobra.Command, args []string) error {
			n, err := loadNumber(c, args)
			if err != nil {
				return err
			}
			with := a.changing
			if u.dryRun {
				with = a.reading
			}
			return a.failed(u.json, a.advise(with(c.Context(), func(store graph.Store) error { return u.undo(c.Context(), store, n) })))
		},
	}
	f := c.Flags()
	f.BoolVar(&u.dryRun, "dry-run", false, "print what would change, field by field, and write nothing")
	f.StringVar(&u.note, "note", "", "a note that is kept with the load")
	jsonFlag(c, &u.json)
	return c
}

func (u *undoing) undo(ctx context.Context, store graph.Store, n graph.LoadNumber) error {
	var src ingest.Source
	if loads, err := store.Loads(ctx, graph.LoadQuery{Number: n, First: 1}); err == nil && len(loads) == 1 {
		src, _ = sources.ByKey(graph.SourceKey(loads[0].Importer)) // only for its nouns
	}
	progress := newProgress(u.app)
	report, err := ingest.Undo(ctx, ingest.UndoOptions{
		Reader: store, Writer: store, Load: n, Source: src, Program: programVersion(), Note: u.note, DryRun: u.dryRun, Progress: progress.show,
	})
	progress.clear()
	if errors.Is(err, graph.ErrConflict) {
		return u.inTheWay(ctx, store, n, err)
	}
	if err != nil {
		return err
	}
	return u.app.tell(report, u.json)
}

// inTheWay adds to a refusal what to type: the loads to be undone first, the newest first.
func (u *undoing) inTheWay(ctx context.Context, r graph.Reader, n graph.LoadNumber, refused error) error {
	l, err := readLineage(ctx, r)
	if err != nil {
		return errors.Join(refused, err)
	}
	later := l.inTheWay(n)
	if len(later) == 0 {
		if by := l.undoneBy(n); by > 0 {
			again := u.app.next("undo %d", by)
			return &advised{refused, "to have it back: " + again, []string{again}}
		}
		return refused
	}
	var next []string
	for _, m := range slices.Backward(later) {
		next = append(next, u.app.next("undo %d", m.Number))
	}
	next = append(next, u.app.next("undo %d", n))
	return &advised{refused, fmt.Sprintf("that is: %s", strings.Join(next, ", then ")), next}
}
