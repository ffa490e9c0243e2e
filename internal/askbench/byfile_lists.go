//go:build unix

package main

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"github.com/entente-graph/entente/graph"
)

// actors gives the numbers of those of some actors that take part in anything, and in how many engagements of many.
func (h *fileHand) actors(ctx context.Context, of []graph.Constituent) (numbers []int64, wide int, err error) {
	keys := make([]graph.ActorKey, len(of))
	for i, c := range of {
		keys[i] = c.Actor
	}
	err = h.query(ctx, "SELECT actor.id, actor.wide FROM json_each(?) j CROSS JOIN actor WHERE actor.key = j.value", func(r *sql.Rows) error {
		var n int64
		var w int
		err := r.Scan(&n, &w)
		numbers, wide = append(numbers, n), wide+w
		return err
	}, jsonList(keys))
	return numbers, wide, err
}

// engagements knows that in the graphs that are measured nobody takes part through another, and that no account leads another.
func (h *fileHand) engagements(ctx context.Context, q graph.EngagementQuery, into *fetched) error {
	a, wideA, err := h.actors(ctx, q.A)
	if err != nil {
		return err
	}
	if len(a) != 1 || q.Keys != nil || len(q.Topics)+len(q.Levels)+len(q.Where) > 0 || q.Order != (graph.Order{}) || q.BegunIn != nil || q.Last > 0 || q.Count {
		return errors.New("nobody has written by hand what fetches engagements by these filters")
	}
	args := []any{sql.Named("a", a[0]), sql.Named("load", q.Load), sql.Named("limit", q.First)}
	after := graph.Position{Start: graph.MinDay - 1}
	if q.After != nil {
		after = *q.After
	}
	args = append(args, sql.Named("start", after.Start), sql.Named("key", after.Key))
	lies := "(x.start, x.key) > (:start, :key) AND x.recordedFrom <= :load AND x.recordedTo > :load"
	if q.During != nil {
		lies += " AND EXISTS (SELECT 1 FROM engagement e WHERE e.statement = x.statement AND e.startMin < :to AND e.endMax >= :from)"
		args = append(args, sql.Named("from", q.During.From), sql.Named("to", q.During.To))
	}
	if len(q.Kinds) > 0 {
		mask := 0
		for _, k := range q.Kinds {
			mask |= 1 << slices.Index(handKinds, k)
		}
		lies += " AND (x.traits & :kinds) <> 0"
		args = append(args, sql.Named("kinds", mask))
	}
	text := "SELECT x.start, x.key, x.statement FROM actor_part x WHERE x.actor = :a AND " + lies + " GROUP BY x.start, x.key, x.statement"
	if len(q.B) > 0 {
		b, wideB, err := h.actors(ctx, q.B)
		if err != nil || len(b) != 1 {
			return errors.Join(err, errors.New("nobody has written by hand what fetches engagements of two sides like these"))
		}
		one, other := a[0], b[0] // the one has fewer engagements of many
		if wideB < wideA {
			one, other = other, one
		}
		args[0] = sql.Named("a", min(a[0], b[0]))
		args = append(args, sql.Named("b", max(a[0], b[0])), sql.Named("one", one), sql.Named("other", other))
		text = "SELECT x.start, x.key, x.statement FROM dyad x WHERE x.a = :a AND x.b = :b AND " + lies + `
			UNION SELECT x.start, x.key, x.statement FROM actor_part x INDEXED BY actor_part_wide WHERE x.wide = 1 AND x.actor = :one AND ` + lies + `
				AND EXISTS (SELECT 1 FROM part p WHERE p.statement = x.statement AND p.actor = :other)`
	}
	return h.query(ctx, "SELECT "+handColumns+" FROM ("+text+` ORDER BY 1, 2, 3 LIMIT :limit) f CROSS JOIN statement s
		WHERE s.id = f.statement ORDER BY f.start, f.key, s.source`, func(r *sql.Rows) error { return statement(r, into) }, args...)
}

// gatherings reads a row for each part.
func (h *fileHand) gatherings(ctx context.Context, q graph.GatheringQuery, into *fetched) error {
	if len(q.Kinds)+len(q.Topics) > 0 || q.During != nil || q.BegunIn != nil {
		return errors.New("nobody has written by hand what fetches gatherings by these filters")
	}
	of, _, err := h.actors(ctx, q.Of)
	if err != nil {
		return err
	}
	limit := graph.GatheringLimit(q)
	var read []graph.Gathering
	var last int64
	err = h.query(ctx, `WITH f AS (
			SELECT DISTINCT x.start, x.key, x.statement FROM json_each(:of) j CROSS JOIN actor_part x
			WHERE x.actor = j.value AND x.wide = 0 AND x.recordedFrom <= :load AND x.recordedTo > :load
			ORDER BY 1 DESC, 2 DESC LIMIT :limit)
		SELECT f.start, f.key, f.statement, e.traits, actor.key, p.fromDay, p.toDay, p.side
		FROM f CROSS JOIN engagement e CROSS JOIN part p CROSS JOIN actor
		WHERE e.statement = f.statement AND p.statement = f.statement AND actor.id = p.actor`,
		func(r *sql.Rows) error {
			var next graph.Gathering
			var p graph.Presence
			var n, traits int64
			if err := r.Scan(&next.Start, &next.Key, &n, &traits, &p.Actor, &p.Possible.From, &p.Possible.To, &p.Side); err != nil {
				return err
			}
			if n != last {
				last = n
				next.Kind, next.Topics = handTraits(traits)
				read = append(read, next)
			}
			g := &read[len(read)-1]
			g.Parts = append(g.Parts, p)
			return nil
		}, sql.Named("of", jsonList(of)), sql.Named("load", q.Load), sql.Named("limit", limit))
	page, enough := graph.GatheringsOf(read, q, limit) // leaves out those of more actors than asked for
	if err == nil && !enough {
		err = errors.New("nobody has written by hand what asks for gatherings again")
	}
	into.gatherings = append(into.gatherings, page.Items...)
	return err
}

// handKinds are the kinds of engagement by their bit in the file, handTopics the topics by their bit in the file.
var handKinds = []graph.EngagementKind{graph.KindAgreement, graph.KindDispute, graph.KindMeeting, graph.KindAct}

var handTopics = []graph.Topic{
	graph.TopicDefense, graph.TopicIntelligence, graph.TopicDiplomacy, graph.TopicTrade, graph.TopicFinance,
	graph.TopicTerritory, graph.TopicFisheries, graph.TopicHistory, graph.TopicEnvironment, graph.TopicWater,
	graph.TopicNuclear, graph.TopicCulture, graph.TopicHumanitarian, graph.TopicEnergy, graph.TopicTransport,
	graph.TopicMigration, graph.TopicJustice, graph.TopicTechnology,
}

func handTraits(traits int64) (kind graph.EngagementKind, topics []graph.Topic) {
	for i, k := range handKinds {
		if traits&(1<<i) != 0 {
			kind = k
		}
	}
	for i, t := range handTopics {
		if traits&(1<<(16+i)) != 0 {
			topics = append(topics, t)
		}
	}
	return kind, topics
}
