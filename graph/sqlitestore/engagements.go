package sqlitestore

import (
	"context"
	"database/sql"
	"errors"

	"github.com/entente-graph/entente/graph"
)

// Engagements pages through engagements.
func (s *Store) Engagements(ctx context.Context, q graph.EngagementQuery) (page graph.EngagementPage, err error) {
	defer failed(ctx, &err, "engagements at load %d", q.Load)
	if err := errors.Join(q.Check(), s.at(ctx, q.Load)); err != nil {
		return page, err
	}
	if q.Count {
		page.Total = new(int)
	}
	if empty(q.During) || empty(q.BegunIn) || q.Keys != nil && len(q.Keys) == 0 {
		return page, nil
	}
	p, err := planEngagements(q)
	if err != nil {
		return page, err
	}
	if q.Count {
		err = s.query(ctx, p.countText(), p.args, func(r *sql.Rows) error { return r.Scan(page.Total) })
		if err != nil {
			return page, err
		}
	}
	cut := bounds(q.After, q.Before)
	page.Items, page.Position, page.More, err = s.pageOf(ctx, p.pageText(q.Last > 0), append(p.args, cut...), max(q.First, q.Last), q.Last > 0)
	return page, err
}

func empty(i *graph.Interval) bool { return i != nil && i.Empty() }

// bounds gives the places between which a page lies; absent ones are before the first and after the last.
func bounds(after, before *graph.Position) []any {
	from, to := graph.Position{Start: graph.MinDay - 1}, graph.Position{Start: graph.MaxDay + 1}
	if after != nil {
		from = *after
	}
	if before != nil {
		to = *before
	}
	return []any{
		sql.Named("afterStart", from.Start), sql.Named("afterKey", from.Key),
		sql.Named("beforeStart", to.Start), sql.Named("beforeKey", to.Key),
	}
}

// pageOf reads a page of size positions (0: all) with a text whose columns are those of a statement and its start, and
// whose :limit counts statements.
func (s *Store) pageOf(ctx context.Context, text string, args []any, size int, backward bool) ([]graph.Recorded, []graph.Position, bool, error) {
	for limit := oneMore(size); ; limit *= 2 {
		var read []graph.Placed
		err := s.query(ctx, text, append(args[:len(args):len(args)], sql.Named("limit", limit)), func(r *sql.Rows) error {
			read = append(read, graph.Placed{})
			last := &read[len(read)-1]
			err := scanRecorded(r, &last.Item, &last.At.Start)
			last.At.Key = last.Item.Key
			return err
		})
		if err != nil {
			return nil, nil, false, err
		}
		if items, at, more, enough := graph.PageOf(read, size, limit, backward); enough {
			return items, at, more, nil
		}
	}
}
