package atop

import (
	"slices"

	"github.com/entente-graph/entente/graph"
)

// obligationsOf says who owes what, toward whom and when. The member level says it of each member: owed to every other
// member, which is an empty Toward. Only where an alliance has two phases at once (with the Czech Republic and with
// Slovakia) it is owed within the phase alone, and toward each by name.
func obligationsOf(parts []part) []graph.Obligation {
	var all []graph.Obligation
	for i, p := range parts {
		for _, o := range owings {
			conditions, owed := p.owes[o.kind]
			if !owed {
				continue
			}
			for _, toward := range towards(parts, i) {
				all = add(all, graph.Obligation{Type: o.kind, By: p.actor, Toward: toward, Conditions: conditions, Period: inPhase(parts, i)})
			}
		}
	}
	return all
}

// add joins an obligation with the same one of the time before, if no day lies between.
func add(all []graph.Obligation, o graph.Obligation) []graph.Obligation {
	for i := range all {
		before := &all[i]
		if before.Type == o.Type && before.By == o.By && before.Toward == o.Toward && before.Conditions == o.Conditions && touch(before.Period, o.Period) {
			if later(o.Period, before.Period) {
				before.Period.End, before.Period.Why = o.Period.End, o.Period.Why
			}
			return all
		}
	}
	return append(all, o)
}

// inPhase is the time for which a part's obligations hold. Where its next phase begins on the day on which it ends, that day
// is the next one's.
func inPhase(parts []part, i int) graph.Period {
	p := parts[i].period
	for j, next := range parts {
		if j != i && next.actor == parts[i].actor && next.phase != parts[i].phase && next.period.Start == p.End && p.Start != p.End {
			p.End = p.End.DayBefore()
			break
		}
	}
	return p
}

// towards says toward whom a part's obligations are: everyone ("") if all who are members in its time are so in its
// phase, else those of the phase.
func towards(parts []part, i int) []graph.ActorKey {
	var same, other []graph.ActorKey
	for _, q := range parts {
		if q.actor == parts[i].actor || !meet(q.period, parts[i].period) {
			continue
		}
		to := &other
		if q.phase == parts[i].phase {
			to = &same
		}
		if !slices.Contains(*to, q.actor) {
			*to = append(*to, q.actor)
		}
	}
	if !slices.ContainsFunc(other, func(k graph.ActorKey) bool { return !slices.Contains(same, k) }) {
		return []graph.ActorKey{""}
	}
	return same
}
