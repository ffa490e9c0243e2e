package graph

import (
	"cmp"
	"context"
	"slices"
	"strings"
)

// Bounds of a neighbourhood.
const (
	MaxHops          = 3
	DefaultNeighbors = 200 // actors shown
	MaxNeighbors     = 500
	DefaultHubDegree = 100 // neighbours followed of one actor
	MaxOf            = 25  // actors asked about
	LinksPerNeighbor = 4   // links shown for each actor that may be
)

// A NeighborhoodQuery asks who is around actors.
type NeighborhoodQuery struct {
	Of        []ActorKey // 1 to MaxOf
	Hops      int        // 1 to MaxHops; default 1
	Limit     int        // actors shown, those asked about among them; 1 to MaxNeighbors; default DefaultNeighbors
	MaxDegree int        // neighbours of one actor that are followed; 1 to MaxNeighbors; default DefaultHubDegree
	LinkFilter
}

// Check says what is wrong with the question.
func (q NeighborhoodQuery) Check() error {
	switch {
	case len(q.Of) == 0:
		return BadInput("a neighbourhood of nobody: name at least one actor")
	case len(q.Of) > MaxOf:
		return BadInput("a neighbourhood of %d actors: ask about at most %d at once", len(q.Of), MaxOf)
	case q.Hops < 1 || q.Hops > MaxHops:
		return BadInput("%d hops: a neighbourhood reaches 1 to %d", q.Hops, MaxHops)
	case q.Limit < 1 || q.Limit > MaxNeighbors:
		return BadInput("a limit of %d actors: it is 1 to %d", q.Limit, MaxNeighbors)
	case q.MaxDegree < 1 || q.MaxDegree > MaxNeighbors:
		return BadInput("maxDegree %d: it is 1 to %d", q.MaxDegree, MaxNeighbors)
	case len(q.Of) > q.Limit:
		return BadInput("a limit of %d actors, of which %d are asked about: raise the limit", q.Limit, len(q.Of))
	}
	return nil
}

func (q NeighborhoodQuery) withDefaults() NeighborhoodQuery {
	q.Hops, q.Limit, q.MaxDegree = cmp.Or(q.Hops, 1), cmp.Or(q.Limit, DefaultNeighbors), cmp.Or(q.MaxDegree, DefaultHubDegree)
	seen := map[ActorKey]bool{}
	q.Of = slices.DeleteFunc(slices.Clone(q.Of), func(a ActorKey) bool {
		was := seen[a]
		seen[a] = true
		return was
	})
	return q
}

// A Subgraph is actors, and what links them.
type Subgraph struct {
	Nodes     []*SubgraphNode // nearest first; at one distance the one with the most engagements with those nearer; then by key
	Links     []*ActorLink    // that of the most engagements first, then by dyad
	Truncated *Truncation     // nil: it is whole
}

// A SubgraphNode is an actor in a subgraph.
type SubgraphNode struct {
	Actor    *Actor
	Distance int  // hops from the nearest actor asked about
	Degree   *int // how many neighbours it has; nil: it was not followed
}

// Neighborhood gives the actors within so many hops of some, and all links that lead from those nearer than the last hop to
// any of them. As of a day, the links are the agreements and disputes that possibly held on it; within an interval, all
// engagements that lie so to it; without either, those of any time.
//
// An actor of more neighbours than q.MaxDegree is a hub: it brings in only those with whom there is most.
func (v *View) Neighborhood(ctx context.Context, q NeighborhoodQuery) (*Subgraph, error) {
	q = q.withDefaults()
	if err := q.Check(); err != nil {
		return nil, err
	}
	w, err := v.walkFrom(ctx, q.Of, q.LinkFilter)
	if err != nil {
		return nil, err
	}
	s := &Subgraph{}
	shown := map[ActorKey]*SubgraphNode{}
	show := func(keys []ActorKey, distance int) {
		for _, key := range keys {
			n := &SubgraphNode{Actor: w.actors[key], Distance: distance}
			shown[key] = n
			s.Nodes = append(s.Nodes, n)
		}
	}
	met := map[ActorKey]bool{} // shown or not
	frontier := slices.Clone(q.Of)
	slices.Sort(frontier)
	show(frontier, 0)
	for hop := 1; hop <= q.Hops && len(frontier) > 0; hop++ {
		if err := w.expand(ctx, frontier); err != nil {
			return nil, err
		}
		strength := map[ActorKey]int{} // of those that may be shown
		for _, a := range frontier {
			links := w.next[a]
			slices.SortFunc(links, from(a))
			degree := len(links)
			shown[a].Degree = &degree
			for i, l := range links {
				other := l.Other(a)
				met[other] = true
				if shown[other] == nil && i < q.MaxDegree {
					strength[other] += l.Count
				}
			}
			if degree > q.MaxDegree {
				w.cut.Hubs = append(w.cut.Hubs, Hub{Actor: w.actors[a], Degree: degree, Followed: q.MaxDegree})
			}
		}
		frontier = strongest(strength)
		if room := q.Limit - len(s.Nodes); len(frontier) > room {
			frontier = frontier[:room]
			w.cut.hit(BoundNodes, "there are more actors than the limit of %d: those with whom there is least were left out", q.Limit)
		}
		show(frontier, hop)
	}
	for a := range met {
		if shown[a] == nil {
			w.cut.LeftOut++
		}
	}
	s.Links = w.between(func(d DyadKey) bool { return shown[d.A] != nil && shown[d.B] != nil })
	if most := LinksPerNeighbor * q.Limit; len(s.Links) > most {
		s.Links = s.Links[:most]
		w.cut.hit(BoundLinks, "there are more links than %d, %d for each actor of the limit: those of the fewest engagements were left out", most, LinksPerNeighbor)
	}
	w.nameHubs(q.MaxDegree)
	s.Truncated = w.cut.orNil()
	return s, nil
}

// between gives the links that are wanted, in order.
func (w *walk) between(wanted func(DyadKey) bool) (links []*ActorLink) {
	for d, l := range w.links {
		if wanted(d) {
			links = append(links, l)
		}
	}
	slices.SortFunc(links, compareLinks)
	return links
}

// nameHubs says which actors have more neighbours than were followed, the largest first.
func (w *walk) nameHubs(most int) {
	hubs := w.cut.Hubs
	if len(hubs) == 0 {
		return
	}
	slices.SortFunc(hubs, func(a, b Hub) int {
		return cmp.Or(cmp.Compare(b.Degree, a.Degree), strings.Compare(string(a.Actor.Key), string(b.Actor.Key)))
	})
	const named = 5
	var names []string
	for _, h := range hubs[:min(len(hubs), named)] {
		names = append(names, string(h.Actor.Key))
	}
	text := strings.Join(names, ", ")
	if len(hubs) > named {
		text += " and others"
	}
	w.cut.hit(BoundDegree, "hubs with more than %d neighbours, of whom those with whom there is least were not followed: %s", most, text)
}
