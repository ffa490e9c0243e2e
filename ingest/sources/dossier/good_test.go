package dossier

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/entente-graph/entente/ingest/form"
)

// What the dossiers under testdata/good say, statement by statement.
func TestStatements(t *testing.T) {
	files, err := filepath.Glob("testdata/good/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d dossiers, %v", len(files), err)
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		for _, s := range statementsOf(t, filepath.Base(file), src) {
			var body bytes.Buffer
			if err := json.Indent(&body, s.Body, "", "  "); err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&out, "%s %s (%s of %s, %s)\n%s\n\n", s.Kind, s.Key, s.Slice, s.Source, s.Locator, body.String())
		}
		golden(t, strings.TrimSuffix(file, ".yaml")+".golden", out.String())
	}
}

// The dossier that uses every field does: a field added to the format must be added to it.
func TestEveryFieldIsUsed(t *testing.T) {
	src, err := os.ReadFile("testdata/good/full.yaml")
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	var walk func(n *form.Node, s *form.Shape)
	walk = func(n *form.Node, s *form.Shape) {
		for _, p := range n.Fields {
			f := s.Field(p.Key.Text)
			used[s.Name+"."+f.Name] = true
			if f.Is == form.Fields {
				for _, item := range form.OneOrMany(p.Value) {
					walk(item, f.Of)
				}
			}
		}
	}
	walk(mustParse(t, src), fileShape)
	var all func(s *form.Shape)
	seen := map[string]bool{}
	all = func(s *form.Shape) {
		if seen[s.Name] {
			return
		}
		seen[s.Name] = true
		for _, f := range s.Fields {
			if !used[s.Name+"."+f.Name] {
				t.Errorf("testdata/good/full.yaml does not use %s of %s", f.Name, s.Name)
			}
			if f.Of != nil {
				all(f.Of)
			}
		}
	}
	all(fileShape)
}
