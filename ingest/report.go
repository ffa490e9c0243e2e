package ingest

import (
	"github.com/entente-graph/entente/graph"
)

// Action is what a load does with one statement.
type Action string

// The actions.
const (
	Added     Action = "added"
	Changed   Action = "changed"
	Retracted Action = "retracted"
	Unchanged Action = "unchanged"
)

// A Report is what a load did, or would do.
type Report struct {
	Source      graph.SourceKey  `json:"source"`
	Slices      []graph.SliceID  `json:"slices"`
	DryRun      bool             `json:"dryRun"`
	Load        graph.LoadNumber `json:"load,omitempty"` // 0: nothing was written
	Counts      Counts           `json:"counts"`
	Changes     []Change         `json:"changes,omitempty"` // where Options.Details asks for them
	Quarantined []Mistake        `json:"quarantined,omitempty"`
	Files       []graph.File     `json:"files,omitempty"`
}

// Counts is graph.Counts as a report prints it.
type Counts struct {
	Added       int `json:"added"`
	Changed     int `json:"changed"`
	Retracted   int `json:"retracted"`
	Unchanged   int `json:"unchanged"`
	Quarantined int `json:"quarantined"`
}

// Nothing tells whether the load found nothing to write.
func (c Counts) Nothing() bool { return c.Added+c.Changed+c.Retracted == 0 }

func (c *Counts) count(a Action) {
	switch a {
	case Added:
		c.Added++
	case Changed:
		c.Changed++
	case Retracted:
		c.Retracted++
	case Unchanged:
		c.Unchanged++
	}
}

// A Change is what a load does to one statement, as a person would review it.
type Change struct {
	Action Action              `json:"action"`
	Source graph.SourceKey     `json:"source"`
	Kind   graph.StatementKind `json:"kind"`
	Key    string              `json:"key"`
	Title  string              `json:"title,omitempty"`  // what the statement is about, for people
	Fields []FieldChange       `json:"fields,omitempty"` // of a change
}
