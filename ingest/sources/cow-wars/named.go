package cowwars

import (
	_ "embed" // the table
	"encoding/csv"
	"fmt"
	"strings"
	"sync"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/cow"
)

// statesCSV has the parties without a number that plainly are a state of the registry: by the war and the name in the
// file, with the number by which the list of Gleditsch and Ward counts the state on those days. It is made by hand, each
// row with what the name stands for; what is not in it is nobody's.
//
//go:embed states.csv
var statesCSV string

// namedParty is a party as the file names it.
type namedParty struct{ war, name string }

var namedStates = sync.OnceValues(func() (map[namedParty]graph.Code, error) {
	rows, err := csv.NewReader(strings.NewReader(statesCSV)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("states.csv: %w", err)
	}
	states := map[namedParty]graph.Code{}
	for _, r := range rows[1:] {
		states[namedParty{r[0], r[1]}] = graph.ParseCode(r[2])
	}
	return states, nil
})

// nameState finds the state that a party without a number is, if the table has it and the registry counts one actor
// under the number on every day that its time may have had.
func (r *reader) nameState(war string, p *party) {
	code, ok := r.named[namedParty{war, p.name}]
	if !ok {
		return
	}
	var who graph.ActorKey
	for _, period := range p.periods {
		days, held := period.Bounds().Possible(), false
		for _, h := range r.states.Ever(code.Scheme, code.Value) {
			if h.Valid.From <= days.From && days.To <= h.Valid.To && (who == "" || who == h.Actor) {
				who, held = h.Actor, true
			}
		}
		if !held {
			return
		}
	}
	p.state = who
	p.note = cow.Sentences(p.note, fmt.Sprintf("The dataset names it %s, without a number: it was no member of the state system. It is number %s of the list of Gleditsch and Ward on these days.", p.name, code.Value))
}
