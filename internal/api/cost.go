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
	costQuestion = 20  // a field that asks the store a question of its own
	costCount    = 100 // totalCount
	listSize     = 5   // assumed of a list that is bounded by nature: spells, stages, assertions
)

// How many questions to the store are foreseen.
const (
	questionsAlways = 2  // the head, the sources
	questionsField  = 5  // of a field that asks: whom its keys name, through whom they take part and when those existed, the question itself, what is near
	questionsBelow  = 3  // of one that belongs to something: through whom it takes part, when those existed, and the question itself
	questionsTies   = 12 // of ties across the graph: which dyads have some, what their actors are part of, and what bears on each
	questionsPages  = 16 // of changes: several pages of them are looked through
)

// asksStore tells whether a field asks the store for each object that it stands under. What loaders fetch together
// for a whole level does not.
func asksStore(parent, field, result string) bool {
	switch {
	case strings.HasPrefix(field, "__"):
		return false
	case result == "OfficeConnection", parent == "Office" && result == "TenureConnection":
		return false
	case parent == "Query", parent == "Snapshot", parent == "Dyad" && field == "ties", parent == "Load" && field == "source",
		parent == "Dyad" && (field == "series" || field == "missions"),
		parent == "Change" && (field == "before" || field == "after"): // each in a state of its own
		return true
	default:
		return strings.HasSuffix(result, "Connection") && result != "ParticipationConnection" && !ofOffices(parent, field, result)
	}
}

// ofOffices tells of fields about offices that are asked for a whole level together.
func ofOffices(parent, field, result string) bool {
	return result == "OfficeConnection" || parent == "Office" && (field == "holders" || field == "holder") ||
		parent == "Participation" && field == "officeHolders"
}

// questionsOffices are those of a level of offices: what is part of their actors and when that existed, their tenures, and who held them
// under which keys.
const questionsOffices = 4

// questionsRelated are those of a level of what stands beside: the accounts of its engagements, who names these, and what is named.
const questionsRelated = 5

// isPage tells of a type whether it is a page: its lists are as long as the field that gave it was asked for.
func isPage(name string) bool { return strings.HasSuffix(name, "Connection") || name == "Subgraph" }

// countTies is what totalCount of ties costs: it folds every dyad.
const countTies = 5_000

// An amount is how much a selection comes to: fields of the answer, and questions to the store.
type amount struct{ fields, questions int }

func (a amount) plus(b amount) amount {
	return amount{sum(a.fields, b.fields), sum(a.questions, b.questions)}
}

func (a amount) times(n int) amount { return amount{product(n, a.fields), product(n, a.questions)} }

// A price is what a selection costs: once, and for each item of the page it stands in. levels counts what is asked
// once for a whole level of the answer, however many items that has.
type price struct {
	once, each amount
	levels     int
}

func (p price) plus(q price) price {
	return price{p.once.plus(q.once), p.each.plus(q.each), sum(p.levels, q.levels)}
}

func (p price) all() amount { return p.once.plus(p.each) }

// pricer tells what an operation may come to, before it is executed. It walks each fragment once: thirty fragments
// that each spread the next twice are thirty steps.
type pricer struct {
	variables map[string]any
	fragments map[string]price
	hidden    bool // introspection is switched off
	census    *census
	err       *gqlerror.Error
}

// foresee gives what an operation may come to, or why it is refused whatever it costs. What depends on the data alone, as the
// pages that a total is counted by, is not foreseen in questions; the limit holds for them all the same, as they are asked.
func (s *service) foresee(op *ast.OperationDefinition, variables map[string]any) (amount, *gqlerror.Error) {
	p := &pricer{variables: variables, fragments: map[string]price{}, hidden: s.hidden, census: newCensus(s.schema, variables)}
	total := p.set(op.SelectionSet)
	a := total.all()
	a.questions = sum(sum(a.questions, total.levels), questionsAlways)
	switch {
	case p.err != nil:
		return a, p.err
	case p.census.whole > 1:
		return a, refuseMore(codeCost, "__schema", p.census.whole, 1, "the document asks for __schema %d times: the limit is 1", p.census.whole)
	case p.census.deep && p.census.asked > maxNested:
		return a, refuseMore(codeCost, "fields of the schema", p.census.asked, maxNested,
			"the document asks for fields, values or types below those of a type, which come to %s fields: the limit is %d; ask for names there, and for what is below each with the type itself",
			count(p.census.asked), maxNested)
	case p.census.asked > s.introspection:
		return a, refuseMore(codeCost, "fields of the schema", p.census.asked, s.introspection,
			"the document asks for %s fields of the schema: the limit is %d, what the usual introspection asks for and a quarter more",
			count(p.census.asked), s.introspection)
	case a.fields > s.limits.Cost:
		return a, refuseMore(codeCost, "fields", a.fields, s.limits.Cost,
			"the answer may come to %s fields, which is %s more than is answered: the limit is %d; ask for smaller pages, or for less below them",
			count(a.fields), count(a.fields-s.limits.Cost), s.limits.Cost)
	case a.questions > s.limits.Questions:
		return a, refuseMore(codeCost, "questions", a.questions, s.limits.Questions,
			"the answer may take %s questions to the store: the limit is %d; ask for smaller pages, or for less below them",
			count(a.questions), s.limits.Questions)
	}
	return a, nil
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
	if f.Name == "__schema" || f.Name == "__type" {
		if p.hidden {
			p.err = refuse(graph.CodeBadUserInput, "this server does not answer %s: its schema is in the project's schema folder", f.Name)
			return price{once: amount{fields: 1}}
		}
		return price{once: amount{fields: p.census.root(f)}}
	}
	if f.Definition == nil {
		return price{once: amount{fields: 1}}
	}
	p.checkLists(f)
	below := p.set(f.SelectionSet)
	parent, result := "", f.Definition.Type.Name()
	if f.ObjectDefinition != nil {
		parent = f.ObjectDefinition.Name
	}
	if n := perItem(parent, f.Name); n > 0 {
		return price{each: below.all().plus(amount{fields: 1}).times(n), levels: sum(below.levels, 1)}
	}
	if items, walk := p.walk(f, result); items > 0 {
		return price{once: walk.plus(below.once).plus(below.each.times(items)), levels: below.levels}
	}
	own, levels := amount{fields: 1}, below.levels
	switch {
	case asksStore(parent, f.Name, result):
		own = amount{costQuestion, questionsField}
		if parent != "Query" && parent != "Snapshot" {
			own.questions = questionsBelow
		}
		own = own.plus(p.filtered(f))
		switch result {
		case "TieConnection":
			own.questions = questionsTies
		case "ChangeConnection":
			own.questions = questionsPages
		}
	case ofOffices(parent, f.Name, result):
		levels = sum(levels, questionsOffices)
	case f.Name == "related":
		levels = sum(levels, questionsRelated)
	case len(f.SelectionSet) > 0:
		levels = sum(levels, 1)
	}
	list := f.Definition.Type.Elem != nil && len(f.SelectionSet) > 0
	switch {
	case parent == "Series" && p.ofPoints(f):
		return price{each: p.point(f, below.all()), levels: levels}
	case parent == "Dyad" && f.Name == "series":
		return price{once: own.plus(p.series(f, below)), levels: levels}
	case isPage(parent) && list:
		return price{each: below.all().plus(amount{fields: 1}), levels: below.levels}
	case isPage(parent) && f.Name == "totalCount" && parent == "TieConnection":
		return price{once: amount{fields: countTies}}
	case isPage(parent) && f.Name == "totalCount":
		return price{once: amount{fields: costCount}}
	case isPage(result):
		return price{once: own.plus(below.once).plus(below.each.times(p.size(f))), levels: levels}
	case list:
		return price{once: own.plus(below.all().times(p.length(f))), levels: levels}
	default:
		return price{once: own.plus(below.all()), levels: levels}
	}
}

// size is how many items a page may have. What is more than a page may have is refused when it is asked for.
func (p *pricer) size(f *ast.Field) int {
	for _, name := range []string{"last", "first", "limit"} {
		if n, ok := p.int(f, name); ok {
			return min(max(n, 1), max(graph.MaxPage, graph.DefaultPage))
		}
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
	if n, ok := p.int(f, "first"); ok { // the engagements of a link
		return min(max(n, 1), graph.MaxLinkEngagements)
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
		if def := f.Definition.Arguments.ForName(name); def != nil && def.DefaultValue != nil {
			v, _ := def.DefaultValue.Value(nil) // the schema was checked
			return v
		}
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
