package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/entente-graph/entente/internal/neo4jtest"
	"github.com/entente-graph/entente/internal/testneeds"
)

// fieldsData is what is loaded of the field's datasets and of what ships, in the order of the first load; files are below
// ENTENTE_TEST_DATA. A newer version stands after the older.
var fieldsData = []string{
	"states", "dossier", "us-visits", "us-travels", "us-envoys", "us-missions",
	"cow-mid cow-mid-4.3", "cow-mid cow-mid-5", "cow-midloc cow-midloc-2.0", "gml-mid gml-mid", "cow-wars cow-wars",
	"cow-diplomatic-exchange cow-diplomatic-exchange", "atop atop-4", "archigos archigos",
	"cow-states cow-state-system", "gw-states gw-state-list", "icow-colonial icow",
	"cow-territorial-change cow-territorial-change", "desta desta", "gptad gptad", "ieadb ieadb", "tfdd tfdd",
	"gdelt gdelt",
}

// TestAnyOrderOneGraph: all of the field's data, loaded in two orders, in the long loops in three and in a Neo4j server as well, give
// one digest, and loading all of it again writes nothing.
func TestAnyOrderOneGraph(t *testing.T) {
	testneeds.NotEveryday(t)
	data := testneeds.Data(t)
	others := slices.Clone(fieldsData[1:])
	slices.Reverse(others)
	newer := slices.Index(others, "cow-mid cow-mid-5")
	others[newer], others[newer+1] = others[newer+1], others[newer] // the older version of the two goes first
	half := len(others) / 2
	backwards := append([]string{"states"}, others...)
	turned := append(append([]string{"states"}, others[half:]...), others[:half]...)
	want := ""
	check := func(what, store string, order []string) {
		t.Helper()
		for _, line := range order {
			if out := loadedReal(t, data, store, line); strings.Contains(out, "nothing changed") {
				t.Errorf("%s: %s: the first time nothing changed:\n%s", what, line, out)
			}
		}
		got, _, _ := strings.Cut(typed(t, store, "digest"), " ")
		if want == "" {
			want = got
		}
		if got != want {
			t.Errorf("%s: the digest is %s, and was %s", what, got, want)
		}
		for _, line := range order {
			if line == "cow-mid cow-mid-4.3" {
				continue // an older version over a newer one is refused
			}
			if out := loadedReal(t, data, store, line); !strings.Contains(out, "nothing changed") {
				t.Errorf("%s: %s again:\n%s", what, line, out)
			}
		}
	}
	check("as listed", filepath.Join(t.TempDir(), "a.db"), fieldsData)
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

// loadedReal loads a line of fieldsData, and gives what was printed.
func loadedReal(t *testing.T, data, store, line string) string {
	t.Helper()
	words := strings.Fields(line)
	if words[0] == "dossier" {
		words = append(words, filepath.Join("..", "..", "ingest", "sources", "dossier", "northeast-asia", "northeast-asia.yaml"))
	} else {
		for i := range words[1:] {
			words[i+1] = filepath.Join(data, words[i+1])
		}
	}
	return typed(t, store, append([]string{"ingest"}, words...)...)
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
