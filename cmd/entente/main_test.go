package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/sqlitestore"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/sources"
	"github.com/entente-graph/entente/ingest/sources/dossier"
	"github.com/entente-graph/entente/ingest/sources/states"
	"github.com/entente-graph/entente/internal/sample"
)

// Stores that are made once for all tests, which copy them: one with the whole sample, and one with the first three of its
// loads, the registry and the dossier in two editions, which is small.
var sampleStore, dossierStore string

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
	sampleStore, dossierStore = filepath.Join(dir, "sample.db"), filepath.Join(dir, "dossier.db")
	if err := errors.Join(makeSample(sampleStore), makeDossier(dossierStore)); err != nil {
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

// makeDossier loads what the first three loads of the sample do.
func makeDossier(path string) error {
	store, err := sqlitestore.Open(path, sqlitestore.Create())
	if err != nil {
		return err
	}
	earlier, err := dossier.Edition(dossier.NortheastAsia, graph.MustDay(sample.Earlier))
	if err != nil {
		return errors.Join(err, store.Close())
	}
	for _, l := range []struct {
		source, note string
		files        fs.FS
	}{
		{"states", "sample: the registry of states", states.Source{}.Shipped()},
		{"dossier", "sample: northeast-asia as of " + sample.Earlier, ingest.OneFile(dossier.NortheastAsiaFile, earlier)},
		{"dossier", "sample: northeast-asia", ingest.OneFile(dossier.NortheastAsiaFile, dossier.NortheastAsia)},
	} {
		src, err := sources.ByKey(graph.SourceKey(l.source))
		if err == nil {
			_, err = ingest.Load(context.Background(), ingest.Options{Source: src, Files: l.files, Reader: store, Writer: store, Program: "test", Note: l.note})
		}
		if err != nil {
			return errors.Join(err, store.Close())
		}
	}
	return store.Close()
}

// Each script is what a person types and sees. $SAMPLE is a store with the whole sample, $DOSSIER one with its first three
// loads. breakoff STORE SOURCE PATH... begins a load, as entente ingest does, and breaks it off when its first batch is
// written; breakcopy FROM TO begins a copy and breaks it off in its first load.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") == "1",
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"breakoff": breakOffInScript, "breakcopy": breakCopyInScript},
		Setup: func(e *testscript.Env) error {
			e.Setenv("COLUMNS", "")
			for name, from := range map[string]string{"SAMPLE": sampleStore, "DOSSIER": dossierStore} {
				text, err := os.ReadFile(from)
				if err != nil {
					return err
				}
				to := filepath.Join(e.WorkDir, strings.ToLower(name)+".db")
				if err := os.WriteFile(to, text, 0o600); err != nil {
					return err
				}
				e.Setenv(name, to)
			}
			return nil
		},
	})
}
