package usertable

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/form"
	"github.com/entente-graph/entente/ingest/table"
)

// A reading is one row that is being read, with what is wrong with it.
type reading struct {
	*mapping
	states *registry
	row    table.Row
	bad    ingest.Mistakes

	persons []graph.ActorFacts // who acted in it
	owed    []graph.Obligation // what its parties owe
}

// A said is a value, and the column it is of (empty where it is of none).
type said struct{ text, column string }

// clean takes blanks from both ends, of all kinds, and nothing else. Line breaks within a cell of a workbook are blanks.
func clean(text string) string {
	text = strings.ReplaceAll(text, "\u2028", " ")
	return strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b' })
}

// mistake keeps what is wrong with the cell of a column.
func (r *reading) mistake(column, rule, suggestion string) {
	if column == "" {
		r.bad = append(r.bad, ingest.Mistake{File: r.row.File, Line: r.row.Line, Byte: r.row.Record().From + 1, Rule: rule, Suggestion: suggestion})
		return
	}
	r.bad = append(r.bad, r.row.Mistake(column, rule, suggestion))
}

// get gives a cell without blanks around it; "" where it says nothing.
func (r *reading) get(column string, missing map[string]bool) string {
	text := clean(r.row.Get(column))
	if missing[text] || r.layout.missing[text] {
		return ""
	}
	return text
}

// matches tells whether a row has one of the cells of every choice.
func (r *reading) matches(choices []choice) bool {
	for _, c := range choices {
		if !c.cells[clean(r.row.Get(c.column))] {
			return false
		}
	}
	return true
}

// wanted tells whether the mapping reads the row at all.
func (r *reading) wanted() bool {
	if len(r.except) > 0 && slices.ContainsFunc(r.except, func(c choice) bool { return c.cells[clean(r.row.Get(c.column))] }) {
		return false
	}
	return r.matches(r.only)
}

// fill puts the cells of the row into a template.
func (r *reading) fill(t template, missing map[string]bool) string {
	if column, ok := t.one(); ok {
		return r.get(column, missing)
	}
	var b strings.Builder
	for _, p := range t {
		if p.column == "" {
			b.WriteString(p.text)
			continue
		}
		b.WriteString(r.get(p.column, missing))
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// lineBreak is what ends a line within a cell, and newline how a mapping writes that as a separator.
const (
	lineBreak = "\n"
	newline   = "newline"
)

// byLines is what to do about a cell of several lines.
const byLines = "separator: " + newline + ", if each line of the cell is one"

// breaks are the line breaks in cells; in one of a workbook it is a separator of lines.
var breaks = strings.NewReplacer("\r\n", lineBreak, "\u2028", lineBreak, "\r", lineBreak)

// whole gives a cell as get does, with the line breaks in it where they separate values.
func (r *reading) whole(column string, missing map[string]bool, separators []string) string {
	text := r.get(column, missing)
	if text == "" || !slices.Contains(separators, lineBreak) {
		return text
	}
	return breaks.Replace(r.row.Get(column))
}

// split takes a cell apart at each of its separators.
func split(text string, separators []string) []string {
	texts := []string{text}
	for _, sep := range separators {
		var parts []string
		for _, t := range texts {
			parts = append(parts, strings.Split(t, sep)...)
		}
		texts = parts
	}
	return texts
}

// pieces are where the parts of a text stand between separators.
func pieces(text string, separators []string) (spans [][2]int) {
	from := 0
	for at := 0; at < len(text); {
		length := 0
		for _, s := range separators {
			if strings.HasPrefix(text[at:], s) {
				length = max(length, len(s))
			}
		}
		if length == 0 {
			at++
			continue
		}
		spans = append(spans, [2]int{from, at})
		at += length
		from = at
	}
	return append(spans, [2]int{from, len(text)})
}

// all reads a cell that may hold several values.
func (r *reading) all(c *cell) (out []said) {
	if c == nil {
		return nil
	}
	text := r.fill(c.of, c.missing)
	column := c.of.columnOf()
	if one, ok := c.of.one(); ok {
		text = r.whole(one, c.missing, c.separator)
	}
	texts := split(text, c.separator)
	for _, text := range texts {
		if text, ok := r.means(c, clean(text), column); ok && text != "" {
			out = append(out, said{text, column})
		}
	}
	return out
}

// one reads a cell of one value; empty where it says nothing.
func (r *reading) one(c *cell) said {
	if found := r.all(c); len(found) > 0 {
		return found[0]
	}
	return said{}
}

// means gives what a text in a cell means. ok is false where it is a mistake, which it keeps.
func (r *reading) means(c *cell, text, column string) (string, bool) {
	if means, ok := c.values[text]; ok {
		return unlessNothing(means), true
	}
	switch {
	case text == "":
		return "", true
	case c.other != "":
		return unlessNothing(c.other), true
	case c.values != nil:
		r.mistake(column, fmt.Sprintf("the mapping does not say what %q means for %s", form.Clip(text), c.field), among(text, slices.Sorted(maps.Keys(c.values)), "add it to values, or give else"))
		return "", false
	case len(c.words) > 0:
		word := strings.ReplaceAll(strings.ToLower(text), " ", "-")
		if !slices.Contains(c.words, word) {
			r.mistake(column, "this is not a word for "+c.field, form.Nearest(word, c.words)+"; say by values what it means")
			return "", false
		}
		return word, true
	}
	return text, true
}

func unlessNothing(text string) string {
	if text == nothing {
		return ""
	}
	return text
}

// among proposes the nearest of some texts, or says what else to do.
func among(text string, of []string, or string) string {
	if near := form.DidYouMean(text, of); near != "" && len([]rune(text)) > 2 {
		return near + " Or " + or
	}
	return or
}
