package graph

import (
	"context"
	"fmt"
	"slices"
)

// An ActorFilter says which actors are wanted, and in which order: by key without one.
type ActorFilter struct {
	Where Where
	Order Order
}

// ActorList is a page of actors.
type ActorList struct {
	Items    []*Actor
	Position []Position
	More     bool
	Total    *int
}

// ActorPage pages through actors; as of a day, those that possibly exist on it.
func (v *View) ActorPage(ctx context.Context, f ActorFilter, p Page) (*ActorList, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	where, err := f.Where.Filter()
	if err != nil {
		return nil, err
	}
	q := ActorQuery{
		Load: v.Load, AsOf: v.AsOf, Where: where, Order: f.Order, After: p.After, Before: p.Before, First: p.First, Last: p.Last, Count: p.Count,
	}
	if f.Order.By == ByName {
		all, err := v.sources(ctx)
		if err != nil {
			return nil, err
		}
		for _, s := range all {
			q.Sources = append(q.Sources, s.Key)
		}
	}
	page, err := v.r.ActorKeys(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("actors: %w", err)
	}
	found, err := v.Actors(ctx, page.Keys)
	if err != nil {
		return nil, err
	}
	list := &ActorList{Position: page.Position, More: page.More, Total: page.Total, Items: make([]*Actor, len(page.Keys))}
	for i, k := range page.Keys {
		list.Items[i] = found[k]
	}
	return list, nil
}

// maxKeyed bounds how many actors a condition may come to that is about other things than actors.
const maxKeyed = 5_000

// Keyed asks for actors with one of these keys, each once.
func Keyed(keys ...ActorKey) (Where, error) {
	keys = slices.Clone(keys)
	slices.Sort(keys)
	if keys = slices.Compact(keys); len(keys) > maxKeyed {
		return Where{}, BadInput("the condition comes to %d actors: the limit is %d; ask for less", len(keys), maxKeyed)
	}
	return So(Condition{Kind: HasKey, Keys: keys}), nil
}

// PartsOf asks for what is, directly or through others, part of one of the actors; as of a day, possibly on it.
func (v *View) PartsOf(ctx context.Context, wholes []ActorKey) (Where, error) {
	cons, err := v.Constituents(ctx, wholes, []Involvement{ByComponent})
	if err != nil {
		return Where{}, err
	}
	var keys []ActorKey
	for _, of := range cons {
		for _, c := range Within(of, v.days()) {
			keys = append(keys, c.Actor)
		}
	}
	return Keyed(keys...)
}

// MembersOf asks for who was a member of one of the organisations; as of a day, possibly on it.
func (v *View) MembersOf(ctx context.Context, organizations []ActorKey) (Where, error) {
	edges, err := v.r.Components(ctx, ComponentQuery{Load: v.Load, Of: organizations, Joined: true})
	if err != nil {
		return Where{}, fmt.Errorf("the members of %v: %w", organizations, err)
	}
	var keys []ActorKey
	for _, e := range edges {
		if e.Member && slices.Contains(organizations, e.Whole) && e.Period.Overlaps(v.days()) {
			keys = append(keys, e.Part)
		}
	}
	return Keyed(keys...)
}

// HoldersOf asks for the persons that held an office; as of a day, possibly on it, unless during asks for other days.
func (v *View) HoldersOf(ctx context.Context, office OfficeKey, during *During) (Where, error) {
	held, err := v.Holdings(ctx, []OfficeKey{office})
	if err != nil {
		return Where{}, err
	}
	var keys []ActorKey
	for _, h := range held[office] {
		if during == nil && h.Days.Overlaps(v.days()) || during != nil && during.Lies(h.Period) {
			keys = append(keys, h.Person)
		}
	}
	keys, err = v.Leads(ctx, keys)
	if err != nil {
		return Where{}, err
	}
	return Keyed(keys...)
}

// Coded asks for who held one of the codes; as of a day, possibly on it.
func (v *View) Coded(ctx context.Context, codes []Code) (Where, error) {
	holders, err := v.r.Holders(ctx, HolderQuery{Load: v.Load, Codes: codes})
	if err != nil {
		return Where{}, fmt.Errorf("the codes %v: %w", codes, err)
	}
	var keys []ActorKey
	for _, h := range holders {
		if h.Valid.Overlaps(v.days()) {
			keys = append(keys, h.Actor)
		}
	}
	return Keyed(keys...)
}

// days are those that count in the view: its day, or all.
func (v *View) days() Interval {
	if day := v.day(); day != nil {
		return *day
	}
	return Always
}
