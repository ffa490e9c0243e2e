package table

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

// maxHeaderMistakes is how many differences of a header are told.
const maxHeaderMistakes = 10

// check tells by name what differs between a file's header and the format's.
func (f Format) check(name string, header *line) error {
	if slices.Equal(header.cells, f.Columns) {
		return nil
	}
	h := &headerCheck{name: name, format: f, line: header}
	if h.separator() || h.other() || h.letters() {
		return h.mistakes
	}
	h.columns()
	if len(h.mistakes) == 0 {
		h.order()
	}
	if n := len(h.mistakes); n > maxHeaderMistakes {
		next := h.mistakes[maxHeaderMistakes]
		h.mistakes = append(h.mistakes[:maxHeaderMistakes], ingest.Mistake{File: name, Line: next.Line, Column: next.Column, Rule: fmt.Sprintf("%d more columns are not those of %s", n-maxHeaderMistakes, f.layout())})
	}
	return h.mistakes
}

type headerCheck struct {
	name     string
	format   Format
	line     *line
	mistakes ingest.Mistakes
}

func (h *headerCheck) add(cell int, field, value, rule, suggestion string) {
	m := ingest.Mistake{File: h.name, Line: h.line.line, Field: field, Value: short(value), Rule: rule, Suggestion: suggestion}
	if cell >= 0 {
		m.Column = cell + 1
	}
	if cell >= 0 && cell < len(h.line.places) {
		m.Line, m.Byte = h.line.places[cell].line, h.line.places[cell].at+1
	}
	h.mistakes = append(h.mistakes, m)
}

// separator says that the cells are separated by something else.
func (h *headerCheck) separator() bool {
	cells := h.line.cells
	if len(cells) != 1 || len(h.format.Columns) < 2 {
		return false
	}
	for _, other := range separators {
		parts := strings.Split(cells[0], string(other))
		if other == h.format.comma() || 2*len(shared(parts, h.format.Columns)) < len(h.format.Columns) {
			continue
		}
		h.add(-1, "", cells[0], fmt.Sprintf("the cells are separated by %s, where those of %s are by %s", separatorNames[other], h.format.layout(), separatorNames[h.format.comma()]), "get the file as it is published, or save it with "+separatorNames[h.format.comma()])
		return true
	}
	return false
}

// other says that this is another file altogether.
func (h *headerCheck) other() bool {
	if 3*len(shared(h.line.cells, h.format.Columns)) >= len(h.format.Columns) {
		return false
	}
	comma := string(h.format.comma())
	h.add(-1, "", strings.Join(h.line.cells, comma), "these are not the columns of "+h.format.layout(), "they are "+short(strings.Join(h.format.Columns, comma)))
	return true
}

// letters says that the columns are the right ones, and only case or blanks differ.
func (h *headerCheck) letters() bool {
	want, first, n := h.format.Columns, -1, 0
	if len(h.line.cells) != len(want) {
		return false
	}
	for i, c := range h.line.cells {
		switch {
		case fold(c) != fold(want[i]):
			return false
		case c != want[i]:
			if n++; first < 0 {
				first = i
			}
		}
	}
	rule := "this column is written otherwise in " + h.format.layout()
	if n > 1 {
		rule = fmt.Sprintf("this column and %s are written otherwise in %s", count(n-1, "other"), h.format.layout())
	}
	h.add(first, want[first], h.line.cells[first], rule, fmt.Sprintf("it is %q there", want[first]))
	return true
}

// columns names those that are new, doubled, renamed and missing.
func (h *headerCheck) columns() {
	want := h.format.Columns
	missing := less(want, h.line.cells)
	seen := map[string]int{}
	for i, c := range h.line.cells {
		seen[c]++
		due := count1(want, c)
		switch {
		case seen[c] <= due:
		case due > 0:
			h.add(i, "", c, "this column stands here twice", "take one out; "+h.format.layout()+" has it once")
		default:
			meant, ok := renamed(c, i, h.line.cells, want, missing)
			if !ok {
				h.add(i, "", c, "this column is new: "+h.format.layout()+" does not have it", "another version of the dataset has another layout")
				continue
			}
			missing = slices.Delete(missing, slices.Index(missing, meant), slices.Index(missing, meant)+1)
			h.add(i, meant, c, "this column is called otherwise in "+h.format.layout(), fmt.Sprintf("it is %q there%s", meant, lookAlike(c)))
		}
	}
	for _, c := range missing {
		place := "it is the first"
		if i := slices.Index(want, c); i > 0 {
			place = fmt.Sprintf("it stands behind %q", want[i-1])
		}
		h.add(-1, c, "", "this column of "+h.format.layout()+" is missing", place)
	}
}

// order names the first column that stands where another should.
func (h *headerCheck) order() {
	for i, c := range h.line.cells {
		if c != h.format.Columns[i] {
			h.add(i, h.format.Columns[i], c, "the columns stand in another order than in "+h.format.layout(), fmt.Sprintf("%q stands here, and %q is column %d", h.format.Columns[i], c, slices.Index(h.format.Columns, c)+1))
			return
		}
	}
}

// renamed finds the missing column that a new one is: by its letters, or because it stands between the same others.
func renamed(c string, at int, cells, want, missing []string) (string, bool) {
	folded := make([]string, len(missing))
	for i, m := range missing {
		folded[i] = fold(m)
		if folded[i] == fold(c) {
			return m, true
		}
	}
	if near := graph.Nearest(fold(c), folded, 1); len(near) > 0 {
		return missing[slices.Index(folded, near[0])], true
	}
	if at < len(want) && len(cells) == len(want) && slices.Contains(missing, want[at]) {
		return want[at], true
	}
	return "", false
}

// lookAlike names a letter that is not what it looks like: people copy names from pages that have such.
func lookAlike(c string) string {
	for _, r := range c {
		if r > unicode.MaxASCII && unicode.IsLetter(r) {
			return fmt.Sprintf("; the letter %c here is %U", r, r)
		}
	}
	return ""
}

// fold takes from a column's name what people change without meaning it: case, blanks, quotes, a byte order mark.
func fold(c string) string {
	return strings.ToLower(strings.Trim(c, " \t\u00a0\ufeff\"'"))
}

// less gives those of a that are not in b, as often as they are missing.
func less(a, b []string) []string {
	left := map[string]int{}
	for _, c := range b {
		left[c]++
	}
	var out []string
	for _, c := range a {
		if left[c]--; left[c] < 0 {
			out = append(out, c)
		}
	}
	return out
}

// shared gives those of want that are in cells.
func shared(cells, want []string) []string {
	var folded []string
	for _, c := range cells {
		folded = append(folded, fold(c))
	}
	var out []string
	for _, c := range want {
		if slices.Contains(folded, fold(c)) {
			out = append(out, c)
		}
	}
	return out
}

func count1(list []string, c string) int {
	n := 0
	for _, l := range list {
		if l == c {
			n++
		}
	}
	return n
}
