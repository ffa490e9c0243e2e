// Package realtest loads the real files of a dataset for tests, beside the registry of states, and compares what the graph
// answers with what a script counts in the same files by another road.
package realtest

import (
	"context"
	"encoding/json"
	"errors"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/sqlitestore"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/sources/states"
	"github.com/entente-graph/entente/internal/testneeds"
)

// A Loaded is a store with the registry and one dataset.
type Loaded struct {
	Store  graph.Store
	Report ingest.Report
	Took   time.Duration // the dataset alone
}

// Load loads the dataset from files below the folder of the field's datasets (ENTENTE_TEST_DATA), without which the test
// skips. They are opened as entente ingest opens them.
func Load(t testing.TB, src ingest.Source, paths ...string) Loaded {
	t.Helper()
	for i, p := range paths {
		paths[i] = filepath.Join(testneeds.Data(t), filepath.FromSlash(p))
	}
	return LoadFiles(t, src, paths...)
}

// LoadFiles is Load of files anywhere.
func LoadFiles(t testing.TB, src ingest.Source, paths ...string) Loaded {
	t.Helper()
	store, err := sqlitestore.Open(filepath.Join(t.TempDir(), "real.db"), sqlitestore.Create())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	ctx := context.Background()
	registry := states.Source{}
	if _, err := ingest.Load(ctx, ingest.Options{Source: registry, Files: registry.Shipped(), Reader: store, Writer: store, Program: "test"}); err != nil {
		t.Fatal(err)
	}
	files, err := ingest.OpenPaths(ingest.DefaultLimits, paths...)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := files.Close(); err != nil {
			t.Error(err)
		}
	}()
	start := time.Now()
	report, err := ingest.Load(ctx, ingest.Options{Source: src, Files: files, Reader: store, Writer: store, Program: "test", Details: true})
	if err != nil {
		t.Fatal(err)
	}
	return Loaded{Store: store, Report: report, Took: time.Since(start)}
}

// Expected runs expected.py of the source's folder with the paths and reads what it says into to.
func Expected(t testing.TB, to any, paths ...string) {
	t.Helper()
	python := testneeds.Program(t, "install Python 3: it computes from the raw files what is compared", "python3")
	args := []string{"expected.py"}
	for _, p := range paths {
		args = append(args, filepath.Join(testneeds.Data(t), filepath.FromSlash(p)))
	}
	out, err := exec.CommandContext(context.Background(), python, args...).Output() //nolint:gosec // the project's own script
	var failed *exec.ExitError
	switch {
	case errors.As(err, &failed):
		t.Fatalf("expected.py: %v\n%s", err, failed.Stderr)
	case err != nil:
		t.Fatalf("expected.py: %v", err)
	}
	if err := json.Unmarshal(out, to); err != nil {
		t.Fatal(err)
	}
}

// View is the graph as it is, as of a day if one is given.
func (l Loaded) View(t testing.TB, asOf string) *graph.View {
	t.Helper()
	var q graph.SnapshotQuery
	if asOf != "" {
		day := graph.MustDay(asOf)
		q.AsOf = &day
	}
	v, err := graph.At(context.Background(), l.Store, q)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Resolve gives whom a key or a code names on the view's day.
func Resolve(t testing.TB, v *graph.View, text string) graph.ActorKey {
	t.Helper()
	keys, err := v.Resolve(context.Background(), text)
	if err != nil {
		t.Fatal(err)
	}
	return keys[0]
}

// Agreements gives all agreements that a filter lets through, in order.
func Agreements(t testing.TB, v *graph.View, f graph.EngagementFilter) []*graph.Agreement {
	t.Helper()
	f.Kinds = []graph.EngagementKind{graph.KindAgreement}
	var found []*graph.Agreement
	page := graph.Page{First: 100}
	for {
		list, err := v.Engagements(context.Background(), f, page)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range list.Items {
			found = append(found, e.(*graph.Agreement)) //nolint:forcetypeassert // asked for
		}
		if !list.More {
			return found
		}
		page.After = &list.Position[len(list.Position)-1]
	}
}
