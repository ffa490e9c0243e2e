package api

import (
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/entente-graph/entente/graph"
)

// costHop is what a hop of a neighbourhood or of paths costs: up to 50,000 engagements are looked at.
const costHop = 500

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
func (p *pricer) walk(f *ast.Field, result string) (items, own int) {
	number := func(name string, usual, most int) int {
		n, ok := p.int(f, name)
		if !ok {
			n = usual
		}
		return min(max(n, 1), most)
	}
	switch result {
	case "Subgraph":
		return number("limit", graph.DefaultNeighbors, graph.MaxNeighbors), costHop * number("hops", 1, graph.MaxHops)
	case "PathResult":
		return number("first", graph.DefaultPaths, graph.MaxPaths), costHop * number("maxHops", graph.DefaultPathHops, graph.MaxPathHops)
	default:
		return 0, 0
	}
}
