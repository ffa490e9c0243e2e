package model

import "github.com/entente-graph/entente/graph"

// A Change is a step that a load took.
type Change struct{ graph.Change }

// A Version is a version of a statement, in the state of the graph in which it stood.
type Version struct {
	graph.Recorded
	Until graph.LoadNumber // the load that closed it; 0: none
	In    graph.State
}

// Body is all that is stated.
func (v *Version) Body() string { return string(v.Recorded.Body) }

// ChangeWhere says which changes are wanted.
type ChangeWhere struct {
	Type       []graph.ChangeType
	Kind       []graph.StatementKind
	Engagement []graph.EngagementKind
	Topics     []graph.Topic
	Source     []graph.SourceKey
	Fields     []string
}

// A ChangeConnection is a page of changes.
type ChangeConnection struct {
	Connection[*Change]
	Looked int
}

// A ChangeEdge is one of them with its place.
type ChangeEdge Edge[*Change]

// Edges are the items with their places.
func (c *ChangeConnection) Edges() []*ChangeEdge { return edges[ChangeEdge](&c.Connection) }
