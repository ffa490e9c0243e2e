package cowmid

import (
	"fmt"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// sides names who stands against whom: at most two on each side, those first who were in it from the beginning.
func (r *reader) sides(parties []party, between string) string {
	var both []string
	for _, side := range []string{graph.SideA, graph.SideB} {
		var names []string
		for _, p := range parties {
			for _, h := range p.held {
				if name := r.states.name(h.actor, startOf(h.period)); p.side == side && !slices.Contains(names, name) {
					names = append(names, name)
				}
			}
		}
		if len(names) > 0 {
			both = append(both, some(names))
		}
	}
	return strings.Join(both, between)
}

func some(names []string) string {
	switch n := len(names); n {
	case 1:
		return names[0]
	case 2:
		return names[0] + " and " + names[1]
	case 3:
		return names[0] + ", " + names[1] + " and 1 other"
	default:
		return fmt.Sprintf("%s, %s and %d others", names[0], names[1], n-2)
	}
}

// years says when, for a list.
func years(p graph.Period) string {
	from := ""
	if !p.Start.IsZero() {
		from = p.Start.EDTF()[:4]
	}
	switch {
	case p.Why == graph.Censored || p.Why == graph.Ongoing:
		return "since " + from
	case p.End.IsZero():
		return from + "–"
	case p.End.EDTF()[:4] == from:
		return from
	default:
		return from + "–" + p.End.EDTF()[:4]
	}
}

// sentences joins those that say something.
func sentences(all ...string) string {
	return strings.Join(slices.DeleteFunc(all, func(s string) bool { return s == "" }), " ")
}

func say(when bool, format string, args ...any) string {
	if !when {
		return ""
	}
	return fmt.Sprintf(format, args...)
}

func reciprocity(reciprocated *bool) string {
	switch {
	case reciprocated == nil:
		return ""
	case *reciprocated:
		return "Reciprocated."
	default:
		return "Not reciprocated."
	}
}

func duration(shortest, longest int) string {
	switch {
	case longest < 0 && shortest < 0:
		return ""
	case shortest == longest:
		return fmt.Sprintf("Duration: %s.", count(longest, "day"))
	case shortest < 0:
		return fmt.Sprintf("Duration: at most %s.", count(longest, "day"))
	case longest < 0:
		return fmt.Sprintf("Duration: at least %s.", count(shortest, "day"))
	default:
		return fmt.Sprintf("Duration: %d to %s.", shortest, count(longest, "day"))
	}
}

// miscount says where the numbers of states that MIDA has for the two sides are not those of the rows in MIDB.
func miscount(parties []party, sideA, sideB int) string {
	if sideA < 0 || sideB < 0 || sideA+sideB == len(parties) {
		return ""
	}
	return fmt.Sprintf("The dataset counts %s on side A and %d on side B, and lists %s of participants.", count(sideA, "state"), sideB, count(len(parties), "row"))
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
