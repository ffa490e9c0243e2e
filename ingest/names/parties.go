package names

import (
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

// Parties are what a text says that lists parties.
type Parties struct {
	States []graph.Participation // each once, in the order of the text
	Others []string              // names that are no state's: organisations above all
}

// An Unknown is a name in a list that the book does not know, with the rule and the suggestion of the mistake to make of it.
type Unknown struct{ Text, Rule, Suggestion string }

// Parties finds the parties that a text lists, as they were on a date; the zero date where none is known.
func (b *Book) Parties(text string, at graph.Date) (found Parties, unknown []Unknown) {
	p := graph.Period{}
	if !at.IsZero() {
		p = graph.On(at)
	}
	for _, word := range b.List(text) {
		if word.Known && b.NoState(word.Text) {
			if !slices.Contains(found.Others, word.Text) {
				found.Others = append(found.Others, word.Text)
			}
			continue
		}
		held, err := b.Find(word.Text, p)
		if err != nil {
			rule, suggestion := ingest.Unresolved(err)
			unknown = append(unknown, Unknown{word.Text, rule, suggestion})
			continue
		}
		for _, h := range held {
			party := graph.Participation{Actor: h.Actor, Role: graph.RoleParty}
			var notes []string
			if word.Group != "" {
				notes = append(notes, "named as a member of "+word.Group)
			}
			if outside := b.Outside(h); outside != "" {
				notes = append(notes, outside)
			}
			party.Note = strings.Join(notes, "; ")
			if !slices.ContainsFunc(found.States, func(q graph.Participation) bool { return q.Actor == party.Actor }) {
				found.States = append(found.States, party)
			}
		}
	}
	return found, unknown
}

// Same tells whether two texts name the same states, in whatever order and spelling.
func (p Parties) Same(q Parties) bool {
	actors := func(of Parties) (keys []graph.ActorKey) {
		for _, s := range of.States {
			keys = append(keys, s.Actor)
		}
		slices.Sort(keys)
		return keys
	}
	return slices.Equal(actors(p), actors(q))
}

// Also says in a summary what is named beside states; it is empty where nothing is.
func (p Parties) Also() string {
	if len(p.Others) == 0 {
		return ""
	}
	return " Names also " + strings.Join(p.Others, ", ") + "."
}
