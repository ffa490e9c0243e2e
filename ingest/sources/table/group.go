package usertable

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// thing makes the statement of one thing of its rows, and before it those of the persons who acted in it, or the mistakes for
// which all of its rows are put in quarantine.
func (s *Source) thing(m *load, states *registry, own string, rows []table.Row) ([]ingest.Row, error) {
	if len(rows) == 1 {
		if e := m.tenureOf(states, rows[0]); e != nil {
			return m.tenures(states, e, own, rows[0])
		}
	}
	var persons []graph.ActorFacts
	row, err := m.thing(states, own, rows, &persons)
	if err != nil || len(row.Mistakes) > 0 {
		return []ingest.Row{row}, err
	}
	all, err := m.told(persons, row.Statement.Locator, row.Records)
	if err != nil {
		return nil, err
	}
	return append(all, row), nil
}

// tenureOf gives the entry of a row that is of somebody in an office; nil of any other.
func (m *mapping) tenureOf(states *registry, row table.Row) *entry {
	if !m.anyTenures() {
		return nil
	}
	r := &reading{mapping: m, states: states, row: row}
	if e := r.entryOf(); e != nil && e.held != nil {
		return e
	}
	return nil // an entry of another kind; or none, which whoever reads the row will say
}

func (m *mapping) anyTenures() bool {
	return slices.ContainsFunc(m.entries, func(e *entry) bool { return e.held != nil })
}

// thing makes the one row of a thing, and adds the persons who acted in it.
func (m *mapping) thing(states *registry, own string, rows []table.Row, persons *[]graph.ActorFacts) (ingest.Row, error) {
	row := ingest.Row{Statement: graph.Statement{StatementID: graph.StatementID{Source: m.source.Key, Kind: graph.StatementEngagement, Key: string(m.source.Key) + ":" + own}, Slice: graph.SliceID(m.source.Key)}}
	var whole *made
	var first table.Row
	for _, x := range rows {
		row.Records = append(row.Records, x.Record())
		r := &reading{mapping: m, states: states, row: x}
		this := r.engagement(own)
		switch {
		case len(r.bad) > 0:
		case whole == nil:
			whole, first = this, x
		default:
			r.join(whole, this, first)
		}
		row.Mistakes = append(row.Mistakes, r.bad...)
		*persons = append(*persons, r.persons...)
	}
	if len(row.Mistakes) == 0 && len(whole.Base().Participations) == 0 {
		row.Mistakes = ingest.Mistakes{{File: first.File, Line: first.Line, Byte: first.Record().From + 1, Value: own, Rule: "nobody takes part in it", Suggestion: "somebody must be named, or leave the row out"}}
	}
	if len(row.Mistakes) > 0 {
		row.Mistakes.Sort()
		return row, nil
	}
	if a, ok := whole.Engagement.(*graph.Agreement); ok {
		slices.SortStableFunc(a.Stages, func(s, t graph.Stage) int { return cmp.Compare(s.Date.Earliest(), t.Date.Earliest()) })
	}
	var err error
	row.Statement, err = graph.NewStatement(m.source.Key, graph.SliceID(m.source.Key), whole.Engagement, fmt.Sprintf("%s:%d", first.File, first.Line))
	return row, err
}

// join adds what a further row of a thing says. Who takes part, stages, topics and citations add up; all else must be the same.
func (r *reading) join(whole, more *made, first table.Row) {
	a, b := whole.Base(), more.Base()
	if a.Kind != b.Kind {
		r.mistake("", fmt.Sprintf("this row is %s, and line %d, which has the same key, is %s", a.Kind, first.Line, b.Kind), "")
		return
	}
	for _, field := range slices.Sorted(maps.Keys(more.values)) {
		was, is := whole.values[field], more.values[field]
		if was.text != is.text {
			r.mistake(is.column, fmt.Sprintf("the %s of this row is %q, and that of line %d, which has the same key, is %q", field, is.text, first.Line, was.text), "rows of one thing say the same of it; or name more columns under rows: key")
		}
	}
	a.Participations = joined(a.Participations, b.Participations)
	for _, t := range b.Topics {
		if !slices.Contains(a.Topics, t) {
			a.Topics = append(a.Topics, t)
		}
	}
	for _, c := range b.Citations {
		if !slices.Contains(a.Citations, c) {
			a.Citations = append(a.Citations, c)
		}
	}
	if x, ok := whole.Engagement.(*graph.Agreement); ok {
		x.Obligations = owing(x.Obligations, more.Engagement.(*graph.Agreement).Obligations) //nolint:forcetypeassert // the kinds are the same
		for _, s := range more.Engagement.(*graph.Agreement).Stages {                        //nolint:forcetypeassert // the kinds are the same
			if !slices.ContainsFunc(x.Stages, func(t graph.Stage) bool { return t.Stage == s.Stage && t.Party == s.Party && t.Date == s.Date }) {
				x.Stages = append(x.Stages, s)
			}
		}
	}
}
