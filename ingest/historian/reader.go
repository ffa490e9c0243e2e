package historian

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/entente-graph/entente/ingest"
)

// reader reads one file.
type reader struct {
	name   string
	format Format
	src    []byte
	starts []int64 // of lines
	dec    *xml.Decoder
	ended  bool
}

// open reads the file and its root's beginning.
func open(files fs.FS, name string, f Format) (*reader, error) {
	src, err := readFile(files, name)
	if err != nil {
		return nil, err
	}
	r := &reader{name: name, format: f, src: src, starts: starts(src)}
	if i := firstInvalid(src); i >= 0 {
		return nil, r.fatal(int64(i), fmt.Sprintf("% x", src[i:min(i+1, len(src))]), "this byte is not UTF-8", "the producer's files are UTF-8: save it as such, or fetch it again")
	}
	// A byte order mark is not part of the document, but its bytes count.
	r.dec = xml.NewDecoder(bytes.NewReader(src))
	r.dec.Strict = true
	return r, r.root()
}

// starts gives where lines begin.
func starts(src []byte) []int64 {
	all := []int64{0}
	for i, b := range src {
		if b == '\n' || b == '\r' && (i+1 == len(src) || src[i+1] != '\n') {
			all = append(all, int64(i+1))
		}
	}
	return all
}

func readFile(files fs.FS, name string) (src []byte, err error) {
	file, err := files.Open(name)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	src, err = io.ReadAll(io.LimitReader(file, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	if len(src) > maxFile {
		return nil, ingest.Mistakes{{File: name, Rule: fmt.Sprintf("it has more than %d MB, and the largest file of this kind has less than one", maxFile>>20)}}
	}
	return src, nil
}

func firstInvalid(src []byte) int {
	for i := 0; i < len(src); {
		c, size := utf8.DecodeRune(src[i:])
		if c == utf8.RuneError && size <= 1 {
			return i
		}
		i += size
	}
	return -1
}

// root reads up to the root's beginning, and refuses other files by name.
func (r *reader) root() error {
	for {
		from := r.dec.InputOffset()
		tok, err := r.dec.Token()
		if errors.Is(err, io.EOF) {
			return r.fatal(from, "", "there is no <"+r.format.Root+"> in it", r.wanted())
		}
		if err != nil {
			return r.syntax(err)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if t.Name.Space != "" || t.Name.Local != r.format.Root {
				return r.fatal(from, "<"+t.Name.Local+">", "this is not a file of "+r.format.Dataset, r.wanted())
			}
			if len(t.Attr) > 0 {
				return r.fatal(from, t.Attr[0].Name.Local, "<"+r.format.Root+"> has no attributes", "")
			}
			return nil
		case xml.CharData:
			if text := strings.TrimSpace(strings.TrimPrefix(string(t), "\ufeff")); text != "" {
				return r.fatal(from, short(text), "this is not XML", r.wanted())
			}
		default:
			if err := r.outside(from, tok); err != nil {
				return err
			}
		}
	}
}

func (r *reader) wanted() string {
	return fmt.Sprintf("%s reads files whose root is <%s>, with <%s> in it", r.format.Dataset, r.format.Root, r.format.Record)
}

// outside lets through what may stand between elements, and refuses document types, which can define entities.
func (r *reader) outside(from int64, tok xml.Token) error {
	switch t := tok.(type) {
	case xml.Comment:
		return nil
	case xml.ProcInst:
		if t.Target == "xml" {
			return nil
		}
		return r.fatal(from, "<?"+t.Target, "these files have no processing instructions", "")
	case xml.Directive:
		if len(t) >= 12 && strings.EqualFold(string(t[:12]), "doctype html") {
			return r.fatal(from, "<!"+short(string(t)), "this is a web page (HTML), not a file of "+r.format.Dataset, "get the file itself: this is what was answered instead")
		}
		return r.fatal(from, "<!"+short(string(t)), "these files have no document type, and one is not read: it could define entities", "")
	default:
		return r.fatal(from, "", fmt.Sprintf("a %T cannot stand here", tok), "")
	}
}

// next reads the next record.
func (r *reader) next() (Record, error) {
	for !r.ended {
		from := r.dec.InputOffset()
		tok, err := r.dec.Token()
		if err != nil {
			return Record{}, r.syntax(err)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			return r.record(from, t)
		case xml.EndElement:
			r.ended = true
		case xml.CharData:
			if text := strings.TrimSpace(string(t)); text != "" {
				return Record{}, r.fatal(from, short(text), "text cannot stand between records", "")
			}
		default:
			if err := r.outside(from, tok); err != nil {
				return Record{}, err
			}
		}
	}
	for { // nothing but blanks and comments may follow
		from := r.dec.InputOffset()
		tok, err := r.dec.Token()
		if errors.Is(err, io.EOF) {
			return Record{}, io.EOF
		}
		if err != nil {
			return Record{}, r.syntax(err)
		}
		if t, ok := tok.(xml.CharData); ok && strings.TrimSpace(string(t)) == "" {
			continue
		}
		if _, ok := tok.(xml.Comment); !ok {
			return Record{}, r.fatal(from, "", "something follows the end of <"+r.format.Root+">", "a file has one root")
		}
	}
}

// fold takes blanks of every kind away at both ends and makes one of each stretch within.
func fold(s string) string { return strings.Join(strings.Fields(s), " ") }

func (v Value) value(text string) Value {
	v.Text = text
	return v
}

// at is an empty value at a byte.
func (r *reader) at(offset int64) Value { return Value{at: r.place(offset)} }

func (r *reader) place(offset int64) place {
	i := sort.Search(len(r.starts), func(i int) bool { return r.starts[i] > offset }) - 1
	start := r.starts[i]
	return place{r.name, i + 1, utf8.RuneCount(r.src[start:min(offset, int64(len(r.src)))]) + 1, offset + 1}
}

func (r *reader) fatal(offset int64, value, rule, suggestion string) error {
	p := r.place(offset)
	return ingest.Mistakes{{File: p.file, Line: p.line, Column: p.col, Byte: p.byte, Value: value, Rule: rule, Suggestion: suggestion}}
}

// syntax says where the file stops being XML.
func (r *reader) syntax(err error) error {
	rule := err.Error()
	var bad *xml.SyntaxError
	switch {
	case errors.As(err, &bad):
		rule = bad.Msg
	case errors.Is(err, io.EOF):
		rule = "unexpected EOF"
	}
	suggestion := ""
	if strings.Contains(rule, "CharsetReader") { // encoding/xml has none, and says so
		declared := strings.Split(rule+`""`, `"`)[1]
		return r.fatal(0, declared, "the file declares a charset that is not UTF-8", "the producer's files are UTF-8: save it as such, or fetch it again")
	}
	if rule == "unexpected EOF" {
		rule, suggestion = "the file ends within an element", "it was cut off: fetch it again"
	}
	return r.fatal(min(r.dec.InputOffset(), int64(len(r.src))), "", "this is not well-formed XML: "+rule, suggestion)
}

func short(s string) string {
	s = fold(s)
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
