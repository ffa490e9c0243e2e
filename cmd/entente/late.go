package main

import (
	"context"
	"fmt"
	"iter"
	"sync/atomic"

	"github.com/entente-graph/entente/graph"
)

// lateReader is a store that is not open yet: every question is graph.ErrUnavailable until it is.
type lateReader struct {
	name  string
	store atomic.Pointer[graph.Reader]
}

var _ graph.Reader = (*lateReader)(nil)

// open lets questions through to the store from now on.
func (l *lateReader) open(store graph.Reader) { l.store.Store(&store) }

func (l *lateReader) reader() (graph.Reader, error) {
	if r := l.store.Load(); r != nil {
		return *r, nil
	}
	return nil, fmt.Errorf("%w: %s has not answered yet", graph.ErrUnavailable, l.name)
}

// late asks the store, once it is there.
func late[T any](l *lateReader, ask func(r graph.Reader) (T, error)) (answer T, err error) {
	r, err := l.reader()
	if err != nil {
		return answer, err
	}
	return ask(r)
}

// lateSeq streams from the store, once it is there.
func lateSeq[T any](l *lateReader, ask func(r graph.Reader) iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		r, err := l.reader()
		if err != nil {
			var none T
			yield(none, err)
			return
		}
		ask(r)(yield)
	}
}

// Head asks the store.
func (l *lateReader) Head(ctx context.Context) (graph.Head, error) {
	return late(l, func(r graph.Reader) (graph.Head, error) { return r.Head(ctx) })
}

// Loads asks the store.
func (l *lateReader) Loads(ctx context.Context, q graph.LoadQuery) ([]graph.Load, error) {
	return late(l, func(r graph.Reader) ([]graph.Load, error) { return r.Loads(ctx, q) })
}

// Statements asks the store.
func (l *lateReader) Statements(ctx context.Context, q graph.StatementQuery) ([]graph.Recorded, error) {
	return late(l, func(r graph.Reader) ([]graph.Recorded, error) { return r.Statements(ctx, q) })
}

// Holders asks the store.
func (l *lateReader) Holders(ctx context.Context, q graph.HolderQuery) ([]graph.Holder, error) {
	return late(l, func(r graph.Reader) ([]graph.Holder, error) { return r.Holders(ctx, q) })
}

// Components asks the store.
func (l *lateReader) Components(ctx context.Context, q graph.ComponentQuery) ([]graph.Component, error) {
	return late(l, func(r graph.Reader) ([]graph.Component, error) { return r.Components(ctx, q) })
}

// ActorKeys asks the store.
func (l *lateReader) ActorKeys(ctx context.Context, q graph.ActorQuery) (graph.KeyPage, error) {
	return late(l, func(r graph.Reader) (graph.KeyPage, error) { return r.ActorKeys(ctx, q) })
}

// Engagements asks the store.
func (l *lateReader) Engagements(ctx context.Context, q graph.EngagementQuery) (graph.EngagementPage, error) {
	return late(l, func(r graph.Reader) (graph.EngagementPage, error) { return r.Engagements(ctx, q) })
}

// Gatherings asks the store.
func (l *lateReader) Gatherings(ctx context.Context, q graph.GatheringQuery) (graph.GatheringPage, error) {
	return late(l, func(r graph.Reader) (graph.GatheringPage, error) { return r.Gatherings(ctx, q) })
}

// TieRecords asks the store.
func (l *lateReader) TieRecords(ctx context.Context, q graph.TieQuery) ([]graph.TieRecord, error) {
	return late(l, func(r graph.Reader) ([]graph.TieRecord, error) { return r.TieRecords(ctx, q) })
}

// TieDyads asks the store.
func (l *lateReader) TieDyads(ctx context.Context, q graph.TieDyadQuery) (graph.DyadPage, error) {
	return late(l, func(r graph.Reader) (graph.DyadPage, error) { return r.TieDyads(ctx, q) })
}

// Tenures asks the store.
func (l *lateReader) Tenures(ctx context.Context, q graph.TenureQuery) (graph.TenurePage, error) {
	return late(l, func(r graph.Reader) (graph.TenurePage, error) { return r.Tenures(ctx, q) })
}

// Memberships asks the store.
func (l *lateReader) Memberships(ctx context.Context, q graph.MembershipQuery) (graph.MembershipPage, error) {
	return late(l, func(r graph.Reader) (graph.MembershipPage, error) { return r.Memberships(ctx, q) })
}

// Representations asks the store.
func (l *lateReader) Representations(ctx context.Context, q graph.RepresentationQuery) (graph.RepresentationPage, error) {
	return late(l, func(r graph.Reader) (graph.RepresentationPage, error) { return r.Representations(ctx, q) })
}

// Assertions asks the store.
func (l *lateReader) Assertions(ctx context.Context, q graph.AssertionQuery) (graph.AssertionPage, error) {
	return late(l, func(r graph.Reader) (graph.AssertionPage, error) { return r.Assertions(ctx, q) })
}

// Links asks the store.
func (l *lateReader) Links(ctx context.Context, q graph.LinkQuery) ([]graph.Recorded, error) {
	return late(l, func(r graph.Reader) ([]graph.Recorded, error) { return r.Links(ctx, q) })
}

// Search asks the store.
func (l *lateReader) Search(ctx context.Context, q graph.SearchQuery) (graph.SearchPage, error) {
	return late(l, func(r graph.Reader) (graph.SearchPage, error) { return r.Search(ctx, q) })
}

// Unfinished asks the store.
func (l *lateReader) Unfinished(ctx context.Context) (*graph.Unfinished, error) {
	return late(l, func(r graph.Reader) (*graph.Unfinished, error) { return r.Unfinished(ctx) })
}

// Quarantine asks the store.
func (l *lateReader) Quarantine(ctx context.Context, q graph.QuarantineQuery) (graph.QuarantinePage, error) {
	return late(l, func(r graph.Reader) (graph.QuarantinePage, error) { return r.Quarantine(ctx, q) })
}

// Erasures asks the store.
func (l *lateReader) Erasures(ctx context.Context, q graph.ErasureQuery) ([]graph.Erasure, error) {
	return late(l, func(r graph.Reader) ([]graph.Erasure, error) { return r.Erasures(ctx, q) })
}

// Manifest asks the store.
func (l *lateReader) Manifest(ctx context.Context, q graph.ManifestQuery) iter.Seq2[graph.ManifestEntry, error] {
	return lateSeq(l, func(r graph.Reader) iter.Seq2[graph.ManifestEntry, error] { return r.Manifest(ctx, q) })
}

// Versions asks the store.
func (l *lateReader) Versions(ctx context.Context, q graph.VersionQuery) (graph.VersionPage, error) {
	return late(l, func(r graph.Reader) (graph.VersionPage, error) { return r.Versions(ctx, q) })
}

// Changes asks the store.
func (l *lateReader) Changes(ctx context.Context, q graph.ChangeQuery) iter.Seq2[graph.Change, error] {
	return lateSeq(l, func(r graph.Reader) iter.Seq2[graph.Change, error] { return r.Changes(ctx, q) })
}
