//go:build unix

package main

import (
	"context"
	"sync"

	"github.com/entente-graph/entente/graph"
)

// A listener stands before a store, counts what it is asked, and remembers it while it is told to.
type listener struct {
	graph.Reader
	mu    sync.Mutex
	asked int
	keep  bool
	kept  []any
}

// during gives what is asked meanwhile.
func (l *listener) during(f func() error) ([]any, error) {
	l.keep, l.kept, l.asked = true, nil, 0
	err := f()
	l.keep = false
	return l.kept, err
}

func hear[Q, V any](ctx context.Context, l *listener, q Q, put func(context.Context, Q) (V, error)) (V, error) {
	l.mu.Lock()
	l.asked++
	if l.keep {
		l.kept = append(l.kept, q)
	}
	l.mu.Unlock()
	return put(ctx, q)
}

type headQuery struct{}

func (l *listener) Head(ctx context.Context) (graph.Head, error) {
	return hear(ctx, l, headQuery{}, func(ctx context.Context, _ headQuery) (graph.Head, error) { return l.Reader.Head(ctx) })
}

func (l *listener) Loads(ctx context.Context, q graph.LoadQuery) ([]graph.Load, error) {
	return hear(ctx, l, q, l.Reader.Loads)
}

func (l *listener) Statements(ctx context.Context, q graph.StatementQuery) ([]graph.Recorded, error) {
	return hear(ctx, l, q, l.Reader.Statements)
}

func (l *listener) Holders(ctx context.Context, q graph.HolderQuery) ([]graph.Holder, error) {
	return hear(ctx, l, q, l.Reader.Holders)
}

func (l *listener) Components(ctx context.Context, q graph.ComponentQuery) ([]graph.Component, error) {
	return hear(ctx, l, q, l.Reader.Components)
}

func (l *listener) ActorKeys(ctx context.Context, q graph.ActorQuery) (graph.KeyPage, error) {
	return hear(ctx, l, q, l.Reader.ActorKeys)
}

func (l *listener) Engagements(ctx context.Context, q graph.EngagementQuery) (graph.EngagementPage, error) {
	return hear(ctx, l, q, l.Reader.Engagements)
}

func (l *listener) Gatherings(ctx context.Context, q graph.GatheringQuery) (graph.GatheringPage, error) {
	return hear(ctx, l, q, l.Reader.Gatherings)
}

func (l *listener) TieRecords(ctx context.Context, q graph.TieQuery) ([]graph.TieRecord, error) {
	return hear(ctx, l, q, l.Reader.TieRecords)
}

func (l *listener) TieDyads(ctx context.Context, q graph.TieDyadQuery) (graph.DyadPage, error) {
	return hear(ctx, l, q, l.Reader.TieDyads)
}

func (l *listener) Tenures(ctx context.Context, q graph.TenureQuery) (graph.TenurePage, error) {
	return hear(ctx, l, q, l.Reader.Tenures)
}

func (l *listener) Memberships(ctx context.Context, q graph.MembershipQuery) (graph.MembershipPage, error) {
	return hear(ctx, l, q, l.Reader.Memberships)
}

func (l *listener) Representations(ctx context.Context, q graph.RepresentationQuery) (graph.RepresentationPage, error) {
	return hear(ctx, l, q, l.Reader.Representations)
}

func (l *listener) Assertions(ctx context.Context, q graph.AssertionQuery) (graph.AssertionPage, error) {
	return hear(ctx, l, q, l.Reader.Assertions)
}

func (l *listener) Links(ctx context.Context, q graph.LinkQuery) ([]graph.Recorded, error) {
	return hear(ctx, l, q, l.Reader.Links)
}

func (l *listener) Search(ctx context.Context, q graph.SearchQuery) (graph.SearchPage, error) {
	return hear(ctx, l, q, l.Reader.Search)
}
