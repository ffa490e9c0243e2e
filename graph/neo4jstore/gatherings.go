package neo4jstore

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// Gatherings gives the last engagements in which any of q.Of takes part, with all who take part in them.
func (s *Store) Gatherings(ctx context.Context, q graph.GatheringQuery) (page graph.GatheringPage, err error) {
	defer failed(ctx, &err, "gatherings at load %d", q.Load)
	if err := q.Check(); err != nil {
		return page, err
	}
	e := q.Filter()
	box, narrow, possible := boxOf(e)
	of := sideOf(q.Of, e)
	if !possible || len(of) == 0 {
		return page, s.known(ctx, q.Load)
	}
	v := variant{Filtered: narrow || len(q.Kinds)+len(q.Topics) > 0}
	params := map[string]any{"load": int64(q.Load), "of": of, "leads": true, "topics": orAll(q.Topics, ""), "ofSources": []string{""}, "ofParties": []any{}}
	if v.Filtered {
		params["kinds"], params["box"] = orAll(q.Kinds, graph.KindAgreement, graph.KindDispute, graph.KindMeeting, graph.KindAct), box
		params["levels"] = orAll(nil, graph.LevelSummit, graph.LevelMinisterial, graph.LevelOfficials, graph.LevelMilitary, graph.LevelMixed, "")
	}
	for limit := graph.GatheringLimit(q); ; limit *= 2 {
		params["limit"] = int64(limit)
		r := gatheringReader{keys: map[string]graph.ActorKey{}, days: map[string]graph.Interval{}}
		if err := s.ask(ctx, v.name("gatherings"), params, r.take); err != nil {
			return page, err
		}
		if page, enough := graph.GatheringsOf(r.read, q, limit); enough {
			return page, nil
		}
	}
}

// A gatheringReader reads gatherings. The same few actors and days come again and again: each is kept once.
type gatheringReader struct {
	read []graph.Gathering
	keys map[string]graph.ActorKey
	days map[string]graph.Interval
}

// take reads a row: the gatherings that began in one year.
func (r *gatheringReader) take(v map[string]any) error {
	for _, item := range itemsOf(v["gatherings"]) {
		if err := r.gathering(itemsOf(item)); err != nil {
			return err
		}
	}
	return nil
}

func (r *gatheringReader) gathering(v []any) error {
	if len(v) != 4 {
		return fmt.Errorf("%v is not a gathering", v)
	}
	start, key, ok := strings.Cut(str(v[0]), "|")
	if !ok {
		return fmt.Errorf("%q is not a place in a list", v[0])
	}
	began, err := r.interval(start + lastDay)
	if err != nil {
		return err
	}
	g := graph.Gathering{Key: graph.EngagementKey(key), Start: began.From, Kind: graph.EngagementKind(str(v[1]))}
	for _, t := range itemsOf(v[2]) {
		g.Topics = append(g.Topics, graph.Topic(str(t)))
	}
	parts := itemsOf(v[3])
	g.Parts = make([]graph.Presence, 0, len(parts))
	for _, p := range parts {
		part, err := r.part(str(p))
		if err != nil {
			return fmt.Errorf("%q is not a part of %s: %w", p, key, err)
		}
		g.Parts = append(g.Parts, part)
	}
	r.read = append(r.read, g)
	return nil
}

// part reads two days, a side, and an actor's key behind what no side and no key has in it.
func (r *gatheringReader) part(text string) (p graph.Presence, err error) {
	const days = len(firstDay) + len(lastDay)
	end := strings.LastIndexByte(text, 1)
	if end < days {
		return p, errors.New("it should have two days, a side and an actor")
	}
	p.Side, p.Actor = strings.Clone(text[days:end]), r.actor(text[end+1:])
	p.Possible, err = r.interval(text[:days])
	return p, err
}

func (r *gatheringReader) actor(key string) graph.ActorKey {
	a, ok := r.keys[key]
	if !ok {
		a = graph.ActorKey(strings.Clone(key))
		r.keys[string(a)] = a
	}
	return a
}

// interval reads its first day and the day after its last.
func (r *gatheringReader) interval(text string) (i graph.Interval, err error) {
	i, ok := r.days[text]
	if !ok {
		if i, err = intervalOf(text[:len(firstDay)], text[len(firstDay):]); err == nil {
			r.days[strings.Clone(text)] = i
		}
	}
	return i, err
}

func itemsOf(v any) []any {
	all, _ := v.([]any)
	return all
}
