package usertable

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/entente-graph/entente/ingest/form"
)

// The schema is written from the format's table; go test -run Schema -update writes it anew.
func TestSchemaIsOfTheFormat(t *testing.T) {
	made, err := makeSchema()
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "table.schema.json", string(made))
}

// What loads is valid by the schema.
func TestGoodMappingsValidate(t *testing.T) {
	schema := compiled(t)
	files, err := filepath.Glob("testdata/*/mapping.y*ml")
	if err != nil || len(files) < 5 {
		t.Fatalf("%d mappings, %v", len(files), err)
	}
	for _, file := range append(files, "example.yaml") {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(asEditor(t, src)); err != nil {
			t.Errorf("%s: %.2000s", file, err.Error())
		}
	}
}

func TestSchemaRefusesUnknownFieldsAndWords(t *testing.T) {
	schema := compiled(t)
	src, err := os.ReadFile("example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range [][2]string{{"level: summit", "lvl: summit"}, {"codes: iso3}", "codes: iso}"}, {"  key: my-visits", "  key: My Visits"}, {"rows:\n  key: [Date, Guest, Host]", "rows: {}"}} {
		broken := strings.Replace(string(src), change[0], change[1], 1)
		if broken == string(src) {
			t.Fatalf("the example has no %q", change[0])
		}
		if schema.Validate(asEditor(t, []byte(broken))) == nil {
			t.Errorf("the schema accepts %q", change[1])
		}
	}
}

func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	made, err := makeSchema()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(made))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("table.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("table.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// asEditor reads YAML as an editor's validator does: years are numbers, true is no text.
func asEditor(t *testing.T, src []byte) any {
	t.Helper()
	root, mistakes := form.Parse("x.yaml", src, noun)
	if len(mistakes) > 0 {
		t.Fatal(mistakes)
	}
	return plainValue(root)
}

func plainValue(n *form.Node) any {
	switch n.Is {
	case form.Empty:
		return nil
	case form.List:
		out := make([]any, len(n.Items))
		for i, item := range n.Items {
			out[i] = plainValue(item)
		}
		return out
	case form.Mapping:
		out := map[string]any{}
		for _, f := range n.Fields {
			out[f.Key.Text] = plainValue(f.Value)
		}
		return out
	default: // a scalar
	}
	if i, err := strconv.Atoi(n.Text); err == nil {
		return i
	}
	if b, err := strconv.ParseBool(n.Text); err == nil && len(n.Text) > 1 {
		return b
	}
	return n.Text
}

const fieldsBegin, fieldsEnd = "<!-- fields: written by go test ./ingest/sources/table -update -->\n", "<!-- end of fields -->"

// docs/table.md ends with every field of the format; go test -run Documented -update writes them anew.
func TestFormatIsDocumented(t *testing.T) {
	const doc = "../../../docs/table.md"
	text, err := os.ReadFile(doc)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(text), fieldsBegin)
	_, after, closed := strings.Cut(rest, fieldsEnd)
	if !ok || !closed {
		t.Fatalf("%s has no place for the fields, between %s and %s", doc, fieldsBegin, fieldsEnd)
	}
	golden(t, doc, before+fieldsBegin+fieldTables()+fieldsEnd+after)
}

// fieldTables lists the fields of each shape, in the order in which a reader meets them.
func fieldTables() string {
	var b strings.Builder
	seen := map[string]bool{}
	var all func(s *form.Shape, of string)
	all = func(s *form.Shape, of string) {
		if seen[s.Name] {
			return
		}
		seen[s.Name] = true
		fmt.Fprintf(&b, "\n### %s\n\n| field | |\n| --- | --- |\n", of)
		for _, f := range s.Fields {
			words := ""
			if len(f.Words) > 0 && f.Name != "type" && f.Name != "topics" {
				words = " One of `" + strings.Join(f.Words, "`, `") + "`."
			}
			must := ""
			if f.Required {
				must = " *(needed)*"
			}
			fmt.Fprintf(&b, "| `%s`%s | %s%s |\n", f.Name, must, strings.ReplaceAll(f.Doc, "|", "\\|"), words)
		}
		for _, f := range s.Fields {
			if f.Of != nil {
				name := f.Name
				if f.Of == cellShape || f.Of == dateShape || f.Of == partyShape || f.Of == citeShape || f.Of == stageShape {
					name = map[*form.Shape]string{cellShape: "a value", dateShape: "a date", partyShape: "who takes part", citeShape: "cite", stageShape: "stages"}[f.Of]
				}
				all(f.Of, name)
			}
		}
	}
	all(fileShape, "the mapping")
	return b.String() + "\n"
}
