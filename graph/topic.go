package graph

import (
	"slices"
	"strings"
)

// A Topic is what an engagement is about and what a tie is on.
type Topic string

// The topics, a closed list.
const (
	TopicDefense      Topic = "DEFENSE"
	TopicIntelligence Topic = "INTELLIGENCE"
	TopicDiplomacy    Topic = "DIPLOMACY"
	TopicTrade        Topic = "TRADE"
	TopicFinance      Topic = "FINANCE"
	TopicTerritory    Topic = "TERRITORY"
	TopicFisheries    Topic = "FISHERIES"
	TopicHistory      Topic = "HISTORY"
	TopicEnvironment  Topic = "ENVIRONMENT"
	TopicWater        Topic = "WATER"
	TopicNuclear      Topic = "NUCLEAR"
	TopicCulture      Topic = "CULTURE"
	TopicHumanitarian Topic = "HUMANITARIAN"
	TopicEnergy       Topic = "ENERGY"
	TopicTransport    Topic = "TRANSPORT"
	TopicMigration    Topic = "MIGRATION"
	TopicJustice      Topic = "JUSTICE"
	TopicTechnology   Topic = "TECHNOLOGY"
)

// Topics lists all topics in the order in which they are shown.
var Topics = []Topic{
	TopicDefense, TopicIntelligence, TopicDiplomacy, TopicTrade, TopicFinance, TopicTerritory,
	TopicFisheries, TopicHistory, TopicEnvironment, TopicWater, TopicNuclear, TopicCulture,
	TopicHumanitarian, TopicEnergy, TopicTransport, TopicMigration, TopicJustice, TopicTechnology,
}

// ParseTopic reads a topic as people type it: any case, and British spelling.
func ParseTopic(text string) (Topic, error) {
	t := Topic(strings.ToUpper(strings.TrimSpace(text)))
	if t == "DEFENCE" {
		t = TopicDefense
	}
	if slices.Contains(Topics, t) {
		return t, nil
	}
	names := make([]string, len(Topics))
	for i, known := range Topics {
		names[i] = strings.ToLower(string(known))
	}
	p := BadInput("%q is not a topic: the topics are %s", text, strings.Join(names, ", "))
	p.Suggestions = Nearest(strings.ToLower(text), names, 1)
	return "", p
}
