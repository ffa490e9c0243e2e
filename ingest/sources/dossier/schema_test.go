package dossier

import (
	"bytes"
	"strconv"
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

// asEditor reads YAML as an editor's validator does: years are numbers, true is no text. (The YAML
// library's own decoding takes [iso3:JPN] inside {} for a mapping, which no editor does.)
func asEditor(t *testing.T, src []byte) any {
	t.Helper()
	root, mistakes := parse("x.yaml", src)
	if len(mistakes) > 0 {
		t.Fatal(mistakes)
	}
	return plain(root)
}

func plain(n *form.Node) any {
	switch n.Is {
	case form.Empty:
		return nil
	case form.List:
		out := make([]any, len(n.Items))
		for i, item := range n.Items {
			out[i] = plain(item)
		}
		return out
	case form.Mapping:
		out := map[string]any{}
		for _, f := range n.Fields {
			out[f.Key.Text] = plain(f.Value)
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

func TestShippedFilesValidateAgainstTheSchema(t *testing.T) {
	schema := compiled(t)
	for name, src := range map[string][]byte{"northeast-asia.yaml": NortheastAsia, "example.yaml": example} {
		if err := schema.Validate(asEditor(t, src)); err != nil {
			t.Errorf("%s: %.2000s", name, err.Error())
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
		`{dossier: {id: a, title: A, version: 1, license: CC0-1.0, language: en, coverage: {from: 51-02, to: 1952}}}`,
	} {
		if schema.Validate(asEditor(t, []byte(src))) == nil {
			t.Errorf("the schema accepts %s", src)
		}
		if mistakes, err := New(testStates, free).Check("x.yaml", []byte(src)); err != nil || len(mistakes) == 0 {
			t.Errorf("the reader accepts %s (%v)", src, err)
		}
	}
}
