package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// Index rows of a large load are put off: its batches hold statements alone, and the rows of many batches are derived
// together, sorted in temporary files, and put in table by table in the order of the primary keys. So a page of a large
// tree is written once for all rows that go into it, not once for each of them. Nobody sees a load before it is
// committed, and then all its rows are in.
//
// load.putOff says from which statement on the rows may be missing. Until it moves, putting in can break off anywhere
// and is done again from the statements: a row that is there already stays.

// sizes say when rows are put off.
type sizes struct {
	directly int64 // of so many statements of a load the rows go in with them
	together int64 // the rows of so many statements are put in at once
}

var usualSizes = sizes{directly: 10_000, together: 250_000}

// atOnce puts nothing off: for what is visible as soon as it is written.
var atOnce = sizes{directly: math.MaxInt64}

// putsOff tells whether the index rows of statements that come after the one of a number are put off, and remembers it.
func (t *tx) putsOff(ctx context.Context, load graph.LoadNumber, before int64, of sizes) (bool, error) {
	if of == atOnce {
		return false, nil
	}
	var first, written int64
	// How many it has written is counted in an index, and only as long as there are few.
	err := t.QueryRowContext(ctx, `SELECT putOff, CASE WHEN putOff > 0 THEN 0
		ELSE (SELECT coalesce(? + 1 - min(id), 0) FROM statement WHERE recordedFrom = number) END FROM load WHERE number = ?`, before, load).Scan(&first, &written)
	if err != nil || first > 0 || written < of.directly {
		return first > 0, err
	}
	_, err = t.exec(ctx, "UPDATE load SET putOff = ? WHERE number = ?", before+1, load)
	return true, err
}

// waiting gives the first and the last statement whose index rows are put off; the first is greater where there is none.
func waiting(ctx context.Context, db rowQuerier, load graph.LoadNumber) (first, last int64, err error) {
	err = db.QueryRowContext(ctx, "SELECT putOff, (SELECT coalesce(max(id), 0) FROM statement) FROM load WHERE number = ?", load).Scan(&first, &last)
	if first == 0 {
		first = math.MaxInt64
	}
	if errors.Is(err, sql.ErrNoRows) {
		err = nil // holding the lease of such a load fails, and says so
	}
	return first, last, err
}

// firstPutOff gives the first statement whose index rows may be missing: of the load that is open, or being discarded.
func (t *tx) firstPutOff(ctx context.Context) (first int64, err error) {
	err = t.QueryRowContext(ctx, "SELECT coalesce(max(putOff), 0) FROM load WHERE state IN ('open', 'discarding')").Scan(&first)
	if first == 0 {
		first = math.MaxInt64
	}
	return first, err
}

// putIn puts in the index rows that were put off, where they are those of at least so many statements.
func (s *Store) putIn(ctx context.Context, lease graph.Lease, least int64) error {
	s.puttingIn.Lock() // also against a former holder of the load, who is told so at its next step
	defer s.puttingIn.Unlock()
	p := putting{s: s, lease: lease}
	var err error
	if p.first, p.last, err = waiting(ctx, s.reads.db, lease.Load); err != nil || p.last-p.first+1 < max(least, 1) {
		return err
	}
	if err := p.all(ctx); err != nil {
		return fmt.Errorf("put in the index rows of statements %d to %d: %w", p.first, p.last, err)
	}
	return nil
}

// putting puts in the index rows of the statements from the first to the last.
type putting struct {
	s           *Store
	lease       graph.Lease
	first, last int64
}

// step does a part of it in a transaction of its own, which lengthens the lease.
func (p *putting) step(ctx context.Context, do func(*tx) error) error {
	return p.s.writing(ctx, func(t *tx) error {
		if err := p.s.hold(ctx, t, p.lease, "open"); err != nil {
			return err
		}
		return do(t)
	})
}

// order changes the temporary tables alone, and holds up no other writer.
func (p *putting) order(ctx context.Context, text string) error {
	_, err := p.s.writes.db.ExecContext(ctx, text)
	return inTemporaryFiles(err, "")
}

// inTemporaryFiles says where there was no room, for SQLite does not tell which of its files it could not write.
func inTemporaryFiles(err error, or string) error {
	if text := plainly(code(err), or+"temporary files (TMPDIR says where they are)"); text != "" {
		return fmt.Errorf("%w: %s: %w", graph.ErrUnavailable, text, err)
	}
	return err
}

// attach makes a database of temporary files: it has no name, and goes when it is let go or the process ends. It needs no
// journal, for after an error it is let go. What is sorted takes as much memory as pages are kept, so these are fewer
// meanwhile: most pages are met once.
func (p *putting) attach(ctx context.Context) error {
	err := p.order(ctx, fmt.Sprintf("ATTACH '' AS later; PRAGMA later.journal_mode = OFF; PRAGMA main.cache_size = -%d", writeCache/2))
	if err != nil {
		_ = p.detach(ctx) // given up on its way it may be there; where it is not, nothing is to be let go
	}
	return err
}

func (p *putting) detach(ctx context.Context) error {
	return p.order(context.WithoutCancel(ctx), fmt.Sprintf("DETACH later; PRAGMA main.cache_size = -%d", writeCache))
}

func (p *putting) all(ctx context.Context) (err error) {
	if err := p.attach(ctx); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.detach(ctx)) }()
	wide, err := p.derive(ctx)
	if err != nil {
		return err
	}
	for _, table := range laterTables() {
		if err := p.table(ctx, table); err != nil {
			return fmt.Errorf("%s: %w", table, err)
		}
	}
	return p.step(ctx, func(t *tx) error {
		if err := t.widen(ctx, wide); err != nil {
			return err
		}
		_, err := t.exec(ctx, "UPDATE load SET putOff = ? WHERE number = ?", p.last+1, p.lease.Load)
		return err
	})
}

// laterTables lists the tables of rows that are put off. The first two are those through which rows of the others are
// found when a statement is closed or taken back, so nothing is in the others that could not be found.
func laterTables() []string {
	all := []string{"engagement", "part"}
	for _, table := range indexTables() {
		if table != "actor" && !slices.Contains(all, table) {
			all = append(all, table)
		}
	}
	return all
}

// derive puts the rows into temporary tables, and gives in how many more wide engagements each actor is.
func (p *putting) derive(ctx context.Context) (wide map[int64]int, err error) {
	for _, table := range laterTables() {
		if err := p.order(ctx, "CREATE TABLE later."+table+" AS SELECT * FROM main."+table+" WHERE 0"); err != nil {
			return nil, err
		}
	}
	w := newIndexer(nil)
	w.schema = "later."
	for after := p.first - 1; after < p.last; {
		err := p.step(ctx, func(t *tx) error {
			w.t = t
			page, err := t.statementsAfter(ctx, after)
			if err != nil {
				return err
			}
			after = page[len(page)-1].id
			return inTemporaryFiles(w.indexPage(ctx, page), "the store "+p.s.path+", or for ")
		})
		if err != nil {
			return nil, err
		}
	}
	wide = w.wide
	w.wide = map[int64]int{}
	w.release()
	return wide, nil
}

// table puts in the rows of one table, in as many transactions as it takes.
func (p *putting) table(ctx context.Context, table string) error {
	from := "later." + table
	var key string
	err := p.s.reads.db.QueryRowContext(ctx, "SELECT group_concat(name, ', ' ORDER BY pk) FROM pragma_table_info(?) WHERE pk > 0", table).Scan(&key)
	if err != nil {
		return err
	}
	if !strings.HasPrefix(key, "statement") { // by statement they are in order as they were derived
		from = "later.inOrder"
		err := p.order(ctx, "CREATE TABLE "+from+" AS SELECT * FROM later."+table+" ORDER BY "+key+"; DROP TABLE later."+table)
		if err != nil {
			return err
		}
	}
	var rows int64
	if err := p.s.writes.db.QueryRowContext(ctx, "SELECT coalesce(max(rowid), 0) FROM "+from).Scan(&rows); err != nil {
		return err
	}
	atOnce := max(p.s.sizes.together/2, 1)
	for after := int64(0); after < rows; after += atOnce {
		err := p.step(ctx, func(t *tx) error {
			_, err := t.ExecContext(ctx, "INSERT OR IGNORE INTO main."+table+" SELECT * FROM "+from+" WHERE rowid > ? AND rowid <= ?", after, after+atOnce)
			return err
		})
		if err != nil {
			return err
		}
	}
	return p.order(ctx, "DROP TABLE "+from)
}
