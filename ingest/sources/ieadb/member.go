package ieadb

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/names"
	"github.com/entente-graph/entente/ingest/table"
)

// A member is one row of the memberships: what a state did about a treaty.
type member struct {
	cells
	signed, ratified graph.Date
	bound            []stretch  // in order: in force for it, and again after it came back
	ended            graph.Date // of the treaty, as the row says
}

// A stretch is a time for which a treaty was in force for a state.
type stretch struct{ from, to graph.Date }

// turns are the columns of a state's comings and goings: in force, first withdrawal, back, second withdrawal, back.
var turns = []string{"ceif3", "ceif4", "ceif5", "ceif6", "ceif7"}

func (r *reader) member(row table.Row) *member {
	m := &member{cells: cells{row: row}}
	m.signed, m.ratified, m.ended = m.date("csig"), m.date("crat"), m.date("tterm")
	if strings.TrimSpace(row.Get("country")) == "" {
		m.mistake("country", "the row names no state", "")
	}
	var before graph.Date
	for i, column := range turns {
		date := m.date(column)
		switch {
		case date.IsZero():
			continue
		case i > 0 && before.IsZero():
			m.mistake(column, fmt.Sprintf("there is nothing before it in %s", turns[i-1]), "when was it in force before?")
			return m
		case i > 0 && date.Latest() < before.Earliest():
			m.mistake(column, fmt.Sprintf("it is of before %s (%s)", turns[i-1], before), "")
			return m
		case i%2 == 0:
			m.bound = append(m.bound, stretch{from: date})
		default:
			m.bound[len(m.bound)-1].to = date
		}
		before = date
	}
	for _, column := range []string{"ceif8", "ceif9"} {
		if row.Get(column) != "" {
			m.mistake(column, "objections to what enters into force by silence are not read", "an empty cell")
		}
	}
	return m
}

// did is when the member did the first thing that is dated, where it was never in force for it on a day that is known.
func (m *member) did() graph.Date {
	if m.signed.IsZero() {
		return m.ratified
	}
	return m.signed
}

// began are the days on one of which a treaty entered into force for a member of which that day is not known: not before the member
// signed or ratified it, or where that is not known before the treaty began; and not after the treaty ended or the database was made.
func (m *member) began(treaty graph.Period) graph.Interval {
	first := m.did()
	if first.IsZero() {
		first = treaty.Start
	}
	last := max(listed.Last(), first.Latest())
	if !treaty.End.IsZero() {
		last = max(min(last, treaty.End.Latest()), first.Earliest())
	}
	return graph.Inclusive(first.Earliest(), last)
}

// parts makes the participations of a member of a treaty, until that ended; cut where its name passed from one
// state to another; and its stages. Each stage is of the state that held the name that day.
func (r *reader) parts(m *member, treaty graph.Period, ended graph.Date) (parts []graph.Participation, stages []graph.Stage) {
	country := m.row.Get("country")
	find := func(p graph.Period) []ingest.Held {
		held, err := r.names.Find(country, p)
		if err != nil {
			rule, suggestion := ingest.Unresolved(err)
			if len(m.bad) == 0 {
				m.mistake("country", rule, suggestion)
			}
		}
		return held
	}
	on := func(d graph.Date) graph.Period {
		if d.IsZero() {
			return graph.Period{}
		}
		return graph.On(d)
	}
	add := func(h ingest.Held, p graph.Period) {
		parts = append(parts, graph.Participation{Actor: h.Actor, Role: graph.RoleParty, Period: p, Note: r.note(m, h)})
	}
	for _, s := range m.bound {
		p := graph.Period{Start: s.from, End: s.to}
		if p.End.IsZero() {
			p.End = ended
		}
		if p.End.IsZero() {
			p = graph.Observed(p.Start, lastDay)
		}
		for _, h := range find(p) {
			add(h, h.Period)
		}
	}
	if len(m.bound) == 0 {
		began, until := m.began(treaty), names.Forever
		if !ended.IsZero() {
			until = max(ended.Latest(), began.Last())
		}
		then := on(m.did())
		if then.IsZero() { // whoever had the name meanwhile
			then = graph.Period{Start: graph.DateOf(began.First()), End: graph.DateOf(began.Last())}
		}
		var found []graph.ActorKey
		for _, h := range find(then) {
			if slices.Contains(found, h.Actor) {
				continue // again
			}
			found = append(found, h.Actor)
			for _, time := range r.names.Sometime(h.Actor, began, until) {
				add(h, time)
			}
		}
	}
	stage := func(kind graph.StageKind, d graph.Date, note string) {
		if d.IsZero() {
			return
		}
		for _, h := range find(on(d)) {
			stages = append(stages, graph.Stage{Stage: kind, Party: h.Actor, Date: d, Note: note})
		}
	}
	stage(graph.StageSigned, m.signed, "")
	stage(graph.StageRatified, m.ratified, "")
	for i, s := range m.bound {
		note := ""
		if i > 0 {
			note = "back after a withdrawal"
		}
		stage(graph.StageInForce, s.from, note)
		if !s.to.IsZero() {
			note := "withdrawal or similar"
			if s.to == ended {
				note = "the treaty ended"
			}
			stage(graph.StageTerminated, s.to, note)
		}
	}
	return parts, stages
}

// note says of a party what its dates do not.
func (r *reader) note(m *member, h ingest.Held) string {
	var notes []string
	switch {
	case len(m.bound) > 0:
	case !m.ratified.IsZero():
		notes = append(notes, "ratified; when it was in force for it is not known")
	case !m.signed.IsZero():
		notes = append(notes, "signed; whether it ratified is not known")
	default:
		notes = append(notes, "listed as a member without a date")
	}
	if outside := r.names.Outside(h); outside != "" {
		notes = append(notes, outside)
	}
	return strings.Join(notes, "; ")
}

// inOrder sorts stages by day, those of the whole treaty first.
func inOrder(stages []graph.Stage) {
	order := map[graph.StageKind]int{graph.StageSigned: 0, graph.StageRatified: 1, graph.StageInForce: 2, graph.StageTerminated: 3}
	slices.SortStableFunc(stages, func(a, b graph.Stage) int {
		first := func(s graph.Stage) int {
			if s.Party == "" {
				return 0
			}
			return 1
		}
		return cmp.Or(
			cmp.Compare(a.Date.Earliest(), b.Date.Earliest()), cmp.Compare(a.Date.Latest(), b.Date.Latest()),
			cmp.Compare(first(a), first(b)), cmp.Compare(order[a.Stage], order[b.Stage]), cmp.Compare(a.Party, b.Party),
		)
	})
}
