package difftest

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/entente-graph/entente/schema"
)

// contract reads the schema, once.
var contract = sync.OnceValues(func() (*ast.Schema, error) {
	files, err := fs.Glob(schema.Files, "*.graphqls")
	if err != nil {
		return nil, err
	}
	var sources []*ast.Source
	for _, file := range files {
		text, err := fs.ReadFile(schema.Files, file)
		if err != nil {
			return nil, fmt.Errorf("the schema: %w", err)
		}
		sources = append(sources, &ast.Source{Name: file, Input: string(text)})
	}
	s, err := gqlparser.LoadSchema(sources...)
	if err != nil {
		return nil, fmt.Errorf("the schema: %w", err)
	}
	for _, possible := range s.PossibleTypes { // they come in no order
		slices.SortFunc(possible, func(a, b *ast.Definition) int { return cmp.Compare(a.Name, b.Name) })
	}
	return s, nil
})

// fieldsOf gives what can be asked of a type, in the schema's order. What is deprecated or introspection is not.
func fieldsOf(def *ast.Definition) []*ast.FieldDefinition {
	var fields []*ast.FieldDefinition
	for _, f := range def.Fields {
		if !strings.HasPrefix(f.Name, "__") && f.Directives.ForName("deprecated") == nil {
			fields = append(fields, f)
		}
	}
	return fields
}

// types gives the schema's own types, by name.
func types(s *ast.Schema) []*ast.Definition {
	var defs []*ast.Definition
	for _, name := range slices.Sorted(maps.Keys(s.Types)) {
		if def := s.Types[name]; !def.BuiltIn {
			defs = append(defs, def)
		}
	}
	return defs
}

// The names under which it is counted what was asked.
func nameOfField(typ, field string) string { return typ + "." + field }

func nameOfArgument(typ, field, arg string) string { return typ + "." + field + "(" + arg + ":)" }

func nameOfValue(enumeration, value string) string { return enumeration + "." + value }

// everything lists all that documents can ask: fields and arguments of types, values of enums that are given
// somewhere, fields of input objects.
func everything(s *ast.Schema) (fields, others []string) {
	given := map[string]bool{}
	var give func(t *ast.Type)
	give = func(t *ast.Type) {
		def := s.Types[t.Name()]
		if given[def.Name] {
			return
		}
		given[def.Name] = true
		for _, f := range def.Fields {
			give(f.Type)
		}
	}
	for _, def := range types(s) {
		if def.Kind != ast.Object && def.Kind != ast.Interface {
			continue
		}
		for _, f := range fieldsOf(def) {
			fields = append(fields, nameOfField(def.Name, f.Name))
			for _, a := range f.Arguments {
				give(a.Type)
				others = append(others, nameOfArgument(def.Name, f.Name, a.Name))
			}
		}
	}
	for _, def := range types(s) {
		switch {
		case def.Kind == ast.Enum && given[def.Name]:
			for _, v := range def.EnumValues {
				others = append(others, nameOfValue(def.Name, v.Name))
			}
		case def.Kind == ast.InputObject:
			for _, f := range def.Fields {
				others = append(others, nameOfField(def.Name, f.Name))
			}
		}
	}
	return fields, others
}
