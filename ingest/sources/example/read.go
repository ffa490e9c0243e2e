package example

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"slices"

	"github.com/entente-graph/entente/ingest"
)

// columns is the header as published. A new or renamed column is a new edition of the dataset, and nobody has read
// its codebook yet: refuse it.
var columns = []string{"id", "host", "guest", "start", "end", "level"}

// record is one row as text, with its place. Nothing is interpreted here.
type record struct {
	file                              string
	line                              int
	id, host, guest, start, end, rank string
}

// read yields the records of the file. What is not CSV, or has another header, is fatal; what a
// field means is for normalize to say.
func read(files fs.FS, name string) iter.Seq2[record, error] {
	return func(yield func(record, error) bool) {
		f, err := files.Open(name)
		if err != nil {
			yield(record{}, fmt.Errorf("reading %s: %w", name, err))
			return
		}
		defer f.Close() //nolint:errcheck // nothing was written
		r := csv.NewReader(f)
		header, err := r.Read()
		if err != nil {
			yield(record{}, badCSV(name, err))
			return
		}
		if !slices.Equal(header, columns) {
			yield(record{}, ingest.Mistakes{{File: name, Line: 1, Value: fmt.Sprint(header), Rule: "these are not the columns of version " + version, Suggestion: fmt.Sprint(columns)}})
			return
		}
		for {
			fields, err := r.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(record{}, badCSV(name, err))
				return
			}
			line, _ := r.FieldPos(0)
			rec := record{file: name, line: line, id: fields[0], host: fields[1], guest: fields[2], start: fields[3], end: fields[4], rank: fields[5]}
			if !yield(rec, nil) {
				return
			}
		}
	}
}

func badCSV(name string, err error) error {
	var bad *csv.ParseError
	if errors.As(err, &bad) {
		return ingest.Mistakes{{File: name, Line: bad.Line, Column: bad.Column, Rule: bad.Err.Error()}}
	}
	return fmt.Errorf("reading %s: %w", name, err)
}
