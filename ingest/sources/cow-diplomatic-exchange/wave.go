package cowdiplomaticexchange

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// waves are the years in which the dataset looked.
var waves = func() []int {
	years := []int{1817, 1824, 1827, 1832, 1836, 1840}
	for _, run := range [][2]int{{1844, 1914}, {1920, 1940}, {1950, 2005}} {
		for y := run[0]; y <= run[1]; y += 5 {
			years = append(years, y)
		}
	}
	return years
}()

func waveText() string {
	return "1817, 1824, 1827, 1832, 1836, 1840, and every fifth from 1844 to 1914, from 1920 to 1940 and from 1950 to 2005"
}

// maxCode is the greatest number of a state.
const maxCode = 999

// A wave is a row: what the dataset has of two states in one of its years. It keeps no more of the row than it takes to make
// statements, for the file has hundreds of thousands.
type wave struct {
	first, second int // the numbers, as the row has them
	year          int
	atFirst       int // the level of the second state's mission at the first: DR_at_1
	atSecond      int
	exchange      bool // DE
	record        ingest.Record
}

// read understands a row, or says what is wrong with it. named tells whether it is known of which states it is.
func read(row table.Row) (w wave, bad ingest.Mistakes, named bool) {
	w.record = row.Record()
	if broken := row.Bad(); broken != nil {
		return w, ingest.Mistakes{*broken}, false
	}
	number := func(field string, ok func(n int) bool, rule, suggestion string) int {
		n, wrong := row.Int(field)
		switch {
		case wrong != nil:
			bad = append(bad, *wrong)
		case !ok(n):
			bad = append(bad, row.Mistake(field, rule, suggestion))
		}
		return n
	}
	state := func(n int) bool { return n > 0 && n <= maxCode }
	w.first = number("ccode1", state, "this is not the number of a state", fmt.Sprintf("a whole number from 1 to %d", maxCode))
	w.second = number("ccode2", state, "this is not the number of a state", fmt.Sprintf("a whole number from 1 to %d", maxCode))
	if named = len(bad) == 0; named && w.first == w.second {
		bad, named = append(bad, row.Mistake("ccode2", "a state has no mission at itself", "the number of another state")), false
	}
	w.year = number("year", func(n int) bool { return slices.Contains(waves, n) }, "version "+version+" did not look in this year", waveText())
	level := func(n int) bool { return n >= 0 && n <= 3 || n == 9 }
	const levels = "0 (none), 1 (chargé d'affaires), 2 (minister), 3 (ambassador) or 9 (other)"
	w.atFirst = number("DR_at_1", level, "this level is not in the codebook", levels)
	w.atSecond = number("DR_at_2", level, "this level is not in the codebook", levels)
	de := number("DE", func(n int) bool { return n == 0 || n == 1 }, "this is neither 0 (no) nor 1 (yes)", "0 or 1")
	w.exchange = de == 1
	if v := row.Get("version"); v != version && v != "2006.0999755859375" && v != "2006.1000" { // also as a number of single precision
		bad = append(bad, row.Mistake("version", "this row is of another version of Diplomatic Exchange", version))
	}
	return w, bad, named
}

// level is what the row says of the mission at one of the two.
func (w wave) level(code int) (level graph.RepresentationLevel, note string) {
	none := w.atFirst == 0 && w.atSecond == 0
	switch {
	case none && w.exchange:
		return graph.MissionUnknown, "The row contradicts itself: there was exchange (DE 1), and neither was represented at the other (DR 0)."
	case code == 0:
		return graph.MissionNone, ""
	case !w.exchange:
		return graph.MissionUnknown, fmt.Sprintf("The row contradicts itself: there was no exchange (DE 0), and a mission at level %d.", code)
	case code == 9:
		return graph.MissionOther, ""
	default:
		return []graph.RepresentationLevel{graph.MissionCharge, graph.MissionMinister, graph.MissionAmbassador}[code-1], ""
	}
}

// mistake says what is wrong with a row that is not at hand any more.
func (w wave) mistake(field, value, rule, suggestion string) ingest.Mistake {
	return ingest.Mistake{
		File: w.record.File, Line: w.record.Line, Column: slices.Index(list.Columns, field) + 1, Byte: w.record.From + 1,
		Field: field, Value: value, Rule: rule, Suggestion: suggestion,
	}
}

// text is a number as the row has it.
func text(n int) string { return strings.TrimSpace(strconv.Itoa(n)) }
