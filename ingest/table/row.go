package table

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/entente-graph/entente/ingest"
)

// A Row is one row of a table, with its place in the file.
type Row struct {
	File string
	Line int // of its first byte, from 1

	table *shape
	line  line
	bad   *ingest.Mistake
}

// shape is what the rows of one file share.
type shape struct {
	name   string
	format Format
	index  map[string]int
	sheet  bool // of a workbook
}

// Get gives the cell of a column as it stands there, decoded, blanks and all. Of a bad row it gives what there is. It
// panics for a column that is not in the format's: that is a fault of the program.
func (r Row) Get(column string) string {
	i := r.cell(column)
	if i >= len(r.line.cells) {
		return ""
	}
	return r.line.cells[i]
}

func (r Row) cell(column string) int {
	i, ok := r.table.index[column]
	if !ok {
		panic(fmt.Sprintf("table: %s has no column %q", r.table.format.layout(), column))
	}
	return i
}

// Record gives the stretch of the file that is this row, without its line end and without Text.
func (r Row) Record() ingest.Record {
	return ingest.Record{File: r.File, Line: r.Line, From: r.line.from, To: r.line.to}
}

// Records gives the stretches of rows.
func Records(rows []Row) []ingest.Record {
	all := make([]ingest.Record, len(rows))
	for i, r := range rows {
		all[i] = r.Record()
	}
	return all
}

// Locator is the place of the row in its file, for the statement that is made of it.
func (r Row) Locator() string { return fmt.Sprintf("%s:%d", r.File, r.Line) }

// Bad tells what is wrong with the row itself: another number of cells, a NUL, bytes that are not of the charset. It is
// nil for a sound row. A bad row belongs into quarantine, whatever its cells say.
func (r Row) Bad() *ingest.Mistake { return r.bad }

// Mistake makes a mistake of what stands in a column: what rule it breaks, and what would be right.
func (r Row) Mistake(column, rule, suggestion string) ingest.Mistake {
	return r.mistake(r.cell(column), rule, suggestion)
}

// mistake is Mistake for the cell with a number from 0. A cell that is not there stands at the end of the row.
func (r Row) mistake(cell int, rule, suggestion string) ingest.Mistake {
	m := ingest.Mistake{File: r.File, Line: r.Line, Column: cell + 1, Byte: r.line.to + 1, Rule: rule, Suggestion: suggestion}
	if cell < len(r.table.format.Columns) {
		m.Field = r.table.format.Columns[cell]
	}
	if cell < len(r.line.cells) {
		m.Value = short(r.line.cells[cell])
	}
	if cell < len(r.line.places) {
		m.Line, m.Byte = r.line.places[cell].line, r.line.places[cell].at+1
	}
	return m
}

// shown is how many characters of a value an error shows.
const shown = 120

// short cuts a value down to what an error can show.
func short(value string) string {
	if len(value) <= shown {
		return value
	}
	n := 0
	for i := range value {
		if n++; n > shown {
			return value[:i] + "…"
		}
	}
	return value
}

// judge tells what is wrong with a row in itself.
func (t *shape) judge(r Row) *ingest.Mistake {
	mistake := func(cell int, rule, suggestion string) *ingest.Mistake {
		m := r.mistake(cell, rule, suggestion)
		return &m
	}
	if r.line.broken != "" {
		m := mistake(len(r.line.cells), r.line.broken, r.line.repair)
		m.Value = short(r.line.rest)
		return m
	}
	if i := slices.IndexFunc(r.line.cells, func(c string) bool { return strings.ContainsRune(c, 0) }); i >= 0 {
		return mistake(i, "the cell has a NUL byte in it, which no text has", "the file is damaged, or was written by a program that failed: get it again")
	}
	if i := r.line.undecoded; i >= 0 {
		return t.undecoded(mistake, r, i)
	}
	want, got := len(t.format.Columns), len(r.line.cells)
	if slices.Equal(r.line.cells, t.format.Columns) || got > 0 && strings.HasPrefix(r.line.cells[0], "\ufeff") && slices.Equal(r.line.cells[1:], t.format.Columns[1:]) {
		return &ingest.Mistake{File: r.File, Line: r.Line, Byte: r.line.from + 1, Rule: "the header stands here again: two files were put together", Suggestion: "take this line out, or load the files separately"}
	}
	if got == want {
		return nil
	}
	m := ingest.Mistake{File: r.File, Line: r.Line, Byte: r.line.from + 1, Value: short(strings.Join(r.line.cells, string(t.format.comma())))}
	m.Rule = fmt.Sprintf("the row has %s, where %s has %d", count(got, "cell"), t.format.layout(), want)
	m.Suggestion = t.raggedAdvice(r.line.cells, want)
	return &m
}

// raggedAdvice says what may have made a row too short or too long.
func (t *shape) raggedAdvice(cells []string, want int) string {
	comma := t.format.comma()
	if len(cells) == 1 {
		for _, other := range separators {
			if other != comma && strings.Count(cells[0], string(other)) == want-1 {
				return fmt.Sprintf("its cells are separated by %s: write %s", separatorNames[other], separatorNames[comma])
			}
		}
	}
	if slices.ContainsFunc(cells, func(c string) bool { return strings.ContainsRune(c, '\r') }) {
		return "there is a carriage return alone in it: lines of another system were put into this file"
	}
	if len(cells) > want && t.sheet {
		return "there is something behind the last column: take it out"
	}
	if len(cells) > want {
		return fmt.Sprintf("a cell that has a %s in it must stand in quotes", strings.TrimSuffix(separatorNames[comma], "s"))
	}
	return fmt.Sprintf("the row is cut short, or a %s is missing", strings.TrimSuffix(separatorNames[comma], "s"))
}

// undecoded says what is wrong with a cell that is not of the charset.
func (t *shape) undecoded(mistake func(int, string, string) *ingest.Mistake, r Row, cell int) *ingest.Mistake {
	m := mistake(cell, "", "")
	m.Rule, m.Suggestion = r.line.charset.complain(m.Value)
	if !utf8.ValidString(m.Value) {
		m.Value = strings.ToValidUTF8(m.Value, "\ufffd")
	}
	return m
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
