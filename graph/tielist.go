package graph

import (
	"cmp"
	"context"
	"fmt"
	"slices"
)

// A TieListFilter asks for ties across the graph: "which defence ties are suspended?"
type TieListFilter struct {
	Topics   []Topic
	Nature   TieNature
	Statuses []TieStatus // any of; none: all
	Of       []ActorKey  // one of the dyad's actors is among these; none: all
}

// A TiePosition is a place in the order of ties: by dyad, then topic in the order of Topics.
type TiePosition struct {
	Dyad  DyadKey
	Topic Topic
}

// maxTieDyads bounds how many dyads one question folds.
const maxTieDyads = 20000

// TieList pages through ties by dyad and topic. It folds dyads in batches until the page is full.
func (v *View) TieList(ctx context.Context, f TieListFilter, first int, after *TiePosition) (ties []*Tie, more bool, err error) {
	if err := (Page{First: first}).Check(); err != nil {
		return nil, false, err
	}
	topics := f.Topics
	if len(topics) == 0 {
		topics = Topics
	}
	dyads, err := v.tieDyads(ctx, topics, f.Of)
	if err != nil {
		return nil, false, err
	}
	if after != nil {
		// The dyad of the cursor may have further topics: begin with it.
		dyads = slices.DeleteFunc(dyads, func(d DyadKey) bool { return d.compare(after.Dyad) < 0 })
	}
	read, err := v.readTies(ctx, dyads[:min(MaxPage, len(dyads))])
	for part := 0; err == nil && len(dyads) > 0 && len(ties) <= first; part++ {
		if part == 1 { // the first was not enough
			if read, err = v.readTies(ctx, dyads); err != nil {
				break
			}
		}
		batch := dyads[:min(MaxPage<<min(part, 4), len(dyads))]
		dyads = dyads[len(batch):]
		found, err := read.ties(ctx, batch, TieFilter{Topics: topics, Nature: f.Nature, resting: true})
		if err != nil {
			return nil, false, err
		}
		for _, d := range batch {
			slices.SortStableFunc(found[d], func(a, b *Tie) int {
				return cmp.Compare(slices.Index(Topics, a.Topic), slices.Index(Topics, b.Topic))
			})
			for _, t := range found[d] {
				past := after == nil || d != after.Dyad || slices.Index(Topics, t.Topic) > slices.Index(Topics, after.Topic)
				if past && f.wants(t) {
					ties = append(ties, t)
				}
			}
		}
	}
	if err != nil {
		return nil, false, err
	}
	if len(ties) > first {
		return ties[:first], true, nil
	}
	return ties, false, nil
}

// tieDyads lists, in order, the dyads that may have ties on the topics: those that statements name, and where they
// name what is part of something (a navy), the dyads of what it is all part of (the states).
func (v *View) tieDyads(ctx context.Context, topics []Topic, of []ActorKey) ([]DyadKey, error) {
	q := TieDyadQuery{Load: v.Load, Topics: topics, First: 1000}
	var named []DyadKey
	for {
		page, err := v.r.TieDyads(ctx, q)
		if err != nil {
			return nil, fmt.Errorf("dyads with ties: %w", err)
		}
		named = append(named, page.Dyads...)
		if !page.More {
			break
		}
		if len(named) >= maxTieDyads {
			return nil, BadInput("more than %d dyads have such ties: ask for fewer topics", maxTieDyads)
		}
		q.After = page.Dyads[len(page.Dyads)-1]
	}
	wholes, err := v.wholes(ctx, named)
	if err != nil {
		return nil, err
	}
	dyads := slices.Clone(named)
	for _, d := range named {
		for _, a := range append([]ActorKey{d.A}, wholes[d.A]...) {
			for _, b := range append([]ActorKey{d.B}, wholes[d.B]...) {
				if a != b {
					dyads = append(dyads, NewDyadKey(a, b))
				}
			}
		}
	}
	slices.SortFunc(dyads, DyadKey.compare)
	dyads = slices.Compact(dyads)
	if len(of) > 0 {
		dyads = slices.DeleteFunc(dyads, func(d DyadKey) bool { return !slices.Contains(of, d.A) && !slices.Contains(of, d.B) })
	}
	return dyads, nil
}

// wholes gives, for each actor of the dyads that is part of something at some time, what it is in the end part of.
func (v *View) wholes(ctx context.Context, dyads []DyadKey) (map[ActorKey][]ActorKey, error) {
	above := map[ActorKey][]ActorKey{} // one step up
	var todo []ActorKey
	for _, d := range dyads {
		todo = append(todo, d.A, d.B)
	}
	whole := viewOf(v.r, v.head, State{Load: v.Load}) // whatever the day: the fold looks at days
	whole.sources = v.sources
	for len(todo) > 0 {
		slices.Sort(todo)
		actors, err := whole.Actors(ctx, slices.Compact(todo))
		if err != nil {
			return nil, err
		}
		todo = nil
		for key, a := range actors {
			above[key] = []ActorKey{}
			for _, p := range a.PartOf {
				above[key] = append(above[key], p.Actor)
				if _, seen := above[p.Actor]; !seen {
					todo = append(todo, p.Actor)
				}
			}
		}
	}
	tops := map[ActorKey][]ActorKey{}
	for key := range above {
		walked := map[ActorKey]bool{key: true}
		for next := slices.Clone(above[key]); len(next) > 0; next = next[1:] {
			k := next[0]
			if walked[k] {
				continue
			}
			walked[k] = true
			if len(above[k]) == 0 {
				tops[key] = append(tops[key], k)
			}
			next = append(next, above[k]...)
		}
	}
	return tops, nil
}

func (d DyadKey) compare(e DyadKey) int { return cmp.Or(cmp.Compare(d.A, e.A), cmp.Compare(d.B, e.B)) }

func (f TieListFilter) wants(t *Tie) bool {
	return t.rest() && (len(f.Statuses) == 0 || slices.Contains(f.Statuses, t.Status))
}
