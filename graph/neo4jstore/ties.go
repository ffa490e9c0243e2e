package neo4jstore

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// TieRecords gives what may bear on the ties of dyads.
func (s *Store) TieRecords(ctx context.Context, q graph.TieQuery) (found []graph.TieRecord, err error) {
	defer failed(ctx, &err, "tie records of %d dyads at load %d", len(q.Dyads), q.Load)
	if err := q.Check(); err != nil {
		return nil, err
	}
	dyads := slices.Clone(q.Dyads)
	slices.SortStableFunc(dyads, func(x, y graph.TieDyad) int {
		return cmp.Or(strings.Compare(string(x.Key.A), string(y.Key.A)), strings.Compare(string(x.Key.B), string(y.Key.B)))
	})
	pairs := []map[string]any{}
	for n, d := range dyads {
		for _, a := range d.A {
			for _, b := range d.B {
				if a.Actor != b.Actor && !a.Valid.Empty() && !b.Valid.Empty() {
					pairs = append(pairs, map[string]any{
						"n": n, "dyad": dyadKey(graph.NewDyadKey(a.Actor, b.Actor)),
						"aFrom": dayText(a.Valid.From), "aTo": dayText(a.Valid.To), "bFrom": dayText(b.Valid.From), "bTo": dayText(b.Valid.To),
					})
				}
			}
		}
	}
	params := map[string]any{"load": int64(q.Load), "pairs": pairs, "topics": texted(q.Topics)}
	err = s.ask(ctx, "tie_records", params, func(v map[string]any) error {
		if none(v) {
			return nil
		}
		r, err := recordedOf(v)
		found = append(found, graph.TieRecord{Dyad: dyads[number(v["n"])].Key, Recorded: r})
		return err
	})
	return found, err
}

// TieDyads pages through the dyads that have tie records.
func (s *Store) TieDyads(ctx context.Context, q graph.TieDyadQuery) (page graph.DyadPage, err error) {
	defer failed(ctx, &err, "dyads with tie records at load %d", q.Load)
	if err := q.Check(); err != nil {
		return page, err
	}
	name := "tie_dyads"
	params := map[string]any{"load": int64(q.Load), "after": dyadOrder(q.After), "topics": texted(q.Topics), "limit": limitOf(q.First)}
	if len(q.Of) > 0 {
		name, params["of"] = "tie_dyads_of_actor", distinct(q.Of)
	}
	err = s.ask(ctx, name, params, func(v map[string]any) error {
		if v["a"] != nil {
			page.Dyads = append(page.Dyads, graph.DyadKey{A: graph.ActorKey(str(v["a"])), B: graph.ActorKey(str(v["b"]))})
		}
		return nil
	})
	if err == nil && q.First > 0 && len(page.Dyads) > q.First {
		page.Dyads, page.More = page.Dyads[:q.First], true
	}
	return page, err
}
