package neo4jstore

import (
	"context"

	"github.com/entente-graph/entente/graph"
)

// Engagements pages through engagements.
func (s *Store) Engagements(ctx context.Context, q graph.EngagementQuery) (page graph.EngagementPage, err error) {
	defer failed(ctx, &err, "engagements at load %d", q.Load)
	if err := q.Check(); err != nil {
		return page, err
	}
	if q.Count {
		page.Total = new(int)
	}
	name, params, possible := planEngagements(q)
	if !possible {
		return page, s.known(ctx, q.Load)
	}
	if q.Last > 0 {
		name += reverse
	}
	page.Items, page.Position, page.More, err = s.pageOf(ctx, name, params, max(q.First, q.Last), q.Last > 0, page.Total)
	return page, err
}

// known checks a load of which nothing needs to be asked.
func (s *Store) known(ctx context.Context, load graph.LoadNumber) error {
	if load >= 0 && int64(load) <= s.seen.Load() {
		return nil
	}
	return s.ask(ctx, "head", map[string]any{"load": int64(load)}, func(map[string]any) error { return nil })
}

// pageOf reads a page of size positions (0: all).
func (s *Store) pageOf(ctx context.Context, name string, params map[string]any, size int, backward bool, total *int) ([]graph.Recorded, []graph.Position, bool, error) {
	for limit := limitOf(size); ; limit *= 2 {
		params["limit"] = limit
		var read []graph.Placed
		err := s.ask(ctx, name, params, func(v map[string]any) error {
			if total != nil {
				*total = int(number(v["total"]))
			}
			if none(v) {
				return nil
			}
			item, err := recordedOf(v)
			if err != nil {
				return err
			}
			at, err := positionOf(str(v["place"]))
			read = append(read, graph.Placed{At: at, Item: item})
			return err
		})
		if err != nil {
			return nil, nil, false, err
		}
		if items, at, more, enough := graph.PageOf(read, size, limit, backward); enough {
			return items, at, more, nil
		}
		params["count"] = false // it is counted
		total = nil
	}
}

// planEngagements chooses the text by the access path, with its parameters; possible is false where nothing can be found.
func planEngagements(q graph.EngagementQuery) (name string, params map[string]any, possible bool) {
	box, possible := boxOf(q)
	if !possible || q.Keys != nil && len(q.Keys) == 0 {
		return "", nil, false
	}
	params = map[string]any{
		"load": int64(q.Load), "kinds": texted(q.Kinds), "levels": texted(q.Levels), "topics": texted(q.Topics), "box": box,
		"parties": texted(q.Parties), "leads": !q.AllAccounts, "count": q.Count, "alignment": nil,
	}
	if q.Alignment == graph.SameSide || q.Alignment == graph.Opposed {
		params["alignment"] = string(q.Alignment)
	}
	switch {
	case q.Keys != nil:
		params["after"], params["before"] = between("engagement|", q.After, q.Before)
		params["keys"], params["a"], params["b"] = distinct(q.Keys), nil, nil
		if len(q.A) > 0 {
			params["a"] = sideOf(q.A, q)
		}
		if len(q.B) > 0 {
			params["b"] = sideOf(q.B, q)
		}
		return "engagements_by_key", params, true
	case len(q.B) > 0:
		params["a"], params["b"], params["pairs"] = sideOf(q.A, q), sideOf(q.B, q), pairsOf(q)
		return "engagements_of_dyad", params, true
	case len(q.A) > 0:
		params["of"] = sideOf(q.A, q)
		return "engagements_of_actor", params, true
	case len(q.Parties) > 0: // by the first of them, whenever it took part
		side := sideOf([]graph.Constituent{{Actor: q.Parties[0], Valid: graph.Always}}, q)
		side[0]["any"] = true
		params["of"] = side
		return "engagements_of_actor", params, true
	default:
		params["after"], params["before"] = between("engagement|", q.After, q.Before)
		params["first"], params["last"] = between("engagement|", nil, nil)
		return "engagements_all", params, true
	}
}

// sideOf gives constituents that count on some day, each with the bounds of its list.
func sideOf(of []graph.Constituent, q graph.EngagementQuery) []map[string]any {
	side := make([]map[string]any, 0, len(of))
	for _, c := range of {
		if c.Valid.Empty() {
			continue
		}
		side = append(side, listOf(prefixOf(string(c.Actor)), q, map[string]any{
			"actor": string(c.Actor), "from": dayText(c.Valid.From), "to": dayText(c.Valid.To), "any": false,
		}))
	}
	return side
}

// listOf adds the bounds of a list, and those of the page in it.
func listOf(prefix string, q graph.EngagementQuery, c map[string]any) map[string]any {
	c["prefix"] = prefix
	c["first"], c["last"] = between(prefix, nil, nil)
	c["after"], c["before"] = between(prefix, q.After, q.Before)
	return c
}

// pairsOf gives each two constituents of the two sides.
func pairsOf(q graph.EngagementQuery) []map[string]any {
	pairs := []map[string]any{}
	for _, a := range q.A {
		for _, b := range q.B {
			if a.Actor == b.Actor || a.Valid.Empty() || b.Valid.Empty() {
				continue
			}
			x, y := a, b
			if y.Actor < x.Actor {
				x, y = y, x
			}
			pairs = append(pairs, listOf(dyadKey(graph.DyadKey{A: x.Actor, B: y.Actor})+"|", q, map[string]any{
				"aFrom": dayText(x.Valid.From), "aTo": dayText(x.Valid.To), "bFrom": dayText(y.Valid.From), "bTo": dayText(y.Valid.To),
			}))
		}
	}
	return pairs
}

// boxOf says between which days the edges of a period must lie: the least and the greatest of StartMin, StartMax, EndMin and
// EndMax, as graph.Bounds.Compare wants them. nil: anywhere.
func boxOf(q graph.EngagementQuery) (box any, possible bool) {
	if q.During == nil && q.BegunIn == nil {
		return nil, true
	}
	const startMin, startMax, endMin, endMax = 0, 2, 4, 6
	days := [8]graph.Day{graph.MinDay, graph.MaxDay, graph.MinDay, graph.MaxDay, graph.MinDay, graph.MaxDay, graph.MinDay, graph.MaxDay}
	least := func(edge int, d graph.Day) { days[edge] = max(days[edge], d) }
	most := func(edge int, d graph.Day) { days[edge+1] = min(days[edge+1], d) }
	if i := q.During; i != nil {
		if i.Empty() {
			return nil, false
		}
		certain := q.Certainty == graph.Certain
		first, last := startMin, endMax // the widest reading
		if certain {
			first, last = startMax, endMin
		}
		switch q.Overlap {
		case graph.OverlapWithin:
			first, last = startMax, endMin
			if certain {
				first, last = startMin, endMax
			}
			least(first, i.From)
			most(last, i.To-1)
		case graph.OverlapCovers:
			if i.To > graph.MaxDay {
				return nil, false
			}
			most(first, i.From)
			if i.To < graph.MaxDay {
				least(last, i.To-1)
			} else {
				least(last, graph.MaxDay-1)
			}
		default:
			most(first, i.To-1)
			least(last, i.From)
		}
	}
	if i := q.BegunIn; i != nil {
		if i.Empty() {
			return nil, false
		}
		most(startMin, i.To-1)
		least(startMax, i.From)
	}
	texts := make([]string, len(days))
	for i, d := range days {
		texts[i] = dayText(d)
	}
	return texts, true
}
