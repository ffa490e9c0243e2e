// Package icowcolonial reads the ICOW Colonial History of Paul Hensel, version 1.1: when each state of the COW list became
// independent, of whom and how, who ruled it as a colony, and into which state it merged.
//
// source.go says what the source is and yields its rows; layout.go knows the file, cells.go what stands in a cell; state.go makes
// acts and successions of a row, and words.go their titles and summaries. lookups.csv is the codebook. README.md tells the
// rest.
package icowcolonial

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
const Key graph.SourceKey = "icow-colonial"

// version is the dataset's own, whose codebook this is.
const version = "1.1"

// lastYear is that of the last change the dataset can have: it is of 2018.
const lastYear = 2018

// slice is what a load replaces: all of it.
var slice = graph.Slice{Source: Key, ID: graph.SliceID(Key)}

// Source reads the Colonial History. It is safe for concurrent use.
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
		Title:     "ICOW Colonial History",
		Version:   version,
		Publisher: "Paul R. Hensel, Issue Correlates of War Project",
		License:   "Free to use with citation; not to be redistributed",
		URL:       "http://www.paulhensel.org/icowcol.html",
		Language:  "en",
		BibTeX:    bibTeX,
		Coverage: []graph.Coverage{{
			Kinds:  []graph.StatementKind{graph.StatementEngagement, graph.StatementActor},
			Forms:  []graph.EngagementKind{graph.KindAct},
			Topics: []graph.Topic{graph.TopicTerritory},
			To:     graph.MustDate(fmt.Sprintf("%d-12-31", lastYear)),
			Note:   "How each member of the COW system since 1816 became independent, also before that year, and into which state it merged",
		}},
	}
}

const bibTeX = `@misc{hensel_2018_icowcol,
  author = {Hensel, Paul R.},
  title = {ICOW Colonial History Data Set, version 1.1},
  year = {2018},
  url = {http://www.paulhensel.org/icowcol.html}
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

// Rows yields the source's own record, then the statements of each row: acts, and whom the state succeeded.
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
	for row, err := range table.Read(ctx, files, found[states], finder.Parts[0].Format) {
		if err != nil {
			return err
		}
		made, err := r.rows(row)
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

// A reader makes statements of rows.
type reader struct {
	roster *ingest.Roster
	book   *book
}

// rows makes the statements of a row, or puts it in quarantine.
func (r *reader) rows(row table.Row) ([]ingest.Row, error) {
	records := []ingest.Record{row.Record()}
	st, bad := r.state(row)
	if len(bad) > 0 {
		made := ingest.Row{Records: records, Mistakes: bad}
		made.Mistakes.Sort()
		made.Statement.Source, made.Statement.Kind, made.Statement.Slice = Key, graph.StatementEngagement, slice.ID
		if n := row.Get("State"); row.Bad() == nil && isNumber(n) {
			made.Statement.Key = string(keyOf(n, "independence"))
		}
		return []ingest.Row{made}, nil
	}
	var all []ingest.Row
	for _, v := range st.statements(r) {
		made, err := graph.NewStatement(Key, slice.ID, v, fmt.Sprintf("%s:%d", row.File, row.Line))
		if err != nil {
			return nil, err
		}
		all = append(all, ingest.Row{Statement: made, Records: records})
	}
	return all, nil
}

// keyOf is an act's key: the dataset's name, the number of the state and what happened to it.
func keyOf(number, what string) graph.EngagementKey {
	return graph.EngagementKey(fmt.Sprintf("%s:%s-%s", Key, number, what))
}
