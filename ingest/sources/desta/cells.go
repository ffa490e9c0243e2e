package desta

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// missing is what stands in a cell of which nothing is known.
const missing = "NA"

// cells reads the cells of one row and gathers what is wrong with them.
type cells struct {
	row table.Row
	bad []ingest.Mistake
}

func (c *cells) mistake(field, rule, suggestion string) {
	c.bad = append(c.bad, c.row.Mistake(field, rule, suggestion))
}

var yearForm = regexp.MustCompile(`^[0-9]{4}$`)

// year reads a year; the zero date where none is known. It stays a year.
func (c *cells) year(field string) graph.Date {
	text := c.row.Get(field)
	if text == missing {
		return graph.Date{}
	}
	n, err := strconv.Atoi(text)
	if err != nil || !yearForm.MatchString(text) || n < firstYear || n > lastYear {
		c.mistake(field, "this is not a year of DESTA", fmt.Sprintf("a year from %d to %d, or NA where it is not known", firstYear, lastYear))
		return graph.Date{}
	}
	date, err := graph.ParseDate(text)
	if err != nil {
		c.mistake(field, err.Error(), "")
	}
	return date
}

// code holds a code to those that there are.
func (c *cells) code(field string, codes ...string) {
	if !slices.Contains(codes, c.row.Get(field)) {
		c.mistake(field, "this code is not in the codebook", "one of "+strings.Join(codes, ", "))
	}
}

var numeric = regexp.MustCompile(`^[1-9][0-9]{0,2}$`)

// members reads the numbers of the parties, each once: 84 stands twice in one row.
func (c *cells) members() (numbers []string) {
	ended := false
	for _, column := range memberColumns {
		switch n := c.row.Get(column); {
		case n == missing:
			ended = true
		case !numeric.MatchString(n):
			c.mistake(column, "this is not a number of ISO 3166-1", "a whole number up to 999, or NA")
		case ended:
			c.mistake(column, "a party stands behind an empty place", "write the parties without NA between them")
		case !slices.Contains(numbers, n):
			numbers = append(numbers, n)
		}
	}
	if len(numbers) == 0 && len(c.bad) == 0 {
		c.mistake(memberColumns[0], "the row names no party", "at least one")
	}
	return numbers
}

// columnOf finds the column in which a party stands.
func columnOf(row table.Row, number string) string {
	i := slices.IndexFunc(memberColumns, func(column string) bool { return row.Get(column) == number })
	return memberColumns[max(i, 0)]
}
