package difftest

import (
	"cmp"
	"math/rand/v2"
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
)

// walk goes through an answer's data along the document that it answers, and calls visit with every field, the type
// that the object has, and the value; once for each object. Of what failed there is nothing to visit.
func (d *document) walk(s *ast.Schema, data any, visit func(s *selection, def *ast.FieldDefinition, typ string, v any)) {
	var set func(all []*selection, static string, o map[string]any)
	var value func(f *selection, static string, v any)
	value = func(f *selection, static string, v any) {
		switch v := v.(type) {
		case []any:
			for _, item := range v {
				value(f, static, item)
			}
		case map[string]any:
			set(f.below, static, v)
		}
	}
	set = func(all []*selection, static string, o map[string]any) {
		typ := static
		if name, ok := o["__typename"].(string); ok {
			typ = name
		}
		for _, f := range all {
			switch {
			case f.spread != "":
				if fr := d.fragment(f.spread); fr != nil {
					set(fr.below, typ, o)
				}
			case f.name == "":
				if f.on == typ || slices.ContainsFunc(s.PossibleTypes[f.on], func(p *ast.Definition) bool { return p.Name == typ }) {
					set(f.below, typ, o)
				}
			default:
				v, ok := o[f.key()]
				if !ok {
					continue
				}
				def := s.Types[f.of].Fields.ForName(f.name)
				if def == nil {
					continue // __typename
				}
				visit(f, def, typ, v)
				if len(f.below) > 0 {
					value(f, def.Type.Name(), v)
				}
			}
		}
	}
	if o, ok := data.(map[string]any); ok {
		set(d.roots, s.Query.Name, o)
	}
}

// A nextPage is where a page goes on.
type nextPage struct {
	of            *selection
	after, cursor string // the argument, and what it is
}

func (p nextPage) name() string { return nameOfArgument(p.of.of, p.of.name, p.after) }

// follow makes the questions that an answer leads to: the next page of something it had a page of, and what ids in it
// name. News are pages of what never went on before.
func (g *generator) follow(r *rand.Rand, words *vocabulary, d *document, data any) (news, more []*document) {
	var ids []string
	var pages []nextPage
	c := d.clone()
	c.walk(g.schema, data, func(s *selection, def *ast.FieldDefinition, _ string, v any) {
		if id, ok := v.(string); ok && def.Type.Name() == "ID" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
		o, ok := v.(map[string]any)
		if !ok || !paged(def) {
			return
		}
		info, _ := o["pageInfo"].(map[string]any)
		end, _ := info["endCursor"].(string)
		start, _ := info["startCursor"].(string)
		switch back := given(s, "last"); {
		case end == "":
		case back && info["hasPreviousPage"] == true:
			pages = append(pages, nextPage{s, "before", start})
		case !back && info["hasNextPage"] == true:
			pages = append(pages, nextPage{s, "after", end})
		}
	})
	if len(pages) > 0 && r.IntN(3) > 0 {
		p := slices.MinFunc(pages, func(x, y nextPage) int { return cmp.Compare(g.asked[x.name()], g.asked[y.name()]) })
		p.of.args = slices.DeleteFunc(p.of.args, func(a *argument) bool { return a.name == p.after })
		p.of.args = append(p.of.args, &argument{name: p.after, typ: "String", value: p.cursor})
		if i := slices.IndexFunc(c.roots, func(root *selection) bool { return within(root, p.of) }); i >= 0 {
			c.roots = c.roots[i : i+1]
		}
		if g.asked[p.name()]++; g.asked[p.name()] == 1 {
			news = append(news, c)
		} else {
			more = append(more, c)
		}
	}
	if len(ids) > 0 && r.IntN(2) > 0 {
		with := *words
		with.ids = ids
		more = append(more, g.document(r, &with))
	}
	return news, more
}

func given(s *selection, arg string) bool {
	return slices.ContainsFunc(s.args, func(a *argument) bool { return a.name == arg && a.value != nil })
}

func within(root, s *selection) bool {
	return root == s || slices.ContainsFunc(root.below, func(b *selection) bool { return within(b, s) })
}
