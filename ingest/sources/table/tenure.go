package usertable

import (
	"fmt"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/form"
	"github.com/entente-graph/entente/ingest/table"
)

// A tenancy says what a row becomes that is of somebody in an office.
type tenancy struct {
	person, office *cell
	of, at         *party
	from, to       *date
}

// tenancy reads an entry under tenures.
func (c *compiler) tenancy(n *form.Node) *entry {
	e := &entry{when: c.choices(n.Get("when")), texts: map[string]*cell{}, held: &tenancy{}}
	t := e.held
	t.person, t.office = c.cell(n, tenureShape, "person"), c.cell(n, tenureShape, "office")
	if v := n.Get("of"); v != nil {
		t.of = c.party(v, graph.RoleParty)
	}
	if v := n.Get("at"); v != nil {
		if t.at = c.party(v, graph.RoleParty); t.at != nil {
			t.at.optional = true
		}
	}
	t.from, t.to = c.date(n, "from"), c.date(n, "to")
	for _, name := range []string{"entry", "exit", "exit_how", "note"} {
		if n.Get(name) != nil {
			e.texts[name] = c.cell(n, tenureShape, name)
		}
	}
	for _, q := range n.List("cite") {
		e.cites = append(e.cites, c.cite(q))
	}
	if c.m.group {
		c.Add(n, "", "rows of one key are one thing here, and a tenure is of one row", "leave group out, or give tenures a mapping of their own")
	}
	return e
}

// tenures makes what a row says of somebody in an office: the person, and a tenure for each of those whose office it was in
// its days (the Soviet Union, then Russia); or the mistakes for which the row is put in quarantine.
func (l *load) tenures(states *registry, e *entry, own string, row table.Row) ([]ingest.Row, error) {
	r := &reading{mapping: l.mapping, states: states, row: row}
	found := r.tenures(e, own)
	records := []ingest.Record{row.Record()}
	if len(r.bad) > 0 {
		r.bad.Sort()
		id := graph.StatementID{Source: l.source.Key, Kind: graph.StatementTenure, Key: string(l.source.Key) + ":" + own}
		return []ingest.Row{{Statement: graph.Statement{StatementID: id, Slice: l.slice().ID}, Mistakes: r.bad, Records: records}}, nil
	}
	locator := fmt.Sprintf("%s:%d", row.File, row.Line)
	all, err := l.told(r.persons, locator, records)
	if err != nil {
		return nil, err
	}
	for _, t := range found {
		st, err := graph.NewStatement(l.source.Key, l.slice().ID, t, locator)
		if err != nil {
			return nil, err
		}
		all = append(all, ingest.Row{Statement: st, Records: records})
	}
	return all, nil
}

// told makes the statements of persons that were not told of yet.
func (l *load) told(persons []graph.ActorFacts, locator string, records []ingest.Record) (all []ingest.Row, err error) {
	for i := range persons {
		if l.met[persons[i].Key] {
			continue
		}
		l.met[persons[i].Key] = true
		st, err := graph.NewStatement(l.source.Key, l.slice().ID, &persons[i], locator)
		if err != nil {
			return nil, err
		}
		all = append(all, ingest.Row{Statement: st, Records: records})
	}
	return all, nil
}

func (r *reading) tenures(e *entry, own string) (out []*graph.Tenure) {
	t := e.held
	name, office := r.one(t.person), r.one(t.office)
	for _, x := range []struct {
		said said
		of   *cell
		rule string
	}{{name, t.person, "nobody is named here who held the office"}, {office, t.office, "no office is named here"}} {
		if x.said.text == "" && len(r.bad) == 0 {
			r.mistake(x.of.of.columnOf(), x.rule, "leave such rows out (rows: except)")
		}
	}
	period, column := r.period(nil, t.from, t.to)
	if period.Start.IsZero() && period.End.IsZero() && len(r.bad) == 0 {
		r.mistake(column, "there is no date here", "if that is so of some rows, leave them out (rows: except)")
	}
	if len(r.bad) > 0 {
		r.unheard(t.of)
		return nil
	}
	of, _ := r.participations(t.of, period)
	var at []graph.Participation
	if t.at != nil {
		at, _ = r.participations(t.at, period)
	}
	switch {
	case len(r.bad) > 0:
		return nil
	case len(of) == 0:
		r.mistake(t.of.column(), "nobody's office it is", "somebody must be named, or leave the row out")
		return nil
	case len(at) > 1 || len(of) > 1 && of[0].Actor == of[1].Actor:
		r.mistake(t.of.column(), "this is more than one post", "give each a row")
		return nil
	}
	said := func(field string) string { return r.one(e.texts[field]).text }
	for i, part := range of {
		person := r.person(name.text, of[0].Actor)
		if i == 0 {
			r.persons = append(r.persons, person)
		}
		held := &graph.Tenure{
			Key: graph.TenureKey(string(r.source.Key) + ":" + own), Person: person.Key, Office: office.text, Of: part.Actor, Period: period,
			Note: said("note"), Citations: r.citations(e),
		}
		if i == 0 { // who goes on in another state's office did not come into it so
			held.Entry = form.Model[graph.TenureEntry](said("entry"))
		}
		if i == len(of)-1 {
			held.Exit, held.ExitHow = form.Model[graph.TenureExit](said("exit")), said("exit_how")
		}
		if len(of) > 1 {
			held.Key += graph.TenureKey("-" + codeOf(part.Actor))
			if !part.Period.IsZero() {
				held.Period = part.Period
			}
		}
		if len(at) == 1 {
			held.At = at[0].Actor
		}
		out = append(out, held)
	}
	return out
}

// column is where somebody stands who takes part.
func (p *party) column() string {
	if len(p.of) > 0 {
		return p.of[0].columnOf()
	}
	return p.marked[0].column
}
