package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"iter"

	"github.com/entente-graph/entente/graph"
)

const (
	changesAdded = "SELECT s.recordedTo, " + recordedColumns + ` FROM statement s INDEXED BY statement_recorded
		WHERE (recordedFrom, source, kind, key) > (:load, :source, :kind, :key) AND recordedFrom <= :upto AND recordedTo <> recordedFrom
		ORDER BY recordedFrom, source, kind, key LIMIT :limit`
	// The condition on the open load is what the partial index needs to see.
	changesClosed = `SELECT recordedTo, source, slice, kind, key, hash, recordedFrom, CASE WHEN :bodies THEN body ELSE '' END FROM statement INDEXED BY statement_closed
		WHERE (recordedTo, source, kind, key) > (:load, :source, :kind, :key) AND recordedTo <= :upto AND recordedTo < 4611686018427387903
		AND recordedTo <> recordedFrom ORDER BY recordedTo, source, kind, key LIMIT :limit`
	versionsOf = "SELECT s.recordedTo, " + recordedColumns + ` FROM statement s INDEXED BY statement_key
		WHERE kind IN (SELECT value FROM json_each(:kinds)) AND key = :key AND recordedFrom <= :load AND recordedTo > :since AND recordedTo <> recordedFrom
		ORDER BY recordedFrom, source, kind LIMIT :limit`
)

// Changes streams what loads did.
func (s *Store) Changes(ctx context.Context, q graph.ChangeQuery) iter.Seq2[graph.Change, error] {
	return func(yield func(graph.Change, error) bool) {
		err := errors.Join(q.Check(), s.at(ctx, q.Upto))
		if err == nil {
			half := func(text string, scan func(*cells, *graph.Change) (int, error)) func(graph.ChangePosition) ([]graph.Change, bool, error) {
				return func(after graph.ChangePosition) ([]graph.Change, bool, error) {
					return s.changePage(ctx, text, q, after, scan)
				}
			}
			err = graph.MergeChanges(q, half(changesAdded, scanAdded), half(changesClosed, scanClosed), yield)
		}
		if err == nil || errors.Is(err, graph.ErrStopped) {
			return
		}
		failed(ctx, &err, "what the loads after %d did, up to %d", q.After, q.Upto)
		yield(graph.Change{}, err)
	}
}

const changesBytes = 4 << 20

// changePage reads one half of what loads did, behind a place: so many statements, or so many bytes of bodies.
func (s *Store) changePage(ctx context.Context, text string, q graph.ChangeQuery, after graph.ChangePosition,
	scan func(from *cells, c *graph.Change) (bytes int, err error),
) (page []graph.Change, more bool, err error) {
	bytes, limit := 0, q.Limit(manifestPage)
	args := []any{
		sql.Named("load", after.Load), sql.Named("source", after.Source), sql.Named("kind", after.Kind), sql.Named("key", after.Key),
		sql.Named("upto", q.Upto), sql.Named("limit", limit),
	}
	if text == changesClosed {
		args = append(args, sql.Named("bodies", q.Bodies))
	}
	err = s.ask(ctx, text, args, func(from *cells) error {
		n, err := scan(from, place(&page))
		if bytes += n; err == nil && bytes > changesBytes {
			err = graph.ErrStopped
		}
		return err
	})
	if errors.Is(err, graph.ErrStopped) {
		return page, true, nil
	}
	return page, len(page) == limit, err
}

func scanAdded(from *cells, c *graph.Change) (int, error) {
	c.Added = &graph.Recorded{}
	c.Until = graph.LoadNumber(from.number(0))
	err := from.recorded(1, c.Added)
	c.StatementID, c.Load = c.Added.StatementID, c.Added.Load
	return len(c.Added.Body), err
}

func scanClosed(from *cells, c *graph.Change) (int, error) {
	c.Load, c.Source, c.Kind, c.Key = graph.LoadNumber(from.number(0)), graph.SourceKey(from.word(1)), graph.StatementKind(from.word(3)), from.text(4)
	c.Closed = &graph.Version{Slice: graph.SliceID(from.word(2)), Load: graph.LoadNumber(from.number(6)), Body: from.text(7)}
	copy(c.Closed.Hash[:], from.bytes(5))
	return len(c.Closed.Body), nil
}

// Versions gives the versions of a key's statements.
func (s *Store) Versions(ctx context.Context, q graph.VersionQuery) (page graph.VersionPage, err error) {
	defer failed(ctx, &err, "the versions of %q by load %d", q.Key, q.Load)
	if err := errors.Join(q.Check(), s.at(ctx, q.Load)); err != nil {
		return page, err
	}
	kinds, err := list(q.Kinds)
	if len(q.Kinds) == 0 {
		kinds, err = list(graph.StatementKinds)
	}
	if err != nil {
		return page, err
	}
	limit := -1
	if q.First > 0 {
		limit = q.First + 1
	}
	err = s.ask(ctx, versionsOf, []any{
		sql.Named("kinds", kinds), sql.Named("key", q.Key), sql.Named("load", q.Load), sql.Named("since", q.Since), sql.Named("limit", limit),
	}, func(c *cells) error {
		item := place(&page.Items)
		item.Until = graph.LoadNumber(c.number(0))
		err := c.recorded(1, &item.Recorded)
		if item.Until > q.Load {
			item.Until = 0
		}
		return err
	})
	if q.First > 0 && len(page.Items) > q.First {
		page.Items, page.More = page.Items[:q.First], true
	}
	return page, err
}
