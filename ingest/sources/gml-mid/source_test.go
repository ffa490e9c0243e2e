package gmlmid_test

import (
	"context"
	"io/fs"
	"path/filepath"
	"slices"
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/sqlitestore"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/ingesttest"
	gmlmid "github.com/entente-graph/entente/ingest/sources/gml-mid"
	"github.com/entente-graph/entente/ingest/sources/states"
)

// src is one source for all tests: it asks the registry once.
var src = gmlmid.New(states.Actors)

// The cases know only the states that are in them, so that a golden file does not list the whole world as covered.
func TestSource(t *testing.T) {
	in := []graph.ActorKey{
		"iso3:USA", "iso3:GBR", "iso3:FRA", "iso3:DEU", "iso3:ITA", "iso3:SUN", "iso3:RUS", "iso3:CHN", "iso3:IDN", "iso3:IND",
		"iso3:KOR", "iso3:PRK", "iso3:JPN",
	}
	ingesttest.Run(t, gmlmid.New(func() ([]graph.ActorFacts, error) {
		all, err := states.Actors()
		return slices.DeleteFunc(all, func(a graph.ActorFacts) bool { return !slices.Contains(in, a.Key) }), err
	}))
}

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
