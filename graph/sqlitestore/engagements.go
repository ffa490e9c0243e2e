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
// whose :limit counts statements. Several sources' accounts at one position are never torn apart: the last position
// read may be incomplete when the limit was reached, so it is left to the next page.
func (s *Store) pageOf(ctx context.Context, text string, args []any, size int, backward bool) ([]graph.Recorded, []graph.Position, bool, error) {
	for limit := oneMore(size); ; limit *= 2 {
		var items []graph.Recorded
		var at []graph.Position
		err := s.query(ctx, text, append(args[:len(args):len(args)], sql.Named("limit", limit)), func(r *sql.Rows) error {
			items, at = append(items, graph.Recorded{}), append(at, graph.Position{})
			last := len(items) - 1
			if err := scanRecorded(r, &items[last], &at[last].Start); err != nil {
				return err
			}
			at[last].Key = items[last].Key
			return nil
		})
		if err != nil {
			return nil, nil, false, err
		}
		n, positions := cutPage(at, size)
		more := n < len(at)
		if size > 0 && len(at) == limit && positions <= size {
			// Everything read fits on the page: if the last position could have more accounts, read more.
			continue
		}
		items, at = items[:n], at[:n]
		if backward {
			items, at = reversed(items, at)
		}
		return items, at, more, nil
	}
}

// cutPage tells how many items the first size positions take, and how many positions there are in all.
func cutPage(at []graph.Position, size int) (n, positions int) {
	n = len(at)
	for i := range at {
		if i > 0 && at[i] == at[i-1] {
			continue
		}
		if positions == size && size > 0 {
			n = i
		}
		positions++
	}
	return n, positions
}

// reversed turns a page read backward around; accounts at one position stay in their order.
func reversed(items []graph.Recorded, at []graph.Position) ([]graph.Recorded, []graph.Position) {
	outItems, outAt := make([]graph.Recorded, 0, len(items)), make([]graph.Position, 0, len(at))
	for end := len(at); end > 0; {
		begin := end - 1
		for begin > 0 && at[begin-1] == at[end-1] {
			begin--
		}
		outItems, outAt = append(outItems, items[begin:end]...), append(outAt, at[begin:end]...)
		end = begin
	}
	return outItems, outAt
}
