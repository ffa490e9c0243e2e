package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/entente-graph/entente/graph"
)

// asking is what every question has: the state of the graph it is about, and how the answer is printed.
type asking struct {
	app     *app
	asOf    string
	knownAt string
	load    int64
	lang    string
	json    bool
}

func (a *app) askCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "ask",
		Short: "ask the graph: about a dyad, an actor, an engagement, or for what a text finds",
		Example: "  entente ask dyad JPN KOR --topic defense\n" +
			"  entente ask search radar",
		Args: a.unknownCommand,
		RunE: func(c *cobra.Command, _ []string) error {
			return usage(c, "what is asked is missing: dyad, actor, engagement or search")
		},
	}
	c.AddCommand(a.askDyadCommand(), a.askActorCommand(), a.askEngagementCommand(), a.askSearchCommand())
	return c
}

// flags adds the flags that all questions share.
func (q *asking) flags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&q.asOf, "as-of", "", "the day in the world: what held then (YYYY-MM-DD)")
	f.StringVar(&q.knownAt, "known-at", "", "what the graph knew by then: a day (its end, UTC) or 2024-06-01T12:00:00Z")
	f.Int64Var(&q.load, "load", 0, "what the graph knew at this load (entente loads lists them)")
	f.StringVar(&q.lang, "lang", "en", "the language of names, where they have it: en, ja, ko, zh, fr …")
	jsonFlag(c, &q.json)
	c.MarkFlagsMutuallyExclusive("known-at", "load")
}

// snapshot reads the state of the graph that the flags ask for.
func (q *asking) snapshot(c *cobra.Command) (graph.SnapshotQuery, error) {
	var s graph.SnapshotQuery
	if q.asOf != "" {
		day, err := graph.ParseDay(q.asOf)
		if err != nil {
			return s, fmt.Errorf("--as-of: %w", err)
		}
		s.AsOf = &day
	}
	if q.knownAt != "" {
		at, err := parseInstant(q.knownAt)
		if err != nil {
			return s, fmt.Errorf("--known-at: %w", err)
		}
		s.KnownAt = &at
	}
	if c.Flags().Changed("load") {
		n := graph.LoadNumber(q.load)
		s.Load = &n
	}
	return s, nil
}

// parseInstant reads an instant, or a day, which stands for its end.
func parseInstant(text string) (time.Time, error) {
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return at, nil
	}
	day, err := graph.ParseDay(text)
	if err != nil {
		return time.Time{}, graph.BadInput("%q is neither a day (2024-06-01) nor an instant (2024-06-01T12:00:00Z)", text)
	}
	return (day + 1).Time().Add(-time.Nanosecond), nil
}

// answer opens the store and the state asked for, and runs the question.
func (q *asking) answer(c *cobra.Command, ask func(ctx context.Context, v *graph.View) error) error {
	snapshot, err := q.snapshot(c)
	if err != nil {
		return err
	}
	return q.app.reading(c.Context(), func(store graph.Store) error {
		v, err := q.app.view(c.Context(), store, snapshot)
		if err != nil {
			return err
		}
		return ask(c.Context(), v)
	})
}

// known says in which state of the graph an answer stands, for the last line of an answer.
func (q *asking) known(v *graph.View) string {
	text := fmt.Sprintf("load %d", v.Load)
	if v.Load < v.Head().Load.Number {
		text += fmt.Sprintf(" of %d", v.Head().Load.Number)
	}
	if v.AsOf != nil {
		text += ", as of " + v.AsOf.String()
	}
	return text
}

// stateJSON is the state of the graph an answer stands in, for programs.
type stateJSON struct {
	Load graph.LoadNumber `json:"load"`
	AsOf *graph.Day       `json:"asOf,omitempty"`
}

func stateOf(v *graph.View) stateJSON { return stateJSON{Load: v.Load, AsOf: v.AsOf} }

// lower writes a value of a closed list as people do: NON_AGGRESSION is non-aggression.
func lower[T ~string](value T) string {
	return strings.ReplaceAll(strings.ToLower(string(value)), "_", " ")
}
