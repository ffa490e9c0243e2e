package dossier

import (
	"bytes"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// The schema is written from the format's table; go test -run Schema -update writes it anew.
func TestSchemaIsOfTheFormat(t *testing.T) {
	made, err := makeSchema()
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "dossier.schema.json", string(made))
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
	if err := c.AddResource("dossier.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("dossier.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// asEditor reads YAML as an editor's validator does: years are numbers.
func asEditor(t *testing.T, src []byte) any {
	t.Helper()
	var v any
	if err := yaml.Unmarshal(src, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestShippedFilesValidateAgainstTheSchema(t *testing.T) {
	schema := compiled(t)
	for name, src := range map[string][]byte{"northeast-asia.yaml": NortheastAsia, "example.yaml": Example} {
		if err := schema.Validate(asEditor(t, src)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSchemaRefusesWhatTheReaderRefuses(t *testing.T) {
	schema := compiled(t)
	for _, src := range []string{
		`works: []`,
		`dossier: {id: a, title: A, version: 1, license: CC0-1.0, language: en}`,
		`{dossier: {id: a, title: A, version: 1, license: CC0-1.0, language: en, coverage: {from: 1951, to: 1952}}, summits: []}`,
		`{dossier: {id: A B, title: A, version: 1, license: CC0-1.0, language: en, coverage: {from: 1951, to: 1952}}}`,
		`{dossier: {id: a, title: A, version: 1, license: CC0-1.0, language: en, coverage: {from: "51", to: 1952}}}`,
	} {
		if schema.Validate(asEditor(t, []byte(src))) == nil {
			t.Errorf("the schema accepts %s", src)
		}
		if mistakes, err := New(testStates).Check("x.yaml", []byte(src)); err != nil || len(mistakes) == 0 {
			t.Errorf("the reader accepts %s (%v)", src, err)
		}
	}
}
