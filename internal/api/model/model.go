// Package model holds the nouns that only the API has: snapshots, pages, inputs, and parts of domain objects
// together with the state of the graph they were read in, which what lies below them is asked for in.
package model

import (
	"time"

	"github.com/entente-graph/entente/graph"
)

// Node is anything with an id.
type Node any

// SearchResult is an actor or an engagement.
type SearchResult any

// A Snapshot is a state of the graph that was asked for.
type Snapshot struct {
	In      graph.State
	KnownAt *time.Time
}

// Load is the load up to which knowledge counts.
func (s *Snapshot) Load() graph.LoadNumber { return s.In.Load }

// AsOf is the day in the world; nil: nothing is cut.
func (s *Snapshot) AsOf() *graph.Day { return s.In.AsOf }

// Meta says which state of the graph an answer stands on.
type Meta struct {
	Snapshot
	Rules []string
}

// A Citation is where a statement stands.
type Citation struct {
	graph.Citation
	In graph.State
}

// A Participation is an actor's part in an engagement.
type Participation struct {
	*graph.Participation
	Engagement *graph.EngagementBase
}

// A Stage is a step in the life of an agreement.
type Stage struct {
	Agreement *graph.EngagementBase
	Of        *graph.Stage
}

// Stage is which step it is.
func (s *Stage) Stage() graph.StageKind { return s.Of.Stage }

// Note is a remark.
func (s *Stage) Note() string { return s.Of.Note }

// An Obligation is what one party owes another.
type Obligation struct {
	*graph.Obligation
	In graph.State
}

// A PartOf says that an actor was part of another.
type PartOf struct {
	graph.PartOf
	In graph.State
}

// A Succession says that an actor succeeded another.
type Succession struct {
	graph.Succession
	In graph.State
}

// A Coverage is a window in which a source speaks.
type Coverage struct {
	graph.Coverage
	In graph.State
}
