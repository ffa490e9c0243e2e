// Package gwstates reads the list of independent states of Gleditsch and Ward, in its edition to 2020: who was an
// independent state from when to when.
//
// source.go says what the source is and yields its rows; layout.go knows the file and what stands in it; what lists of states have
// in common is in ingest/statelist. README.md tells the rest.
package gwstates

import (
	"context"
	"fmt"
	"io/fs"
	"iter"
	"sync"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/statelist"
	"github.com/entente-graph/entente/ingest/table"
)

// Key is the dataset's key as a source.
const Key graph.SourceKey = "gw-states"

// The edition is named by its last day: the file names none.
const (
	version  = "2020"
	firstDay = "1816-01-01"
	lastDay  = version + "-12-31"
)

// slice is what a load replaces: all of it.
var slice = graph.Slice{Source: Key, ID: graph.SliceID(Key)}

// list is the list as an organisation.
var list = statelist.List{
	Source: Key, Slice: slice.ID, Number: "gw", Letter: "gwc", Prefix: string(Key) + ":",
	Of: graph.ActorFacts{
		Key: "org:gw-state-system", Kind: graph.KindOrganization,
		Names: []graph.Name{{Text: "Independent states (Gleditsch and Ward)", Lang: "en"}},
		Note:  "A list of scholars, and no body that acts: its members are the states that they count, while they count them.",
	},
}

// Source reads the list. It is safe for concurrent use.
type Source struct {
	roster func() (*ingest.Roster, error)
	actors func() ([]graph.ActorFacts, error)
}

var _ ingest.Framer = (*Source)(nil)

// New makes the source. The registry says who held which number when; the source asks it once.
func New(registry ingest.Registry) *Source {
	return &Source{registry.Once(), sync.OnceValues(registry)}
}

// Info tells what the source is and what it covers.
func (s *Source) Info() graph.Source {
	info := graph.Source{
		Key:       Key,
		Kind:      graph.SourceDataset,
		Title:     "Independent States since the Congress of Vienna",
		Version:   version,
		Publisher: "Kristian Skrede Gleditsch and Michael D. Ward",
		License:   "Free to use with citation; not to be redistributed",
		URL:       "http://ksgleditsch.com/statelist.html",
		Language:  "en",
		BibTeX:    bibTeX,
	}
	registry, err := s.actors()
	if err != nil {
		return info // whoever reads rows will say so
	}
	info.Coverage = []graph.Coverage{{
		Kinds:    []graph.StatementKind{graph.StatementMembership},
		Actors:   list.Members(registry),
		From:     graph.MustDate(firstDay),
		To:       graph.MustDate(lastDay),
		Complete: true,
		Note:     "Who was an independent state, and so who was not; without the supplementary list of microstates",
	}}
	return info
}

const bibTeX = `@article{gleditsch_ward_1999_states,
  author = {Gleditsch, Kristian S. and Ward, Michael D.},
  title = {A Revised List of Independent States since the Congress of Vienna},
  journal = {International Interactions},
  volume = {25},
  number = {4},
  pages = {393--413},
  year = {1999},
  doi = {10.1080/03050629908434958},
  note = {In its edition to 2020}
}
`

// Slices names what a load of this file would replace: all of it.
func (*Source) Slices(ctx context.Context, files fs.FS) ([]graph.Slice, error) {
	if _, err := find(ctx, files); err != nil {
		return nil, err
	}
	return []graph.Slice{slice}, nil
}

// Frames gives the header, which must stand before rows that are read alone.
func (*Source) Frames(ctx context.Context, files fs.FS) ([]ingest.Record, error) {
	name, err := find(ctx, files)
	if err != nil {
		return nil, err
	}
	return finder.Frames(files, map[string]string{states: name})
}

// Rows yields the source's own record, the list, and a membership for each row.
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
	if err != nil || !yield(ingest.Row{Statement: own}, nil) {
		return err
	}
	if own, err = list.Statement(); err != nil || !yield(ingest.Row{Statement: own}, nil) {
		return err
	}
	for row, err := range table.Read(ctx, files, name, finder.Parts[0].Format) {
		if err != nil {
			return err
		}
		spell, bad := understand(row)
		made, err := list.Rows(roster, spell, bad)
		if err != nil {
			return err
		}
		for _, m := range made {
			if !yield(m, nil) {
				return nil
			}
		}
	}
	return nil
}
