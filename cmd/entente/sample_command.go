package main

import (
	"github.com/spf13/cobra"

	"github.com/entente-graph/entente/internal/config"
)

func (a *app) sampleCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "sample",
		Short: "load the sample",
		Long: "Loads what the store does not hold yet of the sample, and makes the store if there is none: the registry of\n" +
			"states, an earlier edition of the dossier northeast-asia, the dossier, and visits to and by the United States.\n" +
			"entente serve --sample does the same and then serves.",
		Example: "  entente sample",
		Args:    exactly(),
		RunE: func(c *cobra.Command, _ []string) error {
			if err := a.loadSample(c.Context()); err != nil {
				return err
			}
			s := a.screen()
			s.Printf("The store %s holds the sample.\n", config.Redact(a.config.Store))
			return s.Err()
		},
	}
}
