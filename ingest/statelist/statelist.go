// Package statelist is what sources share that read a list of states: who was counted as one, from when to when.
//
// A list is an organisation here, of the sort that nobody founded and that never acts: whom it counts are its members, for
// as long as it counts them. So the questions that there are for organisations (who belongs to it, on a day, since
// when) are answered for it too, and what the registry says of a state's existence stands beside what the list says.
package statelist

import (
	"fmt"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// A List is a list of states.
type List struct {
	Source graph.SourceKey
	Slice  graph.SliceID
	Of     graph.ActorFacts // the list as an organisation
	Number string           // the scheme of its numbers, as cow
	Letter string           // the scheme of its abbreviations, as cowc
	Prefix string           // what keys of memberships begin with
}

// A Spell is a row of a list: a number, and from when to when it was counted.
type Spell struct {
	Row     table.Row
	Number  string // where it stands
	Letters string // where the abbreviation stands
	Start   graph.Date
	Last    graph.Date // the last day that is counted
	Open    bool       // the list ends on it, and the state is still counted
}

// Statement is what the list says of itself.
func (l *List) Statement() (graph.Statement, error) {
	of := l.Of
	return graph.NewStatement(l.Source, l.Slice, &of, "")
}

// Key is the key of a spell's membership: number and first day, which a newer version of a list keeps.
func (l *List) Key(s Spell) string {
	return fmt.Sprintf("%s%s-%s", l.Prefix, s.Row.Get(s.Number), s.Start)
}

// Rows makes the rows of a spell: a membership of whoever held the number in these days, or where it changed hands one of each.
// bad is what is wrong with the row already.
func (l *List) Rows(roster *ingest.Roster, s Spell, bad []ingest.Mistake) ([]ingest.Row, error) {
	var held []ingest.Held
	if len(bad) == 0 {
		held, bad = l.members(roster, s)
	}
	records := []ingest.Record{s.Row.Record()}
	if len(bad) > 0 {
		key := ""
		if s.Row.Bad() == nil && !s.Start.IsZero() {
			key = l.Key(s)
		}
		return []ingest.Row{ingest.Quarantine(graph.Slice{Source: l.Source, ID: l.Slice}, graph.StatementMembership, key, records, bad)}, nil
	}
	var rows []ingest.Row
	for i, h := range held {
		m := &graph.Membership{
			Key: graph.MembershipKey(l.Key(s)), Member: h.Actor, Organization: l.Of.Key, Status: graph.MemberFull, Period: h.Period,
			Citations: []graph.Citation{{Source: l.Source, Locator: fmt.Sprintf("%s %s from %s", s.Number, s.Row.Get(s.Number), s.Start)}},
		}
		if i > 0 {
			m.Key += graph.MembershipKey("/" + string(h.Actor) + "-" + h.Period.Start.EDTF())
		}
		st, err := graph.NewStatement(l.Source, l.Slice, m, s.Row.Locator())
		if err != nil {
			return nil, err
		}
		rows = append(rows, ingest.Row{Statement: st, Records: records})
	}
	return rows, nil
}

// members finds whose spell it is. The number decides. On a day that a list has under one number twice, for the state that
// ends and for its successor, the abbreviation tells of which of them the row is.
func (l *List) members(roster *ingest.Roster, s Spell) ([]ingest.Held, []ingest.Mistake) {
	p := graph.Period{Start: s.Start, End: s.Last}
	held, err := roster.Holders(l.Number, s.Row.Get(s.Number), p)
	if err == nil && held[0].Outside { // the registry has the days of the lists, so that it is a slip
		err = roster.Nobody(l.Number, s.Row.Get(s.Number), p)
	}
	if err != nil {
		rule, suggestion := ingest.Unresolved(err)
		return nil, []ingest.Mistake{s.Row.Mistake(s.Number, rule, suggestion)}
	}
	if len(held) > 1 {
		for _, h := range roster.Ever(l.Letter, s.Row.Get(s.Letters)) {
			if h.Valid.From <= s.Start.Earliest() && s.Last.Latest() < h.Valid.To {
				held = []ingest.Held{{Actor: h.Actor, Period: p}}
			}
		}
	}
	if s.Open {
		last := &held[len(held)-1].Period
		*last = graph.Observed(last.Start, s.Last.Latest())
	}
	return held, nil
}

// Members lists everyone who ever held a number of the list, behind the list itself: of whom it says all, since it says who
// is not counted as well.
func (l *List) Members(registry []graph.ActorFacts) []graph.ActorKey {
	keys := []graph.ActorKey{l.Of.Key}
	for _, a := range registry {
		for _, id := range a.Identifiers {
			if id.Scheme == l.Number {
				keys = append(keys, a.Key)
				break
			}
		}
	}
	return keys
}
