package usertable

import (
	"fmt"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/form"
)

// isMarked tells whether a column that is for one actor says that it takes part.
func (r *reading) isMarked(p *party, column string) bool {
	text := r.get(column, nil)
	switch {
	case text == "" || p.unmarked[text]:
		return false
	case p.marks[text]:
		return true
	}
	r.mistake(column, fmt.Sprintf("%q is neither among the marks nor the unmarked", form.Clip(text)), "add it to marks, or to unmarked")
	return false
}

// acting makes the participations of the persons who acted for a party, and keeps who they are. Who they are is told by the
// name, as it is written, and by whom they acted for: whether a name that is written otherwise is the same person is for the
// rules that link persons, and for people.
func (r *reading) acting(p *party, of []graph.Participation, at, states int) (out []graph.Participation) {
	names, offices := r.all(p.persons), r.all(p.offices)
	switch {
	case len(names) == 0 || len(of) == 0:
		return nil
	case states > 1:
		if at > 0 {
			return nil // told already
		}
		r.mistake(p.persons.of.columnOf(), "several states stand in one cell, and for which of them these persons acted is not said", "give each state a column and an entry of its own")
		return nil
	case len(offices) > 0 && len(offices) != len(names):
		r.mistake(p.offices.of.columnOf(), fmt.Sprintf("%s for %s", counted(len(offices), "office"), counted(len(names), "person")), "as many of the one as of the other, in one order, or no office")
		return nil
	}
	for _, part := range of {
		for i, name := range names {
			person := r.person(name.text, part.Actor)
			if !slices.ContainsFunc(r.persons, func(a graph.ActorFacts) bool { return a.Key == person.Key }) {
				r.persons = append(r.persons, person)
			}
			as := graph.Participation{Actor: person.Key, Role: graph.RoleRepresentative, Side: part.Side, Period: part.Period, OnBehalfOf: part.Actor}
			if len(offices) > 0 {
				as.Capacity = offices[i].text
			}
			out = append(out, as)
		}
	}
	return out
}

func counted(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}

// person is who is called so and acted for that state or organisation.
func (r *reading) person(name string, of graph.ActorKey) graph.ActorFacts {
	key := graph.ActorKey(fmt.Sprintf("%s:%s-%s", r.source.Key, plain(name), codeOf(of)))
	return graph.ActorFacts{Key: key, Kind: graph.KindPerson, Names: []graph.Name{{Text: name, Lang: r.source.Language}}}
}

// codeOf is an actor's key without its scheme.
func codeOf(a graph.ActorKey) string {
	_, code, _ := strings.Cut(string(a), ":")
	return code
}

// obligations reads what those who take part by an entry owe.
func (r *reading) obligations(p *party, by []graph.Participation, whole graph.Period) (out []graph.Obligation) {
	for _, o := range p.owes {
		toward := []graph.Participation{{}}
		if o.toward != nil {
			sofar := len(r.bad)
			if toward, _ = r.participations(o.toward, whole); len(toward) == 0 {
				if len(r.bad) == sofar {
					r.toNobody(o)
				}
				continue
			}
		}
		period := r.partPeriod(&party{from: o.from, to: o.to}, whole)
		for _, t := range o.types {
			for _, s := range r.all(t) {
				for _, x := range by {
					for _, y := range toward {
						if x.Actor == y.Actor {
							continue
						}
						owed := graph.Obligation{Type: form.Model[graph.ObligationType](s.text), By: x.Actor, Toward: y.Actor, Conditions: r.one(o.conditions).text, Period: period}
						if period.IsZero() {
							owed.Period = x.Period
						}
						out = append(out, owed)
					}
				}
			}
		}
	}
	return out
}

// toNobody tells of an obligation that a cell names where another does not say to whom it is owed.
func (r *reading) toNobody(o *obligation) {
	for _, t := range o.types {
		if column := t.of.columnOf(); column != "" && len(r.all(t)) > 0 {
			r.mistake(o.toward.column(), "to whom the obligation is owed is not said here", "name somebody; or where it is owed to every other party, leave toward out of the mapping")
		}
	}
}

// owing adds obligations that are not there yet.
func owing(all, more []graph.Obligation) []graph.Obligation {
	for _, o := range more {
		if !slices.Contains(all, o) {
			all = append(all, o)
		}
	}
	return all
}
