package main

import (
	"github.com/spf13/cobra"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/terminal"
)

func (a *app) digestCommand() *cobra.Command {
	var asJSON bool
	var load int64
	c := &cobra.Command{
		Use:   "digest",
		Short: "print a hash of all that the graph holds: equal digests mean equal graphs",
		Long: "Prints a hash over every statement that is open at a load: its source, slice, kind, key and body. It does\n" +
			"not depend on the order of loading, on load numbers, times or the kind of store.",
		Example: "  entente digest\n" +
			"  entente digest --load 2",
		Args: exactly(),
		RunE: func(c *cobra.Command, _ []string) error {
			var q graph.SnapshotQuery
			if c.Flags().Changed("load") {
				n := graph.LoadNumber(load)
				q.Load = &n
			}
			return a.reading(c.Context(), func(store graph.Store) error {
				v, err := graph.At(c.Context(), store, q)
				if err != nil {
					return err
				}
				digest, count, err := graph.Digest(c.Context(), store, v.Load)
				if err != nil {
					return err
				}
				if asJSON {
					return a.printJSON(struct {
						Load       graph.LoadNumber `json:"load"`
						Digest     string           `json:"digest"`
						Statements int              `json:"statements"`
					}{v.Load, digest.String(), count})
				}
				s := a.screen()
				s.Printf("%s  load %d, %s statements\n", digest, v.Load, terminal.Comma(count))
				return s.Err()
			})
		},
	}
	c.Flags().Int64Var(&load, "load", 0, "at this load (default: the newest)")
	jsonFlag(c, &asJSON)
	return c
}
