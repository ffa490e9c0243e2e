package graph

import (
	"cmp"
	"iter"
	"slices"
)

// A kinship knows what is part of what: through which parts a whole takes part, and for which whole a part counts.
type kinship struct {
	wholes, parts map[ActorKey][]Component
	known         map[Component]bool
	asked         map[ActorKey]bool // of whom all is known
}

func newKinship() *kinship {
	return &kinship{
		wholes: map[ActorKey][]Component{}, parts: map[ActorKey][]Component{}, known: map[Component]bool{}, asked: map[ActorKey]bool{},
	}
}

// unknown gives those of the actors of whom nobody asked yet, each once, and counts them as asked from now on.
func (k *kinship) unknown(actors iter.Seq[ActorKey]) (found []ActorKey) {
	for a := range actors {
		if !k.asked[a] {
			k.asked[a] = true
			found = append(found, a)
		}
	}
	slices.Sort(found)
	return found
}

func (k *kinship) learn(edges []Component) {
	for _, e := range edges {
		if e.Member || e.Part == e.Whole || k.known[e] {
			continue
		}
		k.known[e] = true
		k.wholes[e.Part], k.parts[e.Whole] = append(k.wholes[e.Part], e), append(k.parts[e.Whole], e)
	}
}

// constituents gives those through which an actor takes part: itself, and what was part of it, with the days on which it was.
func (k *kinship) constituents(a ActorKey, window Interval) []Constituent {
	found := []Constituent{{a, window, Direct}}
	seen := map[Constituent]bool{}
	for i := 0; i < len(found); i++ {
		c := found[i]
		for _, e := range k.parts[c.Actor] {
			next := Constituent{e.Part, c.Valid.Intersect(e.Period), ByComponent}
			if e.Same {
				next.Involvement = c.Involvement
			}
			if e.Part == a || next.Valid.Empty() || seen[next] {
				continue
			}
			seen[next] = true
			found = append(found, next)
		}
	}
	return found
}

// An owner is an actor for which a part counts on some days.
type owner struct {
	actor ActorKey
	days  Interval
}

// tops adds for whom an actor's part counts in a span: for what it is part of that is itself part of nothing, on the days
// on which that is so; and for itself on the days on which it is part of nothing.
func (k *kinship) tops(found []owner, a ActorKey, span Interval) []owner {
	switch {
	case span.Empty():
		return found
	case len(k.wholes[a]) == 0:
		return append(found, owner{a, span})
	default:
		var above []owner
		k.climb(a, span, nil, &above)
		return append(found, above...)
	}
}

func (k *kinship) climb(a ActorKey, span Interval, below []ActorKey, found *[]owner) {
	below = append(below[:len(below):len(below)], a)
	var covered []Interval
	for _, e := range k.wholes[a] {
		days := span.Intersect(e.Period)
		if days.Empty() || slices.Contains(below, e.Whole) { // a circle has no top
			continue
		}
		covered = append(covered, days)
		k.climb(e.Whole, days, below, found)
	}
	for _, days := range gaps(span, covered) {
		if o := (owner{a, days}); !slices.Contains(*found, o) {
			*found = append(*found, o)
		}
	}
}

// gaps gives the stretches of a span that nothing covers.
func gaps(span Interval, covered []Interval) (left []Interval) {
	slices.SortFunc(covered, func(a, b Interval) int { return cmp.Compare(a.From, b.From) })
	for _, c := range covered {
		if c.From > span.From {
			left = append(left, Interval{span.From, c.From})
		}
		span.From = max(span.From, c.To)
	}
	if !span.Empty() {
		left = append(left, span)
	}
	return left
}
