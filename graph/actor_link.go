package graph

import (
	"cmp"
	"slices"
	"strings"
)

// MaxLinkEngagements is how many of a link's engagements are at hand.
const MaxLinkEngagements = 25

// An ActorLink says that two actors took part in engagements at the same time, themselves, represented or through what was
// part of them.
type ActorLink struct {
	In          State
	Dyad        DyadKey
	A, B        *Actor
	Count       int // of engagements; several accounts of one count once
	Kinds       []EngagementKind
	Topics      []Topic         // in the order of Topics
	First, Last Day             // the first and the last start; MinDay where it is unknown
	Latest      []EngagementKey // those that began last, the last of them first

	at Position // of the engagement that was taken last
}

// Other gives the actor at the other end.
func (l *ActorLink) Other(a ActorKey) ActorKey {
	if l.Dyad.A == a {
		return l.Dyad.B
	}
	return l.Dyad.A
}

// FirstStart gives the first start; nil where it is unknown.
func (l *ActorLink) FirstStart() *Day { return knownDay(l.First) }

// LastStart gives the last start; nil where it is unknown.
func (l *ActorLink) LastStart() *Day { return knownDay(l.Last) }

func knownDay(d Day) *Day {
	if d <= minDay {
		return nil
	}
	return &d
}

// take adds an engagement. They come the last first, so that accounts of one follow each other.
func (l *ActorLink) take(g *Gathering) {
	if at := (Position{Start: g.Start, Key: string(g.Key)}); l.Count == 0 || at != l.at {
		if l.Count == 0 {
			l.Last = g.Start
		}
		l.Count++
		l.at, l.First = at, g.Start
		if len(l.Latest) < MaxLinkEngagements {
			l.Latest = append(l.Latest, g.Key)
		}
	}
	if !slices.Contains(l.Kinds, g.Kind) {
		l.Kinds = append(l.Kinds, g.Kind)
	}
	for _, t := range g.Topics {
		if !slices.Contains(l.Topics, t) {
			l.Topics = append(l.Topics, t)
		}
	}
}

// finish puts what was taken in order.
func (l *ActorLink) finish(in State, a, b *Actor) {
	l.In, l.A, l.B = in, a, b
	slices.SortFunc(l.Kinds, byPlace(kindsInOrder))
	slices.SortFunc(l.Topics, byPlace(Topics))
}

var kindsInOrder = []EngagementKind{KindAgreement, KindDispute, KindMeeting, KindAct}

// byPlace compares by the place in a list.
func byPlace[T comparable](list []T) func(a, b T) int {
	return func(a, b T) int { return cmp.Compare(slices.Index(list, a), slices.Index(list, b)) }
}

// compareLinks orders links: that of the most engagements first, then by dyad.
func compareLinks(a, b *ActorLink) int {
	return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(string(a.Dyad.A), string(b.Dyad.A)), strings.Compare(string(a.Dyad.B), string(b.Dyad.B)))
}

// from orders the links of one actor: that of the most engagements first, then by the key at the other end.
func from(a ActorKey) func(x, y *ActorLink) int {
	return func(x, y *ActorLink) int {
		return cmp.Or(cmp.Compare(y.Count, x.Count), strings.Compare(string(x.Other(a)), string(y.Other(a))))
	}
}
