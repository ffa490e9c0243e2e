package cow

import (
	"fmt"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

// Some names at most two.
func Some(names []string) string {
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

// Against names who stands against whom: at most two on each side, in the order of the parties, by what each was called when it
// took part. of tells the side of a party, and its time.
func Against[P any](roster *ingest.Roster, parties []P, of func(P) (side string, st Stay), between string) string {
	var both []string
	for _, side := range []string{graph.SideA, graph.SideB} {
		var names []string
		for _, p := range parties {
			on, st := of(p)
			for _, h := range st.Held {
				if name := roster.NameOn(h.Actor, StartOf(h.Period)); on == side && !slices.Contains(names, name) {
					names = append(names, name)
				}
			}
		}
		if len(names) > 0 {
			both = append(both, Some(names))
		}
	}
	return strings.Join(both, between)
}

// Years says when, for a list.
func Years(p graph.Period) string {
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

// Sentences joins those that say something.
func Sentences(all ...string) string {
	return strings.Join(slices.DeleteFunc(all, func(s string) bool { return s == "" }), " ")
}

// Say writes a sentence, or nothing.
func Say(when bool, format string, args ...any) string {
	if !when {
		return ""
	}
	return fmt.Sprintf(format, args...)
}

// Count says how many of a thing.
func Count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// Reciprocity says whether a militarized action was answered by one; flags are nil where it is not known.
func Reciprocity(reciprocated *bool) string {
	switch {
	case reciprocated == nil:
		return ""
	case *reciprocated:
		return "Reciprocated."
	default:
		return "Not reciprocated."
	}
}

// Duration says how long a dispute lasted, in days; below 0 is not known.
func Duration(shortest, longest int) string {
	switch {
	case longest < 0 && shortest < 0:
		return ""
	case shortest == longest:
		return fmt.Sprintf("Duration: %s.", Count(longest, "day"))
	case shortest < 0:
		return fmt.Sprintf("Duration: at most %s.", Count(longest, "day"))
	case longest < 0:
		return fmt.Sprintf("Duration: at least %s.", Count(shortest, "day"))
	default:
		return fmt.Sprintf("Duration: %d to %s.", shortest, Count(longest, "day"))
	}
}
