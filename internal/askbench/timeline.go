//go:build unix

package main

import (
	"context"
	"fmt"

	"github.com/entente-graph/entente/graph"
)

// timeline asks for pages 1, 10 and 200 of all that the biggest actor was in; where there are no 200, for the last whole one.
func timeline(ctx context.Context, w *world, of *asking) (all []question, err error) {
	pages := 0
	marks := map[int]mark{0: {}} // by page, what it comes after
	for next := (mark{}); pages < 200; pages++ {
		list, err := of.view.Engagements(ctx, graph.EngagementFilter{Of: []graph.ActorKey{w.hub}}, graph.Page{First: graph.DefaultPage, After: next.position})
		if err != nil {
			return nil, err
		}
		if len(list.Items) < graph.DefaultPage {
			break
		}
		next = mark{position: &list.Position[len(list.Position)-1]}
		marks[pages+1] = next
	}
	if pages == 0 {
		return nil, fmt.Errorf("the biggest actor, %s, has less than a page", w.hub)
	}
	cursor := ""
	for page := range pages {
		m := marks[page]
		m.cursor = cursor
		if n := page + 1; n == 1 || n == 10 || n == pages {
			all = append(all, w.page(n, m))
		}
		if cursor, err = of.api.endCursor(ctx, timelineDocument, pageVariables(w.hub, m)); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// A mark is a place in a list, in the words of graph and of GraphQL.
type mark struct {
	position *graph.Position
	cursor   string
}

const timelineDocument = `query ($key: String!, $after: String) { actor(key: $key) { engagements(first: 25, after: $after) {
	nodes { key kind title topics place period { start { edtf } end { edtf } why } } pageInfo { hasNextPage endCursor } } } }`

func pageVariables(key graph.ActorKey, m mark) map[string]any {
	v := map[string]any{"key": key}
	if m.cursor != "" {
		v["after"] = m.cursor
	}
	return v
}

func (w *world) page(n int, m mark) question {
	return question{
		name: fmt.Sprintf("page %d of the biggest", n),
		ask: func(ctx context.Context, v *graph.View) (int, error) {
			list, err := v.Engagements(ctx, graph.EngagementFilter{Of: []graph.ActorKey{w.hub}}, graph.Page{First: graph.DefaultPage, After: m.position})
			if err != nil {
				return 0, err
			}
			return len(list.Items), nil
		},
		document: timelineDocument, variables: pageVariables(w.hub, m), count: at("actor", "engagements", "nodes"),
	}
}
