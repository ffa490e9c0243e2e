package main

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// mendedRows is the table that entente quarantine --csv printed, as a person gives it back.
type mendedRows struct {
	load    graph.LoadNumber
	columns map[string]string // by our name, the column as it is called there
	rows    []mendedRow
}

// A mendedRow says where a record is, and how it is to be read.
type mendedRow struct {
	table.Row
	n, line int
	byte    int64 // 0: not said
	file    string
	text    string
}

const mendLayout = "the table that entente quarantine --csv prints"

// needed are the columns without which a table mends nothing.
var needed = []string{"load", "n", "file", "line", "record"}

// readMended reads a mended table, whatever a spreadsheet made of it: commas, semicolons or tabs, columns in another
// order, further ones. Rows may be missing: what is not there was not mended.
func readMended(ctx context.Context, files fs.FS, name string) (*mendedRows, error) {
	format, columns, err := mendedFormat(files, name)
	if err != nil {
		return nil, err
	}
	m := &mendedRows{columns: columns}
	var wrong ingest.Mistakes
	for row, err := range table.Read(ctx, files, name, format) {
		if err != nil {
			return nil, err
		}
		r, bad := m.row(row)
		if bad != nil {
			wrong = append(wrong, *bad)
			continue
		}
		m.rows = append(m.rows, r)
	}
	if len(wrong) > 0 {
		return nil, wrong
	}
	if len(m.rows) == 0 {
		return nil, ingest.Mistakes{{File: name, Rule: "there are no rows in this table"}}
	}
	return m, nil
}

// mendedFormat tells what separates the cells and how the columns are called.
func mendedFormat(files fs.FS, name string) (table.Format, map[string]string, error) {
	for _, comma := range []rune{',', ';', '\t', '|'} {
		f := table.Format{Comma: comma, Layout: mendLayout}
		header, err := table.Header(files, name, f)
		if err != nil {
			return f, nil, err
		}
		columns := map[string]string{}
		for _, c := range header {
			ours := strings.ToLower(strings.TrimSpace(c))
			if !slices.Contains(mendColumns, ours) {
				continue
			}
			if _, twice := columns[ours]; twice {
				return f, nil, ingest.Mistakes{{File: name, Line: 1, Value: c, Rule: "this column stands here twice", Suggestion: "take one out, so that it is clear which counts"}}
			}
			columns[ours] = c
		}
		f.Columns = header
		missing := slices.DeleteFunc(slices.Clone(needed), func(c string) bool { return columns[c] != "" })
		if len(missing) == 0 {
			return f, columns, nil
		}
		if len(missing) < len(needed)-1 {
			return f, nil, ingest.Mistakes{{
				File: name, Line: 1, Rule: fmt.Sprintf("of %s these columns are missing: %s", mendLayout, strings.Join(missing, ", ")),
				Suggestion: "leave them as they were printed; their order does not matter",
			}}
		}
	}
	return table.Format{}, nil, ingest.Mistakes{{
		File: name, Line: 1, Rule: "this is not " + mendLayout, Suggestion: "its columns are " + strings.Join(mendColumns, ","),
	}}
}

// row reads a row, or says what is wrong with it.
func (m *mendedRows) row(row table.Row) (r mendedRow, wrong *ingest.Mistake) {
	bad := func(column, rule, suggestion string) (mendedRow, *ingest.Mistake) {
		w := row.Mistake(m.columns[column], rule, suggestion)
		return r, &w
	}
	get := func(column string) string {
		if m.columns[column] == "" {
			return ""
		}
		return row.Get(m.columns[column])
	}
	r = mendedRow{Row: row, file: unguarded(get("file")), text: unguarded(get("record"))}
	// Spreadsheets leave out empty cells at the end of a row. Then the record is empty, which only rows may have that are
	// not the one to mend: those are told apart later, by short.
	if b := row.Bad(); b != nil && (b.Column > 0 || r.text != "") {
		return r, b
	}
	load, err := strconv.ParseInt(get("load"), 10, 64)
	if err != nil || load < 1 {
		return bad("load", "this is not the number of a load", "leave it as it was printed")
	}
	if m.load != 0 && m.load != graph.LoadNumber(load) {
		return bad("load", fmt.Sprintf("this is of another load than load %d above", m.load), "give a table for each load")
	}
	m.load = graph.LoadNumber(load)
	if r.n, err = strconv.Atoi(get("n")); err != nil || r.n < 1 {
		return bad("n", "this is not the number of a thing in quarantine", "leave it as it was printed")
	}
	if r.line, err = strconv.Atoi(get("line")); err != nil && get("line") != "" {
		return bad("line", "this is not a line", "leave it as it was printed")
	}
	if at, err := strconv.ParseInt(get("byte"), 10, 64); err == nil {
		r.byte = at
	}
	return r, nil
}

// short tells that the row ends before the record.
func (r mendedRow) short() bool { return r.Bad() != nil }

// records finds for every row which record it is, and gives those that were mended.
func (m *mendedRows) records(h *held) ([]ingest.MendedRecord, error) {
	var wrong ingest.Mistakes
	var order []*graph.Record
	given := map[*graph.Record]*givenRecord{}
	printed := map[int][]mendRow{}
	for _, q := range h.items {
		printed[q.N] = mendRows(q)
	}
	for _, r := range m.rows {
		p, bad := m.find(printed, r)
		if bad != nil {
			wrong = append(wrong, *bad)
			continue
		}
		if p.record == nil {
			if r.text != "" {
				wrong = append(wrong, r.Mistake(m.columns["record"], "no record was kept for this row, so that none can be mended", "mend it in the file and load that again"))
			}
			continue
		}
		if given[p.record] == nil {
			given[p.record] = &givenRecord{n: r.n}
			order = append(order, p.record)
		}
		if bad := given[p.record].add(r, p, m.columns["record"]); bad != nil {
			wrong = append(wrong, *bad)
		}
	}
	wrong = append(wrong, m.mendValues(printed, given)...)
	if len(wrong) > 0 {
		wrong.Sort()
		return nil, wrong
	}
	var out []ingest.MendedRecord
	for _, rec := range order {
		if g := given[rec]; g.mended {
			out = append(out, ingest.MendedRecord{N: g.n, File: rec.File, Line: rec.Line, From: rec.From, Text: g.text, At: g.row.Mistake(m.columns["record"], "", "")})
		}
	}
	return out, nil
}

// hasByte tells whether the table has the column by which records of one line are told apart.
func (m *mendedRows) hasByte() bool { return m.columns["byte"] != "" }

// find gives the printed row that a mended one was.
func (m *mendedRows) find(printed map[int][]mendRow, r mendedRow) (found mendRow, wrong *ingest.Mistake) {
	places := slices.DeleteFunc(slices.Clone(printed[r.n]), func(p mendRow) bool {
		return p.mistake.File != r.file || p.mistake.Line != r.line
	})
	exact := slices.DeleteFunc(slices.Clone(places), func(p mendRow) bool { return !m.hasByte() || p.mistake.Byte != r.byte })
	if len(exact) > 0 {
		places = exact
	}
	if len(places) == 0 {
		w := r.Mistake(m.columns["n"], fmt.Sprintf("thing %d in the quarantine of load %d has nothing at line %d of %q", r.n, m.load, r.line, r.file), "leave n, file, line and byte as they were printed; only record is to be mended")
		return found, &w
	}
	for _, p := range places[1:] {
		if p.record != places[0].record && len(exact) == 0 {
			w := r.Mistake(m.columns["line"], "several records stand in this line, and without the column byte it is not clear which is meant", "leave the column byte as it was printed")
			return found, &w
		}
	}
	for _, p := range places {
		if p.first {
			return p, nil
		}
	}
	return places[0], nil
}

// givenRecord is what all rows of one record together say.
type givenRecord struct {
	n       int
	row     mendedRow // the one that mends it
	text    string
	mended  bool
	byValue bool // by cells in column value, the text being left as it was
	kept    bool // a row has the text as it was
}

// add takes in a row. An empty text takes the record out, but only in the row that had the text; elsewhere it says
// nothing.
func (g *givenRecord) add(r mendedRow, p mendRow, column string) *ingest.Mistake {
	if r.text == "" && !p.first {
		return nil
	}
	if r.short() {
		w := r.Mistake(column, "the row ends before the record", "to take the record out leave the cell empty, with its separator before it; else give the text")
		return &w
	}
	was := recordText(*p.record)
	text := lineEndsLike(strings.TrimRight(r.text, "\r\n"), was)
	if text == was {
		g.kept = true
		return nil
	}
	if text == "" && (g.mended || g.kept) {
		return nil // a second row at the same place; the first had the text
	}
	text, strange := asBytes(text, *p.record)
	if strange != 0 {
		w := r.Mistake(column, fmt.Sprintf("the file is not UTF-8 but like Windows-1252, which has no %q", strange), "write it with other letters")
		return &w
	}
	if g.mended && g.text != text && g.text != "" {
		w := r.Mistake(column, fmt.Sprintf("this record was mended otherwise in line %d above", g.row.Line), "mend it in one row")
		return &w
	}
	g.row, g.text, g.mended = r, text, true
	return nil
}
