// Package table reads delimited text as datasets publish it, and tells of every cell where it stands in the file as
// a person has it: line, number of the cell, byte. It is encoding/csv with what that leaves out: line ends of all
// kinds, a byte order mark, Windows-1252, exact headers, and broken input that is named and neither guessed at nor
// passed over.
//
// It promises that memory does not grow with the file, that a row is either what the file says or is marked Bad, and
// that what makes the rest of a file unreadable (an unclosed quote, another header, a picture) ends in Mistakes
// that name the place. Lines that hold nothing but separators and blanks are passed over; they keep their numbers.
//
// A sheet of an Excel workbook (ingest.IsSheet) is read as well: its line is its row, its cell counts from column A as 1, and
// empty cells behind the last one need not be there.
//
// It knows no dataset and interprets no cell, except for the few parsers that all sources share.
package table

import (
	"context"
	"fmt"
	"io/fs"
	"iter"
	"slices"
	"strings"

	"golang.org/x/text/encoding"

	"github.com/entente-graph/entente/ingest"
)

// A Format is how one kind of file is laid out. Sources have one for each file of their dataset.
type Format struct {
	Comma   rune              // what separates cells: ',' where 0
	Columns []string          // the exact header; any other is refused, with what differs by name
	Charset encoding.Encoding // one byte a character, ASCII within; nil is UTF-8. A byte order mark makes any file UTF-8
	Layout  string            // what errors call the layout: "cow-mid 5.0, MIDB"
	Header  int               // the line of the header, below others that are passed over; 0: the first with anything in it
}

func (f Format) comma() rune {
	if f.Comma == 0 {
		return ','
	}
	return f.Comma
}

func (f Format) layout() string {
	if f.Layout == "" {
		return "this table"
	}
	return f.Layout
}

// Read yields the rows below the header, in order. A row that is broken in itself is yielded with Bad; a file that
// cannot be read as the format says ends the sequence with ingest.Mistakes. Rows may be kept.
func Read(ctx context.Context, files fs.FS, name string, f Format) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		s, err := open(files, name, f)
		if err != nil {
			yield(Row{}, err)
			return
		}
		defer s.close()
		header, err := s.header()
		if err != nil {
			yield(Row{}, err)
			return
		}
		if err := f.check(name, header); err != nil {
			yield(Row{}, err)
			return
		}
		t := f.shape(name)
		for n := 0; ; n++ {
			if n%256 == 0 && ctx.Err() != nil {
				yield(Row{}, fmt.Errorf("reading %s: %w", name, context.Cause(ctx)))
				return
			}
			l, err := s.next()
			if err != nil {
				yield(Row{}, err)
				return
			}
			if l == nil {
				return
			}
			if l.blank() {
				continue
			}
			if t.sheet {
				l.fit(len(f.Columns))
			}
			row := Row{File: name, Line: l.line, table: t, line: *l}
			row.bad = t.judge(row)
			if !yield(row, nil) {
				return
			}
		}
	}
}

// shape is what rows of a file share.
func (f Format) shape(name string) *shape {
	index := make(map[string]int, len(f.Columns))
	for i, c := range f.Columns {
		if _, ok := index[c]; !ok {
			index[c] = i
		}
	}
	return &shape{name: name, format: f, index: index, sheet: ingest.IsSheet(name)}
}

// Header gives the cells of the header, so that a source can tell which file of its dataset this is. Only Comma, Charset
// and Header of the format count.
func Header(files fs.FS, name string, f Format) ([]string, error) {
	l, err := readHeader(files, name, f)
	if err != nil {
		return nil, err
	}
	return l.cells, nil
}

// Frame gives the header as a frame record, from the first byte of the file (a byte order mark is part of it) through
// the line end: what must stand before a row that is read alone.
func Frame(files fs.FS, name string, f Format) (ingest.Record, error) {
	l, err := readHeader(files, name, f)
	if err != nil {
		return ingest.Record{}, err
	}
	return ingest.Record{File: name, Line: 1, From: 0, To: l.end, Frame: true}, nil
}

func readHeader(files fs.FS, name string, f Format) (*line, error) {
	s, err := open(files, name, f)
	if err != nil {
		return nil, err
	}
	defer s.close()
	return s.header()
}

// likeness is how many of a format's columns a header has, in any order and in large or small letters; 0 where it has not half
// of them. The cells may be separated by something else than the format says: Check tells that.
func likeness(header []string, f Format) int {
	if len(header) == 1 {
		header = strings.FieldsFunc(header[0], func(r rune) bool { return slices.Contains(separators, r) })
	}
	n := len(shared(header, f.Columns))
	if 2*n < len(f.Columns) {
		return 0
	}
	return n
}

// Closest gives the format that a header is most like, for an error that tells what the file seems to be; ok is false where it is
// like none.
func Closest(header []string, formats ...Format) (closest Format, ok bool) {
	best := 0
	for _, f := range formats {
		if n := likeness(header, f); n > best {
			closest, ok, best = f, true, n
		}
	}
	return closest, ok
}

// Check tells what differs between a header and the format's, as ingest.Mistakes of that file; nil if nothing does.
// Read checks by itself; this is for a source that has looked at the header to choose a format.
func (f Format) Check(name string, header []string) error {
	return f.check(name, &line{cells: header, line: 1})
}
