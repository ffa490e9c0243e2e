package atop

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// cells reads the cells of one row and gathers what is wrong with them.
type cells struct {
	row table.Row
	bad []ingest.Mistake
}

func (c *cells) mistake(field, rule, suggestion string) {
	c.bad = append(c.bad, c.row.Mistake(field, rule, suggestion))
}

// number reads a whole number from low to high, as the dataset writes it: digits alone.
func (c *cells) number(field string, low, high int, what string) (int, bool) {
	n, ok := whole(c.row.Get(field))
	if !ok || n < low || n > high {
		c.mistake(field, "this is not "+what, fmt.Sprintf("a whole number from %d to %d", low, high))
		return 0, false
	}
	return n, true
}

// flag reads 0 or 1.
func (c *cells) flag(field string) bool {
	switch c.row.Get(field) {
	case "1":
		return true
	case "0":
	default:
		c.mistake(field, "this is neither 0 (no) nor 1 (yes)", "0 or 1")
	}
	return false
}

// code reads a code that the book has.
func (c *cells) code(book *codebook, field string) string {
	code := c.row.Get(field)
	if _, ok := book.meanings[field][code]; !ok {
		c.mistake(field, "this code is not in the codebook", "one of "+book.known(field))
	}
	return code
}

// date reads a date from three cells. An empty day, or month and day, is a coarser date, never an invented one.
func (c *cells) date(year, month, day string) graph.Date {
	y, ok := c.number(year, firstYear, lastYear, fmt.Sprintf("a year of ATOP %s", version))
	if !ok {
		return graph.Date{}
	}
	text := fmt.Sprintf("%04d", y)
	switch m, d := c.row.Get(month), c.row.Get(day); {
	case m == "" && d != "":
		c.mistake(month, "there is a day, and no month", "1 to 12, or no day")
		return graph.Date{}
	case m != "":
		n, ok := c.number(month, 1, 12, "a month; where it is not known it is empty")
		if !ok {
			return graph.Date{}
		}
		text += fmt.Sprintf("-%02d", n)
		if d != "" {
			if n, ok = c.number(day, 1, 31, "a day of a month; where it is not known it is empty"); !ok {
				return graph.Date{}
			}
			text += fmt.Sprintf("-%02d", n)
		}
	}
	date, err := graph.ParseDate(text)
	if err != nil {
		c.mistake(day, "there is no such day: "+text, "")
	}
	return date
}

// period reads when something began and ended. Three zeros for an end, beside ineffect 1, are no end: it was in force when
// the data ends.
func (c *cells) period(begin, end [3]string) graph.Period {
	var p graph.Period
	p.Start = c.date(begin[0], begin[1], begin[2])
	open := !slices.ContainsFunc(end[:], func(field string) bool { return c.row.Get(field) != "0" })
	inEffect := c.flag("ineffect")
	switch {
	case open && inEffect:
		return graph.Observed(p.Start, lastDay)
	case open:
		c.mistake(end[0], "there is no end, and ineffect says that it ended", "a year, or ineffect 1")
		return p
	case inEffect:
		c.mistake("ineffect", fmt.Sprintf("ineffect says that it is in force when the data ends, and %s that it ended", end[0]), "0, or an end of 0, 0, 0")
		return p
	}
	p.End = c.date(end[0], end[1], end[2])
	if !p.Start.IsZero() && !p.End.IsZero() && p.End.Latest() < p.Start.Earliest() {
		c.mistake(end[0], fmt.Sprintf("it ended (%s) before it began (%s)", p.End, p.Start), "")
	}
	return p
}

// version holds the row to the version that is read.
func (c *cells) version() {
	if !isVersion(c.row.Get("version")) {
		c.mistake("version", "this row is of another version of ATOP", version)
	}
}

// whole reads digits alone, without zeros before them.
func whole(text string) (int, bool) {
	n, err := strconv.Atoi(text)
	return n, err == nil && n >= 0 && strconv.Itoa(n) == text
}

// isNumber tells whether a cell is the number of an alliance, which begins a key.
func isNumber(text string) bool {
	n, ok := whole(text)
	return ok && n > 0
}
