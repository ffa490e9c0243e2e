package cowmid

import (
	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/cow"
)

// coverage says what silence means. The dataset has every militarized dispute between members of the COW state system.
// What disputes were about (TERRITORY) is coded from what the parties sought to revise, and incidents were collected
// for disputes from 1992 on: both are selective. If the registry cannot be asked nothing is complete.
func (s *Source) coverage(lastYear int) []graph.Coverage {
	engagements := []graph.StatementKind{graph.StatementEngagement}
	dispute, act := []graph.EngagementKind{graph.KindDispute}, []graph.EngagementKind{graph.KindAct}
	windows := []graph.Coverage{
		{
			Kinds: engagements, Forms: dispute, Topics: []graph.Topic{graph.TopicDefense, graph.TopicTerritory},
			From: cow.Year(firstYear), To: cow.Year(lastYear), Note: "militarized disputes, by what the parties sought to revise",
		},
		{
			Kinds: engagements, Forms: act, Topics: []graph.Topic{graph.TopicDefense, graph.TopicTerritory},
			From: cow.Year(1992), To: cow.Year(lastYear), Note: "incidents of disputes that went on in 1992 or began later",
		},
	}
	actors, err := s.registry()
	if err != nil {
		return windows
	}
	return append(windows, cow.BetweenMembers(actors, lastYear)...)
}
