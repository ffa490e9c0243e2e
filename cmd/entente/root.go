package main

import (
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/config"
	"github.com/entente-graph/entente/internal/terminal"
)

// app is what every command has: the streams, the environment, and once flags are read, the configuration.
type app struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	getenv         func(string) string
	config         *config.Config
}

// root makes the command with all its subcommands.
func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "entente",
		Short: "a knowledge graph of diplomatic relations, over time and with its sources",
		Long: "Entente keeps who agreed what, disputed what and met whom, each statement with its source,\n" +
			"and answers questions about relations over time: here, and over GraphQL and HTTP.",
		Example: "  entente serve --sample\n" +
			"  entente ask dyad JPN KOR --topic defense\n" +
			"  entente ingest dossier mine.yaml --dry-run",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          a.unknownCommand,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
		PersistentPreRunE: func(c *cobra.Command, _ []string) error {
			loaded, err := config.Load(c.Flags(), a.getenv)
			if err != nil {
				return err
			}
			a.config = loaded
			return nil
		},
	}
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usage(c, "%s", config.Redact(strings.ReplaceAll(flagMistake(c, err), "\n", " ")))
	})
	config.AddFlags(root.PersistentFlags(), "store", "log.level", "log.format")
	root.PersistentFlags().String(config.FileFlag, "", "the file of settings (default "+config.DefaultFile+", if it is there)")
	root.AddCommand(
		a.serveCommand(), a.ingestCommand(), a.askCommand(), a.sourcesCommand(),
		a.loadsCommand(), a.quarantineCommand(), a.resumeCommand(), a.discardCommand(), a.undoCommand(), a.eraseCommand(),
		a.matchCommand(),
		a.copyCommand(),
		a.rebuildIndexCommand(), a.digestCommand(), a.configCommand(), a.schemaCommand(), a.versionCommand(),
		a.sampleCommand(), a.healthCommand(),
	)
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		if c.Name() == "completion" { // it needs no configuration, and must work where that is broken
			c.PersistentPreRunE = func(*cobra.Command, []string) error { return nil }
		}
	}
	a.helpCommand(root)
	return root
}

// parsing is how the flag library tells of a number, in the words of the language it is written in.
var parsing = regexp.MustCompile(`strconv\.Parse\w+: parsing .*: (invalid syntax|value out of range)$`)

// flagMistake says what is wrong with a flag and what would be right.
func flagMistake(c *cobra.Command, err error) string {
	text := parsing.ReplaceAllString(err.Error(), "write a whole number")
	name, unknown := strings.CutPrefix(text, "unknown flag: --")
	if !unknown {
		return text
	}
	var names []string
	c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if near := graph.Nearest(name, names, 1); len(near) > 0 {
		text += "; did you mean --" + near[0] + "?"
	}
	return text
}

// helpCommand is cobra's, and fails for a word that is no command.
func (a *app) helpCommand(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	for _, c := range root.Commands() {
		if c.Name() != "help" {
			continue
		}
		show := c.Run
		c.Run = nil
		c.RunE = func(c *cobra.Command, args []string) error {
			if found, left, err := root.Find(args); err != nil || len(left) > 0 {
				if found == nil {
					found = root
				}
				return a.unknownCommand(found, args[max(0, len(args)-max(len(left), 1)):])
			}
			show(c, args)
			return nil
		}
	}
}

// unknownCommand refuses words that are no command, and names those that may have been meant.
func (a *app) unknownCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	c.SuggestionsMinimumDistance = 2
	near := c.SuggestionsFor(args[0])
	if len(near) > 0 {
		return usage(c, "%q is not a command of %s; did you mean %s?", args[0], c.CommandPath(), strings.Join(near, " or "))
	}
	var names []string
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() && sub.Name() != "help" && sub.Name() != "completion" {
			names = append(names, sub.Name())
		}
	}
	return usage(c, "%q is not a command of %s: there are %s", args[0], c.CommandPath(), strings.Join(names, ", "))
}

// exactly refuses any other number of arguments than the named ones.
func exactly(names ...string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) == len(names) {
			return nil
		}
		if len(names) == 0 {
			return usage(c, "%s takes no arguments, and %q was given", c.CommandPath(), args[0])
		}
		return usage(c, "%s takes %s; %d given", c.CommandPath(), strings.Join(names, " and "), len(args))
	}
}

// loadNumber reads the number of a load; 0 where there is no argument.
func loadNumber(c *cobra.Command, args []string) (graph.LoadNumber, error) {
	switch {
	case len(args) == 0:
		return 0, nil
	case len(args) > 1:
		return 0, usage(c, "%s takes the number of one load; %d given", c.CommandPath(), len(args))
	}
	n, err := strconv.ParseInt(args[0], 10, 64)
	switch {
	case err != nil:
		return 0, usage(c, "%q is not the number of a load; entente loads lists them", args[0])
	case n < 1:
		return 0, usage(c, "%d is not the number of a load: they count from 1", n)
	}
	return graph.LoadNumber(n), nil
}

// screen is standard output for people.
func (a *app) screen() *terminal.Screen { return terminal.New(a.stdout, a.getenv) }

// say prints a line about what the program does, beside its answer.
func (a *app) say(format string, args ...any) {
	fmt.Fprintf(a.stderr, format+"\n", args...) //nolint:errcheck // nobody is left to tell
}
