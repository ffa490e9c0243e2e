package neo4jstore

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/entente-graph/entente/internal/testneeds"
)

// cost is what a question costs the database: hits, as it counts them itself, which do not depend on the machine.
type cost struct {
	name        string
	hits, found int64
}

// TestCosts asks every question of the world, and compares what it costs with what it did cost (see near). A cost that
// grew is a question whose text, or plan, became worse; one that fell is written down with -update.
func TestCosts(t *testing.T) {
	w, ctx := theWorld(), context.Background()
	s, sent := w.store(t)
	var costs []cost
	hits := map[string]int64{}
	for _, q := range w.questions() {
		sent.taken()
		found, err := q.ask(ctx, s)
		if err != nil {
			t.Fatalf("%s: %v", q.name, err)
		}
		c := cost{name: q.name, found: int64(found)}
		for _, one := range sent.taken() {
			c.hits += profile(ctx, t, s, one)
		}
		costs, hits[q.name] = append(costs, c), c.hits
	}
	file := filepath.Join("testdata", "costs-"+w.size()+".golden")
	if *update {
		writeCosts(t, file, costs)
	}
	compareCosts(t, file, costs)
	for _, deep := range [][2]string{
		{"engagements of the hub", "engagements of the hub, a deep page"},
		{"engagements of the hub, the last", "engagements of the hub, the last before a deep one"},
		{"engagements all", "engagements all, a deep page"},
		{"actors", "actors, deep"},
	} {
		first, far := hits[deep[0]], hits[deep[1]]
		if first == 0 || !near(far, first) && (testneeds.Long() || far > first+first/5) { // of the small world a page has few
			t.Errorf("%q costs %d hits, %q %d: a page should cost the same wherever it is", deep[0], first, deep[1], far)
		}
	}
}

// near tells whether a cost is another, ten in a hundred more or less, and few more. What a page costs that looks whether
// there is one record that is seen depends on how many are not and come before it, in the order in which the server keeps
// them, which is not the same where it kept something else before.
func near(got, want int64) bool {
	const few = 50
	return max(got-want, want-got) <= want/10+few
}

// profile gives the hits of a text with its parameters.
func profile(ctx context.Context, t *testing.T, s *Store, one sending) int64 {
	t.Helper()
	session := s.driver.NewSession(ctx, neo4j.SessionConfig{AccessMode: neo4j.AccessModeRead, DatabaseName: s.o.Database})
	defer func() { _ = session.Close(ctx) }()
	result, err := session.Run(ctx, "PROFILE "+one.text, one.params)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := result.Collect(ctx); err != nil { // hits are counted where rows are read
		t.Fatal(err)
	}
	summary, err := result.Consume(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var sum func(p neo4j.ProfiledPlan) int64
	sum = func(p neo4j.ProfiledPlan) int64 {
		all := p.DbHits()
		for _, child := range p.Children() {
			all += sum(child)
		}
		return all
	}
	return sum(summary.Profile())
}

func writeCosts(t *testing.T, file string, costs []cost) {
	t.Helper()
	var b strings.Builder
	for _, c := range costs {
		fmt.Fprintf(&b, "%8d hits, %4d found: %s\n", c.hits, c.found, c.name)
	}
	if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

func compareCosts(t *testing.T, file string, costs []cost) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	want := map[string]cost{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var c cost
		figures, name, _ := strings.Cut(lines.Text(), ": ")
		if _, err := fmt.Sscanf(figures, "%d hits, %d found", &c.hits, &c.found); err != nil {
			t.Fatalf("%s: %q: %v", file, lines.Text(), err)
		}
		want[name] = c
	}
	for _, c := range costs {
		w, known := want[c.name]
		delete(want, c.name)
		switch {
		case !known:
			t.Errorf("%s: %s is not in it; go test -update writes it", file, c.name)
		case c.found != w.found:
			t.Errorf("%s found %d, not %d", c.name, c.found, w.found)
		case !near(c.hits, w.hits):
			t.Errorf("%s costs %d hits, not %d; if that is right, go test -update writes it", c.name, c.hits, w.hits)
		}
	}
	for name := range want {
		t.Errorf("%s: %s is not asked any more; go test -update writes it", file, name)
	}
}
