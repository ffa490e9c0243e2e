package neo4jstore

import (
	"context"
	"math"

	"github.com/entente-graph/entente/graph"
)

// Head tells which store this is and its newest load. It never goes back: a server that is behind what was seen is not heard.
func (s *Store) Head(ctx context.Context) (h graph.Head, err error) {
	defer failed(ctx, &err, "head of the store")
	err = s.ask(ctx, "head", map[string]any{"load": s.seen.Load()}, func(v map[string]any) error {
		h.StoreID, h.Burned = str(v["id"]), graph.LoadNumber(number(v["burned"]))
		s.sawHead(graph.LoadNumber(number(v["head"])))
		if load, ok := v["load"].(map[string]any); ok {
			h.Load, err = loadOf(load)
		}
		return err
	})
	return h, err
}

// Loads gives committed loads, newest first.
func (s *Store) Loads(ctx context.Context, q graph.LoadQuery) (loads []graph.Load, err error) {
	defer failed(ctx, &err, "loads")
	if err := q.Check(); err != nil {
		return nil, err
	}
	before, from, knownAt, limit := int64(graph.OpenLoad), int64(0), int64(math.MaxInt64), unlimited
	if q.Before > 0 {
		before = int64(q.Before)
	}
	if q.KnownAt != nil {
		knownAt = q.KnownAt.UnixMilli()
	}
	if q.Number > 0 {
		from, before = int64(q.Number), min(before, int64(q.Number)+1)
	}
	if q.First > 0 {
		limit = q.First
	}
	params := map[string]any{"load": s.seen.Load(), "before": before, "from": from, "knownAt": knownAt, "limit": limit}
	err = s.ask(ctx, "loads", params, func(v map[string]any) error {
		values, ok := v["load"].(map[string]any)
		if !ok {
			return nil
		}
		l, err := loadOf(values)
		loads = append(loads, l)
		return err
	})
	return loads, err
}

// Unfinished gives the load that is open.
func (s *Store) Unfinished(ctx context.Context) (u *graph.Unfinished, err error) {
	defer failed(ctx, &err, "the open load")
	err = s.ask(ctx, "unfinished", map[string]any{"load": s.seen.Load()}, func(v map[string]any) error {
		u, err = unfinishedOf(v["load"], number(v["now"]))
		return err
	})
	return u, err
}
