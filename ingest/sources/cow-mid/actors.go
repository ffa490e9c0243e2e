package cowmid

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

// states is the registry, as this dataset asks it: by COW number and day.
type states struct {
	roster *ingest.Roster
	facts  map[graph.ActorKey]graph.ActorFacts
}

func (g Registry) once() func() (*states, error) {
	return sync.OnceValues(func() (*states, error) {
		all, err := g()
		if err != nil {
			return nil, fmt.Errorf("asking the registry of states: %w", err)
		}
		roster, err := ingest.NewRoster(all)
		if err != nil {
			return nil, fmt.Errorf("the roster of states: %w", err)
		}
		s := &states{roster: roster, facts: map[graph.ActorKey]graph.ActorFacts{}}
		for _, a := range all {
			s.facts[a.Key] = a
		}
		return s, nil
	})
}

// name gives what an actor was called in English on a day: the Ottoman Empire in 1853.
func (s *states) name(key graph.ActorKey, day graph.Day) string {
	for _, n := range s.facts[key].Names {
		if n.Lang == "en" && (n.Period.IsZero() || n.Period.Holds(day, graph.Possible)) {
			return n.Text
		}
	}
	return s.roster.Name(key)
}

// A stay is one state's time in a dispute or an incident, as a row of the dataset has it. Where the state's number
// changes hands in that time it is two participations, one for each holder.
type stay struct {
	ccode   int    // the number of the state
	held    []held // in order of time
	outside string // who alone held the number at other times, and when; empty where it was held in these days
}

type held struct {
	actor  graph.ActorKey
	period graph.Period
}

// holders reads who held the number of a state in the days of the row. The number decides; the text beside it, which spells
// one state in several ways and two states in one, is not read. A period that is cut short by the end of the
// data is looked up by its last coded day. Where nobody held a number in these days, it names the only one who ever did:
// the dataset says that it took part, and the list of states says only since when it counts it.
func (c *cells) holders(s *states, coded, period graph.Period) stay {
	number, ok := c.number("ccode")
	if !ok || coded.Start.IsZero() && coded.End.IsZero() {
		if ok && len(c.bad) == 0 {
			c.mistake("styear", "without a date nobody can say who held the number of the state", "a year at least")
		}
		return stay{}
	}
	found, err := s.roster.Holders("cow", c.row.Get("ccode"), coded)
	var nobody *ingest.NobodyError
	if errors.As(err, &nobody) {
		c.mistake("ccode", nobody.Rule, nobody.Suggestion)
		return stay{}
	}
	if err != nil {
		c.mistake("ccode", err.Error(), "")
		return stay{}
	}
	st := stay{ccode: number}
	for i, h := range found {
		if i == len(found)-1 {
			h.Period.End, h.Period.Why = period.End, period.Why
		}
		st.held = append(st.held, held{h.Actor, h.Period})
		if h.Outside {
			st.outside = s.roster.Outside("cow", c.row.Get("ccode"))
		}
	}
	return st
}

// listed tells in a note that the dataset counts a state in days on which the list of states does not.
func (st stay) listed() string {
	return say(st.outside != "", "Counted by the dataset under number %d, which the list of states gives to %s.", st.ccode, st.outside)
}

// split tells in a note that a row became several participations.
func (st stay) split(s *states) string {
	if len(st.held) < 2 {
		return ""
	}
	var who []string
	for _, h := range st.held {
		who = append(who, s.name(h.actor, startOf(h.period)))
	}
	return fmt.Sprintf("One row of the dataset, of state %d, divided where the number passed from %s; what it says of action, hostility and deaths is of the whole.", st.ccode, strings.Join(who, " to "))
}

// startOf is the day by which a period is ordered.
func startOf(p graph.Period) graph.Day {
	if p.Start.IsZero() {
		return p.Bounds().StartMin
	}
	return p.Start.Earliest()
}

func compareDates(a, b graph.Date) int {
	return cmp.Or(cmp.Compare(a.Earliest(), b.Earliest()), cmp.Compare(a.Latest(), b.Latest()))
}
