package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/entente-graph/entente/schema"
)

func (a *app) schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "print the GraphQL schema, for tools that make code of it",
		Long: "Prints the GraphQL schema with its descriptions, as entente serve answers at /v1/schema.graphql. It needs no\n" +
			"store. docs/schema.md shows it with an example for every question.",
		Example: "  entente schema\n" +
			"  entente schema > schema.graphql",
		Args: exactly(),
		// It is the program's, whatever the configuration.
		PersistentPreRunE: func(*cobra.Command, []string) error { return nil },
		RunE: func(*cobra.Command, []string) error {
			_, err := io.WriteString(a.stdout, schema.Text())
			return err
		},
	}
}
