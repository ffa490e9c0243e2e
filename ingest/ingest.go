// Package ingest brings published files into the graph: files → source → statements →
// difference → load. A Source reads what it is given and yields rows; this package sorts them, compares
// them with what the store holds, and sends only what to add and what to close.
//
// It promises that a load becomes visible whole or not at all, that loading the same twice writes nothing, and
// that nothing is lost in silence: what a source does not understand is a quarantined row or a
// fatal mistake, each with file, line, column and value.
//
// It does not know any store (it takes a graph.Reader and a graph.Writer) and never fetches anything.
package ingest

import (
	"context"
	"io/fs"
	"iter"
	"sort"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// A Source knows the format and the codebook of one kind of dataset. It reads what it is given: no network, no
// environment, no clock.
type Source interface {
	// Info tells what the source is: its key is the word typed after "entente ingest".
	Info() graph.Source
	// Slices names what a load of these files would replace. Files it does not know are a
	// fatal mistake, never passed over.
	Slices(ctx context.Context, files fs.FS) ([]graph.Slice, error)
	// Rows reads one slice and yields what it says, in any order: statements, and
	// quarantine entries for what it does not understand. An error is fatal and ends the sequence;
	// all mistakes of a hand-written file come as one Mistakes.
	Rows(ctx context.Context, files fs.FS, slice graph.Slice) iter.Seq2[Row, error]
}

// A Shipper is a source whose data comes with the program: it can be ingested without files.
type Shipper interface {
	Source
	// Shipped gives the files that come with the program.
	Shipped() fs.FS
}

// An Exampler is a source of hand-written files that has one to begin with.
type Exampler interface {
	Source
	// Example gives the text of a small file that loads, and its name.
	Example() (name string, text []byte)
}

// A Row is a statement, or the mistakes for which one thing of a dataset is put in quarantine.
type Row struct {
	Statement graph.Statement
	// Mistakes, if any, are what is wrong; then only the Statement's id is used, as far as it is known.
	Mistakes Mistakes
	// Records are the stretches of files it was read from, all of them: they are counted, and those of what is in
	// quarantine are kept for mending. A source of hand-written files, where any mistake is fatal, gives none.
	Records []Record
	// LeftOut says that its records were read and are, by rule of the source, of nothing that it says: they are counted alone.
	LeftOut bool
}

// Quarantine gives the row of a thing that is not understood: what is wrong with it, and its key, empty where not even that
// is known.
func Quarantine(of graph.Slice, kind graph.StatementKind, key string, records []Record, bad Mistakes) Row {
	bad.Sort()
	return Row{
		Statement: graph.Statement{StatementID: graph.StatementID{Source: of.Source, Kind: kind, Key: key}, Slice: of.ID},
		Mistakes:  bad, Records: records,
	}
}

// A Framer is a source whose quarantine can be mended: it knows what must stand around records cut out of its files so
// that they can be read alone, a table's header or the beginning and end of a document.
type Framer interface {
	Source
	// Frames gives the frame records of every file, without their text.
	Frames(ctx context.Context, files fs.FS) ([]Record, error)
}

// Mistake is graph.Mistake: sources make them, the graph keeps those of a quarantine.
type Mistake = graph.Mistake

// Record is graph.Record.
type Record = graph.Record

// Mistakes are all mistakes of an input together; any of them is fatal for the load.
type Mistakes []Mistake

// Error prints one mistake a line, by file and position.
func (ms Mistakes) Error() string {
	lines := make([]string, len(ms))
	for i, m := range ms {
		lines[i] = m.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap makes mistakes an ErrInvalid.
func (ms Mistakes) Unwrap() error { return graph.ErrInvalid }

// Sort orders the mistakes by file, line and column.
func (ms Mistakes) Sort() {
	sort.SliceStable(ms, func(i, j int) bool {
		a, b := ms[i], ms[j]
		if a.File != b.File {
			return a.File < b.File
		}
		if a.Line != b.Line {
			return a.Line < b.Line
		}
		return a.Column < b.Column
	})
}
