package desta

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

func ruleOf(err error) (rule, suggestion string) { return ingest.Unresolved(err) }

// kinds are what typememb says of the parties.
var kinds = map[string]string{
	"1": "Bilateral", "2": "Plurilateral", "3": "Between a group of states and others", "4": "Between two groups of states",
	"5": "Accession", "6": "Accession to an agreement between a group of states and others", "7": "Withdrawal",
}

// agreement makes the agreement of a treaty, or says all that is wrong with its rows.
func (r *reader) agreement(t *treaty) (*graph.Agreement, []ingest.Mistake) {
	if bad := t.judge(); len(bad) > 0 {
		return nil, bad
	}
	h := &cells{row: t.heads[0]}
	kind := entry(h.row.Get("entry_type"))
	signed, inForce := h.year("year"), h.year("entryforceyear")
	members := h.members()
	h.code("typememb", "1", "2", "3", "4", "5", "6", "7")
	h.code("wto_listed", "0", "1", missing)
	if strings.TrimSpace(h.row.Get("name")) == "" {
		h.mistake("name", "the treaty has no name", "")
	}
	base := h.row.Get("base_treaty")
	if !numberForm.MatchString(base) {
		h.mistake("base_treaty", "this is not the number of a treaty", "a whole number")
	}
	switch {
	case kind == negotiation && !inForce.IsZero():
		h.mistake("entryforceyear", "what is negotiated is not in force", "NA, or another entry_type")
	case kind != negotiation && signed.IsZero() && len(h.bad) == 0:
		h.mistake("year", "the treaty has no year", "a year")
	case !signed.IsZero() && !inForce.IsZero() && inForce.Latest() < signed.Earliest():
		h.mistake("entryforceyear", fmt.Sprintf("it entered into force before it was signed (%s)", signed), "NA, or a year from then on")
	}
	if len(h.bad) > 0 {
		return nil, h.bad
	}
	stays, bad := r.stays(t, signed, members)
	if len(bad) > 0 {
		return nil, bad
	}
	a := &graph.Agreement{
		EngagementBase: graph.EngagementBase{
			Key:            keyOf(t.number),
			Kind:           graph.KindAgreement,
			Titles:         []graph.Name{{Text: title(h.row.Get("name")), Lang: "en"}},
			Topics:         []graph.Topic{graph.TopicTrade},
			Summary:        r.summary(t, h),
			Participations: r.participations(stays),
			Citations:      []graph.Citation{{Source: Key, Locator: "treaty " + t.number}},
		},
		Form:            graph.FormAgreement,
		Stages:          stages(kind, signed, inForce, stays),
		PartiesComplete: kind != negotiation && h.row.Get("typememb") == "1" && len(members) == 2,
	}
	a.Period = graph.Period{Start: signed, Why: graph.Unknown}
	if signed.IsZero() { // somewhere in the list
		a.Period.Start = graph.OneOf(listed.First(), listed.Last())
		a.Participations = r.names.Undated(a.Participations, listed)
	}
	if kind == protocol {
		a.Form = graph.FormProtocol
	}
	if base != t.number {
		if kind == protocol {
			a.Amends = []graph.EngagementKey{keyOf(base)}
		} else {
			a.Related = []graph.EngagementKey{keyOf(base)}
		}
	}
	return a, nil
}

// title takes from a title the blanks that stand in it twice and at its end.
func title(text string) string { return strings.Join(strings.Fields(text), " ") }

// participations are the times of the parties. Those from the beginning that did not withdraw have the agreement's.
func (r *reader) participations(stays []*stay) (all []graph.Participation) {
	for _, s := range stays {
		var notes []string
		switch {
		case !s.acceded.IsZero() && !s.withdrew.IsZero():
			notes = append(notes, "acceded, and withdrew")
		case !s.acceded.IsZero():
			notes = append(notes, "acceded")
		case !s.withdrew.IsZero():
			notes = append(notes, "withdrew")
		}
		for _, held := range s.held {
			p := graph.Participation{Actor: held.Actor, Role: graph.RoleParty}
			if !s.from.IsZero() || !s.withdrew.IsZero() || len(s.held) > 1 {
				p.Period = held.Period
			}
			own := notes
			if outside := r.names.Outside(held); outside != "" {
				own = append(slices.Clone(notes), outside+", by number "+s.number)
			}
			p.Note = strings.Join(own, "; ")
			if !slices.ContainsFunc(all, func(q graph.Participation) bool { return q.Actor == p.Actor && q.Period == p.Period }) {
				all = append(all, p)
			}
		}
	}
	return all
}

// stages are the steps that the file dates, each by its year: of the whole, and of those that acceded and withdrew.
func stages(kind entry, signed, inForce graph.Date, stays []*stay) []graph.Stage {
	if kind == negotiation {
		return []graph.Stage{{Stage: graph.StageNegotiation, Date: signed, Note: "the list has it as a negotiation"}}
	}
	all := []graph.Stage{{Stage: graph.StageSigned, Date: signed}}
	if !inForce.IsZero() {
		all = append(all, graph.Stage{Stage: graph.StageInForce, Date: inForce})
	}
	for _, s := range stays {
		if !s.acceded.IsZero() {
			all = append(all, graph.Stage{Stage: graph.StageSigned, Party: s.held[0].Actor, Date: s.acceded, Note: "accession"})
		}
		if !s.inForce.IsZero() {
			all = append(all, graph.Stage{Stage: graph.StageInForce, Party: s.held[0].Actor, Date: s.inForce, Note: "accession"})
		}
		if !s.withdrew.IsZero() {
			all = append(all, graph.Stage{Stage: graph.StageTerminated, Party: s.held[len(s.held)-1].Actor, Date: s.withdrew, Note: "withdrawal"})
		}
	}
	slices.SortStableFunc(all, func(a, b graph.Stage) int { return cmp.Compare(a.Date.Earliest(), b.Date.Earliest()) })
	return all
}

// summary says what the list says of the treaty besides.
func (r *reader) summary(t *treaty, h *cells) string {
	text := kinds[h.row.Get("typememb")] + "."
	if region := h.row.Get("regioncon"); region != missing && region != "" {
		text += " Region: " + region + "."
	}
	switch h.row.Get("wto_listed") {
	case "1":
		text += " In the list of the WTO"
		if name := title(h.row.Get("wto_name")); name != missing && name != "" {
			text += " as " + name
		}
		text += "."
	case "0":
		text += " Not in the list of the WTO."
	}
	for _, row := range t.texts {
		text += fmt.Sprintf(" Its text of %s, with amendments, is entry %s.", row.Get("year"), row.Get("number"))
	}
	for _, row := range t.events {
		number := row.Get("number")
		if _, ok := r.decided.of("row", number, "", graph.Date{}); ok {
			text += fmt.Sprintf(" Entry %s is not read.", number)
		}
	}
	return text
}
