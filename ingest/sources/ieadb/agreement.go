package ieadb

import (
	"fmt"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

// agreement makes the agreement of a treaty, or says all that is wrong with its rows.
func (r *reader) agreement(t *thing) (*graph.Agreement, []ingest.Mistake) {
	if bad := t.judge(); len(bad) > 0 {
		return nil, bad
	}
	forms, err := theForms()
	h := &cells{row: t.heads[0]}
	if err != nil {
		h.mistake(kind, err.Error(), "")
		return nil, h.bad
	}
	signed, inForce := h.signed(), h.date(force)
	form, ok := forms[h.row.Get(kind)]
	if !ok {
		h.mistake(kind, "this kind of agreement is not in lookups.csv", "")
	}
	if strings.TrimSpace(h.row.Get(title)) == "" {
		h.mistake(title, "the treaty has no name", "")
	}
	if !signed.IsZero() && !inForce.IsZero() && inForce.Latest() < signed.Earliest()-yearBefore {
		h.mistake(force, fmt.Sprintf("it entered into force more than a year before it was signed (%s)", signed), "is there a slip in it?")
	}
	a := &graph.Agreement{
		EngagementBase: graph.EngagementBase{
			Key:       t.key(),
			Kind:      graph.KindAgreement,
			Titles:    []graph.Name{{Text: strings.Join(strings.Fields(h.row.Get(title)), " "), Lang: "en"}},
			Topics:    []graph.Topic{graph.TopicEnvironment},
			Summary:   summary(h),
			Citations: []graph.Citation{{Source: Key, Locator: "treaty " + t.number}},
		},
		Form: form,
	}
	if !signed.IsZero() {
		a.Stages = append(a.Stages, graph.Stage{Stage: graph.StageSigned, Date: signed})
	}
	if !inForce.IsZero() {
		a.Stages = append(a.Stages, graph.Stage{Stage: graph.StageInForce, Date: inForce})
	}
	bad := h.bad
	members, ended, later := r.members(t)
	if later > 0 {
		a.Summary += fmt.Sprintf(" Its members' rows say that it ended on %s, and that it entered into force for %d of them later: when it ended is not known here.", ended, later)
		ended = graph.Date{}
	}
	a.Period = period(signed, inForce, ended, len(t.members) > 0 && later == 0)
	for _, m := range members {
		parts, stages := r.parts(m, a.Period, ended)
		a.Participations = append(a.Participations, parts...)
		a.Stages = append(a.Stages, stages...)
		bad = append(bad, m.bad...)
		if who := m.row.Get("country"); r.names.NoState(who) {
			a.Summary += " Names also " + who + "."
		}
	}
	if len(bad) > 0 {
		return nil, bad
	}
	if !ended.IsZero() {
		a.Stages = append(a.Stages, graph.Stage{Stage: graph.StageTerminated, Date: ended})
	}
	inOrder(a.Stages)
	return a, nil
}

// members reads the members of a treaty, with when it ended for all, and for how many it entered into force after that: then
// the rows contradict each other about it.
func (r *reader) members(t *thing) (all []*member, ended graph.Date, later int) {
	for i, row := range t.members {
		m := r.member(row)
		if i == 0 {
			ended = m.ended
		} else if m.ended != ended && len(m.bad) == 0 {
			m.mistake("tterm", "another member of the treaty says that it ended at another time", "the end of the treaty is one date for all")
		}
		all = append(all, m)
	}
	for _, m := range all {
		if !ended.IsZero() && slices.ContainsFunc(m.bound, func(s stretch) bool { return s.from.Earliest() > ended.Latest() }) {
			later++
		}
	}
	return all, ended, later
}

// yearBefore is how many days a treaty may be in force before it is signed: some are agreed on for a time that has begun.
const yearBefore = 366

// period is the life of a treaty: from its signature, or its entry into force where that is earlier, to its end. Whether it
// ended is known of those alone whose members are, if their rows agree.
func period(signed, inForce, ended graph.Date, known bool) graph.Period {
	start := signed
	if start.IsZero() || !inForce.IsZero() && inForce.Earliest() < start.Earliest() {
		start = inForce
	}
	if start.IsZero() { // somewhere in the database
		start = graph.OneOf(listed.First(), listed.Last())
	}
	switch {
	case !ended.IsZero() && ended.Latest() >= start.Earliest():
		return graph.Period{Start: start, End: ended}
	case known && !inForce.IsZero():
		return graph.Observed(start, lastDay)
	default:
		return graph.Period{Start: start, Why: graph.Unknown}
	}
}

// summary says what the list says of the treaty besides.
func summary(h *cells) string {
	text := "Type: " + h.row.Get(kind) + "."
	text += " Inclusion: " + h.row.Get(inclusion) + "."
	if l := h.row.Get(lineage); l != "" && l != "Not Yet Assigned" {
		text += " Lineage: " + l + "."
	}
	if s := h.row.Get(office); s != "" && !strings.HasPrefix(s, "No ") && !strings.HasPrefix(s, "Secretariat not") {
		text += " Secretariat: " + s + "."
	}
	return text
}
