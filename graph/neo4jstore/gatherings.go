package neo4jstore

import (
	"context"
	"fmt"

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
	params := map[string]any{"load": int64(q.Load), "of": of, "leads": true}
	if v.Filtered {
		params["kinds"], params["topics"], params["box"] = orAll(q.Kinds, graph.KindAgreement, graph.KindDispute, graph.KindMeeting, graph.KindAct), orAll(q.Topics, ""), box
		params["levels"] = orAll(nil, graph.LevelSummit, graph.LevelMinisterial, graph.LevelOfficials, graph.LevelMilitary, graph.LevelMixed, "")
	}
	for limit := graph.GatheringLimit(q); ; limit *= 2 {
		params["limit"] = int64(limit)
		r := gatheringReader{keys: map[string]graph.ActorKey{}, days: map[[2]string]graph.Interval{}}
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
	days map[[2]string]graph.Interval
}

func (r *gatheringReader) take(v map[string]any) error {
	if v["place"] == nil {
		return nil
	}
	at, err := positionOf(str(v["place"]))
	if err != nil {
		return err
	}
	g := graph.Gathering{Key: graph.EngagementKey(at.Key), Start: at.Start, Kind: graph.EngagementKind(str(v["kind"]))}
	for _, t := range itemsOf(v["topics"]) {
		g.Topics = append(g.Topics, graph.Topic(str(t)))
	}
	parts := itemsOf(v["parts"])
	g.Parts = make([]graph.Presence, 0, len(parts))
	for _, p := range parts {
		part := itemsOf(p)
		if len(part) != 4 {
			return fmt.Errorf("%v is not a part of %s", p, at.Key)
		}
		days, err := r.interval(str(part[1]), str(part[2]))
		if err != nil {
			return err
		}
		g.Parts = append(g.Parts, graph.Presence{Actor: r.actor(str(part[0])), Possible: days, Side: str(part[3])})
	}
	r.read = append(r.read, g)
	return nil
}

func (r *gatheringReader) actor(key string) graph.ActorKey {
	if a, ok := r.keys[key]; ok {
		return a
	}
	r.keys[key] = graph.ActorKey(key)
	return graph.ActorKey(key)
}

func (r *gatheringReader) interval(from, to string) (i graph.Interval, err error) {
	text := [2]string{from, to}
	if i, ok := r.days[text]; ok {
		return i, nil
	}
	if i, err = intervalOf(from, to); err == nil {
		r.days[text] = i
	}
	return i, err
}

func itemsOf(v any) []any {
	all, _ := v.([]any)
	return all
}
