package api

import (
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
)

// maxPairs bounds how many pairs of fields with one name a document may have in one place. The validator compares
// each pair, and what lies below it: ten thousand times the same field takes it ten seconds.
const maxPairs = 10_000

// pairs counts those pairs, fragments filled in, and stops a little past the limit. The document must have passed the limit
// of fields with its fragments filled in, which bounds how much is walked.
// same is how many names the same field has at most in one place.
func pairs(doc *ast.QueryDocument) (total, same int) {
	for _, op := range doc.Operations {
		m := &merger{doc: doc}
		total = sum(total, m.place([]ast.SelectionSet{op.SelectionSet}, total))
		same = max(same, m.same)
	}
	return total, same
}

// maxSame bounds under how many names a document may ask for the same field in one place, with the same arguments and the
// same below it: the store is asked once, and the answer says it again and again.
const maxSame = 3

// aliased tells under how many names of a place the same field is asked for. Fields without anything below them may have as
// many as there may be aliases.
func aliased(fields map[string]*ast.Field) int {
	names := map[string]int{}
	for _, f := range fields {
		if len(f.SelectionSet) > 0 {
			names[f.Name]++
		}
	}
	most := 0
	asked := map[string]int{}
	for _, f := range fields {
		if names[f.Name] <= maxSame || len(f.SelectionSet) == 0 {
			continue
		}
		p := &documentPrinter{used: map[string]*ast.FragmentDefinition{}}
		p.WriteString(f.Name)
		p.arguments(f.Arguments)
		p.directives(f.Directives)
		p.set(f.SelectionSet)
		asked[p.String()]++
		most = max(most, asked[p.String()])
	}
	return most
}

// merger walks a document place by place: fields of one name in one place are one field of the answer.
type merger struct {
	doc  *ast.QueryDocument
	same int
}

func (m *merger) place(sets []ast.SelectionSet, before int) int {
	count := map[string]int{}
	fields := map[string]*ast.Field{} // the first of each name
	below := map[string][]ast.SelectionSet{}
	var order []string
	var gather func(set ast.SelectionSet, within []string)
	gather = func(set ast.SelectionSet, within []string) {
		for _, s := range set {
			switch s := s.(type) {
			case *ast.Field:
				if count[s.Alias] == 0 {
					order = append(order, s.Alias)
					fields[s.Alias] = s
				}
				count[s.Alias]++
				if len(s.SelectionSet) > 0 {
					below[s.Alias] = append(below[s.Alias], s.SelectionSet)
				}
			case *ast.InlineFragment:
				gather(s.SelectionSet, within)
			case *ast.FragmentSpread:
				if f := m.doc.Fragments.ForName(s.Name); f != nil && !slices.Contains(within, s.Name) {
					gather(f.SelectionSet, append(within[:len(within):len(within)], s.Name))
				}
			}
		}
	}
	for _, set := range sets {
		gather(set, nil)
	}
	m.same = max(m.same, aliased(fields))
	total := 0
	for _, name := range order {
		n := count[name]
		total = sum(total, product(n, n-1)/2)
		if sum(before, total) > maxPairs {
			return total
		}
		if len(below[name]) > 0 {
			total = sum(total, m.place(below[name], sum(before, total)))
		}
	}
	return total
}
