package sqlitestore

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/entente-graph/entente/graph"
)

// now is the database's clock in milliseconds: leases of all processes run by it.
const now = "CAST(unixepoch('subsec') * 1000 AS INTEGER)"

// writing runs f in one write transaction.
func (s *Store) writing(ctx context.Context, f func(*tx) error) error {
	if s.readOnly {
		return fmt.Errorf("%w: the store was opened for reading only", graph.ErrUnavailable)
	}
	begun, err := s.writes.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	t := &tx{Tx: begun, pool: s.writes, fresh: map[string]*sql.Stmt{}}
	if err := f(t); err != nil {
		if rb := begun.Rollback(); rb != nil && !errors.Is(rb, sql.ErrTxDone) {
			return errors.Join(err, rb)
		}
		return err
	}
	if err := begun.Commit(); err != nil {
		return err
	}
	for text := range t.fresh {
		if _, err := s.writes.stmt(context.WithoutCancel(ctx), text); err != nil {
			return err
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

// Open burns the next number and takes the lease. An open load whose lease has run out is discarded first.
func (s *Store) Open(ctx context.Context, info graph.LoadInfo) (lease graph.Lease, err error) {
	defer failed(ctx, &err, "open a load of %s", info.Source)
	slices, err := json.Marshal(info.Slices)
	if err != nil {
		return lease, err
	}
	files, err := json.Marshal(info.Files)
	if err != nil {
		return lease, err
	}
	for {
		var abandoned graph.Lease
		err = s.writing(ctx, func(t *tx) error {
			lease, abandoned = graph.Lease{Token: rand.Text()}, graph.Lease{}
			number, err := s.takeOver(ctx, t, lease.Token)
			if err != nil || number > 0 {
				abandoned = graph.Lease{Load: number, Token: lease.Token}
				return err
			}
			err = t.QueryRowContext(ctx, "UPDATE store SET burned = burned + 1 RETURNING burned").Scan(&lease.Load)
			if err != nil {
				return err
			}
			_, err = t.ExecContext(ctx, `INSERT INTO load (number, state, token, expires, holder, opened, source, slices, files, program, note)
				VALUES (?, 'open', ?, `+now+` + ?, ?, `+now+`, ?, ?, ?, ?, ?)`,
				lease.Load, lease.Token, s.lease.Milliseconds(), s.holder, info.Source, string(slices), string(files), info.Program, info.Note)
			return err
		})
		if err != nil || abandoned.Load == 0 {
			return lease, err
		}
		if err := s.clear(ctx, abandoned); err != nil {
			return lease, fmt.Errorf("discard the abandoned load %d: %w", abandoned.Load, err)
		}
	}
}

// takeOver looks for a load that is open. If its lease still runs that is a conflict; if not, the load
// is marked to be discarded under the new token, and its number given.
func (s *Store) takeOver(ctx context.Context, t *tx, token string) (graph.LoadNumber, error) {
	var number graph.LoadNumber
	var expires, clock int64
	var source, program, holder string
	err := t.QueryRowContext(ctx, "SELECT number, expires, "+now+", source, program, holder FROM load WHERE state IN ('open', 'discarding')").
		Scan(&number, &expires, &clock, &source, &program, &holder)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return 0, nil
	case err != nil:
		return 0, err
	case expires > clock:
		return 0, fmt.Errorf("%w: load %d, of %s, is being written by %s (%s); its lease runs until %s unless it goes on: wait for it, or try again then",
			graph.ErrConflict, number, source, holder, program, time.UnixMilli(expires).UTC().Format("2006-01-02T15:04:05Z"))
	}
	_, err = t.ExecContext(ctx, "UPDATE load SET state = 'discarding', token = ?, expires = "+now+" + ? WHERE number = ?",
		token, s.lease.Milliseconds(), number)
	return number, err
}

// hold checks the lease and lengthens it; the load must be in the state.
func (s *Store) hold(ctx context.Context, t *tx, lease graph.Lease, state string) error {
	n, err := t.exec(ctx, "UPDATE load SET expires = "+now+" + ? WHERE number = ? AND token = ? AND state = ?",
		s.lease.Milliseconds(), lease.Load, lease.Token, state)
	if err != nil || n == 1 {
		return err
	}
	var is string
	err = t.QueryRowContext(ctx, "SELECT state FROM load WHERE number = ?", lease.Load).Scan(&is)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return fmt.Errorf("%w: there is no load %d", graph.ErrConflict, lease.Load)
	case err != nil:
		return err
	case is == state:
		return fmt.Errorf("%w: another process took over load %d when its lease ran out", graph.ErrConflict, lease.Load)
	}
	return fmt.Errorf("%w: load %d is %s", graph.ErrConflict, lease.Load, is)
}

// Write records one batch in one transaction.
func (s *Store) Write(ctx context.Context, lease graph.Lease, b graph.Batch) (err error) {
	defer failed(ctx, &err, "write batch %d of load %d", b.Number, lease.Load)
	rows := make([]graph.IndexRows, len(b.Add))
	for i, st := range b.Add { // before the transaction, which holds up other writers
		if rows[i], err = graph.Index(st); err != nil {
			return fmt.Errorf("index %s %s of %s: %w", st.Kind, st.Key, st.Source, err)
		}
	}
	return s.writing(ctx, func(t *tx) error {
		if err := s.hold(ctx, t, lease, "open"); err != nil {
			return err
		}
		n, err := t.exec(ctx, "INSERT OR IGNORE INTO batch (load, number) VALUES (?, ?)", lease.Load, b.Number)
		if err != nil || n == 0 {
			return err
		}
		for _, id := range b.Close {
			if err := t.closeStatement(ctx, id, lease.Load); err != nil {
				return err
			}
		}
		return t.add(ctx, lease.Load, b.Add, rows)
	})
}

// Commit makes the load visible.
func (s *Store) Commit(ctx context.Context, lease graph.Lease, counts graph.Counts) (load graph.Load, err error) {
	defer failed(ctx, &err, "commit load %d", lease.Load)
	err = s.writing(ctx, func(t *tx) error {
		if err := s.hold(ctx, t, lease, "open"); err != nil {
			return err
		}
		// The time a load is recorded never goes back, even where the clock does.
		_, err := t.ExecContext(ctx, `UPDATE load SET state = 'committed', token = '',
			recorded = max(`+now+`, coalesce((SELECT max(recorded) FROM load WHERE state = 'committed'), 0)),
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
func (s *Store) Discard(ctx context.Context, lease graph.Lease) (err error) {
	defer failed(ctx, &err, "discard load %d", lease.Load)
	err = s.writing(ctx, func(t *tx) error {
		n, err := t.exec(ctx, "UPDATE load SET state = 'discarding' WHERE number = ? AND token = ? AND state IN ('open', 'discarding')",
			lease.Load, lease.Token)
		if err != nil || n == 1 {
			return err
		}
		return s.hold(ctx, t, lease, "open")
	})
	if err != nil {
		return err
	}
	return s.clear(ctx, lease)
}

// discardBatch is how many statements are undone in one transaction.
const discardBatch = 1000

// clear deletes what a load that is being discarded recorded and reopens what it closed, in batches.
func (s *Store) clear(ctx context.Context, lease graph.Lease) error {
	for {
		done := false
		err := s.writing(ctx, func(t *tx) error {
			if err := s.hold(ctx, t, lease, "discarding"); err != nil {
				return err
			}
			n, err := t.undo(ctx, lease.Load, discardBatch)
			if err != nil || n > 0 {
				return err
			}
			done = true
			if _, err := t.ExecContext(ctx, "DELETE FROM batch WHERE load = ?", lease.Load); err != nil {
				return err
			}
			_, err = t.ExecContext(ctx, "UPDATE load SET state = 'discarded', token = '' WHERE number = ?", lease.Load)
			return err
		})
		if err != nil || done {
			return err
		}
	}
}
