//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/entente-graph/entente/graph"
)

// byDriver reads a store's database by sessions of the driver, a text at a time, each in one round trip.
type byDriver struct {
	driver neo4j.DriverWithContext
}

func (h *byDriver) close() error { return h.driver.Close(context.Background()) }

// alone does something in a session that may write.
func (h *byDriver) alone(ctx context.Context, f func(context.Context, neo4j.SessionWithContext) error) (err error) {
	session := h.driver.NewSession(ctx, neo4j.SessionConfig{})
	defer func() { err = errors.Join(err, session.Close(ctx)) }()
	return f(ctx, session)
}

func (h *byDriver) query(ctx context.Context, text string, params map[string]any, scan func(values []any) error) (err error) {
	session := h.driver.NewSession(ctx, neo4j.SessionConfig{AccessMode: neo4j.AccessModeRead, FetchSize: neo4j.FetchAll})
	defer func() { err = errors.Join(err, session.Close(ctx)) }()
	result, err := session.Run(ctx, text, params)
	if err != nil {
		return err
	}
	for result.Next(ctx) {
		if err := scan(result.Record().Values); err != nil {
			return err
		}
	}
	return result.Err()
}

func (h *byDriver) fetch(ctx context.Context, q any, into *fetched) error {
	switch q := q.(type) {
	case graph.StatementQuery:
		refs := make([]string, len(q.Keys))
		for i, key := range q.Keys {
			refs[i] = string(q.Kind) + "|" + key
		}
		return h.recorded(ctx, `UNWIND $refs AS ref MATCH (s:Statement {ref: ref}) WHERE s.recordedFrom <= $load AND s.recordedTo > $load `+handStatement+
			` ORDER BY s.key, s.source`, map[string]any{"refs": refs, "load": int64(q.Load)}, into)
	case graph.ComponentQuery:
		return h.components(ctx, q, into)
	case graph.EngagementQuery:
		return h.engagements(ctx, q, into)
	case graph.GatheringQuery:
		return h.gatherings(ctx, q, into)
	case graph.SearchQuery:
		return h.search(ctx, q, into)
	default:
		return fmt.Errorf("nobody has written by hand what fetches a %T", q)
	}
}

const handStatement = `RETURN s.source, s.slice, s.kind, s.key, s.hash, s.body, s.locator, s.recordedFrom`

func (h *byDriver) recorded(ctx context.Context, text string, params map[string]any, into *fetched) error {
	return h.query(ctx, text, params, func(v []any) error {
		r := graph.Recorded{Load: graph.LoadNumber(as[int64](v[7]))}
		r.Source, r.Slice, r.Kind, r.Key = graph.SourceKey(as[string](v[0])), graph.SliceID(as[string](v[1])), graph.StatementKind(as[string](v[2])), as[string](v[3])
		copy(r.Hash[:], as[[]byte](v[4]))
		r.Body, r.Locator = []byte(as[string](v[5])), as[string](v[6])
		into.recorded = append(into.recorded, r)
		return nil
	})
}

func as[T any](v any) T {
	t, _ := v.(T)
	return t
}

// components reads no days: their text is of all, or of a day each, and the graphs that are measured have none.
func (h *byDriver) components(ctx context.Context, q graph.ComponentQuery, into *fetched) error {
	if q.Members {
		return errors.New("nobody has written by hand what fetches memberships")
	}
	from := "MATCH (w:Actor) WHERE w.key IN $of"
	if q.Wholes {
		from += " MATCH (w)-[up:PART_OF*0..]->(w2:Actor) WHERE all(r IN up WHERE r.recordedFrom <= $load AND r.recordedTo > $load) WITH DISTINCT w2 AS w"
	}
	return h.query(ctx, from+` MATCH (w)<-[down:PART_OF*0..]-(x:Actor) WHERE all(r IN down WHERE r.recordedFrom <= $load AND r.recordedTo > $load)
		WITH DISTINCT x MATCH (x)<-[r:PART_OF]-(part:Actor) WHERE r.recordedFrom <= $load AND r.recordedTo > $load
		RETURN part.key, x.key, r.fromDay, r.toDay ORDER BY x.key, part.key`,
		map[string]any{"of": texts(q.Of), "load": int64(q.Load)}, func(v []any) error {
			days, err := interval(v[2], v[3])
			into.components = append(into.components, graph.Component{Part: graph.ActorKey(as[string](v[0])), Whole: graph.ActorKey(as[string](v[1])), Period: days})
			return err
		})
}

func texts[T ~string](all []T) []string {
	out := make([]string, len(all))
	for i, t := range all {
		out[i] = string(t)
	}
	return out
}

// search finds what has the words, by Terms.
func (h *byDriver) search(ctx context.Context, q graph.SearchQuery, into *fetched) error {
	terms := make([]map[string]any, len(q.Terms))
	for i, t := range q.Terms {
		terms[i] = map[string]any{"key": t.Text, "end": t.Text}
		if t.Prefix {
			terms[i]["end"] = t.Text + "\U0010FFFF"
		}
	}
	return h.query(ctx, `UNWIND $terms AS t
		MATCH (x:Term)<-[r:NAMED]-(s) USING INDEX x:Term(key)
		WHERE x.key >= t.key AND x.key <= t.end AND r.recordedFrom <= $load AND r.recordedTo > $load
		WITH t, s.searchKind AS kind, s.key AS key, s.ref AS ref, min(CASE WHEN x.key = t.key THEN 1 ELSE 2 END) AS rank
		WITH kind, key, ref, count(*) AS found, max(rank) AS rank WHERE found = size($terms)
		WITH kind, key, CASE WHEN EXISTS { MATCH (:Term {key: $whole})<-[r:NAMED]-(w:Statement {ref: ref}) WHERE r.recordedFrom <= $load AND r.recordedTo > $load }
			THEN 0 ELSE rank END AS rank
		RETURN rank, kind, key ORDER BY rank, kind, key LIMIT $limit`,
		map[string]any{"terms": terms, "whole": `"` + q.Whole + `"`, "load": int64(q.Load), "limit": int64(q.First)},
		func(v []any) error {
			into.hits = append(into.hits, graph.Hit{Rank: int(as[int64](v[0])), Kind: graph.SearchKind(as[string](v[1])), Key: as[string](v[2])})
			return nil
		})
}
