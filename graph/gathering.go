package graph

import (
	"cmp"
	"slices"
	"strings"
)

// A Gathering is one account of an engagement, as far as it says who was in it together: what links of actors are
// concluded from.
type Gathering struct {
	Key    EngagementKey
	Start  Day // as in the order of engagements: MinDay where it is unknown
	Kind   EngagementKind
	Topics []Topic // each once, in the order of Topics
	Parts  []Presence
}

// A Presence is one part in a gathering, of who took part or was represented, on the days on which it possibly was; a bound that is
// no day that can be written is none. There is none that lasted no day.
type Presence struct {
	Actor    ActorKey
	Side     string
	Possible Interval
}

// GatheringQuery asks for the gatherings in which any of Of takes part, in a participation that possibly overlaps its
// constituent's validity. List fields that are empty do not filter, except Of, which when empty finds nothing. An account that a link
// says another leads is not given.
type GatheringQuery struct {
	Load      LoadNumber
	Of        []Constituent
	Kinds     []EngagementKind
	Topics    []Topic   // any of
	MaxActors int       // of no more actors than this; 2 to MaxDyadActors
	During    *Interval // the engagement's period lies so to it …
	Overlap   Overlap   // … default ANY
	Certainty Certainty // default POSSIBLE
	BegunIn   *Interval // only those that possibly began in it
	Last      int       // the last so many accounts, in the order of engagements
}

// GatheringPage is what was found: by start and then key, and where an engagement has several accounts by what they say.
// More says that earlier ones were left out, always with all accounts of an engagement.
type GatheringPage struct {
	Items []Gathering
	More  bool
}

// Check says what is wrong with the question.
func (q GatheringQuery) Check() error {
	switch {
	case q.MaxActors < 2 || q.MaxActors > MaxDyadActors:
		return BadInput("engagements of at most %d actors: it is 2 to %d", q.MaxActors, MaxDyadActors)
	case q.Last < 1:
		return BadInput("the last %d engagements: ask for at least one", q.Last)
	}
	return q.Filter().Check()
}

// Filter is what the question asks of engagements, whoever takes part in them.
func (q GatheringQuery) Filter() EngagementQuery {
	return EngagementQuery{
		Load: q.Load, Kinds: q.Kinds, Topics: q.Topics, During: q.During, Overlap: q.Overlap, Certainty: q.Certainty, BegunIn: q.BegunIn,
	}
}

// GatheringsOf makes a page of what a store read, in any order, when it asked for the last so many accounts whose lists of actors
// have no more than MaxDyadActors. It drops those of more actors than q asks for, and leaves no place torn. Where
// too few are left and there may be more, enough is false and the store has to ask again with a greater limit.
func GatheringsOf(read []Gathering, q GatheringQuery, limit int) (page GatheringPage, enough bool) {
	inOrder := byPlace(Topics)
	for i := range read {
		g := &read[i]
		for j := range g.Parts {
			g.Parts[j].Possible = writable(g.Parts[j].Possible)
		}
		slices.SortFunc(g.Parts, comparePresences)
		slices.SortFunc(g.Topics, inOrder)
		g.Topics = slices.Compact(g.Topics)
	}
	slices.SortFunc(read, compareGatherings)
	all := len(read) < limit
	if !all {
		read = afterPlace(read, 0)
	}
	read = slices.DeleteFunc(read, func(g Gathering) bool { return g.actors() > q.MaxActors })
	for i := range read {
		read[i].Parts = slices.DeleteFunc(read[i].Parts, func(p Presence) bool { return p.Possible.Empty() })
	}
	switch {
	case len(read) > q.Last:
		return GatheringPage{Items: afterPlace(read, len(read)-q.Last-1), More: true}, true
	case all:
		return GatheringPage{Items: read}, true
	default:
		return GatheringPage{}, false
	}
}

// afterPlace gives what comes after the place of one: there may be more at it than were read.
func afterPlace(read []Gathering, n int) []Gathering {
	start, key := read[n].Start, read[n].Key
	for n < len(read) && read[n].Start == start && read[n].Key == key {
		n++
	}
	return read[n:]
}

// actors counts those who take part. Parts are in order.
func (g *Gathering) actors() (n int) {
	for i := range g.Parts {
		if i == 0 || g.Parts[i].Actor != g.Parts[i-1].Actor {
			n++
		}
	}
	return n
}

// GatheringLimit is how many accounts a store asks for at first.
func GatheringLimit(q GatheringQuery) int { return q.Last + q.Last/4 + 2 }

// writable gives an interval whose bounds are days that can be written, or none.
func writable(i Interval) Interval {
	if i.From < firstDay {
		i.From = minDay
	}
	if i.To > lastDay {
		i.To = maxDay
	}
	return i
}

// The first and the last day that can be written.
var firstDay, lastDay = MustDay("0001-01-01"), MustDay("9999-12-31")

func compareGatherings(a, b Gathering) int {
	if c := cmp.Compare(a.Start, b.Start); c != 0 {
		return c
	}
	if c := strings.Compare(string(a.Key), string(b.Key)); c != 0 {
		return c
	}
	return cmp.Or(strings.Compare(string(a.Kind), string(b.Kind)), slices.Compare(a.Topics, b.Topics), slices.CompareFunc(a.Parts, b.Parts, comparePresences))
}

func comparePresences(a, b Presence) int {
	return cmp.Or(strings.Compare(string(a.Actor), string(b.Actor)), cmp.Compare(a.Possible.From, b.Possible.From),
		cmp.Compare(a.Possible.To, b.Possible.To), strings.Compare(a.Side, b.Side))
}
