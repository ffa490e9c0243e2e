package terminal

import (
	"slices"
	"strings"
)

// A Table is rows under headings. Columns share the screen: those that need less keep what they need, the rest is
// wrapped.
type Table struct {
	heads   []string
	rows    [][]Cell
	details [][]detail // below each row
	whole   []int      // columns that are never wrapped
	key     int        // the column of keys, or -1
}

// detail is a line below a row.
type detail struct{ label, text string }

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

// NewTable makes a table with headings. Under a heading KEY stand keys, which are there to be copied: they are never
// broken, and where the screen is too narrow they stand below their rows.
func NewTable(heads ...string) *Table {
	t := &Table{heads: heads, key: slices.Index(heads, "KEY")}
	if t.key >= 0 {
		t.whole = append(t.whole, t.key)
	}
	return t
}

// Whole says that a column is never wrapped.
func (t *Table) Whole(column int) { t.whole = append(t.whole, column) }

// Add adds a row; missing cells are empty.
func (t *Table) Add(cells ...Cell) {
	row := make([]Cell, len(t.heads))
	copy(row, cells)
	for i := range row {
		row[i].Text = strings.Join(strings.Fields(Clean(row[i].Text)), " ")
	}
	t.rows = append(t.rows, row)
	t.details = append(t.details, nil)
}

// Below adds a line below the row that was added last: a label, and text that is wrapped beside it. Without text
// there is no line.
func (t *Table) Below(label, text string) {
	if text != "" {
		last := len(t.details) - 1
		t.details[last] = append(t.details[last], detail{label, text})
	}
}

// Len is the number of rows.
func (t *Table) Len() int { return len(t.rows) }

const (
	gap        = 2  // columns of space between fields
	narrow     = 22 // columns up to here are narrowed only when no other can be
	minimum    = 10 // no column is made narrower
	besideKeys = 56 // what the other columns need beside keys, at the least
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
	keysBelow := s.width > 0 && t.key >= 0 && rowWidth(widths, shown) > s.width && s.width-widths[t.key] < besideKeys
	if keysBelow {
		shown = slices.DeleteFunc(shown, func(i int) bool { return i == t.key })
	}
	if s.width > 0 {
		t.shrink(widths, shown, s.width)
	}
	if slices.ContainsFunc(t.heads, func(h string) bool { return h != "" }) {
		heads := make([]Cell, len(t.heads))
		for i, h := range t.heads {
			heads[i] = Cell{h, Bold}
		}
		printRow(s, heads, widths, shown)
	}
	indent := gap
	if len(shown) > 0 && t.heads[shown[0]] == "" {
		indent = widths[shown[0]] + gap // below the second column: the first only numbers the rows
	}
	for i, row := range t.rows {
		printRow(s, row, widths, shown)
		if keysBelow && row[t.key].Text != "" {
			s.Line(strings.Repeat(" ", indent) + s.Styled(Dim, row[t.key].Text))
		}
		for _, d := range t.details[i] {
			s.Wrapped(strings.Repeat(" ", indent)+d.label, d.text)
		}
	}
}

// rowWidth is how many columns of the screen a row takes.
func rowWidth(widths, shown []int) int {
	sum := gap * (len(shown) - 1)
	for _, i := range shown {
		sum += widths[i]
	}
	return sum
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

// shrink takes columns from the widest until the row fits, or no column can give more. What is narrow to begin with,
// such as dates, gives only when nothing else can.
func (t *Table) shrink(widths, shown []int, room int) {
	for _, least := range []int{narrow, minimum} {
		for rowWidth(widths, shown) > room {
			widest := -1
			for _, i := range shown {
				if widths[i] > least && !slices.Contains(t.whole, i) && (widest < 0 || widths[i] > widths[widest]) {
					widest = i
				}
			}
			if widest < 0 {
				break
			}
			widths[widest]--
		}
	}
}

func printRow(s *Screen, row []Cell, widths []int, shown []int) {
	lines := make([][]string, len(row))
	height := 1
	for _, i := range shown {
		lines[i] = Wrap(row[i].Text, widths[i]) // a column that is whole is as wide as its text
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
