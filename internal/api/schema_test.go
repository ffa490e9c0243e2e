package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"

	"github.com/entente-graph/entente/graph"
)

func schemaOf(t *testing.T) *ast.Schema {
	t.Helper()
	return New(Config{Reader: noStore{}}).(*service).schema
}

// noStore is a Reader for tests that must not ask one.
type noStore struct{ graph.Reader }

// TestEveryElementIsDescribed goes through types, fields, arguments, values and inputs.
func TestEveryElementIsDescribed(t *testing.T) {
	s := schemaOf(t)
	for name, d := range s.Directives {
		if d.Description == "" && d.Position != nil && !d.Position.Src.BuiltIn {
			t.Errorf("@%s is not described", name)
		}
	}
	for name, def := range s.Types {
		if def.BuiltIn || strings.HasPrefix(name, "__") {
			continue
		}
		say := func(path, text string) {
			if strings.TrimSpace(text) == "" {
				t.Errorf("%s is not described", path)
			}
		}
		say(name, def.Description)
		for _, f := range def.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			path := name + "." + f.Name
			say(path, f.Description)
			for _, a := range f.Arguments {
				say(path+"("+a.Name+":)", a.Description)
			}
			if !f.Type.NonNull && def.Kind == ast.Object && !saysNull(f.Description) {
				t.Errorf("%s may be null, and its description does not say when: %q", path, f.Description)
			}
		}
		for _, v := range def.EnumValues {
			say(name+"."+v.Name, v.Description)
		}
	}
}

func saysNull(text string) bool {
	return strings.Contains(strings.ToLower(text), "null") || strings.Contains(text, "no start") || strings.Contains(text, "No start")
}

// TestQueryAndSnapshotAskTheSame compares the questions of the two: gqlgen cannot let Query implement an interface.
func TestQueryAndSnapshotAskTheSame(t *testing.T) {
	s := schemaOf(t)
	onlyQuery := []string{"__schema", "__type", "snapshot", "sources", "source", "loads", "changes", "node", "nodes"}
	onlySnapshot := []string{"asOf", "knownAt", "load"}
	questions := func(def *ast.Definition, but []string) map[string]string {
		out := map[string]string{}
		for _, f := range def.Fields {
			if slices.Contains(but, f.Name) {
				continue
			}
			text := f.Description + "\n" + f.Type.String()
			for _, a := range f.Arguments {
				text += fmt.Sprintf("\n%s: %s = %v %s", a.Name, a.Type, a.DefaultValue, a.Description)
			}
			out[f.Name] = text
		}
		return out
	}
	if d := cmp.Diff(questions(s.Types["Query"], onlyQuery), questions(s.Types["Snapshot"], onlySnapshot)); d != "" {
		t.Errorf("Query and Snapshot differ (-query +snapshot):\n%s", d)
	}
}

// TestActTypes holds the enum to the domain's closed list.
func TestActTypes(t *testing.T) {
	var want, got []string
	for _, a := range graph.ActTypes {
		want = append(want, string(a.Type))
	}
	for _, v := range schemaOf(t).Types["ActType"].EnumValues {
		got = append(got, v.Name)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// TestTopics holds the enum to the domain's closed list.
func TestTopics(t *testing.T) {
	var got []graph.Topic
	for _, v := range schemaOf(t).Types["Topic"].EnumValues {
		got = append(got, graph.Topic(v.Name))
	}
	if d := cmp.Diff(graph.Topics, got); d != "" {
		t.Error(d)
	}
}

// TestReadOnly: nothing writes, nothing streams.
func TestReadOnly(t *testing.T) {
	s := schemaOf(t)
	if s.Mutation != nil || s.Subscription != nil {
		t.Error("the schema has a mutation or a subscription")
	}
	if s.Directives["defer"] != nil {
		t.Error("the schema offers @defer")
	}
}

// TestContract shows every change of the contract as a change of one file.
func TestContract(t *testing.T) {
	var b bytes.Buffer
	formatter.NewFormatter(&b, formatter.WithIndent("  ")).FormatSchema(schemaOf(t))
	golden := filepath.Join("testdata", "schema.graphql")
	if *update {
		if err := os.WriteFile(golden, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), b.String()); d != "" {
		t.Errorf("the contract changed (-was +is):\n%s", d)
	}
}

// TestIntrospection: what GraphiQL asks first is within the limits, and has every description.
func TestIntrospection(t *testing.T) {
	query, err := os.ReadFile(filepath.Join("testdata", "introspection.graphql"))
	if err != nil {
		t.Fatal(err)
	}
	r := post(t, New(Config{Reader: sampleStore(t), Logger: quiet(t)}), string(query), nil)
	if len(r.Errors) > 0 {
		t.Fatalf("%s", r.Raw)
	}
	var data struct {
		Schema struct {
			QueryType struct{ Name string } `json:"queryType"`
			Types     []struct{ Name, Description string }
		} `json:"__schema"`
	}
	if err := json.Unmarshal(r.Data, &data); err != nil {
		t.Fatal(err)
	}
	if data.Schema.QueryType.Name != "Query" || len(data.Schema.Types) < 60 {
		t.Errorf("an introspection of %d types, of which %q is the query's", len(data.Schema.Types), data.Schema.QueryType.Name)
	}
	hidden := post(t, New(Config{Reader: sampleStore(t), Logger: quiet(t), HideSchema: true}), string(query), nil)
	if got := hidden.codes(); !slices.Equal(got, []string{graph.CodeBadUserInput}) || hidden.Data != nil {
		t.Errorf("introspection that is switched off: %s", hidden.Raw)
	}
}
