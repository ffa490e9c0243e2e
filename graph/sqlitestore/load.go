package sqlitestore

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	sqlite3 "modernc.org/sqlite/lib"

	"github.com/entente-graph/entente/graph"
)

// now is the database's clock in milliseconds: leases of all processes run by it.
const now = "CAST(unixepoch('subsec') * 1000 AS INTEGER)"

var errReadOnly = fmt.Errorf("%w: the store was opened for reading only", graph.ErrUnavailable)

// writing runs f in one write transaction.
func (s *Store) writing(ctx context.Context, f func(*tx) error) (err error) {
	if s.readOnly {
		return errReadOnly
	}
	defer func() { err = s.plainly(err) }()
	begun, err := s.writes.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	t := &tx{Tx: begun, pool: s.writes, fresh: map[string]*sql.Stmt{}}
	if err := f(t); err != nil {
		// After some failures SQLite has rolled back by itself and says that there is nothing to.
		if rb := begun.Rollback(); rb != nil && !errors.Is(rb, sql.ErrTxDone) && code(rb) != sqlite3.SQLITE_ERROR {
			return errors.Join(err, rb)
		}
		return err
	}
	if err := begun.Commit(); err != nil {
		return err
	}
	for text := range t.fresh {
		if _, err := s.writes.stmt(context.WithoutCancel(ctx), text); err != nil {
			break // what was to be written is written; the text is prepared when it is next needed
		}
	}
	return nil
}

// tx is a write transaction that uses the pool's prepared statements.
type tx struct {
	*sql.Tx
	pool  *cached
	fresh map[string]*sql.Stmt // prepared in this transaction; for the next ones the pool has them
}

func (t *tx) exec(ctx context.Context, text string, args ...any) (int64, error) {
	st, err := t.stmt(ctx, text)
	if err != nil {
		return 0, err
	}
	res, err := st.ExecContext(ctx, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// stmt gives a prepared statement. A text not seen before is prepared on the transaction's connection: it is
// the pool's only one, so asking the pool would wait for ever.
func (t *tx) stmt(ctx context.Context, text string) (*sql.Stmt, error) {
	if st := t.fresh[text]; st != nil {
		return st, nil
	}
	t.pool.mu.RLock()
	st := t.pool.stmts[text]
	t.pool.mu.RUnlock()
	if st != nil {
		return t.StmtContext(ctx, st), nil
	}
	st, err := t.PrepareContext(ctx, text)
	if err == nil {
		t.fresh[text] = st
	}
	return st, err
}

// Open burns the next number and takes the lease.
func (s *Store) Open(ctx context.Context, info graph.LoadInfo) (lease graph.Lease, err error) {
	defer failed(ctx, &err, "open a load of %s", info.Source)
	if err := info.Check(); err != nil {
		return lease, err
	}
	columns := make([]any, 0, 4)
	for _, v := range []any{info.Slices, info.Files, info.Edits, info.Paths} {
		text, err := json.Marshal(v)
		if err != nil {
			return lease, err
		}
		columns = append(columns, string(text))
	}
	err = s.writing(ctx, func(t *tx) error {
		lease = graph.Lease{Token: rand.Text()}
		if err := noneOpen(ctx, t); err != nil {
			return err
		}
		var copied *int64
		var err error
		if lease.Load, copied, err = t.burn(ctx, info.Copy); err != nil {
			return err
		}
		_, err = t.ExecContext(ctx, `INSERT INTO load (number, state, token, expires, holder, opened, source, importer, program, note, undoes, amends, copied, slices, files, edits, paths)
			VALUES (?, 'open', ?, `+now+` + ?, ?, `+now+`, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			append([]any{lease.Load, lease.Token, s.lease.Milliseconds(), s.holder, info.Source, info.Importer, info.Program, info.Note, info.Undoes, info.Amends, copied}, columns...)...)
		return err
	})
	return lease, err
}

// noneOpen is a conflict while a load is open, and says what can be done.
func noneOpen(ctx context.Context, db rowQuerier) error {
	u, err := unfinished(ctx, db)
	if err != nil || u == nil {
		return err
	}
	return u.HeldBy()
}

// Unfinished gives the load that is open.
func (s *Store) Unfinished(ctx context.Context) (u *graph.Unfinished, err error) {
	defer failed(ctx, &err, "the open load")
	return unfinished(ctx, s.reads.db)
}

func unfinished(ctx context.Context, db rowQuerier) (*graph.Unfinished, error) {
	var u graph.Unfinished
	var opened, expires, clock int64
	var slices, files, edits, paths, state string
	var copied sql.NullInt64
	err := db.QueryRowContext(ctx, `SELECT number, state, source, importer, program, note, undoes, amends, copied, slices, files, edits, paths, holder, opened, expires, `+now+`,
		(SELECT count(*) FROM batch WHERE batch.load = load.number) FROM load WHERE state IN ('open', 'discarding')`).
		Scan(&u.Number, &state, &u.Source, &u.Importer, &u.Program, &u.Note, &u.Undoes, &u.Amends, &copied, &slices, &files, &edits, &paths, &u.Holder, &opened, &expires, &clock, &u.Batches)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil //nolint:nilnil // none is open: the contract of graph.Reader
	}
	if err != nil {
		return nil, err
	}
	u.Opened, u.Until = time.UnixMilli(opened).UTC(), time.UnixMilli(expires).UTC()
	if copied.Valid {
		u.Copy = &graph.Original{Number: u.Number, Recorded: time.UnixMilli(copied.Int64).UTC()}
	}
	u.Expired, u.Discarding = expires <= clock || gone(u.Holder), state == "discarding"
	return &u, errors.Join(json.Unmarshal([]byte(slices), &u.Slices), json.Unmarshal([]byte(files), &u.Files),
		json.Unmarshal([]byte(edits), &u.Edits), json.Unmarshal([]byte(paths), &u.Paths))
}

// notOpen says what a load is that is not open.
func notOpen(ctx context.Context, db rowQuerier, n graph.LoadNumber) error {
	var is string
	err := db.QueryRowContext(ctx, "SELECT state FROM load WHERE number = ?", n).Scan(&is)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return fmt.Errorf("%w: there is no load %d", graph.ErrConflict, n)
	case err != nil:
		return err
	case is == "discarding":
		return fmt.Errorf("%w: load %d is being discarded", graph.ErrConflict, n)
	}
	return fmt.Errorf("%w: load %d is %s", graph.ErrConflict, n, is)
}

// Renew lengthens the lease.
func (s *Store) Renew(ctx context.Context, lease graph.Lease) (err error) {
	defer failed(ctx, &err, "renew the lease of load %d", lease.Load)
	return s.writing(ctx, func(t *tx) error { return s.hold(ctx, t, lease, "open") })
}

// Release gives the lease back and leaves the load open, or half discarded.
func (s *Store) Release(ctx context.Context, lease graph.Lease) (err error) {
	defer failed(ctx, &err, "release the lease of load %d", lease.Load)
	return s.writing(ctx, func(t *tx) error {
		if err := s.hold(ctx, t, lease, "open", "discarding"); err != nil {
			return err
		}
		_, err := t.exec(ctx, "UPDATE load SET token = '', expires = "+now+" WHERE number = ?", lease.Load)
		return err
	})
}

// hold checks the lease and lengthens it; the load must be in one of the states. Without a token nobody has a lease.
func (s *Store) hold(ctx context.Context, t *tx, lease graph.Lease, states ...string) error {
	var is, token, holder string
	err := t.QueryRowContext(ctx, "SELECT state, token, holder FROM load WHERE number = ?", lease.Load).Scan(&is, &token, &holder)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return fmt.Errorf("%w: there is no load %d", graph.ErrConflict, lease.Load)
	case err != nil:
		return err
	case lease.Token != "" && token == lease.Token && slices.Contains(states, is):
		_, err = t.exec(ctx, "UPDATE load SET expires = "+now+" + ? WHERE number = ?", s.lease.Milliseconds(), lease.Load)
		return err
	case is == "committed" || is == "discarded" || token == lease.Token && token != "":
		return notOpen(ctx, t, lease.Load)
	case token == "":
		return fmt.Errorf("%w: the lease of load %d was given back; nothing more is written with it", graph.ErrConflict, lease.Load)
	default:
		return fmt.Errorf("%w: %s took over load %d; nothing more is written with the former lease", graph.ErrConflict, holder, lease.Load)
	}
}

// Write records one batch in one transaction.
func (s *Store) Write(ctx context.Context, lease graph.Lease, b graph.Batch) (err error) {
	defer failed(ctx, &err, "write batch %d of load %d", b.Number, lease.Load)
	rows, err := indexAll(b.Add) // before the transaction, which holds up other writers
	if err != nil {
		return err
	}
	hash, err := b.Hash()
	if err != nil {
		return err
	}
	return s.writing(ctx, func(t *tx) error {
		if err := s.hold(ctx, t, lease, "open"); err != nil {
			return err
		}
		n, err := t.exec(ctx, "INSERT OR IGNORE INTO batch (load, number, hash) VALUES (?, ?, ?)", lease.Load, b.Number, hash[:])
		if err != nil {
			return err
		}
		if n == 0 {
			return t.sameBatch(ctx, lease.Load, b.Number, hash)
		}
		if err := t.closeStatements(ctx, b.Close, lease.Load); err != nil {
			return err
		}
		if err := t.quarantine(ctx, lease.Load, b.Quarantine); err != nil {
			return err
		}
		if err := t.erased(ctx, lease.Load, b); err != nil {
			return err
		}
		return t.add(ctx, lease.Load, b.Add, rows)
	})
}

// sameBatch is a conflict where a batch that was written before held anything else.
func (t *tx) sameBatch(ctx context.Context, load graph.LoadNumber, number int, hash graph.Hash) error {
	var before []byte
	if err := t.QueryRowContext(ctx, "SELECT hash FROM batch WHERE load = ? AND number = ?", load, number).Scan(&before); err != nil {
		return err
	}
	if !bytes.Equal(before, hash[:]) {
		return fmt.Errorf("%w: it was written before and held something else then: the files, or the program, have changed; discard the load and load anew", graph.ErrConflict)
	}
	return nil
}

// Commit makes the load visible.
func (s *Store) Commit(ctx context.Context, lease graph.Lease, counts graph.Counts) (load graph.Load, err error) {
	defer failed(ctx, &err, "commit load %d", lease.Load)
	err = s.writing(ctx, func(t *tx) error {
		if err := s.hold(ctx, t, lease, "open"); err != nil {
			return err
		}
		// The time a load is recorded never goes back, even where the clock does.
		_, err := t.ExecContext(ctx, `UPDATE load SET state = 'committed', token = '', paths = 'null',
			recorded = coalesce(copied, max(`+now+`, coalesce((SELECT max(recorded) FROM load WHERE state = 'committed'), 0))),
			added = ?, changed = ?, retracted = ?, unchanged = ?, quarantined = ? WHERE number = ?`,
			counts.Added, counts.Changed, counts.Retracted, counts.Unchanged, counts.Quarantined, lease.Load)
		if err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, "UPDATE store SET head = ?", lease.Load); err != nil {
			return err
		}
		load, err = scanLoad(t.QueryRowContext(ctx, "SELECT "+loadColumns+" FROM load WHERE number = ?", lease.Load))
		return err
	})
	if err == nil {
		s.sawHead(lease.Load)
	}
	return load, err
}

// Discard undoes all that the open load wrote. Broken off, it can be called again.
func (s *Store) Discard(ctx context.Context, lease graph.Lease, progress func(done, total int)) (err error) {
	defer failed(ctx, &err, "discard load %d", lease.Load)
	total := 0
	err = s.writing(ctx, func(t *tx) error {
		if err := s.hold(ctx, t, lease, "open", "discarding"); err != nil {
			return err
		}
		if _, err := t.exec(ctx, "UPDATE load SET state = 'discarding' WHERE number = ?", lease.Load); err != nil || progress == nil {
			return err
		}
		return t.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM statement WHERE recordedFrom = ?1) +
			(SELECT count(*) FROM statement WHERE recordedTo = ?1 AND recordedTo < 4611686018427387903)`, lease.Load).Scan(&total)
	})
	if err != nil {
		return err
	}
	if progress == nil {
		progress = func(int, int) {}
	}
	return s.clear(ctx, lease, total, progress)
}

// discardBatch is how many statements are undone in one transaction.
const discardBatch = 1000

// clear deletes what a load that is being discarded recorded and reopens what it closed, in batches.
func (s *Store) clear(ctx context.Context, lease graph.Lease, total int, progress func(done, total int)) error {
	for taken := 0; ; {
		done := false
		progress(min(taken, total), total)
		err := s.writing(ctx, func(t *tx) error {
			if err := s.hold(ctx, t, lease, "discarding"); err != nil {
				return err
			}
			n, err := t.undo(ctx, lease.Load, discardBatch)
			taken += n
			if err != nil || n > 0 {
				return err
			}
			done = true
			for _, order := range []string{
				"DELETE FROM batch WHERE load = ?",
				"DELETE FROM quarantine WHERE load = ?",
				"DELETE FROM erasure WHERE load = ?",
				"UPDATE load SET state = 'discarded', token = '', paths = 'null', edits = 'null' WHERE number = ?",
			} {
				if _, err := t.ExecContext(ctx, order, lease.Load); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || done {
			return err
		}
	}
}
