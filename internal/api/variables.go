package api

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/entente-graph/entente/graph"
)

// maxNamed is how much of a text that is wrong a message has, in bytes.
const maxNamed = 100

// inVariables finds the first value of an enum, or field of an input, in variables that the schema does not have, and says
// what is nearest. The validator says of them less than of literals, and takes defense for DEFENSE, which would find nothing.
func (s *service) inVariables(doc *ast.QueryDocument, asked *graphql.RawParams) *gqlerror.Error {
	op := doc.Operations.ForName(asked.OperationName)
	if op == nil {
		return nil // it is said where the operation is taken
	}
	for _, v := range op.VariableDefinitions {
		if wrong := s.wrongIn(v.Type, asked.Variables[v.Variable], "$"+v.Variable); wrong != "" {
			return refuse(errcode.ValidationFailed, "%s", wrong)
		}
	}
	return nil
}

// wrongIn says what is wrong with a value at a place; "" where nothing is, or where the validator says it as well.
func (s *service) wrongIn(t *ast.Type, value any, at string) string {
	if t.Elem != nil {
		list, ok := value.([]any)
		if !ok {
			return s.wrongIn(t.Elem, value, at) // one stands for a list of one
		}
		for i, item := range list {
			if wrong := s.wrongIn(t.Elem, item, fmt.Sprintf("%s[%d]", at, i)); wrong != "" {
				return wrong
			}
		}
		return ""
	}
	def := s.schema.Types[t.NamedType]
	if def == nil {
		return ""
	}
	switch value := value.(type) {
	case nil:
		return ""
	case string:
		if def.Kind == ast.Enum && def.EnumValues.ForName(value) == nil {
			return fmt.Sprintf("%s: value %q does not exist in %q enum.", at, cutTo(value, maxNamed), def.Name) +
				meant("the enum value ", strings.ToUpper(value), namesOf(def.EnumValues, func(v *ast.EnumValueDefinition) string { return v.Name }))
		}
		return noObject(def, at)
	case map[string]any:
		if def.Kind != ast.InputObject {
			return ""
		}
		for _, name := range slices.Sorted(maps.Keys(value)) {
			field := def.Fields.ForName(name)
			if name == "__typename" { // clients add it to what they give back, and the validator lets it pass
				continue
			}
			if field == nil {
				return fmt.Sprintf("%s: field %q is not defined by type %q.", at, cutTo(name, maxNamed), def.Name) +
					meant("", name, namesOf(def.Fields, func(f *ast.FieldDefinition) string { return f.Name }))
			}
			if wrong := s.wrongIn(field.Type, value[name], at+"."+name); wrong != "" {
				return wrong
			}
		}
	default:
		return noObject(def, at)
	}
	return ""
}

// noObject says that a value is none of the objects that an input is; "" where it is not to be one.
func noObject(def *ast.Definition, at string) string {
	if def.Kind != ast.InputObject {
		return ""
	}
	return fmt.Sprintf("%s: %q is an object, with fields such as %s.", at, def.Name, someFields(def))
}

func namesOf[T any](all []T, name func(T) string) []string {
	names := make([]string, len(all))
	for i, one := range all {
		names[i] = name(one)
	}
	return names
}

// meant guesses what was meant, as the validator does for literals.
func meant(what, text string, names []string) string {
	near := graph.Nearest(text, names, 3)
	if len(near) == 0 {
		return ""
	}
	for i, name := range near {
		near[i] = fmt.Sprintf("%q", name)
	}
	return " Did you mean " + what + strings.Join(near, " or ") + "?"
}

// placed puts the place of what is wrong with a variable into its message: the path of an error leads into the answer.
func placed(err *gqlerror.Error) {
	if len(err.Path) < 2 || err.Path[0] != ast.PathName("variable") {
		return
	}
	err.Message = "$" + err.Path[1:].String() + ": " + err.Message
	err.Path = nil
}
