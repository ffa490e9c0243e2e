package schema_test

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/entente-graph/entente/schema"
)

// The whole in one document is the same schema as its files.
func TestTextIsTheWholeSchema(t *testing.T) {
	names, err := fs.Glob(schema.Files, "*.graphqls")
	if err != nil || len(names) < 10 {
		t.Fatal(names, err)
	}
	var files []*ast.Source
	for _, name := range names {
		text, err := schema.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(schema.Text(), string(text)) {
			t.Errorf("%s is not in it", name)
		}
		files = append(files, &ast.Source{Name: name, Input: string(text)})
	}
	apart, err := gqlparser.LoadSchema(files...)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := gqlparser.LoadSchema(&ast.Source{Input: schema.Text()})
	if err != nil {
		t.Fatal(err)
	}
	for name, def := range apart.Types {
		if got := whole.Types[name]; got == nil || got.Description != def.Description || len(got.Fields) != len(def.Fields) {
			t.Errorf("%s differs", name)
		}
	}
}
