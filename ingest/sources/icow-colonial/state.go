package icowcolonial

import (
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// A state is a row as understood: how one state came to be, and what became of it.
type state struct {
	row       table.Row
	self      *party
	from      *party // of whom it became independent; nil: of nobody
	ruler     string // who mainly ruled it as a colony, by name
	on        graph.Date
	how       string // formation, decolonization, secession, partition
	violent   bool
	secession *change // a secession that is another event than the independence
	seceded   bool    // or the same
	merger    *change
	notes     string
}

// A change is another step of a state: away from a state, or into one.
type change struct {
	state   party // who it was then
	other   party
	on      graph.Date
	violent bool
}

// state understands a row.
func (r *reader) state(row table.Row) (*state, []ingest.Mistake) {
	if m := row.Bad(); m != nil {
		return nil, []ingest.Mistake{*m}
	}
	c := &cells{reader: r, row: row}
	if !table.IsNumber(row.Get("State")) {
		c.mistake("State", "this is not the number of a state", "a number of the COW list")
	}
	s := &state{row: row, on: c.date("IndDate"), violent: c.flag("IndViol")}
	if s.how = r.book.Becomes("IndType", row.Get("IndType")); s.how == "" {
		c.mistake("IndType", "this is not in the codebook", "1 formation, 2 decolonization, 3 secession, 4 partition")
	}
	if n := row.Get("Notes"); n != missing {
		s.notes = strings.TrimSpace(n)
	}
	if len(c.bad) > 0 {
		return nil, c.bad
	}
	s.self = c.self(s.on)
	s.from = c.party("IndFrom", s.on)
	if ruler := c.party("ColRuler", s.on); ruler != nil {
		s.ruler = r.roster.NameOn(ruler.actor, s.on.Earliest())
	}
	s.secession = c.change("SecFrom", "SecDate")
	if s.secession != nil {
		s.secession.violent = c.flag("SecViol")
	} else if row.Get("SecFrom") == missing && row.Get("SecViol") != missing {
		c.mistake("SecViol", "there is no secession that it could be of: SecFrom is -9", "-9")
	}
	s.merger = c.change("Into", "IntoDate")
	if len(c.bad) > 0 {
		return nil, c.bad
	}
	if x := s.secession; x != nil && x.on == s.on && s.from != nil && x.other.actor == s.from.actor {
		s.secession, s.seceded = nil, true
	}
	return s, nil
}

// change reads a step that a row may have: the other state and the date, both or neither.
func (c *cells) change(field, date string) *change {
	switch other, on := c.row.Get(field), c.row.Get(date); {
	case other == missing && on == missing:
		return nil
	case other == missing:
		c.mistake(date, "there is a date, and "+field+" is -9", "-9")
		return nil
	}
	before := len(c.bad)
	x := &change{on: c.date(date)}
	if len(c.bad) > before {
		return nil
	}
	if p := c.party(field, x.on); p != nil {
		x.other = *p
	}
	if p := c.self(x.on); p != nil {
		x.state = *p
	}
	if len(c.bad) > before {
		return nil
	}
	return x
}

// statements makes the acts of a row, and where it succeeded somebody what it says of the state.
func (s *state) statements(r *reader) []any {
	independence := s.act(r, "independence", graph.ActIndependence, s.on, *s.self, s.from)
	independence.Summary = s.summary()
	all := []any{independence}
	if x := s.secession; x != nil {
		act := s.act(r, "secession", graph.ActIndependence, x.on, x.state, &x.other)
		act.Summary = "Secession, " + violence(x.violent) + "."
		all = append(all, act)
	}
	if x := s.merger; x != nil && x.other.actor != x.state.actor {
		act := s.act(r, "merger", graph.ActTransfer, x.on, x.other, &x.state)
		act.Summary = "The whole state merged into the other."
		all = append(all, act)
	}
	if facts := s.succession(); facts != nil {
		all = append(all, facts)
	}
	return all
}

// act makes an act by one toward another, who may be nobody.
func (s *state) act(r *reader, what string, of graph.ActType, on graph.Date, by party, toward *party) *graph.Act {
	a := &graph.Act{Type: of, EngagementBase: graph.EngagementBase{
		Key: keyOf(s.row.Get("State"), what), Kind: graph.KindAct, Topics: []graph.Topic{graph.TopicTerritory}, Period: graph.On(on),
		Titles:         []graph.Name{{Text: s.title(r, what, on, by, toward), Lang: "en"}},
		Participations: []graph.Participation{{Actor: by.actor, Role: graph.RoleBy, Note: by.note}},
		Citations:      []graph.Citation{{Source: Key, Locator: "State " + s.row.Get("State")}},
	}}
	if toward != nil && toward.actor != by.actor {
		a.Participations = append(a.Participations, graph.Participation{Actor: toward.actor, Role: graph.RoleToward, Note: toward.note})
	}
	return a
}

// succession says whom the state succeeded: that of which it became independent, if that is another.
func (s *state) succession() *graph.ActorFacts {
	f := &graph.ActorFacts{
		Key: s.self.actor, Kind: graph.KindState,
		Citations: []graph.Citation{{Source: Key, Locator: "State " + s.row.Get("State")}},
	}
	if s.from != nil && s.from.actor != s.self.actor {
		f.Succeeds = append(f.Succeeds, graph.Succession{Actor: s.from.actor, Date: s.on, Note: s.how})
	}
	if x := s.secession; x != nil && x.state.actor == s.self.actor && x.other.actor != s.self.actor {
		f.Succeeds = append(f.Succeeds, graph.Succession{Actor: x.other.actor, Date: x.on, Note: "secession"})
	}
	if len(f.Succeeds) == 0 {
		return nil
	}
	return f
}
