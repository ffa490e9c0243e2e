package graph

import (
	"cmp"
	"context"
	"slices"
)

// Bounds of paths.
const (
	MaxPathHops     = 6
	DefaultPathHops = 4
	DefaultPaths    = 3
	MaxPaths        = 25
)

// A PathQuery asks how two actors are linked through others.
type PathQuery struct {
	From, To ActorKey
	MaxHops  int // 1 to MaxPathHops; default DefaultPathHops
	First    int // 1 to MaxPaths; default DefaultPaths
	LinkFilter
}

// Check says what is wrong with the question.
func (q PathQuery) Check() error {
	switch {
	case q.From == q.To:
		return BadInput("a path from %s to itself: name two actors", q.From)
	case q.MaxHops < 1 || q.MaxHops > MaxPathHops:
		return BadInput("paths of %d hops: they have 1 to %d", q.MaxHops, MaxPathHops)
	case q.First < 1 || q.First > MaxPaths:
		return BadInput("the first %d paths: ask for 1 to %d", q.First, MaxPaths)
	}
	return nil
}

// A Path leads from actor to actor; no actor is on it twice. Links[i] is between Actors[i] and Actors[i+1].
type Path struct {
	Actors []*Actor
	Links  []*ActorLink
}

// Length is how many links it has.
func (p *Path) Length() int { return len(p.Links) }

// PathResult is the paths that were found, the shortest first; among equally long ones by their links from the first on: that of
// the most engagements first, then by the key it leads to.
type PathResult struct {
	Paths     []*Path
	Truncated *Truncation // nil: nothing was left out of account
}

// Complete says that nothing was left out of account: there is no shorter path than those given, and where fewer are given
// than were asked for, there is no other.
func (r *PathResult) Complete() bool { return r.Truncated == nil }

// Paths finds the first paths between two actors. What links two actors is as in Neighborhood. The walk goes out from both
// ends, a hop at a time from the one with fewer actors to go on from; paths of n hops are looked for once n hops
// were gone, for then all their links are known.
func (v *View) Paths(ctx context.Context, q PathQuery) (*PathResult, error) {
	q.MaxHops, q.First = cmp.Or(q.MaxHops, DefaultPathHops), cmp.Or(q.First, DefaultPaths)
	if err := q.Check(); err != nil {
		return nil, err
	}
	w, err := v.walkFrom(ctx, []ActorKey{q.From, q.To}, q.LinkFilter)
	if err != nil {
		return nil, err
	}
	r := &PathResult{}
	near, far := newReach(q.From), newReach(q.To)
	for hops := 1; hops <= q.MaxHops && len(r.Paths) < q.First; hops++ {
		if len(near.frontier) > 0 && len(far.frontier) > 0 { // else one end is known as far as it can be gone from
			end := near
			if len(far.frontier) < len(near.frontier) {
				end = far
			}
			if err := w.reach(ctx, end); err != nil {
				return nil, err
			}
		}
		w.findPaths(q, hops, r)
	}
	r.Truncated = w.cut.orNil()
	return r, nil
}

// A reach is whom a walk met from one end.
type reach struct {
	met      map[ActorKey]bool
	frontier []ActorKey // those met last
}

func newReach(a ActorKey) *reach { return &reach{map[ActorKey]bool{a: true}, []ActorKey{a}} }

// reach goes one hop further from an end.
func (w *walk) reach(ctx context.Context, r *reach) error {
	frontier := r.frontier
	if room := maxExpanded - len(w.expanded); len(frontier) > room {
		frontier = frontier[:max(room, 0)]
		w.cut.hit(BoundActors, "the links of more than %d actors came into question, and those with whom there is least were not followed: "+
			"ask for a kind, a topic, fewer parties, fewer hops or a shorter time", maxExpanded)
	}
	if err := w.expand(ctx, frontier); err != nil {
		return err
	}
	strength := map[ActorKey]int{}
	for _, a := range frontier {
		for _, l := range w.next[a] {
			if other := l.Other(a); !r.met[other] {
				strength[other] += l.Count
			}
		}
	}
	r.frontier = strongest(strength)
	for _, a := range r.frontier {
		r.met[a] = true
	}
	return nil
}

// findPaths adds the paths of exactly so many hops, in order, until there are as many as asked for.
func (w *walk) findPaths(q PathQuery, hops int, r *PathResult) {
	left := w.distances(q.To)
	if d, ok := left[q.From]; !ok || d > hops {
		return
	}
	sorted := map[ActorKey]bool{}
	steps := 0
	on := map[ActorKey]bool{q.From: true}
	links := make([]*ActorLink, 0, hops)
	var try func(at ActorKey)
	try = func(at ActorKey) {
		if len(links) == hops {
			r.Paths = append(r.Paths, w.path(q.From, links))
			return
		}
		if !sorted[at] {
			slices.SortFunc(w.next[at], from(at))
			sorted[at] = true
		}
		for _, l := range w.next[at] {
			if len(r.Paths) == q.First || steps > maxSteps {
				return
			}
			steps++
			other := l.Other(at)
			d, ok := left[other]
			rest := hops - len(links) - 1
			if on[other] || !ok || d > rest || (other == q.To) != (rest == 0) {
				continue
			}
			on[other] = true
			links = append(links, l)
			try(other)
			links = links[:len(links)-1]
			delete(on, other)
		}
	}
	try(q.From)
	if steps > maxSteps {
		w.cut.hit(BoundSteps, "there are too many ways of %d hops to try them all: ask for fewer paths or hops", hops)
	}
}

func (w *walk) path(from ActorKey, links []*ActorLink) *Path {
	p := &Path{Actors: []*Actor{w.actors[from]}, Links: slices.Clone(links)}
	for _, l := range links {
		from = l.Other(from)
		p.Actors = append(p.Actors, w.actors[from])
	}
	return p
}

// distances gives how many hops it is from everybody to an actor, over the links that are known.
func (w *walk) distances(to ActorKey) map[ActorKey]int {
	found := map[ActorKey]int{to: 0}
	queue := []ActorKey{to}
	for len(queue) > 0 {
		a := queue[0]
		queue = queue[1:]
		for _, l := range w.next[a] {
			if other := l.Other(a); other != to {
				if _, ok := found[other]; !ok {
					found[other] = found[a] + 1
					queue = append(queue, other)
				}
			}
		}
	}
	return found
}
