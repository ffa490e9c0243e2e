package api

import (
	"context"
	"strconv"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/api/model"
	"github.com/entente-graph/entente/internal/bibtex"
	"github.com/entente-graph/entente/internal/permanent"
)

func loadPage(ctx context.Context, p paging) (*model.LoadConnection, error) {
	s, err := headState(ctx)
	if err != nil {
		return nil, err
	}
	l, err := list(ctx, s, "", p)
	if err != nil {
		return nil, err
	}
	var before graph.LoadNumber
	if l.after != nil {
		n, err := strconv.ParseInt(l.after[0], 10, 64)
		if err != nil || n <= 0 {
			return nil, badCursor("the cursor names no place in this list")
		}
		before = graph.LoadNumber(n)
	}
	found, err := l.Reader().Loads(ctx, graph.LoadQuery{Before: before, First: l.first + 1})
	if err != nil {
		return nil, err
	}
	more := len(found) > l.first
	loads := pointers(found[:min(l.first, len(found))])
	c := page(l, loads, more, func(i int) []string { return []string{strconv.FormatInt(int64(loads[i].Number), 10)} })
	if l.count {
		c.Total, err = countPages(func(before *graph.LoadNumber) (int, *graph.LoadNumber, error) {
			q := graph.LoadQuery{First: graph.MaxPage}
			if before != nil {
				q.Before = *before
			}
			loads, err := l.Reader().Loads(ctx, q)
			if err != nil || len(loads) < graph.MaxPage {
				return len(loads), nil, err
			}
			return len(loads), &loads[len(loads)-1].Number, nil
		})
	}
	return &model.LoadConnection{Connection: c}, err
}

func pointers[T any](values []T) []*T {
	out := make([]*T, len(values))
	for i := range values {
		out[i] = &values[i]
	}
	return out
}

// loadSource gives the source that a load names, or nil where the newest load no longer has it.
func loadSource(ctx context.Context, l *graph.Load) (*graph.Source, error) {
	return knownSource(ctx, graph.State{Load: l.Number, Pinned: true}, l.Source) // as that load knew it
}

// knownSource gives a source, or nil where the state does not have it.
func knownSource(ctx context.Context, s graph.State, key graph.SourceKey) (*graph.Source, error) {
	w, err := aside(ctx, s)
	if err != nil {
		return nil, err
	}
	all, err := w.Sources(ctx)
	for _, known := range all {
		if known.Key == key {
			return known, nil
		}
	}
	return nil, err
}

func meta(snapshot model.Snapshot) *model.Meta {
	return &model.Meta{Snapshot: snapshot, Rules: permanent.Rules}
}

// citation joins what is to be cited for a state: the graph in that state, and each of its sources. Before the first load
// there is nothing to cite.
func citation(ctx context.Context, s graph.State) (*string, error) {
	w, err := in(ctx, s)
	if err != nil {
		return nil, err
	}
	load, err := loadByNumber(ctx, w, s.Load)
	if err != nil {
		return nil, err
	}
	all, err := w.Sources(ctx)
	if err != nil || load == nil && len(all) == 0 {
		return nil, err
	}
	if load == nil { // its number was burned: nothing was recorded
		load = &graph.Load{Number: s.Load}
	}
	where, err := requestOf(ctx).permalink(ctx)
	if err != nil {
		return nil, err
	}
	var text strings.Builder
	b := bibtex.New(&text)
	b.State(*load, s.AsOf, permanent.Rules, where)
	for _, source := range all {
		b.Source(source)
	}
	out := strings.TrimSpace(text.String())
	return &out, b.Err()
}

func snapshot(ctx context.Context, asOf *graph.Day, q graph.SnapshotQuery) (*model.Snapshot, error) {
	q.AsOf = asOf
	v, err := graph.At(ctx, requestOf(ctx).reader, q)
	if err != nil {
		return nil, err
	}
	if _, err := in(ctx, v.State); err != nil { // the answer stands on it, whatever is asked of it
		return nil, err
	}
	return &model.Snapshot{In: v.State, KnownAt: q.KnownAt}, nil
}
