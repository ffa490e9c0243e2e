// Package gmlmid reads the militarized interstate disputes as Gibler, Miller and Little went over them (GML MID): a second
// account of the disputes of the Correlates of War Project, under the same numbers.
//
// source.go says what the source is and yields its rows; layout.go knows the file; dispute.go makes of the rows of one
// dispute, a row for each two opponents, year and direction, the dispute and everyone's part in it. README.md tells the rest.
package gmlmid

import (
	"context"
	"fmt"
	"io/fs"
	"iter"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/cow"
	"github.com/entente-graph/entente/ingest/table"
)

// Key is the dataset's key as a source.
const Key graph.SourceKey = "gml-mid"

// numberScheme is whose numbers the disputes have.
const numberScheme = "cow-mid"

// version is the dataset's own, as its rows have it behind "gml-".
const version = "2.1.1"

var disputes = graph.Slice{Source: Key, ID: "gml-mid"}

// Source reads GML MID. It is safe for concurrent use.
type Source struct {
	registry ingest.Registry
	states   func() (*ingest.Roster, error)
}

var _ ingest.Framer = (*Source)(nil)

// New makes the source. The registry says who held which number when; the source asks it when it first reads.
func New(registry ingest.Registry) *Source { return &Source{registry, registry.Once()} }

// Info tells what the source is and what it covers.
func (s *Source) Info() graph.Source {
	return graph.Source{
		Key:       Key,
		Kind:      graph.SourceDataset,
		Title:     "Militarized Interstate Disputes, as revised by Gibler, Miller and Little (GML MID)",
		Version:   version,
		Publisher: "Douglas M. Gibler, Steven V. Miller, Erin K. Little",
		License:   "Free to use with citation of the article of record and the version; not to be redistributed",
		URL:       "https://dmgibler.people.ua.edu/mid-data.html",
		Language:  "en",
		BibTeX:    bibTeX,
		Coverage:  s.coverage(),
	}
}

const bibTeX = `@article{gibler_miller_little_2016,
  author = {Gibler, Douglas M. and Miller, Steven V. and Little, Erin K.},
  title = {An Analysis of the Militarized Interstate Dispute (MID) Dataset, 1816--2001},
  journal = {International Studies Quarterly},
  volume = {60},
  number = {4},
  pages = {719--730},
  year = {2016},
  note = {Article of record of GML MID; version 2.1.1}
}
`

// coverage is as that of the dataset it revises: everything between members of the COW state system, up to 2010.
func (s *Source) coverage() []graph.Coverage {
	windows := []graph.Coverage{{
		Kinds: []graph.StatementKind{graph.StatementEngagement}, Forms: []graph.EngagementKind{graph.KindDispute},
		Topics: []graph.Topic{graph.TopicDefense, graph.TopicTerritory},
		From:   cow.Year(firstYear), To: cow.Year(lastYear), Note: "militarized disputes, by what the parties sought to revise",
	}}
	actors, err := s.registry()
	if err != nil {
		return windows
	}
	return append(windows, cow.BetweenMembers(actors, lastYear)...)
}

// Slices names what a load of the file would replace: all disputes.
func (*Source) Slices(ctx context.Context, files fs.FS) ([]graph.Slice, error) {
	_, err := dataset.Find(ctx, files)
	return []graph.Slice{disputes}, err
}

// Frames gives the header, which must stand before rows that are read alone.
func (*Source) Frames(ctx context.Context, files fs.FS) ([]ingest.Record, error) {
	have, err := dataset.Find(ctx, files)
	if err != nil {
		return nil, err
	}
	return dataset.Frames(files, have)
}

// Rows yields the source's own record, then a row for each dispute, by number.
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
	if of != disputes {
		return fmt.Errorf("there is no slice %s of %s here: %w", of.ID, of.Source, graph.ErrNotFound)
	}
	r := &reader{}
	if r.states, err = s.states(); err != nil {
		return err
	}
	if r.book, err = cow.MID(); err != nil {
		return err
	}
	info := s.Info()
	own, err := graph.NewStatement(Key, of.ID, &info, "")
	if err != nil || !yield(ingest.Row{Statement: own}, nil) {
		return err
	}
	all, err := gather(ctx, files, have[ddy])
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

// A reader makes statements of disputes.
type reader struct {
	states *ingest.Roster
	book   *cow.Codebook
}

// A thing is all rows of one dispute.
type thing struct {
	number string
	rows   []table.Row
}

// gather puts the rows of one dispute together, by number. The file has about a megabyte: it is kept in memory.
func gather(ctx context.Context, files fs.FS, name string) ([]*thing, error) {
	byNumber := map[string]*thing{}
	var all []*thing
	for row, err := range table.Read(ctx, files, name, dataset.Format(ddy)) {
		if err != nil {
			return nil, err
		}
		number := row.Get("dispnum")
		t := byNumber[number]
		if t == nil || !table.IsNumber(number) {
			t = &thing{number: number}
			byNumber[number] = t
			all = append(all, t)
		}
		t.rows = append(t.rows, row)
	}
	slices.SortStableFunc(all, func(a, b *thing) int { return table.CompareNumbers(a.number, b.number) })
	return all, nil
}

// row makes the statement of a dispute, or the mistakes for which all its rows are put in quarantine.
func (r *reader) row(t *thing) (ingest.Row, error) {
	var row ingest.Row
	for _, x := range t.rows {
		row.Records = append(row.Records, x.Record())
	}
	d, bad := r.dispute(t)
	if row.Mistakes = bad; len(bad) > 0 {
		row.Mistakes.Sort()
		row.Statement.Source, row.Statement.Kind, row.Statement.Slice = Key, graph.StatementEngagement, disputes.ID
		if table.IsNumber(t.number) {
			row.Statement.Key = string(disputeKey(t.number))
		}
		return row, nil
	}
	var err error
	row.Statement, err = graph.NewStatement(Key, disputes.ID, d, fmt.Sprintf("%s:%d", t.rows[0].File, t.rows[0].Line))
	return row, err
}

func disputeKey(number string) graph.EngagementKey {
	return graph.EngagementKey(strings.Join([]string{string(Key), number}, ":"))
}
