package gptad

import (
	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/names"
)

const members = "Membership"

// membership reads the parties: names of states in one text, some in brackets behind the organisation to which they belong.
// A name that nobody has decided is a mistake with candidates.
func (r *reader) membership(c *cells, at graph.Date) names.Parties {
	found, unknown := r.names.Parties(c.text(members), at)
	for _, u := range unknown {
		mistake := c.row.Mistake(members, u.Rule, u.Suggestion)
		mistake.Value = u.Text
		c.bad = append(c.bad, mistake)
	}
	if len(found.States) == 0 && len(c.bad) == 0 {
		c.mistake(members, "no state is named", "the names of the parties, separated by commas")
	}
	return found
}
