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
func pairs(doc *ast.QueryDocument) int {
	total := 0
	for _, op := range doc.Operations {
		total = sum(total, (&merger{doc: doc}).place([]ast.SelectionSet{op.SelectionSet}, total))
	}
	return total
}

// merger walks a document place by place: fields of one name in one place are one field of the answer.
type merger struct {
	doc *ast.QueryDocument
}

func (m *merger) place(sets []ast.SelectionSet, before int) int {
	count := map[string]int{}
	below := map[string][]ast.SelectionSet{}
	var order []string
	var gather func(set ast.SelectionSet, within []string)
	gather = func(set ast.SelectionSet, within []string) {
		for _, s := range set {
			switch s := s.(type) {
			case *ast.Field:
				if count[s.Alias] == 0 {
					order = append(order, s.Alias)
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
