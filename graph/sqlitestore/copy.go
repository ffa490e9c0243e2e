package sqlitestore

import (
	"context"
	"fmt"
	"time"

	"github.com/entente-graph/entente/graph"
)

// burn takes the next number, or that of the original, with when that was recorded.
func (t *tx) burn(ctx context.Context, original *graph.Original) (n graph.LoadNumber, copied *int64, err error) {
	if original == nil {
		return n, nil, t.QueryRowContext(ctx, "UPDATE store SET burned = burned + 1 RETURNING burned").Scan(&n)
	}
	var burned graph.LoadNumber
	var newest int64
	err = t.QueryRowContext(ctx, "SELECT burned, coalesce((SELECT max(recorded) FROM load WHERE state = 'committed'), 0) FROM store WHERE one = 1").Scan(&burned, &newest)
	if err != nil {
		return 0, nil, err
	}
	at := original.Recorded.UnixMilli()
	switch {
	case original.Number <= burned:
		return 0, nil, fmt.Errorf("%w: a copy of load %d keeps its number, and here all numbers up to %d were taken", graph.ErrConflict, original.Number, burned)
	case at < newest:
		return 0, nil, fmt.Errorf("%w: a copy of load %d keeps its time, %s, which is before that of the newest load here, %s",
			graph.ErrConflict, original.Number, original.Recorded.UTC().Format(time.RFC3339Nano), time.UnixMilli(newest).UTC().Format(time.RFC3339Nano))
	}
	_, err = t.ExecContext(ctx, "UPDATE store SET burned = ?", original.Number)
	return original.Number, &at, err
}

// erased keeps what the original of a copy erased.
func (t *tx) erased(ctx context.Context, load graph.LoadNumber, b graph.Batch) error {
	if len(b.Erased) == 0 {
		return nil
	}
	var isCopy bool
	if err := t.QueryRowContext(ctx, "SELECT copied IS NOT NULL FROM load WHERE number = ?", load).Scan(&isCopy); err != nil {
		return err
	}
	if err := b.Check(isCopy); err != nil {
		return err
	}
	for _, e := range b.Erased {
		var held, erased bool
		err := t.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM statement WHERE kind = ?1 AND key = ?2 AND source = ?3),
			EXISTS (SELECT 1 FROM erasure WHERE kind = ?1 AND key = ?2 AND source = ?3)`, e.Kind, e.Key, e.Source).Scan(&held, &erased)
		switch {
		case err != nil:
			return err
		case held:
			return fmt.Errorf("erased, %s %s of %s: %w: the store holds it", e.Kind, e.Key, e.Source, graph.ErrConflict)
		case erased:
			return fmt.Errorf("erased, %s %s of %s: %w: it was erased before", e.Kind, e.Key, e.Source, graph.ErrConflict)
		}
		if _, err := t.exec(ctx, "INSERT INTO erasure (source, kind, key, load, reason) VALUES (?, ?, ?, ?, ?)", e.Source, e.Kind, e.Key, load, e.Reason); err != nil {
			return err
		}
	}
	return nil
}
