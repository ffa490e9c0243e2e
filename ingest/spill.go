package ingest

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"

	"github.com/entente-graph/entente/graph"
)

// spillFile is a temporary file of entries, written once from its beginning to its end, and read at any place.
type spillFile struct {
	parent string // the folder for temporary files, as a person knows it
	dir    string // our own folder in it, while it is there
	file   *os.File
	to     *bufio.Writer
	size   int64
	buf    []byte
}

func newSpillFile(parent string) (*spillFile, error) {
	if parent == "" {
		parent = os.TempDir()
	}
	f := &spillFile{parent: parent}
	dir, err := os.MkdirTemp(parent, "entente-load-")
	if err != nil {
		return nil, f.failed(err)
	}
	f.dir = dir
	name := filepath.Join(dir, "statements")
	if f.file, err = os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600); err != nil {
		return nil, errors.Join(f.failed(err), removeAll(dir))
	}
	// Without a name nothing is left of it, whatever ends the process. A system that keeps the names of open
	// files refuses; then close removes them.
	if removeAll(name, dir) == nil {
		f.dir = ""
	}
	f.to = bufio.NewWriterSize(f.file, 256<<10)
	return f, nil
}

// failed says what went wrong with the temporary file, in terms of what a person can change.
func (f *spillFile) failed(err error) error {
	what := "temporary files in " + f.parent
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EFBIG) {
		return fmt.Errorf("%s: there is no room for what is being loaded (%d MB so far): make room, or set TMPDIR to a folder that has some: %w", what, f.size>>20, plain(err))
	}
	return fmt.Errorf("%s: %w (set TMPDIR to another folder)", what, plain(err))
}

func (f *spillFile) write(e entry) error {
	f.buf = appendEntry(f.buf[:0], e)
	var length [binary.MaxVarintLen64]byte
	n := binary.PutUvarint(length[:], uint64(len(f.buf)))
	if _, err := f.to.Write(length[:n]); err != nil {
		return f.failed(err)
	}
	if _, err := f.to.Write(f.buf); err != nil {
		return f.failed(err)
	}
	f.size += int64(n + len(f.buf))
	return nil
}

func (f *spillFile) flush() error {
	if err := f.to.Flush(); err != nil {
		return f.failed(err)
	}
	return nil
}

func (f *spillFile) close() error {
	err := f.file.Close()
	if f.dir != "" {
		err = errors.Join(err, removeAll(f.file.Name(), f.dir))
	}
	if err != nil {
		return f.failed(err)
	}
	return nil
}

// reader reads a run through a buffer of about so many bytes. Any number may read at once.
func (f *spillFile) reader(r run, buffer int) *spillReader {
	section := io.NewSectionReader(f.file, r.from, r.to-r.from)
	return &spillReader{file: f, from: bufio.NewReaderSize(section, min(max(buffer, 4<<10), 64<<10))}
}

type spillReader struct {
	file *spillFile
	from *bufio.Reader
}

// next gives the entry at which the reader stands; at the end there is none.
func (r *spillReader) next() (e entry, more bool, err error) {
	length, err := binary.ReadUvarint(r.from)
	if errors.Is(err, io.EOF) {
		return entry{}, false, nil
	}
	if err != nil {
		return entry{}, false, r.file.failed(err)
	}
	buf := make([]byte, length)
	if _, err := io.ReadFull(r.from, buf); err != nil {
		return entry{}, false, r.file.failed(err)
	}
	e, err = decodeEntry(buf)
	if err != nil {
		return entry{}, false, r.file.failed(err)
	}
	return e, true, nil
}

// appendEntry writes an entry as lengths and bytes. The form lives as long as the process.
func appendEntry(b []byte, e entry) []byte {
	for _, text := range []string{string(e.Source), string(e.Kind), e.Key, string(e.Slice), e.Locator} {
		b = appendText(b, text)
	}
	b = append(b, e.Hash[:]...)
	b = binary.AppendUvarint(b, uint64(len(e.Body)))
	b = append(b, e.Body...)
	b = binary.AppendUvarint(b, uint64(len(e.Records)))
	for _, r := range e.Records {
		b = appendText(b, r.File)
		b = binary.AppendVarint(b, int64(r.Line))
		b = binary.AppendVarint(b, r.From)
		b = binary.AppendVarint(b, r.To)
		b = appendText(b, r.Text)
		frame := byte(0)
		if r.Frame {
			frame = 1
		}
		b = append(b, frame)
	}
	return b
}

func appendText(b []byte, text string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(text))), text...)
}

// decodeEntry reads what appendEntry wrote. The body stays a part of b.
func decodeEntry(b []byte) (entry, error) {
	d := decoder{b: b}
	var e entry
	e.Source, e.Kind, e.Key = graph.SourceKey(d.text()), graph.StatementKind(d.text()), d.text()
	e.Slice, e.Locator = graph.SliceID(d.text()), d.text()
	copy(e.Hash[:], d.take(len(e.Hash)))
	if n := d.count(); n > 0 {
		e.Body = d.take(n)
	}
	if n := d.count(); n > 0 && !d.broken {
		e.Records = make([]Record, 0, n)
		for range n {
			r := Record{File: d.text(), Line: int(d.number()), From: d.number(), To: d.number(), Text: d.text()}
			r.Frame = len(d.b) > 0 && d.take(1)[0] == 1
			e.Records = append(e.Records, r)
		}
	}
	if d.broken || len(d.b) > 0 {
		return entry{}, errors.New("what was written there does not read back: something else has changed it")
	}
	return e, nil
}

// decoder takes values from the front of b, zero ones once it is broken.
type decoder struct {
	b      []byte
	broken bool
}

func (d *decoder) take(n int) []byte {
	if n > len(d.b) {
		d.broken, d.b = true, nil
		return nil
	}
	out := d.b[:n:n]
	d.b = d.b[n:]
	return out
}

func (d *decoder) text() string { return string(d.take(d.count())) }

// count reads a length, which is never more than what is left.
func (d *decoder) count() int {
	v, n := binary.Uvarint(d.b)
	if n <= 0 || v > uint64(len(d.b)) {
		d.broken, d.b = true, nil
		return 0
	}
	d.b = d.b[n:]
	return int(v)
}

func (d *decoder) number() int64 {
	v, n := binary.Varint(d.b)
	if n <= 0 {
		d.broken, d.b = true, nil
		return 0
	}
	d.b = d.b[n:]
	return v
}
