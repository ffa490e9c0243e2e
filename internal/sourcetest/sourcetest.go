// Package sourcetest is what the tests of sources share: a store with the registry, what files become in it, what the API
// answers then, and numbers that a script counts straight from the real files, by another road.
//
// A source's expected numbers stand in testdata/expected.csv, with the reason where one is needed; testdata/expected.py
// writes that table, with nothing of the program. Where the real files are there (ENTENTE_TEST_DATA) the script must write what
// stands in the table, and the graph must answer it.
package sourcetest

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/sqlitestore"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/sources/states"
	"github.com/entente-graph/entente/internal/api"
	"github.com/entente-graph/entente/internal/testneeds"
)

// Store makes a store that holds the registry of states, for one test.
func Store(t testing.TB) graph.Store {
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
	Load(t, store, registry, registry.Shipped())
	return store
}

// Load loads files, and tells what came of it.
func Load(t testing.TB, store graph.Store, src ingest.Source, files fs.FS) ingest.Report {
	t.Helper()
	report, err := ingest.Load(context.Background(), ingest.Options{Source: src, Files: files, Reader: store, Writer: store, Program: "test", Details: true})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// View is the graph as of a day, or without one.
func View(t testing.TB, store graph.Store, asOf string) *graph.View {
	t.Helper()
	var q graph.SnapshotQuery
	if asOf != "" {
		day := graph.MustDay(asOf)
		q.AsOf = &day
	}
	v, err := graph.At(context.Background(), store, q)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Ask asks the API a question as a program does, and decodes its data into an answer of type T. An error in the answer fails the
// test.
func Ask[T any](t testing.TB, store graph.Store, document string, variables map[string]any) T {
	t.Helper()
	handler := api.New(api.Config{Reader: store, Logger: slog.New(slog.DiscardHandler)})
	body, err := json.Marshal(map[string]any{"query": document, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	var answer struct {
		Data   T
		Errors []struct{ Message string }
	}
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
		t.Fatalf("%s\nis answered by %s: %v", document, w.Body, err)
	}
	for _, e := range answer.Errors {
		t.Fatalf("%s\nis answered by an error: %s", document, e.Message)
	}
	return answer.Data
}

// An Expectation is a number, or a text, that the graph must give.
type Expectation struct{ What, Of, Answer, Reason string }

// Expected reads testdata/expected.csv, and holds it to what the script counts in a folder of the real files. Without them the test
// skips.
func Expected(t testing.TB, folder string, more ...string) (files fs.FS, all []Expectation) {
	t.Helper()
	folder = filepath.Join(testneeds.Data(t), folder)
	text, err := os.ReadFile("testdata/expected.csv")
	if err != nil {
		t.Fatal(err)
	}
	python := testneeds.Program(t, "install Python 3: it counts in the real files what is compared", "python3")
	script := exec.CommandContext(t.Context(), python, append([]string{"testdata/expected.py", folder}, more...)...)
	script.Stderr = os.Stderr
	out, err := script.Output()
	if err != nil {
		t.Fatalf("expected.py: %v", err)
	}
	if diff := cmp.Diff(string(text), string(out)); diff != "" {
		t.Errorf("expected.csv is not what expected.py counts (-file +script); if the script is right, write its output there:\n%s", diff)
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows[1:] {
		all = append(all, Expectation{r[0], r[1], r[2], r[3]})
	}
	return os.DirFS(folder), all
}

// Counts are what a test finds in the graph: by what and of what, as Expectation.
type Counts map[[2]string]string

// Compare tells every number of which the graph's and the files' differ, one that only the graph has too.
func (c Counts) Compare(t testing.TB, all []Expectation) {
	t.Helper()
	asked := map[[2]string]bool{}
	var whats []string
	for _, e := range all {
		key := [2]string{e.What, e.Of}
		asked[key] = true
		whats = append(whats, e.What)
		if got, ok := c[key]; !ok {
			t.Errorf("%s (%s): nothing in the graph, %s in the files", e.What, e.Of, e.Answer)
		} else if got != e.Answer {
			t.Errorf("%s (%s): %s in the graph, %s in the files", e.What, e.Of, got, e.Answer)
		}
	}
	for key, n := range c {
		if !asked[key] && slices.Contains(whats, key[0]) {
			t.Errorf("%s (%s): %s in the graph, none in the files", key[0], key[1], n)
		}
	}
}

// Only gives some files of a folder, by name.
func Only(t testing.TB, files fs.FS, names ...string) fs.FS {
	t.Helper()
	some := fstest.MapFS{}
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			t.Fatal(err)
		}
		some[name] = &fstest.MapFile{Data: text}
	}
	return some
}

// Engagements gives all engagements of the graph, page by page.
func Engagements(t testing.TB, view *graph.View, f graph.EngagementFilter) (all []graph.Engagement) {
	t.Helper()
	page := graph.Page{First: graph.MaxPage}
	for {
		list, err := view.Engagements(context.Background(), f, page)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, list.Items...)
		if !list.More {
			return all
		}
		page.After = &list.Position[len(list.Position)-1]
	}
}

// Count makes counts of numbers.
func Count(numbers map[[2]string]int) Counts {
	c := Counts{}
	for key, n := range numbers {
		c[key] = strconv.Itoa(n)
	}
	return c
}

// Edited gives the files of a folder with the lines of one, the header first, changed.
func Edited(t testing.TB, folder, name string, edit func(lines []string) []string) fs.FS {
	t.Helper()
	files := fstest.MapFS{}
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		text, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if e.Name() == name && edit != nil {
			text = []byte(strings.Join(edit(strings.SplitAfter(string(text), "\n")), ""))
		}
		files[e.Name()] = &fstest.MapFile{Data: text}
	}
	return files
}
