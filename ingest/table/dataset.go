package table

import (
	"context"
	"fmt"
	"io/fs"
	"iter"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

// A Dataset is a source that is loaded whole, in one slice of its own name, from tables that are known by their headers.
// What its rows mean is for Read to say.
type Dataset struct {
	About  graph.Source // what the source is and what it covers
	Called string       // what errors call it: "DESTA"
	Parts  []Part       // its files, by the names under which Read gets them
	// Read yields a row for each thing that the files say. The source's own record goes before.
	Read func(ctx context.Context, files fs.FS, have map[string]string) iter.Seq2[ingest.Row, error]
}

var _ ingest.Framer = (*Dataset)(nil)

// Info tells what the source is and what it covers.
func (d *Dataset) Info() graph.Source { return d.About }

func (d *Dataset) slice() graph.Slice {
	return graph.Slice{Source: d.About.Key, ID: graph.SliceID(d.About.Key)}
}

// Slices names what a load of these files would replace: all of it.
func (d *Dataset) Slices(ctx context.Context, files fs.FS) ([]graph.Slice, error) {
	if _, err := Find(ctx, files, d.Called, d.Parts...); err != nil {
		return nil, err
	}
	return []graph.Slice{d.slice()}, nil
}

// Frames gives the headers, which must stand before rows that are read alone.
func (d *Dataset) Frames(ctx context.Context, files fs.FS) ([]ingest.Record, error) {
	have, err := Find(ctx, files, d.Called, d.Parts...)
	if err != nil {
		return nil, err
	}
	return Frames(files, have, d.Parts...)
}

// Rows yields the source's own record, then what Read says.
func (d *Dataset) Rows(ctx context.Context, files fs.FS, of graph.Slice) iter.Seq2[ingest.Row, error] {
	return func(yield func(ingest.Row, error) bool) {
		if of != d.slice() {
			yield(ingest.Row{}, fmt.Errorf("there is no slice %s of %s here: %w", of.ID, of.Source, graph.ErrNotFound))
			return
		}
		have, err := Find(ctx, files, d.Called, d.Parts...)
		if err != nil {
			yield(ingest.Row{}, err)
			return
		}
		own, err := graph.NewStatement(d.About.Key, d.slice().ID, &d.About, "")
		if err != nil {
			yield(ingest.Row{}, err)
			return
		}
		if !yield(ingest.Row{Statement: own}, nil) {
			return
		}
		for row, err := range d.Read(ctx, files, have) {
			if err == nil {
				err = context.Cause(ctx)
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

// Row makes what is yielded of one engagement that was read from rows: its statement or, where anything is wrong, the
// mistakes for which all of it is put in quarantine, under the key that it would have; empty where not even that is known.
func (d *Dataset) Row(key graph.EngagementKey, from []Row, e graph.Engagement, bad []ingest.Mistake) (ingest.Row, error) {
	var row ingest.Row
	for _, r := range from {
		row.Records = append(row.Records, r.Record())
	}
	if len(bad) > 0 {
		row.Mistakes = bad
		row.Mistakes.Sort()
		row.Statement.Source, row.Statement.Kind, row.Statement.Slice = d.About.Key, graph.StatementEngagement, d.slice().ID
		row.Statement.Key = string(key)
		return row, nil
	}
	var err error
	row.Statement, err = graph.NewStatement(d.About.Key, d.slice().ID, e, fmt.Sprintf("%s:%d", from[0].File, from[0].Line))
	return row, err
}
