package api

import (
	"context"
	"fmt"
	"strconv"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/api/model"
)

// hits gives what a search found, the actors together and the engagements together.
func hits(ctx context.Context, w *world, found []graph.Hit) ([]model.SearchResult, error) {
	results := make([]model.SearchResult, len(found))
	var actors []graph.ActorKey
	var engagements []graph.EngagementKey
	for _, h := range found {
		if h.Kind == graph.SearchActor {
			actors = append(actors, graph.ActorKey(h.Key))
		} else {
			engagements = append(engagements, graph.EngagementKey(h.Key))
		}
	}
	if _, err := w.actors.loadAll(ctx, actors); err != nil {
		return nil, err
	}
	if _, err := w.engagements.loadAll(ctx, engagements); err != nil {
		return nil, err
	}
	for i, h := range found {
		var ok bool
		var err error
		if h.Kind == graph.SearchActor {
			results[i], ok, err = anyOf(w.actors.load(ctx, graph.ActorKey(h.Key)))
		} else {
			results[i], ok, err = anyOf(w.engagements.load(ctx, graph.EngagementKey(h.Key)))
		}
		if err != nil {
			return nil, err
		}
		if !ok {
			return nil, fmt.Errorf("search found %s %q, which load %d does not have", h.Kind, h.Key, w.Load)
		}
	}
	return results, nil
}

func anyOf[T any](v T, ok bool, err error) (any, bool, error) { return v, ok, err }

// hitAt reads the place of a hit.
func hitAt(place []string) (*graph.Hit, error) {
	if place == nil {
		return nil, nil //nolint:nilnil // no cursor, no hit
	}
	if len(place) != 3 {
		return nil, badCursor("the cursor names no place in this list")
	}
	rank, err := strconv.Atoi(place[0])
	if err != nil {
		return nil, badCursor("the cursor names no place in this list")
	}
	return &graph.Hit{Rank: rank, Kind: graph.SearchKind(place[1]), Key: place[2]}, nil
}
