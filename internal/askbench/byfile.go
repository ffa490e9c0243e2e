//go:build unix

package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"

	_ "modernc.org/sqlite" // the driver that the store has

	"github.com/entente-graph/entente/graph"
)

// A fileHand reads a store's file by database/sql. As a careful person's program does, it prepares each text once.
type fileHand struct {
	db       *sql.DB
	mu       sync.Mutex
	prepared map[string]*sql.Stmt
}

func byFile(path string) (*fileHand, error) {
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro&_pragma=cache_size(-16384)&_pragma=automatic_index(0)")
	if err != nil {
		return nil, err
	}
	conns := max(4, 2*runtime.GOMAXPROCS(0)) // as many as the store has, so that as many pages are held
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	return &fileHand{db: db, prepared: map[string]*sql.Stmt{}}, nil
}

func (h *fileHand) close() error {
	var errs []error
	for _, st := range h.prepared {
		errs = append(errs, st.Close())
	}
	return errors.Join(append(errs, h.db.Close())...)
}

func (h *fileHand) query(ctx context.Context, text string, scan func(*sql.Rows) error, args ...any) (err error) {
	h.mu.Lock()
	st := h.prepared[text]
	if st == nil {
		if st, err = h.db.PrepareContext(ctx, text); err == nil {
			h.prepared[text] = st
		}
	}
	h.mu.Unlock()
	if err != nil {
		return err
	}
	rows, err := st.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (h *fileHand) fetch(ctx context.Context, q any, into *fetched) error {
	switch q := q.(type) {
	case graph.StatementQuery:
		return h.statements(ctx, q, into)
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

const handColumns = "s.source, s.slice, s.kind, s.key, s.hash, s.body, s.locator, s.recordedFrom"

// statement reads one into the last of what was fetched.
func statement(r *sql.Rows, into *fetched) error {
	into.recorded = append(into.recorded, graph.Recorded{})
	s := &into.recorded[len(into.recorded)-1]
	var hash sql.RawBytes
	err := r.Scan(&s.Source, &s.Slice, &s.Kind, &s.Key, &hash, &s.Body, &s.Locator, &s.Load)
	copy(s.Hash[:], hash)
	return err
}

func jsonList(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // lists of words
	}
	return string(text)
}

func (h *fileHand) statements(ctx context.Context, q graph.StatementQuery, into *fetched) error {
	scan := func(r *sql.Rows) error { return statement(r, into) }
	if len(q.Keys) == 1 {
		return h.query(ctx, "SELECT "+handColumns+" FROM statement s WHERE s.kind = ? AND s.key = ? AND s.recordedFrom <= ? AND s.recordedTo > ?",
			scan, q.Kind, q.Keys[0], q.Load, q.Load)
	}
	return h.query(ctx, "SELECT "+handColumns+` FROM statement s WHERE s.kind = ? AND s.key IN (SELECT value FROM json_each(?))
		AND s.recordedFrom <= ? AND s.recordedTo > ? ORDER BY s.key, s.source`, scan, q.Kind, jsonList(q.Keys), q.Load, q.Load)
}

func (h *fileHand) components(ctx context.Context, q graph.ComponentQuery, into *fetched) error {
	if q.Members {
		return errors.New("nobody has written by hand what fetches memberships")
	}
	above := "SELECT value FROM json_each(:of)"
	if q.Wholes {
		above += ` UNION SELECT c.whole FROM w CROSS JOIN component c WHERE c.part = w.key AND c.member = 0 AND c.recordedFrom <= :load AND c.recordedTo > :load`
	}
	return h.query(ctx, "WITH RECURSIVE w(key) AS ("+above+`), x(key) AS (SELECT key FROM w UNION
			SELECT c.part FROM x CROSS JOIN component c WHERE c.whole = x.key AND c.member = 0 AND c.recordedFrom <= :load AND c.recordedTo > :load)
		SELECT DISTINCT c.part, c.whole, c.fromDay, c.toDay FROM x CROSS JOIN component c
		WHERE c.whole = x.key AND c.member = 0 AND c.recordedFrom <= :load AND c.recordedTo > :load ORDER BY 2, 1, 3, 4`,
		func(r *sql.Rows) error {
			var c graph.Component
			err := r.Scan(&c.Part, &c.Whole, &c.Period.From, &c.Period.To)
			into.components = append(into.components, c)
			return err
		}, sql.Named("of", jsonList(q.Of)), sql.Named("load", q.Load))
}

// search asks as the store does: there is one way to find what has every word, and to rank it.
func (h *fileHand) search(ctx context.Context, q graph.SearchQuery, into *fetched) error {
	arms := make([]string, len(q.Terms))
	args := []any{sql.Named("load", q.Load), sql.Named("whole", q.Whole), sql.Named("limit", q.First), sql.Named("terms", len(q.Terms))}
	for i, t := range q.Terms {
		name := fmt.Sprintf("t%d", i)
		among := "term = :" + name
		if t.Prefix {
			among = fmt.Sprintf("term >= :%[1]s AND term < :%[1]s || char(1114111)", name)
		}
		arms[i] = fmt.Sprintf("SELECT %d, kind, key, min(term <> :%s) FROM term WHERE whole = 0 AND %s AND recordedFrom <= :load AND recordedTo > :load GROUP BY kind, key", i, name, among)
		args = append(args, sql.Named(name, t.Text))
	}
	return h.query(ctx, "WITH hit(n, kind, key, begun) AS ("+strings.Join(arms, " UNION ALL ")+`)
		SELECT CASE WHEN EXISTS (SELECT 1 FROM term x WHERE x.whole = 1 AND x.term = :whole AND x.kind = hit.kind AND x.key = hit.key
			AND x.recordedFrom <= :load AND x.recordedTo > :load) THEN 0 ELSE 1 + max(begun) END AS rank, kind, key
		FROM hit GROUP BY kind, key HAVING count(*) = :terms ORDER BY rank, kind, key LIMIT :limit`,
		func(r *sql.Rows) error {
			var hit graph.Hit
			var kind int
			err := r.Scan(&hit.Rank, &kind, &hit.Key)
			hit.Kind = []graph.SearchKind{graph.SearchActor, graph.SearchEngagement}[kind]
			into.hits = append(into.hits, hit)
			return err
		}, args...)
}
