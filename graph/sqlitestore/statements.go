package sqlitestore

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// listOf is list of texts, mostly keys, of which there may be thousands, and in which there is mostly nothing to escape.
func listOf[T ~string](texts []T) (string, error) {
	text := make([]byte, 0, 2+32*len(texts))
	text = append(text, '[')
	for i, t := range texts {
		if i > 0 {
			text = append(text, ',')
		}
		if !plain(string(t)) {
			return list(texts)
		}
		text = append(append(append(text, '"'), t...), '"')
	}
	return string(append(text, ']')), nil
}

// list encodes values as the JSON array that a text reads with json_each.
func list[T any](values []T) (string, error) {
	if values == nil {
		return "[]", nil
	}
	text, err := json.Marshal(values)
	return string(text), err
}

// Statements gives statements by key.
func (s *Store) Statements(ctx context.Context, q graph.StatementQuery) (found []graph.Recorded, err error) {
	defer failed(ctx, &err, "%s statements at load %d", q.Kind, q.Load)
	if err := errors.Join(q.Check(), s.at(ctx, q.Load)); err != nil {
		return nil, err
	}
	args := []any{sql.Named("kind", q.Kind), sql.Named("load", q.Load)}
	among := ""
	switch {
	case q.Same:
		sorted := slices.Sorted(slices.Values(q.Keys))
		keys, err := listOf(slices.Compact(sorted))
		if err != nil {
			return nil, err
		}
		err = s.ask(ctx, accountsOfPersons, []any{sql.Named("keys", keys), sql.Named("load", q.Load)}, func(c *cells) error {
			return c.recorded(0, place(&found))
		})
		slices.SortStableFunc(found, func(a, b graph.Recorded) int {
			return cmp.Or(strings.Compare(a.Key, b.Key), strings.Compare(string(a.Source), string(b.Source)))
		})
		return found, err
	case len(q.Keys) == 1: // half of what a list of one would take
		among = "AND s.key = :key"
		args = append(args, sql.Named("key", q.Keys[0]))
	case q.Keys != nil:
		keys, err := listOf(q.Keys)
		if err != nil {
			return nil, err
		}
		among = "AND s.key IN (SELECT value FROM json_each(:keys))"
		args = append(args, sql.Named("keys", keys))
	}
	text := "SELECT " + recordedColumns + ` FROM statement s INDEXED BY statement_key
		WHERE s.kind = :kind ` + among + ` AND s.recordedTo > :load AND s.recordedFrom <= :load ORDER BY s.key, s.source`
	err = s.ask(ctx, text, args, func(c *cells) error {
		return c.recorded(0, place(&found))
	})
	return found, err
}

// accountsOfPersons finds what is said of actors under all keys of theirs, and the identities that say which these are; in no order,
// for sorting it here would carry bodies through SQLite's sorter. Hardly a key is one of several, so that what was asked for
// is read as it is, and the rest beside it.
const accountsOfPersons = `WITH
	person(lead) AS MATERIALIZED (
		SELECT c.whole FROM json_each(:keys) j CROSS JOIN component c INDEXED BY component_part
		WHERE c.part = j.value AND c.member = 2 AND c.recordedFrom <= :load AND c.recordedTo > :load
		UNION
		SELECT c.whole FROM json_each(:keys) j CROSS JOIN component c INDEXED BY component_whole
		WHERE c.whole = j.value AND c.member = 2 AND c.recordedFrom <= :load AND c.recordedTo > :load),
	more(key) AS MATERIALIZED (
		SELECT lead FROM person
		UNION
		SELECT c.part FROM person CROSS JOIN component c INDEXED BY component_whole
		WHERE c.whole = person.lead AND c.member = 2 AND c.recordedFrom <= :load AND c.recordedTo > :load
		EXCEPT
		SELECT value FROM json_each(:keys))
	SELECT ` + recordedColumns + ` FROM json_each(:keys) j CROSS JOIN statement s INDEXED BY statement_key
	WHERE s.kind = 'actor' AND s.key = j.value AND s.recordedTo > :load AND s.recordedFrom <= :load
	UNION ALL
	SELECT ` + recordedColumns + ` FROM more CROSS JOIN statement s INDEXED BY statement_key
	WHERE s.kind = 'actor' AND s.key = more.key AND s.recordedTo > :load AND s.recordedFrom <= :load
	UNION ALL
	SELECT DISTINCT ` + recordedColumns + ` FROM person CROSS JOIN component c INDEXED BY component_whole CROSS JOIN statement s
	WHERE c.whole = person.lead AND c.member = 2 AND c.recordedFrom <= :load AND c.recordedTo > :load AND s.id = c.statement`

// Links gives the links that accounts are in.
func (s *Store) Links(ctx context.Context, q graph.LinkQuery) (found []graph.Recorded, err error) {
	defer failed(ctx, &err, "links of %d engagements at load %d", len(q.Accounts), q.Load)
	if err := s.at(ctx, q.Load); err != nil {
		return nil, err
	}
	accounts, err := listOf(q.Accounts)
	if err != nil {
		return nil, err
	}
	text := "SELECT DISTINCT " + recordedColumns + ` FROM link l CROSS JOIN statement s
		WHERE l.account IN (SELECT value FROM json_each(:accounts)) AND l.recordedFrom <= :load AND l.recordedTo > :load AND s.id = l.statement
		ORDER BY s.key, s.source`
	err = s.ask(ctx, text, []any{sql.Named("accounts", accounts), sql.Named("load", q.Load)}, func(c *cells) error {
		return c.recorded(0, place(&found))
	})
	return found, err
}

// manifestPage is how many entries of a slice are read at once. No read is open while they are handed on: a long
// comparison does not keep the write-ahead log from being folded in, and any number of slices can be read side by side,
// which by a connection each would soon wait for one another.
const manifestPage = 1024

const (
	manifestSlice = `SELECT source, slice, kind, key, hash FROM statement INDEXED BY statement_manifest
		WHERE source = :source AND slice = :slice AND (kind, key) > (:kind, :key) AND recordedFrom <= :load AND recordedTo > :load
		ORDER BY kind, key LIMIT :limit`
	// The whole graph is read in one go: its order is not that of the index, and SQLite sorts it once, on disk if need be.
	manifestAll = `SELECT source, slice, kind, key, hash FROM statement INDEXED BY statement_manifest
		WHERE recordedFrom <= :load AND recordedTo > :load ORDER BY source, kind, key`
)

// Manifest streams ids and hashes.
func (s *Store) Manifest(ctx context.Context, q graph.ManifestQuery) iter.Seq2[graph.ManifestEntry, error] {
	return func(yield func(graph.ManifestEntry, error) bool) {
		var err error
		what := "every slice"
		if q.Slice != nil {
			what = fmt.Sprintf("slice %s of %s", q.Slice.ID, q.Slice.Source)
		}
		if err = s.at(ctx, q.Load); err == nil {
			if q.Slice == nil {
				err = s.manifest(ctx, manifestAll, []any{sql.Named("load", q.Load)}, yield)
			} else {
				err = s.manifestOf(ctx, q, yield)
			}
		}
		if errors.Is(err, graph.ErrStopped) {
			return
		}
		if failed(ctx, &err, "manifest of %s at load %d", what, q.Load); err != nil {
			yield(graph.ManifestEntry{}, err)
		}
	}
}

func (s *Store) manifestOf(ctx context.Context, q graph.ManifestQuery, yield func(graph.ManifestEntry, error) bool) error {
	var last graph.ManifestEntry
	page := make([]graph.ManifestEntry, 0, 16)
	for {
		page = page[:0]
		err := s.manifest(ctx, manifestSlice, []any{
			sql.Named("source", q.Slice.Source), sql.Named("slice", q.Slice.ID), sql.Named("kind", last.Kind), sql.Named("key", last.Key),
			sql.Named("load", q.Load), sql.Named("limit", manifestPage),
		}, func(e graph.ManifestEntry, _ error) bool {
			page = append(page, e)
			return true
		})
		if err != nil {
			return err
		}
		for _, e := range page {
			if !yield(e, nil) {
				return graph.ErrStopped
			}
		}
		if len(page) < manifestPage {
			return nil
		}
		last = page[len(page)-1]
	}
}

func (s *Store) manifest(ctx context.Context, text string, args []any, yield func(graph.ManifestEntry, error) bool) error {
	return s.ask(ctx, text, args, func(c *cells) error {
		e := graph.ManifestEntry{Slice: graph.SliceID(c.word(1))}
		e.Source, e.Kind, e.Key = graph.SourceKey(c.word(0)), graph.StatementKind(c.word(2)), c.text(3)
		copy(e.Hash[:], c.bytes(4))
		if !yield(e, nil) {
			return graph.ErrStopped
		}
		return nil
	})
}
