package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/terminal"
)

func (a *app) askSearchCommand() *cobra.Command {
	q := &asking{app: a}
	var first int
	c := &cobra.Command{
		Use:   "search TEXT",
		Short: "find actors and engagements by their names and titles, and their keys",
		Long: "Prints what a text finds, best first: exact names, then whole words, then beginnings of words. Every\n" +
			"word must be found. Case and accents do not count; Japanese, Korean and Chinese are found too.",
		Example: "  entente ask search radar\n" +
			"  entente ask search 日本\n" +
			"  entente ask search \"joint statement\" --first 5 --json",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage(c, "%s takes a text", c.CommandPath())
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			return q.answer(c, func(ctx context.Context, v *graph.View) error {
				return q.search(ctx, v, strings.Join(args, " "), first)
			})
		},
	}
	q.flags(c)
	c.Flags().IntVar(&first, "first", graph.DefaultPage, fmt.Sprintf("how many at most, 1 to %d", graph.MaxPage))
	return c
}

type hitJSON struct {
	Kind   string `json:"kind"`
	Key    string `json:"key"`
	Name   string `json:"name"`
	Period string `json:"period,omitempty"`
}

func (q *asking) search(ctx context.Context, v *graph.View, text string, first int) error {
	page, err := v.Found(ctx, text, nil, first, nil)
	if err != nil {
		return err
	}
	var actors []graph.ActorKey
	var engagements []graph.EngagementKey
	for _, h := range page.Hits {
		if h.Kind == graph.SearchActor {
			actors = append(actors, graph.ActorKey(h.Key))
		} else {
			engagements = append(engagements, graph.EngagementKey(h.Key))
		}
	}
	names, err := newNamer(ctx, v, q.lang, actors, engagements)
	if err != nil {
		return err
	}
	hits := make([]hitJSON, len(page.Hits))
	for i, h := range page.Hits {
		hits[i] = hitJSON{Kind: strings.ToLower(string(h.Kind)), Key: h.Key}
		if a := names.actors[graph.ActorKey(h.Key)]; h.Kind == graph.SearchActor && a != nil {
			hits[i].Kind, hits[i].Name, hits[i].Period = lower(a.Kind), a.Name(q.lang), periodsText(a.Existence)
		}
		if e := names.engaged[graph.EngagementKey(h.Key)]; h.Kind == graph.SearchEngagement && e != nil {
			b := e.Base()
			hits[i].Kind, hits[i].Name, hits[i].Period = lower(b.Kind), b.Title(q.lang), b.Period.EDTF()
		}
	}
	if q.json {
		return q.app.printJSON(struct {
			State stateJSON `json:"state"`
			Hits  []hitJSON `json:"hits"`
			More  bool      `json:"more"`
		}{stateOf(v), hits, page.More})
	}
	s := q.app.screen()
	if len(hits) == 0 {
		s.Printf("Nothing has %q in its name or title (%s).\n", text, q.known(v))
		return s.Err()
	}
	t := terminal.NewTable("KIND", "NAME", "WHEN", "KEY")
	for _, h := range hits {
		t.Add(terminal.Text(h.Kind, h.Name, h.Period, h.Key)...)
	}
	t.Print(s)
	if page.More {
		s.Printf("There is more; --first %d shows up to %d.\n", graph.MaxPage, graph.MaxPage)
	}
	return s.Err()
}
