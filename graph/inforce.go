package graph

import (
	"cmp"
	"context"
	"maps"
	"slices"
)

// Undecided is how many agreements would be in a list by all that is asked, but for what is in force: nobody knows whether they are.
type Undecided struct {
	Of   map[SourceKey]int
	More bool // there are more: no more than a page is looked at
}

// Sources gives whose they are, those with most first.
func (u *Undecided) Sources() []SourceKey {
	return slices.SortedFunc(maps.Keys(u.Of), func(a, b SourceKey) int {
		return cmp.Or(cmp.Compare(u.Of[b], u.Of[a]), cmp.Compare(a, b))
	})
}

// Undecided tells of agreements of which nobody knows whether they are in force, where the filter asks for that (by itself or together with
// other conditions, not as one of several ways); in a list of an actor or of two, of those in which they may take part on the day. A list of
// what is in force, and one of what is not, both lack them.
func (v *View) Undecided(ctx context.Context, f EngagementFilter) (*Undecided, error) {
	found := &Undecided{Of: map[SourceKey]int{}}
	where, on, asks := f.Where.undecided()
	if !asks {
		return found, nil
	}
	if on == nil {
		on = v.AsOf
	}
	days, err := v.inForceOn(ctx, on)
	if err != nil {
		return nil, err
	}
	for _, lapsed := range []bool{false, true} {
		where = append(where, NotSo(So(Condition{Kind: IsInForce, Lapsed: lapsed, InForceOn: days})))
	}
	where = append(where, Tagged(TagKind, KindAgreement))
	if on != nil && len(f.Of) > 0 {
		cons, err := v.Constituents(ctx, f.Of, f.Through)
		if err != nil {
			return nil, err
		}
		on := Inclusive(*on, *on)
		parts := Condition{Kind: HasParts}
		for _, a := range f.Of {
			parts.Groups = append(parts.Groups, Within(cons[a], on))
		}
		where = append(where, So(parts))
	}
	f.Where, f.Order = AllOf(where...), Order{}
	list, err := v.engagementList(ctx, f, Page{First: DefaultPage})
	if err != nil {
		return nil, err
	}
	for _, e := range list.Items {
		found.Of[e.Base().Source]++
	}
	found.More = list.More
	return found, nil
}

// undecided gives what is asked for beside what is in force, and the day that is named with it.
func (w Where) undecided() (rest []Where, on *Day, asks bool) {
	switch {
	case w.Is != nil && w.Is.Kind == IsInForce:
		return nil, w.Is.On, true
	case w.Is != nil || w.Not != nil || w.some:
		return []Where{w}, nil, false
	}
	for _, inner := range w.All {
		more, day, is := inner.undecided()
		rest = append(rest, more...)
		if is {
			on, asks = day, true
		}
	}
	return rest, on, asks
}
