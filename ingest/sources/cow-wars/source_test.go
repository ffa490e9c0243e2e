package cowwars_test

import (
	"context"
	"io/fs"
	"path/filepath"
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/sqlitestore"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/ingesttest"
	cowwars "github.com/entente-graph/entente/ingest/sources/cow-wars"
	"github.com/entente-graph/entente/ingest/sources/states"
)

// src is one source for all tests: it asks the registry once.
var src = cowwars.New(states.Actors)

func TestSource(t *testing.T) { ingesttest.Run(t, src) }

// newStore makes a store that holds the registry of states.
func newStore(t *testing.T) graph.Store {
	t.Helper()
	store, err := sqlitestore.Open(filepath.Join(t.TempDir(), "store.db"), sqlitestore.Create())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	registry := states.Source{}
	load(t, store, registry, registry.Shipped())
	return store
}

func load(t *testing.T, store graph.Store, source ingest.Source, files fs.FS) ingest.Report {
	t.Helper()
	r, err := ingest.Load(context.Background(), ingest.Options{Source: source, Files: files, Reader: store, Writer: store})
	if err != nil {
		t.Fatal(err)
	}
	return r
}
