package api

import (
	"math"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/lexer"
	"github.com/vektah/gqlparser/v2/parser"
)

// measure refuses a document by its text alone, before it is validated: validating a hostile document can cost
// more than answering an honest one. Every selection is walked once, however many fragments lead to it.
func measure(query string, l Limits) *gqlerror.Error {
	if err := scan(query, l); err != nil {
		return err
	}
	doc, err := parser.ParseQuery(&ast.Source{Input: query})
	if err != nil {
		return nil // the executor parses it again and says where it is wrong
	}
	m := &measurer{doc: doc, fragments: map[string]*extent{}, open: map[string]bool{}}
	for _, f := range doc.Fragments {
		m.directives += len(f.Directives)
		m.fragment(f.Name)
	}
	for _, op := range doc.Operations {
		m.directives += len(op.Directives)
		e := m.set(op.SelectionSet)
		switch {
		case e.depth > l.Depth:
			return tooDeep(e.depth, l)
		case e.roots > l.RootFields:
			return refuse(codeCost, "the operation has %s fields at its root: the limit is %d", count(e.roots), l.RootFields)
		case e.size > l.Cost:
			return refuse(codeCost, "the document asks for %s fields once its fragments are filled in: the limit is %d", count(e.size), l.Cost)
		}
	}
	switch {
	case m.aliases > l.Aliases:
		return refuse(codeCost, "the document has %d aliases: the limit is %d", m.aliases, l.Aliases)
	case m.directives > l.Directives:
		return refuse(codeCost, "the document has %d directives: the limit is %d", m.directives, l.Directives)
	case m.circle:
		return nil // the validator says which fragments spread themselves
	}
	if n := pairs(doc); n > maxPairs {
		return refuse(codeCost, "the document asks for the same fields in the same place too often: more than %d pairs of them", maxPairs)
	}
	return nil
}

func tooDeep(depth int, l Limits) *gqlerror.Error {
	return refuse(codeDepth, "the document is %d levels deep: the limit is %d", depth, l.Depth)
}

// scan counts tokens and braces, so that the parser never meets a document that is too long or too deep for it.
// Inline fragments and input objects have braces too; what lies within twice the limit is left to the measurer.
func scan(query string, l Limits) *gqlerror.Error {
	lex := lexer.New(&ast.Source{Input: query})
	tokens, depth, deepest := 0, 0, 0
	for tokens <= l.Tokens {
		t, err := lex.ReadToken()
		if err != nil || t.Kind == lexer.EOF {
			break // the parser will say where it is wrong
		}
		tokens++
		switch t.Kind {
		case lexer.BraceL, lexer.BracketL, lexer.ParenL:
			depth++
			deepest = max(deepest, depth)
		case lexer.BraceR, lexer.BracketR, lexer.ParenR:
			depth--
		default:
		}
	}
	if deepest > 2*l.Depth+10 {
		return tooDeep(deepest, l)
	}
	if tokens > l.Tokens {
		return refuse(codeCost, "the document has more than %d tokens, which is the limit", l.Tokens)
	}
	return nil
}

// measurer walks a document that is parsed and nothing more.
type measurer struct {
	doc                 *ast.QueryDocument
	fragments           map[string]*extent
	open                map[string]bool // the fragments being walked
	circle              bool            // one of them spreads itself
	aliases, directives int
}

// extent is how far a set of selections reaches, fragments filled in.
type extent struct{ depth, size, roots int }

func (m *measurer) set(selections ast.SelectionSet) extent {
	var e extent
	add := func(inner extent) {
		e.depth = max(e.depth, inner.depth)
		e.size = sum(e.size, inner.size)
		e.roots = sum(e.roots, inner.roots)
	}
	for _, s := range selections {
		switch s := s.(type) {
		case *ast.Field:
			if s.Alias != s.Name {
				m.aliases++
			}
			m.directives += len(s.Directives)
			below := m.set(s.SelectionSet)
			add(extent{below.depth + 1, sum(below.size, 1), 1})
		case *ast.InlineFragment:
			m.directives += len(s.Directives)
			add(m.set(s.SelectionSet))
		case *ast.FragmentSpread:
			m.directives += len(s.Directives)
			add(m.fragment(s.Name))
		}
	}
	return e
}

func (m *measurer) fragment(name string) extent {
	if e := m.fragments[name]; e != nil {
		return *e
	}
	if m.open[name] {
		m.circle = true
		return extent{}
	}
	m.open[name] = true
	defer delete(m.open, name)
	var e extent
	if f := m.doc.Fragments.ForName(name); f != nil {
		e = m.set(f.SelectionSet)
	}
	m.fragments[name] = &e
	return e
}

// sum and product stop at the largest number there is.
func sum(a, b int) int {
	if a > math.MaxInt-b {
		return math.MaxInt
	}
	return a + b
}

func product(a, b int) int {
	if a > 0 && b > math.MaxInt/a {
		return math.MaxInt
	}
	return a * b
}
