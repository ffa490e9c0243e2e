package gptad

import (
	"fmt"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/names"
)

// membership is what the text of the parties says.
type membership struct {
	parties       []graph.Participation
	organisations []string // that it names, and that are no states
}

const members = "Membership"

// membership reads the parties: names of states in one text, some in brackets behind the organisation to which they belong.
// A name that nobody has decided is a mistake with candidates.
func (r *reader) membership(c *cells, at graph.Date) (m membership) {
	p := graph.Period{}
	if !at.IsZero() {
		p = graph.On(at)
	}
	for _, word := range r.names.List(c.text(members)) {
		if word.Known && r.names.NoState(word.Text) {
			if !slices.Contains(m.organisations, word.Text) {
				m.organisations = append(m.organisations, word.Text)
			}
			continue
		}
		held, err := r.names.Find(word.Text, p)
		if err != nil {
			rule, suggestion := names.Rule(err)
			mistake := c.row.Mistake(members, rule, suggestion)
			mistake.Value = word.Text
			c.bad = append(c.bad, mistake)
			continue
		}
		for _, h := range held {
			party := graph.Participation{Actor: h.Actor, Role: graph.RoleParty}
			var notes []string
			if word.Group != "" {
				notes = append(notes, "named as a member of "+word.Group)
			}
			if outside := r.names.Outside(h); outside != "" {
				notes = append(notes, outside)
			}
			party.Note = strings.Join(notes, "; ")
			if !slices.ContainsFunc(m.parties, func(q graph.Participation) bool { return q.Actor == party.Actor }) {
				m.parties = append(m.parties, party)
			}
		}
	}
	if len(m.parties) == 0 && len(c.bad) == 0 {
		c.mistake(members, "no state is named", "the names of the parties, separated by commas")
	}
	return m
}

// same tells whether two texts name the same states.
func (m membership) same(n membership) bool {
	actors := func(ps []graph.Participation) (keys []graph.ActorKey) {
		for _, p := range ps {
			keys = append(keys, p.Actor)
		}
		slices.Sort(keys)
		return keys
	}
	return slices.Equal(actors(m.parties), actors(n.parties))
}

// words says which organisations are named.
func (m membership) words() string {
	if len(m.organisations) == 0 {
		return ""
	}
	return fmt.Sprintf(" Names also %s.", strings.Join(m.organisations, ", "))
}
