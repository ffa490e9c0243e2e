package historian

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"

	"github.com/entente-graph/entente/ingest"
)

// maxFile is the largest file that is read: hundreds of times the largest there is.
const maxFile = 64 << 20

// A Format is how the files of one dataset are made: a root that holds records, each of fields, each of text.
type Format struct {
	Dataset string   // for errors: us-visits
	Root    string   // the name of the root element
	Record  string   // the name of each of its children
	Attrs   []string // the attributes that every record has
	Fields  []Field  // the fields that every record has once, in any order; Optional ones may be missing
}

// A Field is an element of a record.
type Field struct {
	Name   string
	Attr   string // the attribute it must have, if any
	Inline string // the element that may stand in its text and is read as text, if any
	// Optional fields may be missing: those that say who kept a record and when, of which nothing is made.
	Optional bool
}

// A Record is one record of a file, as text with its places; nothing in it is interpreted.
type Record struct {
	ingest.Record
	values   map[string]Value
	at       place
	Mistakes ingest.Mistakes // what is wrong with its form
	Unknown  bool            // it is an element that is no record at all
}

// A Value is a text of a record: a field's, or an attribute's.
type Value struct {
	Name string // the field, or field/@attribute
	Text string // without blanks around it, and with one blank for each stretch of them within
	at   place
}

// place is where a value begins.
type place struct {
	file string
	line int
	col  int
	byte int64
}

// Get gives a value by its name: "visitor", "from/@id", "@role". What is absent is empty, and stands where the record begins.
func (r Record) Get(name string) Value {
	if v, ok := r.values[name]; ok {
		return v
	}
	return Value{Name: name, at: r.at}
}

// Mistake says what is wrong with the value.
func (v Value) Mistake(rule, suggestion string) ingest.Mistake {
	return ingest.Mistake{
		File: v.at.file, Line: v.at.line, Column: v.at.col, Byte: v.at.byte,
		Field: v.Name, Value: v.Text, Rule: rule, Suggestion: suggestion,
	}
}

// Locator is the place of the record, for its statement.
func (r Record) Locator() string { return fmt.Sprintf("%s:%d", r.File, r.Line) }

// Read yields the records of a file in order. A record of the wrong form comes with its Mistakes; what is not XML, or
// not a file of this format, is fatal: ingest.Mistakes.
func Read(ctx context.Context, files fs.FS, name string, f Format) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		r, err := open(files, name, f)
		if err != nil {
			yield(Record{}, err)
			return
		}
		for {
			rec, err := r.next()
			if err == nil {
				err = ctx.Err()
			}
			switch {
			case errors.Is(err, io.EOF):
				return
			case err != nil:
				yield(Record{}, err)
				return
			}
			if !yield(rec, nil) {
				return
			}
		}
	}
}

// Frames gives what stands in files before the first record and after the last. A file without records is one frame.
func Frames(ctx context.Context, files fs.FS, names []string, f Format) ([]ingest.Record, error) {
	var frames []ingest.Record
	for _, name := range names {
		of, err := framesOf(ctx, files, name, f)
		if err != nil {
			return nil, err
		}
		frames = append(frames, of...)
	}
	return frames, nil
}

func framesOf(ctx context.Context, files fs.FS, name string, f Format) ([]ingest.Record, error) {
	r, err := open(files, name, f)
	if err != nil {
		return nil, err
	}
	first, last := int64(-1), int64(-1)
	for {
		rec, err := r.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		if first < 0 {
			first = rec.From
		}
		last = rec.To
	}
	end := int64(len(r.src))
	if first < 0 {
		return []ingest.Record{r.frame(0, end)}, nil
	}
	return []ingest.Record{r.frame(0, first), r.frame(last, end)}, nil
}

func (r *reader) frame(from, to int64) ingest.Record {
	return ingest.Record{File: r.name, Line: r.place(from).line, From: from, To: to, Frame: true}
}
