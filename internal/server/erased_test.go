package server

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/sample/sampletest"
)

// ownSample is a copy of the sample's store, to be changed.
func ownSample(t *testing.T) graph.Store {
	t.Helper()
	text, err := os.ReadFile(sampletest.Path(t))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "sample.db")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return sampletest.Open(t, file)
}

func erase(t *testing.T, store graph.Store, kind graph.StatementKind, key string) {
	t.Helper()
	order := graph.EraseOrder{Reason: "a person asked", IDs: []graph.StatementID{{Source: "northeast-asia", Kind: kind, Key: key}}}
	if _, err := store.Erase(context.Background(), order); err != nil {
		t.Fatal(err)
	}
}

const suspension = "northeast-asia:suspension-defence-exchanges-2019" // which begins a spell of the ties below

// TestTheTagOfALoadChangesWithAnErasure alone, for an erasure holds at every load: who holds the answer must not be told
// that it is still the same.
func TestTheTagOfALoadChangesWithAnErasure(t *testing.T) {
	t.Parallel()
	store := ownSample(t)
	h := New(Config{Reader: store, Logger: quiet(t), Version: "test"}).Handler()
	const path = "/v1/dyads/JPN/KOR/ties.csv?topic=defense&load=3"
	before := get(t, h, path)
	tag := before.Header().Get("ETag")
	if !strings.Contains(before.Body.String(), suspension) {
		t.Fatalf("the answer does not have the suspension: %s", before.Body)
	}

	lease, err := store.Open(context.Background(), graph.LoadInfo{Source: "test"})
	if err == nil {
		_, err = store.Commit(context.Background(), lease, graph.Counts{})
	}
	if err != nil {
		t.Fatal(err)
	}
	if w := get(t, h, path, "If-None-Match", tag); w.Code != http.StatusNotModified {
		t.Errorf("after another load the answer of load 3 is %d", w.Code)
	}

	seen := map[string]bool{tag: true}
	for _, e := range []struct {
		kind graph.StatementKind
		key  string
	}{{graph.StatementEngagement, suspension}, {graph.StatementActor, "person:minoru-kihara"}} {
		erase(t, store, e.kind, e.key)
		w := get(t, h, path, "If-None-Match", tag)
		if w.Code != http.StatusOK || seen[w.Header().Get("ETag")] || w.Body.String() == before.Body.String() {
			t.Errorf("%s was erased, and who held the answer is told %d with the tag %s", e.key, w.Code, w.Header().Get("ETag"))
		}
		if strings.Contains(w.Body.String(), suspension) {
			t.Errorf("%s was erased, and the answer has the suspension: %s", e.key, w.Body)
		}
		tag = w.Header().Get("ETag")
		seen[tag] = true
		if w := get(t, h, path, "If-None-Match", tag); w.Code != http.StatusNotModified {
			t.Errorf("the same again is %d", w.Code)
		}
	}
}

// erasingMeanwhile is a reader in whose store something is erased while a table is put together.
type erasingMeanwhile struct {
	graph.Reader
	erase func()
	done  atomic.Bool
}

func (r *erasingMeanwhile) TieRecords(ctx context.Context, q graph.TieQuery) ([]graph.TieRecord, error) {
	if r.done.CompareAndSwap(false, true) {
		r.erase()
	}
	return r.Reader.TieRecords(ctx, q)
}

// TestAnErasureBetweenTheTagAndTheRows: the tag is that of the rows.
func TestAnErasureBetweenTheTagAndTheRows(t *testing.T) {
	t.Parallel()
	store := ownSample(t)
	reader := &erasingMeanwhile{Reader: store, erase: func() { erase(t, store, graph.StatementEngagement, suspension) }}
	h := New(Config{Reader: reader, Logger: quiet(t), Version: "test"}).Handler()
	const path = "/v1/dyads/JPN/KOR/ties.csv?topic=defense&load=3"
	first, again := get(t, h, path), get(t, h, path)
	if !reader.done.Load() || first.Code != http.StatusOK || strings.Contains(first.Body.String(), suspension) || first.Body.String() != again.Body.String() || first.Header().Get("ETag") != again.Header().Get("ETag") {
		t.Errorf("%d with the tag %s, then %s:\n%s\n%s", first.Code, first.Header().Get("ETag"), again.Header().Get("ETag"), first.Body, again.Body)
	}
}
