package dossier

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
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
	var walk func(n *node, s *shape)
	walk = func(n *node, s *shape) {
		for _, p := range n.fields {
			f := s.field(p.key.text)
			used[s.name+"."+f.name] = true
			if f.is == aMapping {
				for _, item := range oneOrMany(p.value) {
					walk(item, f.of)
				}
			}
		}
	}
	walk(mustParse(t, src), fileShape)
	var all func(s *shape)
	seen := map[string]bool{}
	all = func(s *shape) {
		if seen[s.name] {
			return
		}
		seen[s.name] = true
		for _, f := range s.fields {
			if !used[s.name+"."+f.name] {
				t.Errorf("testdata/good/full.yaml does not use %s of %s", f.name, s.name)
			}
			if f.of != nil {
				all(f.of)
			}
		}
	}
	all(fileShape)
}
