package api

import (
	"math"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/lexer"

	"github.com/entente-graph/entente/graph"
)

// measure refuses a parsed document before it is validated: validating a hostile document can cost more than answering
// an honest one. Every selection is walked once, however many fragments lead to it. size is how many fields the largest
// operation asks for.
func measure(doc *ast.QueryDocument, l Limits) (size int, refused *gqlerror.Error) {
	m := &measurer{doc: doc, fragments: map[string]*extent{}, open: map[string]bool{}}
	for _, f := range doc.Fragments {
		m.directives += len(f.Directives)
		m.fragment(f.Name)
	}
	for _, op := range doc.Operations {
		m.directives += len(op.Directives)
		e := m.set(op.SelectionSet)
		size = max(size, e.size)
		switch {
		case e.depth > l.Depth:
			return size, tooDeep(e.depth, l)
		case e.roots > l.RootFields:
			return size, refuseMore(codeCost, "fields at the root", e.roots, l.RootFields,
				"the operation has %s fields at its root: the limit is %d", count(e.roots), l.RootFields)
		case e.size > l.Cost:
			return size, refuseMore(codeCost, "fields", e.size, l.Cost,
				"the document asks for %s fields once its fragments are filled in: the limit is %d", count(e.size), l.Cost)
		case e.spreads > maxSpreads:
			return size, refuseMore(codeCost, "fragments", e.spreads, maxSpreads,
				"the document fills in %s fragments: the limit is %d", count(e.spreads), maxSpreads)
		}
	}
	switch {
	case m.aliases > l.Aliases:
		return size, refuseMore(codeCost, "aliases", m.aliases, l.Aliases, "the document has %d aliases: the limit is %d", m.aliases, l.Aliases)
	case m.directives > l.Directives:
		return size, refuseMore(codeCost, "directives", m.directives, l.Directives, "the document has %d directives: the limit is %d", m.directives, l.Directives)
	case m.circle:
		return size, nil // the validator says which fragments spread themselves
	}
	n, same := pairs(doc)
	if same > maxSame {
		return size, refuseMore(codeCost, "names for the same field", same, maxSame,
			"the document asks for the same field, with the same arguments and the same below it, under %d names in one place: the limit is %d", same, maxSame)
	}
	if n > maxPairs {
		return size, refuseMore(codeCost, "pairs of fields", n, maxPairs,
			"the document asks for the same fields in the same place too often: more than %d pairs of them", maxPairs)
	}
	return size, nil
}

func tooDeep(depth int, l Limits) *gqlerror.Error {
	return refuseMore(codeDepth, "levels", depth, l.Depth, "the document is %d levels deep: the limit is %d", depth, l.Depth)
}

// maxWord bounds a name or a number of a document, in bytes: no name of a schema or an alias is nearly as long.
const maxWord = 200

// scan counts tokens and braces, so that the parser never meets a document that is too long or too deep for it.
// Inline fragments and input objects have braces too; what lies within twice the limit is left to the measurer.
func scan(query string, l Limits) *gqlerror.Error {
	if n := len(query); n > l.Document {
		return refuseMore(codeCost, "bytes", n, l.Document, "the document has %d bytes: the limit is %d; give what is long in variables", n, l.Document)
	}
	lex := lexer.New(&ast.Source{Input: query})
	tokens, depth, deepest := 0, 0, 0
	var lists []int // how many tokens stand directly in each bracket that is open; -1: another kind of bracket
	for tokens <= l.Tokens {
		t, err := lex.ReadToken()
		if err != nil || t.Kind == lexer.EOF {
			break // the parser will say where it is wrong
		}
		tokens++
		if n := len(lists); n > 0 && lists[n-1] >= 0 {
			if lists[n-1]++; lists[n-1] > 2*graph.MaxPage+1 { // a variable is two tokens, and the end one
				return refuse(graph.CodeBadUserInput, "a list of more than %d values: the limit is %d", 2*graph.MaxPage, graph.MaxPage)
			}
		}
		switch t.Kind {
		case lexer.BraceL, lexer.BracketL, lexer.ParenL:
			depth++
			deepest = max(deepest, depth)
			if deepest > 2*l.Depth+10 {
				break
			}
			lists = append(lists, -1)
			if t.Kind == lexer.BracketL {
				lists[len(lists)-1] = 0
			}
		case lexer.BraceR, lexer.BracketR, lexer.ParenR:
			depth--
			lists = lists[:max(len(lists)-1, 0)]
		case lexer.Name, lexer.Int, lexer.Float:
			if n := len(t.Value); n > maxWord {
				return refuse(graph.CodeBadUserInput, "a name or number of %d bytes: the limit is %d", n, maxWord)
			}
		default:
		}
	}
	if deepest > 2*l.Depth+10 {
		return tooDeep(deepest, l)
	}
	if tokens > l.Tokens {
		return refuseMore(codeCost, "tokens", tokens, l.Tokens, "the document has more than %d tokens, which is the limit", l.Tokens)
	}
	return nil
}

// maxSpreads bounds how many fragments an operation fills in, in all places together: each is walked by the validator.
const maxSpreads = 5_000

// measurer walks a document that is parsed and nothing more.
type measurer struct {
	doc                 *ast.QueryDocument
	fragments           map[string]*extent
	open                map[string]bool // the fragments being walked
	circle              bool            // one of them spreads itself
	aliases, directives int
}

// extent is how far a set of selections reaches, fragments filled in.
type extent struct{ depth, size, roots, spreads int }

func (m *measurer) set(selections ast.SelectionSet) extent {
	var e extent
	add := func(inner extent) {
		e.depth = max(e.depth, inner.depth)
		e.size = sum(e.size, inner.size)
		e.roots = sum(e.roots, inner.roots)
		e.spreads = sum(e.spreads, inner.spreads)
	}
	for _, s := range selections {
		switch s := s.(type) {
		case *ast.Field:
			if s.Alias != s.Name {
				m.aliases++
			}
			m.directives += len(s.Directives)
			below := m.set(s.SelectionSet)
			add(extent{below.depth + 1, sum(below.size, 1), 1, below.spreads})
		case *ast.InlineFragment:
			m.directives += len(s.Directives)
			add(m.set(s.SelectionSet))
		case *ast.FragmentSpread:
			m.directives += len(s.Directives)
			inner := m.fragment(s.Name)
			inner.spreads = sum(inner.spreads, 1)
			add(inner)
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
