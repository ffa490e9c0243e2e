package cowmid

import (
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

var _ ingest.Namer = (*Source)(nil)

// Noun calls the acts that disputes are made of incidents, as the dataset does.
func (s *Source) Noun(id graph.StatementID, _ []byte) string {
	switch {
	case id.Kind != graph.StatementEngagement:
		return ""
	case strings.HasPrefix(id.Key, string(incidentKey(""))):
		return "incidents"
	default:
		return "disputes"
	}
}
