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
	if q.Count {
		page.Total = new(int)
	}
	box, _, possible := boxOf(graph.EngagementQuery{During: q.During, Overlap: q.Overlap, Certainty: q.Certainty})
	if !possible {
		return page, s.known(ctx, q.Load)
	}
	v := variant{Count: q.Count, Backward: q.Last > 0}
	params := map[string]any{"load": int64(q.Load), "offices": nil, "box": box}
	if len(q.Offices) > 0 {
		params["offices"] = distinct(q.Offices)
	}
	name := "tenures_all"
	switch {
	case len(q.Persons) > 0:
		name = "tenures_by_person"
		params["persons"], params["of"] = listsOf(ever(q.Persons), q.Count, q.After, q.Before), nil
		if len(q.Of) > 0 {
			params["of"] = listsOf(q.Of, false, nil, nil)
		}
	case len(q.Of) > 0:
		name = "tenures_of_actor"
		params["of"] = listsOf(q.Of, q.Count, q.After, q.Before)
	default:
		params["after"], params["before"] = between("tenure|", q.After, q.Before)
		if v.Count {
			params["first"], params["last"] = between("tenure|", nil, nil)
		}
	}
	if v.Count && name != "tenures_all" {
		params["after"], params["before"] = between("", q.After, q.Before)
	}
	page.Items, page.Position, page.More, err = s.pageOf(ctx, listed{name: v.name(name), params: params, size: max(q.First, q.Last), last: q.Last > 0, total: page.Total})
	return page, err
}
