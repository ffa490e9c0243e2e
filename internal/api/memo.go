package api

import (
	"context"
	"fmt"
	"sync"

	"github.com/entente-graph/entente/graph"
)

// memoReader is a request's own Reader: it asks small questions that many views and lists repeat only once, and
// holds one head, so that a load committed meanwhile cannot split the answer. What it gives is shared within the
// request; the views only read it.
type memoReader struct {
	graph.Reader
	heads      memo[struct{}, graph.Head]
	statements memo[string, []graph.Recorded]
	components memo[string, []graph.Component]
	holders    memo[string, []graph.Holder]
}

// Head gives the newest load as it was when the request first asked.
func (m *memoReader) Head(ctx context.Context) (graph.Head, error) {
	return m.heads.get(struct{}{}, func() (graph.Head, error) { return m.Reader.Head(ctx) })
}

// Statements remembers the sources of a load; all else is asked.
func (m *memoReader) Statements(ctx context.Context, q graph.StatementQuery) ([]graph.Recorded, error) {
	if q.Kind != graph.StatementSource || len(q.Keys) > 0 {
		return m.Reader.Statements(ctx, q)
	}
	return m.statements.get(fmt.Sprint(q.Load), func() ([]graph.Recorded, error) { return m.Reader.Statements(ctx, q) })
}

// Components remembers what is part of whom.
func (m *memoReader) Components(ctx context.Context, q graph.ComponentQuery) ([]graph.Component, error) {
	return m.components.get(fmt.Sprint(q.Load, q.Members, q.Wholes, q.Of), func() ([]graph.Component, error) { return m.Reader.Components(ctx, q) })
}

// Holders remembers who holds codes.
func (m *memoReader) Holders(ctx context.Context, q graph.HolderQuery) ([]graph.Holder, error) {
	return m.holders.get(fmt.Sprintf("%d%q", q.Load, q.Codes), func() ([]graph.Holder, error) { return m.Reader.Holders(ctx, q) })
}

// memo remembers answers by question; those who ask at the same time wait for the first.
type memo[K comparable, V any] struct {
	mu   sync.Mutex
	held map[K]func() (V, error)
}

func (m *memo[K, V]) get(key K, ask func() (V, error)) (V, error) {
	m.mu.Lock()
	if m.held == nil {
		m.held = map[K]func() (V, error){}
	}
	once, ok := m.held[key]
	if !ok {
		once = sync.OnceValues(ask)
		m.held[key] = once
	}
	m.mu.Unlock()
	return once()
}
