package graph

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"
)

// A View answers questions in one state of the graph: at a load, and as of a day if one was asked
// for. It asks the store and concludes. It is safe for concurrent use and keeps nothing but the
// list of sources, which keys it was asked about are one person's, and when what is part of another existed; two views never mix.
type View struct {
	State
	// Renamed, if set, is told that a key was asked for that another leads.
	Renamed func(asked, lead ActorKey)
	r       Reader
	known   *knownKeys
	head    Head
	sources func(context.Context) ([]*Source, error)
	made    Day // the day on which the view's load became visible; set with the sources
}

// A SnapshotQuery chooses a state of the graph. At most one of KnownAt and Load.
type SnapshotQuery struct {
	AsOf    *Day
	KnownAt *time.Time
	Load    *LoadNumber
}

// At opens the view that a snapshot asks for; with an empty query, the head without a day.
func At(ctx context.Context, r Reader, q SnapshotQuery) (*View, error) {
	head, err := r.Head(ctx)
	if err != nil {
		return nil, err
	}
	s := State{Load: head.Load.Number, AsOf: q.AsOf, Pinned: q != SnapshotQuery{}}
	switch {
	case q.Load != nil && q.KnownAt != nil:
		return nil, BadInput("load and knownAt both choose what was known: give one of them")
	case q.Load != nil:
		if *q.Load < 0 || *q.Load > head.Load.Number {
			return nil, BadInput("there is no load %d: the newest is %d", *q.Load, head.Load.Number)
		}
		s.Load = *q.Load
	case q.KnownAt != nil:
		loads, err := r.Loads(ctx, LoadQuery{KnownAt: q.KnownAt, First: 1})
		if err != nil {
			return nil, err
		}
		s.Load = 0
		if len(loads) > 0 {
			s.Load = loads[0].Number
		}
	}
	return viewOf(r, head, s), nil
}

// In opens the view of a state that an object carries.
func In(ctx context.Context, r Reader, s State) (*View, error) {
	head, err := r.Head(ctx)
	if err != nil {
		return nil, err
	}
	if s.Load < 0 || s.Load > head.Load.Number {
		return nil, BadInput("there is no load %d: the newest is %d", s.Load, head.Load.Number)
	}
	return viewOf(r, head, s), nil
}

func viewOf(r Reader, head Head, s State) *View {
	v := &View{State: s, r: r, head: head, known: &knownKeys{
		asked: map[ActorKey]bool{}, lives: map[ActorKey]windows{}, sames: sames{map[ActorKey]ActorKey{}, map[ActorKey][]ActorKey{}},
	}}
	var mu sync.Mutex
	var held []*Source
	v.sources = func(ctx context.Context) ([]*Source, error) {
		mu.Lock()
		defer mu.Unlock()
		if held == nil {
			found, err := v.readSources(ctx)
			if err != nil {
				return nil, err
			}
			held = found
		}
		return held, nil
	}
	return v
}

// Head is the store's head when the view was opened.
func (v *View) Head() Head { return v.head }

// Reader is the store behind the view.
func (v *View) Reader() Reader { return v.r }

// Sources gives the sources known at the view's load, most preferred first: the registry, dossiers, datasets,
// and by key among their like.
func (v *View) Sources(ctx context.Context) ([]*Source, error) {
	all, err := v.sources(ctx)
	return slices.Clone(all), err
}

// Source gives one source.
func (v *View) Source(ctx context.Context, key SourceKey) (*Source, error) {
	all, err := v.sources(ctx)
	if err != nil {
		return nil, err
	}
	names := make([]string, len(all))
	for i, s := range all {
		if s.Key == key {
			return s, nil
		}
		names[i] = string(s.Key)
	}
	p := problem(ErrNotFound, CodeSourceNotFound, "there is no source %q", key)
	p.Suggestions = Nearest(string(key), names, 3)
	return nil, p
}

// sourcesAmong gives those of the sources that are named, most preferred first; of none, all.
func (v *View) sourcesAmong(ctx context.Context, keys []SourceKey) ([]*Source, error) {
	for _, key := range keys {
		if _, err := v.Source(ctx, key); err != nil {
			return nil, err
		}
	}
	all, err := v.Sources(ctx)
	if len(keys) == 0 {
		return all, err
	}
	return slices.DeleteFunc(all, func(s *Source) bool { return !slices.Contains(keys, s.Key) }), err
}

func (v *View) readSources(ctx context.Context) ([]*Source, error) {
	rows, err := v.r.Statements(ctx, StatementQuery{Load: v.Load, Kind: StatementSource})
	if err != nil {
		return nil, fmt.Errorf("the sources: %w", err)
	}
	v.made = DayOf(v.head.Load.Recorded)
	if v.Load != v.head.Load.Number {
		loads, err := v.r.Loads(ctx, LoadQuery{Number: v.Load, First: 1})
		if err != nil {
			return nil, fmt.Errorf("load %d: %w", v.Load, err)
		}
		for _, l := range loads {
			v.made = DayOf(l.Recorded)
		}
	}
	sources := make([]*Source, 0, len(rows))
	for _, row := range rows {
		s, err := Decode[Source](row.Statement)
		if err != nil {
			return nil, err
		}
		s.In, s.Recorded = v.State, row.Load
		sources = append(sources, s)
	}
	SortSources(sources)
	return sources, nil
}

func preference(k SourceKind) int {
	if i := slices.Index([]SourceKind{SourceRegistry, SourceDossier, SourceDataset}, k); i >= 0 {
		return i
	}
	return 9
}

// ranks gives each source's place in the order of preference.
func (v *View) ranks(ctx context.Context) (map[SourceKey]int, error) {
	all, err := v.sources(ctx)
	if err != nil {
		return nil, err
	}
	ranks := make(map[SourceKey]int, len(all))
	for i, s := range all {
		ranks[s.Key] = i
	}
	return ranks, nil
}

// Works gives the works with the keys; those not there are absent.
func (v *View) Works(ctx context.Context, keys []WorkKey) (map[WorkKey]*Work, error) {
	rows, err := v.r.Statements(ctx, StatementQuery{Load: v.Load, Kind: StatementWork, Keys: texts(keys)})
	if err != nil {
		return nil, fmt.Errorf("works: %w", err)
	}
	works := make(map[WorkKey]*Work, len(rows))
	for _, row := range rows {
		w, err := Decode[Work](row.Statement)
		if err != nil {
			return nil, err
		}
		w.In, w.Source = v.State, row.Source
		works[w.Key] = w
	}
	return works, nil
}

// A Page says which part of a list is wanted: the first so many after a position, or the last so many before one.
type Page struct {
	First, Last   int // one of them, 1 to MaxPage
	After, Before *Position
	Count         bool
}

// Page sizes.
const (
	DefaultPage = 25
	MaxPage     = 100
)

// Check says what is wrong with a page's size.
func (p Page) Check() error {
	n := p.First
	if p.Last != 0 {
		if p.First != 0 {
			return BadInput("first and last exclude each other: give one of them")
		}
		n = p.Last
	}
	if n < 1 {
		return BadInput("a page of %d: the smallest is 1", n)
	}
	if n > MaxPage {
		return problem(ErrInvalid, CodePageSizeExceeded, "a page of %d: the largest is %d; ask for it in pages, with the cursor of the last", n, MaxPage)
	}
	return nil
}

// Found pages through what the text finds among actors and engagements, best first.
func (v *View) Found(ctx context.Context, text string, kinds []SearchKind, first int, after *Hit) (SearchPage, error) {
	if err := (Page{First: first}).Check(); err != nil {
		return SearchPage{}, err
	}
	q := SearchQuery{Load: v.Load, Whole: Fold(text), Terms: SearchTerms(text), Kinds: kinds, After: after, First: first}
	if len(q.Terms) == 0 {
		return SearchPage{}, BadInput("%q has no letter or digit to search for", text)
	}
	page, err := v.r.Search(ctx, q)
	if err != nil {
		return SearchPage{}, fmt.Errorf("search for %q: %w", text, err)
	}
	return page, nil
}

func texts[K ~string](keys []K) []string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = string(k)
	}
	return out
}
