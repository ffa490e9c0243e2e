package sqlitestore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/entente-graph/entente/graph"
)

// Erase removes statements from every number, in one transaction.
func (s *Store) Erase(ctx context.Context, order graph.EraseOrder) (load graph.Load, err error) {
	defer failed(ctx, &err, "erase %d statements", len(order.IDs))
	if err := order.Check(); err != nil {
		return load, err
	}
	if s.readOnly {
		return load, errReadOnly
	}
	// What is erased must not stay readable in the file's free pages.
	if _, err := s.writes.db.ExecContext(ctx, "PRAGMA secure_delete = 1"); err != nil {
		return load, err
	}
	err = s.writing(ctx, func(t *tx) error {
		load, err = t.erase(ctx, order)
		return err
	})
	if _, off := s.writes.db.ExecContext(context.WithoutCancel(ctx), "PRAGMA secure_delete = 0"); off != nil {
		return load, errors.Join(err, off)
	}
	if err != nil {
		return load, err
	}
	s.sawHead(load.Number)
	// The write-ahead log still has the old pages. A reader in the middle of a question may keep it: then the next
	// checkpoint overwrites them.
	_, err = s.writes.db.ExecContext(context.WithoutCancel(ctx), "PRAGMA wal_checkpoint(TRUNCATE)")
	return load, err
}

func (t *tx) erase(ctx context.Context, order graph.EraseOrder) (load graph.Load, err error) {
	if err := t.noneOpen(ctx); err != nil {
		return load, err
	}
	var n graph.LoadNumber
	if err := t.QueryRowContext(ctx, "UPDATE store SET burned = burned + 1, head = burned + 1 RETURNING burned").Scan(&n); err != nil {
		return load, err
	}
	open := 0
	for i, id := range order.IDs {
		if slices.Contains(order.IDs[:i], id) {
			continue // named twice
		}
		found, err := t.eraseStatement(ctx, id)
		if err != nil {
			return load, err
		}
		if found.versions == 0 {
			return load, fmt.Errorf("%s %s of %s: %w at any load", id.Kind, id.Key, id.Source, graph.ErrNotFound)
		}
		open += found.open
		if _, err := t.exec(ctx, "INSERT OR REPLACE INTO erasure (source, kind, key, load, reason) VALUES (?, ?, ?, ?, ?)", id.Source, id.Kind, id.Key, n, order.Reason); err != nil {
			return load, err
		}
	}
	note, err := json.Marshal([]graph.Slice{})
	if err != nil {
		return load, err
	}
	_, err = t.ExecContext(ctx, `INSERT INTO load (number, state, token, expires, holder, opened, recorded, source, slices, files, program, note, retracted)
		VALUES (?, 'committed', '', 0, '', `+now+`, max(`+now+`, coalesce((SELECT max(recorded) FROM load WHERE state = 'committed'), 0)), ?, ?, 'null', ?, ?, ?)`,
		n, graph.OwnSource, string(note), order.Program, order.Reason, open)
	if err != nil {
		return load, err
	}
	return scanLoad(t.QueryRowContext(ctx, "SELECT "+loadColumns+" FROM load WHERE number = ?", n))
}

type erased struct{ versions, open int }

// eraseStatement deletes all versions of a statement, and what a quarantine holds of it.
func (t *tx) eraseStatement(ctx context.Context, id graph.StatementID) (e erased, err error) {
	versions, err := t.some(ctx, "SELECT "+numberedColumns+" FROM statement WHERE kind = ? AND key = ? AND source = ?", id.Kind, id.Key, id.Source)
	if err != nil {
		return e, err
	}
	e.versions = len(versions)
	err = t.QueryRowContext(ctx, "SELECT count(*) FROM statement WHERE kind = ? AND key = ? AND source = ? AND recordedTo = ?", id.Kind, id.Key, id.Source, graph.OpenLoad).Scan(&e.open)
	if err != nil {
		return e, err
	}
	if err := t.deleteStatements(ctx, versions); err != nil {
		return e, err
	}
	_, err = t.exec(ctx, "DELETE FROM quarantine WHERE key = ? AND kind = ? AND source = ?", id.Key, id.Kind, id.Source)
	return e, err
}

// Erasures gives what was erased.
func (s *Store) Erasures(ctx context.Context, q graph.ErasureQuery) (found []graph.Erasure, err error) {
	defer failed(ctx, &err, "what was erased")
	text, args := "SELECT source, kind, key, load, reason FROM erasure", []any(nil)
	if q.Keys != nil {
		keys, err := list(q.Keys)
		if err != nil {
			return nil, err
		}
		text, args = text+" WHERE key IN (SELECT value FROM json_each(?))", []any{keys}
	}
	err = s.query(ctx, text+" ORDER BY source, kind, key", args, func(r *sql.Rows) error {
		var e graph.Erasure
		err := r.Scan(&e.Source, &e.Kind, &e.Key, &e.Load, &e.Reason)
		found = append(found, e)
		return err
	})
	return found, err
}
