package api

import (
	"context"
	"iter"
	"slices"
	"sync/atomic"

	"github.com/entente-graph/entente/graph"
)

// memoReader is a request's own Reader. It asks each question once: the same field under two names, or in two fragments,
// costs the store nothing more. It holds one head, so that a load committed meanwhile cannot split the answer; a
// request may choose the load that counts as the newest. And it counts what the store is asked and gives, and breaks the
// request off beyond the limits. Lists that it gives belong to the caller, as those of every Reader; what is in their items is
// shared within the request, and only read.
type memoReader struct {
	graph.Reader
	newest *graph.LoadNumber // the load that counts as the newest; nil: the store's
	limits Limits
	over   func(error) // breaks the request off

	heads     memo[struct{}, graph.Head]
	held      memo[print, any]
	questions atomic.Int64
	rows      atomic.Int64
}

// asking puts a question to the store, unless it was put before. size tells how many rows an answer has.
func asking[Q, V any](ctx context.Context, m *memoReader, name string, q Q, put func(context.Context, Q) (V, error), size func(V) int) (V, error) {
	counted := func() (V, error) {
		var none V
		if err := m.begin(); err != nil {
			return none, err
		}
		v, err := put(ctx, q)
		if err == nil {
			err = m.took(size(v))
		}
		if err != nil {
			return none, err
		}
		return v, nil
	}
	p, ok := printOf(name, q)
	if !ok {
		return counted()
	}
	v, err := m.held.get(p, func() (any, error) { return counted() })
	if err != nil {
		var none V
		return none, err
	}
	return ownCopy(v.(V)), nil //nolint:forcetypeassert // the print has the name of the question
}

// begin counts a question, before it is put.
func (m *memoReader) begin() error {
	if n := int(m.questions.Add(1)); n > m.limits.Questions {
		return m.refuse(refuseMore(codeCost, "questions", n, m.limits.Questions,
			"the answer takes more than %d questions to the store, which is the limit: ask for smaller pages, or for less below them", m.limits.Questions))
	}
	return nil
}

// took counts rows that the store gave.
func (m *memoReader) took(rows int) error {
	if n := int(m.rows.Add(int64(rows))); n > m.limits.Rows {
		return m.refuse(refuseMore(codeCost, "rows", n, m.limits.Rows,
			"the answer takes %d rows of the store and more: the limit is %d; ask for less at once", n, m.limits.Rows))
	}
	return nil
}

func (m *memoReader) refuse(err error) error {
	m.over(err)
	return err
}

// inOrder gives keys in their order: loaders gather them in any, and the question is the same.
func inOrder[K ~string](keys []K) []K {
	sorted := slices.Clone(keys) // nil stays nil
	slices.Sort(sorted)
	return sorted
}

func length[T any](rows []T) int { return len(rows) }

// Head gives the newest load as it was when the request first asked, or the one that was chosen to be it.
func (m *memoReader) Head(ctx context.Context) (graph.Head, error) {
	return m.heads.get(struct{}{}, func() (graph.Head, error) {
		if err := m.begin(); err != nil {
			return graph.Head{}, err
		}
		h, err := m.Reader.Head(ctx)
		if err != nil || m.newest == nil || *m.newest == h.Load.Number {
			return h, err
		}
		if *m.newest > h.Load.Number {
			return h, graph.BadInput("there is no load %d: the newest is %d", *m.newest, h.Load.Number)
		}
		loads, err := m.Reader.Loads(ctx, graph.LoadQuery{Before: *m.newest + 1, First: 1})
		h.Load = graph.Load{}
		if len(loads) > 0 {
			h.Load = loads[0] // that of the number, or where it failed, the one before
		}
		return h, err
	})
}

// Loads gives none above the newest that counts.
func (m *memoReader) Loads(ctx context.Context, q graph.LoadQuery) ([]graph.Load, error) {
	if m.newest != nil {
		if above := *m.newest + 1; q.Before == 0 || q.Before > above {
			q.Before = above
		}
	}
	return asking(ctx, m, "Loads", q, m.Reader.Loads, length)
}

// Statements asks the store, once.
func (m *memoReader) Statements(ctx context.Context, q graph.StatementQuery) ([]graph.Recorded, error) {
	q.Keys = inOrder(q.Keys)
	return asking(ctx, m, "Statements", q, m.Reader.Statements, length)
}

// Holders asks the store, once.
func (m *memoReader) Holders(ctx context.Context, q graph.HolderQuery) ([]graph.Holder, error) {
	return asking(ctx, m, "Holders", q, m.Reader.Holders, length)
}

// Components asks the store, once.
func (m *memoReader) Components(ctx context.Context, q graph.ComponentQuery) ([]graph.Component, error) {
	return asking(ctx, m, "Components", q, m.Reader.Components, length)
}

// ActorKeys asks the store, once.
func (m *memoReader) ActorKeys(ctx context.Context, q graph.ActorQuery) (graph.KeyPage, error) {
	return asking(ctx, m, "ActorKeys", q, m.Reader.ActorKeys, func(p graph.KeyPage) int { return len(p.Keys) })
}

// Engagements asks the store, once.
func (m *memoReader) Engagements(ctx context.Context, q graph.EngagementQuery) (graph.EngagementPage, error) {
	return asking(ctx, m, "Engagements", q, m.Reader.Engagements, func(p graph.EngagementPage) int { return len(p.Items) })
}

// Gatherings asks the store, once.
func (m *memoReader) Gatherings(ctx context.Context, q graph.GatheringQuery) (graph.GatheringPage, error) {
	return asking(ctx, m, "Gatherings", q, m.Reader.Gatherings, func(p graph.GatheringPage) int { return len(p.Items) })
}

// Versions asks the store, once.
func (m *memoReader) Versions(ctx context.Context, q graph.VersionQuery) (graph.VersionPage, error) {
	return asking(ctx, m, "Versions", q, m.Reader.Versions, func(p graph.VersionPage) int { return len(p.Items) })
}

// TieRecords asks the store, once.
func (m *memoReader) TieRecords(ctx context.Context, q graph.TieQuery) ([]graph.TieRecord, error) {
	return asking(ctx, m, "TieRecords", q, m.Reader.TieRecords, length)
}

// TieDyads asks the store, once.
func (m *memoReader) TieDyads(ctx context.Context, q graph.TieDyadQuery) (graph.DyadPage, error) {
	return asking(ctx, m, "TieDyads", q, m.Reader.TieDyads, func(p graph.DyadPage) int { return len(p.Dyads) })
}

// Tenures asks the store, once.
func (m *memoReader) Tenures(ctx context.Context, q graph.TenureQuery) (graph.TenurePage, error) {
	return asking(ctx, m, "Tenures", q, m.Reader.Tenures, func(p graph.TenurePage) int { return len(p.Items) })
}

// Memberships asks the store, once.
func (m *memoReader) Memberships(ctx context.Context, q graph.MembershipQuery) (graph.MembershipPage, error) {
	return asking(ctx, m, "Memberships", q, m.Reader.Memberships, func(p graph.MembershipPage) int { return len(p.Items) })
}

// Representations asks the store, once.
func (m *memoReader) Representations(ctx context.Context, q graph.RepresentationQuery) (graph.RepresentationPage, error) {
	return asking(ctx, m, "Representations", q, m.Reader.Representations, func(p graph.RepresentationPage) int { return len(p.Items) })
}

// Assertions asks the store, once.
func (m *memoReader) Assertions(ctx context.Context, q graph.AssertionQuery) (graph.AssertionPage, error) {
	q.About = inOrder(q.About)
	return asking(ctx, m, "Assertions", q, m.Reader.Assertions, func(p graph.AssertionPage) int { return len(p.Items) })
}

// Links asks the store, once.
func (m *memoReader) Links(ctx context.Context, q graph.LinkQuery) ([]graph.Recorded, error) {
	q.Accounts = inOrder(q.Accounts)
	return asking(ctx, m, "Links", q, m.Reader.Links, length)
}

// Search asks the store, once.
func (m *memoReader) Search(ctx context.Context, q graph.SearchQuery) (graph.SearchPage, error) {
	return asking(ctx, m, "Search", q, m.Reader.Search, func(p graph.SearchPage) int { return len(p.Hits) })
}

// Quarantine asks the store, once.
func (m *memoReader) Quarantine(ctx context.Context, q graph.QuarantineQuery) (graph.QuarantinePage, error) {
	return asking(ctx, m, "Quarantine", q, m.Reader.Quarantine, func(p graph.QuarantinePage) int { return len(p.Items) })
}

// Erasures asks the store, once.
func (m *memoReader) Erasures(ctx context.Context, q graph.ErasureQuery) ([]graph.Erasure, error) {
	return asking(ctx, m, "Erasures", q, m.Reader.Erasures, length)
}

// Unfinished asks the store, once.
func (m *memoReader) Unfinished(ctx context.Context) (*graph.Unfinished, error) {
	return asking(ctx, m, "Unfinished", struct{}{}, func(ctx context.Context, _ struct{}) (*graph.Unfinished, error) {
		return m.Reader.Unfinished(ctx)
	}, func(*graph.Unfinished) int { return 1 })
}

// Manifest asks the store. Of a sequence nothing is kept: asked again it is put again.
func (m *memoReader) Manifest(ctx context.Context, q graph.ManifestQuery) iter.Seq2[graph.ManifestEntry, error] {
	return counted(m, m.Reader.Manifest(ctx, q))
}

// Changes asks the store, as Manifest does.
func (m *memoReader) Changes(ctx context.Context, q graph.ChangeQuery) iter.Seq2[graph.Change, error] {
	return counted(m, m.Reader.Changes(ctx, q))
}

// counted counts the rows of a sequence as they are taken.
func counted[T any](m *memoReader, rows iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		if err := m.begin(); err != nil {
			yield(none, err)
			return
		}
		for row, err := range rows {
			if err == nil {
				if err := m.took(1); err != nil {
					yield(none, err)
					return
				}
			}
			if !yield(row, err) {
				return
			}
		}
	}
}
