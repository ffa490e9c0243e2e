package neo4jstore

import (
	"context"

	"github.com/entente-graph/entente/graph"
)

// Assertions pages through assertions.
func (s *Store) Assertions(ctx context.Context, q graph.AssertionQuery) (page graph.AssertionPage, err error) {
	defer failed(ctx, &err, "assertions about %d engagements, of %d authors, at load %d", len(q.About), len(q.Authors), q.Load)
	if err := q.Check(); err != nil {
		return page, err
	}
	if q.Count {
		page.Total = new(int)
	}
	if len(q.About)+len(q.Authors) == 0 {
		return page, s.known(ctx, q.Load)
	}
	v := variant{Count: q.Count, Backward: q.Last > 0}
	params := map[string]any{"load": int64(q.Load), "about": nil, "by": lastDay}
	if q.By != nil {
		params["by"] = dayText(*q.By)
	}
	if len(q.About) > 0 {
		params["about"] = distinct(q.About)
	}
	name := "assertions_about"
	if len(q.Authors) > 0 {
		name = "assertions_by_author"
		params["authors"] = listsOf(q.Authors, q.Count, q.After, q.Before)
	}
	if name == "assertions_about" || v.Count {
		params["after"], params["before"] = between("", q.After, q.Before)
	}
	page.Items, page.Position, page.More, err = s.pageOf(ctx, listed{name: v.name(name), params: params, size: max(q.First, q.Last), last: q.Last > 0, total: page.Total})
	return page, err
}

// listsOf gives constituents that count on some day, each with the bounds of the page in its list; of the whole list, where it is
// counted.
func listsOf(of []graph.Constituent, count bool, after, before *graph.Position) []map[string]any {
	if count {
		after, before = nil, nil
	}
	all := []map[string]any{}
	for _, c := range of {
		if c.Valid.Empty() {
			continue
		}
		prefix := prefixOf(string(c.Actor))
		from, to := between(prefix, after, before)
		all = append(all, map[string]any{
			"actor": string(c.Actor), "prefix": prefix, "after": from, "before": to, "from": dayText(c.Valid.From), "to": dayText(c.Valid.To),
		})
	}
	return all
}
