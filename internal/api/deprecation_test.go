package api

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// reason is what a deprecation must say: since when, and by its coordinate, what replaces it.
var reason = regexp.MustCompile(`^Since ([0-9]+\.[0-9]+\.[0-9]+): use ([A-Za-z_.():]+)[,.]`)

// deprecated goes through all that a schema may deprecate, and tells what is wrong with how it does.
func deprecated(s *ast.Schema) (all, wrong []string) {
	look := func(at string, directives ast.DirectiveList, required bool) {
		d := directives.ForName("deprecated")
		if d == nil {
			return
		}
		all = append(all, at)
		text := ""
		if arg := d.Arguments.ForName("reason"); arg != nil {
			text = arg.Value.Raw
		}
		m := reason.FindStringSubmatch(text)
		switch {
		case m == nil:
			wrong = append(wrong, fmt.Sprintf("%s: %q does not say since when and what replaces it: Since 1.2.0: use Type.field, …", at, text))
		case !exists(s, m[2]):
			wrong = append(wrong, fmt.Sprintf("%s: there is no %s to replace it", at, m[2]))
		}
		if required {
			wrong = append(wrong, at+": is required, and who must give it cannot leave it")
		}
	}
	for name, def := range s.Types {
		for _, f := range def.Fields {
			look(name+"."+f.Name, f.Directives, def.Kind == ast.InputObject && f.Type.NonNull && f.DefaultValue == nil)
			for _, a := range f.Arguments {
				look(name+"."+f.Name+"("+a.Name+":)", a.Directives, a.Type.NonNull && a.DefaultValue == nil)
			}
		}
		for _, v := range def.EnumValues {
			look(name+"."+v.Name, v.Directives, false)
		}
	}
	slices.Sort(all)
	slices.Sort(wrong)
	return all, wrong
}

// exists tells whether a schema has what a coordinate names, and does not deprecate it itself.
func exists(s *ast.Schema, coordinate string) bool {
	coordinate, arg, _ := strings.Cut(coordinate, "(")
	typ, member, _ := strings.Cut(coordinate, ".")
	def := s.Types[typ]
	if def == nil {
		return false
	}
	if v := def.EnumValues.ForName(member); v != nil {
		return v.Directives.ForName("deprecated") == nil
	}
	f := def.Fields.ForName(member)
	if f == nil || f.Directives.ForName("deprecated") != nil {
		return false
	}
	return arg == "" || f.Arguments.ForName(strings.TrimSuffix(arg, ":)")) != nil
}

// TestDeprecations: what is deprecated says since when, and what replaces it, which is there.
func TestDeprecations(t *testing.T) {
	all, wrong := deprecated(schemaOf(t))
	if len(wrong) > 0 {
		t.Errorf("%s", strings.Join(wrong, "\n"))
	}
	t.Logf("deprecated: %v", all)
}

// TestWrongDeprecationsAreFound shows that the test above can fail.
func TestWrongDeprecationsAreFound(t *testing.T) {
	s, err := gqlparser.LoadSchema(&ast.Source{Input: `
		type Query {
			good: Int @deprecated(reason: "Since 1.2.0: use Query.better, which has units.")
			goodArgument(old: Int @deprecated(reason: "Since 1.2.0: use Query.better(more:).")): Int
			better(more: Int): Int
			silent: Int @deprecated
			vague: Int @deprecated(reason: "use better")
			lost: Int @deprecated(reason: "Since 1.2.0: use Query.nothing.")
			circular: Int @deprecated(reason: "Since 1.2.0: use Query.silent.")
			must(key: Int! @deprecated(reason: "Since 1.2.0: use Query.better(more:).")): E
		}
		enum E { OLD @deprecated(reason: "Since 1.2.0: use E.NEW.") NEW }`})
	if err != nil {
		t.Fatal(err)
	}
	all, wrong := deprecated(s)
	for i := range wrong {
		wrong[i], _, _ = strings.Cut(wrong[i], ": ")
	}
	if d := cmp.Diff([]string{"Query.circular", "Query.lost", "Query.must(key:)", "Query.silent", "Query.vague"}, wrong); d != "" {
		t.Error(d)
	}
	if len(all) != 8 {
		t.Errorf("%d are found: %v", len(all), all)
	}
}
