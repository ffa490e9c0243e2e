package cowmid

import (
	_ "embed" // the codebook
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/entente-graph/entente/graph"
)

// lookups is the codebook as data that anybody can check: what each code of a variable is in words, how many deaths a
// fatality level spans, which hostility level an action has, and which type of act an incident with that action is.
//
//go:embed lookups.csv
var lookups string

// missing is what the dataset writes where it does not know.
const missing = "-9"

// A meaning is what the codebook says of one code.
type meaning struct {
	code    int
	words   string // empty where it is missing or does not apply
	deaths  graph.Range
	hostlev int
	act     graph.ActType
}

// A codebook gives the meanings of each variable by code, as written.
type codebook struct {
	meanings map[string]map[string]meaning
	codes    map[string][]string // of each variable, in order: what to suggest
}

var theCodebook = sync.OnceValues(func() (*codebook, error) {
	rows, err := csv.NewReader(strings.NewReader(lookups)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("lookups.csv: %w", err)
	}
	book := &codebook{meanings: map[string]map[string]meaning{}, codes: map[string][]string{}}
	for i, r := range rows[1:] {
		m := meaning{words: r[2], act: graph.ActType(r[6])}
		var low, high int
		for _, n := range []struct {
			text string
			to   *int
		}{{r[1], &m.code}, {r[3], &low}, {r[4], &high}, {r[5], &m.hostlev}} {
			if n.text == "" {
				continue
			}
			if *n.to, err = strconv.Atoi(n.text); err != nil {
				return nil, fmt.Errorf("lookups.csv:%d: %w", i+2, err)
			}
		}
		if r[3] != "" {
			m.deaths.Low = &low
		}
		if r[4] != "" {
			m.deaths.High = &high
		}
		if book.meanings[r[0]] == nil {
			book.meanings[r[0]] = map[string]meaning{}
		}
		book.meanings[r[0]][r[1]] = m
		book.codes[r[0]] = append(book.codes[r[0]], r[1])
	}
	return book, nil
})

// known says which codes a variable has: the suggestion for one that it has not.
func (b *codebook) known(variable string) string {
	return "the codebook has " + strings.Join(b.codes[variable], ", ")
}

// deaths makes a range of the two things a row says of fatalities: the level, and the number where it is known. The
// number is the range if it is of the level. Where the two contradict each other the range spans both, for
// nothing in the file says which is right, and the note says so.
func deaths(level meaning, precise int) (r *graph.Range, note string) {
	switch leveled, counted := level.code >= 0, precise >= 0; {
	case !leveled && !counted:
		return nil, ""
	case !counted:
		r := level.deaths
		return &r, ""
	case !leveled || within(level.deaths, precise):
		return &graph.Range{Low: &precise, High: &precise}, ""
	default:
		span := graph.Range{Low: level.deaths.Low, High: level.deaths.High}
		if precise < *span.Low {
			span.Low = &precise
		}
		if span.High != nil && precise > *span.High {
			span.High = &precise
		}
		return &span, fmt.Sprintf("The file says %s (fatality %d) and %d deaths (fatalpre).", level.words, level.code, precise)
	}
}

func within(r graph.Range, n int) bool { return *r.Low <= n && (r.High == nil || n <= *r.High) }
