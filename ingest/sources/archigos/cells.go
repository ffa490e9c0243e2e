package archigos

import (
	_ "embed" // the codebook
	"strings"
	"sync"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// lookups is the codebook as data that anybody can check, and what is decided on cells that are wrong in the file.
//
//go:embed lookups.csv
var lookups string

var theBook = sync.OnceValues(func() (*table.Book, error) { return table.NewBook(lookups) })

// The words for what is missing: not coded, and not known. Numbers have their own.
const (
	dot     = "."
	missing = "NA"
	living  = "-777" // in yrdied: alive when it was coded
	unknown = "-999"
)

// cells reads the cells of rows and gathers what is wrong with them.
type cells struct {
	book *table.Book
	bad  ingest.Mistakes
}

func (c *cells) mistake(row table.Row, field, rule, suggestion string) {
	c.bad = append(c.bad, row.Mistake(field, rule, suggestion))
}

// code gives what a cell becomes by the codebook.
func (c *cells) code(row table.Row, field string) string {
	cell := row.Get(field)
	if !c.book.Has(field, cell) {
		known := c.book.Cells(field)
		near := graph.Nearest(cell, known, 2)
		suggestion := strings.Join(near, ", or ")
		if len(near) == 0 {
			suggestion = "one of " + strings.Join(known, "; ")
		}
		c.mistake(row, field, "this is not in the codebook", suggestion)
	}
	return c.book.Becomes(field, cell)
}

// day reads a whole date. Blanks beside it are in the file (MLD-2015-3).
func (c *cells) day(row table.Row, field string) graph.Date {
	date, err := graph.ParseDate(strings.TrimSpace(row.Get(field)))
	switch {
	case err != nil || !date.Exact():
		c.mistake(row, field, "this is not a day", "YYYY-MM-DD")
		return graph.Date{}
	case date.Earliest() > graph.MustDay(lastDay):
		c.mistake(row, field, "this is after the last day of Archigos "+version, "at the latest "+lastDay)
		return graph.Date{}
	}
	return date
}

// life reads when a person was born, or died: a year and a day, of which either may be missing. Where they are not of
// one year both are said.
func (c *cells) life(row table.Row, year, day string) (dates []graph.Date) {
	if y := row.Get(year); y != unknown && y != living {
		date, err := graph.ParseDate(y)
		if err != nil || date.Precision() != graph.PrecisionYear {
			c.mistake(row, year, "this is not a year", "four digits, -999 where it is not known, or in yrdied -777 for the living")
			return nil
		}
		dates = append(dates, date)
	}
	d := row.Get(day)
	if d == missing {
		return dates
	}
	if decided := c.book.Becomes(day, d); decided != "" {
		d = decided
	}
	date, err := graph.ParseDate(d)
	if err != nil {
		c.mistake(row, day, "this is not a day", "YYYY-MM-DD, or NA where it is not known")
		return nil
	}
	return append(dates, date)
}
