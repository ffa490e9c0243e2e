package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"iter"

	"github.com/entente-graph/entente/graph"
)

const (
	changesLoad  = "SELECT coalesce(min(number), 0) FROM load WHERE state = 'committed' AND number > ? AND number <= ?"
	changesAdded = "SELECT " + recordedColumns + ` FROM statement s INDEXED BY statement_recorded
		WHERE recordedFrom = :load AND recordedTo <> :load AND (source, kind, key) > (:source, :kind, :key) ORDER BY source, kind, key LIMIT :limit`
	// The condition on the open load is what the partial index needs to see.
	changesClosed = `SELECT source, slice, kind, key, hash, recordedFrom FROM statement INDEXED BY statement_closed
		WHERE recordedTo = :load AND recordedTo < 4611686018427387903 AND recordedFrom <> :load AND (source, kind, key) > (:source, :kind, :key)
		ORDER BY source, kind, key LIMIT :limit`
)

// Changes streams what loads did.
func (s *Store) Changes(ctx context.Context, q graph.ChangeQuery) iter.Seq2[graph.Change, error] {
	return func(yield func(graph.Change, error) bool) {
		err := errors.Join(q.Check(), s.at(ctx, q.Upto))
		for n := q.After; err == nil; {
			if n, err = s.loadAfter(ctx, n, q.Upto); err != nil || n == 0 {
				break
			}
			err = s.changes(ctx, n, yield)
		}
		if err == nil || errors.Is(err, graph.ErrStopped) {
			return
		}
		failed(ctx, &err, "what the loads after %d did, up to %d", q.After, q.Upto)
		yield(graph.Change{}, err)
	}
}

// loadAfter gives the number of the next committed load; 0: there is none.
func (s *Store) loadAfter(ctx context.Context, after, upto graph.LoadNumber) (n graph.LoadNumber, err error) {
	err = s.query(ctx, changesLoad, []any{after, upto}, func(r *sql.Rows) error { return r.Scan(&n) })
	return n, err
}

// changes gives what one load did.
func (s *Store) changes(ctx context.Context, load graph.LoadNumber, yield func(graph.Change, error) bool) error {
	half := func(text string, scan func(*sql.Rows, *graph.Change) (int, error)) func(graph.StatementID) ([]graph.Change, bool, error) {
		return func(after graph.StatementID) ([]graph.Change, bool, error) {
			return s.changePage(ctx, text, load, after, scan)
		}
	}
	return graph.MergeChanges(half(changesAdded, scanAdded), half(changesClosed, scanClosed), yield)
}

const changesBytes = 4 << 20

// changePage reads one half of what a load did, behind a statement: so many statements, or so many bytes of bodies.
func (s *Store) changePage(ctx context.Context, text string, load graph.LoadNumber, after graph.StatementID,
	scan func(r *sql.Rows, c *graph.Change) (bytes int, err error),
) (page []graph.Change, more bool, err error) {
	bytes := 0
	err = s.query(ctx, text, []any{
		sql.Named("load", load), sql.Named("source", after.Source), sql.Named("kind", after.Kind), sql.Named("key", after.Key),
		sql.Named("limit", manifestPage),
	}, func(r *sql.Rows) error {
		page = append(page, graph.Change{Load: load})
		n, err := scan(r, &page[len(page)-1])
		if bytes += n; err == nil && bytes > changesBytes {
			err = graph.ErrStopped
		}
		return err
	})
	if errors.Is(err, graph.ErrStopped) {
		return page, true, nil
	}
	return page, len(page) == manifestPage, err
}

func scanAdded(r *sql.Rows, c *graph.Change) (int, error) {
	c.Added = &graph.Recorded{}
	err := scanRecorded(r, c.Added)
	c.StatementID = c.Added.StatementID
	return len(c.Added.Body), err
}

func scanClosed(r *sql.Rows, c *graph.Change) (int, error) {
	c.Closed = &graph.Version{}
	var hash sql.RawBytes
	err := r.Scan(&c.Source, &c.Closed.Slice, &c.Kind, &c.Key, &hash, &c.Closed.Load)
	copy(c.Closed.Hash[:], hash)
	return 0, err
}
