package table

import (
	"bufio"
	"errors"
	"io"
)

// maxRow bounds a row in bytes: a file without line ends, or with an unclosed quote, would else be read into memory whole.
const maxRow = 1 << 20

var errRowTooLong = errors.New("the row is too long")

// tap stands between the file and encoding/csv. It keeps the bytes since the last record, so that positions can be
// told, stops at rows that do not end, and gives line feeds for carriage returns where those alone end the
// lines. Its offsets count from the first byte behind a byte order mark.
type tap struct {
	r    *bufio.Reader
	base int64 // of offset 0, in the file

	buf   []byte // the bytes from offset from on begin at start
	start int
	from  int64
	blank int  // lines passed over since the last release, because nothing stood in them
	end   bool // the file has ended

	decided bool // it is known what ends the lines
	cr      bool // carriage returns alone do
	quoted  bool // the undecided first line is within quotes
}

func newTap(r io.Reader) *tap { return &tap{r: bufio.NewReaderSize(r, 64<<10)} }

// peek gives the beginning of the file, for telling what it is.
func (t *tap) peek() ([]byte, error) {
	begin, err := t.r.Peek(1024)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return begin, err
}

// skip passes over the byte order mark.
func (t *tap) skip(n int) {
	t.base, _ = int64(n), must(t.r.Discard(n))
}

// must is for bytes that were peeked at before.
func must(n int, err error) int {
	if err != nil {
		panic(err)
	}
	return n
}

// release forgets what stands before the offset.
func (t *tap) release(offset int64) {
	t.start += int(offset - t.from)
	t.from, t.blank = offset, 0
}

// since gives the bytes from what was last released to the offset. They are good until the next Read.
func (t *tap) since(to int64) []byte { return t.buf[t.start:][:to-t.from] }

// ended tells whether the file has no more beyond the offset.
func (t *tap) ended(offset int64) bool { return t.end && offset == t.from+int64(len(t.buf)-t.start) }

// Read gives bytes to encoding/csv.
func (t *tap) Read(p []byte) (int, error) {
	if len(t.buf)-t.start > maxRow && !t.dropBlank() {
		return 0, errRowTooLong
	}
	if t.start > 64<<10 {
		t.buf = t.buf[:copy(t.buf, t.buf[t.start:])]
		t.start = 0
	}
	n, err := t.r.Read(p)
	t.end = errors.Is(err, io.EOF)
	t.feed(p[:n])
	t.buf = append(t.buf, p[:n]...)
	return n, err
}

// dropBlank releases empty lines at the beginning of what is kept, of which there may be any number.
func (t *tap) dropBlank() bool {
	kept := t.buf[t.start:]
	n := 0
	for l := lineEnd(kept); l > 0; l = lineEnd(kept[n:]) {
		n += l
		t.blank++
	}
	t.start += n
	t.from += int64(n)
	return n > 0
}

// feed finds out by the first line what ends the lines; where carriage returns alone do, it makes them line feeds.
func (t *tap) feed(p []byte) {
	if t.decided && !t.cr {
		return
	}
	for i, c := range p {
		switch {
		case c == '"' && !t.decided:
			t.quoted = !t.quoted
		case c == '\n' && !t.decided && !t.quoted:
			t.decided = true
			return
		case c == '\r' && (t.decided || !t.quoted):
			if t.follows(p[i+1:], '\n') {
				if !t.decided {
					t.decided = true
					return
				}
				continue
			}
			t.decided, t.cr = true, true
			p[i] = '\n'
		}
	}
}

// follows tells whether c comes next, in what is left of the bytes at hand or behind them.
func (t *tap) follows(rest []byte, c byte) bool {
	if len(rest) > 0 {
		return rest[0] == c
	}
	next, err := t.r.Peek(1)
	return err == nil && next[0] == c
}
