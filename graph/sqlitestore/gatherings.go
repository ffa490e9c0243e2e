package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	bits64 "math/bits"
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
	r := gatheringReader{places: map[int64]int32{}, sides: map[string]string{}}
	if err := s.ask(ctx, text, args, r.take); err != nil {
		return nil, err
	}
	keys, err := s.actorKeys(ctx, r.numbers)
	if err != nil {
		return nil, err
	}
	n := 0
	for _, g := range r.read {
		for i := range g.Parts {
			g.Parts[i].Actor = keys[r.actors[n]]
			n++
		}
	}
	return r.read, nil
}

// A gatheringReader reads gatherings. Few actors and sides come again and again: each is kept once. There are very many
// gatherings, mostly of two parts: their lists are cut from long ones.
type gatheringReader struct {
	read   []graph.Gathering
	parts  []graph.Presence // room for those to come
	topics []graph.Topic    // likewise

	actors  []int32         // of every part so far, its actor's place in numbers
	numbers []int64         // of actors
	places  map[int64]int32 // of numbers
	sides   map[string]string
}

func (r *gatheringReader) take(c *cells) error {
	g := place(&r.read)
	g.Start, g.Key = c.day(0), graph.EngagementKey(c.text(1))
	traits := c.number(2)
	g.Kind = kindOfTraits(traits)
	if n := bits64.OnesCount64(uint64(traits) >> topicShift); n > 0 {
		g.Topics = cut(&r.topics, n, len(r.read))[:0]
		for i, t := range topicBits {
			if traits&(1<<(topicShift+i)) != 0 {
				g.Topics = append(g.Topics, t)
			}
		}
	}
	text := c.text(3)
	g.Parts = cut(&r.parts, 1+strings.Count(text, "\x1e"), len(r.read))
	for i := range g.Parts {
		var one string
		one, text, _ = strings.Cut(text, "\x1e")
		if err := r.part(one, &g.Parts[i]); err != nil {
			return fmt.Errorf("%q is not a part: %w", one, err)
		}
	}
	return nil
}

// part reads an actor's number, two days and a side, which comes last, for nobody says what is in it.
func (r *gatheringReader) part(text string, into *graph.Presence) error {
	actor, rest, _ := strings.Cut(text, " ")
	from, rest, _ := strings.Cut(rest, " ")
	to, side, _ := strings.Cut(rest, " ")
	n, errA := strconv.ParseInt(actor, 10, 64)
	first, errF := strconv.ParseInt(from, 10, 32)
	last, errT := strconv.ParseInt(to, 10, 32)
	if errA != nil || errF != nil || errT != nil {
		return errors.Join(errA, errF, errT)
	}
	into.Possible = graph.Interval{From: graph.Day(first), To: graph.Day(last)}
	if side != "" {
		kept, ok := r.sides[side]
		if !ok {
			kept = strings.Clone(side)
			r.sides[kept] = kept
		}
		into.Side = kept
	}
	at, ok := r.places[n]
	if !ok {
		at = int32(len(r.numbers)) //nolint:gosec // far fewer
		r.places[n], r.numbers = at, append(r.numbers, n)
	}
	*place(&r.actors) = at
	return nil
}

// cut takes a list of n from the room there is, and makes more of it, the more of them there are, where it does not do.
func cut[T any](room *[]T, n, lists int) []T {
	if len(*room) < n {
		*room = make([]T, max(n, min(4*lists, 1024)))
	}
	list := (*room)[:n:n]
	*room = (*room)[n:]
	return list
}

// planGatherings walks the list of each of the actors from its end, and stops at the limit; then reads the parts of what
// was found.
func planGatherings(q graph.GatheringQuery) (text string, args []any, err error) {
	p := &plan{args: []any{sql.Named("load", q.Load)}}
	of := q.Filter()
	filter, err := p.filter(of)
	of.A = q.Of // not for the filter: what links two is the same whichever of them is asked about
	if err == nil {
		err = p.sides(of)
	}
	return p.withText() + `SELECT f.start, f.key, f.traits, (
		SELECT group_concat(p.actor || ' ' || p.fromDay || ' ' || p.toDay || ' ' || p.side, char(30)) FROM part p WHERE p.statement = f.statement)
	FROM (
		SELECT DISTINCT x.start, x.key, x.traits, x.statement FROM a CROSS JOIN actor_part x WHERE x.wide = 0 AND x.actor = a.actor AND ` + counts("x", rowOf("a")) + filter + `
		ORDER BY x.start DESC, x.key DESC LIMIT :limit) f`, p.args, err
}

func kindOfTraits(traits int64) (kind graph.EngagementKind) {
	for i, k := range kindBits {
		if traits&(1<<(kindShift+i)) != 0 {
			kind = k
		}
	}
	return kind
}

// actorKeys gives the keys of actors by their numbers, in the order of these.
func (s *Store) actorKeys(ctx context.Context, numbers []int64) ([]graph.ActorKey, error) {
	text, err := list(numbers)
	if err != nil {
		return nil, err
	}
	keys := make([]graph.ActorKey, len(numbers))
	err = s.ask(ctx, "SELECT j.key, actor.key FROM json_each(:numbers) j CROSS JOIN actor WHERE actor.id = j.value",
		[]any{sql.Named("numbers", text)}, func(c *cells) error {
			keys[c.number(0)] = graph.ActorKey(c.text(1))
			return nil
		})
	return keys, err
}
