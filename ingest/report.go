package ingest

import (
	"slices"

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
	Source      graph.SourceKey     `json:"source"`
	Slices      []graph.SliceID     `json:"slices"`
	DryRun      bool                `json:"dryRun"`
	Load        graph.LoadNumber    `json:"load,omitempty"` // 0: nothing was written
	Counts      Counts              `json:"counts"`
	Changes     []Change            `json:"changes,omitempty"`     // where Options.Details asks for them
	Quarantined []graph.Quarantined `json:"quarantined,omitempty"` // without the text of their records
	Files       []graph.File        `json:"files,omitempty"`
	Version     string              `json:"version,omitempty"` // of the source, as the files say
	Nouns       []NounCounts        `json:"nouns,omitempty"`   // what it did, in the dataset's own terms
	Read        []FileRead          `json:"read,omitempty"`
	Links       Counts              `json:"links,omitzero"` // accounts that were linked, or are not any more
	// QuarantineChanged says that what is in quarantine is other than before: such a load is recorded although it may
	// change no statement.
	QuarantineChanged bool             `json:"quarantineChanged,omitempty"`
	Resumed           bool             `json:"resumed,omitempty"`   // it went on with a load that was broken off
	Discarded         graph.LoadNumber `json:"discarded,omitempty"` // another broken-off load that it took back first
	Undoes            graph.LoadNumber `json:"undoes,omitempty"`
	Amends            graph.LoadNumber `json:"amends,omitempty"`
	Mended            int              `json:"mended,omitempty"`  // records read as they were mended in earlier amendments
	Erased            int              `json:"erased,omitempty"`  // rows left out because what they say was erased
	LeftOut           int              `json:"leftOut,omitempty"` // records that are of nothing that the source says, by its rules
	PassedOver        []PassedOver     `json:"passedOver,omitempty"`
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

func (c Counts) all() int { return c.Added + c.Changed + c.Retracted + c.Unchanged }

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

// withoutTexts gives entries of a quarantine as a report has them: frames and texts are for mending.
func withoutTexts(all []graph.Quarantined) []graph.Quarantined {
	out := make([]graph.Quarantined, len(all))
	for i, q := range all {
		out[i] = q
		out[i].Mistakes, out[i].Records = slices.Clone(q.Mistakes), nil
		for _, r := range q.Records {
			if !r.Frame {
				r.Text = ""
				out[i].Records = append(out[i].Records, r)
			}
		}
	}
	return out
}
