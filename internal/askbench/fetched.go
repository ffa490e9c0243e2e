//go:build unix

package main

import (
	"context"
	"fmt"

	"github.com/entente-graph/entente/graph"
)

// A hand fetches what a question to the store asks for, without the store: by what somebody would write who knows how the
// graph is kept, and of this question what it finds.
type hand interface {
	fetch(ctx context.Context, q any, into *fetched) error
	close() error
}

// fetched is what several questions to a store found.
type fetched struct {
	recorded   []graph.Recorded
	components []graph.Component
	gatherings []graph.Gathering
	hits       []graph.Hit
}

func (f *fetched) rows() int {
	return len(f.recorded) + len(f.components) + len(f.gatherings) + len(f.hits)
}

// print tells all that was found, so that two can be compared.
func (f *fetched) print() []string {
	lines := make([]string, 0, f.rows())
	for _, r := range f.recorded {
		lines = append(lines, fmt.Sprintf("%s %s %s %s %d %x %s %s", r.Source, r.Slice, r.Kind, r.Key, r.Load, r.Hash, r.Locator, r.Body))
	}
	for _, c := range f.components {
		lines = append(lines, fmt.Sprint(c))
	}
	for _, g := range f.gatherings {
		lines = append(lines, fmt.Sprint(g))
	}
	for _, h := range f.hits {
		lines = append(lines, fmt.Sprint(h))
	}
	return lines
}

// decode makes of every statement what it is about.
func (f *fetched) decode() error {
	for _, r := range f.recorded {
		var err error
		switch r.Kind {
		case graph.StatementEngagement:
			_, err = graph.DecodeEngagement(r.Body)
		case graph.StatementActor:
			_, err = graph.Decode[graph.ActorFacts](r.Statement)
		default:
			err = fmt.Errorf("%s %s: no question that is measured needs it", r.Kind, r.Key)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// again puts a question to a store once more.
func again(ctx context.Context, r graph.Reader, q any, into *fetched) error {
	switch q := q.(type) {
	case graph.StatementQuery:
		rows, err := r.Statements(ctx, q)
		into.recorded = joined(into.recorded, rows)
		return err
	case graph.ComponentQuery:
		rows, err := r.Components(ctx, q)
		into.components = joined(into.components, rows)
		return err
	case graph.EngagementQuery:
		page, err := r.Engagements(ctx, q)
		into.recorded = joined(into.recorded, page.Items)
		return err
	case graph.GatheringQuery:
		page, err := r.Gatherings(ctx, q)
		into.gatherings = joined(into.gatherings, page.Items)
		return err
	case graph.SearchQuery:
		page, err := r.Search(ctx, q)
		into.hits = joined(into.hits, page.Hits)
		return err
	default:
		return fmt.Errorf("a question of type %T is put, and nothing here puts it again", q)
	}
}

// joined copies nothing where there is but one question.
func joined[T any](all, more []T) []T {
	if len(all) == 0 {
		return more
	}
	return append(all, more...)
}
