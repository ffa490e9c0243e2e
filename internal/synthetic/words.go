package synthetic

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"

	"github.com/entente-graph/entente/graph"
)

// states is how many states the world has; the first numbers make them.
const states = 195

var subjects = strings.Fields(`fisheries trade border defence transit energy extradition visas aviation shipping tariffs
	investment culture science education nuclear safeguards verification refugees migration debt currency railways
	pipelines water rivers pollution climate forests health vaccines agriculture grain steel textiles semiconductors
	telecommunications spectrum satellites cyber intelligence terrorism narcotics piracy arms mines prisoners remains
	property compensation memorials textbooks archives heritage sport tourism labour taxation customs standards`)

var (
	onsets = strings.Fields("b br d dr f g gr h k kl l m n p pr r s st t tr v vel z")
	vowels = strings.Fields("a e i o u ai ei ou")
	codas  = strings.Fields("n l r s t nd rk lm st vil dor mar tan gard heim")
)

// name makes a word of two or three syllables, capitalised.
func name(r *rand.Rand) string {
	var b strings.Builder
	for range 2 + r.IntN(2) {
		b.WriteString(one(r, onsets))
		b.WriteString(one(r, vowels))
	}
	b.WriteString(one(r, codas))
	text := b.String()
	return strings.ToUpper(text[:1]) + text[1:]
}

func one[T any](r *rand.Rand, of []T) T { return of[r.IntN(len(of))] }

// some gives n different values.
func some[T any](r *rand.Rand, n int, of []T) []T {
	out := slices.Clone(of)
	r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out[:n]
}

// world is what all statements share: names, and how much each state does.
type world struct {
	names  [states]string
	cities []string
	weight [states]float64 // cumulative, up to 1
}

var theWorld = sync.OnceValue(func() *world {
	var w world
	r := rand.New(rand.NewPCG(1, 1)) //nolint:gosec // nothing secret: the same world every time
	for i := range w.names {
		w.names[i] = name(r)
	}
	for range 600 {
		w.cities = append(w.cities, name(r))
	}
	sum := 0.0
	for i := range w.weight { // Zipf's law: the first of 195 has a tenth of everything
		sum += 1 / math.Pow(float64(i+2), 0.95)
		w.weight[i] = sum
	}
	for i := range w.weight {
		w.weight[i] /= sum
	}
	return &w
})

// parties draws n different states, those that do much more often.
func (w *world) parties(r *rand.Rand, n int) []int {
	var drawn []int
	for len(drawn) < n {
		i, _ := slices.BinarySearch(w.weight[:], r.Float64())
		i = min(i, states-1)
		if !slices.Contains(drawn, i) {
			drawn = append(drawn, i)
		} else if n > 12 { // a large conference takes whoever comes next
			for slices.Contains(drawn, i) {
				i = (i + 1) % states
			}
			drawn = append(drawn, i)
		}
	}
	return drawn
}

func (w *world) list(drawn []int) string {
	var names []string
	for _, i := range drawn[:min(len(drawn), 4)] {
		names = append(names, w.names[i])
	}
	text := strings.Join(names, ", ")
	if len(drawn) > 4 {
		text += " and others"
	}
	return text
}

func english(text string) []graph.Name { return []graph.Name{{Text: text, Lang: "en"}} }

// IsState tells whether a key is that of one of the world's states.
func IsState(key graph.ActorKey) bool { return strings.HasPrefix(string(key), statePrefix) }
