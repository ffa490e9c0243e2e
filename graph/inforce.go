package graph

import (
	"cmp"
	"context"
	"maps"
	"slices"
)

// Undecided is how many agreements would be in a list by all that is asked, but for what is in force: nobody knows whether they are.
type Undecided struct {
	Of       map[SourceKey]int
	More     bool // there are more: no more than a page is looked at
	Possibly bool // what entered into force was found: these are not known to have
}

// Sources gives whose they are, those with most first.
func (u *Undecided) Sources() []SourceKey {
	return slices.SortedFunc(maps.Keys(u.Of), func(a, b SourceKey) int {
		return cmp.Or(cmp.Compare(u.Of[b], u.Of[a]), cmp.Compare(a, b))
	})
}

// Undecided tells of agreements of which nobody knows whether they are in force, where the filter asks for that (by itself or together with
// other conditions, not as one of several ways); in a list of an actor or of two, of those in which they may take part on the day, and also
// where nobody knows whether they do. A list of what is in force, and one of what is not, as sure as it is asked for, both lack them.
func (v *View) Undecided(ctx context.Context, f EngagementFilter) (*Undecided, error) {
	found := &Undecided{Of: map[SourceKey]int{}}
	where, asked := f.Where.undecided()
	if asked == nil {
		return found, nil
	}
	found.Possibly = asked.Certainty == Possible
	on := asked.On
	if on == nil {
		on = v.AsOf
	}
	days, err := v.inForceOn(ctx, on)
	if err != nil {
		return nil, err
	}
	for _, lapsed := range []bool{false, true} {
		is := Condition{Kind: IsInForce, Lapsed: lapsed, Certainty: asked.Certainty, InForceOn: days}
		if on != nil && !lapsed { // with the actors of the list
			is.On, is.InForceOn = on, nil
		}
		where = append(where, NotSo(So(is)))
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

// undecided gives what is asked for beside what is in force, and how that is asked for; nil where it is not.
func (w Where) undecided() (rest []Where, asked *Condition) {
	switch {
	case w.Is != nil && w.Is.Kind == IsInForce:
		return nil, w.Is
	case w.Is != nil || w.Not != nil || w.some:
		return []Where{w}, nil
	}
	for _, inner := range w.All {
		more, is := inner.undecided()
		rest = append(rest, more...)
		if is != nil {
			asked = is
		}
	}
	return rest, asked
}
