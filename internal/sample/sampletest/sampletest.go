// Package sampletest gives tests a store with the sample, or with the first three of its loads, each made once per test
// program. Most tests need no more than three: the registry and a dossier in two editions. The visits and travels that
// come after are eight times as much.
package sampletest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/sqlitestore"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/internal/sample"
	"github.com/entente-graph/entente/internal/testrun"
)

var dir string // of the stores, once one was asked for

// dossierFile makes the store with the first three loads.
var dossierFile = sync.OnceValues(func() (string, error) {
	var err error
	if dir, err = os.MkdirTemp("", "entente-sample"); err != nil {
		return "", err
	}
	file := filepath.Join(dir, "dossier.db")
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	err = apply(ctx, file, sample.Teller{Loaded: func(r ingest.Report) {
		if r.Load == 3 {
			cancel() // before the visits
		}
	}})
	if !errors.Is(err, context.Canceled) {
		return "", fmt.Errorf("the sample was not broken off after its third load: %w", err)
	}
	return file, nil
})

// wholeFile makes the store with the whole sample: the one above, and what it lacks.
var wholeFile = sync.OnceValues(func() (string, error) {
	from, err := dossierFile()
	if err != nil {
		return "", err
	}
	file := filepath.Join(filepath.Dir(from), "sample.db")
	if err := copyFile(from, file); err != nil {
		return "", err
	}
	return file, apply(context.Background(), file, sample.Teller{})
})

func apply(ctx context.Context, file string, tell sample.Teller) error {
	store, err := sqlitestore.Open(file, sqlitestore.Create())
	if err != nil {
		return err
	}
	err = sample.Apply(ctx, store, "test", tell)
	return errors.Join(err, store.Close())
}

func copyFile(from, to string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, text, 0o600)
}

// Path gives the file of a store with the whole sample, which tests share and may only read.
func Path(t testing.TB) string { t.Helper(); return must(t, wholeFile) }

// DossierPath gives the file of a store with the first three loads, which tests share and may only read.
func DossierPath(t testing.TB) string { t.Helper(); return must(t, dossierFile) }

func must(t testing.TB, file func() (string, error)) string {
	t.Helper()
	path, err := file()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// Copy copies a store's file for one test, which may write it.
func Copy(t testing.TB, from string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "entente.db")
	if err := copyFile(from, to); err != nil {
		t.Fatal(err)
	}
	return to
}

// Store opens the store with the whole sample to read, for one test.
func Store(t testing.TB) graph.Store {
	t.Helper()
	return Open(t, Path(t), sqlitestore.ReadOnly())
}

// Dossier opens the store with the first three loads to read, for one test.
func Dossier(t testing.TB) graph.Store {
	t.Helper()
	return Open(t, DossierPath(t), sqlitestore.ReadOnly())
}

// Open opens a store for one test, which closes it.
func Open(t testing.TB, file string, opts ...sqlitestore.Option) graph.Store {
	t.Helper()
	store, err := sqlitestore.Open(file, opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}

// Remove removes the shared stores, when no test needs them any more.
func Remove() {
	if dir != "" {
		_ = os.RemoveAll(dir) // a leftover in the temporary folder harms nobody
	}
}

// Main runs a package's tests in a hurry, removes the shared stores, and fails where goroutines outlive the tests.
func Main(m *testing.M) {
	end := testrun.Hurry()
	code := m.Run()
	Remove()
	end()
	if err := goleak.Find(); err != nil && code == 0 {
		fmt.Fprintln(os.Stderr, "goroutines outlive their tests:", err)
		code = 1
	}
	os.Exit(code)
}
