package table

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/entente-graph/entente/ingest"
)

// line is one record of a file, with the places of its cells.
type line struct {
	cells  []string
	places []place
	line   int   // its number, from 1
	from   int64 // its first byte
	to     int64 // behind its last byte, before the line end
	end    int64 // behind the line end

	charset   charset
	undecoded int    // the first cell that is not of the charset, or -1
	broken    string // what is wrong with its quotes, then cells holds those before and rest what follows
	repair    string
	rest      string
}

// place is where a cell begins.
type place struct {
	line int
	at   int64
}

// blank tells whether there is nothing in it but separators and blanks.
func (l *line) blank() bool {
	if l.broken != "" {
		return false
	}
	for _, c := range l.cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// fit gives a row of a sheet as many cells as the table has columns: the empty ones behind the last are not in its text.
func (l *line) fit(columns int) {
	if l.broken != "" {
		return
	}
	for len(l.cells) < columns {
		l.cells = append(l.cells, "")
	}
	for n := len(l.cells); n > columns && strings.TrimSpace(l.cells[n-1]) == ""; n-- {
		l.cells, l.places = l.cells[:n-1], l.places[:min(len(l.places), n-1)]
	}
}

// scanner reads the records of one file.
type scanner struct {
	name    string
	format  Format
	charset charset
	file    fs.File
	tap     *tap
	csv     *csv.Reader
	read    int64 // how far the csv reader is, in bytes it was given
	line    int   // the number of the line there
}

// open looks at the beginning of the file, and refuses what is no table.
func open(files fs.FS, name string, f Format) (*scanner, error) {
	file, err := files.Open(name)
	if err != nil {
		return nil, unreadable(name, err)
	}
	s := &scanner{name: name, format: f, charset: charset{f.Charset}, file: file, line: 1}
	s.tap = newTap(file)
	begin, err := s.tap.peek()
	if err != nil {
		s.close()
		return nil, unreadable(name, err)
	}
	if len(begin) == 0 {
		s.close()
		return nil, ingest.Mistakes{{File: name, Rule: "the file is empty", Suggestion: s.wants()}}
	}
	if what, advice := sniff(begin); what != "" {
		s.close()
		return nil, ingest.Mistakes{{File: name, Line: 1, Rule: what, Suggestion: advice}}
	}
	if bytes.HasPrefix(begin, []byte(bom)) {
		s.charset = charset{}
		s.tap.skip(len(bom))
	}
	s.csv = csv.NewReader(s.tap)
	s.csv.Comma = f.comma()
	s.csv.FieldsPerRecord = -1
	return s, nil
}

func (s *scanner) close() {
	_ = s.file.Close() // nothing was written
}

// wants says what the first line should be.
func (s *scanner) wants() string {
	if len(s.format.Columns) == 0 {
		return "the first line must name the columns"
	}
	return "the first line must be " + short(strings.Join(s.format.Columns, string(s.format.comma())))
}

// header reads the record that names the columns.
func (s *scanner) header() (*line, error) {
	l, err := s.next()
	for err == nil && l != nil && l.line < s.format.Header {
		l, err = s.next()
	}
	switch {
	case err != nil:
		return nil, err
	case s.format.Header > 0 && (l == nil || l.line != s.format.Header):
		return nil, ingest.Mistakes{{File: s.name, Rule: fmt.Sprintf("there is nothing in line %d, which should name the columns", s.format.Header), Suggestion: "name another line"}}
	case l == nil:
		return nil, ingest.Mistakes{{File: s.name, Line: 1, Rule: "there is nothing in the file but blank lines", Suggestion: s.wants()}}
	case l.broken != "":
		return nil, ingest.Mistakes{{File: s.name, Line: l.line, Column: len(l.cells) + 1, Value: short(l.rest), Rule: l.broken, Suggestion: s.wants()}}
	case l.undecoded >= 0:
		rule, advice := l.charset.complain(l.cells[l.undecoded])
		value := strings.ToValidUTF8(short(l.cells[l.undecoded]), "\ufffd")
		return nil, ingest.Mistakes{{File: s.name, Line: l.line, Column: l.undecoded + 1, Value: value, Rule: rule, Suggestion: advice}}
	}
	return l, nil
}

// next reads one record; nil at the end of the file.
func (s *scanner) next() (*line, error) {
	s.tap.release(s.read)
	cells, err := s.csv.Read()
	if errors.Is(err, io.EOF) {
		return nil, nil //nolint:nilnil // nil is the end, as said
	}
	raw := s.tap.since(s.csv.InputOffset())
	l := &line{cells: cells, line: s.line + s.tap.blank, charset: s.charset, undecoded: -1}
	// What csv passed over before the record: empty lines.
	lead := 0
	for {
		n := lineEnd(raw[lead:])
		if n == 0 {
			break
		}
		lead += n
		l.line++
	}
	base := s.tap.base + s.tap.from
	l.from, l.end = base+int64(lead), base+int64(len(raw))
	body := bytes.TrimSuffix(raw[lead:], []byte{'\n'})
	body = bytes.TrimSuffix(body, []byte{'\r'})
	l.to = l.from + int64(len(body))
	s.read = s.csv.InputOffset()
	s.line = l.line + bytes.Count(raw[lead:], []byte{'\n'})
	s.place(l, raw[lead:])
	if err != nil {
		if err := s.fault(l, body, err); err != nil {
			return nil, err
		}
	}
	for i, c := range l.cells {
		text, ok := s.charset.decode(c)
		if !ok && l.undecoded < 0 {
			l.undecoded = i
		}
		l.cells[i] = text
	}
	return l, nil
}

// lineEnd gives the length of the line end that b begins with, or 0.
func lineEnd(b []byte) int {
	switch {
	case bytes.HasPrefix(b, []byte{'\n'}):
		return 1
	case bytes.HasPrefix(b, []byte{'\r', '\n'}):
		return 2
	default:
		return 0
	}
}

// place finds where the cells begin.
func (s *scanner) place(l *line, raw []byte) {
	l.places = make([]place, len(l.cells))
	number, start := l.line, 0
	for i := range l.cells {
		at, column := s.csv.FieldPos(i)
		for ; number < at; number++ {
			start += bytes.IndexByte(raw[start:], '\n') + 1
		}
		l.places[i] = place{line: at, at: l.from + int64(start+column-1)}
	}
}

// fault turns an error of encoding/csv into a broken line, where the next line can be read all the same, or into
// a fatal mistake.
func (s *scanner) fault(l *line, body []byte, err error) error {
	if n := len(l.places) - 1; n >= 0 && errors.Is(err, errRowTooLong) {
		// Where the bytes end at a line end within quotes, encoding/csv gives that cell as if it were whole.
		if rest := body[l.places[n].at-l.from:]; bytes.HasPrefix(rest, []byte{'"'}) && bytes.Count(rest, []byte{'"'})%2 == 1 {
			l.cells, l.places = l.cells[:n], l.places[:n]
		}
	}
	at, number := s.after(l, body)
	mistake := ingest.Mistake{File: s.name, Line: number, Column: len(l.cells) + 1, Byte: l.from + int64(at) + 1, Value: short(firstLine(body[at:]))}
	quoted := at < len(body) && body[at] == '"'
	var bad *csv.ParseError
	switch {
	case errors.Is(err, errRowTooLong) && quoted:
		mistake.Rule = fmt.Sprintf("the quote opened here is not closed within %d KB", maxRow>>10)
		mistake.Suggestion = `close it, or write "" for a quote inside a cell`
		return ingest.Mistakes{mistake}
	case errors.Is(err, errRowTooLong):
		mistake.Line, mistake.Column, mistake.Byte = l.line, 0, l.from+1
		mistake.Value = short(firstLine(body))
		mistake.Rule = fmt.Sprintf("the row is longer than %d KB, which no table's is", maxRow>>10)
		mistake.Suggestion = "is this the right file?"
		return ingest.Mistakes{mistake}
	case !errors.As(err, &bad):
		return unreadable(s.name, err)
	case errors.Is(bad.Err, csv.ErrQuote) && (bad.Line != number || s.tap.ended(s.read) && bytes.Count(body[at:], []byte{'"'})%2 == 1):
		mistake.Rule = "the quote opened here is not closed before the end of the file"
		if !s.tap.ended(s.read) || bytes.Count(body[at:], []byte{'"'})%2 == 0 {
			mistake.Rule = fmt.Sprintf("the quote opened here is not closed rightly: the next quote, in line %d, has no separator behind it", bad.Line)
		}
		mistake.Suggestion = `close it, or write "" for a quote inside a cell`
		return ingest.Mistakes{mistake}
	case errors.Is(bad.Err, csv.ErrQuote):
		l.broken = "there is text behind the quote that closes the cell"
	case errors.Is(bad.Err, csv.ErrBareQuote):
		l.broken = "there is a quote inside a cell that does not begin with one"
	default:
		return unreadable(s.name, err)
	}
	l.places = append(l.places, place{line: number, at: l.from + int64(at)})
	l.repair = `put the whole cell in quotes and write "" for each quote inside it`
	l.rest = strings.ToValidUTF8(firstLine(body[at:]), "\ufffd")
	return nil
}

// after finds where the cell behind the last whole one begins, and its line.
func (s *scanner) after(l *line, body []byte) (at, number int) {
	if len(l.cells) == 0 {
		return 0, l.line
	}
	last := l.places[len(l.places)-1]
	at, number = int(last.at-l.from), last.line
	quoted := false
	for ; at < len(body); at++ {
		switch c := body[at]; {
		case c == '"':
			quoted = !quoted
		case c == '\n':
			number++
		case c == byte(s.format.comma()) && !quoted:
			return at + 1, number
		}
	}
	return len(body), number
}

func firstLine(b []byte) string {
	if i := bytes.IndexByte(b, '\n'); i >= 0 {
		b = b[:i]
	}
	return strings.TrimSuffix(string(b), "\r")
}

// unreadable says that a file cannot be read. What its file system says of it is a mistake of the file.
func unreadable(name string, err error) error {
	var bad *fs.PathError
	if errors.As(err, &bad) {
		return ingest.Mistakes{{File: name, Rule: bad.Err.Error()}}
	}
	return fmt.Errorf("reading %s: %w", name, err)
}
