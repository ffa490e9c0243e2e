package neo4jstore

import (
	"context"

	"github.com/entente-graph/entente/graph"
)

// Tenures pages through tenures.
func (s *Store) Tenures(ctx context.Context, q graph.TenureQuery) (page graph.TenurePage, err error) {
	defer failed(ctx, &err, "tenures at load %d", q.Load)
	if err := q.Check(); err != nil {
		return page, err
	}
	if q.During != nil && q.During.Empty() {
		return page, s.known(ctx, q.Load)
	}
	params := map[string]any{"load": int64(q.Load), "office": nil, "from": nil, "to": nil}
	if q.Office != "" {
		params["office"] = q.Office
	}
	if q.During != nil {
		params["from"], params["to"] = dayText(q.During.From), dayText(q.During.To)
	}
	lists := func(of []graph.ActorKey) []map[string]any {
		all := []map[string]any{}
		for _, key := range distinct(of) {
			after, before := between(prefixOf(key), q.After, nil)
			all = append(all, map[string]any{"prefix": prefixOf(key), "after": after, "before": before})
		}
		return all
	}
	name := "tenures_all"
	switch {
	case len(q.Persons) > 0:
		name = "tenures_by_person"
		params["persons"], params["of"] = lists(q.Persons), texted(q.Of)
	case len(q.Of) > 0:
		name = "tenures_of_actor"
		params["of"] = lists(q.Of)
	default:
		params["after"], params["before"] = between("tenure|", q.After, nil)
	}
	page.Items, page.Position, page.More, err = s.pageOf(ctx, listed{name: name, params: params, size: q.First})
	return page, err
}
