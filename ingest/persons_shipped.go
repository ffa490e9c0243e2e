package ingest

import (
	_ "embed" // the table
	"encoding/csv"
	"slices"
	"strings"
	"sync"

	"github.com/entente-graph/entente/graph"
)

// samePersons is a table of decisions that come with the program: two keys of which the rules are not sure, and that are plainly one
// person, with the evidence. What people decide in a store of theirs outranks it.
//
//go:embed persons.csv
var samePersons string

// ShippedDecisions gives them, in the order of their keys. The table is part of the program: a mistake in it is one of ours.
var ShippedDecisions = sync.OnceValue(func() []graph.Decision {
	rows, err := csv.NewReader(strings.NewReader(samePersons)).ReadAll()
	if err != nil {
		panic(err)
	}
	all := make([]graph.Decision, 0, len(rows))
	for _, row := range rows[1:] {
		all = append(all, *graph.NewDecision(graph.VerdictSame, row[0], row[1], row[2]))
	}
	return all
})

// withShipped adds the decisions that come with the program to those that people made, where these say nothing of the two.
func withShipped(made []graph.Decision) []graph.Decision {
	all := slices.Clone(made)
	for _, d := range ShippedDecisions() {
		if !slices.ContainsFunc(made, func(m graph.Decision) bool { return m.A == d.A && m.B == d.B }) {
			all = append(all, d)
		}
	}
	return all
}
