package gdelt

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"unicode/utf8"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

// columns is how many a raw row has.
const columns = 61

// maxLine bounds a row: a file without line ends is none of GDELT's.
const maxLine = 1 << 20

// A row is one event, with its place in the file.
type row struct {
	record ingest.Record
	cells  []string
	starts []int64 // where each cell begins in the file
	shift  int     // by how many the columns of a file with a header are moved, from the code's description on
}

// cell gives a column of the raw layout.
func (r *row) cell(c column) string { return r.cells[c] }

// mistake is what is wrong with a column.
func (r *row) mistake(c column, rule, suggestion string) ingest.Mistake {
	number := int(c) + 1
	if c > eventCode {
		number += r.shift
	}
	return ingest.Mistake{
		File: r.record.File, Line: r.record.Line, Column: number, Byte: r.starts[c] + 1, Field: columnNames[c], Value: short(r.cells[c]), Rule: rule, Suggestion: suggestion,
	}
}

// broken is what is wrong with the row itself.
func (r *row) broken(rule, suggestion string) ingest.Mistake {
	return ingest.Mistake{File: r.record.File, Line: r.record.Line, Byte: r.record.From + 1, Rule: rule, Suggestion: suggestion}
}

func short(text string) string {
	if len(text) <= 120 {
		return text
	}
	return strings.ToValidUTF8(text[:120], "") + "…"
}

// readRaw gives the rows of a raw file one after another, as long as each wants more. The rows are tab-separated, and nothing
// in them is quoted: a quote is a letter. A row is the caller's until the next.
func readRaw(ctx context.Context, files fs.FS, name string, each func(*row, *ingest.Mistake) (bool, error)) error {
	f, err := files.Open(name)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // nothing was written
	from := bufio.NewReaderSize(f, 256<<10)
	r := &row{record: ingest.Record{File: name}, cells: make([]string, 0, columns), starts: make([]int64, 0, columns)}
	var at int64
	for line := 1; ; line++ {
		if line%1024 == 0 && ctx.Err() != nil {
			return fmt.Errorf("reading %s: %w", name, context.Cause(ctx))
		}
		text, n, err := nextLine(from, name, line)
		if err != nil {
			return err
		}
		if n == 0 {
			return nil
		}
		r.record.Line, r.record.From, r.record.To = line, at, at+int64(len(text))
		at += int64(n)
		if len(bytes.TrimSpace(text)) == 0 {
			continue
		}
		more, err := each(r, r.split(string(text)))
		if err != nil || !more {
			return err
		}
	}
}

// nextLine reads a line, and gives it without its end, and how many bytes it took; 0 at the end of the file.
func nextLine(from *bufio.Reader, name string, line int) (text []byte, n int, err error) {
	text, err = from.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		whole := bytes.Clone(text)
		for errors.Is(err, bufio.ErrBufferFull) && len(whole) <= maxLine {
			text, err = from.ReadSlice('\n')
			whole = append(whole, text...)
		}
		text = whole
		if len(whole) > maxLine {
			return nil, 0, ingest.Mistakes{{File: name, Line: line, Rule: fmt.Sprintf("the row is longer than %d KB, which none of GDELT's is", maxLine>>10), Suggestion: "is this the right file?"}}
		}
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, 0, err
	}
	n = len(text)
	text = bytes.TrimSuffix(text, []byte{'\n'})
	return bytes.TrimSuffix(text, []byte{'\r'}), n, nil
}

// split takes the cells of a row apart, and tells what is wrong with it.
func (r *row) split(text string) *ingest.Mistake {
	r.cells, r.starts = r.cells[:0], r.starts[:0]
	at := r.record.From
	for rest := text; ; {
		cell, after, more := strings.Cut(rest, "\t")
		r.cells, r.starts = append(r.cells, cell), append(r.starts, at)
		if !more {
			break
		}
		at += int64(len(cell)) + 1
		rest = after
	}
	var m graph.Mistake
	switch {
	case len(r.cells) != columns:
		m = r.broken(fmt.Sprintf("the row has %d cells, where those of GDELT 2.0 have %d", len(r.cells), columns), "the row is cut short, or a tab is missing or too many")
		m.Value = short(strings.ToValidUTF8(text, "\ufffd"))
	case !utf8.ValidString(text):
		m = r.broken("the row has bytes that are not UTF-8", "get the file again: it was saved in another charset on the way")
	case strings.ContainsRune(text, 0):
		m = r.broken("the row has a NUL byte in it, which no text has", "the file is damaged: get it again")
	default:
		return nil
	}
	return &m
}
