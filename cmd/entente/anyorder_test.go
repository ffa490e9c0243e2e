package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/entente-graph/entente/ingest/sources/dossier"
	"github.com/entente-graph/entente/internal/fielddata"
	"github.com/entente-graph/entente/internal/neo4jtest"
	"github.com/entente-graph/entente/internal/testneeds"
)

// TestAnyOrderOneGraph: all of the field's data, loaded in two orders, in the long loops in three and in a Neo4j server as well, give
// one digest, and loading all of it again writes nothing.
func TestAnyOrderOneGraph(t *testing.T) {
	testneeds.NotEveryday(t)
	data := testneeds.Data(t)
	all := fielddata.All()
	registry, others := all[:1], slices.Clone(all[1:])
	slices.Reverse(others)
	newer := slices.IndexFunc(others, func(d fielddata.Dataset) bool { return d.Name == fielddata.NewerMID })
	others[newer], others[newer+1] = others[newer+1], others[newer] // the older version of the two goes first
	half := len(others) / 2
	backwards, turned := slices.Concat(registry, others), slices.Concat(registry, others[half:], others[:half])
	want := ""
	check := func(what, store string, order []fielddata.Dataset) {
		t.Helper()
		for _, d := range order {
			if out := loadedReal(t, data, store, d); strings.Contains(out, "nothing changed") {
				t.Errorf("%s: %s: the first time nothing changed:\n%s", what, d.Name, out)
			}
		}
		got, _, _ := strings.Cut(typed(t, store, "digest"), " ")
		if want == "" {
			want = got
		}
		if got != want {
			t.Errorf("%s: the digest is %s, and was %s", what, got, want)
		}
		for _, d := range order {
			if d.Name == fielddata.OlderMID {
				continue // an older version over a newer one is refused
			}
			if out := loadedReal(t, data, store, d); !strings.Contains(out, "nothing changed") {
				t.Errorf("%s: %s again:\n%s", what, d.Name, out)
			}
		}
	}
	check("as listed", filepath.Join(t.TempDir(), "a.db"), all)
	check("backwards", filepath.Join(t.TempDir(), "b.db"), backwards)
	if !testneeds.Long() {
		return // two orders take a minute
	}
	check("turned", filepath.Join(t.TempDir(), "c.db"), turned)
	server := neo4jtest.Start(t)
	if err := server.Clear(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Setenv("ENTENTE_NEO4J_PASSWORD", server.Password)
	check("turned, on a server", server.URI, turned)
}

// loadedReal loads a dataset as one types it, and gives what was printed.
func loadedReal(t *testing.T, data, store string, d fielddata.Dataset) string {
	t.Helper()
	words := append([]string{"ingest", string(d.Source)}, d.In(data)...)
	if d.Source == "dossier" {
		words = append(words, filepath.Join("..", "..", "ingest", "sources", "dossier", "northeast-asia", dossier.NortheastAsiaFile))
	}
	return typed(t, store, words...)
}

// typed runs a command with a store, which must end well.
func typed(t *testing.T, store string, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	env := func(name string) string {
		if name == "ENTENTE_STORE" {
			return store
		}
		return os.Getenv(name)
	}
	if err := run(context.Background(), args, strings.NewReader(""), &out, &errs, env); err != nil {
		t.Fatalf("entente %s: %v\n%s", strings.Join(args, " "), err, errs.String())
	}
	return out.String()
}
