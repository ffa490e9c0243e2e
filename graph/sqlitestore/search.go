package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"github.com/entente-graph/entente/graph"
)

// leading is the key under which what has a term is found.
const leading = "iif(x.kind = 0, coalesce((" + leads + "), x.key), x.key)"

// searchHits finds the things whose names have every term, in one name or in several. A prefix is the range of
// terms from it up to it followed by the last character there is. What is found is sorted once, by thing, whose terms are
// counted then: some words are in very many names.
// Of a person of several keys the one that leads is found.
const searchHits = `WITH
	t(n, term, prefix) AS MATERIALIZED (SELECT j.key, j.value ->> 0, j.value ->> 1 FROM json_each(:terms) j),
	hit(kind, key, n, begun) AS (
		SELECT x.kind, ` + leading + `, t.n, 0 FROM t CROSS JOIN term x
		WHERE x.whole = 0 AND x.term = t.term AND x.recordedFrom <= :load AND x.recordedTo > :load
		UNION ALL
		SELECT x.kind, ` + leading + `, t.n, 1 FROM t CROSS JOIN term x
		WHERE t.prefix = 1 AND x.whole = 0 AND x.term > t.term AND x.term < t.term || char(1114111) AND x.recordedFrom <= :load AND x.recordedTo > :load),
	found(kind, key, begun) AS (
		SELECT kind, key, count(DISTINCT iif(begun, NULL, n)) < (SELECT count(*) FROM t)
		FROM hit GROUP BY kind, key HAVING count(DISTINCT n) = (SELECT count(*) FROM t)),
	ranked(rank, kind, key) AS (
		SELECT CASE WHEN EXISTS (SELECT 1 FROM term x WHERE x.whole = 1 AND x.term = :whole AND x.kind = found.kind
				AND x.key IN (SELECT found.key UNION ALL SELECT c.part FROM component c INDEXED BY component_whole
					WHERE found.kind = 0 AND c.whole = found.key AND c.member = 2 AND c.recordedFrom <= :load AND c.recordedTo > :load)
				AND x.recordedFrom <= :load AND x.recordedTo > :load) THEN 0
			ELSE 1 + begun END, kind, key
		FROM found)
	SELECT rank, kind, key FROM ranked WHERE (rank, kind, key) > (:rank, :kind, :key) `

// Search pages through what the terms find.
func (s *Store) Search(ctx context.Context, q graph.SearchQuery) (page graph.SearchPage, err error) {
	defer failed(ctx, &err, "search %q at load %d", q.Whole, q.Load)
	if err := errors.Join(q.Check(), s.at(ctx, q.Load)); err != nil {
		return page, err
	}
	if len(q.Terms) == 0 {
		return page, nil
	}
	// A term that is looked for as a word and as a prefix must be found as both: that is, as a word.
	exact := map[string]bool{}
	for _, t := range q.Terms {
		exact[t.Text] = exact[t.Text] || !t.Prefix
	}
	var wanted [][2]any
	for _, t := range q.Terms {
		if word, ok := exact[t.Text]; ok {
			wanted = append(wanted, [2]any{t.Text, !word})
			delete(exact, t.Text)
		}
	}
	kinds := make([]int, len(q.Kinds))
	for i, k := range q.Kinds {
		kinds[i] = slices.Index(searchKinds, k)
	}
	terms, errT := list(wanted)
	among, errK := list(kinds)
	if err := errors.Join(errT, errK); err != nil {
		return page, err
	}
	after, afterKind := graph.Hit{Rank: -1}, 0
	if q.After != nil {
		after = *q.After
		afterKind, _ = slices.BinarySearch(searchKinds, after.Kind)
	}
	args := []any{
		sql.Named("terms", terms), sql.Named("whole", q.Whole), sql.Named("load", q.Load), sql.Named("rank", after.Rank),
		sql.Named("kind", afterKind), sql.Named("key", after.Key), sql.Named("limit", oneMore(q.First)),
	}
	text := searchHits
	if len(q.Kinds) > 0 {
		text += "AND kind IN (SELECT value FROM json_each(:kinds)) "
		args = append(args, sql.Named("kinds", among))
	}
	err = s.query(ctx, text+"ORDER BY rank, kind, key LIMIT :limit", args, func(r *sql.Rows) error {
		var h graph.Hit
		var kind int
		if err := r.Scan(&h.Rank, &kind, &h.Key); err != nil {
			return err
		}
		h.Kind = searchKinds[kind]
		page.Hits = append(page.Hits, h)
		return nil
	})
	if err == nil && q.First > 0 && len(page.Hits) > q.First {
		page.Hits, page.More = page.Hits[:q.First], true
	}
	return page, err
}
