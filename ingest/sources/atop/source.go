// Package atop reads the Alliance Treaty Obligations and Provisions of Leeds, Ritter, Mitchell and Long, version 4.01:
// alliances as agreements, with when each member came and went and what it owed whom.
//
// source.go says what the source is and yields its rows; layout.go knows the files; alliance.go gathers the rows of one
// alliance; cells.go and lookups.go know what stands in a cell; member.go finds who a member is on the day;
// agreement.go, stages.go and obligations.go make the agreement, and words.go its title and summary. lookups.csv is the
// codebook as far as it is read. README.md tells the rest.
package atop

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
const Key graph.SourceKey = "atop"

// version is the dataset's own, for whose codebook this is written.
const version = "4.01"

// The years that version 4.01 covers. A date outside of them is a slip.
const (
	firstYear = 1815
	lastYear  = 2016
)

// slice is what a load replaces: the alliance level and the member level are one thing.
var slice = graph.Slice{Source: Key, ID: graph.SliceID(Key)}

// Source reads ATOP 4.01. It is safe for concurrent use.
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
		Title:     "Alliance Treaty Obligations and Provisions (ATOP)",
		Version:   version,
		Publisher: "The ATOP project (Brett Ashley Leeds, Rice University)",
		License:   "Free to use with citation; not to be redistributed",
		URL:       "http://www.atopdata.org",
		Language:  "en",
		BibTeX:    bibTeX,
		Coverage: []graph.Coverage{{
			Kinds:    []graph.StatementKind{graph.StatementEngagement},
			Forms:    []graph.EngagementKind{graph.KindAgreement},
			Topics:   []graph.Topic{graph.TopicDefense},
			From:     graph.MustDate(fmt.Sprintf("%d-01-01", firstYear)),
			To:       graph.MustDate(fmt.Sprintf("%d-12-31", lastYear)),
			Complete: true,
			Note:     "All alliances of all states; no other agreements on defence (exchanges, bases, arms)",
		}},
	}
}

const bibTeX = `@article{leeds_etal_2002_atop,
  author = {Leeds, Brett Ashley and Ritter, Jeffrey M. and Mitchell, Sara McLaughlin and Long, Andrew G.},
  title = {Alliance Treaty Obligations and Provisions, 1815--1944},
  journal = {International Interactions},
  volume = {28},
  number = {3},
  pages = {237--260},
  year = {2002},
  doi = {10.1080/03050620213653},
  note = {Article of record of ATOP, version 4.01}
}
`

// Slices names what a load of these files would replace: all of it.
func (s *Source) Slices(ctx context.Context, files fs.FS) ([]graph.Slice, error) {
	if _, err := find(ctx, files); err != nil {
		return nil, err
	}
	return []graph.Slice{slice}, nil
}

// Frames gives the headers, which must stand before rows that are read alone.
func (s *Source) Frames(ctx context.Context, files fs.FS) ([]ingest.Record, error) {
	have, err := find(ctx, files)
	if err != nil {
		return nil, err
	}
	var frames []ingest.Record
	for _, l := range levels {
		frame, err := table.Frame(files, have[l], layouts[l])
		if err != nil {
			return nil, err
		}
		frames = append(frames, frame)
	}
	return frames, nil
}

// Rows yields the source's own record, then a row for each alliance, in the order of the files.
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
	have, err := find(ctx, files)
	if err != nil {
		return err
	}
	r := &reader{}
	if r.states, err = s.states(); err != nil {
		return err
	}
	if r.book, err = theCodebook(); err != nil {
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
	all, err := gather(ctx, files, have)
	if err != nil {
		return err
	}
	for _, t := range all {
		row, err := r.row(t)
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		if !yield(row, nil) {
			return nil
		}
	}
	return nil
}

// A reader makes statements of alliances.
type reader struct {
	states *ingest.Roster
	book   *codebook
}

// row makes the statement of an alliance, or the mistakes for which all its rows are put in quarantine.
func (r *reader) row(t *thing) (ingest.Row, error) {
	var row ingest.Row
	for _, x := range t.rows() {
		row.Records = append(row.Records, x.Record())
	}
	a, bad := r.alliance(t)
	if len(bad) > 0 {
		row.Mistakes = bad
		row.Mistakes.Sort()
		row.Statement.Source, row.Statement.Kind, row.Statement.Slice = Key, graph.StatementEngagement, slice.ID
		if isNumber(t.number) {
			row.Statement.Key = string(keyOf(t.number))
		}
		return row, nil
	}
	var err error
	first := t.first()
	row.Statement, err = graph.NewStatement(Key, slice.ID, a, fmt.Sprintf("%s:%d", first.File, first.Line))
	return row, err
}

// keyOf is an alliance's key: the dataset's name and its own number.
func keyOf(number string) graph.EngagementKey {
	return graph.EngagementKey(string(Key) + ":" + number)
}
