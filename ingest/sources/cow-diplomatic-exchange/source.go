// Package cowdiplomaticexchange reads the Diplomatic Exchange data of Reşat Bayer for the Correlates of War Project, version 2006.1: at which
// level states were represented at one another, in 38 years between 1817 and 2005.
//
// source.go says what the source is and yields its rows; layout.go knows the file; wave.go reads a row, pair.go makes the statements
// of two states. README.md tells the rest.
package cowdiplomaticexchange

import (
	"context"
	"fmt"
	"io/fs"
	"iter"
	"sync"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// Key is the dataset's key as a source.
const Key graph.SourceKey = "cow-diplomatic-exchange"

const version = "2006.1"

// slice is what a load replaces: the dataset is one thing.
var slice = graph.Slice{Source: Key, ID: graph.SliceID(Key)}

// Source reads version 2006.1. It is safe for concurrent use.
type Source struct {
	roster func() (*ingest.Roster, error)
}

var _ ingest.Framer = (*Source)(nil)

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

// Info tells what the source is. Its one window is selective: of the years between those in which it looked it says nothing, and where it
// found no mission its own statements say so.
func (*Source) Info() graph.Source {
	return graph.Source{
		Key:       Key,
		Kind:      graph.SourceDataset,
		Title:     "Diplomatic Exchange",
		Version:   version,
		Publisher: "Correlates of War Project (Reşat Bayer, Koç University)",
		License:   "Free to use with citation; not to be redistributed",
		URL:       "https://correlatesofwar.org/data-sets/diplomatic-exchange",
		Language:  "en",
		BibTeX:    bibTeX,
		Coverage: []graph.Coverage{{
			Kinds: []graph.StatementKind{graph.StatementRepresentation},
			From:  graph.MustDate(fmt.Sprint(waves[0])),
			To:    graph.MustDate(fmt.Sprint(waves[len(waves)-1])),
			Note:  "representation at the level of chargé d'affaires, minister and ambassador between members of the interstate system, as it was in single years: " + waveText() + "; nothing between them",
		}},
	}
}

const bibTeX = `@misc{bayer_2006_diplomatic_exchange,
  author = {Bayer, Re\c{s}at},
  title = {Diplomatic Exchange Data Set},
  year = {2006},
  url = {https://correlatesofwar.org/data-sets/diplomatic-exchange},
  note = {Version 2006.1}
}
`

// Slices names what a load of these files would replace: all of it.
func (s *Source) Slices(ctx context.Context, files fs.FS) ([]graph.Slice, error) {
	if _, err := find(ctx, files); err != nil {
		return nil, err
	}
	return []graph.Slice{slice}, nil
}

// Frames gives the header, which must stand before rows that are read alone.
func (s *Source) Frames(ctx context.Context, files fs.FS) ([]ingest.Record, error) {
	name, err := find(ctx, files)
	if err != nil {
		return nil, err
	}
	frame, err := table.Frame(files, name, layout)
	return []ingest.Record{frame}, err
}

// Rows yields the source's own record, then what it says of each two states, by their numbers.
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
	name, err := find(ctx, files)
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
	pairs, err := gather(ctx, files, name)
	if err != nil {
		return err
	}
	for _, p := range pairs {
		rows, err := p.rows(roster)
		if err == nil {
			err = ctx.Err()
		}
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
