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
	err = s.ask(ctx, `SELECT DISTINCT c.scheme, c.value, c.actor, c.fromDay, c.toDay
		FROM json_each(:codes) j CROSS JOIN code c INDEXED BY code_find
		WHERE c.findValue = j.value ->> 1 AND c.findScheme = j.value ->> 0 AND c.recordedFrom <= :load AND c.recordedTo > :load
		ORDER BY c.scheme, c.value, c.fromDay, c.actor, c.toDay`,
		[]any{sql.Named("codes", codes), sql.Named("load", q.Load)}, func(c *cells) error {
			*place(&found) = graph.Holder{
				Code:  graph.Code{Scheme: c.word(0), Value: c.text(1)},
				Actor: graph.ActorKey(c.text(2)), Valid: graph.Interval{From: c.day(3), To: c.day(4)},
			}
			return nil
		})
	return found, err
}

// Components gives what is part of actors, directly or through others, and what they are members of.
func (s *Store) Components(ctx context.Context, q graph.ComponentQuery) (found []graph.Component, err error) {
	defer failed(ctx, &err, "components of %v at load %d", q.Of, q.Load)
	if err := s.at(ctx, q.Load); err != nil {
		return nil, err
	}
	of, err := listOf(q.Of)
	if err != nil {
		return nil, err
	}
	text := components
	if q.Wholes {
		text = families + sameAsWell
	}
	err = s.ask(ctx, text+" ORDER BY 2, 1, 3, 4, 5", []any{sql.Named("of", of), sql.Named("members", q.Members), sql.Named("joined", q.Joined), sql.Named("load", q.Load)}, func(c *cells) error {
		bond := c.number(4)
		*place(&found) = graph.Component{
			Part: graph.ActorKey(c.text(0)), Whole: graph.ActorKey(c.word(1)), Period: graph.Interval{From: c.day(2), To: c.day(3)},
			Member: bond == bondMember, Same: bond == bondSame,
		}
		return nil
	})
	return found, err
}

// What binds the ends of an edge: the values of component.member.
const (
	bondPart = iota
	bondMember
	bondSame
)

// bondOf gives what binds the ends of an edge.
func bondOf(c graph.Component) int64 {
	switch {
	case c.Member:
		return bondMember
	case c.Same:
		return bondSame
	default:
		return bondPart
	}
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
		UNION
		SELECT c.part, c.whole, c.fromDay, c.toDay, c.member FROM json_each(:of) j CROSS JOIN component c INDEXED BY component_whole
		WHERE :joined AND c.whole = j.value AND c.member = 1 AND c.recordedFrom <= :load AND c.recordedTo > :load
		UNION
		SELECT c.part, c.whole, c.fromDay, c.toDay, c.member FROM json_each(:of) j CROSS JOIN component c INDEXED BY component_whole
		WHERE c.whole = j.value AND c.member = 2 AND c.recordedFrom <= :load AND c.recordedTo > :load`

	sameAsWell = `
		UNION
		SELECT c.part, c.whole, c.fromDay, c.toDay, c.member FROM json_each(:of) j CROSS JOIN component l INDEXED BY component_part
			CROSS JOIN component c INDEXED BY component_whole
		WHERE l.part = j.value AND l.member = 2 AND l.recordedFrom <= :load AND l.recordedTo > :load
			AND c.whole = l.whole AND c.member = 2 AND c.recordedFrom <= :load AND c.recordedTo > :load`
)

// better finds an account of x's actor that names it rather than x does.
const better = `SELECT 1 FROM actor_account y INDEXED BY actor_account_key
		WHERE y.key = x.key AND y.statement <> x.statement AND y.recordedFrom <= :load AND y.recordedTo > :load
		AND (y.named, coalesce((SELECT rank FROM preferred WHERE preferred.source = y.source), 1000000), y.source, y.statement)
			< (x.named, coalesce((SELECT rank FROM preferred WHERE preferred.source = x.source), 1000000), x.source, x.statement)`

// others finds the other keys of a person that x's key leads, leads the key that leads another.
const (
	others = `SELECT c.part FROM component c INDEXED BY component_whole
		WHERE c.whole = x.key AND c.member = 2 AND c.recordedFrom <= :load AND c.recordedTo > :load`
	leads = `SELECT c.whole FROM component c INDEXED BY component_part
		WHERE c.part = x.key AND c.member = 2 AND c.recordedFrom <= :load AND c.recordedTo > :load`
)

// ActorKeys pages through actors: of each, through the account that names it.
func (s *Store) ActorKeys(ctx context.Context, q graph.ActorQuery) (page graph.KeyPage, err error) {
	defer failed(ctx, &err, "actors at load %d", q.Load)
	if err := errors.Join(q.Check(), s.at(ctx, q.Load)); err != nil {
		return page, err
	}
	backward, after, before := q.Walk()
	byName := q.Order.By == graph.ByName
	index, order := "actor_account_key", "x.key"+direction(backward)
	if byName {
		index, order = "actor_account_name", "x.name"+direction(backward)+", "+order
	}
	sources, err := list(q.Sources)
	if err != nil {
		return page, err
	}
	args := []any{sql.Named("load", q.Load), sql.Named("sources", sources)}
	where := ""
	asked := q.Asked()
	keys, known := asked.Among()
	if !known {
		if keys, known, err = s.called(ctx, q, asked); err != nil {
			return page, err
		}
	}
	if known {
		among, err := list(keys)
		if err != nil {
			return page, err
		}
		args = append(args, sql.Named("keys", among))
		where, index = "x.key IN (SELECT value FROM json_each(:keys)) AND ", "actor_account_key"
	}
	where += "x.recordedFrom <= :load AND x.recordedTo > :load AND NOT EXISTS (" + better + ")"
	of := "y.key = x.key"
	if !q.Apart {
		where += " AND NOT EXISTS (" + leads + ")"
		of = "y.key IN (SELECT x.key UNION ALL " + others + ")"
	}
	if len(asked) > 0 {
		number, letGo := holdFilter(asked)
		defer letGo()
		args = append(args, sql.Named("where", number))
		where += ` AND meets_actor(:where, x.key, (SELECT group_concat(y.facts, '` + partSign + `') FROM actor_account y INDEXED BY actor_account_key
			WHERE ` + of + ` AND y.recordedFrom <= :load AND y.recordedTo > :load))`
	}
	with := "WITH preferred(source, rank) AS MATERIALIZED (SELECT value, key FROM json_each(:sources))\n"
	from := " FROM actor_account x INDEXED BY " + index + " WHERE " + where
	if q.Count {
		page.Total = new(int)
		if err := s.query(ctx, with+"SELECT count(*)"+from, args, func(r *sql.Rows) error { return r.Scan(page.Total) }); err != nil {
			return page, err
		}
	}
	between := ""
	for _, edge := range []struct {
		at       *graph.Position
		name, is string
	}{{after, "after", ">"}, {before, "before", "<"}} {
		switch {
		case edge.at == nil:
			continue
		case byName:
			between += " AND (x.name, x.key) " + edge.is + " (:" + edge.name + "Name, :" + edge.name + "Key)"
			args = append(args, sql.Named(edge.name+"Name", []byte(edge.at.Title)))
		default:
			between += " AND x.key " + edge.is + " :" + edge.name + "Key"
		}
		args = append(args, sql.Named(edge.name+"Key", edge.at.Key))
	}
	args = append(args, sql.Named("limit", oneMore(max(q.First, q.Last))))
	err = s.query(ctx, with+"SELECT x.key, x.name"+from+between+" ORDER BY "+order+" LIMIT :limit", args, func(r *sql.Rows) error {
		var at graph.Position
		var name []byte
		err := r.Scan(&at.Key, &name)
		if byName {
			at.Title = string(name)
		}
		page.Keys, page.Position = append(page.Keys, graph.ActorKey(at.Key)), append(page.Position, at)
		return err
	})
	page.Cut(q)
	return page, err
}

// maxCalled is up to how many actors with a name are looked up; where there are more, a page of them is soon found by going
// through all actors.
const maxCalled = 2000

// called gives the actors with the name that a filter asks for, or with one that begins so; known is false where it asks for
// none, and where they are many.
func (s *Store) called(ctx context.Context, q graph.ActorQuery, f graph.Filter) (keys []graph.ActorKey, known bool, err error) {
	text, how := f.Called()
	if text == "" {
		return nil, false, nil
	}
	is := "term = :text"
	if how == graph.MatchStartsWith {
		is = "term >= :text AND term < :text || char(1114111)"
	}
	key := "coalesce((" + leads + "), x.key)"
	if q.Apart {
		key = "x.key"
	}
	err = s.query(ctx, "SELECT DISTINCT "+key+" FROM term x WHERE whole = 1 AND "+is+` AND kind = 0
		AND x.recordedFrom <= :load AND x.recordedTo > :load LIMIT :limit`,
		[]any{sql.Named("text", text), sql.Named("load", q.Load), sql.Named("limit", maxCalled+1)}, func(r *sql.Rows) error {
			var key graph.ActorKey
			err := r.Scan(&key)
			keys = append(keys, key)
			return err
		})
	return keys, err == nil && len(keys) <= maxCalled, err
}

// oneMore is the limit that shows whether there is more than a page; -1, no limit, for a page of 0.
func oneMore(first int) int {
	if first == 0 {
		return -1
	}
	return first + 1
}
