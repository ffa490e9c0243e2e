// Package cowmidloc reads the locations of militarized interstate disputes (MIDLOC), version 2.0: where disputes began, and
// where their incidents were.
//
// source.go says what the source is and yields its rows; place.go knows the files and makes an assertion of a row.
// README.md tells the rest.
package cowmidloc

import (
	"context"
	"fmt"
	"io/fs"
	"iter"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/cow"
	"github.com/entente-graph/entente/ingest/table"
)

// Key is the dataset's key as a source.
const Key graph.SourceKey = "cow-midloc"

const version = "2.0"

// theWork is the dataset as a work: the author of what it asserts.
const theWork graph.WorkKey = "cow-midloc:midloc-2.0"

// about is the slice of what the source says of itself: either file may be loaded without the other.
var (
	about     = graph.Slice{Source: Key, ID: "cow-midloc/about"}
	disputes  = graph.Slice{Source: Key, ID: "cow-midloc/disputes"}
	incidents = graph.Slice{Source: Key, ID: "cow-midloc/incidents"}
)

// Source reads MIDLOC 2.0. It is safe for concurrent use.
type Source struct{}

var (
	_ ingest.Framer = Source{}
	_ ingest.Namer  = Source{}
)

// Info tells what the source is and what it covers.
func (Source) Info() graph.Source {
	return graph.Source{
		Key:       Key,
		Kind:      graph.SourceDataset,
		Title:     "Locations of Militarized Interstate Disputes (MIDLOC)",
		Version:   version,
		Publisher: "Correlates of War Project",
		License:   "Free to use with citation of the article of record and the version; not to be redistributed",
		URL:       "https://correlatesofwar.org/data-sets",
		Language:  "en",
		BibTeX:    bibTeX,
		Coverage: []graph.Coverage{{
			Kinds: []graph.StatementKind{graph.StatementAssertion}, From: cow.Year(firstYear), To: cow.Year(lastYear),
			Note: "where militarized disputes began, and from 1992 where their incidents were",
		}},
	}
}

const bibTeX = `@article{braithwaite_2010_midloc,
  author = {Braithwaite, Alex},
  title = {MIDLOC: Introducing the Militarized Interstate Dispute Location dataset},
  journal = {Journal of Peace Research},
  volume = {47},
  number = {1},
  pages = {91--98},
  year = {2010},
  note = {Article of record of MIDLOC; version 2.0, Correlates of War Project}
}
`

// Noun calls what the source says places.
func (Source) Noun(id graph.StatementID, _ []byte) string {
	if id.Kind == graph.StatementAssertion {
		return "places"
	}
	return ""
}

// Slices names what a load of these files would replace: the places of each file that is there.
func (Source) Slices(ctx context.Context, files fs.FS) ([]graph.Slice, error) {
	have, err := dataset.Find(ctx, files)
	if err != nil {
		return nil, err
	}
	slices := []graph.Slice{about}
	if have[locA] != "" {
		slices = append(slices, disputes)
	}
	if have[locI] != "" {
		slices = append(slices, incidents)
	}
	return slices, nil
}

// Frames gives the headers, which must stand before rows that are read alone.
func (Source) Frames(ctx context.Context, files fs.FS) ([]ingest.Record, error) {
	have, err := dataset.Find(ctx, files)
	if err != nil {
		return nil, err
	}
	return dataset.Frames(files, have)
}

// Rows yields an assertion for each row that gives a place, in the order of the file; the others are left out.
func (s Source) Rows(ctx context.Context, files fs.FS, of graph.Slice) iter.Seq2[ingest.Row, error] {
	return func(yield func(ingest.Row, error) bool) {
		if err := s.rows(ctx, files, of, yield); err != nil {
			yield(ingest.Row{}, err)
		}
	}
}

func (s Source) rows(ctx context.Context, files fs.FS, of graph.Slice, yield func(ingest.Row, error) bool) error {
	have, err := dataset.Find(ctx, files)
	if err != nil {
		return err
	}
	switch {
	case of == about:
		info := s.Info()
		work := &graph.Work{Key: theWork, Title: info.Title + ", version " + version, Publisher: info.Publisher, URL: info.URL, Language: "en", Read: true}
		for _, v := range []any{&info, work} {
			st, err := graph.NewStatement(Key, of.ID, v, "source.go")
			if err != nil || !yield(ingest.Row{Statement: st}, nil) {
				return err
			}
		}
		return nil
	case of == disputes && have[locA] != "":
		return places(ctx, files, have[locA], locA, of, yield)
	case of == incidents && have[locI] != "":
		return places(ctx, files, have[locI], locI, of, yield)
	default:
		return fmt.Errorf("there is no slice %s of %s here: %w", of.ID, of.Source, graph.ErrNotFound)
	}
}

// places yields the places of one file. A number that stands there twice puts both rows in quarantine.
func places(ctx context.Context, files fs.FS, name string, p string, of graph.Slice, yield func(ingest.Row, error) bool) error {
	column := numbers[p]
	rows := map[string][]table.Row{}
	var order []string
	for row, err := range table.Read(ctx, files, name, dataset.Format(p)) {
		if err != nil {
			return err
		}
		number := row.Get(column)
		key := number
		if !table.IsNumber(number) {
			key = fmt.Sprintf("line %d", row.Line)
		}
		if rows[key] == nil {
			order = append(order, key)
		}
		rows[key] = append(rows[key], row)
	}
	for _, key := range order {
		row, err := place(rows[key], p, of)
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
