package sqlitestore

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"math"
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
	if len(q.Where) > 0 {
		number, letGo := holdFilter(q.Where)
		defer letGo()
		p.args = append(p.args, sql.Named("where", number))
	}
	if of := q.OfParties(); len(of) > 0 {
		number, letGo := holdFilter(of)
		defer letGo()
		p.args = append(p.args, sql.Named("parties", number))
	}
	if q.Count {
		err = s.query(ctx, p.countText(), p.args, func(r *sql.Rows) error { return r.Scan(page.Total) })
		if err != nil {
			return page, err
		}
	}
	backward, after, before := q.Walk()
	l := listed{args: slices.Concat(p.args, bounds(after, before)), order: q.Order, size: max(q.First, q.Last), last: q.Last > 0}
	if q.Order.Own() {
		l.text = p.orderedText(q.Order.By, backward)
		l.args = append(l.args, valueBounds(q.Order.By, after, before)...)
	} else {
		l.text = p.pageText(backward, l.size)
	}
	page.Items, page.Position, page.More, err = s.pageOf(ctx, l)
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

// valueBounds gives what else bounds a page in another order than that of starts. Numbers come before bytes in SQLite, and
// nothing is greater than no number.
func valueBounds(by graph.OrderBy, after, before *graph.Position) []any {
	value := func(p *graph.Position, absent any) any {
		switch {
		case p == nil:
			return absent
		case by == graph.ByTitle:
			return []byte(p.Title)
		default:
			return p.Number
		}
	}
	least, greatest := any(int64(math.MinInt64)), any(int64(math.MaxInt64))
	if by == graph.ByTitle {
		greatest = bytes.Repeat([]byte{0xff}, 8)
	}
	args := []any{sql.Named("afterValue", value(after, least)), sql.Named("beforeValue", value(before, greatest))}
	if by == graph.ByEnd {
		args = append(args, sql.Named("lastEnd", graph.LastEnd), sql.Named("maxDay", graph.MaxDay))
	}
	return args
}

// listed is a list of which a page is read, with a text whose columns are those of a statement, after its start and, in
// another order than that of starts, what orders it; and whose :limit counts statements.
type listed struct {
	text  string
	args  []any
	order graph.Order
	size  int // of the page, in positions; 0: all
	last  bool
}

func (s *Store) pageOf(ctx context.Context, l listed) ([]graph.Recorded, []graph.Position, bool, error) {
	for limit := oneMore(l.size); ; limit *= 2 {
		read := make([]graph.Placed, 0, min(max(limit, 0), 128))
		err := s.ask(ctx, l.text, append(l.args[:len(l.args):len(l.args)], sql.Named("limit", limit)), func(c *cells) error {
			last, n := place(&read), 0
			switch {
			case l.order.By == graph.ByTitle:
				last.At.Title, n = string(c.bytes(0)), 1
			case l.order.Own():
				last.At.Number, n = c.number(0), 1
			}
			last.At.Start = c.day(n)
			err := c.recorded(n+1, &last.Item)
			last.At.Key = last.Item.Key
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
