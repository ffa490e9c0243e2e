package usvisits

import (
	"slices"

	"github.com/entente-graph/entente/graph"
)

// people are the visitors of a decade, each once.
type people struct {
	decade string
	found  []*person
}

// A person is a visitor, and where they stand first.
type person struct {
	facts   *graph.ActorFacts
	locator string
}

// add takes the visitors of a meeting. What is said of a person does not depend on the visit, so that another visit
// changes nothing. Spellings that differ in marks or case alone are one person's; others are not
// put together here: that two names are one person's is a decision.
func (ps *people) add(group []*visit) {
	for _, v := range group {
		for _, who := range v.visitors {
			k := personKey(who.name, v.country.ID, ps.decade)
			i := slices.IndexFunc(ps.found, func(p *person) bool { return p.facts.Key == k })
			if i < 0 {
				i = len(ps.found)
				ps.found = append(ps.found, &person{
					facts: &graph.ActorFacts{
						Key: k, Kind: graph.KindPerson,
						Citations: []graph.Citation{{Source: key, Locator: "visitors from " + v.country.ID}},
					},
					locator: v.record.Locator(),
				})
			}
			facts := ps.found[i].facts
			name := graph.Name{Text: who.name, Lang: "en"}
			if !slices.Contains(facts.Names, name) {
				facts.Names = append(facts.Names, name)
			}
		}
	}
}
