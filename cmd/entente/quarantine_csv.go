package main

import (
	"encoding/csv"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"github.com/entente-graph/entente/graph"
)

// mendColumns are the columns of the table that a person mends. Of these load, n, file, line, byte, value and record are read again.
var mendColumns = []string{"load", "n", "file", "line", "byte", "column", "field", "value", "rule", "suggestion", "record"}

// A mendRow is a row of that table: a mistake, or a record that has none.
type mendRow struct {
	n       int
	mistake graph.Mistake
	record  *graph.Record // that the row is about; nil: the mistake is of no record, or its text is not kept
	first   bool          // the row that has the record's text
}

// mendRows gives the rows of one thing: its mistakes, in their order, then the records that have none.
func mendRows(q graph.Quarantined) (rows []mendRow) {
	records := recordsOf(q)
	seen := make([]bool, len(records))
	for _, m := range q.Mistakes {
		row := mendRow{n: q.N, mistake: m}
		if i := recordAt(records, m.File, m.Line, m.Byte); i >= 0 && records[i].Text != "" {
			row.record, row.first = &records[i], !seen[i]
			seen[i] = true
		}
		rows = append(rows, row)
	}
	for i, r := range records {
		if !seen[i] && r.Text != "" {
			rows = append(rows, mendRow{n: q.N, mistake: graph.Mistake{File: r.File, Line: r.Line, Byte: r.From + 1}, record: &records[i], first: true})
		}
	}
	return rows
}

// recordAt finds the record in which a place of a file is: by its byte, where that is known, else by its line. It gives
// -1 where there is none.
func recordAt(records []graph.Record, file string, line int, at int64) int {
	found := -1
	for i, r := range records {
		if r.File != file {
			continue
		}
		if at > 0 && at-1 >= r.From && at-1 < r.To {
			return i
		}
		lines := strings.Count(strings.TrimRight(r.Text, "\r\n"), "\n")
		if line >= r.Line && line <= r.Line+lines && (found < 0 || r.Line > records[found].Line || at-1 == r.To) {
			found = i
		}
	}
	return found
}

// printCSV prints what is to be mended.
func (q *quarantining) printCSV(h *held) error {
	items := h.items
	if !q.all {
		items = h.left()
	}
	w := csv.NewWriter(q.app.stdout)
	if err := w.Write(mendColumns); err != nil {
		return err
	}
	lost := 0
	for _, item := range items {
		for _, row := range mendRows(item) {
			if err := w.Write(row.cells(h.load.Number)); err != nil {
				return err
			}
			if row.record == nil {
				lost++
			}
		}
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return err
	}
	if done := len(h.items) - len(items); done > 0 {
		q.app.say("%s left out, for it was mended already (--all prints it too).", counted(done, "thing was", "things were"))
	}
	if lost > 0 {
		q.app.say("%s without a record: mend those in the files, and load them again.", counted(lost, "row is", "rows are"))
	}
	if next := q.next(h); len(next) > 0 {
		q.app.say("Mend the text in column record, or the cell in column value, save the table, then: %s", q.app.next("ingest %s --amend FILE", h.load.Importer))
	}
	return nil
}

func (r mendRow) cells(load graph.LoadNumber) []string {
	m := r.mistake
	text := ""
	if r.first {
		text = guarded(recordText(*r.record))
	}
	return []string{
		fmt.Sprint(load), strconv.Itoa(r.n), harmless(m.File), number(int64(m.Line)), number(m.Byte), number(int64(m.Column)),
		harmless(m.Field), guarded(strings.ToValidUTF8(m.Value, "\ufffd")), harmless(m.Rule), harmless(m.Suggestion), text,
	}
}

func number(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// recordText is the text of a record for a table, without its line end. Bytes that are not UTF-8 are shown as
// Windows-1252 has them, which any of them can be.
func recordText(r graph.Record) string {
	text := strings.TrimRight(r.Text, "\r\n")
	if utf8.ValidString(r.Text) {
		return text
	}
	var b strings.Builder
	for i := range len(text) {
		b.WriteRune(fromByte(text[i]))
	}
	return b.String()
}

// fromByte reads a byte as Windows-1252; the five that it does not have stand for themselves.
func fromByte(c byte) rune {
	if r := charmap.Windows1252.DecodeByte(c); r != utf8.RuneError {
		return r
	}
	return rune(c)
}

// toByte is the reverse of fromByte.
func toByte(r rune) (byte, bool) {
	if c, ok := charmap.Windows1252.EncodeRune(r); ok && fromByte(c) == r {
		return c, true
	}
	if r < 0x100 && fromByte(byte(r)) == r {
		return byte(r), true
	}
	return 0, false
}

// changeable is what spreadsheets change when they read it: numbers (007, 1E5, 5.10), dates (1-2, MAR1), times, truths.
// Whole numbers written as people do they leave as they are.
var (
	changeable  = regexp.MustCompile(`^(?i:true|false|[0-9a-z.,:/ +-]{0,23}[0-9][0-9a-z.,:/ +-]{0,23})$`)
	wholeNumber = regexp.MustCompile(`^(0|[1-9][0-9]{0,14})$`)
)

// guarded writes a cell that is read again so that no spreadsheet changes it, taking it for a formula, a number or a date.
func guarded(text string) string {
	if text == "" || !strings.ContainsRune("=+-@'\t\r", rune(text[0])) && (wholeNumber.MatchString(text) || !changeable.MatchString(text)) {
		return text
	}
	return "'" + text
}

// harmless writes a cell that is only looked at so that no spreadsheet takes it for a formula.
func harmless(text string) string {
	if text == "" || !strings.ContainsRune("=+-@'\t\r", rune(text[0])) {
		return text
	}
	return "'" + text
}

// unguarded is what guarded was given.
func unguarded(cell string) string { return strings.TrimPrefix(cell, "'") }
