package difftest

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
)

// A generator makes documents of the schema. What was asked least, and what no answer had yet, is asked next, so that a
// few hundred documents ask everything that there is.
type generator struct {
	schema *ast.Schema
	asked  map[string]int // by the names of contract.go
	seen   coverage
}

func newGenerator(s *ast.Schema) *generator { return &generator{s, map[string]int{}, coverage{}} }

// novelty is how much a field is worth asking: the more the less often it was, and more as long as no answer had it.
func (g *generator) novelty(def *ast.Definition, f *ast.FieldDefinition) float64 {
	name := nameOfField(def.Name, f.Name)
	asked := float64(g.asked[name])
	worth := 1 / (1 + math.Pow(asked, 1.5))
	if g.seen[name] == 0 {
		worth += 1 / (1 + asked/5)
	}
	return worth
}

// What a document may be, by its size. The limits of the API are met by those that are meant to exceed them.
const (
	levels   = 9   // of selections
	budget   = 400 // fields of the answer, about
	question = 12  // what a question to the store counts for, in fields
	tooDeep  = 24  // levels, of documents meant to be refused
	tooMuch  = 1 << 17
)

// A growth is a document on its way.
type growth struct {
	*drawing
	g     *generator
	doc   *document
	left  int // of the budget
	ids   bool
	shape shape
	names int // of variables, aliases and fragments so far
}

// shape is what a document is to be.
type shape int

const (
	usual shape = iota
	deep
	wide
)

// document makes one. With ids among the words it asks for what they name.
func (g *generator) document(r *rand.Rand, words *vocabulary) *document {
	w := &growth{
		drawing: &drawing{Rand: r, schema: g.schema, words: words, asked: g.asked},
		g:       g, doc: &document{}, left: budget, ids: len(words.ids) > 0,
	}
	depth := 4 + r.IntN(levels-3)
	if !w.ids {
		switch r.IntN(60) {
		case 0:
			w.shape, depth = deep, tooDeep
		case 1:
			w.shape, depth = wide, 12
		}
	}
	w.doc.roots = w.set(g.schema.Query, depth, 1, map[string]bool{})
	return w.doc
}

// set makes what is selected of a type that the answer has so often. used has the names that are taken in the answer.
func (w *growth) set(def *ast.Definition, depth, items int, used map[string]bool) []*selection {
	var out []*selection
	if def.IsAbstractType() && !used["__typename"] {
		out = append(out, &selection{name: "__typename", of: def.Name}) // tells what the answer has
		used["__typename"] = true
	}
	n := 1 + w.IntN(5)
	if w.shape != usual || def == w.schema.Query {
		n = 1 + w.IntN(2)*b2i(w.shape == usual)
	}
	again := w.in(1, 8) // whether a field may be asked for twice
	for range n {
		f := w.choose(def, depth, items, func(f *ast.FieldDefinition) bool { return again || !used[f.Name] })
		if f == nil {
			break
		}
		out = append(out, w.field(def, f, depth, items, used))
	}
	if def.IsAbstractType() && (w.shape == usual || len(out) < 2) {
		out = append(out, w.onTypes(def, depth, items, used)...)
	}
	for _, f := range w.doc.fragments {
		if f.on == def.Name && w.in(1, 3) && items*sizeOf(f.below) < w.left && !slices.ContainsFunc(w.doc.keys(f.below), func(k string) bool { return used[k] }) {
			out = append(out, &selection{spread: f.name, of: def.Name})
			for _, k := range w.doc.keys(f.below) {
				used[k] = true
			}
		}
	}
	if len(out) == 0 {
		out = append(out, &selection{name: "__typename", of: def.Name})
	}
	return out
}

// onTypes makes fragments on some of the types that something may be of.
func (w *growth) onTypes(def *ast.Definition, depth, items int, used map[string]bool) []*selection {
	var out []*selection
	possible := slices.Clone(w.schema.GetPossibleTypes(def))
	slices.SortStableFunc(possible, func(a, b *ast.Definition) int { return cmp.Compare(w.promise(b, 1), w.promise(a, 1)) })
	for i, p := range possible {
		if i > 1 && !w.in(1, 3) || i > 0 && w.shape != usual {
			continue
		}
		below := w.set(p, depth, items, used)
		if w.in(1, 6) {
			out = append(out, w.named(p, below))
		} else {
			out = append(out, &selection{on: p.Name, of: def.Name, below: below})
		}
	}
	return out
}

// named makes a fragment with a name and spreads it.
func (w *growth) named(on *ast.Definition, below []*selection) *selection {
	f := &fragment{name: w.name("F"), on: on.Name, below: below}
	w.doc.fragments = append(w.doc.fragments, f)
	return &selection{spread: f.name, of: on.Name}
}

func (w *growth) name(letter string) string {
	w.names++
	return fmt.Sprint(letter, w.names)
}

// choose picks a field that may be and still fits, or none.
func (w *growth) choose(def *ast.Definition, depth, items int, may func(*ast.FieldDefinition) bool) *ast.FieldDefinition {
	var fields []*ast.FieldDefinition
	var weights []float64
	total := 0.0
	for _, f := range fieldsOf(def) {
		if !may(f) {
			continue
		}
		result := w.schema.Types[f.Type.Name()]
		weight := w.g.novelty(def, f)
		if result.IsCompositeType() {
			if depth < 2 || w.shape != wide && w.price(f, items) > w.left {
				continue
			}
			weight += w.promise(result, 2)
		} else if w.shape != usual {
			weight /= 1000
		}
		if needs := needsID(f); needs != w.ids && (needs || def == w.schema.Query) {
			continue
		}
		if w.shape == wide && paged(f) {
			weight *= 1000
		}
		fields, weights, total = append(fields, f), append(weights, weight), total+weight
	}
	at := w.Float64() * total
	for i, f := range fields {
		if at -= weights[i]; at <= 0 {
			return f
		}
	}
	return nil
}

// promise is how much is still to be asked below a type.
func (w *growth) promise(def *ast.Definition, levels int) float64 {
	total := 0.0
	for _, f := range fieldsOf(def) {
		total += w.g.novelty(def, f) / 4
		if result := w.schema.Types[f.Type.Name()]; levels > 1 && result.IsCompositeType() {
			total += w.promise(result, levels-1) / 4
		}
	}
	if def.Kind == ast.Union {
		for _, p := range w.schema.GetPossibleTypes(def) {
			total += w.promise(p, 1) / 4
		}
	}
	return total
}

func needsID(f *ast.FieldDefinition) bool {
	return slices.ContainsFunc(f.Arguments, func(a *ast.ArgumentDefinition) bool { return a.Type.Name() == "ID" && a.Type.NonNull })
}

// paged tells whether a field gives a page.
func paged(f *ast.FieldDefinition) bool { return f.Arguments.ForName("after") != nil }

// price is about how many fields the answer grows by when a field is asked of so many.
func (w *growth) price(f *ast.FieldDefinition, items int) int {
	switch {
	case paged(f):
		return items * question
	case f.Type.Elem != nil:
		return items * 4
	default:
		return items
	}
}

// field asks for a field.
func (w *growth) field(def *ast.Definition, f *ast.FieldDefinition, depth, items int, used map[string]bool) *selection {
	w.asked[nameOfField(def.Name, f.Name)]++
	w.left -= w.price(f, items)
	s := &selection{name: f.Name, of: def.Name}
	if used[s.name] || w.in(1, 20) {
		s.alias = w.name("x")
	}
	used[s.key()] = true
	result := w.schema.Types[f.Type.Name()]
	size := w.arguments(s, def, f, items)
	if !result.IsCompositeType() {
		return s
	}
	switch {
	case f.Type.Elem == nil:
	case f.Name == "nodes" || f.Name == "edges": // their number is the page's
	case size > 0:
		items *= size
	default:
		items *= 3
	}
	if paged(f) {
		items *= max(size, 1)
	}
	below := map[string]bool{}
	if paged(f) && w.shape == usual && w.in(3, 5) {
		s.below = append(s.below, w.pageInfo(result, below)...)
	}
	inner := w.set(result, depth-1, items, below)
	if w.shape == usual && w.in(1, 15) && depth > 2 && !result.IsAbstractType() {
		inner = []*selection{w.named(result, inner)}
	}
	s.below = append(s.below, inner...)
	return s
}

// pageInfo asks for what leads to the next page.
func (w *growth) pageInfo(connection *ast.Definition, used map[string]bool) []*selection {
	f := connection.Fields.ForName("pageInfo")
	if f == nil {
		return nil
	}
	used["pageInfo"] = true
	w.asked[nameOfField(connection.Name, f.Name)]++
	s := &selection{name: f.Name, of: connection.Name}
	for _, inner := range fieldsOf(w.schema.Types[f.Type.Name()]) {
		w.asked[nameOfField(f.Type.Name(), inner.Name)]++
		s.below = append(s.below, &selection{name: inner.Name, of: f.Type.Name()})
	}
	return []*selection{s}
}

// keys gives the names that a set has in the answer.
func (d *document) keys(set []*selection) []string {
	var keys []string
	for _, s := range set {
		switch {
		case s.spread != "":
			if f := d.fragment(s.spread); f != nil {
				keys = append(keys, d.keys(f.below)...)
			}
		case s.name == "":
			keys = append(keys, d.keys(s.below)...)
		default:
			keys = append(keys, s.key())
		}
	}
	return keys
}

func sizeOf(set []*selection) int {
	n := len(set)
	for _, s := range set {
		n += sizeOf(s.below)
	}
	return n
}
