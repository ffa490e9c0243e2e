package sqlitestore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/entente-graph/entente/graph"
)

// quarantine keeps what a load did not understand.
func (t *tx) quarantine(ctx context.Context, load graph.LoadNumber, all []graph.Quarantined) error {
	for _, q := range all {
		body, err := json.Marshal(q)
		if err != nil {
			return err
		}
		_, err = t.exec(ctx, "INSERT INTO quarantine (load, n, source, kind, key, body) VALUES (?, ?, ?, ?, ?, ?)",
			load, q.N, q.Of.Source, q.Of.Kind, q.Of.Key, string(body))
		if err != nil {
			return fmt.Errorf("keep entry %d of the quarantine: %w", q.N, err)
		}
	}
	return nil
}

// Quarantine pages through what a load did not understand.
func (s *Store) Quarantine(ctx context.Context, q graph.QuarantineQuery) (page graph.QuarantinePage, err error) {
	defer failed(ctx, &err, "the quarantine of load %d", q.Load)
	if err := errors.Join(q.Check(), s.at(ctx, q.Load)); err != nil {
		return page, err
	}
	limit := -1
	if q.First > 0 {
		limit = q.First + 1
	}
	err = s.query(ctx, `SELECT body FROM quarantine WHERE load = ? AND n > ? AND (SELECT state FROM load WHERE number = quarantine.load) = 'committed'
		ORDER BY n LIMIT ?`, []any{q.Load, q.After, limit}, func(r *sql.Rows) error {
		var body sql.RawBytes
		var item graph.Quarantined
		if err := r.Scan(&body); err != nil {
			return err
		}
		if err := json.Unmarshal(body, &item); err != nil {
			return err
		}
		page.Items = append(page.Items, item)
		return nil
	})
	if q.First > 0 && len(page.Items) > q.First {
		page.Items, page.More = page.Items[:q.First], true
	}
	return page, err
}
