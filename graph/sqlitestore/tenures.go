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
		return page, nil
	}
	persons, errP := list(q.Persons)
	of, errOf := list(q.Of)
	if err := errors.Join(errP, errOf); err != nil {
		return page, err
	}
	p := &plan{found: "tenure", args: []any{sql.Named("load", q.Load)}}
	filter := " AND x.recordedFrom <= :load AND x.recordedTo > :load"
	if q.Office != "" {
		filter += " AND x.office = :office"
		p.args = append(p.args, sql.Named("office", q.Office))
	}
	if q.During != nil {
		filter += " AND " + overlap("x.fromDay", "x.toDay", ":from", ":to") + " AND x.fromDay < x.toDay"
		p.args = append(p.args, sql.Named("from", q.During.From), sql.Named("to", q.During.To))
	}
	if len(q.Persons) > 0 {
		p.args = append(p.args, sql.Named("persons", persons))
		p.with = append(p.with, "holder(key) AS MATERIALIZED (SELECT DISTINCT value FROM json_each(:persons))")
	}
	if len(q.Of) > 0 {
		p.args = append(p.args, sql.Named("of", of))
		p.with = append(p.with, "whose(key) AS MATERIALIZED (SELECT DISTINCT value FROM json_each(:of))")
	}
	switch {
	case len(q.Persons) > 0 && len(q.Of) > 0:
		p.arms = []arm{{"holder", "tenure x INDEXED BY tenure_person", "x.person = holder.key AND x.of IN (SELECT key FROM whose)" + filter}}
	case len(q.Persons) > 0:
		p.arms = []arm{{"holder", "tenure x INDEXED BY tenure_person", "x.person = holder.key" + filter}}
	case len(q.Of) > 0:
		p.arms = []arm{{"whose", "tenure x INDEXED BY tenure_of", "x.of = whose.key" + filter}}
	default:
		p.arms = []arm{{"", "tenure x INDEXED BY tenure_start", "1" + filter}}
	}
	page.Items, page.Position, page.More, err = s.pageOf(ctx, listed{text: p.pageText(false), args: append(p.args, bounds(q.After, nil)...), size: q.First})
	return page, err
}
