package api

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// What the validator says of mistakes that people make who have not read the whole schema, and which type it is about.
var (
	noValue    = regexp.MustCompile(`^Value ".*" does not exist in "(\w+)!?" enum\.$`)
	wrongValue = regexp.MustCompile(`(?s)^Expected value of type "(\w+)!?", found .*$`)
	noField    = regexp.MustCompile(`^Field "\w+" is not defined by type "(\w+)!?"\.$`)
	noArgument = regexp.MustCompile(`^Unknown argument "(asOf|knownAt|load)" on field "(?:Query|Snapshot|Dyad|Actor)\.`)
)

// maxListed is up to how many values of an enum are listed.
const maxListed = 12

// hint gives what may be added to a message of the validator: what would be right. It tells of the schema.
func (s *service) hint(message string) string {
	if noArgument.MatchString(message) {
		return " The day and what was known are arguments of snapshot, and hold for all that is below it."
	}
	for _, said := range []*regexp.Regexp{noValue, wrongValue, noField} {
		found := said.FindStringSubmatch(message)
		if found == nil {
			continue
		}
		def := s.schema.Types[found[1]]
		switch {
		case def == nil:
		case def.Kind == ast.Enum && said == noField:
			return fmt.Sprintf(" It is one of its values, as %s, and no object.", def.EnumValues[0].Name)
		case def.Kind == ast.Enum:
			return valuesOf(def)
		case def.Kind == ast.InputObject && said == wrongValue:
			return " It is an object, with fields such as " + someFields(def) + "."
		}
	}
	return ""
}

// valuesOf lists the values of an enum that has few.
func valuesOf(def *ast.Definition) string {
	if len(def.EnumValues) > maxListed {
		return ""
	}
	return " Its values are " + strings.Join(namesOf(def.EnumValues, func(v *ast.EnumValueDefinition) string { return v.Name }), ", ") + "."
}

// someFields names the first fields of an input; those that take others of its kind come last.
func someFields(def *ast.Definition) string {
	names := namesOf(def.Fields, func(f *ast.FieldDefinition) string { return f.Name })
	names = slices.DeleteFunc(names, func(name string) bool { return name == "AND" || name == "OR" || name == "NOT" })
	return strings.Join(names[:min(len(names), 3)], ", ")
}
