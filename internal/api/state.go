package api

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/entente-graph/entente/graph"
)

// distinct gives the states that differ in load or day, by load and then day, those without a day first.
func distinct(states []graph.State) []graph.State {
	compare := func(a, b graph.State) int {
		return cmp.Or(cmp.Compare(a.Load, b.Load), cmp.Compare(dayOf(a), dayOf(b)))
	}
	out := slices.Clone(states)
	slices.SortFunc(out, compare)
	return slices.CompactFunc(out, func(a, b graph.State) bool { return compare(a, b) == 0 })
}

func dayOf(s graph.State) graph.Day {
	if s.AsOf == nil {
		return graph.MinDay
	}
	return *s.AsOf
}

// stateText says a state: load 3, load 3 as of 2019-06-01.
func stateText(s graph.State) string {
	text := "load " + strconv.FormatInt(int64(s.Load), 10)
	if s.AsOf != nil {
		text += " as of " + s.AsOf.String()
	}
	return text
}
