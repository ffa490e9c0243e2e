package sqlitestore

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// tieRecords finds the tie rows of each two constituents of a dyad. n is the dyad's place in the question.
const tieRecords = `WITH
	pair(n, a, aFrom, aTo, b, bFrom, bTo) AS MATERIALIZED (
		SELECT d.key, a.value ->> 0, a.value ->> 1, a.value ->> 2, b.value ->> 0, b.value ->> 1, b.value ->> 2
		FROM json_each(:dyads) d CROSS JOIN json_each(d.value, '$[0]') a CROSS JOIN json_each(d.value, '$[1]') b),
	found AS (
		SELECT DISTINCT pair.n, t.start, t.statement FROM pair CROSS JOIN tie t
		WHERE pair.a <> pair.b AND t.a = min(pair.a, pair.b) AND t.b = max(pair.a, pair.b) AND t.fromDay < t.toDay
			AND t.fromDay < pair.aTo AND pair.aFrom < t.toDay AND t.fromDay < pair.bTo AND pair.bFrom < t.toDay
			AND (t.topic & :topics) <> 0 AND t.recordedFrom <= :load AND t.recordedTo > :load)
	SELECT f.n, ` + recordedColumns + ` FROM found f CROSS JOIN statement s WHERE s.id = f.statement ORDER BY f.n, f.start, s.key, s.source`

// TieRecords gives what may bear on the ties of dyads.
func (s *Store) TieRecords(ctx context.Context, q graph.TieQuery) (found []graph.TieRecord, err error) {
	defer failed(ctx, &err, "tie records of %d dyads at load %d", len(q.Dyads), q.Load)
	if err := errors.Join(q.Check(), s.at(ctx, q.Load)); err != nil {
		return nil, err
	}
	dyads := slices.Clone(q.Dyads)
	slices.SortStableFunc(dyads, func(x, y graph.TieDyad) int {
		return cmp.Or(strings.Compare(string(x.Key.A), string(y.Key.A)), strings.Compare(string(x.Key.B), string(y.Key.B)))
	})
	sides := make([][2]constituents, len(dyads))
	for n, d := range dyads {
		sides[n] = [2]constituents{d.A, d.B}
	}
	text, errD := list(sides)
	topics, errT := topicMask(q.Topics)
	if err := errors.Join(errD, errT); err != nil {
		return nil, err
	}
	args := []any{sql.Named("dyads", text), sql.Named("topics", topics), sql.Named("load", q.Load)}
	err = s.ask(ctx, tieRecords, args, func(c *cells) error {
		rec := place(&found)
		rec.Dyad = dyads[c.number(0)].Key
		return c.recorded(1, &rec.Recorded)
	})
	return found, err
}

// topicMask has the bits of the topics; of none, all.
func topicMask(topics []graph.Topic) (int64, error) {
	if len(topics) == 0 {
		return -1, nil
	}
	return bits(topicBits, topics)
}

const (
	tieDyads = `SELECT t.a, t.b FROM tie t
		WHERE (t.a, t.b) > (:a, :b) AND (t.topic & :topics) <> 0 AND t.recordedFrom <= :load AND t.recordedTo > :load
		GROUP BY t.a, t.b ORDER BY t.a, t.b LIMIT :limit`
	tieDyadsOf = `WITH o(key) AS MATERIALIZED (SELECT value FROM json_each(:of))
		SELECT t.a, t.b FROM o CROSS JOIN tie t
		WHERE t.a = o.key AND (t.a, t.b) > (:a, :b) AND (t.topic & :topics) <> 0 AND t.recordedFrom <= :load AND t.recordedTo > :load
		UNION
		SELECT t.a, t.b FROM o CROSS JOIN tie t INDEXED BY tie_b
		WHERE t.b = o.key AND (t.a, t.b) > (:a, :b) AND (t.topic & :topics) <> 0 AND t.recordedFrom <= :load AND t.recordedTo > :load
		ORDER BY 1, 2 LIMIT :limit`
)

// TieDyads pages through the dyads that have tie records.
func (s *Store) TieDyads(ctx context.Context, q graph.TieDyadQuery) (page graph.DyadPage, err error) {
	defer failed(ctx, &err, "dyads with tie records at load %d", q.Load)
	if err := errors.Join(q.Check(), s.at(ctx, q.Load)); err != nil {
		return page, err
	}
	topics, errT := topicMask(q.Topics)
	of, errOf := list(q.Of)
	if err := errors.Join(errT, errOf); err != nil {
		return page, err
	}
	text := tieDyads
	args := []any{
		sql.Named("a", q.After.A), sql.Named("b", q.After.B), sql.Named("topics", topics), sql.Named("load", q.Load),
		sql.Named("limit", oneMore(q.First)),
	}
	if len(q.Of) > 0 {
		text, args = tieDyadsOf, append(args, sql.Named("of", of))
	}
	err = s.query(ctx, text, args, func(r *sql.Rows) error {
		var d graph.DyadKey
		err := r.Scan(&d.A, &d.B)
		page.Dyads = append(page.Dyads, d)
		return err
	})
	if err == nil && q.First > 0 && len(page.Dyads) > q.First {
		page.Dyads, page.More = page.Dyads[:q.First], true
	}
	return page, err
}
