package usertable

import (
	"context"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/ingesttest"
	"github.com/entente-graph/entente/ingest/sources/states"
)

func testSource() *Source {
	return New(states.Actors, func(key string) bool { return key == "atop" })
}

func TestSource(t *testing.T) { ingesttest.Run(t, testSource()) }

// Each file under bad is a mapping that is wrong; beside it stands exactly what a person is told.
func TestBadMappings(t *testing.T) {
	files, err := filepath.Glob("bad/*.yaml")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d bad mappings, %v", len(files), err)
	}
	data, err := os.ReadFile("bad/visits.csv")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		name := filepath.Base(file)
		t.Run(strings.TrimSuffix(name, ".yaml"), func(t *testing.T) {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			_, err = testSource().Slices(context.Background(), fstest.MapFS{name: {Data: src}, "visits.csv": {Data: data}})
			if err == nil {
				t.Fatal("it loads")
			}
			if !errors.Is(err, graph.ErrInvalid) {
				t.Errorf("%v is not an ErrInvalid", err)
			}
			golden(t, strings.TrimSuffix(file, ".yaml")+".txt", err.Error()+"\n")
		})
	}
}

// golden compares with the file, or writes it under -update, which ingesttest defines.
func golden(t *testing.T, path, got string) {
	t.Helper()
	if f := flag.Lookup("update"); f != nil && f.Value.String() == "true" {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil { //nolint:gosec // test data is for all to read
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (go test -run %s -update writes it)", err, t.Name())
	}
	if got != string(want) {
		t.Errorf("%s differs\n--- got\n%s\n--- want\n%s", path, got, want)
	}
}

// The example loads with a table that has its columns.
func TestExample(t *testing.T) {
	name, text := testSource().Example()
	files := fstest.MapFS{name: {Data: text}, "visits.csv": {Data: []byte("Date;Guest;Host\n3.4.2001;DEU;FRA\n")}}
	out := string(ingesttest.Print(t, testSource(), files))
	if !strings.Contains(out, "engagement my-visits:3.4.2001-DEU-FRA (visits.csv:2)") || strings.Contains(out, "quarantine") {
		t.Errorf("it says\n%s", out)
	}
}
