package main

import (
	"context"
	"fmt"
	"strconv"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/terminal"
)

// print prints the ties for people: a headline, the spells as a table, what stands beside them, and the citations.
func (q *dyadQuestion) print(ctx context.Context, d *dyadAnswer) error {
	s := q.app.screen()
	notes := &footnotes{}
	pair := fmt.Sprintf("%s (%s) and %s (%s)", d.names.actor(d.a), d.a, d.names.actor(d.b), d.b)
	if len(d.ties) == 0 {
		s.Title(pair)
		s.Wrapped("", "No source that is loaded says anything of a tie of "+lower(q.nature)+" between them. entente sources shows what they cover.")
		return s.Err()
	}
	for i, t := range d.ties {
		if i > 0 {
			s.Line("")
		}
		s.Title(fmt.Sprintf("%s: %s, %s", pair, lower(t.Topic), lower(t.Nature)))
		sure := ""
		if !t.StatusCertain && t.Status != graph.NoData {
			sure = ", not certain"
		}
		s.Printf("%s on %s%s (rule %s, %s)\n", s.Styled(statusStyle(t.Status), string(t.Status)), t.StatusOn, sure, t.Rule, q.known(d.view))
		if len(t.Spells) > 0 {
			s.Line("")
			d.spells(s, t.Spells, notes)
		}
		for _, strand := range t.Strands {
			s.Line("")
			s.Printf("Strand %s: %s\n", terminal.Clean(strand.Name), s.Styled(statusStyle(strand.Status), string(strand.Status)))
			d.spells(s, strand.Spells, notes)
		}
		d.beside(s, t, notes)
	}
	if err := notes.print(ctx, s, d.view); err != nil {
		return err
	}
	return s.Err()
}

// spells prints spells as a table, below each what began it, and what ended it unless that began the next.
func (d *dyadAnswer) spells(s *terminal.Screen, spells []*graph.Spell, notes *footnotes) {
	t := terminal.NewTable("", "STATUS", "FROM", "TO", "DAYS", "CERTAIN")
	for i, sp := range spells {
		began, ended := d.cites(sp)
		certain := "yes"
		if !sp.Certain {
			certain = "no"
		}
		t.Add(
			terminal.Cell{Text: strconv.Itoa(sp.Number), Style: terminal.Dim},
			terminal.Cell{Text: statusText(sp), Style: statusStyle(sp.Status)},
			terminal.Cell{Text: startText(sp.Period)},
			terminal.Cell{Text: endText(sp.Period)},
			terminal.Cell{Text: daysText(sp.Duration)},
			terminal.Cell{Text: certain},
		)
		if text := d.turn(sp.Began, sp.StartedBy); text != "" {
			t.Below("began with ", text+" "+notes.mark(began))
		}
		turned := i+1 < len(spells) && spells[i+1].StartedBy == sp.EndedBy
		if text := d.turn(sp.Ended, sp.EndedBy); text != "" && !turned {
			t.Below("ended with ", text+" "+notes.mark(ended))
		}
	}
	t.Print(s)
}

// turn says what turned a tie: the engagement, and what it was because of.
func (d *dyadAnswer) turn(e *graph.Effect, by graph.EngagementKey) string {
	if by == "" && e == nil {
		return ""
	}
	text := d.names.title(by)
	if e != nil && len(e.Because) > 0 {
		text += ", because of: "
		for i, because := range e.Because {
			if i > 0 {
				text += "; "
			}
			text += d.names.title(because)
		}
	}
	return text
}

// beside prints what belongs to a tie beside its spells: phases, contacts, contested effects, keys to go on with.
func (d *dyadAnswer) beside(s *terminal.Screen, t *graph.Tie, notes *footnotes) {
	var turns []graph.EngagementKey
	phases := terminal.NewTable("WITHIN", "FROM", "EFFECT", "BY")
	meetings := terminal.NewTable("DURING", "WHEN", "MEETING", "KEY")
	for _, sp := range t.Spells {
		turns = append(turns, sp.StartedBy)
		if sp.Began != nil {
			turns = append(turns, sp.Began.Because...)
		}
		for _, p := range sp.Phases {
			phases.Add(terminal.Text(strconv.Itoa(sp.Number), p.Period.Start.String(), string(p.Began.Type),
				d.names.title(p.Began.Carrier)+" "+notes.mark(d.citesOf(p.Began, p.Began.Carrier)))...)
		}
		for _, m := range d.contacts[sp] {
			b := m.Base()
			meetings.Add(terminal.Text(strconv.Itoa(sp.Number), b.Period.EDTF(), b.Title(d.names.lang), string(b.Key))...)
		}
	}
	section(s, "What happened within a spell and did not turn it", phases)
	if d.contacts != nil {
		section(s, "Meetings of the two on the topic", meetings)
	}
	contested := terminal.NewTable("DATE", "EFFECT", "SOURCE", "BY")
	for _, e := range t.Contested {
		contested.Add(terminal.Text(e.Date.String(), string(e.Type), string(e.Source), d.names.title(e.Carrier)+" "+notes.mark(d.citesOf(e, e.Carrier)))...)
	}
	section(s, "Contested: less preferred sources see it otherwise", contested)

	further := terminal.NewTable("", "")
	further.Whole(1)
	seen := map[graph.EngagementKey]bool{"": true}
	for _, k := range turns {
		if !seen[k] {
			seen[k] = true
			further.Add(terminal.Text(d.names.title(k), "entente ask engagement "+string(k))...)
		}
	}
	section(s, "More about", further)
}

// section prints a table under a heading, and nothing where the table is empty.
func section(s *terminal.Screen, heading string, t *terminal.Table) {
	if t.Len() == 0 {
		return
	}
	s.Line("")
	s.Line(s.Styled(terminal.Bold, heading))
	t.Print(s)
}
