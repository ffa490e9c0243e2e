package sqlitestore

import (
	"context"
	"database/sql"
	"errors"

	"github.com/entente-graph/entente/graph"
)

// Tenures pages through tenures.
func (s *Store) Tenures(ctx context.Context, q graph.TenureQuery) (page graph.TenurePage, err error) {
	defer failed(ctx, &err, "tenures at load %d", q.Load)
	if err := errors.Join(q.Check(), s.at(ctx, q.Load)); err != nil {
		return page, err
	}
	if empty(q.During) {
		return graph.TenurePage{Total: none(q.Count)}, nil
	}
	p, err := planTenures(q)
	if err != nil {
		return page, err
	}
	page.Items, page.Position, page.More, page.Total, err = s.countedPage(ctx, p, q.After, q.Before, q.First, q.Last, q.Count)
	return page, err
}

// countedPage reads a page of what a plan finds, in the order of starts, and counts all where that is asked for.
func (s *Store) countedPage(ctx context.Context, p *plan, after, before *graph.Position, first, last int, count bool) (
	items []graph.Recorded, at []graph.Position, more bool, total *int, err error,
) {
	if count {
		total = new(int)
		if err = s.query(ctx, p.countText(), p.args, func(r *sql.Rows) error { return r.Scan(total) }); err != nil {
			return nil, nil, false, nil, err
		}
	}
	l := listed{args: append(p.args, bounds(after, before)...), size: max(first, last), last: last > 0}
	l.text = p.pageText(l.last, l.size)
	items, at, more, err = s.pageOf(ctx, l)
	return items, at, more, total, err
}

func planTenures(q graph.TenureQuery) (*plan, error) {
	p := &plan{found: "tenure", args: []any{sql.Named("load", q.Load)}}
	filter := " AND x.recordedFrom <= :load AND x.recordedTo > :load"
	give := func(name string, value string, err error) error {
		p.args = append(p.args, sql.Named(name, value))
		return err
	}
	var errs []error
	if len(q.Offices) > 0 {
		filter += " AND x.office IN (SELECT value FROM json_each(:offices))"
		offices, err := list(q.Offices)
		errs = append(errs, give("offices", offices, err))
	}
	filter += p.lies(q.During, q.Overlap, q.Certainty)
	if len(q.Persons) > 0 {
		persons, err := list(q.Persons)
		errs = append(errs, give("persons", persons, err))
		p.with = append(p.with, "holder(key) AS MATERIALIZED (SELECT DISTINCT value FROM json_each(:persons))")
	}
	if len(q.Of) > 0 {
		of, err := constituents(q.Of).text()
		errs = append(errs, give("of", of, err))
		p.with = append(p.with, "whose(key, fromDay, toDay) AS MATERIALIZED (SELECT DISTINCT j.value ->> 0, j.value ->> 1, j.value ->> 2 FROM json_each(:of) j)")
	}
	// A tenure is possibly held from startMin to endMax, both in.
	const counts = " AND x.startMin < whose.toDay AND whose.fromDay <= x.endMax AND x.startMin <= x.endMax"
	switch {
	case len(q.Persons) > 0 && len(q.Of) > 0:
		p.arms = []arm{{"holder", "tenure x INDEXED BY tenure_person", "x.person = holder.key AND EXISTS (SELECT 1 FROM whose WHERE whose.key = x.of" + counts + ")" + filter}}
	case len(q.Persons) > 0:
		p.arms = []arm{{"holder", "tenure x INDEXED BY tenure_person", "x.person = holder.key" + filter}}
	case len(q.Of) > 0:
		p.arms = []arm{{"whose", "tenure x INDEXED BY tenure_of", "x.of = whose.key" + counts + filter}}
	default:
		p.arms = []arm{{"", "tenure x INDEXED BY tenure_start", "1" + filter}}
	}
	return p, errors.Join(errs...)
}

// lies says that the periods of table x lie so to days, where any are asked for.
func (p *plan) lies(days *graph.Interval, how graph.Overlap, sure graph.Certainty) string {
	if days == nil {
		return ""
	}
	p.args = append(p.args, sql.Named("from", days.From), sql.Named("to", days.To))
	if how == graph.OverlapCovers {
		p.args = append(p.args, sql.Named("maxDay", graph.MaxDay))
	}
	return " AND " + during("x", how, sure)
}

// none is the total of nothing, where it is counted.
func none(count bool) *int {
	if !count {
		return nil
	}
	return new(int)
}
