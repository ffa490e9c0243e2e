// Package usenvoys reads the principal officers and chiefs of mission of the United States that the Office of the Historian of the
// Department of State keeps: XML, a file for each mission, and one for each person. The files come with the program.
//
// source.go says what the source is and yields its rows; files.go knows the files; chief.go reads an appointment, tenure.go makes the
// tenure of it, person.go the person; lookups.go has the words of the files and whom they name. README.md tells the rest.
package usenvoys

import (
	"archive/zip"
	"bytes"
	"context"
	_ "embed" // the files
	"fmt"
	"io/fs"
	"iter"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/historian"
)

//go:generate go run ../../historian/ship envoys.zip ${ENTENTE_TEST_DATA}/us-state-pocom

//go:embed envoys.zip
var shipped []byte

// Key is the dataset's key as a source; its statements' keys begin with it.
const Key graph.SourceKey = "us-envoys"

// sender is whose envoys they are.
const sender graph.ActorKey = "iso3:USA"

// slice is what a load replaces: persons are named by many missions, so the dataset is one thing.
var slice = graph.Slice{Source: Key, ID: graph.SliceID(Key)}

// Source reads the list. It is safe for concurrent use.
type Source struct {
	roster func() (*ingest.Roster, error)
}

var (
	_ ingest.Shipper = (*Source)(nil)
	_ ingest.Framer  = (*Source)(nil)
)

// New makes the source. The registry says which states there are; the source asks it once, when it first reads.
func New(registry ingest.Registry) *Source { return &Source{registry.Once()} }

// Info tells what the source is. Its one window is selective: chiefs of mission are a few of those who held an office of the United States.
func (*Source) Info() graph.Source {
	return graph.Source{
		Key:       Key,
		Kind:      graph.SourceDataset,
		Title:     "Principal Officers and Chiefs of Mission of the United States",
		Version:   "2021-08-10 (44d2226)",
		Publisher: "Office of the Historian, U.S. Department of State",
		License:   "CC0-1.0",
		URL:       "https://history.state.gov/departmenthistory/people/chiefsofmission",
		Language:  "en",
		BibTeX: `@misc{us-envoys,
  author = {{Office of the Historian, U.S. Department of State}},
  title = {Principal Officers and Chiefs of Mission},
  year = {2021},
  url = {https://history.state.gov/departmenthistory/people/chiefsofmission},
  note = {Data at https://github.com/HistoryAtState/pocom, commit 44d2226}
}`,
		Coverage: []graph.Coverage{{
			Kinds: []graph.StatementKind{graph.StatementTenure},
			From:  graph.MustDate("1779-03-23"),
			To:    graph.MustDate("2021-08-10"),
			Note:  "chiefs of the missions of the United States in states and at international organisations, who took up the post; other officers of the Department are not read",
		}},
	}
}

// Shipped gives the files that come with the program, as the producer published them.
func (*Source) Shipped() fs.FS {
	files, err := zip.NewReader(bytes.NewReader(shipped), int64(len(shipped)))
	if err != nil {
		panic("envoys.zip, which is part of the program: " + err.Error())
	}
	return files
}

// Slices names what a load of these files would replace: all of it.
func (*Source) Slices(_ context.Context, files fs.FS) ([]graph.Slice, error) {
	if _, err := find(files); err != nil {
		return nil, err
	}
	return []graph.Slice{slice}, nil
}

// Frames gives what stands around the appointments of each mission.
func (*Source) Frames(ctx context.Context, files fs.FS) ([]ingest.Record, error) {
	names, err := find(files)
	if err != nil {
		return nil, err
	}
	var frames []ingest.Record
	for _, name := range names {
		root, err := tree(ctx, files, name)
		if err != nil {
			return nil, err
		}
		if root.Name != personRoot { // of a person the whole file is the record
			frames = append(frames, historian.Around(root, recordsOf(root))...)
		}
	}
	return frames, nil
}

// Rows yields the source's own record, the tenures mission by mission, and the persons.
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
	names, err := find(files)
	if err != nil {
		return err
	}
	roster, err := s.roster()
	if err != nil {
		return err
	}
	words, err := theWords()
	if err != nil {
		return err
	}
	info := s.Info()
	own, err := graph.NewStatement(Key, slice.ID, &info, "")
	if err != nil || !yield(ingest.Row{Statement: own}, nil) {
		return err
	}
	people := newPeople()
	for _, name := range names {
		root, err := tree(ctx, files, name)
		if err != nil {
			return err
		}
		if root.Name == personRoot {
			people.read(root)
			continue
		}
		m := readMission(root)
		for _, c := range m.chiefs {
			row, err := c.row(m, roster, words)
			if err != nil {
				return err
			}
			if len(row.Mistakes) == 0 && !row.LeftOut {
				people.name(c)
			}
			if !yield(row, nil) {
				return nil
			}
		}
		if len(m.mistakes) > 0 && !yield(m.quarantined(), nil) {
			return nil
		}
	}
	for _, p := range people.all() {
		row, err := p.row()
		if err != nil || !yield(row, nil) {
			return err
		}
	}
	return nil
}
