// Package gwstates reads the list of independent states of Gleditsch and Ward, in its edition to 2020: who was an
// independent state from when to when.
//
// source.go says what the source is and yields its rows; layout.go knows the file and what stands in it; what lists of states have
// in common is in ingest/statelist. README.md tells the rest.
package gwstates

import (
	"context"
	"io/fs"
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

// list is the list as an organisation.
var list = statelist.List{
	Source: Key, Slice: graph.SliceID(Key), Number: "gw", Letter: "gwc", Prefix: string(Key) + ":",
	Of: graph.ActorFacts{
		Key: "org:gw-state-system", Kind: graph.KindOrganization,
		Names: []graph.Name{{Text: "Independent states (Gleditsch and Ward)", Lang: "en"}},
		Note:  "A list of scholars, and no body that acts: its members are the states that they count, while they count them.",
	},
}

// Source reads the list. It is safe for concurrent use.
type Source struct{ *table.Dataset }

// New makes the source. The registry says who held which number when; the source asks it once.
func New(registry ingest.Registry) *Source {
	d := &table.Dataset{About: about, Finder: finder}
	numbers, actors := registry.Once(), sync.OnceValues(registry)
	d.Covers = func() []graph.Coverage {
		all, err := actors()
		if err != nil {
			return nil // whoever reads rows will say so
		}
		return []graph.Coverage{{
			Kinds:    []graph.StatementKind{graph.StatementMembership},
			Actors:   list.Members(all),
			From:     graph.MustDate(firstDay),
			To:       graph.MustDate(lastDay),
			Complete: true,
			Note:     "Who was an independent state, and so who was not; without the supplementary list of microstates",
		}}
	}
	d.Read = func(ctx context.Context, files fs.FS, have map[string]string, yield table.Yield) error {
		roster, err := numbers()
		if err != nil {
			return err
		}
		itself, err := list.Statement()
		if err != nil || !yield(ingest.Row{Statement: itself}) {
			return err
		}
		for row, err := range table.Read(ctx, files, have[file.Name], file.Format) {
			if err != nil {
				return err
			}
			spell, bad := understand(row)
			made, err := list.Rows(roster, spell, bad)
			if err != nil || !yield.All(made) {
				return err
			}
		}
		return nil
	}
	return &Source{d}
}

// about is what the source is.
var about = graph.Source{
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
