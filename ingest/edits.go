package ingest

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"sync"

	"github.com/entente-graph/entente/graph"
)

// editedFiles is a file system in which records read as a person has mended them. The files are edited while they
// stream; nothing of them is held in memory. What follows an edit keeps its line, for what a shorter text lacks in lines
// is filled with empty ones; only behind a text with more lines than it replaces do lines move. An edit
// with an empty text takes the record out, and leaves its line end.
type editedFiles struct {
	fs.FS
	edits map[string][]graph.Edit // by name, in order
	mu    sync.Mutex
	spans map[string]spans // of the edits that a reading has come past
}

// newEditedFiles applies edits to files by their names. Whether they are of the very bytes of the file is for the
// caller to know (hashFiles). Edits of one file that overlap are an error that names them.
func newEditedFiles(files fs.FS, edits map[string][]graph.Edit) (*editedFiles, error) {
	e := &editedFiles{FS: files, edits: map[string][]graph.Edit{}, spans: map[string]spans{}}
	for name, of := range edits {
		of = slices.Clone(of)
		slices.SortFunc(of, func(a, b graph.Edit) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To)) })
		for i, x := range of {
			if x.From < 0 || x.To < x.From {
				return nil, fmt.Errorf("the mended record at %s:%d replaces the bytes from %d to %d, which is no stretch of a file: %w", name, x.Line, x.From, x.To, graph.ErrInvalid)
			}
			if i > 0 && x.From < of[i-1].To {
				return nil, fmt.Errorf("two mended records of %s overlap: the one at line %d (bytes %d to %d) and the one at line %d (bytes %d to %d): %w",
					name, of[i-1].Line, of[i-1].From, of[i-1].To, x.Line, x.From, x.To, graph.ErrConflict)
			}
		}
		e.edits[name] = of
	}
	return e, nil
}

// Open opens a file, to be read with its edits.
func (e *editedFiles) Open(name string) (fs.File, error) {
	f, err := e.FS.Open(name)
	if err != nil || len(e.edits[name]) == 0 {
		return f, err
	}
	return &editedFile{File: f, name: name, of: e, from: bufio.NewReaderSize(f, 64<<10), edits: e.edits[name]}, nil
}

// ReadDir lists a folder.
func (e *editedFiles) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(e.FS, name) }

// record gives the place of a record in the file as it stands. It knows what a reading has come past.
func (e *editedFiles) record(r Record) Record {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.spans[r.File].record(r)
}

// mistake gives a mistake with its place in the file as it stands.
func (e *editedFiles) mistake(m Mistake) Mistake {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.spans[m.File].mistake(m)
}

// passed keeps where the nth edit of a file is. Every reading of the file says the same.
func (e *editedFiles) passed(name string, n int, s span) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if n == len(e.spans[name]) {
		e.spans[name] = append(e.spans[name], s)
	}
}

// editedFile is one reading of a file.
type editedFile struct {
	fs.File
	name  string
	of    *editedFiles
	from  *bufio.Reader
	edits []graph.Edit
	next  int    // the edit that comes next
	at    int64  // in the file as it stands
	given int64  // how much was read
	moved int    // by how many lines what follows has moved
	text  []byte // of an edit, that is to be read next
	lf    bool   // a line feed was seen: carriage returns alone end no line
	cr    bool
	err   error
}

// Stat describes the file; its size is that of the file as it stands.
func (f *editedFile) Stat() (fs.FileInfo, error) { return f.File.Stat() }

// Read gives the file with its edits.
func (f *editedFile) Read(p []byte) (int, error) {
	for len(p) > 0 && len(f.text) == 0 {
		if f.err != nil {
			return 0, f.err
		}
		if f.next < len(f.edits) && f.at == f.edits[f.next].From {
			f.err = f.replace(f.edits[f.next])
			continue
		}
		if f.next < len(f.edits) {
			p = p[:min(int64(len(p)), f.edits[f.next].From-f.at)]
		}
		n, err := f.from.Read(p)
		f.looked(p[:n])
		f.at += int64(n)
		f.given += int64(n)
		if errors.Is(err, io.EOF) && f.next < len(f.edits) {
			err = f.short()
		}
		f.err = err
		if n > 0 {
			return n, nil
		}
	}
	n := copy(p, f.text)
	f.text = f.text[n:]
	return n, nil
}

// replace passes over the bytes of an edit and gives its text in their place, with as many lines.
func (f *editedFile) replace(e graph.Edit) error {
	was := make([]byte, 0, min(e.To-e.From, recordLimit))
	for f.at < e.To {
		part := make([]byte, min(e.To-f.at, 64<<10))
		n, err := io.ReadFull(f.from, part)
		f.at += int64(n)
		was = append(was, part[:n]...)
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return f.short()
		}
		if err != nil {
			return err
		}
	}
	end := f.looked(was)
	lines, kept := countLines(string(was), end), countLines(e.Text, end)
	f.text = append([]byte(nil), e.Text...)
	if behind := endOf(was); endOf(f.text) == "" && behind != "" { // the record was given with its line end, which stays
		f.text = append(f.text, behind...)
		kept += countLines(behind, end)
	}
	filled := f.given + int64(len(f.text))
	for ; kept < lines; kept++ {
		f.text = append(f.text, end...)
	}
	s := span{
		from: f.given, to: f.given + int64(len(f.text)), filled: filled, orig: e.From, origTo: e.To,
		line: e.Line + f.moved, lastLine: e.Line + f.moved + kept, origLine: e.Line, origLast: e.Line + lines,
	}
	f.of.passed(f.name, f.next, s)
	f.moved += kept - lines
	f.given = s.to
	f.next++
	return nil
}

// looked notes what ends the lines in bytes of the file, and tells what does as far as is known.
func (f *editedFile) looked(b []byte) string {
	f.lf = f.lf || bytes.IndexByte(b, '\n') >= 0
	f.cr = f.cr || !f.lf && bytes.IndexByte(b, '\r') >= 0
	if f.cr && !f.lf {
		return "\r"
	}
	return "\n"
}

// endOf gives the line end at the end of a text, or nothing.
func endOf(text []byte) string {
	for _, end := range []string{"\r\n", "\n", "\r"} {
		if bytes.HasSuffix(text, []byte(end)) {
			return end
		}
	}
	return ""
}

// short says that the file has no bytes where an edit is.
func (f *editedFile) short() error {
	e := f.edits[f.next]
	return Mistakes{{File: f.name, Line: e.Line, Byte: e.From + 1, Rule: "a mended record is to be read here, and the file ends before it: " + itChanged}}
}
