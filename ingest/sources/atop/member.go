package atop

import (
	"fmt"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// A member is one row of the member level: a state's time in an alliance, or in one phase of it, and what it owed then.
type member struct {
	cells
	number         string
	phase          int
	period         graph.Period
	held           []ingest.Held // in order of time
	owes           map[graph.ObligationType]string
	term, mode     string // how it ended
	cause          string
	inSystem       bool
	varies, limits bool
}

func (r *reader) member(row table.Row, h *head) *member {
	m := &member{cells: cells{row: row}, number: row.Get("member"), owes: map[graph.ObligationType]string{}}
	m.version()
	m.period = m.cells.period([3]string{"yrent", "moent", "dayent"}, [3]string{"yrexit", "moexit", "dayexit"}) //nolint:misspell // a column
	m.phase, _ = m.cells.number("phase", 0, max(h.maxphase, 0), fmt.Sprintf("a phase of this alliance, whose maxphase is %d", h.maxphase))
	m.inSystem = m.flag("cowsys")
	m.varies = m.flag("obvary")
	m.limits = m.flag("olimob")
	m.term, m.mode, m.cause = m.code(r.book, "term"), m.code(r.book, "termmode"), m.code(r.book, "termcaus")
	for _, o := range owings {
		m.owe(r.book, o)
	}
	if len(m.bad) == 0 {
		m.find(r)
	}
	return m
}

// owe reads one kind of obligation with its conditions, in the words of the codebook.
func (m *member) owe(book *codebook, o owing) {
	owed := m.flag(o.column)
	var only []string
	for _, c := range o.conditions {
		switch {
		case !m.flag(c):
		case !owed:
			m.mistake(c, fmt.Sprintf("this is a condition of an obligation that the member does not have (%s is 0)", o.column), "0, or "+o.column+" 1")
		default:
			only = append(only, book.meanings[c]["1"].words)
		}
	}
	if !owed {
		return
	}
	var words []string
	if len(only) > 0 {
		words = append(words, "conditional on "+strings.Join(only, ", "))
	}
	if m.varies {
		words = append(words, "not the same toward every member (obvary 1): the file does not say toward whom")
	}
	m.owes[o.kind] = strings.Join(words, "; ")
}

// find finds who the member is: the holder of its number on its own days, or where nobody held it then the only one who
// ever did. ATOP has members from before and from outside of the list of states, and says of most that they are (cowsys 0).
func (m *member) find(r *reader) {
	if key, ok := r.book.meanings["member"][m.number]; ok {
		m.held = []ingest.Held{{Actor: graph.ActorKey(key.words), Period: m.period}}
		return
	}
	if !isNumber(m.number) {
		m.mistake("member", "this is not the number of a state", "a whole number")
		return
	}
	var err error
	if m.held, err = r.states.Holders("cow", m.number, m.period); err == nil {
		return
	}
	rule, suggestion := ingest.Unresolved(err)
	m.mistake("member", rule, suggestion)
}

// meets tells whether two rows share time. That one begins on the day on which the other ends is no shared time: so the
// file writes one phase after another.
func (m *member) meets(other *member) bool { return meet(m.period, other.period) }

func meet(p, q graph.Period) bool {
	before := func(p, q graph.Period) bool {
		return !p.End.IsZero() && p.End.Earliest() <= q.Start.Earliest()
	}
	if p.Start == q.Start {
		return true
	}
	return !before(p, q) && !before(q, p)
}
