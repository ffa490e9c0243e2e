//go:build unix

package main

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/entente-graph/entente/graph"
)

const handVisible = "p.recordedFrom <= $load AND p.recordedTo > $load"

// engagements knows that in the graphs that are measured nobody takes part through another, and that no account leads another.
func (h *byDriver) engagements(ctx context.Context, q graph.EngagementQuery, into *fetched) error {
	if q.Keys != nil || len(q.Topics)+len(q.Levels)+len(q.Where) > 0 || q.Order != (graph.Order{}) || q.BegunIn != nil || q.Last > 0 || q.Count {
		return errors.New("nobody has written by hand what fetches engagements by these filters")
	}
	prefix := string(q.A[0].Actor) + "|"
	params := map[string]any{"load": int64(q.Load), "limit": int64(q.First)}
	lies := handVisible
	if q.During != nil {
		lies += " AND p.startMin <= $last AND p.endMax >= $first"
		params["first"], params["last"] = q.During.From.String(), (q.During.To - 1).String()
	}
	if len(q.Kinds) > 0 {
		lies += " AND p.engagementKind IN $kinds"
		params["kinds"] = texts(q.Kinds)
	}
	after := ""
	if q.After != nil {
		after = q.After.Start.String() + "|" + q.After.Key
	}
	text := "MATCH ()-[p:PARTICIPATES_IN]->() USING INDEX p:PARTICIPATES_IN(at) WHERE p.at > $after AND p.at < $end AND " + lies +
		" WITH DISTINCT p.at AS at, p.statement AS statement ORDER BY at LIMIT $limit"
	if len(q.B) > 0 {
		d := graph.NewDyadKey(q.A[0].Actor, q.B[0].Actor)
		prefix = string(d.A) + "|" + string(d.B) + "|"
		one := string(d.B) + "|" // later states take part in less
		params["prefix"], params["one"], params["oneAfter"], params["oneEnd"], params["other"] = prefix, one, one+after, one+"~", string(d.A)
		text = `CALL () {
				MATCH ()-[p:BETWEEN]->() USING INDEX p:BETWEEN(at) WHERE p.at > $after AND p.at < $end AND ` + lies + `
				RETURN substring(p.at, size($prefix)) AS at, p.statement AS statement
				UNION
				MATCH ()-[p:PARTICIPATES_IN]->() USING INDEX p:PARTICIPATES_IN(wideAt)
				WHERE p.wideAt > $oneAfter AND p.wideAt < $oneEnd AND ` + lies + `
				MATCH (w:Statement {id: p.statement}) WHERE $other IN w.actors
				RETURN substring(p.at, size($one)) AS at, p.statement AS statement
			}
			WITH at, statement ORDER BY at LIMIT $limit`
	}
	params["after"], params["end"] = prefix+after, prefix+"~"
	return h.recorded(ctx, text+" MATCH (s:Statement {id: statement}) WITH at, s ORDER BY at "+handStatement, params, into)
}

// gatherings reads a row for each part.
func (h *byDriver) gatherings(ctx context.Context, q graph.GatheringQuery, into *fetched) error {
	if len(q.Kinds)+len(q.Topics) > 0 || q.During != nil || q.BegunIn != nil {
		return errors.New("nobody has written by hand what fetches gatherings by these filters")
	}
	of := make([]string, len(q.Of))
	for i, c := range q.Of {
		of[i] = string(c.Actor) + "|"
	}
	limit := graph.GatheringLimit(q)
	var read []graph.Gathering
	at := ""
	err := h.query(ctx, `UNWIND $of AS prefix
		MATCH ()-[p:PARTICIPATES_IN]->() USING INDEX p:PARTICIPATES_IN(at)
		WHERE p.at > prefix AND p.at < prefix + '~' AND p.wideAt IS NULL AND `+handVisible+`
		MATCH (s:Statement {id: p.statement})
		WITH DISTINCT s ORDER BY s.at DESC LIMIT $limit
		MATCH (s)-[:ABOUT]->()<-[q:PARTICIPATES_IN]-(y:Actor) WHERE q.statement = s.id
		RETURN s.at, s.engagementKind, s.topics, y.key, q.fromDay, q.toDay, q.side`,
		map[string]any{"of": of, "load": int64(q.Load), "limit": int64(limit)}, func(v []any) error {
			if place := as[string](v[0]); place != at {
				at = place
				parts := strings.SplitN(place, "|", 3)
				start, err := day(parts[1])
				if err != nil {
					return err
				}
				g := graph.Gathering{Key: graph.EngagementKey(parts[2]), Start: start, Kind: graph.EngagementKind(as[string](v[1]))}
				for _, t := range as[[]any](v[2]) {
					g.Topics = append(g.Topics, graph.Topic(as[string](t)))
				}
				read = append(read, g)
			}
			days, err := interval(v[4], v[5])
			g := &read[len(read)-1]
			g.Parts = append(g.Parts, graph.Presence{Actor: graph.ActorKey(as[string](v[3])), Possible: days, Side: as[string](v[6])})
			return err
		})
	page, enough := graph.GatheringsOf(read, q, limit) // leaves out those of more actors than asked for
	if err == nil && !enough {
		err = errors.New("nobody has written by hand what asks for gatherings again")
	}
	into.gatherings = append(into.gatherings, page.Items...)
	return err
}

func interval(from, to any) (graph.Interval, error) {
	first, errF := day(as[string](from))
	last, errT := day(as[string](to))
	return graph.Interval{From: first, To: last}, errors.Join(errF, errT)
}

// day reads a day as it is kept.
func day(text string) (graph.Day, error) {
	switch text {
	case "0000-00-00":
		return graph.MinDay, nil
	case "9999-99-99":
		return graph.MaxDay, nil
	}
	t, err := time.Parse(time.DateOnly, text)
	return graph.Day(t.Unix() / 86400), err
}
