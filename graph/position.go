package graph

import (
	"cmp"
	"context"
	"fmt"
	"slices"
)

// A Standpoint is what one actor, with all that speaks for it, says of an engagement; or what works say that nobody speaks
// for.
type Standpoint struct {
	In         State
	Of         EngagementKey
	Actor      ActorKey // empty: works
	Side       string   // as participations have it; empty: none
	Holds      []Held
	Assertions []*Assertion // oldest first
}

// Held is what a source says that an actor holds, in an engagement.
type Held struct {
	In         State
	Text       string
	Engagement EngagementKey
	Source     SourceKey
	Citations  []Citation
}

// Positions gives, of each engagement, the versions side by side: what its participants are said to hold, in it, in what
// it is part of and in what is part of it; and what was asserted about it and about its parts. Whoever speaks for another
// (a ministry or an office-holder for a state) stands with it. Participants come first, in their order.
func (v *View) Positions(ctx context.Context, keys []EngagementKey) (map[EngagementKey][]*Standpoint, error) {
	at, err := v.EngagementsByKey(ctx, keys)
	if err != nil {
		return nil, err
	}
	var near []EngagementKey
	for _, e := range at {
		near = append(near, e.Base().PartOf...)
		near = append(near, e.Base().Related...)
	}
	slices.Sort(near)
	near = slices.DeleteFunc(slices.Compact(near), func(k EngagementKey) bool { return at[k] != nil })
	beside := at
	if len(near) > 0 {
		if beside, err = v.EngagementsByKey(ctx, near); err != nil {
			return nil, err
		}
		for k, e := range at {
			beside[k] = e
		}
	}
	about := slices.Clone(keys)
	for k := range beside {
		if !slices.Contains(keys, k) {
			about = append(about, k)
		}
	}
	slices.Sort(about)
	said, err := v.Assertions(ctx, about)
	if err != nil {
		return nil, err
	}
	speakers, err := v.speakers(ctx, beside, said)
	if err != nil {
		return nil, err
	}
	found := make(map[EngagementKey][]*Standpoint, len(at))
	for key, e := range at {
		p := &positions{view: v, of: e.Base(), speakers: speakers}
		p.hold(e)
		for _, k := range e.Base().PartOf {
			if whole := beside[k]; whole != nil {
				p.hold(whole)
			}
		}
		p.assert(said[key])
		for _, k := range e.Base().Related {
			if part := beside[k]; part != nil && slices.Contains(part.Base().PartOf, key) {
				p.hold(part)
				p.assert(said[k])
			}
		}
		found[key] = p.said()
	}
	return found, nil
}

// positions gathers those of one engagement.
type positions struct {
	view     *View
	of       *EngagementBase
	speakers *speakers
	all      []*Standpoint
}

func (p *positions) at(actor ActorKey) *Standpoint {
	for _, held := range p.all {
		if held.Actor == actor {
			return held
		}
	}
	held := &Standpoint{In: p.view.State, Of: p.of.Key, Actor: actor}
	p.all = append(p.all, held)
	return held
}

// hold takes in who takes part, and what they are said to hold; as of a day, those who did on it, or in what was over by then.
func (p *positions) hold(e Engagement) {
	b := e.Base()
	for i := range b.Participations {
		part := &b.Participations[i]
		if p.view.AsOf != nil && !b.TookPart(part, *p.view.AsOf) {
			continue
		}
		held := p.at(p.speakers.speaksFor(p.of, cmp.Or(part.OnBehalfOf, part.Actor), b.span(*part)))
		held.Side = cmp.Or(held.Side, part.Side)
		if part.Position != "" && !slices.ContainsFunc(held.Holds, func(h Held) bool { return h.Text == part.Position }) {
			held.Holds = append(held.Holds, Held{p.view.State, part.Position, b.Key, b.Source, Cites(b.Citations, b.Source)})
		}
	}
}

func (p *positions) assert(said []*Assertion) {
	for _, a := range said {
		var by ActorKey
		if a.Author != "" {
			by = p.speakers.speaksFor(p.of, a.Author, p.speakers.when(a))
		}
		held := p.at(by)
		held.Assertions = append(held.Assertions, a)
	}
}

// said leaves those who say anything; works last.
func (p *positions) said() []*Standpoint {
	all := slices.DeleteFunc(p.all, func(held *Standpoint) bool { return len(held.Holds)+len(held.Assertions) == 0 })
	for _, held := range all {
		slices.SortStableFunc(held.Assertions, func(a, b *Assertion) int {
			return cmp.Or(cmp.Compare(a.on(), b.on()), cmp.Compare(a.Key, b.Key))
		})
	}
	slices.SortStableFunc(all, func(a, b *Standpoint) int { return cmp.Compare(btoi(a.Actor == ""), btoi(b.Actor == "")) })
	return all
}

func (a *Assertion) on() Day {
	if a.Date.IsZero() {
		return minDay
	}
	return a.Date.Earliest()
}

// speakers tells for whom actors speak: what they are in the end part of, persons that of which they hold an office.
type speakers struct {
	wholes  map[ActorKey][]ActorKey
	offices map[ActorKey][]*Tenure
	engaged map[EngagementKey]Engagement
}

// speakers asks about everybody who takes part in, or speaks about, the engagements.
func (v *View) speakers(ctx context.Context, at map[EngagementKey]Engagement, said map[EngagementKey][]*Assertion) (*speakers, error) {
	s := &speakers{offices: map[ActorKey][]*Tenure{}, engaged: at}
	var actors []ActorKey
	for _, e := range at {
		for _, p := range e.Base().Participations {
			actors = append(actors, cmp.Or(p.OnBehalfOf, p.Actor))
		}
	}
	for _, all := range said {
		for _, a := range all {
			if a.Author != "" {
				actors = append(actors, a.Author)
			}
		}
	}
	slices.Sort(actors)
	actors = slices.Compact(actors)
	var persons []ActorKey
	for _, a := range actors {
		if scheme, _, _ := cutKey(string(a)); scheme == "person" {
			persons = append(persons, a)
		}
	}
	if len(persons) > 0 {
		page, err := v.r.Tenures(ctx, TenureQuery{Load: v.Load, Persons: persons})
		if err != nil {
			return nil, fmt.Errorf("the offices of %d persons: %w", len(persons), err)
		}
		for _, row := range page.Items {
			t, err := Decode[Tenure](row.Statement)
			if err != nil {
				return nil, err
			}
			s.offices[t.Person] = append(s.offices[t.Person], t)
			actors = append(actors, t.Of)
		}
	}
	dyads := make([]DyadKey, len(actors))
	for i, a := range actors {
		dyads[i] = DyadKey{a, a}
	}
	var err error
	s.wholes, err = v.wholes(ctx, dyads)
	return s, err
}

// when is the time of an assertion; where none is given, that of what it is about.
func (s *speakers) when(a *Assertion) Interval {
	if !a.Date.IsZero() {
		return a.Date.span()
	}
	if e := s.engaged[a.About]; e != nil {
		return e.Base().Period.Bounds().Possible()
	}
	return Always
}

// speaksFor tells for whom an actor speaks; where it is part of several, for who takes part in the engagement.
func (s *speakers) speaksFor(in *EngagementBase, a ActorKey, when Interval) ActorKey {
	for _, t := range s.offices[a] {
		if t.Of != a && orAlways(t.Period).Overlaps(when) {
			a = t.Of
			break
		}
	}
	wholes := s.wholes[a]
	for _, w := range wholes {
		if slices.ContainsFunc(in.Participations, func(p Participation) bool { return p.Actor == w || p.OnBehalfOf == w }) {
			return w
		}
	}
	if len(wholes) > 0 {
		return wholes[0]
	}
	return a
}
