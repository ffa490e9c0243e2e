package api

import (
	"context"
	"strconv"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/api/model"
)

// conflictPage gives a page of what sources contradict each other in.
func conflictPage(ctx context.Context, s graph.State, about []string, types []graph.ConflictType, p paging) (*model.ConflictConnection, error) {
	l, err := list(ctx, s, "", p)
	if err != nil {
		return nil, err
	}
	after, err := conflictAt(l.after)
	if err != nil {
		return nil, err
	}
	found, err := l.Conflicts(ctx, about, types, l.first, after)
	if err != nil {
		return nil, err
	}
	c := &model.ConflictConnection{
		Connection: page(l, found.Items, found.More, func(i int) []string { return placeOfConflict(found.At[i]) }), Looked: found.Looked,
	}
	if found.More {
		c.Page.EndCursor = cursor{load: l.Load, mark: l.mark, place: placeOfConflict(found.Upto)}.String()
		if len(found.Items) < l.first {
			requestOf(ctx).note("conflicts: %d in the %d engagements that were looked through; go on with the end cursor", len(found.Items), found.Looked)
		}
	}
	return c, nil
}

func placeOfConflict(p graph.ConflictPlace) []string {
	return append(placeOf(p.Position), strconv.Itoa(p.N))
}

func conflictAt(place []string) (*graph.ConflictPlace, error) {
	if place == nil {
		return nil, nil //nolint:nilnil // no cursor, no position
	}
	if len(place) != 3 {
		return nil, badCursor("the cursor names no place in this list")
	}
	at, err := position(place[:2])
	if err != nil {
		return nil, err
	}
	n, err := strconv.Atoi(place[2])
	if err != nil || n < 0 {
		return nil, badCursor("the cursor names no place in this list")
	}
	return &graph.ConflictPlace{Position: *at, N: n}, nil
}
