package api

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/entente-graph/entente/graph"
)

// What fields cost. The unit is one field of the answer; what asks the store costs as much as it keeps it busy.
const (
	costQuestion = 20     // a field that asks the store a question of its own
	costCount    = 100    // totalCount
	costSchema   = 10_000 // the whole of __schema
	costType     = 500    // __type
	listSize     = 5      // assumed of a list that is bounded by nature: spells, stages, assertions
)

// asksStore tells whether a field asks the store for each object that it stands under. What loaders fetch together
// for a whole level does not.
func asksStore(parent, field, result string) bool {
	switch {
	case parent == "Query", parent == "Snapshot", parent == "Dyad" && field == "ties",
		parent == "Dyad" && field == "series",
		parent == "Change" && (field == "before" || field == "after"): // each in a state of its own
		return true
	default:
		return strings.HasSuffix(result, "Connection") && result != "ParticipationConnection"
	}
}

// countTies is what totalCount of ties costs: it folds every dyad.
const countTies = 5_000

// A price is what a selection costs: once, and for each item of the page it stands in.
type price struct{ once, each int }

func (p price) plus(q price) price { return price{sum(p.once, q.once), sum(p.each, q.each)} }

// pricer tells what an operation may come to, before it is executed. It walks each fragment once: thirty fragments
// that each spread the next twice are thirty steps.
type pricer struct {
	schema    *ast.Schema
	variables map[string]any
	fragments map[string]price
	hidden    bool // introspection is switched off
	err       *gqlerror.Error
}

// cost gives what an operation may come to, or why it is refused whatever it costs.
func cost(schema *ast.Schema, op *ast.OperationDefinition, variables map[string]any, hidden bool) (int, *gqlerror.Error) {
	p := &pricer{schema: schema, variables: variables, fragments: map[string]price{}, hidden: hidden}
	total := p.set(op.SelectionSet)
	return sum(total.once, total.each), p.err
}

func (p *pricer) set(selections ast.SelectionSet) price {
	var total price
	for _, s := range selections {
		switch s := s.(type) {
		case *ast.Field:
			total = total.plus(p.field(s))
		case *ast.InlineFragment:
			total = total.plus(p.set(s.SelectionSet))
		case *ast.FragmentSpread:
			held, ok := p.fragments[s.Name]
			if !ok && s.Definition != nil {
				held = p.set(s.Definition.SelectionSet)
				p.fragments[s.Name] = held
			}
			total = total.plus(held)
		}
	}
	return total
}

func (p *pricer) field(f *ast.Field) price {
	switch f.Name {
	case "__schema", "__type":
		if p.hidden {
			p.err = refuse(graph.CodeBadUserInput, "this server does not answer %s: its schema is in the project's schema folder", f.Name)
		}
		if f.Name == "__schema" {
			return price{once: costSchema}
		}
		return price{once: costType}
	}
	if f.Definition == nil {
		return price{once: 1}
	}
	p.checkLists(f)
	below := p.set(f.SelectionSet)
	parent, own, result := "", 1, f.Definition.Type.Name()
	if f.ObjectDefinition != nil {
		parent = f.ObjectDefinition.Name
	}
	if asksStore(parent, f.Name, result) {
		own = costQuestion
	}
	if strings.HasSuffix(parent, "Connection") {
		switch f.Name {
		case "nodes", "edges":
			return price{each: sum(sum(below.once, below.each), 1)}
		case "totalCount":
			if parent == "TieConnection" {
				return price{once: countTies}
			}
			return price{once: costCount}
		}
	}
	switch {
	case parent == "Series" && p.ofPoints(f):
		return price{each: p.point(f, below)}
	case parent == "Dyad" && f.Name == "series":
		return price{once: sum(own, p.series(f, below))}
	case strings.HasSuffix(result, "Connection"):
		return price{once: sum(sum(own, below.once), product(p.size(f), below.each))}
	case f.Definition.Type.Elem != nil && len(f.SelectionSet) > 0:
		return price{once: sum(own, product(p.length(f), sum(below.once, below.each)))}
	default:
		return price{once: sum(own, sum(below.once, below.each))}
	}
}

// size is how many items a page may have. What is more than a page may have is refused when it is asked for.
func (p *pricer) size(f *ast.Field) int {
	if n, ok := p.int(f, "last"); ok {
		return min(max(n, 1), graph.MaxPage)
	}
	if n, ok := p.int(f, "first"); ok {
		return min(max(n, 1), graph.MaxPage)
	}
	return graph.DefaultPage
}

// length is how many items a list may have: as many as topics or ids were given, or else what is usual.
func (p *pricer) length(f *ast.Field) int {
	for _, name := range []string{"topics", "ids"} {
		if list, ok := p.value(f, name).([]any); ok && len(list) > 0 {
			return len(list)
		}
	}
	return listSize
}

func (p *pricer) int(f *ast.Field, name string) (int, bool) {
	switch n := p.value(f, name).(type) {
	case int64:
		return int(min(n, math.MaxInt32)), true
	case int:
		return n, true
	case json.Number:
		i, err := strconv.Atoi(n.String())
		return i, err == nil
	default:
		return 0, false
	}
}

func (p *pricer) value(f *ast.Field, name string) any {
	arg := f.Arguments.ForName(name)
	if arg == nil {
		return nil
	}
	v, err := arg.Value.Value(p.variables)
	if err != nil {
		return nil // execution says what is wrong with it
	}
	return v
}

// maxText bounds a text that is asked about, in bytes: no key, code, title or cursor is nearly as long.
const maxText = 2_000

// checkLists refuses lists of values that are longer than a page, and texts that are longer than any name.
func (p *pricer) checkLists(f *ast.Field) {
	for _, arg := range f.Arguments {
		v, err := arg.Value.Value(p.variables)
		if err != nil {
			continue
		}
		n, text := longest(v)
		if text > maxText {
			p.err = refuse(graph.CodeBadUserInput, "%s(%s:) has a text of %d bytes: the limit is %d", f.Name, arg.Name, text, maxText)
		}
		if n > graph.MaxPage {
			p.err = refuse(graph.CodeBadUserInput, "%s(%s:) has a list of %d values: the limit is %d", f.Name, arg.Name, n, graph.MaxPage)
		}
	}
}

// longest gives the lengths of the longest list and of the longest text in a value.
func longest(v any) (list, text int) {
	within := func(inner any) {
		l, t := longest(inner)
		list, text = max(list, l), max(text, t)
	}
	switch v := v.(type) {
	case string:
		text = len(v)
	case []any:
		list = len(v)
		for _, inner := range v {
			within(inner)
		}
	case map[string]any:
		for _, inner := range v {
			within(inner)
		}
	}
	return list, text
}

// count prints a number; one that stopped at the largest there is, as such.
func count(n int) string {
	if n == math.MaxInt {
		return "more than 9 quintillion"
	}
	return strconv.Itoa(n)
}
