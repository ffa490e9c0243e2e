package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// Gatherings gives the last engagements in which any of q.Of takes part, with all who take part in them.
func (s *Store) Gatherings(ctx context.Context, q graph.GatheringQuery) (page graph.GatheringPage, err error) {
	defer failed(ctx, &err, "gatherings at load %d", q.Load)
	if err := errors.Join(q.Check(), s.at(ctx, q.Load)); err != nil {
		return page, err
	}
	if empty(q.During) || empty(q.BegunIn) || len(q.Of) == 0 {
		return page, nil
	}
	text, args, err := planGatherings(q)
	if err != nil {
		return page, err
	}
	for limit := graph.GatheringLimit(q); ; limit *= 2 {
		read, err := s.gatherings(ctx, text, append(args[:len(args):len(args)], sql.Named("limit", limit)))
		if err != nil {
			return page, err
		}
		if page, enough := graph.GatheringsOf(read, q, limit); enough {
			return page, nil
		}
	}
}

func (s *Store) gatherings(ctx context.Context, text string, args []any) ([]graph.Gathering, error) {
	var read []graph.Gathering
	var parts [][]part
	keys := map[int64]graph.ActorKey{}
	err := s.query(ctx, text, args, func(r *sql.Rows) error {
		var g graph.Gathering
		var traits int64
		var all string
		if err := r.Scan(&g.Start, &g.Key, &traits, &all); err != nil {
			return err
		}
		g.Kind, g.Topics = traitsOf(traits)
		these, err := partsOf(all, keys)
		read, parts = append(read, g), append(parts, these)
		return err
	})
	if err == nil {
		err = s.name(ctx, keys)
	}
	for i, these := range parts {
		read[i].Parts = make([]graph.Presence, len(these))
		for j, p := range these {
			read[i].Parts[j] = graph.Presence{Actor: keys[p.actor], Side: p.side, Possible: p.possible}
		}
	}
	return read, err
}

// planGatherings walks the list of each of the actors from its end, and stops at the limit; then reads the parts of what
// was found.
func planGatherings(q graph.GatheringQuery) (text string, args []any, err error) {
	p := &plan{args: []any{sql.Named("load", q.Load)}}
	of := q.Filter()
	of.A = q.Of
	filter, err := p.filter(of)
	if err == nil {
		err = p.sides(of)
	}
	return p.withText() + `SELECT f.start, f.key, f.traits, (
		SELECT group_concat(p.actor || ' ' || p.fromDay || ' ' || p.toDay || ' ' || p.side, char(30)) FROM part p WHERE p.statement = f.statement)
	FROM (
		SELECT DISTINCT x.start, x.key, x.traits, x.statement FROM a CROSS JOIN actor_part x WHERE x.wide = 0 AND x.actor = a.actor AND ` + counts("x", rowOf("a")) + filter + `
		ORDER BY x.start DESC, x.key DESC LIMIT :limit) f`, p.args, err
}

// traitsOf reads kind and topics.
func traitsOf(traits int64) (kind graph.EngagementKind, topics []graph.Topic) {
	for i, k := range kindBits {
		if traits&(1<<(kindShift+i)) != 0 {
			kind = k
		}
	}
	for i, t := range topicBits {
		if traits&(1<<(topicShift+i)) != 0 {
			topics = append(topics, t)
		}
	}
	return kind, topics
}

// A part is a presence whose actor is a number as yet.
type part struct {
	actor    int64
	side     string
	possible graph.Interval
}

// partsOf reads parts, each of which is an actor's number, two days and a side, and takes the numbers into keys. The side comes
// last, for nobody says what is in it.
func partsOf(text string, keys map[int64]graph.ActorKey) ([]part, error) {
	parts := make([]part, 0, 1+strings.Count(text, "\x1e"))
	for one := range strings.SplitSeq(text, "\x1e") {
		actor, rest, _ := strings.Cut(one, " ")
		from, rest, _ := strings.Cut(rest, " ")
		to, side, _ := strings.Cut(rest, " ")
		n, errA := strconv.ParseInt(actor, 10, 64)
		first, errF := strconv.ParseInt(from, 10, 32)
		last, errT := strconv.ParseInt(to, 10, 32)
		if err := errors.Join(errA, errF, errT); err != nil {
			return nil, fmt.Errorf("%q is not a part: %w", one, err)
		}
		keys[n] = ""
		parts = append(parts, part{n, side, graph.Interval{From: graph.Day(first), To: graph.Day(last)}})
	}
	return parts, nil
}

// name gives the keys of actors by their numbers.
func (s *Store) name(ctx context.Context, keys map[int64]graph.ActorKey) error {
	numbers := make([]int64, 0, len(keys))
	for n := range keys {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	text, err := list(numbers)
	if err != nil {
		return err
	}
	return s.query(ctx, "SELECT actor.id, actor.key FROM json_each(:numbers) j CROSS JOIN actor WHERE actor.id = j.value",
		[]any{sql.Named("numbers", text)}, func(r *sql.Rows) error {
			var n int64
			var key graph.ActorKey
			err := r.Scan(&n, &key)
			keys[n] = key
			return err
		})
}
