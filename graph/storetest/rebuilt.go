package storetest

import (
	"context"
	"testing"

	"github.com/entente-graph/entente/graph"
)

// Rebuilt gives stores whose index rows are dropped and derived anew after every load that is committed. before, if not
// nil, is called first each time: a store's own test can really delete its index rows there.
func Rebuilt(open func(t testing.TB) graph.Store, before func(t testing.TB, s graph.Store)) func(t testing.TB) graph.Store {
	return func(t testing.TB) graph.Store {
		t.Helper()
		return &rebuilt{Store: open(t), t: t, before: before}
	}
}

type rebuilt struct {
	graph.Store
	t      testing.TB
	before func(t testing.TB, s graph.Store)
}

// Commit commits and rebuilds.
func (s *rebuilt) Commit(ctx context.Context, lease graph.Lease, counts graph.Counts) (graph.Load, error) {
	l, err := s.Store.Commit(ctx, lease, counts)
	if err != nil {
		return l, err
	}
	if s.before != nil {
		s.before(s.t, s.Store)
	}
	return l, s.RebuildIndex(ctx, nil)
}

// Answers holds a store to the part of the law that is about its answers: all texts of testdata, and random graphs.
func Answers(t *testing.T, open func(t testing.TB) graph.Store) {
	t.Run("answers", func(t *testing.T) { answers(t, open) })
	t.Run("random", func(t *testing.T) { random(t, open) })
}
