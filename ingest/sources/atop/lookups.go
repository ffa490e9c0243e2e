package atop

import (
	_ "embed" // the codebook
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/entente-graph/entente/graph"
)

// lookups is the codebook as data that anybody can check, as far as it is read: what the codes of an end mean and which
// stage of an agreement that is, what an obligation is conditional on, and members whose number is in no list of states.
//
//go:embed lookups.csv
var lookups string

// A meaning is what the codebook says of one code.
type meaning struct {
	words string
	stage graph.StageKind
}

// A codebook gives the meanings of each column by code, as written.
type codebook struct {
	meanings map[string]map[string]meaning
}

var theCodebook = sync.OnceValues(func() (*codebook, error) {
	rows, err := csv.NewReader(strings.NewReader(lookups)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("lookups.csv: %w", err)
	}
	book := &codebook{meanings: map[string]map[string]meaning{}}
	for _, r := range rows[1:] {
		if book.meanings[r[0]] == nil {
			book.meanings[r[0]] = map[string]meaning{}
		}
		book.meanings[r[0]][r[1]] = meaning{r[2], graph.StageKind(r[3])}
	}
	return book, nil
})

// known lists the codes of a column: the suggestion for one that it has not.
func (b *codebook) known(column string) string {
	var codes []string
	for code := range b.meanings[column] {
		if code != "" {
			codes = append(codes, code)
		}
	}
	slices.Sort(codes)
	return strings.Join(codes, ", ")
}

// An owing is a kind of obligation: its column, and the columns of what it may be conditional on.
type owing struct {
	column     string
	kind       graph.ObligationType
	words      string
	conditions []string
}

// owings are the obligations that the member level codes, in the order of its columns.
var owings = []owing{
	{"defense", graph.ObligationDefense, "defence", split("defcoadv,defcoloc,defcocon,defconum,defcodem,defconpr")},
	{"offense", graph.ObligationOffense, "offence", split("offcoadv,offcoloc,offcocon,offconum,offcodem")},
	{"neutral", graph.ObligationNeutrality, "neutrality", split("neucoadv,neucoloc,neucocon,neuconum,neucodem,neuconpr,neucoatt")},
	{"nonagg", graph.ObligationNonAggression, "non-aggression", nil},
	{"consul", graph.ObligationConsultation, "consultation", split("concoadv,concoloc,concocon,concoreq")},
}
