// Package sampletest gives tests a store with the sample, loaded once per test program.
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
	"github.com/entente-graph/entente/internal/sample"
)

var dir string // of the store, once it was asked for

// path makes the store, once.
var path = sync.OnceValues(func() (string, error) {
	var err error
	if dir, err = os.MkdirTemp("", "entente-sample"); err != nil {
		return "", err
	}
	file := filepath.Join(dir, "sample.db")
	store, err := sqlitestore.Open(file, sqlitestore.Create())
	if err != nil {
		return "", err
	}
	err = sample.Apply(context.Background(), store, "test", sample.Teller{})
	return file, errors.Join(err, store.Close())
})

// Path gives the file of a store with the sample, which tests share and may only read.
func Path(t testing.TB) string {
	t.Helper()
	file, err := path()
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// Store opens the shared store to read, for one test.
func Store(t testing.TB) graph.Store {
	t.Helper()
	return Open(t, Path(t), sqlitestore.ReadOnly())
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

// Main runs a package's tests, removes the shared store, and fails where goroutines outlive the tests.
func Main(m *testing.M) {
	code := m.Run()
	if dir != "" {
		_ = os.RemoveAll(dir) // a leftover in the temporary folder harms nobody
	}
	if err := goleak.Find(); err != nil && code == 0 {
		fmt.Fprintln(os.Stderr, "goroutines outlive their tests:", err)
		code = 1
	}
	os.Exit(code)
}
