package sqlitestore

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"

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
		var rows []row
		err := s.query(ctx, text, append(args[:len(args):len(args)], sql.Named("limit", limit)), func(r *sql.Rows) error {
			rows = append(rows, row{})
			last := &rows[len(rows)-1]
			err := scanRecorded(r, &last.item, &last.at.Start)
			last.at.Key = last.item.Key
			return err
		})
		if err != nil {
			return nil, nil, false, err
		}
		slices.SortFunc(rows, func(a, b row) int {
			c := cmp.Or(cmp.Compare(a.at.Start, b.at.Start), cmp.Compare(a.at.Key, b.at.Key))
			if backward {
				c = -c
			}
			return cmp.Or(c, cmp.Compare(a.item.Source, b.item.Source))
		})
		n, positions := cutPage(rows, size)
		if size > 0 && len(rows) == limit && positions <= size {
			continue // everything read fits on the page, but its last place may have more accounts
		}
		more := n < len(rows)
		rows = rows[:n]
		if backward {
			rows = reversed(rows)
		}
		items, at := make([]graph.Recorded, n), make([]graph.Position, n)
		for i, r := range rows {
			items[i], at[i] = r.item, r.at
		}
		return items, at, more, nil
	}
}

// row is a statement at its place in the order.
type row struct {
	at   graph.Position
	item graph.Recorded
}

// cutPage tells how many rows the first size places take, and how many places there are in all.
func cutPage(rows []row, size int) (n, places int) {
	n = len(rows)
	for i := range rows {
		if i > 0 && rows[i].at == rows[i-1].at {
			continue
		}
		if places == size && size > 0 {
			n = i
		}
		places++
	}
	return n, places
}

// reversed turns a page read backward around; accounts at one place stay in their order.
func reversed(rows []row) []row {
	out := make([]row, 0, len(rows))
	for end := len(rows); end > 0; {
		begin := end - 1
		for begin > 0 && rows[begin-1].at == rows[end-1].at {
			begin--
		}
		out = append(out, rows[begin:end]...)
		end = begin
	}
	return out
}
