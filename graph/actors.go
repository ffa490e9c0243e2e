package graph

import (
	"cmp"
	"context"
	"fmt"
	"slices"
)

// Actor gives the actor that a key or code names.
func (v *View) Actor(ctx context.Context, text string) (*Actor, error) {
	keys, err := v.Resolve(ctx, text)
	if err != nil {
		return nil, err
	}
	found, err := v.Actors(ctx, keys)
	if err != nil {
		return nil, err
	}
	if a := found[keys[0]]; a != nil {
		return a, nil
	}
	return nil, problem(ErrNotFound, CodeActorNotFound, "there is no actor %q", text)
}

// Actors gives the actors with the keys, as all sources together give them; those not there are absent. A key that another
// leads gives the person by the key that leads.
func (v *View) Actors(ctx context.Context, keys []ActorKey) (map[ActorKey]*Actor, error) {
	return v.actorsOf(ctx, keys, nil)
}

// actorsOf is Actors of some kinds, or of any: what is said of others is not decoded.
func (v *View) actorsOf(ctx context.Context, keys []ActorKey, kinds []ActorKind) (map[ActorKey]*Actor, error) {
	same, rows, err := v.accountsOf(ctx, keys)
	if err != nil {
		return nil, fmt.Errorf("actors: %w", err)
	}
	ranks, err := v.ranks(ctx)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(rows, func(a, b Recorded) int { // what is said under the key that leads, and then the rest
		led := func(r Recorded) int { return len(same.lead[ActorKey(r.Key)]) }
		return cmp.Or(cmp.Compare(min(led(a), 1), min(led(b), 1)), cmp.Compare(ranks[a.Source], ranks[b.Source]), cmp.Compare(a.Key, b.Key))
	})
	found, other := map[ActorKey]*Actor{}, map[ActorKey]bool{}
	for _, row := range rows {
		key := same.leader(ActorKey(row.Key))
		a := found[key]
		if a == nil && len(kinds) > 0 {
			if other[key] {
				continue
			}
			facts, err := Decode[struct{ Kind ActorKind }](row.Statement)
			if err != nil {
				return nil, err
			}
			if other[key] = !slices.Contains(kinds, facts.Kind); other[key] {
				continue
			}
		}
		facts, err := Decode[ActorFacts](row.Statement)
		if err != nil {
			return nil, err
		}
		if a == nil {
			a = &Actor{In: v.State, Key: key, Kind: facts.Kind, Others: slices.Clone(same.others[key])}
			found[key] = a
		}
		a.add(facts, row.Source)
	}
	if v.AsOf != nil {
		for _, a := range found {
			a.cut(*v.AsOf)
		}
	}
	for _, k := range keys { // asked for by another key
		if lead := same.leader(k); lead != k && found[lead] != nil {
			found[k] = found[lead]
		}
	}
	return found, nil
}

// add takes in what one source says, after what more preferred ones said. A source may give one name or code several
// times, for several periods; what a more preferred source has already given is not taken again.
func (a *Actor) add(f *ActorFacts, source SourceKey) {
	if named := slices.Clip(a.Names); len(named) == 0 {
		a.Names = slices.Clip(f.Names)
	} else {
		for _, n := range f.Names {
			if !slices.ContainsFunc(named, func(m Name) bool { return m.Text == n.Text && m.Lang == n.Lang }) {
				a.Names = append(a.Names, n)
			}
		}
	}
	if coded := slices.Clip(a.Identifiers); len(coded) == 0 {
		a.Identifiers = slices.Clip(f.Identifiers)
	} else {
		for _, id := range f.Identifiers {
			if !slices.ContainsFunc(coded, func(m Identifier) bool { return m.Scheme == id.Scheme && m.Value == id.Value }) {
				a.Identifiers = append(a.Identifiers, id)
			}
		}
	}
	if len(a.Existence) == 0 {
		a.Existence = f.Existence
	}
	a.lives = append(a.lives, livesOf(f.Existence)...)
	for _, p := range f.PartOf {
		if !slices.Contains(a.PartOf, p) {
			a.PartOf = append(a.PartOf, p)
		}
	}
	for _, s := range f.Succeeds {
		if !slices.ContainsFunc(a.Succeeds, func(t Succession) bool { return t.Actor == s.Actor }) {
			a.Succeeds = append(a.Succeeds, s)
		}
	}
	if a.Note == "" {
		a.Note = f.Note
	}
	a.Citations = append(a.Citations, Cites(f.Citations, source)...)
}

// born gives the first day on which the actor may have existed; MinDay where nobody says.
func (a *Actor) born() Day {
	if a == nil || len(a.Existence) == 0 {
		return minDay
	}
	first := maxDay
	for _, p := range a.Existence {
		first = min(first, p.Bounds().StartMin)
	}
	return first
}

// absences gives the times in which the actor did not exist, after it first did: from the day after each period of
// existence. None where nobody says.
func (a *Actor) absences() []absence {
	if a == nil {
		return nil
	}
	periods := slices.Clone(a.Existence)
	slices.SortFunc(periods, func(x, y Period) int { return cmp.Compare(startDay(x), startDay(y)) })
	var found []absence
	for i, p := range periods {
		last := i == len(periods)-1
		switch {
		case p.End.IsZero():
		case !last && !periods[i+1].Start.IsZero() && periods[i+1].Start.Earliest() <= p.End.Latest()+1: // it went on
		default:
			a := absence{from: p.End.DayAfter(), forGood: last}
			if !last {
				a.until = periods[i+1].Start
			}
			found = append(found, a)
		}
	}
	return found
}

// cut leaves the names, identifiers and wholes that possibly hold on the day.
func (a *Actor) cut(d Day) {
	holds := func(p Period) bool { return p.IsZero() || p.Holds(d, Possible) }
	a.everyName = a.Names
	a.Names = slices.DeleteFunc(slices.Clone(a.Names), func(n Name) bool { return !holds(n.Period) })
	a.Identifiers = slices.DeleteFunc(slices.Clone(a.Identifiers), func(i Identifier) bool { return !holds(i.Period) })
	a.PartOf = slices.DeleteFunc(slices.Clone(a.PartOf), func(p PartOf) bool { return !holds(p.Period) })
}

// Constituents gives, for each actor, those through which it takes part: itself, always, and the other keys of a person; with COMPONENT,
// what was part of it, with the days on which it was and both existed; with MEMBER, the organisations it belonged to.
func (v *View) Constituents(ctx context.Context, actors []ActorKey, through []Involvement) (map[ActorKey][]Constituent, error) {
	if len(through) == 0 {
		through = DefaultInvolvements
	}
	var edges []Component
	whole := slices.Contains(through, ByComponent) || slices.Contains(through, AsMember)
	if whole {
		var err error
		edges, err = v.components(ctx, ComponentQuery{Load: v.Load, Of: actors, Members: slices.Contains(through, AsMember)})
		if err != nil {
			return nil, fmt.Errorf("the components of %v: %w", actors, err)
		}
	}
	others := map[ActorKey][]ActorKey{}
	for _, e := range edges {
		if e.Same {
			others[e.Whole] = append(others[e.Whole], e.Part)
		}
	}
	if !whole {
		same, err := v.sames(ctx, actors)
		if err != nil {
			return nil, err
		}
		others = same.others
	}
	found := make(map[ActorKey][]Constituent, len(actors))
	for _, a := range actors {
		if slices.Contains(through, Direct) || slices.Contains(through, Represented) {
			found[a] = append(found[a], Constituent{a, Always, Direct})
			for _, o := range others[a] {
				found[a] = append(found[a], Constituent{o, Always, Direct})
			}
		}
		if slices.Contains(through, ByComponent) {
			found[a] = append(found[a], below(a, edges)...)
		}
		if slices.Contains(through, AsMember) {
			found[a] = append(found[a], above(a, edges)...)
		}
	}
	return found, nil
}

// Taking gives, for each actor, the constituents by which a filter finds it: as Constituents does, but itself only as far as
// through says, directly or represented.
func (v *View) Taking(ctx context.Context, actors []ActorKey, through []Involvement) (map[ActorKey][]Constituent, error) {
	if len(through) == 0 {
		through = DefaultInvolvements
	}
	found, err := v.Constituents(ctx, actors, through)
	if err != nil {
		return nil, err
	}
	own := Involvement("")
	switch direct, represented := slices.Contains(through, Direct), slices.Contains(through, Represented); {
	case direct && !represented:
		own = Direct
	case represented && !direct:
		own = Represented
	}
	for _, a := range actors {
		for i := range found[a] {
			if found[a][i].Involvement == Direct {
				found[a][i].Involvement = own
			}
		}
	}
	return found, nil
}

// below walks down from a whole to its parts, cutting validity at every step.
func below(whole ActorKey, edges []Component) []Constituent {
	var found []Constituent
	todo := []Constituent{{whole, Always, ByComponent}}
	for len(todo) > 0 {
		c := todo[0]
		todo = todo[1:]
		for _, e := range edges {
			if e.Member || e.Same || e.Whole != c.Actor || e.Part == whole {
				continue
			}
			next := Constituent{e.Part, c.Valid.Intersect(e.Period), ByComponent}
			if next.Valid.Empty() || slices.Contains(found, next) {
				continue
			}
			found = append(found, next)
			todo = append(todo, next)
		}
	}
	return found
}

// above gives the organisations the actor was a member of.
func above(member ActorKey, edges []Component) []Constituent {
	var found []Constituent
	for _, e := range edges {
		if e.Member && e.Part == member {
			found = append(found, Constituent{e.Whole, e.Period, AsMember})
		}
	}
	return found
}

// InvolvementIn tells why an engagement counts for an actor with these constituents: the strongest reason, or ""
// if it does not.
func InvolvementIn(e Engagement, actor ActorKey, constituents []Constituent) Involvement {
	best := Involvement("")
	better := func(i Involvement) {
		if best == "" || slices.Index(Involvements, i) < slices.Index(Involvements, best) {
			best = i
		}
	}
	b := e.Base()
	for _, p := range b.Participations {
		span := b.Period.Bounds().Possible()
		if !p.Period.IsZero() {
			span = p.Period.Bounds().Possible()
		}
		for _, c := range constituents {
			if !span.Overlaps(c.Valid) {
				continue
			}
			switch {
			case c.Actor == actor && p.Actor == actor:
				better(Direct)
			case c.Actor == actor && p.OnBehalfOf == actor, c.Involvement == Direct && c.Actor == p.OnBehalfOf:
				better(Represented)
			case c.Actor == p.Actor || c.Actor == p.OnBehalfOf:
				better(c.Involvement)
			}
		}
	}
	return best
}
