// Package cowterritorialchange reads the Territorial Change data of the Correlates of War Project, version 6: which territory
// passed from whom to whom, month by month since 1816, and which states became independent by it.
//
// source.go says what the source is and yields its rows; layout.go knows the file and the codebook; change.go understands a row and
// makes an act of it. lookups.csv is the codebook. README.md tells the rest.
package cowterritorialchange

import (
	"context"
	"fmt"
	"io/fs"
	"iter"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// Key is the dataset's key as a source.
const Key graph.SourceKey = "cow-territorial-change"

// version is the dataset's own, whose codebook this is. Rows that it took over from the one before say so.
const version = "6"

// The years that version 6 covers. A date outside of them is a slip.
const (
	firstYear = 1816
	lastYear  = 2018
)

// slice is what a load replaces: all of it.
var slice = graph.Slice{Source: Key, ID: graph.SliceID(Key)}

// Source reads the Territorial Change data. It is safe for concurrent use.
type Source struct {
	states func() (*ingest.Roster, error)
}

var _ ingest.Framer = (*Source)(nil)

// New makes the source. The registry says who held which number when; the source asks it once.
func New(registry ingest.Registry) *Source { return &Source{registry.Once()} }

// Info tells what the source is and what it covers.
func (*Source) Info() graph.Source {
	return graph.Source{
		Key:       Key,
		Kind:      graph.SourceDataset,
		Title:     "Territorial Change",
		Version:   version,
		Publisher: "Correlates of War Project",
		License:   "Free to use with citation of the article of record and the version; not to be redistributed",
		URL:       "https://correlatesofwar.org/data-sets/territorial-change",
		Language:  "en",
		BibTeX:    bibTeX,
		Coverage: []graph.Coverage{{
			Kinds:  []graph.StatementKind{graph.StatementEngagement},
			Forms:  []graph.EngagementKind{graph.KindAct},
			Topics: []graph.Topic{graph.TopicTerritory},
			From:   graph.MustDate(fmt.Sprintf("%d-01-01", firstYear)),
			To:     graph.MustDate(fmt.Sprintf("%d-12-31", lastYear)),
			Note:   "All changes of territory in which a member of the COW system gained or lost, and no other acts",
		}},
	}
}

const bibTeX = `@article{tir_etal_1998_territorial,
  author = {Tir, Jaroslav and Schafer, Philip and Diehl, Paul F. and Goertz, Gary},
  title = {Territorial Changes, 1816--1996: Procedures and Data},
  journal = {Conflict Management and Peace Science},
  volume = {16},
  number = {1},
  pages = {89--97},
  year = {1998},
  doi = {10.1177/073889429801600105},
  note = {Article of record of Territorial Change, version 6, Correlates of War Project}
}
`

// Slices names what a load of this file would replace: all of it.
func (*Source) Slices(ctx context.Context, files fs.FS) ([]graph.Slice, error) {
	if _, err := finder.Find(ctx, files); err != nil {
		return nil, err
	}
	return []graph.Slice{slice}, nil
}

// Frames gives the header, which must stand before rows that are read alone.
func (*Source) Frames(ctx context.Context, files fs.FS) ([]ingest.Record, error) {
	found, err := finder.Find(ctx, files)
	if err != nil {
		return nil, err
	}
	return table.Frames(files, found, finder.Parts...)
}

// Rows yields the source's own record, then an act for each row.
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
	found, err := finder.Find(ctx, files)
	if err != nil {
		return err
	}
	r := &reader{}
	if r.roster, err = s.states(); err != nil {
		return err
	}
	if r.book, err = theBook(); err != nil {
		return err
	}
	info := s.Info()
	own, err := graph.NewStatement(Key, slice.ID, &info, "")
	if err != nil || !yield(ingest.Row{Statement: own}, nil) {
		return err
	}
	for row, err := range table.Read(ctx, files, found[changes], finder.Parts[0].Format) {
		if err != nil {
			return err
		}
		made, err := r.change(row)
		if err != nil {
			return err
		}
		if !yield(made, nil) {
			return nil
		}
	}
	return nil
}

// A reader makes statements of rows.
type reader struct {
	roster *ingest.Roster
	book   *book
}

// change makes the act of a row, or puts it in quarantine.
func (r *reader) change(row table.Row) (ingest.Row, error) {
	made := ingest.Row{Records: []ingest.Record{row.Record()}}
	c, bad := r.understand(row)
	if len(bad) > 0 {
		made.Mistakes = bad
		made.Mistakes.Sort()
		made.Statement.Source, made.Statement.Kind, made.Statement.Slice = Key, graph.StatementEngagement, slice.ID
		if n := row.Get("number"); row.Bad() == nil && isNumber(n) {
			made.Statement.Key = string(keyOf(n))
		}
		return made, nil
	}
	var err error
	made.Statement, err = graph.NewStatement(Key, slice.ID, c.act(r), fmt.Sprintf("%s:%d", row.File, row.Line))
	return made, err
}

// keyOf is a change's key: the dataset's name and its own number.
func keyOf(number string) graph.EngagementKey {
	return graph.EngagementKey(string(Key) + ":" + number)
}
