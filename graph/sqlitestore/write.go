package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	sqlite3 "modernc.org/sqlite/lib"

	"github.com/entente-graph/entente/graph"
)

// derived lists the tables of index rows of each kind of statement whose rows are found by the statement's number.
var derived = map[graph.StatementKind][]string{
	graph.StatementActor:          {"code", "component", "actor_account"},
	graph.StatementTenure:         {"tenure"},
	graph.StatementMembership:     {"component", "membership"},
	graph.StatementEngagement:     {"engagement"},
	graph.StatementAssertion:      {"assertion"},
	graph.StatementLink:           {"link"},
	graph.StatementIdentity:       {"component"},
	graph.StatementRepresentation: {"representation"},
}

// through lists the tables of engagements whose rows are found through part and engagement, which have the statement's
// number, with the condition that finds them. So they need no second index.
var through = map[string]string{
	"actor_part": `(actor, start, key, statement, n) IN (
		SELECT p.actor, e.start, e.key, p.statement, p.n FROM engagement e CROSS JOIN part p WHERE e.statement = ? AND p.statement = e.statement)`,
	"dyad": `(a, b, start, key, statement) IN (
		SELECT p.actor, q.actor, e.start, e.key, p.statement FROM engagement e CROSS JOIN part p CROSS JOIN part q
		WHERE e.statement = ? AND p.statement = e.statement AND p.wide = 0 AND q.statement = p.statement AND q.actor > p.actor)`,
}

// rederived lists the tables whose rows have no index by statement either, with the condition on their primary key: which
// rows a statement has is known by deriving them from its body again.
var rederived = map[string]string{
	"term": "whole = ? AND term = ? AND kind = ? AND key = ? AND statement = ?",
	"tie":  "a = ? AND b = ? AND topic = ? AND start = ? AND key = ? AND statement = ? AND n = ?",
}

// closeStatements says that the load superseded open statements.
func (t *tx) closeStatements(ctx context.Context, ids []graph.StatementID, load graph.LoadNumber) error {
	all := make([]numbered, 0, len(ids))
	for _, id := range ids {
		found, err := t.some(ctx, "SELECT "+numberedColumns+" FROM statement WHERE kind = ? AND key = ? AND source = ? AND recordedTo = ?",
			id.Kind, id.Key, id.Source, graph.OpenLoad)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return fmt.Errorf("close %s %s of %s: %w: no such statement is open", id.Kind, id.Key, id.Source, graph.ErrConflict)
		}
		all = append(all, found...)
	}
	return t.setRecordedTo(ctx, all, load)
}

// setRecordedTo changes the load that superseded statements, in them and in all their index rows.
func (t *tx) setRecordedTo(ctx context.Context, statements []numbered, to graph.LoadNumber) error {
	for _, s := range statements {
		if _, err := t.exec(ctx, "UPDATE statement SET recordedTo = ? WHERE id = ?", int64(to), s.id); err != nil {
			return err
		}
		for _, table := range derived[s.Kind] {
			if _, err := t.exec(ctx, "UPDATE "+table+" SET recordedTo = ? WHERE statement = ?", int64(to), s.id); err != nil {
				return err
			}
		}
		if s.Kind != graph.StatementEngagement {
			continue
		}
		for table, where := range through {
			if _, err := t.exec(ctx, "UPDATE "+table+" SET recordedTo = ? WHERE "+where, int64(to), s.id); err != nil {
				return err
			}
		}
	}
	return t.rederive(ctx, statements, func(table, where string) (string, []any) {
		return "UPDATE " + table + " SET recordedTo = ? WHERE " + where, []any{int64(to)}
	})
}

// undo takes back up to limit statements of a load: first what it recorded, then what it closed. It gives how many.
func (t *tx) undo(ctx context.Context, load graph.LoadNumber, limit int) (int, error) {
	recorded, err := t.some(ctx, "SELECT "+numberedColumns+" FROM statement WHERE recordedFrom = ? LIMIT ?", load, limit)
	if err != nil {
		return 0, err
	}
	if len(recorded) > 0 {
		return len(recorded), t.deleteStatements(ctx, recorded)
	}
	// The condition on the open load is what the partial index needs to see.
	closed, err := t.some(ctx, "SELECT "+numberedColumns+" FROM statement WHERE recordedTo = ? AND recordedTo < 4611686018427387903 LIMIT ?", load, limit)
	if err != nil {
		return 0, err
	}
	return len(closed), t.setRecordedTo(ctx, closed, graph.OpenLoad)
}

// numbered is a statement with its number, as far as its index rows are derived from it.
type numbered struct {
	id int64
	graph.Statement
}

const numberedColumns = "id, source, kind, key, body"

func (t *tx) some(ctx context.Context, text string, args ...any) (found []numbered, err error) {
	st, err := t.stmt(ctx, text)
	if err != nil {
		return nil, err
	}
	rows, err := st.QueryContext(ctx, args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var n numbered
		var body sql.RawBytes
		if err := rows.Scan(&n.id, &n.Source, &n.Kind, &n.Key, &body); err != nil {
			return nil, err
		}
		n.Body = append([]byte(nil), body...)
		found = append(found, n)
	}
	return found, rows.Err()
}

func (t *tx) deleteStatements(ctx context.Context, statements []numbered) error {
	putOff, err := t.firstPutOff(ctx)
	if err != nil {
		return err
	}
	for _, s := range statements {
		var orders []string
		if s.Kind == graph.StatementEngagement {
			if s.id < putOff { // those put off are counted when all their rows are in
				orders = append(orders, "UPDATE actor SET wide = wide - 1 WHERE id IN (SELECT actor FROM part WHERE statement = ? AND wide = 1)")
			}
			for table, where := range through {
				orders = append(orders, "DELETE FROM "+table+" WHERE "+where)
			}
			orders = append(orders, "DELETE FROM part WHERE statement = ?")
		}
		for _, table := range derived[s.Kind] {
			orders = append(orders, "DELETE FROM "+table+" WHERE statement = ?")
		}
		for _, order := range append(orders, "DELETE FROM statement WHERE id = ?") {
			if _, err := t.exec(ctx, order, s.id); err != nil {
				return err
			}
		}
	}
	return t.rederive(ctx, statements, func(table, where string) (string, []any) { return "DELETE FROM " + table + " WHERE " + where, nil })
}

// rederive carries out an order on the term and tie rows of statements, which are found by their primary keys. Where one
// is not there and was not put off, another program made the rows: then those of its statement are looked for through
// the whole table.
func (t *tx) rederive(ctx context.Context, statements []numbered, order func(table, where string) (text string, args []any)) error {
	all := make([]graph.Statement, len(statements))
	for i, s := range statements {
		all[i] = s.Statement
	}
	rows, err := indexAll(all)
	if err != nil {
		return err
	}
	putOff, err := t.firstPutOff(ctx)
	if err != nil {
		return err
	}
	var lost []int64
	for i, s := range statements {
		missing := false
		err := eachRederived(s.id, rows[i], func(table string, key []any) error {
			text, args := order(table, rederived[table])
			n, err := t.exec(ctx, text, append(args, key...)...)
			missing = missing || n != 1
			return err
		})
		if err != nil {
			return err
		}
		if missing && s.id < putOff {
			lost = append(lost, s.id)
		}
	}
	if len(lost) == 0 {
		return nil
	}
	ids, err := list(lost)
	if err != nil {
		return err
	}
	for table := range rederived {
		text, args := order(table, "statement IN (SELECT value FROM json_each(?))")
		if _, err := t.exec(ctx, text, append(args, ids)...); err != nil {
			return err
		}
	}
	return nil
}

// add records statements with their index rows, unless these are put off.
func (t *tx) add(ctx context.Context, load graph.LoadNumber, statements []graph.Statement, rows []graph.IndexRows, of sizes) error {
	if len(statements) == 0 {
		return nil
	}
	var before int64
	if err := t.QueryRowContext(ctx, "SELECT coalesce(max(id), 0) FROM statement").Scan(&before); err != nil {
		return err
	}
	later, err := t.putsOff(ctx, load, before, of)
	if err != nil {
		return err
	}
	w := newIndexer(t)
	if !later {
		if err := w.number(ctx, rows); err != nil {
			return err
		}
	}
	for i, s := range statements {
		id := before + 1 + int64(i)
		w.row("statement", id, string(s.Source), string(s.Slice), string(s.Kind), s.Key, s.Hash[:], int64(load), int64(graph.OpenLoad), string(s.Body), s.Locator)
		if later {
			continue
		}
		if err := w.index(ctx, s, rows[i], id, load, graph.OpenLoad); err != nil {
			return t.explain(ctx, statements, before, err)
		}
	}
	if err := w.flush(ctx); err != nil {
		return t.explain(ctx, statements, before, err)
	}
	w.release()
	return nil
}

// explain names the statement that broke the rule that a source has one open statement of a thing. Those up to before
// were there when the batch began.
func (t *tx) explain(ctx context.Context, statements []graph.Statement, before int64, err error) error {
	if code(err) != sqlite3.SQLITE_CONSTRAINT {
		return err
	}
	seen := map[graph.StatementID]bool{}
	for _, s := range statements {
		var id int64
		open := t.QueryRowContext(ctx, "SELECT id FROM statement WHERE kind = ? AND key = ? AND source = ? AND recordedTo = ? AND id <= ?",
			s.Kind, s.Key, s.Source, graph.OpenLoad, before).Scan(&id)
		if open == nil || seen[s.StatementID] {
			return fmt.Errorf("add %s %s of %s: %w: such a statement is open already; close it first, and add it once", s.Kind, s.Key, s.Source, graph.ErrConflict)
		}
		seen[s.StatementID] = true
	}
	return err
}
