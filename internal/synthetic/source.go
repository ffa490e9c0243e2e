package synthetic

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"strconv"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

const (
	// Key names the source.
	Key graph.SourceKey = "synthetic"
	// FileName is what the one file of the source is called.
	FileName = "synthetic.csv"
)

var slice = graph.Slice{Source: Key, ID: graph.SliceID(Key)}

// layout is the file: a row makes one statement. Another edition of a number is a changed statement of the same key.
var layout = table.Format{Columns: []string{"number", "edition"}, Layout: "synthetic"}

// WriteFile writes the file of the numbers from 1 to n. Lines given by themselves stand above the first.
func WriteFile(to io.Writer, n int, above ...string) error {
	w := bufio.NewWriter(to)
	lines := append([]string{"number,edition"}, above...)
	for _, line := range lines {
		if _, err := fmt.Fprintln(w, line); err != nil {
			return fmt.Errorf("writing %s: %w", FileName, err)
		}
	}
	for i := range n {
		if _, err := fmt.Fprintf(w, "%d,1\n", i+1); err != nil {
			return fmt.Errorf("writing %s: %w", FileName, err)
		}
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("writing %s: %w", FileName, err)
	}
	return nil
}

// Source reads the file. It has no state.
type Source struct{}

var _ ingest.Framer = Source{}

// Info tells what the source is.
func (Source) Info() graph.Source {
	return graph.Source{
		Key: Key, Kind: graph.SourceDataset, Title: "An invented world", Version: "1", License: "CC0-1.0", Language: "en",
		Coverage: []graph.Coverage{{From: graph.MustDate("1960"), To: graph.MustDate("2024")}},
	}
}

// Slices names the one slice.
func (Source) Slices(_ context.Context, files fs.FS) ([]graph.Slice, error) {
	if _, err := fs.Stat(files, FileName); err != nil {
		return nil, fmt.Errorf("%s: %w", FileName, err)
	}
	return []graph.Slice{slice}, nil
}

// Frames gives the header.
func (Source) Frames(_ context.Context, files fs.FS) ([]ingest.Record, error) {
	frame, err := table.Frame(files, FileName, layout)
	return []ingest.Record{frame}, err
}

// Rows yields the source's own record, and a statement for each number.
func (s Source) Rows(ctx context.Context, files fs.FS, _ graph.Slice) iter.Seq2[ingest.Row, error] {
	return func(yield func(ingest.Row, error) bool) {
		info := s.Info()
		own, err := graph.NewStatement(Key, slice.ID, &info, "source.go")
		if !yield(ingest.Row{Statement: own}, err) || err != nil {
			return
		}
		for r, err := range table.Read(ctx, files, FileName, layout) {
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

func row(r table.Row) (ingest.Row, error) {
	out := ingest.Row{Records: []ingest.Record{r.Record()}}
	if bad := r.Bad(); bad != nil {
		out.Mistakes = ingest.Mistakes{*bad}
		return out, nil
	}
	number, mistake := r.Int("number")
	edition, wrong := r.Int("edition")
	for _, m := range []*ingest.Mistake{mistake, wrong} {
		if m != nil {
			out.Mistakes = append(out.Mistakes, *m)
		}
	}
	if len(out.Mistakes) > 0 {
		return out, nil
	}
	var err error
	out.Statement, err = graph.NewStatement(Key, slice.ID, Thing(number, edition), r.File+":"+strconv.Itoa(r.Line))
	return out, err
}
