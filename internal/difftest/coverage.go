package difftest

import (
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
)

// coverage counts under the names of contract.go what the answers had that was neither null nor empty.
type coverage map[string]int

func (c coverage) add(s *ast.Schema, d *document, data any) {
	d.walk(s, data, func(sel *selection, _ *ast.FieldDefinition, typ string, v any) {
		if l, ok := v.([]any); v == nil || ok && len(l) == 0 {
			return
		}
		c[nameOfField(sel.of, sel.name)]++
		if typ != sel.of {
			c[nameOfField(typ, sel.name)]++
		}
	})
}

// report fails where of 2,000 documents none asked a field, of 20,000 none gave an argument or a value, or where too
// little was there to be seen. Fewer documents ask most fields.
func (g *generator) report(t testing.TB, n int) {
	fields, others := everything(g.schema)
	missing := func(from []string, in map[string]int) (none []string) {
		for _, name := range from {
			if in[name] == 0 {
				none = append(none, name)
			}
		}
		return none
	}
	unasked, ungiven, unseen := missing(fields, g.asked), missing(others, g.asked), missing(fields, g.seen)
	t.Logf("%d documents: asked were %d of %d fields, %d of %d arguments and values of them; neither null nor empty were once %d fields",
		n, len(fields)-len(unasked), len(fields), len(others)-len(ungiven), len(others), len(fields)-len(unseen))
	if len(unseen) > 0 {
		t.Logf("always null or empty: %s", strings.Join(unseen, ", "))
	}
	if len(ungiven) > 0 {
		t.Logf("never given: %s", strings.Join(ungiven, ", "))
	}
	if len(unasked) > 0 && (n >= 2_000 || 10*len(unasked) > len(fields)) {
		t.Errorf("never asked: %s", strings.Join(unasked, ", "))
	}
	if 10*len(unseen) > 4*len(fields) {
		t.Errorf("the graphs have too little to show: of %d fields %d were always null or empty", len(fields), len(unseen))
	}
	if n >= 20_000 && len(ungiven) > 0 {
		t.Error("so many documents must give every argument and every value once")
	}
}
