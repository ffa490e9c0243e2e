// Package cowwars reads the wars of the Correlates of War Project: inter-state, extra-state, intra-state and non-state
// wars, and the dyadic inter-state wars that were made of the first.
//
// source.go says what the sources are and yields their rows; layout.go knows the files; rows.go and dyads.go what a row
// says; war.go makes disputes and the actors that are no states. lookups.csv is the codebook. README.md tells the rest.
package cowwars

import (
	"context"
	"fmt"
	"io/fs"
	"iter"
	"sync"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/cow"
	"github.com/entente-graph/entente/ingest/names"
)

// Key is the wars' key as a source. The dyadic wars are a dataset of their own, with a version of their own, that is loaded
// by the same command.
const (
	Key    graph.SourceKey = "cow-wars"
	Dyadic graph.SourceKey = "cow-wars-dyadic"
)

// NumberScheme is the scheme of the project's numbers of wars.
const NumberScheme = "cow-war"

// about is the slice of what the source says of itself: any of the files may be loaded without the others.
var about = graph.Slice{Source: Key, ID: "cow-wars/about"}

// Source reads the wars. It is safe for concurrent use.
type Source struct {
	names func() (*names.Book, error)
}

var _ ingest.Framer = (*Source)(nil)

// New makes the source. The registry says who held which number when, and what states are called; the source asks it when it first reads.
func New(registry ingest.Registry) *Source {
	return &Source{sync.OnceValues(func() (*names.Book, error) { return names.New(registry, names.English) })}
}

// Info tells what the source is and what it covers.
func (*Source) Info() graph.Source {
	return graph.Source{
		Key:       Key,
		Kind:      graph.SourceDataset,
		Title:     "COW War Data, 1816–2007",
		Version:   "4.1",
		Publisher: "Correlates of War Project",
		License:   license,
		URL:       "https://correlatesofwar.org/data-sets",
		Language:  "en",
		BibTeX:    bibTeX,
		Coverage:  coverage("wars of a thousand battle deaths and more", firstYear),
	}
}

func dyadicInfo() graph.Source {
	return graph.Source{
		Key:       Dyadic,
		Kind:      graph.SourceDataset,
		Title:     "Directed Dyadic Interstate War Dataset",
		Version:   "3",
		Publisher: "Correlates of War Project",
		License:   license,
		URL:       "https://correlatesofwar.org/data-sets",
		Language:  "en",
		BibTeX:    dyadicBibTeX,
		Coverage:  coverage("inter-state wars, by who fought whom", 1823),
	}
}

// coverage is selective: every war is there, and no dispute short of one, so that silence says nothing of disputes.
func coverage(what string, from int) []graph.Coverage {
	return []graph.Coverage{{
		Kinds: []graph.StatementKind{graph.StatementEngagement, graph.StatementActor}, Forms: []graph.EngagementKind{graph.KindDispute},
		Topics: []graph.Topic{graph.TopicDefense}, From: cow.Year(from), To: cow.Year(lastYear), Note: what,
	}}
}

const license = "Free to use with citation of the article of record and the version; not to be redistributed"

const bibTeX = `@book{sarkees_wayman_2010_resort_to_war,
  author = {Sarkees, Meredith Reid and Wayman, Frank Whelon},
  title = {Resort to War: 1816--2007},
  publisher = {CQ Press},
  year = {2010},
  note = {Of record for the COW War Data, versions 4.0 and (intra-state wars) 4.1, Correlates of War Project}
}
`

const dyadicBibTeX = `@article{maoz_etal_2019_dyadic,
  author = {Maoz, Zeev and Johnson, Paul L. and Kaplan, Jasper and Ogunkoya, Fiona and Shreve, Aaron P.},
  title = {The Dyadic Militarized Interstate Disputes (MIDs) Dataset Version 3.0: Logic, Characteristics, and Comparisons to Alternative Datasets},
  journal = {Journal of Conflict Resolution},
  volume = {63},
  number = {3},
  year = {2019},
  note = {Of record for the Directed Dyadic Interstate War Dataset, version 3, Correlates of War Project}
}
`

// Slices names what a load of these files would replace: the wars of each file that is there.
func (*Source) Slices(ctx context.Context, files fs.FS) ([]graph.Slice, error) {
	have, err := dataset.Find(ctx, files)
	if err != nil {
		return nil, err
	}
	var slices []graph.Slice
	for _, k := range kinds {
		if have[k.part] != "" {
			if len(slices) == 0 {
				slices = append(slices, about)
			}
			slices = append(slices, k.slice)
		}
	}
	if have[dyadic] != "" {
		slices = append(slices, dyads)
	}
	return slices, nil
}

// Frames gives the headers, which must stand before rows that are read alone.
func (*Source) Frames(ctx context.Context, files fs.FS) ([]ingest.Record, error) {
	have, err := dataset.Find(ctx, files)
	if err != nil {
		return nil, err
	}
	return dataset.Frames(files, have)
}

// Rows yields a row for each war, by number, and for each party that is no state; or for each dyadic war.
func (s *Source) Rows(ctx context.Context, files fs.FS, of graph.Slice) iter.Seq2[ingest.Row, error] {
	return func(yield func(ingest.Row, error) bool) {
		if err := s.rows(ctx, files, of, yield); err != nil {
			yield(ingest.Row{}, err)
		}
	}
}

func (s *Source) rows(ctx context.Context, files fs.FS, of graph.Slice, yield func(ingest.Row, error) bool) error {
	have, err := dataset.Find(ctx, files)
	if err != nil {
		return err
	}
	r := &reader{of: of}
	if r.names, err = s.names(); err != nil {
		return err
	}
	r.states = r.names.Roster()
	if r.book, err = theCodebook(); err != nil {
		return err
	}
	if r.named, err = namedStates(); err != nil {
		return err
	}
	if of == about {
		info := s.Info()
		row, err := r.statement(&info, "source.go")
		if err == nil {
			yield(row, nil)
		}
		return err
	}
	if of == dyads && have[dyadic] != "" {
		return r.dyads(ctx, files, have[dyadic], yield)
	}
	for _, k := range kinds {
		if k.slice == of && have[k.part] != "" {
			return r.wars(ctx, files, have, k, yield)
		}
	}
	return fmt.Errorf("there is no slice %s of %s here: %w", of.ID, of.Source, graph.ErrNotFound)
}

// A reader makes statements of the rows of one slice.
type reader struct {
	of     graph.Slice
	states *ingest.Roster
	named  map[namedParty]graph.Code
	names  *names.Book // of states
	book   *codebook
}

func (r *reader) statement(v any, locator string) (ingest.Row, error) {
	st, err := graph.NewStatement(r.of.Source, r.of.ID, v, locator)
	return ingest.Row{Statement: st}, err
}

// warKey names a war: numbers are unique over all its files.
func warKey(number string) graph.EngagementKey {
	return graph.EngagementKey(string(Key) + ":" + number)
}
