package cowwars

import (
	_ "embed" // the codebook
	"encoding/csv"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/cow"
	"github.com/entente-graph/entente/ingest/table"
)

// What the files write where there is nothing to write.
const (
	unknown  = cow.Missing // -9
	noneHere = "-8"        // does not apply
	goesOn   = "-7"        // it went on when the data ended
)

//go:embed lookups.csv
var lookups string

// A codebook gives the words of each variable's codes.
type codebook struct {
	words map[string]map[string]string
	codes map[string][]string
}

var theCodebook = sync.OnceValues(func() (*codebook, error) {
	rows, err := csv.NewReader(strings.NewReader(lookups)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("lookups.csv: %w", err)
	}
	b := &codebook{words: map[string]map[string]string{}, codes: map[string][]string{}}
	for _, r := range rows[1:] {
		if b.words[r[0]] == nil {
			b.words[r[0]] = map[string]string{}
		}
		b.words[r[0]][r[1]] = r[2]
		b.codes[r[0]] = append(b.codes[r[0]], r[1])
	}
	return b, nil
})

// cells reads the cells of one row of a war.
type cells struct {
	cow.Cells
	book  *codebook
	kind  kind
	notes []string // of what the row has otherwise than the file writes it
}

func (r *reader) cells(row table.Row, k kind) *cells {
	return &cells{Cells: cow.Cells{Row: row, Span: cow.Span{First: firstYear, Last: k.last, Of: "the dataset"}}, book: r.book, kind: k}
}

// words gives what a code means.
func (c *cells) words(column, variable string) string {
	w, ok := c.book.words[variable][c.Row.Get(column)]
	if !ok {
		c.Mistake(column, "this code is not in the codebook", "the codebook has "+strings.Join(c.book.codes[variable], ", "))
	}
	return w
}

// periods reads the stretches of a row, one or two. A stretch that went on when the data ended has no end, CENSORED.
func (c *cells) periods() []graph.Period {
	var found []graph.Period
	for i, s := range c.kind.spells {
		if i > 0 && !slices.ContainsFunc(s[:], func(column string) bool { return c.Row.Get(column) != noneHere }) {
			continue // it had one
		}
		before := len(c.Bad)
		p := graph.Period{Start: c.date(s[2], s[0], s[1])}
		if c.Row.Get(s[3]) == goesOn && c.Row.Get(s[4]) == goesOn && c.Row.Get(s[5]) == goesOn {
			p = graph.Observed(p.Start, cow.LastDay(lastYear))
		} else if p.End = c.date(s[5], s[3], s[4]); p.End.IsZero() {
			p.Why = graph.Unknown
		}
		if len(c.Bad) > before {
			continue
		}
		if p.Start.IsZero() {
			c.Mistake(s[2], "a war without the year in which it began", "a year")
		} else if err := p.Check(); err != nil {
			c.Mistake(s[5], err.Error(), "")
		}
		if len(found) > 0 && len(c.Bad) == before && found[0].Bounds().StartMin > p.Bounds().StartMax {
			c.Mistake(s[2], "the second stretch begins before the first", "write the earlier one first")
		}
		found = append(found, p)
	}
	return found
}

// slipped is the cell of a day that has the year, behind -9 for the day or in its place: no day has four digits.
var slipped = regexp.MustCompile(`^(?:-9)?([0-9]{4})$`)

// date reads a date. Two slips of the file are told in a note, and cost the day alone: a year that stands in the cell of the day, its
// own being empty; and a day that its month never had, of which nobody knows whether it is the day or the month that is wrong.
func (c *cells) date(year, month, day string) graph.Date {
	y, m, d := c.Row.Get(year), c.Row.Get(month), c.Row.Get(day)
	number, err := strconv.Atoi(m)
	if err != nil || number < 1 || number > 12 || strconv.Itoa(number) != m {
		return c.Date(year, month, day)
	}
	if found := slipped.FindStringSubmatch(d); y == "" && found != nil && found[1] >= strconv.Itoa(c.Span.First) && found[1] <= strconv.Itoa(c.Span.Last) {
		c.notes = append(c.notes, fmt.Sprintf("%s is empty in the file, and %s is %q: read as %s, without a day.", year, day, d, found[1]))
		return graph.MustDate(fmt.Sprintf("%s-%02d", found[1], number))
	}
	if _, err := graph.ParseDate(fmt.Sprintf("%s-%02d-%s", y, number, d)); err != nil && slices.Contains([]string{"29", "30", "31"}, d) {
		if about, err := graph.ParseDate(fmt.Sprintf("%s-%02d~", y, number)); err == nil && y >= strconv.Itoa(c.Span.First) && y <= strconv.Itoa(c.Span.Last) {
			c.notes = append(c.notes, fmt.Sprintf("%s, %s and %s are %s, %s and %s in the file: there was no such day, and it is about that month.", year, month, day, y, m, d))
			return about
		}
	}
	return c.Date(year, month, day)
}

var thousands = regexp.MustCompile(`^[1-9][0-9]{0,2}(,[0-9]{3})+$`)

// toll reads a number of deaths; nil where it is not known or does not apply. The files write thousands now with a comma
// and now without.
func (c *cells) toll(column string) *graph.Range {
	text := c.Row.Get(column)
	if text == unknown || text == noneHere {
		return nil
	}
	n, err := strconv.Atoi(strings.ReplaceAll(text, ",", ""))
	if err != nil || n < 0 || !thousands.MatchString(text) && strconv.Itoa(n) != text {
		c.Mistake(column, "this is not a number of deaths", "digits alone, -9 if it is not known, -8 if it does not apply")
		return nil
	}
	return &graph.Range{Low: &n, High: &n}
}

// name reads the name of a party that is no state; empty where there is none.
func (c *cells) name(column string) string {
	text := strings.Join(strings.Fields(c.Row.Get(column)), " ")
	switch text {
	case noneHere:
		return ""
	case "", unknown, goesOn:
		c.Mistake(column, "this is not the name of a party", "-8 if there is none")
		return ""
	}
	return text
}

// transitions reads the numbers of the wars that a war came from, or passed into: mostly none or one, now and then two.
func (c *cells) transitions(column string) (numbers []string) {
	text := c.Row.Get(column)
	if text == noneHere || text == "" {
		return nil
	}
	for _, n := range strings.Split(text, ",") {
		n = strings.TrimSpace(n)
		if !table.IsNumber(n) {
			c.Mistake(column, "this is not the number of a war", "-8 if there is none")
			return nil
		}
		numbers = append(numbers, n)
	}
	return numbers
}
