package graph

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// A Dyad is a pair of actors in one state of the graph; both orders give one dyad, A before B by key.
type Dyad struct {
	In  State
	Key DyadKey
}

// Dyad gives the dyad of the actors that two keys name.
func (v *View) Dyad(ctx context.Context, a, b string) (*Dyad, error) {
	keys, err := v.Resolve(ctx, a, b)
	if err != nil {
		return nil, err
	}
	if keys[0] == keys[1] {
		return nil, BadInput("a dyad has two actors: %q and %q are both %s", a, b, keys[0])
	}
	return &Dyad{In: v.State, Key: NewDyadKey(keys[0], keys[1])}, nil
}

// During asks for periods that lie to an interval in a way, for certain or possibly.
type During struct {
	Interval  Interval
	Overlap   Overlap   // default ANY
	Certainty Certainty // default POSSIBLE
}

// An EngagementFilter says which engagements are wanted. Empty fields do not filter.
type EngagementFilter struct {
	Of        []ActorKey    // one: those that count for the actor; two: for the dyad
	Among     []Constituent // if not nil, in place of Of: those in which one of these takes part, itself or represented
	Through   []Involvement
	Alignment Alignment // of a dyad
	Kinds     []EngagementKind
	Topics    []Topic        // any of
	Levels    []MeetingLevel // any of; meetings only
	During    *During
	BegunIn   *Interval
	Where     Where // its conditions as of the view's day: who takes part by it, what is in force on it
	Order     Order
}

// EngagementList is a page of engagements.
type EngagementList struct {
	Items    []Engagement
	Position []Position
	More     bool
	Total    *int
}

// Engagement gives one engagement. Where several sources speak of one key, the preferred source's account.
func (v *View) Engagement(ctx context.Context, key EngagementKey) (Engagement, error) {
	found, err := v.EngagementsByKey(ctx, []EngagementKey{key})
	if err != nil {
		return nil, err
	}
	if e := found[key]; e != nil {
		return e, nil
	}
	if err := v.Gone(ctx, StatementEngagement, string(key)); err != nil {
		return nil, err
	}
	p := problem(ErrNotFound, CodeEngagementNotFound, "there is no engagement %q", key)
	if _, own, ok := cutKey(string(key)); ok {
		key = EngagementKey(own)
	}
	// Fewer words each time, until something has them.
	for words := strings.Fields(wordsOf(string(key))); len(words) > 0 && len(p.Suggestions) == 0; words = words[:len(words)-1] {
		page, err := v.Found(ctx, strings.Join(words, " "), []SearchKind{SearchEngagement}, 3, nil)
		if errors.Is(err, ErrInvalid) { // no letter in it
			break
		} else if err != nil {
			return nil, err
		}
		for _, h := range page.Hits {
			p.Suggestions = append(p.Suggestions, h.Key)
		}
	}
	return nil, p
}

// EngagementsByKey gives the engagements with the keys; those not there are absent.
func (v *View) EngagementsByKey(ctx context.Context, keys []EngagementKey) (map[EngagementKey]Engagement, error) {
	rows, err := v.r.Statements(ctx, StatementQuery{Load: v.Load, Kind: StatementEngagement, Keys: texts(keys)})
	if err != nil {
		return nil, fmt.Errorf("engagements: %w", err)
	}
	ranks, err := v.ranks(ctx)
	if err != nil {
		return nil, err
	}
	found := make(map[EngagementKey]Engagement, len(rows))
	for _, row := range rows {
		e, err := v.engagement(row)
		if err != nil {
			return nil, err
		}
		key := e.Base().Key
		old := found[key]
		if old == nil {
			found[key] = e
			continue
		}
		if ranks[row.Source] < ranks[old.Base().Source] {
			old, e = e, old
			found[key] = old
		}
		old.Base().otherNames = append(old.Base().otherNames, append(e.Base().names(), e.Base().otherNames...)...)
	}
	return found, nil
}

// Engagements pages through engagements in the order asked for. As of a day, those that possibly began by it and in which the
// actors asked for possibly took part by it; agreements alone, those that possibly held on it and to which they were possibly
// party on it: who joined later was no party then.
func (v *View) Engagements(ctx context.Context, f EngagementFilter, p Page) (*EngagementList, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	return v.engagementList(ctx, f, p)
}

// engagementList is Engagements with pages of any size.
func (v *View) engagementList(ctx context.Context, f EngagementFilter, p Page) (*EngagementList, error) {
	if len(f.Of) > 2 {
		return nil, BadInput("engagements of %d actors: ask for one, or for a dyad", len(f.Of))
	}
	q := EngagementQuery{
		Load: v.Load, Kinds: f.Kinds, Topics: f.Topics, Levels: f.Levels, Alignment: f.Alignment,
		Overlap: OverlapAny, Certainty: Possible, BegunIn: f.BegunIn, Order: f.Order,
		After: p.After, Before: p.Before, First: p.First, Last: p.Last, Count: p.Count,
	}
	if q.Alignment == "" {
		q.Alignment = AnyAlignment
	}
	if f.During != nil {
		q.During = &f.During.Interval
		if f.During.Overlap != "" {
			q.Overlap = f.During.Overlap
		}
		if f.During.Certainty != "" {
			q.Certainty = f.During.Certainty
		}
	}
	parts := Always // when somebody must take part
	if v.AsOf != nil {
		begun := Interval{minDay, *v.AsOf + 1}
		parts = begun
		if slices.Equal(f.Kinds, []EngagementKind{KindAgreement}) && q.During == nil {
			day := Inclusive(*v.AsOf, *v.AsOf)
			q.During, parts = &day, day
		}
		if q.BegunIn != nil {
			begun = begun.Intersect(*q.BegunIn)
		}
		q.BegunIn = &begun
	}
	var a, b []Constituent             // the one actor, or the two, of whom the list is, at any time
	nobody := func() *EngagementList { // nothing through which it could take part
		list := &EngagementList{}
		if p.Count {
			list.Total = new(int)
		}
		return list
	}
	if f.Among != nil {
		if q.A = Within(f.Among, parts); len(q.A) == 0 {
			return nobody(), nil
		}
	} else if len(f.Of) > 0 {
		cons, err := v.Constituents(ctx, f.Of, f.Through)
		if err != nil {
			return nil, err
		}
		a = cons[f.Of[0]]
		q.A = Within(a, parts)
		if len(f.Of) == 2 {
			b = cons[f.Of[1]]
			q.B = Within(b, parts)
		}
		if len(q.A) == 0 || len(f.Of) == 2 && len(q.B) == 0 {
			return nobody(), nil
		}
	}
	where, err := v.asked(ctx, f.Where, parts, a, b)
	if err != nil {
		return nil, err
	}
	q.narrow(where)
	page, err := v.r.Engagements(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("engagements: %w", err)
	}
	list := &EngagementList{Position: page.Position, More: page.More, Total: page.Total, Items: make([]Engagement, len(page.Items))}
	for i, row := range page.Items {
		if list.Items[i], err = v.engagement(row); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// asked gives the filter that a tree comes to in the view: constituents count as far as they may have taken part on the
// days that count, and what is in force is said for the day of the view, or else for the last one that each source covers: in a
// list of an actor, or of two (a and b), what is in force with them taking part on that day.
func (v *View) asked(ctx context.Context, w Where, parts Interval, a, b []Constituent) (Filter, error) {
	made, err := w.each(func(c *Condition) error {
		groups := make([][]Constituent, len(c.Groups))
		for i, g := range c.Groups {
			groups[i] = Within(g, parts)
		}
		c.Groups = groups
		switch c.Kind {
		case HasParts, HasOnly:
			if c.Days == (Interval{}) {
				c.Days = Always
			}
			c.A, c.Days = Within(c.A, parts), parts.Intersect(c.Days)
		case StandsSo:
			c.A, c.B = Within(c.A, parts), Within(c.B, parts)
		case IsInForce:
			if c.InForceOn != nil {
				break
			}
			if !c.Lapsed {
				c.A, c.B = a, b
			}
			var err error
			c.InForceOn, err = v.inForceOn(ctx, c.On)
			return err
		default:
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return made.Filter()
}

// Within leaves the constituents that count in an interval, cut to it.
func Within(cons []Constituent, i Interval) []Constituent {
	var found []Constituent
	for _, c := range cons {
		if c.Valid = c.Valid.Intersect(i); !c.Valid.Empty() {
			found = append(found, c)
		}
	}
	return found
}

// engagement decodes a statement and marks it with the state it was read in.
func (v *View) engagement(row Recorded) (Engagement, error) { return EngagementIn(v.State, row) }

// EngagementIn decodes a statement as it is seen in a state of the graph.
func EngagementIn(s State, row Recorded) (Engagement, error) {
	e, err := DecodeEngagement(row.Body)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", row.Key, err)
	}
	b := e.Base()
	b.In, b.Source, b.Recorded = s, row.Source, row.Load
	for i := range b.Effects {
		b.Effects[i].In, b.Effects[i].Source, b.Effects[i].Carrier = s, row.Source, b.Key
	}
	return e, nil
}

// Contacts pages through the meetings of a spell's two actors on its topic that possibly began during it.
func (v *View) Contacts(ctx context.Context, s *Spell, f EngagementFilter, p Page) (*EngagementList, error) {
	during := s.Possible()
	f.Of = []ActorKey{s.Dyad.A, s.Dyad.B}
	f.Kinds, f.Topics, f.BegunIn = []EngagementKind{KindMeeting}, []Topic{s.Topic}, &during
	return v.Engagements(ctx, f, p)
}

// maxFrameworks bounds how many agreements of a dyad are looked through for frameworks.
const maxFrameworks = 2000

// Frameworks gives the agreements of more than two, or of nobody knows how many, to which both are party on the
// tie's topic and which do not bear on it; by start and key.
func (v *View) Frameworks(ctx context.Context, t *Tie) ([]*Agreement, error) {
	var found []*Agreement
	page := Page{First: MaxPage}
	f := EngagementFilter{Of: []ActorKey{t.Dyad.A, t.Dyad.B}, Kinds: []EngagementKind{KindAgreement}, Topics: []Topic{t.Topic}}
	for seen := 0; seen < maxFrameworks; seen += MaxPage {
		list, err := v.Engagements(ctx, f, page)
		if err != nil {
			return nil, err
		}
		for _, e := range list.Items {
			if a, ok := e.(*Agreement); ok && (len(a.parties()) > 2 || !a.PartiesComplete) && !t.rests(a.Key) {
				found = append(found, a)
			}
		}
		if !list.More {
			break
		}
		page.After = &list.Position[len(list.Position)-1]
	}
	return found, nil
}

func (t *Tie) rests(key EngagementKey) bool {
	return slices.ContainsFunc(t.Spells, func(s *Spell) bool { return slices.Contains(s.Basis, key) })
}
