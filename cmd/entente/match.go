package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/decisions"
)

// matching is one call of entente match or of a command below it.
type matching struct {
	app     *app
	review  bool
	first   int
	because string
	note    string
	dryRun  bool
	json    bool
}

func (a *app) matchCommand() *cobra.Command {
	m := &matching{app: a}
	c := &cobra.Command{
		Use:   "match",
		Short: "review which keys may name one person or meeting, and decide it",
		Long: "Sources have their own keys for people and for what happened. At the end of every load named rules link those that\n" +
			"are one beyond reasonable doubt (docs/matching.md). What they find likely and do not decide is listed by --review,\n" +
			"with the evidence; accept and refuse decide. A decision outranks every rule, is a load of its own, and can be\n" +
			"taken back.",
		Example: "  entente match --review\n" +
			"  entente match accept us-travels:2656 us-visits:2143 --because \"Taft and Díaz met on both sides of the border that day\"\n" +
			"  entente match refuse us-travels:2807 us-visits:48\n" +
			"  entente match decisions > decisions.csv",
		Args: a.unknownCommand,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				return a.unknownCommand(c, args)
			}
			if !m.review {
				return c.Help()
			}
			if m.first < 1 {
				return usage(c, "--first %d: the smallest is 1", m.first)
			}
			return a.failed(m.json, a.reading(c.Context(), func(store graph.Store) error { return m.proposals(c.Context(), store) }))
		},
	}
	c.Flags().BoolVar(&m.review, "review", false, "list what is likely and not decided, with the evidence")
	c.Flags().IntVar(&m.first, "first", 50, "how many at most")
	jsonFlag(c, &m.json)
	c.AddCommand(
		m.verdict("accept A B", "decide that two keys name one", "Decides that A and B are one, whatever the rules say.", func(a, b string) deciding {
			return replacing(graph.NewDecision(graph.VerdictSame, a, b, m.because))
		}),
		m.verdict("refuse A B", "decide that two keys do not name one", "Decides that A and B are not one: no rule joins them any more, nor others that would.", func(a, b string) deciding {
			return replacing(graph.NewDecision(graph.VerdictDifferent, a, b, m.because))
		}),
		m.verdict("forget A B", "take back what was decided about two keys", "Takes back what was decided about A and B, so that the rules alone count.", forgetting),
		m.listCommand(), m.importCommand(),
	)
	return c
}

// deciding gives the decisions that are to hold, from those that do.
type deciding = func([]graph.Decision) ([]graph.Decision, error)

func replacing(d *graph.Decision) deciding {
	return func(held []graph.Decision) ([]graph.Decision, error) {
		held = slices.DeleteFunc(slices.Clone(held), func(o graph.Decision) bool { return o.Key == d.Key })
		return append(held, *d), nil
	}
}

func forgetting(a, b string) deciding {
	key := graph.NewDecision("", a, b, "").Key
	return func(held []graph.Decision) ([]graph.Decision, error) {
		left := slices.DeleteFunc(slices.Clone(held), func(o graph.Decision) bool { return o.Key == key })
		if len(left) == len(held) {
			return nil, fmt.Errorf("nothing is decided about %s and %s; entente match decisions lists what is: %w", a, b, graph.ErrNotFound)
		}
		return left, nil
	}
}

// verdict makes a command that decides about two keys.
func (m *matching) verdict(use, short, long string, decide func(a, b string) deciding) *cobra.Command {
	forget := strings.HasPrefix(use, "forget")
	c := &cobra.Command{
		Use: use, Short: short, Example: "  entente match " + strings.NewReplacer("A", "us-travels:2656", "B", "us-visits:2143").Replace(use),
		Long: long + "\nIt is a load of its own, in which all that follows is linked anew; entente undo takes it back.",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) != 2 {
				return usage(c, "%s takes two keys; %d given", c.CommandPath(), len(args))
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			with := m.app.changing
			if m.dryRun {
				with = m.app.reading
			}
			return m.app.failed(m.json, with(c.Context(), func(store graph.Store) error {
				if args[0] == args[1] {
					return graph.BadInput("%q is given twice: a decision is about two keys", args[0])
				}
				if !forget { // what is forgotten may be of keys that are gone
					if err := bothKnown(c.Context(), store, args[0], args[1]); err != nil {
						return err
					}
				}
				return m.decide(c.Context(), store, decide(args[0], args[1]))
			}))
		},
	}
	if !forget {
		c.Flags().StringVar(&m.because, "because", "", "the reason; kept with the decision")
	}
	m.changeFlags(c)
	return c
}

func (m *matching) changeFlags(c *cobra.Command) {
	c.Flags().StringVar(&m.note, "note", "", "a note that is kept with the load")
	c.Flags().BoolVar(&m.dryRun, "dry-run", false, "print what would change, and write nothing")
	jsonFlag(c, &m.json)
}

// bothKnown refuses keys that are not those of two persons, or of two engagements of one kind.
func bothKnown(ctx context.Context, r graph.Reader, keys ...string) error {
	v, err := graph.At(ctx, r, graph.SnapshotQuery{})
	if err != nil {
		return err
	}
	kinds := map[string]string{}
	for _, kind := range []graph.StatementKind{graph.StatementActor, graph.StatementEngagement} {
		rows, err := r.Statements(ctx, graph.StatementQuery{Load: v.Load, Kind: kind, Keys: keys})
		if err != nil {
			return err
		}
		for _, row := range rows {
			if kind == graph.StatementEngagement {
				e, err := graph.DecodeEngagement(row.Body)
				if err != nil {
					return err
				}
				kinds[row.Key] = strings.ToLower(string(e.Base().Kind))
				continue
			}
			a, err := graph.Decode[graph.ActorFacts](row.Statement)
			if err != nil {
				return err
			}
			kinds[row.Key] = strings.ToLower(string(a.Kind))
		}
	}
	for _, k := range keys {
		if kinds[k] != "" {
			continue
		}
		_, err := v.Actor(ctx, k) // says what is near
		if !errors.Is(err, graph.ErrNotFound) && !errors.Is(err, graph.ErrGone) {
			err = fmt.Errorf("%q is no key of a person or of an engagement, as sources have them: %w", k, graph.ErrNotFound)
		}
		return err
	}
	for _, k := range keys {
		switch kind := kinds[k]; {
		case kind == "state" || kind == "organization":
			article := map[string]string{"state": "a", "organization": "an"}[kind]
			return graph.BadInput("%s is %s %s: only persons, and engagements of one kind, are linked; the registry decides about states", k, article, kind)
		case kind != kinds[keys[0]]:
			return graph.BadInput("%s is a %s, and %s a %s: these are never one", keys[0], kinds[keys[0]], k, kind)
		}
	}
	return nil
}

func (m *matching) decide(ctx context.Context, store graph.Store, decide deciding) error {
	progress := newProgress(m.app)
	report, err := ingest.Decide(ctx, ingest.DecideOptions{
		Reader: store, Writer: store, DryRun: m.dryRun, Details: true, Program: programVersion(), Note: m.note, Progress: progress.show, Decide: decide,
	})
	progress.clear()
	if err != nil {
		return err
	}
	return m.app.tell(report, m.json)
}

// listCommand prints the decisions that hold as a table that can be imported again.
func (m *matching) listCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "decisions",
		Short: "print what was decided, as a table that import reads",
		Long: "Prints what was decided as CSV (verdict, a, b, because), by key, so that it can be kept under version control and\n" +
			"imported into another store.",
		Example: "  entente match decisions > decisions.csv",
		Args:    exactly(),
		RunE: func(c *cobra.Command, _ []string) error {
			return m.app.failed(m.json, m.app.reading(c.Context(), func(store graph.Store) error {
				head, err := store.Head(c.Context())
				if err != nil {
					return err
				}
				held, err := ingest.Decisions(c.Context(), store, head.Load.Number)
				if err != nil {
					return err
				}
				if m.json {
					return m.app.printJSON(struct {
						Decisions []graph.Decision `json:"decisions"`
					}{append([]graph.Decision{}, held...)})
				}
				return decisions.Write(m.app.stdout, held)
			}))
		},
	}
	jsonFlag(c, &m.json)
	return c
}

// importCommand makes the decisions of a file those that hold.
func (m *matching) importCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "import FILE",
		Short: "make the decisions of a table those that hold",
		Long: "Makes what stands in FILE, as entente match decisions prints it, what is decided: what is not in it is taken back.\n" +
			"Keys that the store does not have may be in it; they count once they are loaded. A table with a mistake is not read.",
		Example: "  entente match import decisions.csv --dry-run",
		Args:    exactly("a file"),
		RunE: func(c *cobra.Command, args []string) error {
			with := m.app.changing
			if m.dryRun {
				with = m.app.reading
			}
			return m.app.failed(m.json, with(c.Context(), func(store graph.Store) error {
				all, err := decisions.Read(c.Context(), os.DirFS(filepath.Dir(args[0])), filepath.Base(args[0]))
				if err != nil {
					return err
				}
				return m.decide(c.Context(), store, func([]graph.Decision) ([]graph.Decision, error) { return all, nil })
			}))
		},
	}
	m.changeFlags(c)
	return c
}

// proposals lists what is likely and not decided.
func (m *matching) proposals(ctx context.Context, store graph.Store) error {
	all, err := ingest.Proposals(ctx, store)
	if err != nil {
		return err
	}
	shown := all[:min(m.first, len(all))]
	if m.json {
		return m.app.printJSON(struct {
			Proposals []graph.Proposal `json:"proposals"`
			Total     int              `json:"total"`
		}{append([]graph.Proposal{}, shown...), len(all)})
	}
	s := m.app.screen()
	for i, p := range shown {
		if i > 0 {
			s.Line("")
		}
		s.Title(fmt.Sprintf("%s: %s %s", p.What, p.A, p.B))
		for _, text := range p.Because {
			s.Wrapped("  ", text)
		}
	}
	switch {
	case len(all) == 0:
		s.Line("The rules leave nothing open: there is no pair that is likely and not decided.")
	case len(all) > len(shown):
		s.Line("")
		s.Line(fmt.Sprintf("These are the first %d of %d; --first N shows more.", len(shown), len(all)))
	}
	if len(all) > 0 {
		s.Line("")
		s.Line("To decide: entente match accept A B, or: entente match refuse A B")
	}
	return s.Err()
}
