package atop

import (
	"slices"

	"github.com/entente-graph/entente/graph"
)

// obligationsOf says who owes what, toward whom and when. The member level says it of each member: it is owed to every
// other member. That is an empty Toward, except where there is but one other, who is named: in a bilateral alliance, and
// where an alliance has two phases at once (with the Czech Republic and with Slovakia) and it is owed within the phase.
func obligationsOf(parts []part) []graph.Obligation {
	var all []graph.Obligation
	for i, p := range parts {
		for _, o := range owings {
			conditions, owed := p.owes[o.kind]
			if !owed {
				continue
			}
			for _, to := range towards(parts, i) {
				all = add(all, graph.Obligation{Type: o.kind, By: p.actor, Toward: to.actor, Conditions: conditions, Period: to.period})
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
				before.Period = before.Period.EndingAs(o.Period)
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

// A creditor is toward whom an obligation is, and for which part of it: everyone, or one by name.
type creditor struct {
	actor  graph.ActorKey
	period graph.Period
}

// towards says toward whom a part's obligations are.
func towards(parts []part, i int) []creditor {
	own := inPhase(parts, i)
	var named []creditor
	var numbers []string
	apart := false // somebody else is in another phase at that time
	for j, q := range parts {
		if q.actor == parts[i].actor || !meet(q.period, parts[i].period) {
			continue
		}
		if q.phase != parts[i].phase {
			apart = true
			continue
		}
		if !slices.Contains(numbers, q.number) {
			numbers = append(numbers, q.number)
		}
		named = append(named, creditor{q.actor, common(own, inPhase(parts, j))})
	}
	if apart || len(numbers) == 1 {
		return named
	}
	return []creditor{{"", own}}
}

// common is the time that two periods share.
func common(p, q graph.Period) graph.Period {
	if q.Start.Earliest() > p.Start.Earliest() {
		p.Start = q.Start
	}
	if later(p, q) {
		p = p.EndingAs(q)
	}
	return p
}
