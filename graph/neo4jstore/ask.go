package neo4jstore

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/entente-graph/entente/graph"
)

// tries is how often a question is asked of a database that is away, or whose followers are behind; after each failure it
// waits a little longer.
const tries = 5

// ask sends a question in one round trip, and hands on its rows. Every text begins with the head guard, and answers with at
// least one row, whose columns beyond the guard's are null where there is nothing: no row at all comes from a
// server that has not seen the load yet, so that another is asked.
func (s *Store) ask(ctx context.Context, name string, params map[string]any, scan func(values map[string]any) error) error {
	load, _ := params["load"].(int64)
	if load < 0 {
		return graph.BadInput("load %d: loads count from 1", load)
	}
	var err error
	for try := range tries {
		if try > 0 {
			if err := pause(ctx, try); err != nil {
				return err
			}
		}
		var records []*neo4j.Record
		if records, err = s.run(ctx, text(name), params); err != nil {
			if ctx.Err() != nil || !neo4j.IsRetryable(err) && !away(err) {
				return err
			}
			continue
		}
		if len(records) > 0 {
			s.sawHead(graph.LoadNumber(load))
			return each(records, scan)
		}
		if err = s.behind(ctx, graph.LoadNumber(load)); errors.Is(err, graph.ErrInvalid) {
			return err
		}
	}
	return err
}

// each hands on the rows, one after another in the same map, which nobody keeps. One that has nothing but nulls, beside what
// counts all, says that there is nothing.
func each(records []*neo4j.Record, scan func(values map[string]any) error) error {
	values := map[string]any{}
	for _, r := range records { // all have the same keys
		for i, key := range r.Keys {
			values[key] = r.Values[i]
		}
		if err := scan(values); err != nil {
			return err
		}
	}
	return nil
}

// run sends one text in an auto-commit transaction for reading: one round trip, however many rows come back.
func (s *Store) run(ctx context.Context, text string, params map[string]any) (records []*neo4j.Record, err error) {
	session := s.driver.NewSession(ctx, neo4j.SessionConfig{AccessMode: neo4j.AccessModeRead, DatabaseName: s.o.Database, FetchSize: neo4j.FetchAll})
	defer func() { err = errors.Join(err, session.Close(ctx)) }()
	s.trips.Add(1)
	result, err := session.Run(ctx, text, params, bounded(ctx)...)
	if err != nil {
		return nil, err
	}
	return result.Collect(ctx)
}

// bounded lets the server give up when nobody waits for the answer any more.
func bounded(ctx context.Context) []func(*neo4j.TransactionConfig) {
	if deadline, ok := ctx.Deadline(); ok {
		if left := time.Until(deadline); left > time.Millisecond {
			return []func(*neo4j.TransactionConfig){neo4j.WithTxTimeout(left + time.Second)}
		}
	}
	return nil
}

// behind says why a question about a load was not answered: it is above the head, or the server has not heard of it yet.
func (s *Store) behind(ctx context.Context, load graph.LoadNumber) error {
	records, err := s.run(ctx, text("head_now"), nil)
	if err != nil {
		return err
	}
	if len(records) == 0 {
		return fmt.Errorf("%w: the database holds no store any more", graph.ErrUnavailable)
	}
	head, _ := records[0].Values[0].(int64)
	if int64(load) > max(head, s.seen.Load()) {
		return graph.BadInput("load %d: the newest is %d", load, head)
	}
	return fmt.Errorf("%w: the database has not caught up with load %d; it is at %d", graph.ErrUnavailable, load, head)
}

func (s *Store) sawHead(n graph.LoadNumber) {
	for {
		seen := s.seen.Load()
		if seen >= int64(n) || s.seen.CompareAndSwap(seen, int64(n)) {
			return
		}
	}
}

// pause waits 25 ms, 50 ms, 100 ms … and some more or less, so that many who wait do not come back at once.
func pause(ctx context.Context, try int) error {
	wait := 25 * time.Millisecond << min(try-1, 6)
	timer := time.NewTimer(wait/2 + rand.N(wait)) //nolint:gosec // nothing secret
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
