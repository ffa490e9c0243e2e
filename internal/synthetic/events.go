package synthetic

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// EventColumns is how many cells a row of coded events has.
const EventColumns = 61

// between is how many of a hundred rows are of two states; of the others mostly one has no country, sometimes both the same.
const between = 18

// eventStates are those of which most is reported; the first more than the others.
var eventStates = strings.Fields("USA CHN RUS GBR FRA DEU SYR ISR IRN TUR PAK IND JPN KOR PRK CAN AUS SAU EGY ITA UKR NGA AFG IRQ MEX BRA ZAF KEN PHL VNM IDN THA POL ESP GRC NLD")

var (
	eventRoles  = []string{"", "", "GOV", "GOV", "MIL", "COP", "LEG", "BUS", "OPP", "REB", "MED"}
	eventPlaces = []string{"Washington, District of Columbia, United States", "Beijing, Beijing, China", "Moskva, Moscow, Russia", "Geneva, Genève, Switzerland", "Damascus, Dimashq, Syria", ""}
)

// WriteEvents writes a raw day file of coded events, in the layout of GDELT 2.0: rows that are made up, in the
// proportions of real ones.
func WriteEvents(w io.Writer, rows int, day graph.Day) error {
	r := rand.New(rand.NewPCG(1, uint64(day)))
	out := bufio.NewWriterSize(w, 1<<20)
	digits := strings.ReplaceAll(day.String(), "-", "")
	cells := make([]string, EventColumns)
	for i := range rows {
		clear(cells)
		cells[0], cells[1] = fmt.Sprint(600_000_000+i), digits
		cells[2], cells[3], cells[4] = digits[:6], digits[:4], digits[:4]+".5"
		a, b := someState(r), someState(r)
		switch n := r.IntN(100); {
		case n < between:
			for a == b {
				b = someState(r)
			}
		case n < between+7:
			b = a
		case n < 60:
			b = ""
		default:
			a = ""
		}
		event(r, cells, 5, a)
		event(r, cells, 15, b)
		root := 1 + r.IntN(20)
		cells[25], cells[26] = "1", fmt.Sprintf("%02d%d", root, r.IntN(7))
		cells[27], cells[28] = cells[26], cells[26][:2]
		cells[29] = fmt.Sprint(1 + (root-1)/5)
		cells[30] = fmt.Sprintf("%d.%d", r.IntN(19)-9, r.IntN(10))
		cells[31], cells[32], cells[33], cells[34] = fmt.Sprint(1+r.IntN(20)), "1", fmt.Sprint(1+r.IntN(20)), "-1.25836430"
		for _, geo := range []int{35, 43, 51} {
			cells[geo], cells[geo+1], cells[geo+2], cells[geo+5], cells[geo+6] = "4", one(r, eventPlaces), "US", "38.8951", "-77.0364"
		}
		cells[59] = fmt.Sprintf("%s%02d%02d00", digits, i*24/rows, i*96/rows%4*15)
		cells[60] = fmt.Sprintf("https://news.example.org/%d/what-was-reported-on-that-day-and-by-whom-%d.html", i%977, i/3)
		for n, c := range cells {
			if n > 0 {
				_ = out.WriteByte('\t') // the first error is kept, and told by Flush
			}
			_, _ = out.WriteString(c)
		}
		_ = out.WriteByte('\n')
	}
	return out.Flush()
}

func event(r *rand.Rand, cells []string, at int, state string) {
	role := one(r, eventRoles)
	cells[at], cells[at+1], cells[at+2], cells[at+7] = state+role, "SOMEBODY", state, role
}

// someState is one, the first of the list more often.
func someState(r *rand.Rand) string {
	return eventStates[min(r.IntN(len(eventStates)), r.IntN(len(eventStates)))]
}
