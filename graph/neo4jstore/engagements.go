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
	path, v, params, possible := planEngagements(q)
	if !possible {
		return page, s.known(ctx, q.Load)
	}
	l := listed{name: v.name(path), params: params, order: q.Order, size: max(q.First, q.Last), last: q.Last > 0, total: page.Total}
	page.Items, page.Position, page.More, err = s.pageOf(ctx, l)
	return page, err
}

// known checks a load of which nothing needs to be asked.
func (s *Store) known(ctx context.Context, load graph.LoadNumber) error {
	if load >= 0 && int64(load) <= s.seen.Load() {
		return nil
	}
	return s.ask(ctx, "head", map[string]any{"load": int64(load)}, func(map[string]any) error { return nil })
}

// listed is a list of which a page is read.
type listed struct {
	name   string // of its text
	params map[string]any
	order  graph.Order
	size   int // of the page, in positions; 0: all
	last   bool
	total  *int // where it is counted
}

// pageOf reads a page.
func (s *Store) pageOf(ctx context.Context, l listed) ([]graph.Recorded, []graph.Position, bool, error) {
	for limit := limitOf(l.size); ; limit *= 2 {
		l.params["limit"] = limit
		var read []graph.Placed
		err := s.ask(ctx, l.name, l.params, func(v map[string]any) error {
			if l.total != nil {
				*l.total = int(number(v["total"]))
			}
			if none(v) {
				return nil
			}
			item, err := recordedOf(v)
			if err != nil {
				return err
			}
			at, err := positionIn(l.order.By, str(v["place"]))
			read = append(read, graph.Placed{At: at, Item: item})
			return err
		})
		if err != nil {
			return nil, nil, false, err
		}
		if items, at, more, enough := graph.PageOf(read, l.size, limit, l.order.Descending, l.last); enough {
			return items, at, more, nil
		}
	}
}

// planEngagements chooses the text by the access path and by what is asked of it, with its parameters; possible is false where
// nothing can be found.
func planEngagements(q graph.EngagementQuery) (path string, v variant, params map[string]any, possible bool) {
	box, narrow, possible := boxOf(q)
	if !possible || q.Keys != nil && len(q.Keys) == 0 {
		return "", v, nil, false
	}
	v = variant{Filtered: narrow || len(q.Kinds)+len(q.Levels)+len(q.Topics) > 0, Where: len(q.Where) > 0, Count: q.Count, Ordered: q.Order.Own()}
	v.Backward, q.After, q.Before = q.Walk()
	params = map[string]any{"load": int64(q.Load), "leads": !q.AllAccounts, "topics": orAll(q.Topics, ""), "ofSources": orAll(q.OfSources(), ""), "ofParties": filterOf(q.OfParties())}
	if v.Filtered {
		params["kinds"], params["box"] = orAll(q.Kinds, graph.KindAgreement, graph.KindDispute, graph.KindMeeting, graph.KindAct), box
		params["levels"] = orAll(q.Levels, graph.LevelSummit, graph.LevelMinisterial, graph.LevelOfficials, graph.LevelMilitary, graph.LevelMixed, "")
	}
	if v.Where {
		params["where"] = filterOf(q.Where)
	}
	if v.Ordered {
		all := q.Keys == nil && len(q.A) == 0 && len(q.Handles()) == 0
		v.Count = v.Count || !all
		q.Count = v.Count // the bounds of lists are those of the whole
		params["order"] = string(q.Order.By)
		defer func() { params["after"], params["before"] = betweenIn(q.Order.By, q.After, q.Before) }()
	}
	switch {
	case q.Keys != nil:
		path = "engagements_by_key"
		v.One, v.Two = len(q.A) > 0 && len(q.B) == 0, len(q.B) > 0
		params["keys"], params["a"], params["b"], params["alignments"] = distinct(q.Keys), sideOf(q.A, q), sideOf(q.B, q), alignments(q.Alignment)
		delete(params, "leads")
		delete(params, "ofSources")
		delete(params, "ofParties")
		if !v.Filtered {
			delete(params, "topics")
		}
		if !v.Count {
			params["after"], params["before"] = between("engagement|", q.After, q.Before)
		}
	case len(q.Handles()) > 0:
		path = "engagements_tagged"
		v.One, v.Two = len(q.A) > 0 && len(q.B) == 0, len(q.B) > 0
		params["a"], params["b"], params["alignments"] = sideOf(q.A, q), sideOf(q.B, q), alignments(q.Alignment)
		params["handles"], params["terms"] = q.Handles(), handleTerms(q.Handles()[0])
		if !v.Count {
			params["after"], params["before"] = between("engagement|", q.After, q.Before)
		}
	case len(q.B) > 0:
		path = "engagements_of_dyad"
		params["a"], params["b"], params["pairs"], params["alignments"] = sideOf(q.A, q), sideOf(q.B, q), pairsOf(q), alignments(q.Alignment)
	case len(q.A) > 0:
		path, params["of"] = "engagements_of_actor", sideOf(q.A, q)
	default:
		path = "engagements_all"
		params["after"], params["before"] = between("engagement|", q.After, q.Before)
		params["first"], params["last"] = between("engagement|", nil, nil)
		return path, v, params, true
	}
	if v.Count {
		params["after"], params["before"] = between("", q.After, q.Before)
	}
	return path, v, params, true
}

// handleTerms gives the keys of the terms by which tags are found.
func handleTerms(tags []string) []string {
	terms := make([]string, len(tags))
	for i, tag := range tags {
		terms[i] = termKey(graph.TermRow{Term: graph.HandleTerm(tag)})
	}
	return distinct(terms)
}

// orAll gives what is asked for; where nothing is, all there is.
func orAll[T ~string](asked []T, all ...T) []string {
	if len(asked) == 0 {
		asked = all
	}
	return distinct(asked)
}

func alignments(how graph.Alignment) []string {
	if how == graph.SameSide || how == graph.Opposed {
		return []string{string(how)}
	}
	return []string{string(graph.SameSide), string(graph.Opposed), string(graph.AnyAlignment)}
}

// sideOf gives constituents that count on some day, each with the bounds of its list.
func sideOf(of []graph.Constituent, q graph.EngagementQuery) []map[string]any {
	side := make([]map[string]any, 0, len(of))
	for _, c := range of {
		if c.Valid.Empty() {
			continue
		}
		side = append(side, listOf(prefixOf(string(c.Actor)), q, map[string]any{
			"actor": string(c.Actor), "from": dayText(c.Valid.From), "to": dayText(c.Valid.To),
		}))
	}
	return side
}

// listOf adds the bounds of the page in a list; of the whole list, where it is counted.
func listOf(prefix string, q graph.EngagementQuery, c map[string]any) map[string]any {
	if q.Count {
		q.After, q.Before = nil, nil
	}
	c["prefix"] = prefix
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
// EndMax, as graph.Bounds.Compare wants them; narrow tells whether that leaves anything out.
func boxOf(q graph.EngagementQuery) (box []string, narrow, possible bool) {
	const startMin, startMax, endMin, endMax = 0, 2, 4, 6
	days := [8]graph.Day{graph.MinDay, graph.MaxDay, graph.MinDay, graph.MaxDay, graph.MinDay, graph.MaxDay, graph.MinDay, graph.MaxDay}
	least := func(edge int, d graph.Day) { days[edge] = max(days[edge], d) }
	most := func(edge int, d graph.Day) { days[edge+1] = min(days[edge+1], d) }
	if i := q.During; i != nil {
		if i.Empty() {
			return nil, false, false
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
				return nil, false, false
			}
			most(first, i.From)
			if i.To < graph.MaxDay {
				least(last, i.To-1)
			} else {
				least(last, graph.MaxDay-1)
			}
		case graph.OverlapBegins:
			first, last = startMin, startMax
			if certain {
				first, last = startMax, startMin
			}
			most(first, i.To-1)
			least(last, i.From)
		case graph.OverlapEnds:
			first, last = endMin, endMax
			if certain {
				first, last = endMax, endMin
			}
			most(first, i.To-1)
			least(last, i.From)
		default:
			most(first, i.To-1)
			least(last, i.From)
		}
	}
	if i := q.BegunIn; i != nil {
		if i.Empty() {
			return nil, false, false
		}
		most(startMin, i.To-1)
		least(startMax, i.From)
	}
	for i, d := range days {
		box = append(box, boundText(d, i%2 == 1))
	}
	return box, q.During != nil || q.BegunIn != nil, true
}
