package sqlitestore

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/entente-graph/entente/graph"
)

const loadColumns = "number, source, slices, files, recorded, program, note, added, changed, retracted, unchanged, quarantined, undoes, amends, edits, importer"

func scanLoad(row interface{ Scan(dest ...any) error }, before ...any) (graph.Load, error) {
	var l graph.Load
	var slices, files, edits string
	var recorded int64
	c := &l.Counts
	err := row.Scan(append(before, &l.Number, &l.Source, &slices, &files, &recorded, &l.Program, &l.Note,
		&c.Added, &c.Changed, &c.Retracted, &c.Unchanged, &c.Quarantined, &l.Undoes, &l.Amends, &edits, &l.Importer)...)
	if err != nil {
		return graph.Load{}, err
	}
	l.Recorded = time.UnixMilli(recorded).UTC()
	if err := json.Unmarshal([]byte(slices), &l.Slices); err != nil {
		return graph.Load{}, fmt.Errorf("the slices of load %d: %w", l.Number, err)
	}
	if err := json.Unmarshal([]byte(files), &l.Files); err != nil {
		return graph.Load{}, fmt.Errorf("the files of load %d: %w", l.Number, err)
	}
	if err := json.Unmarshal([]byte(edits), &l.Edits); err != nil {
		return graph.Load{}, fmt.Errorf("the edits of load %d: %w", l.Number, err)
	}
	return l, nil
}

// Head tells which store this is and its newest load.
func (s *Store) Head(ctx context.Context) (h graph.Head, err error) {
	defer failed(ctx, &err, "head of the store")
	st, err := s.reads.stmt(ctx, `SELECT store.id, store.burned, coalesce(load.number, 0), coalesce(source, ''), coalesce(slices, 'null'), coalesce(files, 'null'),
		coalesce(recorded, 0), coalesce(program, ''), coalesce(note, ''), coalesce(added, 0), coalesce(changed, 0),
		coalesce(retracted, 0), coalesce(unchanged, 0), coalesce(quarantined, 0),
		coalesce(undoes, 0), coalesce(amends, 0), coalesce(edits, 'null'), coalesce(importer, '')
		FROM store LEFT JOIN load ON load.number = store.head WHERE store.one = 1`)
	if err != nil {
		return h, err
	}
	h.Load, err = scanLoad(st.QueryRowContext(ctx), &h.StoreID, &h.Burned)
	if h.Load.Number == 0 {
		h.Load = graph.Load{}
	}
	s.sawHead(h.Load.Number)
	return h, err
}

func (s *Store) sawHead(n graph.LoadNumber) {
	for {
		seen := s.head.Load()
		if seen >= int64(n) || s.head.CompareAndSwap(seen, int64(n)) {
			return
		}
	}
}

// at checks that a question's load is not above the head. The head never goes back, so what was seen of it is enough.
func (s *Store) at(ctx context.Context, load graph.LoadNumber) error {
	if load < 0 {
		return graph.BadInput("load %d: loads count from 1", load)
	}
	if int64(load) <= s.head.Load() {
		return nil
	}
	st, err := s.reads.stmt(ctx, "SELECT head FROM store WHERE one = 1")
	if err != nil {
		return err
	}
	var head graph.LoadNumber
	if err := st.QueryRowContext(ctx).Scan(&head); err != nil {
		return err
	}
	s.sawHead(head)
	if load > head {
		return graph.BadInput("load %d: the newest is %d", load, head)
	}
	return nil
}

// Loads gives committed loads, newest first.
func (s *Store) Loads(ctx context.Context, q graph.LoadQuery) (loads []graph.Load, err error) {
	defer failed(ctx, &err, "loads")
	if err := q.Check(); err != nil {
		return nil, err
	}
	before, knownAt, only, limit := graph.OpenLoad, int64(1)<<62, int64(0), -1
	if q.Before > 0 {
		before = q.Before
	}
	if q.KnownAt != nil {
		knownAt = q.KnownAt.UnixMilli()
	}
	if q.Number > 0 {
		only, before = int64(q.Number), min(before, q.Number+1)
	}
	if q.First > 0 {
		limit = q.First
	}
	err = s.query(ctx, "SELECT "+loadColumns+` FROM load
		WHERE state = 'committed' AND number < ? AND number >= ? AND recorded <= ? ORDER BY number DESC LIMIT ?`,
		[]any{before, only, knownAt, limit}, func(r *sql.Rows) error {
			l, err := scanLoad(r)
			loads = append(loads, l)
			return err
		})
	return loads, err
}
