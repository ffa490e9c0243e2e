package gdelt

import (
	"context"
	"fmt"
	"io/fs"
	"iter"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// Key is the dataset's key as a source.
const Key graph.SourceKey = "gdelt"

// version is that of the layout and the codebook; the rows themselves are published without one.
const version = "2.0"

// own is the slice of the source's own record. The events of each day are a slice besides.
var own = graph.Slice{Source: Key, ID: graph.SliceID(Key)}

func sliceOf(day graph.Day) graph.Slice {
	return graph.Slice{Source: Key, ID: graph.SliceID(string(Key) + "/" + strings.ReplaceAll(day.String(), "-", ""))}
}

// Source reads GDELT 2.0. It is safe for concurrent use.
type Source struct {
	roster func() (*ingest.Roster, error)
}

var _ ingest.Framer = (*Source)(nil)

// New makes the source. The registry says who held which code when.
func New(registry ingest.Registry) *Source { return &Source{registry.Once()} }

// Info tells what the source is and what it covers.
func (*Source) Info() graph.Source {
	return graph.Source{
		Key:       Key,
		Kind:      graph.SourceDataset,
		Title:     "GDELT 2.0 event database",
		Version:   version,
		Publisher: "The GDELT Project",
		License:   "Free to use, also in parts, with citation and a link to gdeltproject.org",
		URL:       "https://www.gdeltproject.org",
		Language:  "en",
		BibTeX:    bibTeX,
		Coverage: []graph.Coverage{{
			Kinds: []graph.StatementKind{graph.StatementEngagement},
			Forms: []graph.EngagementKind{graph.KindAct},
			From:  graph.MustDate("2015-02-18"),
			Note:  "What news reported, coded by machine, of the days that were loaded; that nothing is reported says nothing",
		}},
	}
}

const bibTeX = `@inproceedings{leetaru_schrodt_2013_gdelt,
  author = {Leetaru, Kalev and Schrodt, Philip A.},
  title = {GDELT: Global Data on Events, Location, and Tone, 1979--2012},
  booktitle = {ISA Annual Convention},
  year = {2013},
  note = {GDELT 2.0, \url{https://www.gdeltproject.org}; coded after CAMEO (Schrodt 2012)}
}
`

// Slices gives that of the source itself, and one for each day of which there are files.
func (s *Source) Slices(ctx context.Context, files fs.FS) ([]graph.Slice, error) {
	found, err := find(ctx, files)
	if err != nil {
		return nil, err
	}
	var days []graph.Day
	for _, f := range found {
		days = append(days, f.days...)
	}
	slices.Sort(days)
	out := []graph.Slice{own}
	for _, d := range slices.Compact(days) {
		out = append(out, sliceOf(d))
	}
	return out, nil
}

// Frames gives the headers of the files that have one.
func (s *Source) Frames(ctx context.Context, files fs.FS) ([]ingest.Record, error) {
	found, err := find(ctx, files)
	if err != nil {
		return nil, err
	}
	var frames []ingest.Record
	for _, f := range found {
		if f.headed == nil {
			continue
		}
		frame, err := table.Frame(files, f.name, *f.headed)
		if err != nil {
			return nil, err
		}
		frames = append(frames, frame)
	}
	return frames, nil
}

// Rows yields the source's own record, or the acts of a day, in the order of the files. Rows that are no act of one state
// toward another are yielded as left out.
func (s *Source) Rows(ctx context.Context, files fs.FS, of graph.Slice) iter.Seq2[ingest.Row, error] {
	return func(yield func(ingest.Row, error) bool) {
		if err := s.rows(ctx, files, of, yield); err != nil {
			yield(ingest.Row{}, err)
		}
	}
}

func (s *Source) rows(ctx context.Context, files fs.FS, of graph.Slice, yield func(ingest.Row, error) bool) error {
	found, err := find(ctx, files)
	if err != nil {
		return err
	}
	d := &daily{slice: of, reader: reader{held: map[coded]holder{}}, yield: yield}
	if of == own {
		return s.undated(ctx, files, d, found)
	}
	if d.roster, err = s.roster(); err != nil {
		return err
	}
	if d.book, err = theCodebook(); err != nil {
		return err
	}
	any := false
	for _, f := range found {
		i := slices.IndexFunc(f.days, func(day graph.Day) bool { return sliceOf(day) == of })
		if i < 0 {
			continue
		}
		any, d.day = true, f.days[i]
		err := f.read(ctx, files, func(x *row, bad *ingest.Mistake) (bool, error) {
			if on, ok := x.addedOn(bad); !f.named && (!ok || on != d.day) {
				return true, nil // of another slice
			}
			return d.row(x, bad)
		})
		if err != nil || d.stopped {
			return err
		}
	}
	if !any {
		return fmt.Errorf("there is no slice %s of %s here: %w", of.ID, of.Source, graph.ErrNotFound)
	}
	return nil
}

// undated yields the source's own record, and the rows that cannot be put to a day.
func (s *Source) undated(ctx context.Context, files fs.FS, d *daily, found []dayFile) error {
	info := s.Info()
	st, err := graph.NewStatement(Key, own.ID, &info, "")
	if err != nil || !d.yield(ingest.Row{Statement: st}, nil) {
		return err
	}
	for _, f := range found {
		if f.named {
			continue
		}
		err := f.read(ctx, files, func(x *row, bad *ingest.Mistake) (bool, error) {
			if _, ok := x.addedOn(bad); ok {
				return true, nil
			}
			if bad == nil {
				m := x.mistake(added, "this does not say on which day the row was added", "YYYYMMDDHHMMSS")
				bad = &m
			}
			return d.row(x, bad)
		})
		if err != nil || d.stopped {
			return err
		}
	}
	return nil
}

// daily reads the rows of one slice.
type daily struct {
	reader
	slice   graph.Slice
	day     graph.Day
	yield   func(ingest.Row, error) bool
	stopped bool
}

// row yields what a row becomes.
func (d *daily) row(x *row, bad *ingest.Mistake) (more bool, err error) {
	out := ingest.Row{Records: []ingest.Record{x.record}}
	out.Statement.Source, out.Statement.Kind, out.Statement.Slice = Key, graph.StatementEngagement, d.slice.ID
	switch {
	case bad != nil:
		out.Mistakes = ingest.Mistakes{*bad}
	case !d.between(x):
		out.Statement, out.LeftOut = graph.Statement{}, true
	default:
		act, wrong := d.act(x, d.day)
		if len(wrong) > 0 {
			out.Mistakes = wrong
			if id := x.cell(eventID); number.MatchString(id) {
				out.Statement.Key = string(Key) + ":" + id
			}
			break
		}
		if out.Statement, err = graph.NewStatement(Key, d.slice.ID, act, fmt.Sprintf("%s:%d", x.record.File, x.record.Line)); err != nil {
			return false, err
		}
	}
	d.stopped = !d.yield(out, nil)
	return !d.stopped, nil
}
