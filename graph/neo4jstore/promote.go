package neo4jstore

import (
	"context"

	"github.com/entente-graph/entente/graph"
)

// promoteBatch is how many statements are marked in one transaction.
const promoteBatch = 1000

// promote marks for people who look into the database what is current: `current` on statements and rows, and what
// identities show. No question of ours reads it. It comes after a commit, so a load that could not be marked to its end is
// marked with the next one; that is no error.
func (s *Store) promote(ctx context.Context) {
	var loads []int64
	err := s.order(ctx, func(t tx) error {
		rows, err := t.ask(ctx, "unpromoted", nil)
		loads = loads[:0]
		for _, r := range rows {
			loads = append(loads, number(r["number"]))
		}
		return err
	})
	for i := 0; err == nil && i < len(loads); i++ {
		err = s.promoteLoad(ctx, loads[i])
	}
}

func (s *Store) promoteLoad(ctx context.Context, load int64) error {
	prefix := ofLoad(graph.LoadNumber(load))
	for _, name := range []string{"promote_closed", "promote_recorded"} {
		for after := prefix; after != ""; {
			last := "" // what was marked counts once it is committed, so that an order given again marks the same
			err := s.order(ctx, func(t tx) error {
				rows, err := t.ask(ctx, name, map[string]any{"after": after, "before": past(prefix), "open": int64(graph.OpenLoad), "limit": promoteBatch})
				if err == nil {
					last = str(rows[0]["last"])
				}
				return err
			})
			if err != nil {
				return err
			}
			after = last
		}
	}
	return s.order(ctx, func(t tx) error { return t.do(ctx, "promoted", map[string]any{"load": load}) })
}
