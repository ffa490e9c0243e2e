package neo4jstore

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/entente-graph/entente/graph"
)

var errReadOnly = fmt.Errorf("%w: the store was opened for reading only", graph.ErrUnavailable)

// tx is a write transaction.
type tx struct {
	neo4j.ExplicitTransaction
	trips *atomic.Int64
}

// order carries out an order in one transaction. When the database goes away, also while it commits, so that nobody knows
// what came of it, the order is given again: f must find out by itself that it was carried out (by the ledger of batches, or
// the name of the order that a load keeps), and then do nothing. Whoever cancels it has it done or not done: what is being
// committed is waited for.
func (s *Store) order(ctx context.Context, f func(t tx) error) error {
	if s.o.ReadOnly {
		return errReadOnly
	}
	until := time.Now().Add(s.o.RetryTime)
	for try := 1; ; try++ {
		err := s.orderOnce(ctx, f)
		if err == nil || ctx.Err() != nil || !away(err) && !neo4j.IsRetryable(err) || time.Now().After(until) {
			return err
		}
		if err := pause(ctx, try); err != nil {
			return err
		}
	}
}

func (s *Store) orderOnce(ctx context.Context, f func(t tx) error) (err error) {
	session := s.driver.NewSession(ctx, neo4j.SessionConfig{AccessMode: neo4j.AccessModeWrite, DatabaseName: s.o.Database, FetchSize: neo4j.FetchAll})
	defer func() { err = errors.Join(err, s.lastly(ctx, session.Close)) }()
	begun, err := session.BeginTransaction(ctx)
	if err != nil {
		return err
	}
	s.trips.Add(2) // its begin, and its end
	err = f(tx{begun, &s.trips})
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return errors.Join(err, s.lastly(ctx, begun.Close)) // which rolls back
	}
	return s.lastly(ctx, begun.Commit)
}

// lastly does what must be done though the one who asked has gone, for some time.
func (s *Store) lastly(ctx context.Context, do func(context.Context) error) error {
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.o.RetryTime)
	defer cancel()
	return do(last)
}

// ask runs a text of the transaction and gives its rows.
func (t tx) ask(ctx context.Context, name string, params map[string]any) ([]map[string]any, error) {
	t.trips.Add(1)
	result, err := t.Run(ctx, text(name), params)
	if err != nil {
		return nil, err
	}
	records, err := result.Collect(ctx)
	if err != nil {
		return nil, err
	}
	rows := make([]map[string]any, len(records))
	for i, r := range records {
		rows[i] = r.AsMap()
	}
	return rows, nil
}

// do runs a text of the transaction that gives nothing back.
func (t tx) do(ctx context.Context, name string, params map[string]any) error {
	t.trips.Add(1)
	result, err := t.Run(ctx, text(name), params)
	if err != nil {
		return err
	}
	_, err = result.Consume(ctx)
	return err
}

// chunks sends lists in pieces that a server takes at once.
func chunks[T any](all []T, send func(part []T) error) error {
	const most = 5000
	for len(all) > 0 {
		n := min(most, len(all))
		if err := send(all[:n]); err != nil {
			return err
		}
		all = all[n:]
	}
	return nil
}
