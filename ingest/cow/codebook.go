package cow

import (
	_ "embed" // the codebook
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/entente-graph/entente/graph"
)

// lookups is the codebook of the Militarized Interstate Disputes as data that anybody can check: what each code of a variable is in words, how many deaths a
// fatality level spans, which hostility level an action has, and which type of act an incident with that action is.
//
//go:embed lookups.csv
var lookups string

// Missing is what the datasets write where they do not know.
const Missing = "-9"

// A Meaning is what the codebook says of one code.
type Meaning struct {
	Code    int
	Words   string // empty where it is missing or does not apply
	Deaths  graph.Range
	Hostlev int
	Act     graph.ActType
}

// A Codebook gives the meanings of each variable by code, as written.
type Codebook struct {
	meanings map[string]map[string]Meaning
	codes    map[string][]string // of each variable, in order: what to suggest
}

// MID is the codebook of the Militarized Interstate Disputes, of all its versions and of what others made of them.
var MID = sync.OnceValues(func() (*Codebook, error) {
	rows, err := csv.NewReader(strings.NewReader(lookups)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("lookups.csv: %w", err)
	}
	book := &Codebook{meanings: map[string]map[string]Meaning{}, codes: map[string][]string{}}
	for i, r := range rows[1:] {
		m := Meaning{Words: r[2], Act: graph.ActType(r[6])}
		var low, high int
		for _, n := range []struct {
			text string
			to   *int
		}{{r[1], &m.Code}, {r[3], &low}, {r[4], &high}, {r[5], &m.Hostlev}} {
			if n.text == "" {
				continue
			}
			if *n.to, err = strconv.Atoi(n.text); err != nil {
				return nil, fmt.Errorf("lookups.csv:%d: %w", i+2, err)
			}
		}
		if r[3] != "" {
			m.Deaths.Low = &low
		}
		if r[4] != "" {
			m.Deaths.High = &high
		}
		if book.meanings[r[0]] == nil {
			book.meanings[r[0]] = map[string]Meaning{}
		}
		book.meanings[r[0]][r[1]] = m
		book.codes[r[0]] = append(book.codes[r[0]], r[1])
	}
	return book, nil
})

// Known says which codes a variable has: the suggestion for one that it has not.
func (b *Codebook) Known(variable string) string {
	return "the codebook has " + strings.Join(b.codes[variable], ", ")
}

// Deaths makes a range of the two things a row says of fatalities: the level, and the number where it is known. The
// number is the range if it is of the level. Where the two contradict each other the range spans both, for
// nothing in the file says which is right, and the note says so.
func Deaths(level Meaning, precise int) (r *graph.Range, note string) {
	switch leveled, counted := level.Code >= 0, precise >= 0; {
	case !leveled && !counted:
		return nil, ""
	case !counted:
		r := level.Deaths
		return &r, ""
	case !leveled || within(level.Deaths, precise):
		return &graph.Range{Low: &precise, High: &precise}, ""
	default:
		span := graph.Range{Low: level.Deaths.Low, High: level.Deaths.High}
		if precise < *span.Low {
			span.Low = &precise
		}
		if span.High != nil && precise > *span.High {
			span.High = &precise
		}
		return &span, fmt.Sprintf("The file says %s (fatality %d) and %d deaths (fatalpre).", level.Words, level.Code, precise)
	}
}

func within(r graph.Range, n int) bool { return *r.Low <= n && (r.High == nil || n <= *r.High) }
