package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// searchHits finds the things whose names have every term, in one name or in several: an arm for each term (some words are in
// very many names), which gives each thing once. Of a person of several keys the one that leads is found.
func searchHits(terms [][2]any) (text string, args []any) {
	arms := make([]string, len(terms))
	for n, t := range terms {
		arms[n] = fmt.Sprintf(termArm, n)
		if t[1].(bool) {
			arms[n] = fmt.Sprintf(prefixArm, n)
		}
		args = append(args, sql.Named(fmt.Sprintf("t%d", n), t[0]))
	}
	found := strings.Join(arms, " UNION ALL ")
	if len(arms) > 1 {
		found = fmt.Sprintf(everyTerm, found, len(arms))
	}
	return fmt.Sprintf(rankedHits, found), args
}

const (
	// leading is the key under which an actor is found.
	leading = `coalesce((` + leads + `), x.key)`

	termArm = `SELECT x.kind, x.key, 0 FROM term x
		WHERE x.whole = 0 AND x.term = :t%[1]d AND x.kind > 0 AND x.recordedFrom <= :load AND x.recordedTo > :load GROUP BY x.kind, x.key
		UNION ALL SELECT x.kind, ` + leading + `, 0 FROM term x
		WHERE x.whole = 0 AND x.term = :t%[1]d AND x.kind = 0 AND x.recordedFrom <= :load AND x.recordedTo > :load GROUP BY 1, 2`

	// A prefix is the range of terms from it up to it followed by the last character there is.
	prefixArm = `SELECT x.kind, iif(x.kind = 0, ` + leading + `, x.key), min(x.term <> :t%[1]d) FROM term x
		WHERE x.whole = 0 AND x.term >= :t%[1]d AND x.term < :t%[1]d || char(1114111) AND x.recordedFrom <= :load AND x.recordedTo > :load
		GROUP BY 1, 2`

	everyTerm = `SELECT kind, key, max(begun) FROM (SELECT 0 AS kind, '' AS key, 0 AS begun WHERE 0 UNION ALL %s)
		GROUP BY kind, key HAVING count(*) = %d`

	// What has the whole text as a name is mostly little or nothing, and is looked for once: the query for it names nothing that was found.
	rankedHits = `WITH found(kind, key, begun) AS (%s),
	ranked(rank, kind, key) AS (
		SELECT CASE WHEN (kind, key) IN (SELECT x.kind, iif(x.kind = 0, ` + leading + `, x.key) FROM term x
				WHERE x.whole = 1 AND x.term = :whole AND x.recordedFrom <= :load AND x.recordedTo > :load)
			THEN 0 ELSE 1 + begun END, kind, key
		FROM found)
	SELECT rank, kind, key FROM ranked WHERE (rank, kind, key) > (:rank, :kind, :key) `
)

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
	among, err := list(kinds)
	if err != nil {
		return page, err
	}
	after, afterKind := graph.Hit{Rank: -1}, 0
	if q.After != nil {
		after = *q.After
		afterKind, _ = slices.BinarySearch(searchKinds, after.Kind)
	}
	text, args := searchHits(wanted)
	args = append(args, sql.Named("whole", q.Whole), sql.Named("load", q.Load), sql.Named("rank", after.Rank),
		sql.Named("kind", afterKind), sql.Named("key", after.Key), sql.Named("limit", oneMore(q.First)))
	if len(q.Kinds) > 0 {
		text += "AND kind IN (SELECT value FROM json_each(:kinds)) "
		args = append(args, sql.Named("kinds", among))
	}
	err = s.ask(ctx, text+"ORDER BY rank, kind, key LIMIT :limit", args, func(c *cells) error {
		*place(&page.Hits) = graph.Hit{Rank: int(c.number(0)), Kind: searchKinds[c.number(1)], Key: c.text(2)}
		return nil
	})
	if err == nil && q.First > 0 && len(page.Hits) > q.First {
		page.Hits, page.More = page.Hits[:q.First], true
	}
	return page, err
}
