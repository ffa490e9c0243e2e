package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/internal/terminal"
)

func (a *app) rebuildIndexCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "rebuild-index",
		Short: "derive the index rows of the store anew from its statements",
		Long: "Drops every index row (participations, dyads, codes, search terms) and derives it anew from the statements. No\n" +
			"answer changes, before, while or after; programs that read the store go on. It mends an index that is damaged.",
		Example: "  entente rebuild-index\n" +
			"  entente rebuild-index --json",
		Args: exactly(),
		RunE: func(c *cobra.Command, _ []string) error {
			return a.failed(asJSON, a.changing(c.Context(), func(store graph.Store) error { return a.rebuildIndex(c.Context(), store, asJSON) }))
		},
	}
	jsonFlag(c, &asJSON)
	return c
}

func (a *app) rebuildIndex(ctx context.Context, store graph.Store, asJSON bool) error {
	begun, count := time.Now(), 0
	progress := newProgress(a)
	err := store.RebuildIndex(ctx, func(done, total int) {
		count = total
		progress.show(ingest.Progress{Stage: ingest.StageRebuilding, Done: done, Total: total})
	})
	progress.clear()
	if err != nil {
		return err
	}
	took := time.Since(begun)
	if asJSON {
		return a.printJSON(struct {
			Statements int     `json:"statements"`
			Seconds    float64 `json:"seconds"`
		}{count, took.Seconds()})
	}
	s := a.screen()
	s.Wrapped("", fmt.Sprintf("The index rows of %s statements, of all loads, were derived anew in %s; every answer is what it was.", terminal.Comma(count), took.Round(10*time.Millisecond)))
	return s.Err()
}
