package cowterritorialchange

import (
	"fmt"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// The two words of the file for what there is not, or is not known.
const (
	missing = "-9"
	dot     = "."
)

// A change is a row as understood: what passed to whom from whom.
type change struct {
	row          table.Row
	on           graph.Date
	gainer       side
	loser        side
	procedure    string
	independence bool
	conflict     bool
	whole        bool
	entry, exit  string
	area, pop    string
}

// A side is who gains or loses: a state, or what the dataset numbers and the list of states does not.
type side struct {
	actor graph.ActorKey // empty: no state
	unit  string         // what it is then, in words; empty where there is nobody
	kind  string         // homeland or dependency, to it
	note  string
}

// cells reads the cells of one row and gathers what is wrong with them.
type cells struct {
	*reader
	row table.Row
	bad []ingest.Mistake
}

func (c *cells) mistake(field, rule, suggestion string) {
	c.bad = append(c.bad, c.row.Mistake(field, rule, suggestion))
}

// understand reads a row.
func (r *reader) understand(row table.Row) (*change, []ingest.Mistake) {
	if m := row.Bad(); m != nil {
		return nil, []ingest.Mistake{*m}
	}
	c := &cells{reader: r, row: row}
	x := &change{row: row, on: c.date()}
	if !table.IsNumber(row.Get("number")) {
		c.mistake("number", "this is not the number of a change", "a whole number")
	}
	if v := row.Get("version"); v != "5" && v != version {
		c.mistake("version", "this is a row of another version", "5 or 6")
	}
	x.procedure = c.code("procedur")
	x.independence, x.conflict, x.whole = c.flag("indep"), c.flag("conflict"), c.flag("portion")
	x.entry, x.exit = c.code3("entry"), c.code3("exit")
	x.area, x.pop = c.amount("area"), c.amount("pop")
	c.code3("contgain")
	c.code3("contlose")
	if e := row.Get("entity"); e != dot && !table.IsNumber(e) {
		c.mistake("entity", "this is not the number of a unit", "a whole number, or . where it is not known")
	}
	if !x.on.IsZero() {
		x.gainer, x.loser = c.side("gainer", "gaintype", x.on), c.side("loser", "losetype", x.on)
	}
	if len(c.bad) == 0 && x.gainer.actor == "" && x.loser.actor == "" {
		c.mistake("gainer", "neither who gains nor who loses is a state", "")
	}
	return x, c.bad
}

// date reads the year and the month, of which the month may not be known.
func (c *cells) date() graph.Date {
	year, m := c.row.Int("year")
	if m != nil {
		c.bad = append(c.bad, *m)
		return graph.Date{}
	}
	if year < firstYear || year > lastYear {
		c.mistake("year", "this is not a year of version "+version, fmt.Sprintf("%d to %d", firstYear, lastYear))
		return graph.Date{}
	}
	text := fmt.Sprint(year)
	if cell := c.row.Get("month"); cell != dot {
		month, m := c.row.Int("month")
		if m != nil || month < 1 || month > 12 {
			c.mistake("month", "this is not a month", "1 to 12, or . where it is not known")
			return graph.Date{}
		}
		text += fmt.Sprintf("-%02d", month)
	}
	return graph.MustDate(text)
}

// code reads a code of the codebook, and gives its words.
func (c *cells) code(field string) string {
	cell := c.row.Get(field)
	if !c.book.Has(field, cell) {
		codes := slices.Sorted(slices.Values(c.book.Cells(field)))
		c.mistake(field, "this is not in the codebook", "one of "+strings.Join(codes, ", "))
	}
	return c.book.Becomes(field, cell)
}

// flag reads 1 or 0.
func (c *cells) flag(field string) bool {
	switch c.row.Get(field) {
	case "1":
		return true
	case "0":
	default:
		c.mistake(field, "this is neither yes nor no", "1 is yes, 0 is no")
	}
	return false
}

// code3 reads 1, 0 or -9.
func (c *cells) code3(field string) string {
	cell := c.row.Get(field)
	if cell != "1" && cell != "0" && cell != missing {
		c.mistake(field, "this is not in the codebook", "1 is yes, 0 is no, -9 is not known")
	}
	return cell
}

// amount reads a number that may not be known, and gives it without noughts behind a point.
func (c *cells) amount(field string) string {
	cell := c.row.Get(field)
	if cell == dot || cell == missing {
		return ""
	}
	text := cell
	if whole, part, ok := strings.Cut(cell, "."); ok {
		text = whole
		if part = strings.TrimRight(part, "0"); part != "" {
			text += "." + part
		}
	}
	if text == "" || strings.Trim(text, "0123456789.") != "" || strings.Count(text, ".") > 1 {
		c.mistake(field, "this is not a number", "digits, or . where it is not known")
	}
	return text
}

// side reads who gains, or loses. A number of the COW list names its holder on the date; one that is in no list stays a number:
// the dataset numbers what no list of states has, and says not what it means.
func (c *cells) side(field, kind string, on graph.Date) side {
	s := side{kind: c.code(kind)}
	number := c.row.Get(field)
	if number == missing {
		return s
	}
	if words := c.book.Becomes("unit", number); words != "" {
		s.unit = words
		return s
	}
	if !table.IsNumber(number) {
		c.mistake(field, "this is not the number of a state or a unit", "a whole number, or -9")
		return s
	}
	if key := c.book.Becomes("actor", number); key != "" {
		s.actor = graph.ActorKey(key)
		return s
	}
	if len(c.roster.Ever("cow", number)) == 0 {
		s.unit = "unit " + number
		return s
	}
	held, err := c.roster.Holders("cow", number, graph.On(on))
	if err != nil {
		rule, suggestion := ingest.Unresolved(err)
		c.mistake(field, rule, suggestion)
		return s
	}
	s.actor, s.note = held[0].Actor, c.roster.Counted(held[0], "cow", number)
	return s
}

// act makes the act of a change.
func (x *change) act(r *reader) *graph.Act {
	number := x.row.Get("number")
	a := &graph.Act{Type: graph.ActTransfer, EngagementBase: graph.EngagementBase{
		Key: keyOf(number), Kind: graph.KindAct, Topics: []graph.Topic{graph.TopicTerritory}, Period: graph.On(x.on),
		Place: x.place(r), Citations: []graph.Citation{{Source: Key, Locator: "number " + number}},
	}}
	if x.independence {
		a.Type = graph.ActIndependence
	}
	a.Titles = []graph.Name{{Text: x.title(r), Lang: "en"}}
	a.Summary = x.summary(r)
	if x.gainer.actor != "" {
		a.Participations = append(a.Participations, graph.Participation{Actor: x.gainer.actor, Role: graph.RoleBy, Note: x.gainer.note})
	}
	if x.loser.actor != "" && x.loser.actor != x.gainer.actor {
		a.Participations = append(a.Participations, graph.Participation{Actor: x.loser.actor, Role: graph.RoleToward, Note: x.loser.note})
	}
	return a
}
