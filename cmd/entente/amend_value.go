package main

import (
	"fmt"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

// valueMended gives the text of a record in which a person has mended the cell and not the whole: in column value stands
// another text than the one that was wrong. text is the record as it is so far, moved the bytes by which it is longer than
// what stands in the file before that cell.
func (m *mendedRows) valueMended(r mendedRow, p mendRow, text string, moved int) (_ string, by int, wrong *ingest.Mistake) {
	column := m.columns["value"]
	if column == "" || r.Bad() != nil {
		return text, 0, nil
	}
	cell := r.Get(column)
	if cell == p.mistake.Value || unguarded(cell) == p.mistake.Value || p.mistake.Field == "" {
		return text, 0, nil
	}
	cannot := func() (string, int, *ingest.Mistake) {
		w := r.Mistake(column, "this value cannot be put into its record by itself", "mend the text in column record")
		return text, 0, &w
	}
	at := int(p.mistake.Byte-1-p.record.From) + moved
	if p.mistake.Byte == 0 || at < 0 || at > len(text) {
		return cannot()
	}
	quoted := `"` + strings.ReplaceAll(p.mistake.Value, `"`, `""`) + `"`
	rest := text[at:]
	fresh := unguarded(cell)
	switch {
	case strings.HasPrefix(rest, quoted):
		fresh = `"` + strings.ReplaceAll(fresh, `"`, `""`) + `"`
		return text[:at] + fresh + rest[len(quoted):], len(fresh) - len(quoted), nil
	case strings.HasPrefix(rest, p.mistake.Value) && cellEnds(rest[len(p.mistake.Value):]):
		if strings.ContainsAny(fresh, ",;\t|\"\r\n") {
			fresh = `"` + strings.ReplaceAll(fresh, `"`, `""`) + `"`
		}
		return text[:at] + fresh + rest[len(p.mistake.Value):], len(fresh) - len(p.mistake.Value), nil
	default:
		return cannot()
	}
}

// otherValue tells whether a person wrote a value that the mended record does not hold.
func (m *mendedRows) otherValue(r mendedRow, p mendRow, record string) bool {
	column := m.columns["value"]
	if column == "" || r.Bad() != nil || p.mistake.Field == "" {
		return false
	}
	cell := r.Get(column)
	if cell == harmless(p.mistake.Value) || cell == p.mistake.Value || unguarded(cell) == p.mistake.Value {
		return false
	}
	return !strings.Contains(record, unguarded(cell))
}

// cellEnds tells whether a cell of a table ends here.
func cellEnds(rest string) bool {
	return rest == "" || strings.ContainsRune(",;\t| \r\n", rune(rest[0]))
}

// mendValues puts mended values into the records of which the text was left as it is.
func (m *mendedRows) mendValues(printed map[int][]mendRow, given map[*graph.Record]*givenRecord) (wrong ingest.Mistakes) {
	moved := map[*graph.Record]int{}
	last := map[*graph.Record]int64{}
	for _, r := range m.rows {
		p, none, bad := m.findMistake(printed, r)
		if bad != nil {
			wrong = append(wrong, *bad)
			continue
		}
		if none || p.record == nil || given[p.record] == nil {
			continue
		}
		g := given[p.record]
		text := recordText(*p.record)
		if g.mended && !g.byValue { // the whole record was mended: that counts, unless the cell says otherwise
			if m.otherValue(r, p, g.text) {
				wrong = append(wrong, r.Mistake(m.columns["value"], "the record is mended too, and there this value does not stand", "mend one of the two, or both alike"))
			}
			continue
		}
		if g.byValue {
			text = g.text
		}
		if p.mistake.Byte < last[p.record] { // rows in another order than they were printed
			w := r.Mistake(m.columns["value"], "several values of one record are mended, and not in the order in which they stand", "leave the rows in their order, or mend the text in column record")
			wrong = append(wrong, w)
			continue
		}
		fresh, by, w := m.valueMended(r, p, text, moved[p.record])
		if w != nil {
			wrong = append(wrong, *w)
			continue
		}
		if fresh == text {
			continue
		}
		mended, strange := asBytes(fresh, *p.record)
		if strange != 0 {
			wrong = append(wrong, r.Mistake(m.columns["value"], fmt.Sprintf("the file is not UTF-8 but like Windows-1252, which has no %q", strange), "write it with other letters"))
			continue
		}
		g.row, g.text, g.mended, g.byValue = r, mended, true, true
		moved[p.record] += by
		last[p.record] = p.mistake.Byte
	}
	return wrong
}

// findMistake gives the very row that was printed. Without the column byte that is clear only where all that could be
// meant are of one place.
func (m *mendedRows) findMistake(printed map[int][]mendRow, r mendedRow) (found mendRow, none bool, wrong *ingest.Mistake) {
	var all []mendRow
	for _, p := range printed[r.n] {
		if p.mistake.File == r.file && p.mistake.Line == r.line && p.mistake.Rule != "" && m.sameCell(r, p) {
			all = append(all, p)
		}
	}
	if len(all) == 0 {
		return found, true, nil
	}
	for _, p := range all {
		if p.mistake.Byte == all[0].mistake.Byte {
			continue
		}
		if !m.otherValue(r, all[0], "") || !m.otherValue(r, p, "") {
			return found, true, nil // nothing is mended in this row
		}
		w := r.Mistake(m.columns["value"], "several values in this line are wrong, and without the column byte it is not clear which is meant", "leave the column byte as it was printed, or mend the text in column record")
		return found, false, &w
	}
	return all[0], false, nil
}

// sameCell tells whether a row may be about the cell of a mistake of its line: by the byte, or where a person took that
// column out by the field, as far as the row has it.
func (m *mendedRows) sameCell(r mendedRow, p mendRow) bool {
	if m.hasByte() {
		return p.mistake.Byte == r.byte
	}
	column := m.columns["field"]
	return column == "" || r.Get(column) == "" || unguarded(r.Get(column)) == p.mistake.Field
}
