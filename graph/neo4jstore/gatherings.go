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
	params := map[string]any{"load": int64(q.Load), "of": of, "most": int64(q.MaxActors), "leads": true, "limit": int64(q.Last) + 1}
	if v.Filtered {
		params["kinds"], params["topics"], params["box"] = orAll(q.Kinds, graph.KindAgreement, graph.KindDispute, graph.KindMeeting, graph.KindAct), orAll(q.Topics, ""), box
		params["levels"] = orAll(nil, graph.LevelSummit, graph.LevelMinisterial, graph.LevelOfficials, graph.LevelMilitary, graph.LevelMixed, "")
	}
	var read []graph.Gathering
	known := map[[2]string]graph.Interval{} // the same few days again and again
	err = s.ask(ctx, v.name("gatherings"), params, func(v map[string]any) error {
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
		for _, p := range itemsOf(v["parts"]) {
			part := itemsOf(p)
			if len(part) != 4 {
				return fmt.Errorf("%v is not a part of %s", p, at.Key)
			}
			text := [2]string{str(part[1]), str(part[2])}
			days, ok := known[text]
			if !ok {
				if days, err = intervalOf(text[0], text[1]); err != nil {
					return err
				}
				known[text] = days
			}
			g.Parts = append(g.Parts, graph.Presence{Actor: graph.ActorKey(str(part[0])), Possible: days, Side: str(part[3])})
		}
		read = append(read, g)
		return nil
	})
	return graph.GatheringsOf(read, q.Last), err
}

func itemsOf(v any) []any {
	all, _ := v.([]any)
	return all
}
