package api

import (
	"context"
	"slices"

	"github.com/entente-graph/entente/graph"
)

// positions gives the parties' versions of an engagement.
func positions(ctx context.Context, e *graph.EngagementBase) ([]*graph.Standpoint, error) {
	w, err := in(ctx, e.In)
	if err != nil {
		return nil, err
	}
	found, _, err := w.positions.load(ctx, e.Key)
	return found, err
}

// accounts gives other sources' accounts of an engagement.
func accounts(ctx context.Context, e *graph.EngagementBase) ([]graph.Engagement, error) {
	w, err := in(ctx, e.In)
	if err != nil {
		return nil, err
	}
	found, _, err := w.accounts.load(ctx, e.Key)
	return found, err
}

// locations gives where an engagement was, by those who say so.
func locations(ctx context.Context, e *graph.EngagementBase) ([]*graph.Location, error) {
	said, err := assertions(ctx, e)
	return graph.LocationsOf(said), err
}

// related gives what an engagement stands beside, by its own account and by those of other sources: which militarized
// disputes a war was, its dyadic accounts say. It is so both ways, whoever says it.
func related(ctx context.Context, e *graph.EngagementBase) ([]graph.Engagement, error) {
	w, err := in(ctx, e.In)
	if err != nil {
		return nil, err
	}
	others, _, err := w.accounts.load(ctx, e.Key)
	if err != nil {
		return nil, err
	}
	namedBy, err := w.namedBy.loadAll(ctx, graph.AccountKeys(e, others))
	if err != nil {
		return nil, err
	}
	return engagements(ctx, e.In, graph.RelatedOf(e, others, slices.Concat(namedBy...)...))
}
