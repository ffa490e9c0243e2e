package usmissions

import (
	_ "embed" // the words of the file
	"encoding/csv"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

//go:embed lookups.csv
var lookupsCSV string

// levels gives the level of each status that the file has.
var levels = sync.OnceValues(func() (map[string]graph.RepresentationLevel, error) {
	rows, err := csv.NewReader(strings.NewReader(lookupsCSV)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("lookups.csv: %w", err)
	}
	all := map[string]graph.RepresentationLevel{}
	for _, row := range rows[1:] {
		all[row[0]] = graph.RepresentationLevel(row[1])
	}
	return all, nil
})

// A spell is a row of the file: a state's number, from when to when, and at which level.
type spell struct {
	row         table.Row
	bad         ingest.Mistakes
	code        string
	first, last graph.Day
	level       graph.RepresentationLevel
}

func (s *spell) mistake(field, rule, suggestion string) {
	s.bad = append(s.bad, s.row.Mistake(field, rule, suggestion))
}

var number = regexp.MustCompile(`^[1-9][0-9]{0,3}$`)

// read understands a row. The number says which state it is; the names beside it do not count.
func read(row table.Row, known map[string]graph.RepresentationLevel) *spell {
	s := &spell{row: row, code: row.Get("country_code_cow")}
	if bad := row.Bad(); bad != nil {
		s.bad = ingest.Mistakes{*bad}
		return s
	}
	if !number.MatchString(s.code) {
		s.mistake("country_code_cow", "this is not the number of a state", "a whole number, as 740")
	}
	s.first, s.last = s.day("date_start"), s.day("date_end")
	if len(s.bad) == 0 && s.last < s.first {
		s.mistake("date_end", fmt.Sprintf("the spell ends (%s) before it begins (%s)", s.last, s.first), "")
	}
	status := row.Get("us_mission_status")
	var ok bool
	if s.level, ok = known[status]; !ok {
		var words []string
		for word := range known {
			words = append(words, word)
		}
		slices.Sort(words)
		suggestion := near(status, words)
		if suggestion == "" {
			suggestion = "one of " + strings.Join(words, ", ")
		}
		s.mistake("us_mission_status", "this status is not in the codebook of version "+version, suggestion)
	}
	return s
}

// near suggests the words nearest to a text, or nothing.
func near(text string, words []string) string {
	found := graph.Nearest(text, words, 3)
	if len(found) == 0 {
		return ""
	}
	return "did you mean " + strings.Join(found, ", ") + "?"
}

var isoDay = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`)

// day reads a day, which the file always has.
func (s *spell) day(field string) graph.Day {
	text := s.row.Get(field)
	d, err := graph.ParseDay(text)
	switch {
	case err != nil || !isoDay.MatchString(text):
		s.mistake(field, "this is not a day", "year, month and day, as 1952-04-28")
		return firstDay
	case d < firstDay || d > lastDay:
		s.mistake(field, fmt.Sprintf("this is outside of what version %s covers", version), fmt.Sprintf("from %s to %s", firstDay, lastDay))
		return firstDay
	}
	return d
}

// period gives the days of the spell. One that runs to the last day of the data is cut there: how it went on is not said.
func (s *spell) period() graph.Period {
	p := graph.Period{Start: graph.DateOf(s.first), End: graph.DateOf(s.last)}
	if s.last == lastDay {
		p = graph.Observed(p.Start, lastDay)
	}
	return p
}
