package tfdd

import (
	_ "embed" // the decisions
	"encoding/csv"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// The years in which the database has treaties.
const (
	firstYear = 1800
	lastYear  = 2021
)

// cells reads the cells of one row and gathers what is wrong with them.
type cells struct {
	row table.Row
	bad []ingest.Mistake
}

func (c *cells) mistake(field, rule, suggestion string) {
	c.bad = append(c.bad, c.row.Mistake(field, rule, suggestion))
}

// text gives a cell on one line, and nothing where it says that there is nothing.
func (c *cells) text(field string) string {
	text := strings.Join(strings.Fields(c.row.Get(field)), " ")
	switch text {
	case "N.A.", "#N/A", "N/A", "0":
		return ""
	}
	return text
}

// decided are the cells that are known not to be what they seem: days that are years, and a row whose cells are shifted.
//
//go:embed decisions.csv
var decided string

// decisions say what a value of a field means in a treaty; those without a meaning are of rows that are not read.
type decisions map[[3]string]string

var theDecisions = sync.OnceValues(func() (decisions, error) {
	rows, err := csv.NewReader(strings.NewReader(decided)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("decisions.csv: %w", err)
	}
	d := decisions{}
	for i, r := range rows[1:] {
		if r[0] == signature {
			if _, err := graph.ParseDate(r[3]); err != nil {
				return nil, fmt.Errorf("decisions.csv, row %d: %w", i+2, err)
			}
		}
		d[[3]string{r[0], r[1], r[2]}] = r[3]
	}
	return d, nil
})

var (
	yearForm = regexp.MustCompile(`^\d{4}$`)
	dotted   = regexp.MustCompile(`^(\d\d)\.(\d\d)\.(\d{4})$`)
	slashed  = regexp.MustCompile(`^(\d{1,2})/(\d{1,2})/(\d{4})$`)
)

// signed reads when a treaty was signed: DD.MM.YYYY, and of before 1900, which spreadsheets do not have, M/D/YYYY.
func (c *cells) signed(treaty string, d decisions) graph.Date {
	text := strings.TrimSpace(c.row.Get(signature))
	if means, ok := d[[3]string{signature, treaty, text}]; ok {
		return graph.MustDate(means) // looked at when they were read
	}
	var y, m, day string
	switch {
	case text == "":
		return graph.Date{}
	case yearForm.MatchString(text):
		y = text
	case dotted.MatchString(text):
		p := dotted.FindStringSubmatch(text)
		day, m, y = p[1], p[2], p[3]
		if y < "1900" {
			c.mistake(signature, "a day of before 1900 is written with the month first here", "M/D/YYYY")
			return graph.Date{}
		}
	case slashed.MatchString(text):
		p := slashed.FindStringSubmatch(text)
		m, day, y = p[1], p[2], p[3]
		if y >= "1900" {
			c.mistake(signature, "a day from 1900 on is written with dots and the day first here: which is which cannot be told", "DD.MM.YYYY")
			return graph.Date{}
		}
	default:
		c.mistake(signature, "this is not a date", "DD.MM.YYYY, before 1900 M/D/YYYY, or nothing where it is not known")
		return graph.Date{}
	}
	if day == "" {
		return c.inTime(graph.ParseDate(y))
	}
	date, err := graph.ParseDate(fmt.Sprintf("%s-%02s-%02s", y, m, day))
	if date = c.inTime(date, err); date.IsZero() {
		return date
	}
	if serial := int(date.Earliest() - epoch); serial >= 1900 && serial <= lastYear {
		c.mistake(signature, fmt.Sprintf("this may be the year %d, of which a spreadsheet made a day", serial), "write the year alone, or decide it in decisions.csv")
		return graph.Date{}
	}
	return date
}

// inTime holds a date to the years of the database.
func (c *cells) inTime(date graph.Date, err error) graph.Date {
	if err != nil {
		c.mistake(signature, "there is no such day", "DD.MM.YYYY, before 1900 M/D/YYYY")
		return graph.Date{}
	}
	if year := date.Earliest().Time().Year(); year < firstYear || year > lastYear {
		c.mistake(signature, "the year is not one of the database", "is there a slip in it?")
		return graph.Date{}
	}
	return date
}

// epoch is the day from which spreadsheets count.
var epoch = graph.MustDate("1899-12-30").Earliest()
