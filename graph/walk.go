package graph

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
)

// How many may take part in an engagement that links.
const (
	DefaultLinkParties = 10            // all states would be two hops apart through open treaties
	MaxLinkParties     = MaxDyadActors // of so many and fewer stores know who was with whom
)

// What a walk from actor to actor may look at. What is beyond is left out, and said. Tests have smaller graphs, and set less.
var (
	maxGatherings = 50_000  // engagements in one hop
	maxMet        = 5_000   // actors met in one hop
	maxExpanded   = 2_000   // actors whose links are looked at for paths
	maxSteps      = 200_000 // ways of one length that are tried
)

// A LinkFilter says what links two actors. Empty fields do not filter, or have their default.
type LinkFilter struct {
	Kinds      []EngagementKind
	Topics     []Topic // any of
	MaxParties int     // engagements in which no more take part, persons and those they act for included; default DefaultLinkParties
	Alignment  Alignment
	Actors     []ActorKind // whom links lead to, beside those asked about; default states and organisations
	During     *During     // both took part on one day of it
}

// DefaultLinkActors are the kinds of actor to whom links lead unless asked otherwise: persons mostly act for another.
var DefaultLinkActors = []ActorKind{KindState, KindOrganization}

// A Bound is what an answer ended at.
type Bound string

// The bounds.
const (
	BoundNodes       Bound = "NODES"       // as many actors as were asked for
	BoundDegree      Bound = "DEGREE"      // an actor with more neighbours than may be followed
	BoundLinks       Bound = "LINKS"       // as many links as may be shown
	BoundEngagements Bound = "ENGAGEMENTS" // as many engagements as may be looked at
	BoundActors      Bound = "ACTORS"      // as many actors as may be looked at
	BoundSteps       Bound = "STEPS"       // as many ways as may be tried
)

// A Truncation says at which bounds an answer ended, and why in words.
type Truncation struct {
	Bounds  []Bound
	Reason  string
	LeftOut int // neighbours that were found and are not shown
	Hubs    []Hub
}

// A Hub is an actor with more neighbours than were followed.
type Hub struct {
	Actor            *Actor
	Degree, Followed int
}

// hit notes that a bound was reached, once each.
func (t *Truncation) hit(b Bound, format string, args ...any) {
	if slices.Contains(t.Bounds, b) {
		return
	}
	t.Bounds = append(t.Bounds, b)
	if t.Reason != "" {
		t.Reason += "; "
	}
	t.Reason += fmt.Sprintf(format, args...)
}

// orNil gives nil where no bound was reached.
func (t *Truncation) orNil() *Truncation {
	if len(t.Bounds) == 0 {
		return nil
	}
	return t
}

// A walk goes from actors to those they are linked with, hop by hop: all actors of a hop at once. It remembers whom it
// met, and what links whom.
type walk struct {
	v         *View
	q         GatheringQuery // without Of
	window    Interval       // of links
	alignment Alignment
	kinds     []ActorKind
	kin       *kinship
	asked     map[ActorKey][]owner // by part: those of the actors that the walk began at for which it counts
	expanded  map[ActorKey]bool
	actors    map[ActorKey]*Actor // those that links may lead to
	refused   map[ActorKey]bool   // those that they may not
	links     map[DyadKey]*ActorLink
	next      map[ActorKey][]*ActorLink // by actor; of one that was expanded all there are
	cut       Truncation

	owners []owner // of the parts of the gathering that is looked at, and where those of each begin
	begun  []int
}

// walkFrom begins a walk at actors, each of which must be there.
func (v *View) walkFrom(ctx context.Context, from []ActorKey, f LinkFilter) (*walk, error) {
	w := &walk{
		v: v, window: Always, alignment: f.Alignment, kinds: f.Actors, kin: newKinship(),
		asked: map[ActorKey][]owner{}, expanded: map[ActorKey]bool{}, refused: map[ActorKey]bool{},
		links: map[DyadKey]*ActorLink{}, next: map[ActorKey][]*ActorLink{},
	}
	if err := w.ask(f); err != nil {
		return nil, err
	}
	if err := w.meet(ctx, slices.Values(from)); err != nil {
		return nil, err
	}
	var err error
	if w.actors, err = v.Actors(ctx, from); err != nil {
		return nil, err
	}
	for _, a := range from {
		if w.actors[a] == nil {
			return nil, problem(ErrNotFound, CodeActorNotFound, "there is no actor %q", a)
		}
		for _, c := range w.kin.constituents(a, w.window) {
			w.asked[c.Actor] = append(w.asked[c.Actor], owner{a, c.Valid})
		}
	}
	return w, nil
}

// ask makes the question of a filter: as of a day, what held on it, which acts and meetings do not; within an interval, all
// that lies so to it.
func (w *walk) ask(f LinkFilter) error {
	if len(w.kinds) == 0 {
		w.kinds = DefaultLinkActors
	}
	if w.alignment == "" {
		w.alignment = AnyAlignment
	}
	q := GatheringQuery{Load: w.v.Load, Kinds: f.Kinds, Topics: f.Topics, MaxActors: f.MaxParties, Last: maxGatherings}
	if q.MaxActors == 0 {
		q.MaxActors = DefaultLinkParties
	}
	if q.MaxActors < 2 || q.MaxActors > MaxLinkParties {
		return BadInput("maxParties %d: it is 2 to %d", q.MaxActors, MaxLinkParties)
	}
	day := w.v.AsOf
	switch {
	case f.During != nil:
		q.During, q.Overlap, q.Certainty = &f.During.Interval, f.During.Overlap, f.During.Certainty
		w.window = f.During.Interval
		if day != nil {
			begun := Interval{minDay, *day + 1}
			w.window, q.BegunIn = w.window.Intersect(begun), &begun
		}
	case day != nil:
		w.window = Inclusive(*day, *day)
		q.During, q.Kinds = &w.window, lasting(f.Kinds)
		if len(q.Kinds) == 0 {
			return BadInput("as of a day %v link nobody, for they do not last: give during, the interval in which they lie", f.Kinds)
		}
	}
	w.q = q
	return q.Check()
}

// lasting leaves the kinds of engagement that hold on a day: agreements and disputes.
func lasting(kinds []EngagementKind) (left []EngagementKind) {
	for _, k := range []EngagementKind{KindAgreement, KindDispute} {
		if len(kinds) == 0 || slices.Contains(kinds, k) {
			left = append(left, k)
		}
	}
	return left
}

// meet learns what the actors are part of, and what is part of that.
func (w *walk) meet(ctx context.Context, actors iter.Seq[ActorKey]) error {
	unknown := w.kin.unknown(actors)
	if len(unknown) == 0 {
		return nil
	}
	edges, err := w.v.components(ctx, ComponentQuery{Load: w.v.Load, Of: unknown, Wholes: true})
	if err != nil {
		return fmt.Errorf("what %d actors are part of: %w", len(unknown), err)
	}
	w.kin.learn(edges)
	w.v.known.learn(unknown, edges)
	return nil
}

// expand finds all links of those actors that were not expanded yet, and who is at their other ends.
func (w *walk) expand(ctx context.Context, frontier []ActorKey) error {
	fresh := map[ActorKey]bool{}
	q := w.q
	for _, a := range frontier {
		if w.expanded[a] || fresh[a] {
			continue
		}
		fresh[a] = true
		for _, days := range w.actors[a].lives.cut(w.window) {
			if !days.Empty() {
				q.Of = append(q.Of, w.kin.constituents(a, days)...)
			}
		}
	}
	if len(q.Of) == 0 {
		return nil
	}
	page, err := w.v.r.Gatherings(ctx, q)
	if err != nil {
		return fmt.Errorf("engagements of %d actors: %w", len(fresh), err)
	}
	if page.More {
		w.cut.hit(BoundEngagements, "more than %d engagements came into question in one hop, and only those that began last were looked at: "+
			"ask for a kind, a topic, fewer parties or a shorter time", maxGatherings)
	}
	if err := w.meet(ctx, whoIsIn(page.Items)); err != nil {
		return err
	}
	found, err := w.linksIn(ctx, page.Items, fresh)
	if err != nil {
		return err
	}
	for a := range fresh {
		w.expanded[a] = true
	}
	for d, l := range found {
		if a, b := w.actors[d.A], w.actors[d.B]; a != nil && b != nil {
			l.finish(w.v.State, a, b)
			w.links[d] = l
			w.next[d.A], w.next[d.B] = append(w.next[d.A], l), append(w.next[d.B], l)
		}
	}
	return nil
}

// linksIn makes the links of fresh actors. It first sees whom they meet and reads who these are, so that no link is made of those who
// are refused: most of whom a state meets are persons. Of very many, those with whom there is least are not looked at, which
// only the links tell.
func (w *walk) linksIn(ctx context.Context, all []Gathering, fresh map[ActorKey]bool) (map[DyadKey]*ActorLink, error) {
	strength := map[ActorKey]int{}
	meets := func(a, b ActorKey, times int) {
		for _, ends := range [][2]ActorKey{{a, b}, {b, a}} {
			if other := ends[1]; fresh[ends[0]] && w.actors[other] == nil {
				strength[other] += times
			}
		}
	}
	for i := range all {
		w.pairs(&all[i], fresh, func(a, b ActorKey) { meets(a, b, 0) })
	}
	many := len(strength) > maxMet
	if !many {
		if err := w.lookUp(ctx, strongest(strength)); err != nil {
			return nil, err
		}
	}
	found := w.taken(all, fresh)
	if !many {
		return found, nil
	}
	w.cut.hit(BoundActors, "more than %d actors were met in one hop, and those with whom there is least were not looked at: "+
		"ask for a kind, a topic, fewer parties or a shorter time", maxMet)
	for d, l := range found {
		meets(d.A, d.B, l.Count)
	}
	if err := w.lookUp(ctx, strongest(strength)[:maxMet]); err != nil {
		return nil, err
	}
	return w.taken(all, fresh), nil // now that it is known when they existed
}

// taken makes the links that gatherings are, the last of them first.
func (w *walk) taken(all []Gathering, fresh map[ActorKey]bool) map[DyadKey]*ActorLink {
	found := map[DyadKey]*ActorLink{}
	for i := len(all) - 1; i >= 0; i-- {
		w.pairs(&all[i], fresh, func(a, b ActorKey) {
			d := NewDyadKey(a, b)
			l := found[d]
			if l == nil {
				l = &ActorLink{Dyad: d}
				found[d] = l
			}
			l.take(&all[i])
		})
	}
	return found
}

// pairs gives each two actors for whom different actors were in an engagement at one time, the one or the other of them being
// fresh. All links of those that are not fresh and were expanded are known; those that are refused have none.
func (w *walk) pairs(g *Gathering, fresh map[ActorKey]bool, each func(a, b ActorKey)) {
	owners, begun := w.owners[:0], w.begun[:0]
	for _, p := range g.Parts {
		begun = append(begun, len(owners))
		owners = w.ownersOf(owners, p)
	}
	begun = append(begun, len(owners))
	w.owners, w.begun = owners, begun
	for i, p := range g.Parts {
		for _, x := range owners[begun[i]:begun[i+1]] {
			isFresh := fresh[x.actor]
			for j := i + 1; j < len(g.Parts); j++ {
				q := g.Parts[j]
				if p.Actor == q.Actor || w.alignment != AnyAlignment && AlignmentOf(p.Side, q.Side) != w.alignment {
					continue
				}
				for _, y := range owners[begun[j]:begun[j+1]] {
					if x.actor != y.actor && x.days.Overlaps(y.days) && (isFresh || fresh[y.actor]) {
						each(x.actor, y.actor)
					}
				}
			}
		}
	}
}

// ownersOf adds for whom a part counts: for the wholes, and for those asked about, who may themselves be part of another. It
// counts for those who are known on the days on which they possibly existed.
func (w *walk) ownersOf(all []owner, p Presence) []owner {
	span, before := p.Possible.Intersect(w.window), len(all)
	all = w.kin.tops(all, p.Actor, span)
	for _, o := range w.asked[p.Actor] {
		if days := span.Intersect(o.days); !days.Empty() {
			all = append(all, owner{o.actor, days})
		}
	}
	left := all[:before]
	var again []owner // on the days of another life
	for _, o := range all[before:] {
		if w.expanded[o.actor] || w.refused[o.actor] {
			continue
		}
		known := w.actors[o.actor]
		if known == nil || len(known.lives) == 0 {
			left = append(left, o)
			continue
		}
		for i, days := range known.lives.cut(o.days) {
			if lived := (owner{o.actor, days}); i == 0 {
				left = append(left, lived)
			} else {
				again = append(again, lived)
			}
		}
	}
	return append(left, again...)
}

func whoIsIn(all []Gathering) iter.Seq[ActorKey] {
	return func(yield func(ActorKey) bool) {
		for i := range all {
			for j := range all[i].Parts {
				if !yield(all[i].Parts[j].Actor) {
					return
				}
			}
		}
	}
}

// lookUp reads actors, and refuses those of another kind than links lead to, or that the graph does not have.
func (w *walk) lookUp(ctx context.Context, met []ActorKey) error {
	if len(met) == 0 {
		return nil
	}
	read, err := w.v.actorsOf(ctx, met, w.kinds)
	if err != nil {
		return err
	}
	for _, key := range met {
		if a := read[key]; a != nil {
			w.actors[key] = a
		} else {
			w.refused[key] = true
		}
	}
	return nil
}

// strongest orders actors: the most first, then by key.
func strongest(strength map[ActorKey]int) []ActorKey {
	keys := make([]ActorKey, 0, len(strength))
	for k := range strength {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b ActorKey) int {
		return cmp.Or(cmp.Compare(strength[b], strength[a]), strings.Compare(string(a), string(b)))
	})
	return keys
}
