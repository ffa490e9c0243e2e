package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/internal/terminal"
)

// erasing is one call of entente erase.
type erasing struct {
	app    *app
	reason string
	yes    bool
	json   bool
}

func (a *app) eraseCommand() *cobra.Command {
	e := &erasing{app: a}
	c := &cobra.Command{
		Use:   "erase KEY...",
		Short: "remove what is said of a key from every load, for good",
		Long: "Removes all statements with the key, of every kind and source, from every load, for good, and what stands in\n" +
			"quarantine under it: no number answers with them any more, no load of the same files brings them back, and it cannot be undone. What is left is that there\n" +
			"was something, when it was erased and why; whoever asks for the key is told so (GONE).\n\n" +
			"This is for what must not be kept: a person's wish, a right, a mistake that does harm. What is merely wrong is\n" +
			"mended in the files and loaded again. Statements of other keys that name this one stay, and are counted.",
		Example: "  entente erase northeast-asia:radar-incident-2018 --reason \"an example\" --yes",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage(c, "the key is missing: which statements are to be erased")
			}
			return nil
		},
		RunE: func(c *cobra.Command, keys []string) error {
			if strings.TrimSpace(e.reason) == "" {
				return usage(c, "--reason is missing: why it is erased is kept, and told to whoever asks")
			}
			return a.failed(e.json, a.changing(c.Context(), func(store graph.Store) error { return e.erase(c, store, keys) }))
		},
	}
	f := c.Flags()
	f.StringVar(&e.reason, "reason", "", "why it is erased; kept, and told to whoever asks for the key")
	f.BoolVar(&e.yes, "yes", false, "erase without asking")
	jsonFlag(c, &e.json)
	return c
}

func (e *erasing) erase(c *cobra.Command, store graph.Store, keys []string) error {
	ctx := c.Context()
	found, err := everHeld(ctx, store, keys)
	if err != nil {
		return err
	}
	if err := e.allFound(ctx, store, keys, found); err != nil {
		return err
	}
	if !e.json {
		if err := e.list(found); err != nil {
			return err
		}
	}
	if !e.yes {
		sure, err := e.ask(c, found)
		if err != nil || !sure {
			return err
		}
	}
	done, err := ingest.Erase(ctx, ingest.EraseOptions{
		Reader: store, Writer: store, Keys: keys, Reason: strings.TrimSpace(e.reason), Program: programVersion(),
	})
	if err != nil {
		return err
	}
	still, err := mentionsOf(ctx, store, keys)
	if err != nil {
		return err
	}
	if e.json {
		return e.printJSON(done, found, still)
	}
	return e.report(done, found, still)
}

// allFound refuses keys that nothing is known of, and sources.
func (e *erasing) allFound(ctx context.Context, r graph.Reader, keys []string, found []heldStatement) error {
	known := map[string]bool{}
	for _, f := range found {
		known[f.id.Key] = true
		if f.id.Kind == graph.StatementSource {
			return graph.BadInput("%q is a source, and without its record nothing that it says could be cited: undo the loads that brought it instead", f.id.Key)
		}
	}
	gone, err := r.Erasures(ctx, graph.ErasureQuery{Keys: keys})
	if err != nil {
		return err
	}
	for _, key := range keys {
		if known[key] {
			continue
		}
		for _, g := range gone {
			if g.Key == key {
				return fmt.Errorf("%q was erased in load %d already: %s: %w", key, g.Load, g.Reason, graph.ErrGone)
			}
		}
		return fmt.Errorf("no statement ever had the key %q, and nothing is in quarantine under it; entente ask search finds keys: %w", key, graph.ErrNotFound)
	}
	return nil
}

func (e *erasing) list(found []heldStatement) error {
	s := e.app.screen()
	t := terminal.NewTable("KIND", "SOURCE", "WHAT", "LOADS", "KEY")
	for _, f := range found {
		t.Add(terminal.Text(string(f.id.Kind), string(f.id.Source), f.what(), f.span(), f.id.Key)...)
	}
	t.Print(s)
	return s.Err()
}

// ask asks on a terminal whether it is meant. Elsewhere nobody can be asked.
func (e *erasing) ask(c *cobra.Command, found []heldStatement) (bool, error) {
	in, ok := e.app.stdin.(*os.File)
	if !ok || !terminal.Is(in) || e.json {
		return false, usage(c, "nobody can be asked here whether that is meant: nothing was erased; give --yes if it is")
	}
	fmt.Fprintf(e.app.stderr, "Erase %s, for good? Type yes: ", fromWhere(found)) //nolint:errcheck // an answer that was not asked for is no yes
	line, err := bufio.NewReader(in).ReadString('\n')
	if err != nil && line == "" {
		return false, errors.New("no answer was given: nothing was erased")
	}
	if strings.TrimSpace(strings.ToLower(line)) != "yes" {
		e.app.say("Nothing was erased.")
		return false, nil
	}
	return true, nil
}

// fromWhere counts what is erased, and says from where.
func fromWhere(found []heldStatement) string {
	stated, things := 0, 0
	for _, f := range found {
		if f.stated() {
			stated++
		} else {
			things++
		}
	}
	text := counted(things, "thing", "things") + " from quarantine"
	switch {
	case things == 0:
		return counted(stated, "statement", "statements") + " from every load"
	case stated == 0:
		return text
	default:
		return counted(stated, "statement", "statements") + " from every load and " + text
	}
}

func (e *erasing) report(done ingest.Erased, found []heldStatement, still []mention) error {
	s := e.app.screen()
	s.Wrapped("", fmt.Sprintf("Load %d erased %s: %s", done.Load.Number, fromWhere(found), done.Load.Note))
	if l := done.Links; !l.Nothing() {
		s.Wrapped("", fmt.Sprintf("Which accounts are of one meeting was concluded anew without it: %s added, %d changed, %d retracted.",
			counted(l.Added, "link", "links"), l.Changed, l.Retracted))
	}
	if len(still) > 0 {
		s.Line("These name it still, and stay:")
		for _, m := range still {
			s.Wrapped("  ", terminal.Clean(m.text()))
		}
	}
	if err := s.Err(); err != nil {
		return err
	}
	e.app.say("The files that were loaded still hold it, and so do copies of the store; from the files it is left out when they are loaded again.")
	return nil
}

func (e *erasing) printJSON(done ingest.Erased, found []heldStatement, still []mention) error {
	type statement struct {
		Source graph.SourceKey     `json:"source"`
		Kind   graph.StatementKind `json:"kind"`
		Key    string              `json:"key"`
		// Quarantines are the loads in whose quarantine it stood.
		Quarantines []graph.LoadNumber `json:"quarantines,omitempty"`
	}
	out := struct {
		Load   graph.LoadNumber `json:"load"`
		Reason string           `json:"reason"`
		Erased []statement      `json:"erased"`
		Links  ingest.Counts    `json:"links,omitzero"`
		Still  []mention        `json:"stillNamedBy"`
	}{done.Load.Number, done.Load.Note, []statement{}, done.Links, append([]mention{}, still...)}
	for _, f := range found {
		out.Erased = append(out.Erased, statement{f.id.Source, f.id.Kind, f.id.Key, f.quarantines})
	}
	return e.app.printJSON(out)
}
