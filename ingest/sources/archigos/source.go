// Package archigos reads Archigos 4.1 of Goemans, Gleditsch and Chiozza: the effective leaders of states, when and how each
// came into office and left it.
//
// source.go says what the source is and yields its rows; gather.go knows the file and gathers the rows of one leader;
// tenure.go and person.go understand them, cells.go what stands in a cell. lookups.csv is the codebook, with the decisions on
// what the file has wrong. README.md tells the rest.
package archigos

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
const Key graph.SourceKey = "archigos"

// version is the dataset's own, whose codebook this is.
const version = "4.1"

// The days that the dataset speaks of: leaders since 1875, some of whom had come to office before, and its last day.
const (
	firstDay = "1875-01-01"
	lastDay  = "2015-12-31"
)

// office is what the dataset calls those it lists: who in effect governed, under whatever title.
const office = "effective leader"

// slice is what a load replaces: all of it.
var slice = graph.Slice{Source: Key, ID: graph.SliceID(Key)}

// Source reads Archigos 4.1. It is safe for concurrent use.
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
		Title:     "Archigos: A Dataset of Political Leaders",
		Version:   version,
		Publisher: "Henk Goemans, Kristian Skrede Gleditsch and Giacomo Chiozza",
		License:   "Free to use with citation; not to be redistributed",
		URL:       "http://ksgleditsch.com/archigos.html",
		Language:  "en",
		BibTeX:    bibTeX,
		Coverage: []graph.Coverage{{
			Kinds: []graph.StatementKind{graph.StatementActor, graph.StatementTenure},
			From:  graph.MustDate(firstDay),
			To:    graph.MustDate(lastDay),
			Note:  "The effective leader of every independent state of the Gleditsch-Ward list, and nobody else who held an office",
		}},
	}
}

const bibTeX = `@article{goemans_etal_2009_archigos,
  author = {Goemans, Henk E. and Gleditsch, Kristian Skrede and Chiozza, Giacomo},
  title = {Introducing Archigos: A Dataset of Political Leaders},
  journal = {Journal of Peace Research},
  volume = {46},
  number = {2},
  pages = {269--283},
  year = {2009},
  doi = {10.1177/0022343308100719},
  note = {Article of record of Archigos, version 4.1}
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

// Rows yields the source's own record, then for each leader, in the order of the file, the person and the tenures.
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
	leaders, err := r.gather(ctx, files, found[leaderYears])
	if err != nil {
		return err
	}
	for _, l := range leaders {
		rows, err := r.leader(l)
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

// A reader makes statements of leaders.
type reader struct {
	roster *ingest.Roster
	book   *book
}

// leader makes the statements of a leader, the person and every tenure, or puts all rows of the leader in quarantine: a
// person of whom half is understood would be another one.
func (r *reader) leader(l *leader) ([]ingest.Row, error) {
	var records []ingest.Record
	for _, x := range l.rows {
		records = append(records, x.Record())
	}
	u := r.understand(l)
	if len(u.bad) > 0 {
		row := ingest.Row{Records: records, Mistakes: u.bad}
		row.Mistakes.Sort()
		row.Statement.Source, row.Statement.Kind, row.Statement.Slice = Key, graph.StatementActor, slice.ID
		if l.known {
			row.Statement.Key = string(l.key)
		}
		return []ingest.Row{row}, nil
	}
	first := l.rows[0]
	locator := fmt.Sprintf("%s:%d", first.File, first.Line)
	st, err := graph.NewStatement(Key, slice.ID, r.person(l, u), locator)
	if err != nil {
		return nil, err
	}
	rows := []ingest.Row{{Statement: st, Records: records}}
	for _, t := range u.tenures {
		locator := fmt.Sprintf("%s:%d", t.row.File, t.row.Line)
		for _, held := range r.tenures(l, t) {
			st, err := graph.NewStatement(Key, slice.ID, held, locator)
			if err != nil {
				return nil, err
			}
			rows = append(rows, ingest.Row{Statement: st, Records: records})
		}
	}
	return rows, nil
}
