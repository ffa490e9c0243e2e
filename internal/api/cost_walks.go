package api

import (
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/entente-graph/entente/graph"
)

// What a hop of a neighbourhood or of paths costs: up to 50,000 engagements are looked at, and it is asked who took part in them, what these
// are part of, when that existed, and who they are.
const (
	costHop      = 500
	costFar      = 30_000 // once, of a walk of two hops and more: thousands of engagements, and everybody who took part in them
	questionsHop = 4
)

// perItem tells of lists under a walk's answer how many items they may have for each that the walk may show; 0: it is none.
func perItem(parent, field string) int {
	switch parent + "." + field {
	case "Subgraph.nodes", "PathResult.paths":
		return 1
	case "Subgraph.links":
		return graph.LinksPerNeighbor
	default:
		return 0
	}
}

// walk gives how many items a walk may show, and what it costs itself; 0 where the field asks for none.
func (p *pricer) walk(f *ast.Field, result string) (items int, own amount) {
	beyond := false
	number := func(name string, most int) int {
		n, _ := p.int(f, name) // all have a default
		beyond = beyond || n > most
		return min(max(n, 1), most)
	}
	hops := 0
	switch result {
	case "Subgraph":
		items, hops = number("limit", graph.MaxNeighbors), number("hops", graph.MaxHops)
	case "PathResult":
		items, hops = number("first", graph.MaxPaths), number("maxHops", graph.MaxPathHops)
	}
	own = amount{costHop, questionsHop}.times(hops).plus(amount{costQuestion, questionsField})
	if hops > 1 && !beyond { // one that goes too far goes nowhere
		own.fields += costFar
	}
	return items, own
}
