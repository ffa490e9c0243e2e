package table

import (
	"context"
	"fmt"
	"io/fs"
	"iter"
	"slices"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

// A Dataset is a source that is loaded whole, in one slice of its own name, from tables that are known by their headers.
// What its rows mean is for Read to say.
type Dataset struct {
	About  graph.Source            // what the source is and what it covers
	Covers func() []graph.Coverage // what it covers, where the registry must be asked; nil: About says it
	Finder
	// Read yields a row for each thing that the files say, until no more are wanted. The source's own record goes before.
	Read func(ctx context.Context, files fs.FS, have map[string]string, yield Yield) error
}

var _ ingest.Framer = (*Dataset)(nil)

// Yield takes a row, and is false where no more are wanted.
type Yield func(ingest.Row) bool

// All takes rows.
func (y Yield) All(rows []ingest.Row) bool {
	return !slices.ContainsFunc(rows, func(r ingest.Row) bool { return !y(r) })
}

// Info tells what the source is and what it covers.
func (d *Dataset) Info() graph.Source {
	info := d.About
	if d.Covers != nil {
		info.Coverage = d.Covers()
	}
	return info
}

// Slice is what a load replaces: all of it.
func (d *Dataset) Slice() graph.Slice {
	return graph.Slice{Source: d.About.Key, ID: graph.SliceID(d.About.Key)}
}

// Slices names what a load of these files would replace: all of it.
func (d *Dataset) Slices(ctx context.Context, files fs.FS) ([]graph.Slice, error) {
	if _, err := d.Find(ctx, files); err != nil {
		return nil, err
	}
	return []graph.Slice{d.Slice()}, nil
}

// Frames gives the headers, which must stand before rows that are read alone.
func (d *Dataset) Frames(ctx context.Context, files fs.FS) ([]ingest.Record, error) {
	have, err := d.Find(ctx, files)
	if err != nil {
		return nil, err
	}
	return d.Finder.Frames(files, have)
}

// Rows yields the source's own record, then what Read says.
func (d *Dataset) Rows(ctx context.Context, files fs.FS, of graph.Slice) iter.Seq2[ingest.Row, error] {
	return func(yield func(ingest.Row, error) bool) {
		stopped := false
		err := d.rows(ctx, files, of, func(row ingest.Row) bool {
			if ctx.Err() == nil && !stopped {
				stopped = !yield(row, nil)
			}
			return ctx.Err() == nil && !stopped
		})
		if err == nil {
			err = context.Cause(ctx)
		}
		if err != nil && !stopped {
			yield(ingest.Row{}, err)
		}
	}
}

func (d *Dataset) rows(ctx context.Context, files fs.FS, of graph.Slice, yield Yield) error {
	if of != d.Slice() {
		return fmt.Errorf("there is no slice %s of %s here: %w", of.ID, of.Source, graph.ErrNotFound)
	}
	have, err := d.Find(ctx, files)
	if err != nil {
		return err
	}
	info := d.Info()
	own, err := graph.NewStatement(info.Key, of.ID, &info, "")
	if err != nil || !yield(ingest.Row{Statement: own}) {
		return err
	}
	return d.Read(ctx, files, have, yield)
}

// Row makes what is yielded of one engagement that was read from rows: its statement or, where anything is wrong, the
// mistakes for which all of it is put in quarantine, under the key that it would have; empty where not even that is known.
func (d *Dataset) Row(key graph.EngagementKey, from []Row, e graph.Engagement, bad []ingest.Mistake) (ingest.Row, error) {
	if len(bad) > 0 {
		return d.Quarantine(graph.StatementEngagement, string(key), from, bad), nil
	}
	return d.Statement(e, from[0], from)
}

// Statement makes the row of what was read from rows, and is cited by one of them.
func (d *Dataset) Statement(v any, cited Row, from []Row) (ingest.Row, error) {
	st, err := graph.NewStatement(d.About.Key, d.Slice().ID, v, cited.Locator())
	return ingest.Row{Statement: st, Records: Records(from)}, err
}

// Quarantine makes the row of what was read from rows, and is not understood.
func (d *Dataset) Quarantine(kind graph.StatementKind, key string, from []Row, bad []ingest.Mistake) ingest.Row {
	return ingest.Quarantine(d.Slice(), kind, key, Records(from), bad)
}
