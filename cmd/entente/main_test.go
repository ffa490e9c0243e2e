package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/entente-graph/entente/graph/sqlitestore"
	"github.com/entente-graph/entente/internal/sample"
)

// sampleStore is a store with the sample, made once for all tests, which copy it.
var sampleStore string

func TestMain(m *testing.M) {
	testscript.Main(withSample{m}, map[string]func(){"entente": func() { os.Exit(mainCode()) }})
}

// withSample makes the store before the tests run, and not in the processes that they start.
type withSample struct{ *testing.M }

func (w withSample) Run() int {
	dir, err := os.MkdirTemp("", "entente-test-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	sampleStore = filepath.Join(dir, "sample.db")
	if err := makeSample(sampleStore); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return w.M.Run()
}

func makeSample(path string) error {
	store, err := sqlitestore.Open(path, sqlitestore.Create())
	if err != nil {
		return err
	}
	if err := sample.Apply(context.Background(), store, "test", sample.Teller{}); err != nil {
		return err
	}
	return store.Close()
}

// Each script is what a person types and sees. $SAMPLE is a store with the sample; breakoff STORE SOURCE PATH... begins
// a load, as entente ingest does, and breaks it off when the first batch is written.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") == "1",
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"breakoff": breakOffInScript},
		Setup: func(e *testscript.Env) error {
			text, err := os.ReadFile(sampleStore)
			if err != nil {
				return err
			}
			e.Setenv("SAMPLE", filepath.Join(e.WorkDir, "sample.db"))
			e.Setenv("COLUMNS", "")
			return os.WriteFile(filepath.Join(e.WorkDir, "sample.db"), text, 0o600)
		},
	})
}
