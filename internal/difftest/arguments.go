package difftest

import (
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
)

// arguments gives a field its arguments, and tells how many items it may have by them: 0 where they do not say.
func (w *growth) arguments(s *selection, def *ast.Definition, f *ast.FieldDefinition, items int) int {
	size := 0
	pair := w.pair(f)
	for _, a := range f.Arguments {
		var v any
		given, required := true, a.Type.NonNull && a.DefaultValue == nil
		switch {
		case paged(f) && slices.Contains([]string{"first", "last", "after", "before"}, a.Name):
			continue // below, together
		case pair[a.Name] != "":
			v = pair[a.Name]
			if a.Type.Elem != nil {
				v = list{v}
			}
		case required || w.wanted(def, f, a):
			v = w.value(f.Name, a.Name, a.Type)
		default:
			given = false
		}
		if !given {
			continue
		}
		if l, ok := v.(list); ok && f.Type.Elem != nil {
			size = max(size, len(l))
		}
		w.give(s, def, a, v, required)
	}
	if paged(f) {
		size = w.page(s, def, f, items)
	}
	return size
}

// wanted draws whether an argument that may be left out is given: more often when it rarely was.
func (w *growth) wanted(def *ast.Definition, f *ast.FieldDefinition, a *ast.ArgumentDefinition) bool {
	return w.in(1, 1+min(w.asked[nameOfArgument(def.Name, f.Name, a.Name)], 3))
}

func (w *growth) give(s *selection, def *ast.Definition, a *ast.ArgumentDefinition, v any, required bool) {
	w.asked[nameOfArgument(def.Name, s.name, a.Name)]++
	arg := &argument{name: a.Name, typ: a.Type.String(), value: v, required: required}
	if w.in(1, 7) && w.shape == usual {
		arg.variable = w.name("v")
	}
	s.args = append(s.args, arg)
}

// pair gives the two actors of a field that is about two: mostly such as have to do with one another; and an actor with
// an office of its.
func (w *growth) pair(f *ast.FieldDefinition) map[string]string {
	for _, title := range []string{"office", "title"} {
		if f.Arguments.ForName("of") == nil || f.Arguments.ForName(title) == nil || len(w.words.ofOffice) == 0 || w.in(1, 4) {
			continue
		}
		held := one(w.Rand, w.words.ofOffice)
		if w.in(1, 3) {
			return map[string]string{"of": held[0]}
		}
		return map[string]string{"of": held[0], title: held[1]}
	}
	for _, names := range [][2]string{{"a", "b"}, {"from", "to"}} {
		a, b := f.Arguments.ForName(names[0]), f.Arguments.ForName(names[1])
		if a == nil || b == nil || a.Type.Name() != "String" || b.Type.Name() != "String" || len(w.words.dyads) == 0 || w.in(1, 5) {
			continue
		}
		d := early(w.Rand, w.words.dyads)
		i := w.IntN(2)
		return map[string]string{names[0]: d[i], names[1]: d[1-i]}
	}
	return nil
}

// page gives a field the arguments of its page, and tells its size.
func (w *growth) page(s *selection, def *ast.Definition, f *ast.FieldDefinition, items int) int {
	give := func(name string, v any) bool {
		a := f.Arguments.ForName(name)
		if a != nil {
			w.give(s, def, a, v, false)
		}
		return a != nil
	}
	if w.shape == wide {
		give("first", 100)
		return 100
	}
	n := 1 + w.IntN(4)
	if items == 1 && w.in(1, 3) {
		n = one(w.Rand, []int{8, 12, 12, 16, 25, 25, 50, 100})
	}
	if w.asked[nameOfArgument(def.Name, f.Name, "before")] == 0 && w.in(1, 2) && give("last", n) {
		return n // and what comes before it is asked next
	}
	switch w.IntN(24) {
	case 0:
		if items == 1 {
			return 25 // what a page has when nobody says
		}
	case 1:
		give("first", one(w.Rand, []any{0, -1, 101, 1<<31 - 1, nil}))
		return 25
	case 2: // what does not go together
		give("first", n)
		if w.in(1, 2) {
			give("last", n)
		} else {
			give("before", w.text(f.Name, "before"))
		}
		return n
	case 3:
		give("first", n)
		give("after", w.text(f.Name, "after"))
		return n
	case 4, 5, 6, 7, 8:
		if give("last", n) {
			if w.in(1, 20) {
				give("before", w.text(f.Name, "before"))
			}
			return n
		}
	}
	give("first", n)
	return n
}
