package gptad

import (
	"fmt"
	"slices"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// What the database says of whether an agreement is in force.
const (
	inForce   = "in force"
	expired   = "expired"
	unknown   = "unknown"
	notInYet  = "signed - not yet in force"
	bilateral = "Bilateral Free Trade Agreement"
)

var types = []string{
	bilateral, "Association Free Trade Agreement", "Regional/Plurilateral Free Trade Agreement", "Customs Union Primary Agreement",
	"Customs Union Accession Agreement", "Framework Agreement",
}

// agreement makes the agreement of a thing, or says all that is wrong with its rows.
func (r *reader) agreement(t *thing) (*graph.Agreement, []ingest.Mistake) {
	var bad []ingest.Mistake
	for _, row := range t.rows {
		if m := row.Bad(); m != nil {
			bad = append(bad, *m)
		}
	}
	if len(bad) > 0 {
		return nil, bad
	}
	c, differ := best(t.rows)
	if t.key == "" {
		c.mistake(name, "the agreement has no name", "")
	}
	signed, entered := c.date(signature), c.date(entry)
	kind, state := c.code("Type", types...), c.code(status, inForce, expired, unknown, notInYet)
	notified := c.code("WTO.notified", "yes", "no")
	switch {
	case !signed.IsZero() && !entered.IsZero() && entered.Earliest() < signed.Earliest():
		c.mistake(entry, fmt.Sprintf("it entered into force before it was signed (%s)", signed), "is one of the dates that of another agreement?")
	case state == notInYet && !entered.IsZero():
		c.mistake(entry, "it is said not to be in force yet, and has a day on which it entered into force", "N/A, or another status")
	}
	at := signed
	if at.IsZero() {
		at = entered
	}
	m := r.membership(c, at)
	for _, row := range t.rows {
		other := &cells{row: row}
		if n := r.membership(other, at); row.Line != c.row.Line && len(c.bad)+len(other.bad) == 0 && !m.Same(n) {
			other.mistake(members, fmt.Sprintf("line %d has the same agreement and other parties", c.row.Line), "leave one of them out, or tell them apart by name")
			differ = append(differ, other.bad...)
		}
	}
	if bad = slices.Concat(differ, c.bad); len(bad) > 0 {
		return nil, bad
	}
	a := &graph.Agreement{
		EngagementBase: graph.EngagementBase{
			Key:            graph.EngagementKey(t.key),
			Kind:           graph.KindAgreement,
			Titles:         []graph.Name{{Text: c.text(name), Lang: "en"}},
			Topics:         []graph.Topic{graph.TopicTrade},
			Period:         period(at, entered, state),
			Summary:        summary(kind, state, notified) + m.Also(),
			Participations: m.States,
			Citations:      []graph.Citation{{Source: Key, Locator: c.text(name)}},
		},
		Form:            graph.FormAgreement,
		PartiesComplete: kind == bilateral && len(m.States) == 2 && len(m.Others) == 0,
	}
	if at.IsZero() {
		a.Participations = r.names.Undated(a.Participations, listed)
	}
	if !signed.IsZero() {
		a.Stages = append(a.Stages, graph.Stage{Stage: graph.StageSigned, Date: signed})
	}
	if !entered.IsZero() {
		a.Stages = append(a.Stages, graph.Stage{Stage: graph.StageInForce, Date: entered})
	}
	return a, nil
}

// period is when it was agreed, and what is known of its end: in force when the database was made, or ended some time before.
func period(at, entered graph.Date, state string) graph.Period {
	if at.IsZero() { // somewhere in the database
		return graph.Period{Start: graph.OneOf(listed.First(), listed.Last()), Why: graph.Unknown}
	}
	if state == inForce && !entered.IsZero() {
		return graph.Observed(at, lastDay)
	}
	return graph.Period{Start: at, Why: graph.Unknown}
}

func summary(kind, state, notified string) string {
	text := "Trade agreement."
	if kind != "" {
		text = kind + "."
	}
	if state != "" {
		text += " Status in the database: " + state + "."
	}
	switch notified {
	case "yes":
		text += " Notified to the WTO."
	case "no":
		text += " Not notified to the WTO."
	}
	return text
}

// best gives the row of an agreement that says most, and what is wrong if another one says otherwise. Rows of one name and date
// are of one agreement: some stand there twice, and one of three knows less.
func best(rows []table.Row) (*cells, []ingest.Mistake) {
	first := &cells{row: rows[0]}
	var bad []ingest.Mistake
	for _, row := range rows[1:] {
		next := &cells{row: row}
		for _, field := range list.Columns {
			mine, other := first.text(field), next.text(field)
			if field == name || field == members { // spelled in two ways; parties are compared as states
				continue
			}
			if mine != other && !blank(field, mine) && !blank(field, other) {
				bad = append(bad, row.Mistake(field, fmt.Sprintf("line %d has the same agreement and says %q here", rows[0].Line, mine), "leave one of them out, or tell them apart by name"))
			}
		}
		if says(next) > says(first) {
			first = next
		}
	}
	return first, bad
}

func says(c *cells) int {
	n := 0
	for _, field := range list.Columns {
		if !blank(field, c.text(field)) {
			n++
		}
	}
	return n
}

// blank tells whether a cell says nothing; that it was not notified is what rows say that know nothing else.
func blank(field, text string) bool {
	return slices.Contains([]string{"", "n/a", "N/A", "NA", unknown}, text) || field == "WTO.notified" && text == "no"
}
