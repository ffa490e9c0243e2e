package ingest

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// An Excerpt is a small file system that holds, of larger files, only some records and the frames around them. Every
// record stands at the line at which it stands in its file, for the gaps are filled with empty lines; so a source reads
// it as it reads the whole, and what it says of a line is true of the file. Bytes are brought back by
// Record and Mistake.
type Excerpt struct {
	*Files
	spans map[string]spans
}

// ExcerptOf cuts records out of files. They come in any order, also twice.
func ExcerptOf(ctx context.Context, files fs.FS, records []Record) (*Excerpt, error) {
	whole, err := fetch(ctx, files, records)
	if err != nil {
		return nil, err
	}
	return NewExcerpt(whole)
}

// NewExcerpt makes an excerpt of records that have their text, as it was cut out or as a person has mended it. They
// come in any order, also twice. One whose text was too long to be kept is an error that says so.
func NewExcerpt(records []Record) (*Excerpt, error) {
	byFile := map[string][]Record{}
	var mistakes Mistakes
	for _, r := range records {
		if r.Text == "" && r.To-r.From > recordLimit {
			mistakes = append(mistakes, Mistake{
				File: r.File, Line: r.Line, Byte: r.From + 1,
				Rule:       fmt.Sprintf("the record here has %d KB; the text of one longer than %d KB is not kept, so it cannot be mended alone", (r.To-r.From)>>10, recordLimit>>10),
				Suggestion: "mend it in the file and load that again",
			})
		}
		byFile[r.File] = append(byFile[r.File], r)
	}
	e := &Excerpt{Files: &Files{entries: map[string]fileEntry{}, limits: DefaultLimits}, spans: map[string]spans{}}
	for name, of := range byFile {
		text, where := paste(of)
		if err := e.add(name, fileEntry{shown: name, text: text, size: int64(len(text))}); err != nil {
			mistakes = append(mistakes, Mistake{File: name, Rule: err.Error()})
		}
		e.spans[name] = where
	}
	if len(mistakes) > 0 {
		mistakes.Sort()
		return nil, mistakes
	}
	e.makeFolders()
	return e, nil
}

// Record gives the place in the original file of a record that was read in the excerpt. It leaves the text alone.
func (e *Excerpt) Record(r Record) Record { return e.spans[r.File].record(r) }

// Mistake gives a mistake that was found in the excerpt with its place in the original file.
func (e *Excerpt) Mistake(m Mistake) Mistake { return e.spans[m.File].mistake(m) }

// paste puts the records of one file behind one another, each at its line.
func paste(records []Record) (text []byte, where spans) {
	records = inOrder(records)
	end := lineEnd(records)
	var b bytes.Buffer
	line := 1
	for i, r := range records {
		gap := r.Line - line
		if gap < 1 && i > 0 && r.Line > records[i-1].Line && !bytes.HasSuffix(b.Bytes(), []byte(end)) {
			gap = 1 // a mended record has taken the lines; the next one begins a line all the same
		}
		if gap > 0 {
			b.WriteString(strings.Repeat(end, gap))
			line += gap
		}
		s := span{from: int64(b.Len()), orig: r.From, origTo: r.To, line: line, origLine: r.Line}
		b.WriteString(r.Text)
		line += countLines(r.Text, end)
		s.to, s.filled, s.lastLine = int64(b.Len()), int64(b.Len()), line
		s.origLast = r.Line + s.lastLine - s.line
		if i+1 < len(records) {
			s.origLast = min(s.origLast, max(r.Line, records[i+1].Line))
		}
		where = append(where, s)
	}
	return b.Bytes(), where
}

// inOrder sorts records by their place and leaves out those that stand in another one.
func inOrder(records []Record) []Record {
	sorted := slices.Clone(records)
	slices.SortStableFunc(sorted, func(a, b Record) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(b.To, a.To))
	})
	var out []Record
	for _, r := range sorted {
		if n := len(out); n > 0 && r.To <= out[n-1].To && (r.From < out[n-1].To || r.From == out[n-1].From) {
			continue
		}
		out = append(out, r)
	}
	return out
}

// lineEnd tells how the lines of the file end that the records are from. The first record that ends a line says it,
// which is a frame where the source has any; else carriage returns end lines only where there is no line feed at all.
func lineEnd(records []Record) string {
	end := "\n"
	for _, r := range records {
		switch {
		case strings.HasSuffix(r.Text, "\n"):
			return "\n"
		case strings.HasSuffix(r.Text, "\r"):
			return "\r"
		case strings.Contains(r.Text, "\r"):
			end = "\r"
		}
	}
	if slices.ContainsFunc(records, func(r Record) bool { return strings.Contains(r.Text, "\n") }) {
		return "\n"
	}
	return end
}

// countLines tells how many lines end in a text of a file whose lines end so. Where a carriage return ends a line, a
// line feed does as well.
func countLines(text, end string) int {
	n := strings.Count(text, "\n")
	if end == "\r" {
		n += strings.Count(text, "\r") - strings.Count(text, "\r\n")
	}
	return n
}
