package ieadb

import (
	"regexp"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// The years in which the database has treaties. Those from 2500 on are not years: the database writes 2599, 2699, 2899, 2999
// and 3200 where a date is not known or has not come.
const (
	firstYear = 1300
	lastYear  = 2025
	noYear    = 2500
)

// cells reads the cells of one row and gathers what is wrong with them.
type cells struct {
	row table.Row
	bad []ingest.Mistake
}

func (c *cells) mistake(field, rule, suggestion string) {
	c.bad = append(c.bad, c.row.Mistake(field, rule, suggestion))
}

var dateForm = regexp.MustCompile(`^([0-9]{4})(-[0-9]{2})(-[0-9]{2})$`)

// date reads a date; the zero date where none is known: an empty cell, 0000-00-00, or one of the years that are none. Where
// month or day is 00, the date is coarser.
func (c *cells) date(field string) graph.Date {
	text := c.row.Get(field)
	m := dateForm.FindStringSubmatch(text)
	switch {
	case text == "", text == "0000-00-00":
		return graph.Date{}
	case m == nil:
		c.mistake(field, "this is not a date", "YYYY-MM-DD, or nothing where it is not known")
		return graph.Date{}
	}
	date, err := graph.ParseDate(strings.TrimSuffix(strings.TrimSuffix(text, "-00"), "-00"))
	switch {
	case err != nil:
		c.mistake(field, "there is no such day", "YYYY-MM-DD, with 00 for what is not known")
	case yearOf(date) >= noYear:
	case yearOf(date) < firstYear || yearOf(date) > lastYear:
		c.mistake(field, "the year is not one of the database", "is there a slip in it?")
	default:
		return date
	}
	return graph.Date{}
}

func yearOf(d graph.Date) int { return d.Earliest().Time().Year() }

var yearForm = regexp.MustCompile(`^[0-9]{4}$`)

// signed reads when a treaty was signed: the day, or where that is not known the year.
func (c *cells) signed() graph.Date {
	day := c.date(signature)
	text := c.row.Get(year)
	if !yearForm.MatchString(text) {
		c.mistake(year, "this is not a year", "YYYY")
		return day
	}
	date, err := graph.ParseDate(text)
	switch {
	case err != nil:
		c.mistake(year, "this is not a year", "YYYY")
	case yearOf(date) >= noYear:
	case yearOf(date) < firstYear || yearOf(date) > lastYear:
		c.mistake(year, "the year is not one of the database", "is there a slip in it?")
	case day.IsZero():
		return date
	case yearOf(day) != yearOf(date):
		c.mistake(signature, "the year of this day is not the signature year, "+text, "one of the two is a slip")
	}
	return day
}
