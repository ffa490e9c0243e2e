package neo4jstore

import (
	"context"

	"github.com/entente-graph/entente/graph"
)

// Memberships pages through memberships.
func (s *Store) Memberships(ctx context.Context, q graph.MembershipQuery) (page graph.MembershipPage, err error) {
	defer failed(ctx, &err, "memberships of %d actors, in %d organisations, at load %d", len(q.Members), len(q.Organizations), q.Load)
	if err := q.Check(); err != nil {
		return page, err
	}
	if q.Count {
		page.Total = new(int)
	}
	box, _, possible := boxOf(graph.EngagementQuery{During: q.During, Overlap: q.Overlap, Certainty: q.Certainty})
	if !possible || len(q.Members)+len(q.Organizations) == 0 {
		return page, s.known(ctx, q.Load)
	}
	name := "memberships_by_member"
	params := map[string]any{"load": int64(q.Load), "statuses": texted(q.Statuses), "box": box}
	if len(q.Members) > 0 {
		params["members"], params["organizations"] = listsOf(ever(q.Members), q.Count, q.After, q.Before), texted(q.Organizations)
	} else {
		name = "memberships_of_organization"
		params["organizations"] = listsOf(ever(q.Organizations), q.Count, q.After, q.Before)
	}
	if q.Count {
		params["after"], params["before"] = between("", q.After, q.Before)
	}
	v := variant{Count: q.Count, Backward: q.Last > 0}
	page.Items, page.Position, page.More, err = s.pageOf(ctx, listed{name: v.name(name), params: params, size: max(q.First, q.Last), last: q.Last > 0, total: page.Total})
	return page, err
}

// ever gives actors, each once, with all days.
func ever(actors []graph.ActorKey) (all []graph.Constituent) {
	for _, key := range distinct(actors) {
		all = append(all, graph.Constituent{Actor: graph.ActorKey(key), Valid: graph.Always})
	}
	return all
}
