package api

import (
	"context"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/api/model"
)

// neighborhood asks who is around actors.
func neighborhood(ctx context.Context, s graph.State, of []string, hops int, where *model.LinkWhere, limit, maxDegree int) (*graph.Subgraph, error) {
	w, err := in(ctx, s)
	if err != nil {
		return nil, err
	}
	q := graph.NeighborhoodQuery{Hops: hops, Limit: limit, MaxDegree: maxDegree}
	if q.LinkFilter, err = linkFilter(ctx, s, where); err != nil {
		return nil, err
	}
	if len(of) > 0 {
		if q.Of, err = w.Resolve(ctx, of...); err != nil {
			return nil, err
		}
	}
	return w.Neighborhood(ctx, q)
}

// paths asks how two actors are linked.
func paths(ctx context.Context, s graph.State, from, to string, maxHops int, where *model.LinkWhere, first int) (*graph.PathResult, error) {
	w, err := in(ctx, s)
	if err != nil {
		return nil, err
	}
	q := graph.PathQuery{MaxHops: maxHops, First: first}
	if q.LinkFilter, err = linkFilter(ctx, s, where); err != nil {
		return nil, err
	}
	ends, err := w.Resolve(ctx, from, to)
	if err != nil {
		return nil, err
	}
	q.From, q.To = ends[0], ends[1]
	return w.Paths(ctx, q)
}

// linkFilter reads what links are asked for, and says beside the answer what does not link as of a day.
func linkFilter(ctx context.Context, s graph.State, where *model.LinkWhere) (f graph.LinkFilter, err error) {
	if where != nil {
		f = graph.LinkFilter{Kinds: where.Kind, Topics: where.Topics, MaxParties: where.MaxParties, Alignment: where.Alignment, Actors: where.Actors}
	}
	switch {
	case where != nil && where.During != nil:
		i, err := intervalOf(ctx, where.During)
		f.During = &graph.During{Interval: i, Overlap: where.During.Overlap, Certainty: where.During.Certainty}
		return f, err
	case s.AsOf != nil:
		requestOf(ctx).note("as of %s agreements and disputes that possibly held on it link actors; acts and meetings do so within where.during", s.AsOf)
	}
	return f, nil
}

// linkEngagements gives the engagements of a link that began last.
func linkEngagements(ctx context.Context, l *graph.ActorLink, first int) ([]graph.Engagement, error) {
	if first < 1 || first > graph.MaxLinkEngagements {
		return nil, graph.BadInput("the first %d engagements of a link: ask for 1 to %d", first, graph.MaxLinkEngagements)
	}
	return engagements(ctx, l.In, l.Latest[:min(first, len(l.Latest))])
}
