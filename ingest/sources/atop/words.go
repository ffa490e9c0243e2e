package atop

import (
	"fmt"
	"slices"
	"strings"
)

// title makes the title that the file does not have, of what it does have: its first members and the year.
func (r *reader) title(h *head, stays []stay) string {
	var names []string
	for _, s := range stays {
		if name := r.states.NameOn(s.actor, s.period.Start.Earliest()); s.first && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if more := len(names) - 3; more > 0 {
		names = append(names[:3], count(more, "other"))
	}
	return fmt.Sprintf("Alliance of %s, %s", list(names), h.period.Start.EDTF()[:4])
}

// summary says what members owe one another, and under which numbers other datasets have the alliance.
func summary(h *head, members []*member) string {
	var owed []string
	for _, o := range owings {
		if slices.ContainsFunc(members, func(m *member) bool { _, ok := m.owes[o.kind]; return ok }) {
			owed = append(owed, o.words)
		}
	}
	text := "No obligations are coded."
	if len(owed) > 0 {
		text = "Obligations: " + list(owed) + "."
	}
	if h.unequal {
		text += " They are not the same for all members."
	}
	var numbers []string
	for _, column := range []string{"cowid", "cow4id"} {
		if n := h.row.Get(column); n != "" {
			numbers = append(numbers, column+" "+n)
		}
	}
	if len(numbers) > 0 {
		text += " In the COW list of formal alliances: " + strings.Join(numbers, ", ") + "."
	}
	return text
}

// phaseWords names phases: phase 2 of 3, phases 1 and 2 of 3.
func phaseWords(phases []string, of int) string {
	what := "phase"
	if len(phases) > 1 {
		what = "phases"
	}
	return fmt.Sprintf("%s %s of %d", what, list(phases), of)
}

// list joins words: a, b and c.
func list(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " and " + words[last]
}
