package cowmid

import (
	"fmt"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/cow"
)

// sides names who stands against whom: at most two on each side, those first who were in it from the beginning.
func (r *reader) sides(parties []party, between string) string {
	var both []string
	for _, side := range []string{graph.SideA, graph.SideB} {
		var names []string
		for _, p := range parties {
			for _, h := range p.Held {
				if name := r.states.NameOn(h.Actor, cow.StartOf(h.Period)); p.side == side && !slices.Contains(names, name) {
					names = append(names, name)
				}
			}
		}
		if len(names) > 0 {
			both = append(both, cow.Some(names))
		}
	}
	return strings.Join(both, between)
}

// miscount says where the numbers of states that MIDA has for the two sides are not those of the rows in MIDB.
func miscount(parties []party, sideA, sideB int) string {
	if sideA < 0 || sideB < 0 || sideA+sideB == len(parties) {
		return ""
	}
	return fmt.Sprintf("The dataset counts %s on side A and %d on side B, and lists %s of participants.", cow.Count(sideA, "state"), sideB, cow.Count(len(parties), "row"))
}
