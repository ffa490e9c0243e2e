package api

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/api/model"
)

// The questions that Query and Snapshot share. Query asks them of the newest load, without a day.

// headState is the state that Query's questions are about.
func headState(ctx context.Context) (graph.State, error) {
	w, err := head(ctx)
	if err != nil {
		return graph.State{}, err
	}
	return w.State, nil
}

// ask puts one of the questions to the newest load.
func ask[T any](ctx context.Context, question func(graph.State) (T, error)) (T, error) {
	s, err := headState(ctx)
	if err != nil {
		var none T
		return none, err
	}
	return question(s)
}

func actorByKey(ctx context.Context, s graph.State, key string) (*graph.Actor, error) {
	w, err := in(ctx, s)
	if err != nil {
		return nil, err
	}
	keys, err := w.Resolve(ctx, key)
	if err != nil {
		return nil, err
	}
	return actor(ctx, s, keys[0])
}

func dyad(ctx context.Context, s graph.State, a, b string) (*graph.Dyad, error) {
	w, err := in(ctx, s)
	if err != nil {
		return nil, err
	}
	return w.Dyad(ctx, a, b)
}

func tiePage(ctx context.Context, s graph.State, where model.TieWhere, p paging) (*model.TieConnection, error) {
	l, err := list(ctx, s, "", p)
	if err != nil {
		return nil, err
	}
	f := graph.TieListFilter{Topics: each(where.Topics), Nature: where.Nature, Statuses: where.Status}
	if len(where.Of) > 0 {
		if f.Of, err = l.Resolve(ctx, where.Of...); err != nil {
			return nil, err
		}
	}
	var after *graph.TiePosition
	if l.after != nil {
		if len(l.after) != 3 {
			return nil, badCursor("the cursor names no place in this list")
		}
		after = &graph.TiePosition{
			Dyad:  graph.DyadKey{A: graph.ActorKey(l.after[0]), B: graph.ActorKey(l.after[1])},
			Topic: graph.Topic(l.after[2]),
		}
	}
	ties, more, err := l.TieList(ctx, f, l.first, after)
	if err != nil {
		return nil, err
	}
	c := page(l, ties, more, func(i int) []string {
		return []string{string(ties[i].Dyad.A), string(ties[i].Dyad.B), string(ties[i].Topic)}
	})
	switch {
	case !l.count:
	case after == nil && !more:
		n := len(ties)
		c.Total = &n
	default:
		c.Total, err = countPages(func(after *graph.TiePosition) (int, *graph.TiePosition, error) {
			ties, more, err := l.TieList(ctx, f, graph.MaxPage, after)
			if err != nil || !more {
				return len(ties), nil, err
			}
			last := ties[len(ties)-1]
			return len(ties), &graph.TiePosition{Dyad: last.Dyad, Topic: last.Topic}, nil
		})
	}
	return &model.TieConnection{Connection: c}, err
}

// each gives what is in a list once.
func each[T cmp.Ordered](all []T) []T {
	once := slices.Clone(all)
	slices.Sort(once)
	return slices.Compact(once)
}

// countPages adds up pages, each beginning after a place that the one before gave; without one it was the last.
func countPages[P any](next func(after *P) (n int, last *P, err error)) (*int, error) {
	total := 0
	var after *P
	for {
		n, last, err := next(after)
		if err != nil {
			return nil, err
		}
		total += n
		if last == nil {
			return &total, nil
		}
		after = last
	}
}

func engagementByKey(ctx context.Context, s graph.State, key string) (graph.Engagement, error) {
	w, err := in(ctx, s)
	if err != nil {
		return nil, err
	}
	e, found, err := w.engagements.load(ctx, graph.EngagementKey(key))
	if err != nil || found {
		return e, err
	}
	return w.Engagement(ctx, graph.EngagementKey(key)) // says what is near
}

func search(ctx context.Context, s graph.State, text string, kinds []graph.SearchKind, p paging) (*model.SearchConnection, error) {
	l, err := list(ctx, s, "", p)
	if err != nil {
		return nil, err
	}
	after, err := hitAt(l.after)
	if err != nil {
		return nil, err
	}
	found, err := l.Found(ctx, text, kinds, l.first, after)
	if err != nil {
		return nil, err
	}
	results, err := hits(ctx, l.world, found.Hits)
	if err != nil {
		return nil, err
	}
	c := page(l, results, found.More, func(i int) []string {
		h := found.Hits[i]
		return []string{fmt.Sprint(h.Rank), string(h.Kind), h.Key}
	})
	return &model.SearchConnection{Connection: c, Hits: found.Hits, Terms: graph.SearchTerms(text)}, nil
}
