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
	if err := noneOpen(ctx, s.reads.db); err != nil { // without the right to write, which its loader may have
		return load, err
	}
	rows, err := indexAll(order.Add)
	if err != nil {
		return load, err
	}
	// What is erased must not stay readable in the file's free pages.
	if _, err := s.writes.db.ExecContext(ctx, "PRAGMA secure_delete = 1"); err != nil {
		return load, err
	}
	err = s.writing(ctx, func(t *tx) error {
		load, err = t.erase(ctx, order, rows)
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

func (t *tx) erase(ctx context.Context, order graph.EraseOrder, follows []graph.IndexRows) (load graph.Load, err error) {
	if err := noneOpen(ctx, t); err != nil {
		return load, err
	}
	if err := t.headIs(ctx, order.Head); err != nil {
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
		if found.versions+found.entries == 0 {
			return load, fmt.Errorf("%s %s of %s: %w at any load, nor in a quarantine", id.Kind, id.Key, id.Source, graph.ErrNotFound)
		}
		open += found.open
		if _, err := t.exec(ctx, "INSERT OR REPLACE INTO erasure (source, kind, key, load, reason) VALUES (?, ?, ?, ?, ?)", id.Source, id.Kind, id.Key, n, order.Reason); err != nil {
			return load, err
		}
	}
	if err := t.closeStatements(ctx, order.Close, n); err != nil {
		return load, err
	}
	if err := t.add(ctx, n, order.Add, follows); err != nil {
		return load, err
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

// headIs is a conflict where the newest load is another than one has seen; 0 is any.
func (t *tx) headIs(ctx context.Context, seen graph.LoadNumber) error {
	if seen == 0 {
		return nil
	}
	var head graph.LoadNumber
	if err := t.QueryRowContext(ctx, "SELECT head FROM store WHERE one = 1").Scan(&head); err != nil {
		return err
	}
	if head != seen {
		return fmt.Errorf("%w: load %d was recorded meanwhile; try again", graph.ErrConflict, head)
	}
	return nil
}

// erased is how many versions of a statement there were, how many of them open, and how many entries of quarantines.
type erased struct{ versions, open, entries int }

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
	if err := t.eraseEdits(ctx, id); err != nil {
		return e, err
	}
	n, err := t.exec(ctx, "DELETE FROM quarantine WHERE key = ? AND kind = ? AND source = ?", id.Key, id.Kind, id.Source)
	e.entries = int(n)
	return e, err
}

// eraseEdits takes the texts out of the amendments that mended records of a statement in quarantine. The edits
// stay, without a text: such a record is not read.
func (t *tx) eraseEdits(ctx context.Context, id graph.StatementID) error {
	records := map[graph.LoadNumber][]graph.Record{}
	err := t.each(ctx, "SELECT load, body FROM quarantine WHERE key = ? AND kind = ? AND source = ?", []any{id.Key, id.Kind, id.Source}, func(r *sql.Rows) error {
		var load graph.LoadNumber
		var body sql.RawBytes
		var item graph.Quarantined
		if err := r.Scan(&load, &body); err != nil {
			return err
		}
		err := json.Unmarshal(body, &item)
		records[load] = append(records[load], item.Records...)
		return err
	})
	if err != nil {
		return err
	}
	type amendment struct {
		load  graph.LoadNumber
		edits []graph.Edit
	}
	var changed []amendment
	for load, of := range records {
		err := t.each(ctx, "SELECT number, edits FROM load WHERE amends = ?", []any{load}, func(r *sql.Rows) error {
			var a amendment
			var text sql.RawBytes
			if err := r.Scan(&a.load, &text); err != nil {
				return err
			}
			if err := json.Unmarshal(text, &a.edits); err != nil {
				return err
			}
			mine := false
			for i, e := range a.edits {
				if slices.ContainsFunc(of, e.Mends) {
					a.edits[i].Text, mine = "", true
				}
			}
			if mine {
				changed = append(changed, a)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	for _, a := range changed {
		text, err := json.Marshal(a.edits)
		if err != nil {
			return err
		}
		if _, err := t.exec(ctx, "UPDATE load SET edits = ? WHERE number = ?", string(text), a.load); err != nil {
			return err
		}
	}
	return nil
}

// each reads the rows of a query within the transaction.
func (t *tx) each(ctx context.Context, text string, args []any, scan func(*sql.Rows) error) (err error) {
	rows, err := t.QueryContext(ctx, text, args...)
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

// Erasures gives what was erased.
func (s *Store) Erasures(ctx context.Context, q graph.ErasureQuery) (found []graph.Erasure, err error) {
	defer failed(ctx, &err, "what was erased")
	text, args := "SELECT source, kind, key, load, reason FROM erasure WHERE load <= (SELECT head FROM store WHERE one = 1)", []any(nil)
	if q.Keys != nil {
		keys, err := list(q.Keys)
		if err != nil {
			return nil, err
		}
		text, args = text+" AND key IN (SELECT value FROM json_each(?))", []any{keys}
	}
	err = s.query(ctx, text+" ORDER BY source, kind, key", args, func(r *sql.Rows) error {
		var e graph.Erasure
		err := r.Scan(&e.Source, &e.Kind, &e.Key, &e.Load, &e.Reason)
		found = append(found, e)
		return err
	})
	return found, err
}
