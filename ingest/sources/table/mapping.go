package usertable

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/encoding"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/form"
)

// A mapping is a checked mapping file, ready to be asked what a row becomes.
type mapping struct {
	file   string // its name
	size   int64
	source graph.Source
	last   graph.Date // that it looks at
	layout layout
	uses   []use // every column that it names

	key          []string
	group        bool
	only, except []choice
	until        []choice // the row that ends the table
	lookups      map[string]map[string]target
	actors       []graph.ActorFacts
	works        []graph.Work
	entries      []*entry
}

// A layout is what the mapping says of how the file is laid out.
type layout struct {
	comma   rune // 0: what the header shows
	charset encoding.Encoding
	header  int // the line of the header; 0: the first with anything in it
	sheet   string
	missing map[string]bool
}

// A use is a place at which the mapping names a column.
type use struct {
	column string
	at     *form.Node
}

// A choice is of rows: those with one of the cells in the column.
type choice struct {
	column string
	cells  map[string]bool
}

// A target is whom a lookup means.
type target struct {
	code   graph.Code // of a state; or
	actor  graph.ActorKey
	nobody bool
}

// An entry says what a row becomes.
type entry struct {
	held    *tenancy // of rows that are tenures, which have nothing of the below but when, texts and cites
	kind    graph.EngagementKind
	when    []choice
	title   *cell
	date    *date
	from    *date
	to      *date
	topics  []*cell
	texts   map[string]*cell // place, summary, form, level …, by field
	parties []*party
	host    *party
	stages  []*stage
	cites   []*cite
	open    bool // of an agreement: there are parties that are not in the table
}

// A cell is a value that is made of cells of the row.
type cell struct {
	field     string
	of        template
	values    map[string]string
	other     string // what every other cell means, if values do not say it
	separator []string
	missing   map[string]bool
	words     []string
}

// A date is one that is made of cells of the row.
type date struct {
	field            string
	of               template
	formats          []*dateFormat
	year, month, day string
	values           map[string]string
	missing          map[string]bool
}

// A party says who takes part.
type party struct {
	of        []template // one for each column
	marked    []marked   // columns for one actor each
	marks     map[string]bool
	unmarked  map[string]bool
	several   bool // there are several columns, of which some may be empty
	codes     string
	lookup    string
	separator []string
	role      graph.Role
	texts     map[string]*cell
	from, to  *date
	stages    []*stage
	persons   *cell // who acted for it …
	offices   *cell // … in which office
	owes      []*obligation
	optional  bool
}

// A marked column is for one actor; what stands in it tells whether that one takes part.
type marked struct {
	column string
	of     target
}

// An obligation is what a party owes, to some or to every other.
type obligation struct {
	types      []*cell
	toward     *party
	conditions *cell
	from, to   *date
}

type stage struct {
	kind graph.StageKind
	date *date
	note *cell
}

type cite struct {
	work, locator, quote *cell
	supports             string
}

// columns checks that a file has every column that the mapping names, once.
func (m *mapping) columns(file string, header []string) ingest.Mistakes {
	var bad ingest.Mistakes
	told := map[string]bool{}
	for _, u := range m.uses {
		n := 0
		for _, h := range header {
			if clean(h) == clean(u.column) {
				n++
			}
		}
		if n == 1 && slices.Contains(header, u.column) || told[u.column] {
			continue
		}
		told[u.column] = true
		at := ingest.Mistake{File: m.file, Line: u.at.Line, Column: u.at.Col, Value: u.column}
		switch {
		case n > 1:
			at.Rule, at.Suggestion = fmt.Sprintf("%d columns of %s are called so", n, file), "give each its own name"
		case n == 1:
			i := slices.IndexFunc(header, func(h string) bool { return clean(h) == clean(u.column) })
			at.Rule, at.Suggestion = fmt.Sprintf("the column of %s is written otherwise", file), fmt.Sprintf("%q, with its blanks", header[i])
		default:
			at.Rule, at.Suggestion = "no column of "+file+" is called so", form.DidYouMean(u.column, slices.Compact(slices.Sorted(slices.Values(header))))
			if at.Suggestion == "" {
				at.Suggestion = "its columns are " + form.Clip(strings.Join(header, ", "))
				if slices.Contains(header, "") {
					at.Suggestion += "; if they are named further down, say in which line: file: {header: 3}"
				}
			}
		}
		bad = append(bad, at)
	}
	return bad
}
