package difftest

import (
	"bytes"
	"io"
	"net/http"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/sqlitestore"
	"github.com/entente-graph/entente/graph/storetest"
	"github.com/entente-graph/entente/internal/sample/sampletest"
	"github.com/entente-graph/entente/internal/testneeds"
)

func TestMain(m *testing.M) { sampletest.Main(m) }

func openSQLite(t testing.TB) graph.Store {
	t.Helper()
	return sampletest.Open(t, filepath.Join(t.TempDir(), "entente.db"), sqlitestore.Create())
}

// generated opens a store and loads the generated graph into it.
func generated(t testing.TB, open func(testing.TB) graph.Store) graph.Store {
	t.Helper()
	s := open(t)
	if err := LoadGenerated(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestEmbedded compares the embedded store with one whose index rows are derived anew after every load. In the everyday
// loop that takes too long for the sample, which is asked twice instead: an answer must be the same again.
func TestEmbedded(t *testing.T) {
	rebuilt := storetest.Rebuilt(openSQLite, nil)
	if testneeds.All() {
		Run(t, "rebuilt", openSQLite, rebuilt)
		return
	}
	held := sampletest.Store(t)
	Compare(t, Graph{"sample", held, held}, Graph{"generated", generated(t, openSQLite), generated(t, rebuilt)})
}

// TestOneSeedAlwaysAsksTheSame: whatever comes first of what is asked side by side.
func TestOneSeedAlwaysAsksTheSame(t *testing.T) {
	s, err := contract()
	if err != nil {
		t.Fatal(err)
	}
	store := generated(t, openSQLite)
	run := func(seed uint64) (asked []string) {
		c := newComparison(t, newGenerator(s), Graph{"generated", store, store}, logging(t))
		c.seed = seed
		var mu sync.Mutex
		answering := c.a
		c.a = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, err := io.ReadAll(r.Body)
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			asked = append(asked, string(body))
			mu.Unlock()
			r.Body = io.NopCloser(bytes.NewReader(body))
			answering.ServeHTTP(w, r)
		})
		c.run(together + 10)
		slices.Sort(asked)
		return asked
	}
	first := run(1)
	if len(first) != together+10 {
		t.Errorf("%d documents were asked, not %d", len(first), together+10)
	}
	if again := run(1); !slices.Equal(first, again) {
		t.Error("one seed asked two things")
	}
	if other := run(2); slices.Equal(first, other) {
		t.Error("two seeds asked the same")
	}
}
