package api

import (
	"math"
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

// A census tells how many fields an introspection comes to. The schema is at hand, so that its number is exact: nothing is
// assumed of lists, and a bomb that names every field's type's fields is told from the usual introspection.
type census struct {
	schema    *ast.Schema
	variables map[string]any
	asked     int // in all
	whole     int // how often __schema is asked for
	deep      bool
	steps     int
	held      map[place]int
}

// maxSteps bounds the counting: what takes longer is more than any limit. The usual introspection takes a tenth of it.
const maxSteps = 200_000

// A place is a selection on a thing of the schema; what it comes to there is counted once.
type place struct {
	on  *ast.Field
	typ string
}

func newCensus(schema *ast.Schema, variables map[string]any) *census {
	return &census{schema: schema, variables: variables, held: map[place]int{}}
}

// root counts what __schema or __type comes to.
func (c *census) root(f *ast.Field) int {
	n := 1
	c.deep = c.deep || nests(f.SelectionSet, 0, map[nesting]bool{})
	if f.Name == "__schema" {
		c.whole++
		n = sum(n, c.fields(f.SelectionSet, c.ofSchema))
	} else if arg := f.Arguments.ForName("name"); arg != nil {
		name, _ := arg.Value.Value(c.variables) // execution says what is wrong with it
		if text, ok := name.(string); ok && c.schema.Types[text] != nil {
			n = sum(n, c.ofDefinition(f, c.schema.Types[text]))
		}
	}
	c.asked = sum(c.asked, n)
	return n
}

// maxNested is how many fields of the schema may be asked for where lists stand below lists.
const maxNested = 1_000

// typeLists are the lists that a type has.
var typeLists = []string{"fields", "inputFields", "enumValues", "interfaces", "possibleTypes"}

type nesting struct {
	fragment string
	lists    int
}

// nests tells whether lists of types stand below lists of types: of a field's type the usual introspection asks for its
// name alone, and finds the rest with the type itself.
func nests(set ast.SelectionSet, lists int, walked map[nesting]bool) bool {
	for _, s := range set {
		switch s := s.(type) {
		case *ast.Field:
			below := lists
			if slices.Contains(typeLists, s.Name) {
				if below++; below > 1 {
					return true
				}
			}
			if nests(s.SelectionSet, below, walked) {
				return true
			}
		case *ast.InlineFragment:
			if nests(s.SelectionSet, lists, walked) {
				return true
			}
		case *ast.FragmentSpread:
			at := nesting{s.Name, lists}
			if s.Definition == nil || walked[at] {
				continue
			}
			walked[at] = true
			if nests(s.Definition.SelectionSet, lists, walked) {
				return true
			}
		}
	}
	return false
}

// fields adds up what the fields of a selection come to, fragments filled in.
func (c *census) fields(set ast.SelectionSet, of func(*ast.Field) int) int {
	n := 0
	for _, s := range set {
		if c.steps++; c.steps > maxSteps {
			return math.MaxInt
		}
		switch s := s.(type) {
		case *ast.Field:
			n = sum(n, sum(1, of(s)))
		case *ast.InlineFragment:
			n = sum(n, c.fields(s.SelectionSet, of))
		case *ast.FragmentSpread:
			if s.Definition != nil {
				n = sum(n, c.fields(s.Definition.SelectionSet, of))
			}
		}
	}
	return n
}

func (c *census) ofSchema(f *ast.Field) int {
	n := 0
	switch f.Name {
	case "types":
		for _, def := range c.schema.Types {
			n = sum(n, c.ofDefinition(f, def))
		}
	case "queryType":
		n = c.ofDefinition(f, c.schema.Query)
	case "directives":
		for _, d := range c.schema.Directives {
			n = sum(n, c.fields(f.SelectionSet, func(f *ast.Field) int {
				if f.Name == "args" {
					return c.ofArguments(f, d.Arguments)
				}
				return 0
			}))
		}
	}
	return n
}

// ofDefinition counts what stands below a field whose value is a type.
func (c *census) ofDefinition(on *ast.Field, def *ast.Definition) int {
	at := place{on, def.Name}
	if n, ok := c.held[at]; ok {
		return n
	}
	n := c.fields(on.SelectionSet, func(f *ast.Field) int {
		n := 0
		switch f.Name {
		case "fields":
			if def.Kind == ast.Object || def.Kind == ast.Interface {
				for _, field := range def.Fields {
					n = sum(n, c.fields(f.SelectionSet, func(f *ast.Field) int {
						switch f.Name {
						case "args":
							return c.ofArguments(f, field.Arguments)
						case "type":
							return c.ofType(f, field.Type)
						}
						return 0
					}))
				}
			}
		case "inputFields":
			if def.Kind == ast.InputObject {
				for _, field := range def.Fields {
					n = sum(n, c.ofValue(f, field.Type))
				}
			}
		case "enumValues":
			for range def.EnumValues {
				n = sum(n, c.fields(f.SelectionSet, func(*ast.Field) int { return 0 }))
			}
		case "interfaces":
			for _, name := range def.Interfaces {
				n = sum(n, c.ofDefinition(f, c.schema.Types[name]))
			}
		case "possibleTypes":
			if def.IsAbstractType() {
				for _, possible := range c.schema.GetPossibleTypes(def) {
					n = sum(n, c.ofDefinition(f, possible))
				}
			}
		}
		return n
	})
	c.held[at] = n
	return n
}

func (c *census) ofArguments(on *ast.Field, args ast.ArgumentDefinitionList) int {
	n := 0
	for _, arg := range args {
		n = sum(n, c.ofValue(on, arg.Type))
	}
	return n
}

func (c *census) ofValue(on *ast.Field, t *ast.Type) int {
	return c.fields(on.SelectionSet, func(f *ast.Field) int {
		if f.Name == "type" {
			return c.ofType(f, t)
		}
		return 0
	})
}

// ofType counts what stands below a field whose value is a type that may be wrapped: a list of, or never null.
func (c *census) ofType(on *ast.Field, t *ast.Type) int {
	inner := t.Elem
	if t.NonNull {
		bare := *t
		bare.NonNull = false
		inner = &bare
	}
	if inner == nil {
		return c.ofDefinition(on, c.schema.Types[t.NamedType])
	}
	return c.fields(on.SelectionSet, func(f *ast.Field) int {
		if f.Name == "ofType" {
			return c.ofType(f, inner)
		}
		return 0
	})
}

// usualIntrospection is what GraphiQL, code generators and other tools ask, with every description.
const usualIntrospection = `query { __schema { description queryType { name kind } mutationType { name kind } subscriptionType { name kind }
	types { ...T } directives { name description isRepeatable locations args { ...V } } } }
fragment T on __Type { kind name description specifiedByURL isOneOf fields(includeDeprecated: true) { name description args { ...V } type { ...R } isDeprecated deprecationReason }
	inputFields { ...V } interfaces { ...R } enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason } possibleTypes { ...R } }
fragment V on __InputValue { name description type { ...R } defaultValue isDeprecated deprecationReason }
fragment R on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } } }`

// maxIntrospection is how many fields of the schema a document may ask for: what the usual one does, and a quarter more.
func maxIntrospection(schema *ast.Schema) int {
	doc, err := parser.ParseQuery(&ast.Source{Input: usualIntrospection})
	if err != nil {
		panic("api: the usual introspection: " + err.Error()) // a constant
	}
	link(doc)
	n := newCensus(schema, nil).root(doc.Operations[0].SelectionSet[0].(*ast.Field)) //nolint:forcetypeassert // a constant
	return n + n/4
}

// link leads spreads to their fragments, as the validator does.
func link(doc *ast.QueryDocument) {
	var walk func(ast.SelectionSet)
	walk = func(set ast.SelectionSet) {
		for _, s := range set {
			switch s := s.(type) {
			case *ast.Field:
				walk(s.SelectionSet)
			case *ast.InlineFragment:
				walk(s.SelectionSet)
			case *ast.FragmentSpread:
				s.Definition = doc.Fragments.ForName(s.Name)
			}
		}
	}
	for _, op := range doc.Operations {
		walk(op.SelectionSet)
	}
	for _, f := range doc.Fragments {
		walk(f.SelectionSet)
	}
}
