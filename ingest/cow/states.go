package cow

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

// A Registry gives what the registry of states says of every state. The source asks once, when it first needs it.
type Registry func() ([]graph.ActorFacts, error)

// States is the registry, as these datasets ask it: by COW number and day.
type States struct {
	roster *ingest.Roster
	facts  map[graph.ActorKey]graph.ActorFacts
}

// Once asks the registry when it is first needed, and keeps what it says.
func (g Registry) Once() func() (*States, error) {
	return sync.OnceValues(func() (*States, error) {
		all, err := g()
		if err != nil {
			return nil, fmt.Errorf("asking the registry of states: %w", err)
		}
		roster, err := ingest.NewRoster(all)
		if err != nil {
			return nil, fmt.Errorf("the roster of states: %w", err)
		}
		s := &States{roster: roster, facts: map[graph.ActorKey]graph.ActorFacts{}}
		for _, a := range all {
			s.facts[a.Key] = a
		}
		return s, nil
	})
}

// Name gives what an actor was called in English on a day: the Ottoman Empire in 1853.
func (s *States) Name(key graph.ActorKey, day graph.Day) string {
	for _, n := range s.facts[key].Names {
		if n.Lang == "en" && (n.Period.IsZero() || n.Period.Holds(day, graph.Possible)) {
			return n.Text
		}
	}
	return s.roster.Name(key)
}

// A Stay is one state's time in a dispute or an incident, as a row of the dataset has it. Where the state's number
// changes hands in that time it is two participations, one for each holder.
type Stay struct {
	Ccode   int    // the number of the state
	Held    []Held // in order of time
	Outside string // who alone held the number at other times, and when; empty where it was held in these days
}

// A Held is who held the number, for how long.
type Held struct {
	Actor  graph.ActorKey
	Period graph.Period
}

// Holders reads who held the number of a state, in a column, in the days of the row; dated is the column that lacks if the
// row has no date. The number decides; the text beside it, which spells one state in several ways and two states in
// one, is not read. A period that is cut short by the end of the
// data is looked up by its last coded day. Where nobody held a number in these days, it names the only one who ever did:
// the dataset says that it took part, and the list of states says only since when it counts it.
func (c *Cells) Holders(s *States, column, dated string, coded, period graph.Period) Stay {
	number, ok := c.Number(column)
	if !ok || coded.Start.IsZero() && coded.End.IsZero() {
		if ok && len(c.Bad) == 0 {
			c.Mistake(dated, "without a date nobody can say who held the number of the state", "a year at least")
		}
		return Stay{}
	}
	found, err := s.roster.Holders("cow", c.Row.Get(column), coded)
	var nobody *ingest.NobodyError
	if errors.As(err, &nobody) {
		c.Mistake(column, nobody.Rule, nobody.Suggestion)
		return Stay{}
	}
	if err != nil {
		c.Mistake(column, err.Error(), "")
		return Stay{}
	}
	st := Stay{Ccode: number}
	for i, h := range found {
		if i == len(found)-1 {
			h.Period.End, h.Period.Why = period.End, period.Why
		}
		st.Held = append(st.Held, Held{h.Actor, h.Period})
		if h.Outside {
			st.Outside = s.roster.Outside("cow", c.Row.Get(column))
		}
	}
	return st
}

// Listed tells in a note that the dataset counts a state in days on which the list of states does not.
func (st Stay) Listed() string {
	return Say(st.Outside != "", "Counted by the dataset under number %d, which the list of states gives to %s.", st.Ccode, st.Outside)
}

// Split tells in a note that a row became several participations.
func (st Stay) Split(s *States) string {
	if len(st.Held) < 2 {
		return ""
	}
	var who []string
	for _, h := range st.Held {
		who = append(who, s.Name(h.Actor, StartOf(h.Period)))
	}
	return fmt.Sprintf("One row of the dataset, of state %d, divided where the number passed from %s; what it says of action, hostility and deaths is of the whole.", st.Ccode, strings.Join(who, " to "))
}

// StartOf is the day by which a period is ordered.
func StartOf(p graph.Period) graph.Day {
	if p.Start.IsZero() {
		return p.Bounds().StartMin
	}
	return p.Start.Earliest()
}

// CompareDates orders dates by the first day each may be, then the last.
func CompareDates(a, b graph.Date) int {
	return cmp.Or(cmp.Compare(a.Earliest(), b.Earliest()), cmp.Compare(a.Latest(), b.Latest()))
}
