// Package example is a source to copy: a small dataset of visits, read the way every source reads its own. It is
// compiled and tested with the rest, and it is not in sources.All, for nobody publishes such a dataset.
//
// A source is three files. source.go (this one) says what it is and yields its rows. read.go knows the files and
// their layout, and nothing of diplomacy. normalize.go knows the codebook, and nothing of files. Spellings that must
// be looked up stand in lookups.csv. ../README.md has the rules for all sources.
package example

import (
	"context"
	"fmt"
	"io/fs"
	"iter"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// key names the dataset; its statements' keys begin with it.
const key graph.SourceKey = "example-visits"

// version is the dataset's own, which this code was written for.
const version = "1.0"

// slice is what a load replaces: this dataset is one file, so all of it.
var slice = graph.Slice{Source: key, ID: graph.SliceID(key)}

// Source reads example visits. It has no state: a source that keeps nothing is safe for concurrent use.
type Source struct{}

var _ ingest.Framer = Source{}

// New makes the source.
func New() Source { return Source{} }

// Info tells what the source is, as it stands in the store beside every statement. Coverage is what makes "no
// visit" an answer: this dataset claims to have every visit among its three states from 2001 to 2003. Be strict with
// Complete: a dataset that may have missed something is selective, and silence in it means nothing.
func (Source) Info() graph.Source {
	return graph.Source{
		Key:       key,
		Kind:      graph.SourceDataset,
		Title:     "Example visits, 2001–2003",
		Version:   version,
		Publisher: "Entente",
		License:   "CC0-1.0",
		Language:  "en",
		BibTeX:    "@misc{example-visits, title = {Example visits}, version = {1.0}}",
		Coverage: []graph.Coverage{{
			Kinds:    []graph.StatementKind{graph.StatementEngagement},
			Forms:    []graph.EngagementKind{graph.KindMeeting},
			Actors:   []graph.ActorKey{"iso3:FRA", "iso3:DEU", "iso3:POL"},
			From:     graph.MustDate("2001"),
			To:       graph.MustDate("2003"),
			Complete: true,
		}},
	}
}

// Slices names what a load of these files would replace. Every file must be known: a file that is passed over in
// silence is data that somebody believes to be loaded.
func (Source) Slices(_ context.Context, files fs.FS) ([]graph.Slice, error) {
	if _, err := find(files); err != nil {
		return nil, err
	}
	return []graph.Slice{slice}, nil
}

// Rows yields the source's own record first, then a statement for each row that is understood and a mistake for
// each that is not.
func (s Source) Rows(ctx context.Context, files fs.FS, of graph.Slice) iter.Seq2[ingest.Row, error] {
	return func(yield func(ingest.Row, error) bool) {
		if of != slice {
			yield(ingest.Row{}, fmt.Errorf("there is no slice %s of %s here: %w", of.ID, of.Source, graph.ErrNotFound))
			return
		}
		info := s.Info()
		own, err := graph.NewStatement(key, slice.ID, &info, "source.go")
		if err != nil {
			yield(ingest.Row{}, err)
			return
		}
		if !yield(ingest.Row{Statement: own}, nil) {
			return
		}
		name, err := find(files)
		if err != nil {
			yield(ingest.Row{}, err)
			return
		}
		for r, err := range table.Read(ctx, files, name, layout) {
			if err != nil {
				yield(ingest.Row{}, err)
				return
			}
			if !yield(row(r)) {
				return
			}
		}
	}
}

// Frames gives the header. A source that has it is an ingest.Framer: what is in quarantine can be mended and loaded
// alone, from a small file with the header and the mended rows.
func (Source) Frames(_ context.Context, files fs.FS) ([]ingest.Record, error) {
	name, err := find(files)
	if err != nil {
		return nil, err
	}
	frame, err := table.Frame(files, name, layout)
	if err != nil {
		return nil, err
	}
	return []ingest.Record{frame}, nil
}

// row makes the statement of one record, or the mistake that puts it in quarantine. Either way it names all records
// that it was made from, and as far as it is known the statement that it would have been.
func row(r table.Row) (ingest.Row, error) {
	out := ingest.Row{Records: []ingest.Record{r.Record()}}
	if bad := r.Bad(); bad != nil {
		out.Mistakes = ingest.Mistakes{*bad}
		return out, nil
	}
	visit, mistake := normalize(r)
	if mistake != nil {
		out.Statement.StatementID = graph.StatementID{Source: key, Kind: graph.StatementEngagement, Key: string(key) + ":" + r.Get("id")}
		out.Mistakes = ingest.Mistakes{*mistake}
		return out, nil
	}
	var err error
	out.Statement, err = graph.NewStatement(key, slice.ID, visit, fmt.Sprintf("%s:%d", r.File, r.Line))
	return out, err
}
