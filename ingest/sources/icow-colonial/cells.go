package icowcolonial

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// missing is the one word of the file for what there is not, or is not known.
const missing = "-9"

// cells reads the cells of one row and gathers what is wrong with them.
type cells struct {
	*reader
	row table.Row
	bad []ingest.Mistake
}

func (c *cells) mistake(field, rule, suggestion string) {
	c.bad = append(c.bad, c.row.Mistake(field, rule, suggestion))
}

// date reads YYYYMM; 00 for a month is a year alone. Years before 1000 have three digits.
func (c *cells) date(field string) graph.Date {
	cell := c.row.Get(field)
	if len(cell) < 5 || len(cell) > 6 || !table.IsNumber(cell) {
		c.mistake(field, "this is not a year and a month", "YYYYMM, with 00 where the month is not known")
		return graph.Date{}
	}
	year, month := cell[:len(cell)-2], cell[len(cell)-2:]
	text := strings.Repeat("0", 4-len(year)) + year
	if month != "00" {
		text += "-" + month
	}
	date, err := graph.ParseDate(text)
	switch {
	case err != nil:
		c.mistake(field, "there is no month "+month, "01 to 12, or 00 where it is not known")
		return graph.Date{}
	case date.Earliest() > graph.MustDate(fmt.Sprint(lastYear)).Latest():
		c.mistake(field, fmt.Sprintf("the data is of %d", lastYear), "")
		return graph.Date{}
	}
	return date
}

// flag reads 1 or 0.
func (c *cells) flag(field string) bool {
	switch c.row.Get(field) {
	case "1":
		return true
	case "0":
	default:
		c.mistake(field, "this is neither yes nor no", "1 (violent) or 0")
	}
	return false
}

// A party is who a number names, on a date.
type party struct {
	number string
	actor  graph.ActorKey
	note   string
}

// party reads the number of another state, which may be missing. Without a date it is whoever alone ever held it.
func (c *cells) party(field string, on graph.Date) *party {
	number := c.row.Get(field)
	if number == missing {
		return nil
	}
	if key := c.book.Becomes("number", number); key != "" {
		return &party{number: number, actor: graph.ActorKey(key)}
	}
	held, err := c.roster.Holders("cow", number, graph.On(on))
	if c.nobody(field, err) {
		return nil
	}
	return &party{number: number, actor: held[0].Actor, note: c.roster.Counted(held[0], "cow", number)}
}

// self reads whose row it is. Most became independent before the list has them: then it is whoever held the number first.
func (c *cells) self(on graph.Date) *party {
	number := c.row.Get("State")
	ever := c.roster.Ever("cow", number)
	if len(ever) > 0 && on.Latest() < ever[0].Valid.From {
		return &party{number: number, actor: ever[0].Actor}
	}
	held, err := c.roster.Holders("cow", number, graph.On(on))
	if c.nobody("State", err) {
		return nil
	}
	return &party{number: number, actor: held[0].Actor}
}

// nobody notes that a number could not be resolved.
func (c *cells) nobody(field string, err error) bool {
	if err == nil {
		return false
	}
	rule, suggestion := ingest.Unresolved(err)
	c.mistake(field, rule, cmp.Or(suggestion, "a number of the COW list"))
	return true
}
