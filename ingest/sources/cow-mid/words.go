package cowmid

import (
	"fmt"

	"github.com/entente-graph/entente/ingest/cow"
)

// sides names who stands against whom, those first who were in it from the beginning.
func (r *reader) sides(parties []party, between string) string {
	return cow.Against(r.states, parties, func(p party) (string, cow.Stay) { return p.side, p.Stay }, between)
}

// miscount says where the numbers of states that MIDA has for the two sides are not those of the rows in MIDB.
func miscount(parties []party, sideA, sideB int) string {
	if sideA < 0 || sideB < 0 || sideA+sideB == len(parties) {
		return ""
	}
	return fmt.Sprintf("The dataset counts %s on side A and %d on side B, and lists %s of participants.", cow.Count(sideA, "state"), sideB, cow.Count(len(parties), "row"))
}
