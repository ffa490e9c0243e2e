package gdelt

import (
	_ "embed" // the codebook
	"encoding/csv"
	"fmt"
	"strings"
	"sync"

	"github.com/entente-graph/entente/graph"
)

//go:embed lookups.csv
var lookupsText string

// codebook is CAMEO as far as it is read.
type codebook struct {
	countries map[string]string // codes that are not ISO's, with ISO's
	regions   map[string]bool
	roles     map[string]string
	types     map[string]graph.ActType // of single codes; else the root decides
	topics    map[string]graph.Topic
}

var theCodebook = sync.OnceValues(func() (*codebook, error) {
	rows, err := csv.NewReader(strings.NewReader(lookupsText)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("the lookups of gdelt: %w", err)
	}
	b := &codebook{countries: map[string]string{}, regions: map[string]bool{}, roles: map[string]string{}, types: map[string]graph.ActType{}, topics: map[string]graph.Topic{}}
	for _, row := range rows[1:] {
		what, code, means := row[0], row[1], row[2]
		switch what {
		case "country":
			b.countries[code] = means
		case "region":
			b.regions[code] = true
		case "role":
			b.roles[code] = means
		case "type":
			b.types[code] = graph.ActType(means)
		case "topic":
			b.topics[code] = graph.Topic(means)
		default:
			return nil, fmt.Errorf("the lookups of gdelt: %q is nothing to look up", what)
		}
	}
	return b, nil
})

// typeOf gives the type of an act of a code, if it is one of CAMEO's roots: the code's own, or the root's.
func (b *codebook) typeOf(code string) (graph.ActType, bool) {
	for n := len(code); n >= 3; n-- { // 1663 is a 166
		if t, ok := b.types[code[:n]]; ok {
			return t, true
		}
	}
	if len(code) < 2 {
		return "", false
	}
	return graph.ActTypeOfRoot(code[:2])
}

// topicsOf gives what a code says the act is about; mostly nothing.
func (b *codebook) topicsOf(code string) []graph.Topic {
	for n := len(code); n >= 3; n-- {
		if t, ok := b.topics[code[:n]]; ok {
			return []graph.Topic{t}
		}
	}
	return nil
}
