//go:build unix

package main

import (
	"context"
	"fmt"

	"github.com/entente-graph/entente/graph"
)

// A question is asked of a store in each of the ways.
type question struct {
	name string
	// ask puts it to a view, and tells how many things it found.
	ask func(ctx context.Context, v *graph.View) (int, error)
	// document is the same in GraphQL; count counts those things in the answer.
	document  string
	variables map[string]any
	count     func(data map[string]any) (int, error)

	puts []any // what the view puts to the store
	want int   // things
	at   *asking
}

// asking is what all questions of one store need.
type asking struct {
	stored *stored
	view   *graph.View // has read the sources
	api    *client
}

// questions makes the questions, and finds out what each of them puts to the store.
func questions(ctx context.Context, w *world, s *stored) ([]question, error) {
	heard := &listener{Reader: s.store}
	watched, err := viewOf(ctx, heard)
	if err != nil {
		return nil, err
	}
	at := &asking{stored: s, api: newClient(s.store)}
	if at.view, err = viewOf(ctx, s.store); err != nil {
		return nil, err
	}
	all := []question{lookup(w), dyad("dyad over 60 years, with participants", w.few, true), dyad("the two biggest, 100 of theirs", w.hubs, false)}
	pages, err := timeline(ctx, w, at)
	if err != nil {
		return nil, err
	}
	all = append(all, pages...)
	all = append(all, around(w), days(w), years(w),
		search("search, two words of a title", w.words), search("search, how a word of many titles begins", begins(w.words)))
	for i := range all {
		q := &all[i]
		q.at = at
		q.puts, err = heard.during(func() (err error) {
			q.want, err = q.ask(ctx, watched)
			return err
		})
		if err == nil && q.want == 0 {
			err = fmt.Errorf("it finds nothing")
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", q.name, err)
		}
	}
	return all, nil
}

// viewOf opens the newest state of the graph, and reads the sources.
func viewOf(ctx context.Context, r graph.Reader) (*graph.View, error) {
	v, err := graph.At(ctx, r, graph.SnapshotQuery{})
	if err != nil {
		return nil, err
	}
	_, err = v.Sources(ctx)
	return v, err
}

func lookup(w *world) question {
	return question{
		name: "one engagement by its key",
		ask: func(ctx context.Context, v *graph.View) (int, error) {
			_, err := v.Engagement(ctx, w.one)
			return 1, err
		},
		document: `query ($key: String!) { engagement(key: $key) {
			key kind title topics place period { start { edtf } end { edtf } why } source { key } citations { locator } } }`,
		variables: map[string]any{"key": w.one}, count: at("engagement"),
	}
}

// dyad asks for a page of what two were in together, with everybody who took part.
func dyad(name string, d graph.DyadKey, years bool) question {
	f := graph.EngagementFilter{Of: []graph.ActorKey{d.A, d.B}}
	where := ""
	if years {
		f.During = &graph.During{Interval: graph.Inclusive(graph.MustDay("1962-01-01"), graph.MustDay("2021-12-31"))}
		where = `where: {period: {from: "1962-01-01", to: "2021-12-31"}}, `
	}
	return question{
		name: name,
		ask: func(ctx context.Context, v *graph.View) (int, error) {
			list, err := v.Engagements(ctx, f, graph.Page{First: graph.MaxPage})
			if err != nil {
				return 0, err
			}
			var who []graph.ActorKey
			seen := map[graph.ActorKey]bool{}
			for _, e := range list.Items {
				for _, p := range e.Base().Participations[:min(len(e.Base().Participations), 50)] {
					if !seen[p.Actor] {
						seen[p.Actor] = true
						who = append(who, p.Actor)
					}
				}
			}
			actors, err := v.Actors(ctx, who)
			if err == nil && len(actors) != len(who) {
				err = fmt.Errorf("%d actors take part, and %d are there", len(who), len(actors))
			}
			return len(list.Items), err
		},
		document: `query ($a: String!, $b: String!) { dyad(a: $a, b: $b) { engagements(` + where + `first: 100) { nodes {
			key kind title period { start { edtf } end { edtf } }
			participations(first: 50) { nodes { role side actor { key name } } } } pageInfo { hasNextPage endCursor } } } }`,
		variables: map[string]any{"a": d.A, "b": d.B}, count: at("dyad", "engagements", "nodes"),
	}
}

// around asks who is within two hops of an actor in the middle.
func around(w *world) question {
	q := graph.NeighborhoodQuery{
		Of: []graph.ActorKey{w.middle}, Hops: 2, Limit: graph.MaxNeighbors,
		LinkFilter: graph.LinkFilter{Actors: []graph.ActorKind{graph.KindState, graph.KindOrganization, graph.KindPerson}},
	}
	return question{
		name: "two hops around one, 500 actors",
		ask: func(ctx context.Context, v *graph.View) (int, error) {
			s, err := v.Neighborhood(ctx, q)
			if err != nil {
				return 0, err
			}
			return len(s.Nodes), nil
		},
		document: `query ($of: [String!]!) { neighborhood(of: $of, hops: 2, limit: 500, where: {actors: [STATE, ORGANIZATION, PERSON]}) {
			nodes { distance degree actor { key kind name } } links { a { key } b { key } count kinds } truncated { bounds } } }`,
		variables: map[string]any{"of": []graph.ActorKey{w.middle}}, count: at("neighborhood", "nodes"),
	}
}

// begins gives the first letters of a text.
func begins(text string) string { return text[:4] }

// search asks for the best 25 hits, and what they are.
func search(name, text string) question {
	return question{
		name: name,
		ask: func(ctx context.Context, v *graph.View) (int, error) {
			page, err := v.Found(ctx, text, nil, graph.DefaultPage, nil)
			if err != nil {
				return 0, err
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
			found := 0
			if len(actors) > 0 {
				all, err := v.Actors(ctx, actors)
				if err != nil {
					return 0, err
				}
				found += len(all)
			}
			if len(engagements) > 0 {
				all, err := v.EngagementsByKey(ctx, engagements)
				if err != nil {
					return 0, err
				}
				found += len(all)
			}
			return found, nil
		},
		document: `query ($text: String!) { search(text: $text) {
			nodes { __typename ... on Actor { key name } ... on Engagement { key title } } pageInfo { hasNextPage endCursor } } }`,
		variables: map[string]any{"text": text}, count: at("search", "nodes"),
	}
}
