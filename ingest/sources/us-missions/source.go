// Package usmissions reads the U.S. Diplomatic Mission Status of Brenton Kenkel, version 0.1: at which level the United States was
// represented in each state, spell by spell. The file comes with the program.
//
// source.go says what the source is and yields its rows; layout.go knows the files; spell.go reads a row, mission.go makes the
// statements of a state. lookups.csv has the words of the file. README.md tells the rest.
package usmissions

import (
	"context"
	"embed"
	"io/fs"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// Key is the dataset's key as a source.
const Key graph.SourceKey = "us-missions"

const version = "0.1"

// The days that version 0.1 covers. A date outside of them is a slip.
var (
	firstDay = graph.MustDay("1816-01-01")
	lastDay  = graph.MustDay("2024-12-31")
)

// sender is whose missions they are.
const sender graph.ActorKey = "iso3:USA"

//go:embed shipped
var shipped embed.FS

// Source reads version 0.1. It is safe for concurrent use.
type Source struct{ *table.Dataset }

var _ ingest.Shipper = (*Source)(nil)

// New makes the source. The registry says who held which number when; the source asks it once, when it first reads.
func New(registry ingest.Registry) *Source {
	d := &table.Dataset{About: about, Finder: finder}
	numbers := registry.Once()
	d.Read = func(ctx context.Context, files fs.FS, have map[string]string, yield table.Yield) error {
		roster, err := numbers()
		if err != nil {
			return err
		}
		states, err := gather(ctx, files, have[list.Name])
		if err != nil {
			return err
		}
		for _, st := range states {
			rows, err := st.rows(d, roster)
			if err != nil || !yield.All(rows) {
				return err
			}
		}
		return nil
	}
	return &Source{d}
}

// about is what the source is. Its one window is selective: it is of the missions of the United States alone, and those days of
// which it says nothing (of states that the list of states does not have then) are not days without a mission.
var about = graph.Source{
	Key:       Key,
	Kind:      graph.SourceDataset,
	Title:     "U.S. Diplomatic Mission Status",
	Version:   version,
	Publisher: "Brenton Kenkel",
	License:   "CC-BY-4.0",
	URL:       "https://github.com/brentonk/us_diplomatic_missions",
	Language:  "en",
	BibTeX:    bibTeX,
	Coverage: []graph.Coverage{{
		Kinds: []graph.StatementKind{graph.StatementRepresentation},
		From:  graph.DateOf(firstDay),
		To:    graph.DateOf(lastDay),
		Note:  "missions of the United States in states while they are members of the international system by the Correlates of War; its own statements say where there was none",
	}},
}

const bibTeX = `@misc{kenkel_2026_us_missions,
  author = {Kenkel, Brenton},
  title = {U.S. Diplomatic Mission Status},
  year = {2026},
  url = {https://github.com/brentonk/us_diplomatic_missions},
  note = {Version 0.1, data under CC BY 4.0}
}
`

// Shipped gives the file that comes with the program, as it was published, and its licence.
func (*Source) Shipped() fs.FS {
	files, err := fs.Sub(shipped, "shipped")
	if err != nil {
		panic("the files of us-missions, which are part of the program: " + err.Error())
	}
	return files
}
