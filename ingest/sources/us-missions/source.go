// Package usmissions reads the U.S. Diplomatic Mission Status of Brenton Kenkel, version 0.1: at which level the United States was
// represented in each state, spell by spell. The file comes with the program.
//
// source.go says what the source is and yields its rows; layout.go knows the files; spell.go reads a row, mission.go makes the
// statements of a state. lookups.csv has the words of the file. README.md tells the rest.
package usmissions

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"iter"
	"sync"

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

// slice is what a load replaces: the dataset is one thing.
var slice = graph.Slice{Source: Key, ID: graph.SliceID(Key)}

//go:embed shipped
var shipped embed.FS

// Source reads version 0.1. It is safe for concurrent use.
type Source struct {
	roster func() (*ingest.Roster, error)
}

var (
	_ ingest.Shipper = (*Source)(nil)
	_ ingest.Framer  = (*Source)(nil)
)

// New makes the source. The registry says who held which number when; the source asks it once, when it first reads.
func New(registry func() ([]graph.ActorFacts, error)) *Source {
	return &Source{sync.OnceValues(func() (*ingest.Roster, error) {
		actors, err := registry()
		if err != nil {
			return nil, fmt.Errorf("asking the registry of states: %w", err)
		}
		return ingest.NewRoster(actors)
	})}
}

// Info tells what the source is. Its one window is selective: it is of the missions of the United States alone, and those days of
// which it says nothing (of states that the list of states does not have then) are not days without a mission.
func (*Source) Info() graph.Source {
	return graph.Source{
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

// Slices names what a load of these files would replace: all of it.
func (s *Source) Slices(_ context.Context, files fs.FS) ([]graph.Slice, error) {
	if _, err := find(files); err != nil {
		return nil, err
	}
	return []graph.Slice{slice}, nil
}

// Frames gives the header, which must stand before rows that are read alone.
func (s *Source) Frames(_ context.Context, files fs.FS) ([]ingest.Record, error) {
	name, err := find(files)
	if err != nil {
		return nil, err
	}
	frame, err := table.Frame(files, name, layout)
	return []ingest.Record{frame}, err
}

// Rows yields the source's own record, then what it says of each state, by number.
func (s *Source) Rows(ctx context.Context, files fs.FS, of graph.Slice) iter.Seq2[ingest.Row, error] {
	return func(yield func(ingest.Row, error) bool) {
		if err := s.rows(ctx, files, of, yield); err != nil {
			yield(ingest.Row{}, err)
		}
	}
}

func (s *Source) rows(ctx context.Context, files fs.FS, of graph.Slice, yield func(ingest.Row, error) bool) error {
	if of != slice {
		return fmt.Errorf("there is no slice %s of %s here: %w", of.ID, of.Source, graph.ErrNotFound)
	}
	name, err := find(files)
	if err != nil {
		return err
	}
	roster, err := s.roster()
	if err != nil {
		return err
	}
	info := s.Info()
	own, err := graph.NewStatement(Key, slice.ID, &info, "")
	if err != nil {
		return err
	}
	if !yield(ingest.Row{Statement: own}, nil) {
		return nil
	}
	states, err := gather(ctx, files, name)
	if err != nil {
		return err
	}
	for _, st := range states {
		rows, err := st.rows(roster)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if !yield(row, nil) {
				return nil
			}
		}
	}
	return nil
}
