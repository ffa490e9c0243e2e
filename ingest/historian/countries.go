package historian

import (
	"cmp"
	_ "embed" // the names of countries
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

// countriesCSV has a row for every name of a country (id) that the Office's files use. One that is written in two ways
// names the usual one in "as". Otherwise "code" is what the registry resolves on the day; a name that meant one state
// and then another has a row for each time, the days included. A row without a code is a country or a time for which
// the registry has no state, with the reason in "note".
//
//go:embed countries.csv
var countriesCSV string

// A Country is a name of the Office's resolved for a time.
type Country struct {
	ID   string        // the usual one of its ids, for keys
	Held []ingest.Held // who it was, in order of time; none where the registry has no state
	Note string        // why there is none
}

type countryRow struct {
	id, as, code, note string
	valid              graph.Interval
}

// countries gives the rows of an id, in order of time.
var countries = sync.OnceValues(func() (map[string][]countryRow, error) {
	rows, err := csv.NewReader(strings.NewReader(countriesCSV)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("countries.csv: %w", err)
	}
	all := map[string][]countryRow{}
	for i, r := range rows[1:] {
		row := countryRow{id: r[0], as: r[1], code: r[4], note: r[5], valid: graph.Always}
		if r[2] != "" {
			day, err := graph.ParseDay(r[2])
			if err != nil {
				return nil, fmt.Errorf("countries.csv:%d: %w", i+2, err)
			}
			row.valid.From = day
		}
		if r[3] != "" {
			day, err := graph.ParseDay(r[3])
			if err != nil {
				return nil, fmt.Errorf("countries.csv:%d: %w", i+2, err)
			}
			row.valid.To = day + 1
		}
		all[row.id] = append(all[row.id], row)
	}
	for _, rows := range all {
		slices.SortFunc(rows, func(a, b countryRow) int { return cmp.Compare(a.valid.From, b.valid.From) })
	}
	return all, nil
})

// CountryIDs gives all names that are known, sorted.
func CountryIDs() ([]string, error) {
	all, err := countries()
	if err != nil {
		return nil, err
	}
	ids := make([]string, 0, len(all))
	for id := range all {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids, nil
}

// ResolveCountry says who a name was during a period. The row that holds on its earliest day counts, and its code names
// the holders on the days. A name that is not known, and one whose code nobody held, is a NobodyError with the
// nearest names, or the holders there ever were.
func ResolveCountry(roster *ingest.Roster, id string, p graph.Period) (Country, error) {
	all, err := countries()
	if err != nil {
		return Country{}, err
	}
	rows, ok := all[id]
	if !ok {
		ids, err := CountryIDs()
		if err != nil {
			return Country{}, err
		}
		return Country{}, &ingest.NobodyError{
			Rule: "this id of a country is not known", Suggestion: near(id, ids),
		}
	}
	if rows[0].as != "" {
		id = rows[0].as
		rows = all[id]
	}
	day := p.Bounds().StartMin
	for _, r := range rows {
		if !r.valid.Contains(day) {
			continue
		}
		if r.code == "" {
			return Country{ID: id, Note: r.note}, nil
		}
		code := graph.ParseCode(r.code)
		held, err := roster.Holders(code.Scheme, code.Value, p)
		if err == nil && held[0].Outside { // codes of ISO are valid as long as the state existed: a year is wrong, or the country
			err = roster.Nobody(code.Scheme, code.Value, p)
		}
		return Country{ID: id, Held: held}, err
	}
	return Country{}, &ingest.NobodyError{Rule: fmt.Sprintf("it is not decided whom %s names on %s", id, day)}
}

// Near suggests the candidates nearest to a text, or nothing.
func near(text string, candidates []string) string {
	found := graph.Nearest(text, candidates, 3)
	if len(found) == 0 {
		return ""
	}
	return "did you mean " + strings.Join(found, ", ") + "?"
}
