package main

import (
	"github.com/spf13/cobra"

	"github.com/entente-graph/entente/internal/config"
	"github.com/entente-graph/entente/internal/terminal"
)

func (a *app) configCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "config",
		Short: "print every setting, its value and where it came from",
		Long: "Prints every setting with its value and where that came from: a flag, a variable of the\n" +
			"environment, the file of settings, or the default. A setting such as limit.depth is the flag\n" +
			"--limit-depth, the variable ENTENTE_LIMIT_DEPTH, or in the file\n\n" +
			"  limit:\n    depth: 20",
		Example: "  entente config\n" +
			"  entente config --store other.db\n" +
			"  entente config --json",
		Args: exactly(),
		RunE: func(*cobra.Command, []string) error {
			if asJSON {
				return a.printJSON(a.config.Values())
			}
			s := a.screen()
			t := terminal.NewTable("SETTING", "VALUE", "FROM", "WHAT IT IS")
			for _, v := range a.config.Values() {
				t.Add(terminal.Text(v.Key, v.Value, v.Origin, v.Help)...)
			}
			t.Print(s)
			return s.Err()
		},
	}
	config.AddFlags(c.Flags())
	jsonFlag(c, &asJSON)
	return c
}
