package cowmid

import (
	"fmt"
	"strconv"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/table"
)

// The years that version 5.0 covers. A date outside of them is a slip.
const (
	firstYear = 1816
	lastYear  = 2014
)

// cells reads the cells of one row and gathers what is wrong with them.
type cells struct {
	row  table.Row
	book *codebook
	bad  []graph.Mistake
}

func (c *cells) mistake(field, rule, suggestion string) {
	c.bad = append(c.bad, c.row.Mistake(field, rule, suggestion))
}

// number reads a whole number as the dataset writes it: digits alone, without noughts before them.
func (c *cells) number(field string) (int, bool) {
	n, bad := c.row.Int(field)
	switch {
	case bad != nil:
		if bad.Suggestion == "" {
			bad.Suggestion = "digits alone"
		}
		c.bad = append(c.bad, *bad)
		return 0, false
	case strconv.Itoa(n) != c.row.Get(field):
		c.mistake(field, "this is not how the dataset writes a number", fmt.Sprintf("write %d", n))
		return 0, false
	}
	return n, true
}

// count reads a number that is not negative, or -1 where it is missing.
func (c *cells) count(field string) int {
	if c.row.Get(field) == missing {
		return -1
	}
	n, ok := c.number(field)
	if ok && n < 0 {
		c.mistake(field, "a number cannot be negative", "write -9 if it is not known")
	}
	return n
}

// code reads a code of a variable of the codebook.
func (c *cells) code(field, variable string) meaning {
	m, ok := c.book.meanings[variable][c.row.Get(field)]
	if !ok {
		c.mistake(field, "this code is not in the codebook", c.book.known(variable))
	}
	return m
}

// flag reads 1 or 0; nil where it is missing.
func (c *cells) flag(field string) *bool {
	yes := false
	switch c.row.Get(field) {
	case "1":
		yes = true
	case "0":
	case missing:
		return nil
	default:
		c.mistake(field, "this is neither yes nor no", "1 is yes, 0 is no, -9 is not known")
	}
	return &yes
}

// side reads on which side a state stands: the column is 1 for side A.
func (c *cells) side(field string) string {
	switch c.row.Get(field) {
	case "1":
		return graph.SideA
	case "0":
		return graph.SideB
	default:
		c.mistake(field, "this is not a side", "1 is side A, 0 is side B")
		return ""
	}
}

// version refuses rows of another version than the one whose codebook this is.
func (c *cells) version() {
	if v := c.row.Get("version"); v != "5" && v != version {
		c.mistake("version", "this source reads version "+version, "5")
	}
}

// hostility reads the level, and holds the action to it: the codebook gives each action its level.
func (c *cells) hostility(action meaning) *int {
	m := c.code("hostlev", "hostlev")
	if m.code < 1 {
		return nil
	}
	if action.words != "" && action.hostlev != m.code {
		c.mistake("hostlev", fmt.Sprintf("action %d (%s) has the hostility level %d in the codebook", action.code, action.words, action.hostlev), strconv.Itoa(action.hostlev))
	}
	return &m.code
}

// date reads day, month and year, each in its own column, as precisely as they stand: a day that is -9
// leaves a month, a month that is -9 a year. The zero Date is where all are missing.
func (c *cells) date(prefix string) graph.Date {
	day, month, year := prefix+"day", prefix+"mon", prefix+"year"
	d, m, y := c.row.Get(day), c.row.Get(month), c.row.Get(year)
	switch {
	case m == missing && d != missing:
		c.mistake(day, "a day without a month", "-9, or write the month in "+month)
		return graph.Date{}
	case y == missing && m != missing:
		c.mistake(month, "a month without a year", "-9, or write the year in "+year)
		return graph.Date{}
	case y == missing:
		return graph.Date{}
	}
	before := len(c.bad)
	text := ""
	for _, part := range []struct {
		field     string
		low, high int
		what      string
		format    string
	}{
		{year, firstYear, lastYear, "a year of version " + version, "%04d"},
		{month, 1, 12, "a month", "-%02d"},
		{day, 1, 31, "a day", "-%02d"},
	} {
		if c.row.Get(part.field) == missing {
			break
		}
		n, ok := c.number(part.field)
		if ok && (n < part.low || n > part.high) {
			c.mistake(part.field, fmt.Sprintf("this is not %s", part.what), fmt.Sprintf("%d to %d, or -9 if it is not known", part.low, part.high))
		}
		text += fmt.Sprintf(part.format, n)
	}
	if len(c.bad) > before {
		return graph.Date{}
	}
	date, err := graph.ParseDate(text)
	if err != nil {
		c.mistake(day, fmt.Sprintf("there is no day %s", text), "")
	}
	return date
}

// period reads the start and the end of the row. Where no end stands there, it is not known.
func (c *cells) period() graph.Period {
	before := len(c.bad)
	p := graph.Period{Start: c.date("st"), End: c.date("end")}
	if p.End.IsZero() {
		p.Why = graph.Unknown
	}
	if err := p.Check(); err != nil && len(c.bad) == before {
		c.mistake("endyear", err.Error(), "")
	}
	return p
}
