package desta

import (
	_ "embed" // the decisions
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/entente-graph/entente/graph"
)

// lookups are decisions about cells that do not say what they seem to, each with its reason: the value of a field, in
// which rows (all, where empty) and up to which year, and what it means. Without a meaning it is not read.
//
//go:embed lookups.csv
var lookups string

type decision struct {
	value   string
	rows    []string
	until   int
	meaning string
}

// decisions are the lookups by field.
type decisions struct{ byField map[string][]decision }

var theDecisions = sync.OnceValues(func() (*decisions, error) {
	rows, err := csv.NewReader(strings.NewReader(lookups)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("lookups.csv: %w", err)
	}
	d := &decisions{map[string][]decision{}}
	for i, r := range rows[1:] {
		one := decision{value: r[1], rows: strings.Fields(r[2]), meaning: r[4]}
		if r[3] != "" {
			if one.until, err = strconv.Atoi(r[3]); err != nil {
				return nil, fmt.Errorf("lookups.csv, row %d: %w", i+2, err)
			}
		}
		d.byField[r[0]] = append(d.byField[r[0]], one)
	}
	return d, nil
})

// of gives what is decided about the value of a field in a row of a date.
func (d *decisions) of(field, value, row string, date graph.Date) (meaning string, ok bool) {
	for _, one := range d.byField[field] {
		switch {
		case one.value != value:
		case len(one.rows) > 0 && !contains(one.rows, row):
		case one.until != 0 && (date.IsZero() || date.Earliest().Time().Year() > one.until):
		default:
			return one.meaning, true
		}
	}
	return "", false
}

func contains(list []string, s string) bool {
	for _, l := range list {
		if l == s {
			return true
		}
	}
	return false
}
