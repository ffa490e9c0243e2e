package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/entente-graph/entente/internal/sample/sampletest"
	"github.com/entente-graph/entente/internal/testneeds"
	"github.com/entente-graph/entente/internal/testrun"
)

func TestMain(m *testing.M) {
	testscript.Main(withSample{m}, map[string]func(){"entente": func() {
		quiet = time.Hour // what scenes print does not depend on how busy the machine is
		os.Exit(mainCode())
	}})
}

// withSample removes the stores that tests share after they ran, and not in the processes that they start.
type withSample struct{ *testing.M }

func (w withSample) Run() int {
	end := testrun.Hurry()
	defer func() {
		sampletest.Remove()
		_ = os.RemoveAll(firstRun.dir) // a leftover in the temporary folder harms nobody
		end()
	}()
	return w.M.Run()
}

// Each script is what a person types and sees. $SAMPLE is a store with the whole sample, $DOSSIER one with its first three
// loads, made for those that name them. breakoff STORE SOURCE PATH... begins a load, as entente ingest does, and breaks it
// off when its first batch is written; breakcopy FROM TO begins a copy and breaks it off in its first load. [everyday] holds
// in the everyday loop, which leaves long stories to TestLoadsPage.
func TestScripts(t *testing.T) {
	t.Parallel()
	stores := map[string]string{"SAMPLE": sampleStore(t), "DOSSIER": sampletest.DossierPath(t)}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") == "1",
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"breakoff": breakOffInScript, "breakcopy": breakCopyInScript},
		Condition: func(name string) (bool, error) {
			if name != "everyday" {
				return false, fmt.Errorf("%q is not a condition: there is everyday", name)
			}
			return !testneeds.Whole(), nil
		},
		Setup: func(e *testscript.Env) error {
			e.Setenv("COLUMNS", "")
			e.Setenv("GOGC", "400") // as in this process: see testrun.Hurry
			script, err := scriptOf(e)
			if err != nil {
				return err
			}
			for name, from := range stores {
				if !strings.Contains(script, "$"+name) {
					continue // a copy is 20 MB
				}
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

// scriptOf gives the text of the script that is set up: its folder is called after it.
func scriptOf(e *testscript.Env) (string, error) {
	name := strings.TrimPrefix(filepath.Base(e.WorkDir), "script-")
	text, err := os.ReadFile(filepath.Join("testdata", name+".txtar"))
	return string(text), err
}
