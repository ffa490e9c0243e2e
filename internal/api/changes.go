package api

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/api/model"
)

// between is what changes are asked between, as it is typed.
type between struct {
	fromLoad, toLoad   *int
	knownFrom, knownTo *time.Time
}

// states gives the load after which changes are asked for, and the state up to which. Nobody who names an end goes on
// beyond it with a cursor of another.
func (b between) states(ctx context.Context) (since graph.LoadNumber, upto graph.State, err error) {
	if (b.fromLoad == nil) == (b.knownFrom == nil) {
		return 0, upto, graph.BadInput("changes since when? Give fromLoad, the load after which, or knownFrom, the moment")
	}
	number := func(n *int) *graph.LoadNumber {
		if n == nil {
			return nil
		}
		load := graph.LoadNumber(*n)
		return &load
	}
	from, err := graph.At(ctx, requestOf(ctx).reader, graph.SnapshotQuery{Load: number(b.fromLoad), KnownAt: b.knownFrom})
	if err != nil {
		return 0, upto, err
	}
	to, err := graph.At(ctx, requestOf(ctx).reader, graph.SnapshotQuery{Load: number(b.toLoad), KnownAt: b.knownTo})
	if err != nil {
		return 0, upto, err
	}
	if to.Load < from.Load {
		return 0, upto, graph.BadInput("changes from load %d to load %d: name the earlier first", from.Load, to.Load)
	}
	return from.Load, to.State, nil
}

// changePage gives a page of what loads changed.
func changePage(ctx context.Context, b between, about []string, where *model.ChangeWhere, p paging) (*model.ChangeConnection, error) {
	since, upto, err := b.states(ctx)
	if err != nil {
		return nil, err
	}
	l, err := list(ctx, upto, "", p)
	if err != nil {
		return nil, err
	}
	after, err := changeAt(l.after)
	if err != nil {
		return nil, err
	}
	f := graph.ChangeFilter{}
	if where != nil {
		f = graph.ChangeFilter{
			Types: where.Type, Kinds: where.Kind, Forms: where.Engagement, Topics: where.Topics, Sources: where.Source, Fields: where.Fields,
		}
	}
	if f.About, err = l.Subjects(ctx, since, about); err != nil {
		return nil, err
	}
	found, err := l.Changes(ctx, since, f, l.first, after)
	if err != nil {
		return nil, err
	}
	c := changesOf(l, found.Items, found.More)
	c.Looked = found.Looked
	if found.More {
		c.Page.EndCursor = cursor{load: l.Load, mark: l.mark, place: placeOfChange(*found.Upto)}.String()
		if len(found.Items) < l.first {
			requestOf(ctx).note("changes: %d of %d that were looked through are wanted; go on with the end cursor", len(found.Items), found.Looked)
		}
	}
	return c, nil
}

// historyPage gives a page of the versions of one thing.
func historyPage(ctx context.Context, s graph.State, key string, kinds []graph.StatementKind, p paging) (*model.ChangeConnection, error) {
	l, err := list(ctx, s, "", p)
	if err != nil {
		return nil, err
	}
	after, err := changeAt(l.after)
	if err != nil {
		return nil, err
	}
	steps, more, err := l.History(ctx, key, kinds, l.first, after)
	if err != nil {
		return nil, err
	}
	c := changesOf(l, steps, more)
	c.Looked = len(steps)
	return c, nil
}

func changesOf(l *listing, steps []graph.Change, more bool) *model.ChangeConnection {
	items := make([]*model.Change, len(steps))
	for i, c := range steps {
		items[i] = &model.Change{Change: c}
	}
	return &model.ChangeConnection{Connection: page(l, items, more, func(i int) []string { return placeOfChange(items[i].Position()) })}
}

func placeOfChange(p graph.ChangePosition) []string {
	return []string{strconv.FormatInt(int64(p.Load), 36), string(p.Source), string(p.Kind), p.Key}
}

func changeAt(place []string) (*graph.ChangePosition, error) {
	if place == nil {
		return nil, nil //nolint:nilnil // no cursor, no position
	}
	if len(place) != 4 {
		return nil, badCursor("the cursor names no place in this list")
	}
	load, err := strconv.ParseInt(place[0], 36, 64)
	if err != nil || load < 1 {
		return nil, badCursor("the cursor names no place in this list")
	}
	id := graph.StatementID{Source: graph.SourceKey(place[1]), Kind: graph.StatementKind(place[2]), Key: place[3]}
	return &graph.ChangePosition{Load: graph.LoadNumber(load), StatementID: id}, nil
}

// fieldsUnder gives the fields of a change, of those under paths if any are given.
func fieldsUnder(c *model.Change, paths []string) ([]*graph.Difference, error) {
	all, err := c.Fields()
	if err != nil {
		return nil, err
	}
	if len(paths) > 0 {
		all = slices.DeleteFunc(all, func(d graph.Difference) bool { return !d.Under(paths) })
	}
	return pointers(all), nil
}

// versionBefore and versionAfter give the versions beside a change, each in a state in which it stood.
func versionBefore(c *model.Change) *model.Version {
	if c.Closed == nil {
		return nil
	}
	r := graph.Recorded{Statement: graph.Statement{StatementID: c.StatementID, Slice: c.Closed.Slice, Hash: c.Closed.Hash, Body: []byte(c.Closed.Body)}, Load: c.Closed.Load}
	return &model.Version{Recorded: r, Until: c.Load, In: graph.State{Load: c.Load - 1, Pinned: true}}
}

func versionAfter(c *model.Change) *model.Version {
	if c.Added == nil {
		return nil
	}
	return &model.Version{Recorded: *c.Added, Until: c.Until, In: graph.State{Load: c.Load, Pinned: true}}
}

// versionOf gives what a version states, where it is of the kind.
func versionOf[T any](v *model.Version, kind graph.StatementKind, mark func(*T)) (*T, error) {
	if v.Kind != kind {
		return nil, nil //nolint:nilnil // it is something else
	}
	t, err := graph.Decode[T](v.Statement)
	if err == nil {
		mark(t)
	}
	return t, err
}

// loadAt gives a load by its number, or nil for 0.
func loadAt(ctx context.Context, n graph.LoadNumber) (*graph.Load, error) {
	if n == 0 {
		return nil, nil //nolint:nilnil // none
	}
	l, found, err := requestOf(ctx).loads.load(ctx, n)
	if err == nil && !found {
		err = graph.BadInput("there is no load %d", n)
	}
	return l, err
}

// loadsAhead is how many loads are read at once where some between two are wanted.
const loadsAhead = 500

// askLoads reads loads by their numbers, from the newest to the oldest wanted.
func askLoads(ctx context.Context, r graph.Reader, numbers []graph.LoadNumber) (map[graph.LoadNumber]*graph.Load, error) {
	found := map[graph.LoadNumber]*graph.Load{}
	least := slices.Min(numbers)
	before := slices.Max(numbers) + 1
	for before > least {
		loads, err := r.Loads(ctx, graph.LoadQuery{Before: before, First: min(int(before-least), loadsAhead)})
		if err != nil || len(loads) == 0 {
			return found, err
		}
		for _, l := range loads {
			found[l.Number] = &l
			before = l.Number
		}
	}
	return found, nil
}

func statementKinds(words []string) []graph.StatementKind {
	kinds := make([]graph.StatementKind, len(words))
	for i, w := range words {
		kinds[i] = graph.StatementKind(w)
	}
	return kinds
}
