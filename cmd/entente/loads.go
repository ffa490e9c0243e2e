package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/terminal"
)

func (a *app) loadsCommand() *cobra.Command {
	var asJSON bool
	var first int
	c := &cobra.Command{
		Use:   "loads",
		Short: "list what was loaded, when and from which files",
		Long: "Lists the loads of the store, newest first. Each is a state of knowledge that can still be asked: with\n" +
			"--load N, every question is answered as it was after load N.",
		Example: "  entente loads\n" +
			"  entente loads --json",
		Args: exactly(),
		RunE: func(c *cobra.Command, _ []string) error {
			if first < 1 {
				return usage(c, "--first: %d is not a number of loads: the least is 1", first)
			}
			return a.reading(func(store graph.Store) error {
				loads, err := store.Loads(c.Context(), graph.LoadQuery{First: first})
				if err != nil {
					return fmt.Errorf("the loads: %w", err)
				}
				if asJSON {
					return a.printJSON(loadsJSON(loads))
				}
				return a.printLoads(loads)
			})
		},
	}
	c.Flags().IntVar(&first, "first", 50, "how many at most")
	jsonFlag(c, &asJSON)
	return c
}

func (a *app) printLoads(loads []graph.Load) error {
	s := a.screen()
	if len(loads) == 0 {
		s.Wrapped("", "Nothing was loaded yet; "+howToBegin+".")
		return s.Err()
	}
	t := terminal.NewTable("LOAD", "RECORDED", "SLICES", "ADDED", "CHANGED", "RETRACTED", "NOTE")
	for _, l := range loads {
		t.Add(terminal.Text(fmt.Sprint(l.Number), l.Recorded.UTC().Format("2006-01-02 15:04:05Z"), strings.Join(sliceNames(l.Slices), ", "),
			terminal.Comma(l.Counts.Added), terminal.Comma(l.Counts.Changed), terminal.Comma(l.Counts.Retracted), l.Note)...)
	}
	t.Print(s)
	return s.Err()
}

func sliceNames(of []graph.Slice) []string {
	names := make([]string, len(of))
	for i, s := range of {
		names[i] = string(s.ID)
		if string(s.Source) != string(s.ID) {
			names[i] = string(s.Source) + "/" + names[i]
		}
	}
	return names
}

type loadJSON struct {
	Number   graph.LoadNumber `json:"number"`
	Source   graph.SourceKey  `json:"source"`
	Slices   []string         `json:"slices"`
	Recorded time.Time        `json:"recorded"`
	Program  string           `json:"program"`
	Note     string           `json:"note,omitempty"`
	Counts   countsJSON       `json:"counts"`
	Files    []fileJSON       `json:"files"`
}

type countsJSON struct {
	Added       int `json:"added"`
	Changed     int `json:"changed"`
	Retracted   int `json:"retracted"`
	Unchanged   int `json:"unchanged"`
	Quarantined int `json:"quarantined"`
}

type fileJSON struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"`
}

func loadsJSON(loads []graph.Load) []loadJSON {
	out := make([]loadJSON, len(loads))
	for i, l := range loads {
		out[i] = loadJSON{
			Number: l.Number, Source: l.Source, Slices: sliceNames(l.Slices), Recorded: l.Recorded.UTC(),
			Program: l.Program, Note: l.Note, Counts: countsJSON(l.Counts), Files: []fileJSON{},
		}
		for _, f := range l.Files {
			out[i].Files = append(out[i].Files, fileJSON(f))
		}
	}
	return out
}
