package cow

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

// A Stay is one state's time in a dispute or an incident, as a row of the dataset has it. Where the state's number
// changes hands in that time it is two participations, one for each holder.
type Stay struct {
	Ccode   int           // the number of the state
	Held    []ingest.Held // in order of time
	Counted string        // a note, where the list of states has nobody of this number in these days
}

// Holders reads who held the number of a state, in a column, in the days of the row; dated is the column that lacks if the
// row has no date. The number decides; the text beside it, which spells one state in several ways and two states in
// one, is not read. A period that is cut short by the end of the
// data is looked up by its last coded day. Where nobody held a number in these days, it names the only one who ever did:
// the dataset says that it took part, and the list of states says only since when it counts it.
func (c *Cells) Holders(roster *ingest.Roster, column, dated string, coded, period graph.Period) Stay {
	number, ok := c.Number(column)
	if !ok || coded.Start.IsZero() && coded.End.IsZero() {
		if ok && len(c.Bad) == 0 {
			c.Mistake(dated, "without a date nobody can say who held the number of the state", "a year at least")
		}
		return Stay{}
	}
	found, err := roster.Holders("cow", c.Row.Get(column), coded)
	if err != nil {
		rule, suggestion := ingest.Unresolved(err)
		c.Mistake(column, rule, suggestion)
		return Stay{}
	}
	last := &found[len(found)-1]
	last.Period = last.Period.EndingAs(period)
	return Stay{Ccode: number, Held: found, Counted: roster.Counted(*last, "cow", c.Row.Get(column))}
}

// Split tells in a note that a row became several participations.
func (st Stay) Split(roster *ingest.Roster) string {
	if len(st.Held) < 2 {
		return ""
	}
	var who []string
	for _, h := range st.Held {
		who = append(who, roster.NameOn(h.Actor, StartOf(h.Period)))
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
