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
		if err == nil || errors.Is(err, errStopped) {
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

// changes merges what a load added with what it closed.
func (s *Store) changes(ctx context.Context, load graph.LoadNumber, yield func(graph.Change, error) bool) error {
	added := changePages{s: s, text: changesAdded, load: load, scan: scanAdded}
	closed := changePages{s: s, text: changesClosed, load: load, scan: scanClosed}
	for {
		a, err := added.peek(ctx)
		if err != nil {
			return err
		}
		c, err := closed.peek(ctx)
		if err != nil {
			return err
		}
		var next graph.Change
		switch {
		case a == nil && c == nil:
			return nil
		case c == nil || a != nil && a.Compare(c.StatementID) < 0:
			next = added.take()
		case a == nil || c.Compare(a.StatementID) < 0:
			next = closed.take()
		default:
			next = added.take()
			next.Closed = closed.take().Closed
		}
		if !yield(next, nil) {
			return errStopped
		}
	}
}

// changePages reads one half of what a load did, a page at a time: so many statements, or so many bytes of bodies.
type changePages struct {
	s     *Store
	text  string
	load  graph.LoadNumber
	scan  func(r *sql.Rows, c *graph.Change) (bytes int, err error)
	page  []graph.Change
	next  int
	last  graph.StatementID
	ended bool
}

const changesBytes = 4 << 20

// peek gives the next change without taking it; nil at the end.
func (p *changePages) peek(ctx context.Context) (*graph.Change, error) {
	if p.next == len(p.page) && !p.ended {
		if err := p.read(ctx); err != nil {
			return nil, err
		}
	}
	if p.next == len(p.page) {
		return nil, nil //nolint:nilnil // the end
	}
	return &p.page[p.next], nil
}

func (p *changePages) take() graph.Change {
	c := p.page[p.next]
	p.page[p.next] = graph.Change{} // what it points to is the caller's alone
	p.next++
	return c
}

func (p *changePages) read(ctx context.Context) error {
	p.page, p.next = p.page[:0], 0
	bytes := 0
	err := p.s.query(ctx, p.text, []any{
		sql.Named("load", p.load), sql.Named("source", p.last.Source), sql.Named("kind", p.last.Kind), sql.Named("key", p.last.Key),
		sql.Named("limit", manifestPage),
	}, func(r *sql.Rows) error {
		p.page = append(p.page, graph.Change{Load: p.load})
		n, err := p.scan(r, &p.page[len(p.page)-1])
		if bytes += n; err == nil && bytes > changesBytes {
			err = errStopped
		}
		return err
	})
	full := errors.Is(err, errStopped)
	if err != nil && !full {
		return err
	}
	if p.ended = !full && len(p.page) < manifestPage; len(p.page) > 0 {
		p.last = p.page[len(p.page)-1].StatementID
	}
	return nil
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
