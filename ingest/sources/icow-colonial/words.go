package icowcolonial

import (
	"fmt"
	"strings"

	"github.com/entente-graph/entente/graph"
)

func violence(violent bool) string {
	if violent {
		return "violent"
	}
	return "not violent"
}

// title says what happened to whom, by the names of the day.
func (s *state) title(r *reader, what string, on graph.Date, by party, toward *party) string {
	year := fmt.Sprint(on.Earliest().Time().Year())
	name := func(p party) string { return r.roster.NameOn(p.actor, on.Earliest()) }
	switch {
	case what == "merger":
		return fmt.Sprintf("%s merges into %s, %s", name(*toward), name(by), year)
	case what == "secession":
		return fmt.Sprintf("Secession of %s from %s, %s", name(by), name(*toward), year)
	case toward == nil || toward.actor == by.actor:
		return fmt.Sprintf("Independence of %s, %s", name(by), year)
	default:
		return fmt.Sprintf("Independence of %s from %s, %s", name(by), name(*toward), year)
	}
}

// summary says in words what no other field holds.
func (s *state) summary() string {
	words := []string{fmt.Sprintf("Independence by %s, %s.", s.how, violence(s.violent))}
	if s.seceded && s.how != "secession" {
		words = append(words, "It was a secession as well.")
	}
	if s.ruler != "" {
		words = append(words, "Mainly ruled, as a colony or dependency, by "+s.ruler+".")
	}
	if s.from == nil {
		words = append(words, "Of nobody's rule.")
	}
	if s.notes != "" {
		words = append(words, "Notes: "+s.notes+".")
	}
	return strings.Join(words, " ")
}
