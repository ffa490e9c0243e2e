package difftest

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/sample"
	"github.com/entente-graph/entente/internal/testneeds"
)

// Run loads two graphs into two stores each, the sample and a generated one, and compares what the stores answer, as
// Compare does. openA and openB give stores that are empty, a new one at each call, and see to it that they are closed
// when the test ends.
func Run(t *testing.T, name string, openA, openB func(t testing.TB) graph.Store) {
	t.Run(name, func(t *testing.T) {
		var graphs []Graph
		for _, g := range []struct {
			name string
			fill func(context.Context, graph.Store) error
		}{{"sample", LoadSample}, {"generated", LoadGenerated}} {
			a, b := openA(t), openB(t)
			for _, s := range []graph.Store{a, b} {
				if err := g.fill(t.Context(), s); err != nil {
					t.Fatal(err)
				}
			}
			graphs = append(graphs, Graph{g.name, a, b})
		}
		Compare(t, graphs...)
	})
}

// A Graph is two stores that hold the same.
type Graph struct {
	Name string
	A, B graph.Reader
}

// Compare compares what two stores answer to the documents that the project shows, and to random ones about the graphs: a few hundred in all, 2,000 where every
// test must run, 20,000 where the long loops are asked for. It fails at the first differences, and where something of
// the schema was never asked or too little was ever there to be seen.
//
// ENTENTE_TEST_SEED is the seed of the documents, 1 without it. One seed always gives the same documents.
func Compare(t *testing.T, graphs ...Graph) {
	s, err := contract()
	if err != nil {
		t.Fatal(err)
	}
	g, n := newGenerator(s), amount()
	for i, gr := range graphs {
		t.Run(gr.Name, func(t *testing.T) {
			c := newComparison(t, g, gr, logging(t))
			c.seed = seed(t) + uint64(i)<<32
			c.examples()
			c.run(n / len(graphs))
		})
	}
	if !t.Failed() {
		g.report(t, n)
	}
}

// amount is how many documents are asked, over both graphs.
func amount() int {
	switch {
	case testneeds.Long():
		return 20_000
	case testneeds.All():
		return 2_000
	default:
		return 200
	}
}

func seed(t testing.TB) uint64 {
	text := os.Getenv("ENTENTE_TEST_SEED")
	if text == "" {
		return 1
	}
	n, err := strconv.ParseUint(text, 10, 32)
	if err != nil {
		t.Fatalf("ENTENTE_TEST_SEED=%q: write a whole number from 0 to 4294967295", text)
	}
	return n
}

// LoadSample loads the sample into a store that is empty.
func LoadSample(ctx context.Context, s graph.Store) error {
	return sample.Apply(ctx, s, "test", sample.Teller{})
}

// logging gives a log that fails the test when a warning is told.
func logging(t testing.TB) *slog.Logger {
	return slog.New(slog.NewTextHandler(failing{t}, &slog.HandlerOptions{Level: slog.LevelWarn}))
}

// failing makes a failure of what is logged.
type failing struct{ t testing.TB }

func (f failing) Write(text []byte) (int, error) {
	f.t.Errorf("logged: %s", text)
	return len(text), nil
}

// A comparison asks about one graph.
type comparison struct {
	pair
	t         testing.TB
	words     *vocabulary
	generator *generator
	seed      uint64
	enough    int // differences, to stop at
}

func newComparison(t testing.TB, g *generator, of Graph, log *slog.Logger) *comparison {
	t.Helper()
	words, err := read(t.Context(), of.A)
	if err != nil {
		t.Fatal(err)
	}
	return &comparison{pair: pair{g.schema, serve(of.A, log), serve(of.B, log)}, t: t, words: words, generator: g, enough: 3}
}

// together is how many documents are made before they are asked. They are asked side by side; what their answers lead
// to is made afterwards, in the documents' order, so that no clock has a part in it.
const together = 24

func (c *comparison) run(n int) {
	for _, d := range c.differences(n) {
		c.t.Errorf("document %[2]d of ENTENTE_TEST_SEED=%[1]d: %[3]s", uint32(c.seed), d.number, d) //nolint:gosec // the lower half is what was given
	}
}

// differences asks so many documents and gives the first few differences, each as small as can be.
func (c *comparison) differences(n int) (all []*difference) {
	var leads []*document
	for made := 0; made < n && len(all) < c.enough; {
		docs := slices.Clone(leads[:min(len(leads), together/2, n-made)])
		leads = leads[len(docs):]
		for len(docs) < min(together, n-made) {
			docs = append(docs, c.generator.document(c.random(made+len(docs)), c.words))
		}
		found, answers := c.all(docs)
		for i, d := range docs {
			if found[i] != nil && len(all) < c.enough {
				found[i].number = made + i
				all = append(all, c.smallest(found[i]))
			}
			if found[i] != nil {
				continue
			}
			c.generator.seen.add(c.schema, d, answers[i])
			news, more := c.generator.follow(c.random(-1-made-i), c.words, d, answers[i])
			leads = append(append(news, leads...), more...)
		}
		leads = leads[:min(len(leads), 2*together)] // there is always more than can be followed
		made += len(docs)
	}
	return all
}

func (c *comparison) random(stream int) *rand.Rand {
	return rand.New(rand.NewPCG(c.seed, uint64(stream))) //nolint:gosec // the same every time
}

// all asks all of them, some at a time.
func (c *comparison) all(docs []*document) ([]*difference, []any) {
	found, answers := make([]*difference, len(docs)), make([]any, len(docs))
	var working sync.WaitGroup
	next := make(chan int)
	for range 2 * runtime.GOMAXPROCS(0) {
		working.Go(func() {
			for i := range next {
				found[i], answers[i] = c.compare(docs[i])
			}
		})
	}
	for i := range docs {
		next <- i
	}
	close(next)
	working.Wait()
	return found, answers
}

// smallest gives the smallest document with such a difference that can be found. What makes the answers longer is not
// smaller: a person reads both.
func (c *comparison) smallest(d *difference) *difference {
	if strings.HasPrefix(d.what, "an error GRAPHQL") {
		return d // anything smaller is as invalid
	}
	shrink(d.doc, func(smaller *document) bool {
		found, _ := c.compare(smaller)
		if found == nil || found.what != d.what || found.length() >= d.length() {
			return false
		}
		found.number, d = d.number, found
		return true
	})
	return d
}
