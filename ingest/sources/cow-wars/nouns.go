package cowwars

import (
	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

var _ ingest.Namer = (*Source)(nil)

// Noun calls these disputes wars, and their parties that are no states parties.
func (*Source) Noun(id graph.StatementID, _ []byte) string {
	switch {
	case id.Kind == graph.StatementActor:
		return "parties"
	case id.Kind != graph.StatementEngagement:
		return ""
	case id.Source == Dyadic:
		return "dyadic wars"
	default:
		return "wars"
	}
}
