package cow

import (
	"fmt"
	"strconv"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/table"
)

// Cells reads the cells of one row and gathers what is wrong with them.
type Cells struct {
	Row  table.Row
	Book *Codebook
	Span Span
	Bad  []graph.Mistake
}

// A Span is the years that a dataset covers. A date outside of them is a slip.
type Span struct {
	First, Last int
	Of          string // as in "a year of version 5.0"
}

// Mistake notes what is wrong with a cell.
func (c *Cells) Mistake(field, rule, suggestion string) {
	c.Bad = append(c.Bad, c.Row.Mistake(field, rule, suggestion))
}

// Number reads a whole number as the dataset writes it: digits alone, without noughts before them.
func (c *Cells) Number(field string) (int, bool) {
	n, bad := c.Row.Int(field)
	switch {
	case bad != nil:
		if bad.Suggestion == "" {
			bad.Suggestion = "digits alone"
		}
		c.Bad = append(c.Bad, *bad)
		return 0, false
	case strconv.Itoa(n) != c.Row.Get(field):
		c.Mistake(field, "this is not how the dataset writes a number", fmt.Sprintf("write %d", n))
		return 0, false
	}
	return n, true
}

// Count reads a number that is not negative, or -1 where it is missing.
func (c *Cells) Count(field string) int {
	if c.Row.Get(field) == Missing {
		return -1
	}
	n, ok := c.Number(field)
	if ok && n < 0 {
		c.Mistake(field, "a number cannot be negative", "write -9 if it is not known")
	}
	return n
}

// Code reads a code of a variable of the codebook.
func (c *Cells) Code(field, variable string) Meaning {
	m, ok := c.Book.meanings[variable][c.Row.Get(field)]
	if !ok {
		c.Mistake(field, "this code is not in the codebook", c.Book.Known(variable))
	}
	return m
}

// Flag reads 1 or 0; nil where it is missing.
func (c *Cells) Flag(field string) *bool {
	yes := false
	switch c.Row.Get(field) {
	case "1":
		yes = true
	case "0":
	case Missing:
		return nil
	default:
		c.Mistake(field, "this is neither yes nor no", "1 is yes, 0 is no, -9 is not known")
	}
	return &yes
}

// Side reads on which side a state stands: the column is 1 for side A.
func (c *Cells) Side(field string) string {
	switch c.Row.Get(field) {
	case "1":
		return graph.SideA
	case "0":
		return graph.SideB
	default:
		c.Mistake(field, "this is not a side", "1 is side A, 0 is side B")
		return ""
	}
}

// Hostility reads the level, and holds the action to it: the codebook gives each action its level.
func (c *Cells) Hostility(action Meaning) *int {
	m := c.Code("hostlev", "hostlev")
	if m.Code < 1 {
		return nil
	}
	if action.Words != "" && action.Hostlev != m.Code {
		c.Mistake("hostlev", fmt.Sprintf("action %d (%s) has the hostility level %d in the codebook", action.Code, action.Words, action.Hostlev), strconv.Itoa(action.Hostlev))
	}
	return &m.Code
}

// Date reads year, month and day, each in its own column, as precisely as they stand: a day that is -9 leaves a month, a
// month that is -9 a year. A file without days has no column for them. The zero Date is where all are missing.
func (c *Cells) Date(year, month, day string) graph.Date {
	get := func(column string) string {
		if column == "" {
			return Missing
		}
		return c.Row.Get(column)
	}
	d, m, y := get(day), get(month), get(year)
	switch {
	case m == Missing && d != Missing:
		c.Mistake(day, "a day without a month", "-9, or write the month in "+month)
		return graph.Date{}
	case y == Missing && m != Missing:
		c.Mistake(month, "a month without a year", "-9, or write the year in "+year)
		return graph.Date{}
	case y == Missing:
		return graph.Date{}
	}
	before := len(c.Bad)
	text := ""
	for _, part := range []struct {
		field, value string
		low, high    int
		what         string
		format       string
	}{
		{year, y, c.Span.First, c.Span.Last, "a year of " + c.Span.Of, "%04d"},
		{month, m, 1, 12, "a month", "-%02d"},
		{day, d, 1, 31, "a day", "-%02d"},
	} {
		if part.value == Missing {
			break
		}
		n, ok := c.Number(part.field)
		if ok && (n < part.low || n > part.high) {
			c.Mistake(part.field, fmt.Sprintf("this is not %s", part.what), fmt.Sprintf("%d to %d, or -9 if it is not known", part.low, part.high))
		}
		text += fmt.Sprintf(part.format, n)
	}
	if len(c.Bad) > before {
		return graph.Date{}
	}
	date, err := graph.ParseDate(text)
	if err != nil {
		c.Mistake(day, fmt.Sprintf("there is no day %s", text), "")
	}
	return date
}

// Period reads the start and the end of the row, in columns that begin with st and end. Where no end stands there, it is
// not known.
func (c *Cells) Period() graph.Period {
	before := len(c.Bad)
	p := graph.Period{Start: c.Date("styear", "stmon", "stday"), End: c.Date("endyear", "endmon", "endday")}
	if p.End.IsZero() {
		p.Why = graph.Unknown
	}
	if err := p.Check(); err != nil && len(c.Bad) == before {
		c.Mistake("endyear", err.Error(), "")
	}
	return p
}
