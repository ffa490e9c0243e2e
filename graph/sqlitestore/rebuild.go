package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"github.com/entente-graph/entente/graph"
)

// rebuildPage is how many statements are read at once while index rows are made anew.
const rebuildPage = 2000

// RebuildIndex drops every index row and derives it anew, in one transaction: readers see the old rows until all the
// new ones are there.
func (s *Store) RebuildIndex(ctx context.Context, progress func(done, total int)) (err error) {
	defer failed(ctx, &err, "rebuild the index rows")
	if s.readOnly {
		return errReadOnly
	}
	if err := noneOpen(ctx, s.reads.db); err != nil { // without the right to write, which its loader may have
		return err
	}
	return s.writing(ctx, func(t *tx) error {
		if err := noneOpen(ctx, t); err != nil {
			return err
		}
		return t.rebuild(ctx, progress)
	})
}

func (t *tx) rebuild(ctx context.Context, progress func(done, total int)) error {
	for _, table := range indexTables() {
		if _, err := t.ExecContext(ctx, "DELETE FROM "+table); err != nil {
			return err
		}
	}
	var total int
	if err := t.QueryRowContext(ctx, "SELECT count(*) FROM statement").Scan(&total); err != nil {
		return err
	}
	w := newIndexer(t)
	for after, done := int64(0), 0; ; {
		page, err := t.statementsAfter(ctx, after)
		if err != nil {
			return err
		}
		all := make([]graph.Statement, len(page))
		for i, v := range page {
			all[i] = v.statement
		}
		rows, err := indexAll(all)
		if err != nil {
			return err
		}
		if err := w.number(ctx, rows); err != nil {
			return err
		}
		for i, v := range page {
			if err := w.index(ctx, v.statement, rows[i], v.id, v.from, v.to); err != nil {
				return err
			}
			after = v.id
		}
		if err := w.flush(ctx); err != nil {
			return err
		}
		if done += len(page); progress != nil {
			progress(done, total)
		}
		if len(page) < rebuildPage {
			return nil
		}
	}
}

// indexTables lists the tables of index rows, each once.
func indexTables() []string {
	all := []string{"actor", "actor_part", "dyad", "part", "term", "tie"}
	for _, tables := range derived {
		all = append(all, tables...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// version is one version of a statement, as it is stored.
type version struct {
	id        int64
	statement graph.Statement
	from, to  graph.LoadNumber
}

func (t *tx) statementsAfter(ctx context.Context, after int64) (page []version, err error) {
	rows, err := t.QueryContext(ctx, "SELECT id, source, slice, kind, key, body, recordedFrom, recordedTo FROM statement WHERE id > ? ORDER BY id LIMIT ?", after, rebuildPage)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var v version
		var body sql.RawBytes
		s := &v.statement
		if err := rows.Scan(&v.id, &s.Source, &s.Slice, &s.Kind, &s.Key, &body, &v.from, &v.to); err != nil {
			return nil, err
		}
		s.Body = append([]byte(nil), body...)
		page = append(page, v)
	}
	return page, rows.Err()
}
