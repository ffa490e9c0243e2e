package model

import "github.com/entente-graph/entente/graph"

// TieWhere says which ties are wanted.
type TieWhere struct {
	Topics []graph.Topic
	Status []graph.TieStatus
	Nature graph.TieNature
	Of     []string
}

// DuringInput asks for periods that lie so to an interval; both days are in it.
type DuringInput struct {
	From, To  *graph.Day
	Overlap   graph.Overlap
	Certainty graph.Certainty
}

// LinkWhere says what links two actors.
type LinkWhere struct {
	Kind       []graph.EngagementKind
	Topics     []graph.Topic
	MaxParties int
	Alignment  graph.Alignment
	Actors     []graph.ActorKind
	During     *DuringInput
}
