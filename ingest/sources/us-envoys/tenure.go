package usenvoys

import (
	"fmt"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

// row makes the tenure of an appointment, or puts it in quarantine; where the post was never taken up, it is left out.
func (c *chief) row(m *mission, roster *ingest.Roster, words *words) (ingest.Row, error) {
	took := !c.nominee && (!c.dates[arrived].date.IsZero() || !c.dates[started].date.IsZero() || !c.dates[ended].date.IsZero())
	if len(c.mistakes) == 0 && !took {
		return ingest.Row{Records: []ingest.Record{c.node.Record}, LeftOut: true}, nil
	}
	row := ingest.Row{
		Statement: graph.Statement{StatementID: graph.StatementID{Source: Key, Kind: graph.StatementTenure}, Slice: slice.ID},
		Records:   []ingest.Record{c.node.Record},
	}
	var t *graph.Tenure
	if len(c.mistakes) == 0 {
		t = c.tenure(m, roster, words)
	}
	if row.Mistakes = c.mistakes; len(row.Mistakes) > 0 {
		row.Mistakes.Sort()
		if idForm.MatchString(c.id) {
			row.Statement.Key = string(c.key())
		}
		return row, nil
	}
	var err error
	row.Statement, err = graph.NewStatement(Key, slice.ID, t, fmt.Sprintf("%s:%d", c.node.Record.File, c.node.Record.Line))
	return row, err
}

// key is the tenure's: the dataset's own id; of a second appointment that has it, also when it began.
func (c *chief) key() graph.TenureKey {
	key := string(Key) + ":" + c.id
	if c.twice {
		key += "." + c.start().date.String()
	}
	return graph.TenureKey(key)
}

// start is when the post was taken up: when credentials were presented or charge was taken, or else when he or she arrived.
func (c *chief) start() dated {
	if c.dates[started].date.IsZero() {
		return c.dates[arrived]
	}
	return c.dates[started]
}

// tenure makes the tenure, or says what is wrong.
func (c *chief) tenure(m *mission, roster *ingest.Roster, words *words) *graph.Tenure {
	t := &graph.Tenure{
		Key: c.key(), Person: personKey(c.person), Of: sender,
		Period:    graph.Period{Start: c.start().date, End: c.dates[ended].date},
		Citations: []graph.Citation{{Source: Key, Locator: c.id}},
	}
	if t.Period.End.IsZero() {
		t.Period.Why = graph.Unknown
	}
	if err := t.Period.Check(); err != nil {
		v := c.node.Child("ended").Child("date")
		c.mistakes = append(c.mistakes, v.Mistake(fmt.Sprintf("the tenure ends before it begins (%s)", t.Period.Start), ""))
		return nil
	}
	var notes []string
	if m.title != "" {
		t.Office = m.title
	} else {
		title, ok := words.roles[c.role.Text]
		if !ok {
			c.mistakes = append(c.mistakes, c.role.Mistake("this role is not known", near(c.role.Text, words.roles)))
			return nil
		}
		territory := c.node.Child("contemporary-territory-id")
		at, note, err := words.receiver(roster, c.id, territory.Text, t.Period)
		if err != nil {
			c.mistakes = append(c.mistakes, territory.Mistake(ingest.Unresolved(err)))
			return nil
		}
		where := placeName(m.at.Text)
		if at != "" {
			where = roster.Name(at)
		}
		t.At, t.Office = at, title+", "+where
		notes = append(notes, note)
	}
	for i, word := range []string{"Appointed", "Arrived", "", ""} {
		if d := c.dates[i]; word != "" && !d.date.IsZero() && (i != arrived || !c.dates[started].date.IsZero()) {
			notes = append(notes, fmt.Sprintf("%s %s.", word, d.date))
		}
	}
	notes = append(notes, manner("Began", c.dates[started].note), manner("Ended", c.dates[ended].note), c.note)
	t.Note = joined(notes)
	return t
}

// manner says how a tenure began or ended, where a note beside the date does.
func manner(word, note string) string {
	note = strings.TrimSuffix(strings.TrimSuffix(note, "."), " on")
	if note == "" || note == "Left post" {
		return ""
	}
	return word + ": " + note + "."
}

func joined(texts []string) string {
	var all []string
	for _, t := range texts {
		if t != "" {
			all = append(all, t)
		}
	}
	return strings.Join(all, " ")
}

// placeName makes words of an id: two-sicilies is Two Sicilies.
func placeName(id string) string {
	words := strings.Split(id, "-")
	for i, w := range words {
		if w != "and" && w != "of" && w != "" {
			words[i] = strings.ToUpper(w[:1]) + w[1:]
		}
	}
	return strings.Join(words, " ")
}

// quarantined is what is wrong with a mission beside its appointments.
func (m *mission) quarantined() ingest.Row {
	m.mistakes.Sort()
	return ingest.Row{
		Statement: graph.Statement{StatementID: graph.StatementID{Source: Key, Kind: graph.StatementTenure}, Slice: slice.ID},
		Mistakes:  m.mistakes, Records: m.records,
	}
}
