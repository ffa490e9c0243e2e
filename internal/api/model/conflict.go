package model

import "github.com/entente-graph/entente/graph"

// A ConflictConnection is a page of conflicts.
type ConflictConnection struct {
	Connection[*graph.Conflict]
	Looked int
}

// A ConflictEdge is one of them with its place.
type ConflictEdge Edge[*graph.Conflict]

// Edges are the items with their places.
func (c *ConflictConnection) Edges() []*ConflictEdge { return edges[ConflictEdge](&c.Connection) }
