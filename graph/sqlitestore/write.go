package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	sqlite3 "modernc.org/sqlite/lib"

	"github.com/entente-graph/entente/graph"
)

// derived lists the tables of index rows of each kind of statement; each finds its rows by statement.
var derived = map[graph.StatementKind][]string{
	graph.StatementActor:      {"code", "component", "existence", "term"},
	graph.StatementTenure:     {"tenure"},
	graph.StatementMembership: {"component"},
	graph.StatementEngagement: {"engagement", "part", "tie", "term"},
	graph.StatementAssertion:  {"assertion"},
	graph.StatementLink:       {"link"},
}

// ofStatement finds the dyad rows of a statement: by its part rows, so that they need no second index.
const ofStatement = `(a, b, start, key, statement) IN (
	SELECT p.actor, q.actor, p.start, p.key, p.statement
	FROM part p CROSS JOIN part q WHERE p.statement = ? AND p.wide = 0 AND q.statement = p.statement AND q.actor > p.actor)`

// closeStatement says that the load superseded the open statement.
func (t *tx) closeStatement(ctx context.Context, id graph.StatementID, load graph.LoadNumber) error {
	st, err := t.stmt(ctx, "SELECT id FROM statement WHERE kind = ? AND key = ? AND source = ? AND recordedTo = ?")
	if err != nil {
		return err
	}
	var n int64
	err = st.QueryRowContext(ctx, id.Kind, id.Key, id.Source, graph.OpenLoad).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("close %s %s of %s: %w: no such statement is open", id.Kind, id.Key, id.Source, graph.ErrConflict)
	}
	if err != nil {
		return err
	}
	return t.setRecordedTo(ctx, n, id.Kind, load)
}

func (t *tx) setRecordedTo(ctx context.Context, statement int64, kind graph.StatementKind, to graph.LoadNumber) error {
	if _, err := t.exec(ctx, "UPDATE statement SET recordedTo = ? WHERE id = ?", to, statement); err != nil {
		return err
	}
	for _, table := range derived[kind] {
		if _, err := t.exec(ctx, "UPDATE "+table+" SET recordedTo = ? WHERE statement = ?", to, statement); err != nil {
			return err
		}
	}
	if kind != graph.StatementEngagement {
		return nil
	}
	_, err := t.exec(ctx, "UPDATE dyad SET recordedTo = ? WHERE "+ofStatement, to, statement)
	return err
}

// undo takes back up to limit statements of a load: first what it recorded, then what it closed. It gives how many.
func (t *tx) undo(ctx context.Context, load graph.LoadNumber, limit int) (int, error) {
	recorded, err := t.some(ctx, "SELECT id, kind FROM statement WHERE recordedFrom = ? LIMIT ?", load, limit)
	if err != nil {
		return 0, err
	}
	for _, s := range recorded {
		if err := t.deleteStatement(ctx, s.id, s.kind); err != nil {
			return 0, err
		}
	}
	if len(recorded) > 0 {
		return len(recorded), nil
	}
	// The condition on the open load is what the partial index needs to see.
	closed, err := t.some(ctx, "SELECT id, kind FROM statement WHERE recordedTo = ? AND recordedTo < 4611686018427387903 LIMIT ?", load, limit)
	if err != nil {
		return 0, err
	}
	for _, s := range closed {
		if err := t.setRecordedTo(ctx, s.id, s.kind, graph.OpenLoad); err != nil {
			return 0, err
		}
	}
	return len(closed), nil
}

type numbered struct {
	id   int64
	kind graph.StatementKind
}

func (t *tx) some(ctx context.Context, text string, args ...any) (found []numbered, err error) {
	rows, err := t.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var n numbered
		if err := rows.Scan(&n.id, &n.kind); err != nil {
			return nil, err
		}
		found = append(found, n)
	}
	return found, rows.Err()
}

func (t *tx) deleteStatement(ctx context.Context, statement int64, kind graph.StatementKind) error {
	if kind == graph.StatementEngagement {
		if _, err := t.exec(ctx, "DELETE FROM dyad WHERE "+ofStatement, statement); err != nil {
			return err
		}
		if _, err := t.exec(ctx, "UPDATE actor SET wide = wide - 1 WHERE id IN (SELECT actor FROM part WHERE statement = ? AND wide = 1)", statement); err != nil {
			return err
		}
	}
	for _, table := range derived[kind] {
		if _, err := t.exec(ctx, "DELETE FROM "+table+" WHERE statement = ?", statement); err != nil {
			return err
		}
	}
	_, err := t.exec(ctx, "DELETE FROM statement WHERE id = ?", statement)
	return err
}

// add records statements with their index rows.
func (t *tx) add(ctx context.Context, load graph.LoadNumber, statements []graph.Statement, rows []graph.IndexRows) error {
	var last int64
	if err := t.QueryRowContext(ctx, "SELECT coalesce(max(id), 0) FROM statement").Scan(&last); err != nil {
		return err
	}
	w := &indexer{t: t, load: load, to: graph.OpenLoad, actors: map[graph.ActorKey]int64{}, bulks: map[string]*bulk{}}
	for i, s := range statements {
		last++
		w.statement = last
		if err := w.row(ctx, "statement", last, s.Source, s.Slice, s.Kind, s.Key, s.Hash[:], load, graph.OpenLoad, string(s.Body), s.Locator); err != nil {
			return t.explain(ctx, statements, err)
		}
		if err := w.index(ctx, s, rows[i]); err != nil {
			return t.explain(ctx, statements, err)
		}
	}
	return t.explain(ctx, statements, w.flush(ctx))
}

// explain names the statement that broke the rule that a source has one open statement of a thing.
func (t *tx) explain(ctx context.Context, statements []graph.Statement, err error) error {
	if code(err) != sqlite3.SQLITE_CONSTRAINT {
		return err
	}
	seen := map[graph.StatementID]bool{}
	for _, s := range statements {
		var id int64
		open := t.QueryRowContext(ctx, "SELECT id FROM statement WHERE kind = ? AND key = ? AND source = ? AND recordedTo = ?",
			s.Kind, s.Key, s.Source, graph.OpenLoad).Scan(&id)
		if open == nil || seen[s.StatementID] {
			return fmt.Errorf("add %s %s of %s: %w: such a statement is open already; close it first, and add it once", s.Kind, s.Key, s.Source, graph.ErrConflict)
		}
		seen[s.StatementID] = true
	}
	return err
}

// bulk inserts rows of one table, many at a time.
type bulk struct {
	table   string
	columns int
	args    []any
}

// bulkRows is how many rows one INSERT takes; what is left over goes in halves, so that the texts are few.
const bulkRows = 32

func (b *bulk) flush(ctx context.Context, t *tx) error {
	for n := bulkRows; n > 0; n /= 2 {
		for len(b.args) >= n*b.columns {
			if _, err := t.exec(ctx, insertText(b.table, b.columns, n), b.args[:n*b.columns]...); err != nil {
				return fmt.Errorf("insert into %s: %w", b.table, err)
			}
			b.args = b.args[n*b.columns:]
		}
	}
	b.args = b.args[:0]
	return nil
}
