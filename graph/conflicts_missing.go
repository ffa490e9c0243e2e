package graph

import (
	"context"
	"fmt"
	"slices"
)

// maxAlike bounds how many engagements are read to see whether one of them is perhaps what a source seems to lack. Of more
// nobody can tell.
const maxAlike = 10_000

// A lack is an engagement that another source seems not to have, though both have everything of its like.
type lack struct {
	of Engagement
	by SourceKey // who lacks it
	// perhaps tells whether an engagement of that source may be this one after all.
	perhaps func(Engagement) bool
	near    Interval // when such a one would be; the whole time where only what is in it tells
}

// An accountOf says of which source's engagement another is an account.
type accountOf struct {
	key    EngagementKey
	source SourceKey
}

// absent finds the meetings and disputes that another source has not, though both have every meeting, or dispute, of these
// actors on these topics in these days. A source that has perhaps this one is not told of: for meetings one of the same states
// at about the time; for disputes one of the same number, or one between the same opponents within a year that is no
// account of another.
func (c *conflicts) absent(ctx context.Context, actors []ActorKey, items []Engagement, others map[EngagementKey][]Engagement) (map[EngagementKey][]*Conflict, error) {
	found := map[EngagementKey][]*Conflict{}
	for _, kind := range []EngagementKind{KindMeeting, KindDispute} {
		var all []lack
		var of []ActorKey // who is in what is lacked
		for _, e := range items {
			b := e.Base()
			if b.Kind != kind {
				continue
			}
			one, who := c.lacks(e, func(s SourceKey) bool {
				return s == b.Source || slices.ContainsFunc(others[b.Key], func(e Engagement) bool { return e.Base().Source == s }) ||
					slices.ContainsFunc(items, func(e Engagement) bool { return e.Base().Key == b.Key && e.Base().Source == s })
			})
			if len(one) > 0 {
				all, of = append(all, one...), append(of, who...)
			}
		}
		if len(all) == 0 {
			continue
		}
		if kind == KindMeeting && len(actors) > 0 {
			of = actors[:1] // who met is the same in what may be one
		}
		alike, whole, err := c.alike(ctx, of, kind, all)
		if err != nil {
			return nil, err
		}
		if !whole {
			continue
		}
		for _, one := range all {
			if !slices.ContainsFunc(alike[one.by], one.perhaps) {
				key := one.of.Base().Key
				found[key] = append(found[key], c.missing(one))
			}
		}
	}
	return found, nil
}

// lacks gives of one engagement the sources that do not have it and say that they would, and who is in it.
func (c *conflicts) lacks(e Engagement, has func(SourceKey) bool) (all []lack, who []ActorKey) {
	like := lack{of: e}
	var days Interval
	var topics [][]Topic // any of these must be covered whole
	switch e := e.(type) {
	case *Meeting:
		trait, ok := TraitOf(e, e.Source)
		if !ok {
			return nil, nil
		}
		days, who, topics = trait.Days, trait.states(), [][]Topic{e.Topics}
		around := Interval{days.From - linkLongest, days.To + linkLongest}
		like.near = Interval{days.From - 2*linkLongest, days.To + 2*linkLongest}
		like.perhaps = func(other Engagement) bool {
			m, ok := other.(*Meeting)
			if !ok {
				return false
			}
			if t, ok := TraitOf(m, m.Source); ok {
				return t.Days.Overlaps(around) && t.sharesStates(trait)
			}
			return m.Period.Bounds().Possible().Overlaps(around) // no rule compares it
		}
	case *Dispute:
		trait := disputeTrait(e, e.Source)
		if !trait.sharesOpponents(trait) {
			return nil, nil // nobody is opposed to anybody
		}
		for _, p := range trait.Parts {
			who = append(who, p.Actor)
		}
		for _, t := range e.Topics { // who has every dispute on a topic has those that are on others too
			topics = append(topics, []Topic{t})
		}
		days, like.near = Interval{Day(trait.From), Day(trait.To)}, Interval{minDay, maxDay}
		like.perhaps = func(other Engagement) bool {
			d, ok := other.(*Dispute)
			return ok && (d.sharesNumber(e) || disputeTrait(d, d.Source).Disagrees(trait) == "" && !c.elsewhere[accountOf{d.Key, e.Source}])
		}
	}
	for _, s := range c.sources {
		if !has(s.Key) && slices.ContainsFunc(topics, func(on []Topic) bool {
			of := spoken{kind: StatementEngagement, form: e.Base().Kind, topics: on, actors: who}
			return c.complete(e.Base().Source, of).overlap(c.complete(s.Key, of)).cover(days)
		}) {
			like.by = s.Key
			all = append(all, like)
		}
	}
	return all, who
}

// sharesNumber tells whether two disputes bear one number of one dataset.
func (d *Dispute) sharesNumber(with *Dispute) bool {
	return slices.ContainsFunc(d.Identifiers, func(n Identifier) bool {
		return slices.ContainsFunc(with.Identifiers, func(m Identifier) bool { return n.Scheme == m.Scheme && n.Value == m.Value })
	})
}

// alike gives the engagements of a kind and of any of some actors, of each source, among which may be what it seems to lack; false if they are too
// many. It notes in c.elsewhere which of them links say are accounts of what another source has.
func (c *conflicts) alike(ctx context.Context, of []ActorKey, kind EngagementKind, all []lack) (map[SourceKey][]Engagement, bool, error) {
	slices.Sort(of)
	of = slices.Compact(of)
	cons, err := c.view.Constituents(ctx, of, nil)
	if err != nil {
		return nil, false, err
	}
	var anyOf []Constituent
	for _, actor := range of {
		anyOf = append(anyOf, cons[actor]...)
	}
	span := all[0].near
	for _, one := range all {
		span = Interval{min(span.From, one.near.From), max(span.To, one.near.To)}
	}
	q := EngagementQuery{Load: c.view.Load, A: anyOf, Kinds: []EngagementKind{kind}, AllAccounts: true, First: maxAlike, Alignment: AnyAlignment}
	if span.From > minDay {
		q.During = &span
	}
	page, err := c.view.r.Engagements(ctx, q)
	if err != nil || page.More {
		return nil, false, err
	}
	alike, keys, sources := map[SourceKey][]Engagement{}, []EngagementKey{}, map[EngagementKey][]SourceKey{}
	for _, row := range page.Items {
		sources[EngagementKey(row.Key)] = append(sources[EngagementKey(row.Key)], row.Source)
		if !slices.ContainsFunc(all, func(one lack) bool { return one.by == row.Source }) {
			continue
		}
		e, err := c.view.engagement(row)
		if err != nil {
			return nil, false, err
		}
		alike[row.Source], keys = append(alike[row.Source], e), append(keys, e.Base().Key)
	}
	if kind != KindDispute || len(keys) == 0 {
		return alike, true, nil
	}
	links, err := c.view.r.Links(ctx, LinkQuery{Load: c.view.Load, Accounts: keys})
	if err != nil {
		return nil, false, fmt.Errorf("links: %w", err)
	}
	c.elsewhere = map[accountOf]bool{}
	for _, row := range links {
		l, err := Decode[Link](row.Statement)
		if err != nil {
			return nil, false, err
		}
		for _, key := range l.Accounts {
			for _, other := range l.Accounts {
				for _, s := range sources[other] {
					c.elsewhere[accountOf{key, s}] = true
				}
			}
		}
	}
	return alike, true, nil
}

func (c *conflicts) missing(one lack) *Conflict {
	b := one.of.Base()
	conflict := &Conflict{In: c.view.State, Type: MissingInOne, Engagement: b.Key}
	has, hasNot := c.account(one.of), ConflictValue{In: c.view.State, Source: one.by, Citations: Cites(nil, one.by)}
	has.Value = b.Period.EDTF()
	conflict.Values = [2]ConflictValue{has, hasNot}
	if c.rank(one.by) < c.rank(has.Source) {
		conflict.Values = [2]ConflictValue{hasNot, has}
	}
	return conflict
}
