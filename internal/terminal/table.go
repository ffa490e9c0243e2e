package terminal

import (
	"slices"
	"strings"
)

// A Table is rows under headings. Columns share the screen: those that need less keep what they need, the rest is
// wrapped.
type Table struct {
	heads []string
	rows  [][]Cell
}

// A Cell is one field of a table.
type Cell struct {
	Text  string
	Style Style
}

// Text makes unstyled cells.
func Text(fields ...string) []Cell {
	cells := make([]Cell, len(fields))
	for i, f := range fields {
		cells[i] = Cell{Text: f}
	}
	return cells
}

// NewTable makes a table with headings.
func NewTable(heads ...string) *Table { return &Table{heads: heads} }

// Add adds a row; missing cells are empty.
func (t *Table) Add(cells ...Cell) {
	row := make([]Cell, len(t.heads))
	copy(row, cells)
	for i := range row {
		row[i].Text = strings.Join(strings.Fields(Clean(row[i].Text)), " ")
	}
	t.rows = append(t.rows, row)
}

// Len is the number of rows.
func (t *Table) Len() int { return len(t.rows) }

const (
	gap     = 2  // columns of space between fields
	minimum = 10 // no column is made narrower
)

// Print prints the table; with no rows, nothing. Columns without any text are left out.
func (t *Table) Print(s *Screen) {
	if len(t.rows) == 0 {
		return
	}
	widths := t.natural()
	shown := make([]int, 0, len(widths))
	for i, w := range widths {
		if w > 0 {
			shown = append(shown, i)
		}
	}
	if s.width > 0 {
		shrink(widths, shown, s.width-gap*(len(shown)-1))
	}
	if slices.ContainsFunc(t.heads, func(h string) bool { return h != "" }) {
		heads := make([]Cell, len(t.heads))
		for i, h := range t.heads {
			heads[i] = Cell{h, Bold}
		}
		printRow(s, heads, widths, shown)
	}
	for _, row := range t.rows {
		printRow(s, row, widths, shown)
	}
}

// natural gives what each column needs; 0 for one in which no row has text.
func (t *Table) natural() []int {
	widths := make([]int, len(t.heads))
	for i := range widths {
		for _, row := range t.rows {
			widths[i] = max(widths[i], Width(row[i].Text))
		}
		if widths[i] > 0 {
			widths[i] = max(widths[i], Width(t.heads[i]))
		}
	}
	return widths
}

// shrink takes columns from the widest until the row fits, or no column can give more.
func shrink(widths []int, shown []int, room int) {
	for {
		sum, widest := 0, -1
		for _, i := range shown {
			sum += widths[i]
			if widths[i] > minimum && (widest < 0 || widths[i] > widths[widest]) {
				widest = i
			}
		}
		if sum <= room || widest < 0 {
			return
		}
		widths[widest]--
	}
}

func printRow(s *Screen, row []Cell, widths []int, shown []int) {
	lines := make([][]string, len(row))
	height := 1
	for _, i := range shown {
		lines[i] = Wrap(row[i].Text, widths[i])
		height = max(height, len(lines[i]))
	}
	for n := range height {
		var b strings.Builder
		pending := 0
		for _, i := range shown {
			text := ""
			if n < len(lines[i]) {
				text = lines[i][n]
			}
			if text != "" {
				b.WriteString(strings.Repeat(" ", pending))
				pending = 0
				b.WriteString(s.Styled(row[i].Style, text))
			}
			pending += widths[i] - Width(text) + gap
		}
		s.Line(b.String())
	}
}
