package difftest

import (
	"context"
	"time"

	"github.com/entente-graph/entente/graph"
)

// dated gives the loads of a store moments that are a function of their numbers, for two stores cannot be loaded at
// the same moment. What was known at a moment is asked of the store itself all the same, by the moment at which it
// recorded the load in question.
type dated struct{ graph.Reader }

// recordedAt is when a load became visible. Every number has a day of its own: the last covered day of a tie may be it.
func recordedAt(n graph.LoadNumber) time.Time {
	return time.Date(2026, 1, int(n), 9, 30, 0, int(n)*int(time.Millisecond), time.UTC)
}

func redated(l graph.Load) graph.Load {
	if l.Number > 0 {
		l.Recorded = recordedAt(l.Number)
	}
	return l
}

// Head gives the head as if it had been recorded at its number's moment, of one store: a store's id is random, and stands in
// the addresses of answers that last.
func (d dated) Head(ctx context.Context) (graph.Head, error) {
	h, err := d.Reader.Head(ctx)
	h.Load, h.StoreID = redated(h.Load), "STORE"
	return h, err
}

// Loads gives loads as if each had been recorded at its number's moment.
func (d dated) Loads(ctx context.Context, q graph.LoadQuery) ([]graph.Load, error) {
	if q.KnownAt != nil {
		known, err := d.Reader.Loads(ctx, graph.LoadQuery{First: 1000})
		if err != nil {
			return nil, err
		}
		at := time.Time{}
		for _, l := range known { // newest first
			if !recordedAt(l.Number).After(*q.KnownAt) {
				at = l.Recorded
				if q.Before == 0 || q.Before > l.Number {
					q.Before = l.Number + 1 // two loads may have been recorded within one tick of a store's clock
				}
				break
			}
		}
		q.KnownAt = &at
	}
	loads, err := d.Reader.Loads(ctx, q)
	for i := range loads {
		loads[i] = redated(loads[i])
	}
	return loads, err
}
