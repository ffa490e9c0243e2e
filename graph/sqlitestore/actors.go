package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// Holders gives who ever held the codes.
func (s *Store) Holders(ctx context.Context, q graph.HolderQuery) (found []graph.Holder, err error) {
	defer failed(ctx, &err, "holders of %v at load %d", q.Codes, q.Load)
	if err := s.at(ctx, q.Load); err != nil {
		return nil, err
	}
	var wanted [][2]string
	for _, c := range q.Codes {
		schemes := []string{strings.ToLower(c.Scheme)}
		if c.Scheme == "" {
			schemes = graph.CodeSchemes
		}
		for _, scheme := range schemes {
			wanted = append(wanted, [2]string{scheme, strings.ToLower(c.Value)})
		}
	}
	codes, err := list(wanted)
	if err != nil {
		return nil, err
	}
	err = s.query(ctx, `SELECT DISTINCT c.scheme, c.value, c.actor, c.fromDay, c.toDay
		FROM json_each(:codes) j CROSS JOIN code c INDEXED BY code_find
		WHERE c.findValue = j.value ->> 1 AND c.findScheme = j.value ->> 0 AND c.recordedFrom <= :load AND c.recordedTo > :load
		ORDER BY c.scheme, c.value, c.fromDay, c.actor, c.toDay`,
		[]any{sql.Named("codes", codes), sql.Named("load", q.Load)}, func(r *sql.Rows) error {
			var h graph.Holder
			err := r.Scan(&h.Code.Scheme, &h.Code.Value, &h.Actor, &h.Valid.From, &h.Valid.To)
			found = append(found, h)
			return err
		})
	return found, err
}

// Components gives what is part of actors, directly or through others, and what they are members of.
func (s *Store) Components(ctx context.Context, q graph.ComponentQuery) (found []graph.Component, err error) {
	defer failed(ctx, &err, "components of %v at load %d", q.Of, q.Load)
	if err := s.at(ctx, q.Load); err != nil {
		return nil, err
	}
	of, err := list(q.Of)
	if err != nil {
		return nil, err
	}
	text := components
	if q.Wholes {
		text = families
	}
	err = s.query(ctx, text, []any{sql.Named("of", of), sql.Named("members", q.Members), sql.Named("load", q.Load)}, func(r *sql.Rows) error {
		var c graph.Component
		err := r.Scan(&c.Part, &c.Whole, &c.Period.From, &c.Period.To, &c.Member)
		found = append(found, c)
		return err
	})
	return found, err
}

// components finds the edges of what is part of wholes; families begins with what these are themselves part of.
const (
	components = `WITH RECURSIVE whole(key) AS (
			SELECT value FROM json_each(:of)
			UNION ` + componentsBelow
	families = `WITH RECURSIVE above(key) AS (
			SELECT value FROM json_each(:of)
			UNION
			SELECT c.whole FROM above CROSS JOIN component c INDEXED BY component_part
			WHERE c.part = above.key AND c.member = 0 AND c.recordedFrom <= :load AND c.recordedTo > :load),
		whole(key) AS (
			SELECT key FROM above
			UNION ` + componentsBelow
	componentsBelow = `
			SELECT c.part FROM whole CROSS JOIN component c INDEXED BY component_whole
			WHERE c.whole = whole.key AND c.member = 0 AND c.recordedFrom <= :load AND c.recordedTo > :load)
		SELECT c.part, c.whole, c.fromDay, c.toDay, c.member FROM whole CROSS JOIN component c INDEXED BY component_whole
		WHERE c.whole = whole.key AND c.member = 0 AND c.recordedFrom <= :load AND c.recordedTo > :load
		UNION
		SELECT c.part, c.whole, c.fromDay, c.toDay, c.member FROM json_each(:of) j CROSS JOIN component c INDEXED BY component_part
		WHERE :members AND c.part = j.value AND c.member = 1 AND c.recordedFrom <= :load AND c.recordedTo > :load
		ORDER BY 2, 1, 3, 4, 5`
)

// ActorKeys pages through actors. An actor of which some source says when it existed, existed then; where none
// does, always.
func (s *Store) ActorKeys(ctx context.Context, q graph.ActorQuery) (page graph.KeyPage, err error) {
	defer failed(ctx, &err, "actors at load %d", q.Load)
	if err := errors.Join(q.Check(), s.at(ctx, q.Load)); err != nil {
		return page, err
	}
	kinds, err := list(q.Kinds)
	if err != nil {
		return page, err
	}
	args := []any{sql.Named("after", q.After), sql.Named("load", q.Load), sql.Named("limit", oneMore(q.First))}
	where := ""
	if len(q.Kinds) > 0 {
		where += " AND x.kind IN (SELECT value FROM json_each(:kinds))"
		args = append(args, sql.Named("kinds", kinds))
	}
	if q.AsOf != nil {
		where += ` AND ((x.fromDay <= :day AND x.toDay > :day AND x.said = 1) OR (x.said = 0 AND NOT EXISTS (
			SELECT 1 FROM existence y INDEXED BY existence_key
			WHERE y.key = x.key AND y.said = 1 AND y.recordedFrom <= :load AND y.recordedTo > :load)))`
		args = append(args, sql.Named("day", *q.AsOf))
	}
	err = s.query(ctx, `SELECT x.key FROM existence x INDEXED BY existence_key
		WHERE x.key > :after AND x.recordedFrom <= :load AND x.recordedTo > :load`+where+` GROUP BY x.key ORDER BY x.key LIMIT :limit`,
		args, func(r *sql.Rows) error {
			var key graph.ActorKey
			err := r.Scan(&key)
			page.Keys = append(page.Keys, key)
			return err
		})
	if err == nil && q.First > 0 && len(page.Keys) > q.First {
		page.Keys, page.More = page.Keys[:q.First], true
	}
	return page, err
}

// oneMore is the limit that shows whether there is more than a page; -1, no limit, for a page of 0.
func oneMore(first int) int {
	if first == 0 {
		return -1
	}
	return first + 1
}
