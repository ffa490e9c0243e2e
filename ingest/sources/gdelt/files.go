package gdelt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// A dayFile is one file, with the days of which it has rows.
type dayFile struct {
	name   string
	headed *table.Format // of a copy with a header; nil: it is raw
	shift  int           // by how many columns such a copy has more, behind EventCode
	days   []graph.Day
	named  bool // it has the name of a day: all its rows must be of that
}

// ofDayName tells the day of a raw file by its name, as the project publishes it: 20170501.export.CSV, and in quarters of an
// hour 20170501234500.export.CSV.
var ofDayName = regexp.MustCompile(`(?i)^([0-9]{8})([0-9]{6})?\.export\.csv$`)

// find recognises the files by what is in them, and tells of which days they are. What is no event table is refused by name.
func find(ctx context.Context, files fs.FS) ([]dayFile, error) {
	var found []dayFile
	var bad, others ingest.Mistakes
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case d.IsDir() || document(name):
			return nil
		}
		if what := beside(files, name); what != "" {
			others = append(others, ingest.Mistake{File: name, Line: 1, Rule: "this is " + what, Suggestion: aTable})
			return nil
		}
		f, err := recognise(ctx, files, name)
		var wrong ingest.Mistakes
		switch {
		case errors.As(err, &wrong):
			bad = append(bad, wrong...)
		case err != nil:
			return err
		default:
			found = append(found, f)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("looking for event tables of GDELT: %w", err)
	}
	if len(bad) == 0 && len(found) == 0 {
		bad = others
	}
	if len(bad) == 0 && len(found) == 0 {
		bad = ingest.Mistakes{{File: ".", Rule: "there is no event table here", Suggestion: aTable}}
	}
	if len(bad) > 0 {
		bad.Sort()
		return nil, bad
	}
	read := make([]string, len(found))
	for i, f := range found {
		read[i] = f.name
	}
	table.Pass(ctx, others, read...)
	return found, nil
}

// aTable says what is read.
const aTable = "the event tables of GDELT 2.0 are called 20170501.export.CSV, also zipped"

// beside tells what a file is that stands beside the event tables in many a folder: the look-up tables of the project, by how
// they begin.
func beside(files fs.FS, name string) string {
	if what, ok := table.OtherForm(name); ok {
		return what
	}
	first, err := firstLine(files, name)
	if err != nil {
		return "" // whoever reads it will say so
	}
	switch first = strings.TrimSpace(strings.TrimPrefix(first, "\ufeff")); {
	case strings.HasPrefix(first, "CAMEO"), strings.HasPrefix(first, "CODE\tLABEL"), strings.Contains(first, "GoldsteinScale\tcameoCode"):
		return "a table of codes, which this source has already"
	case strings.HasPrefix(first, "tableId"):
		return "a list of the columns of GDELT, and no event table"
	}
	return ""
}

// recognise tells what a file is by its first line.
func recognise(ctx context.Context, files fs.FS, name string) (dayFile, error) {
	first, err := firstLine(files, name)
	if err != nil {
		return dayFile{}, err
	}
	refuse := func(rule, suggestion string) (dayFile, error) {
		return dayFile{}, ingest.Mistakes{{File: name, Line: 1, Rule: rule, Suggestion: suggestion}}
	}
	if strings.HasPrefix(strings.ToUpper(strings.TrimPrefix(first, "\ufeff")), columnNames[eventID]) {
		return headed(ctx, files, name)
	}
	switch cells := strings.Split(first, "\t"); {
	case len(cells) == columns && number.MatchString(cells[eventID]), ofDayName.MatchString(path.Base(name)) && len(cells) > 1 && len(cells) != 57 && len(cells) != 58:
		return raw(ctx, files, name)
	case len(cells) == 57 || len(cells) == 58:
		return refuse("this is an event table of GDELT 1.0; this source reads those of 2.0", "they have 61 columns, and are published since 19 February 2015")
	case len(cells) == 16 && len(cells[0]) > 0:
		return refuse("this is a table of mentions of GDELT 2.0, not of events", "events are in the files called .export.CSV")
	case len(cells) == 27:
		return refuse("this is a table of the Global Knowledge Graph of GDELT, not of events", "events are in the files called .export.CSV")
	default:
		return refuse("this is no event table of GDELT 2.0", "its rows have 61 cells, separated by tabs, and begin with the number of the event")
	}
}

// firstLine reads the beginning of a file.
func firstLine(files fs.FS, name string) (string, error) {
	f, err := files.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close() //nolint:errcheck // nothing was written
	begin := make([]byte, 64<<10)
	n, err := io.ReadFull(f, begin)
	if n == 0 && errors.Is(err, io.EOF) {
		return "", ingest.Mistakes{{File: name, Rule: "the file is empty", Suggestion: "get it again"}}
	}
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return "", err
	}
	line, _, _ := bytes.Cut(bytes.TrimLeft(begin[:n], "\r\n"), []byte{'\n'})
	return strings.ToValidUTF8(strings.TrimSuffix(string(line), "\r"), "\ufffd"), nil
}

// raw tells the day of a raw file by its name, or if that is another, its days by its rows.
func raw(ctx context.Context, files fs.FS, name string) (dayFile, error) {
	f := dayFile{name: name}
	if m := ofDayName.FindStringSubmatch(path.Base(name)); m != nil {
		d, ok := dayOf(m[1])
		if !ok {
			return f, ingest.Mistakes{{File: name, Value: m[1], Rule: "this is not a day, and the file is called after one", Suggestion: "20170501.export.CSV"}}
		}
		f.days, f.named = []graph.Day{d}, true
		return f, nil
	}
	err := f.scan(ctx, files)
	return f, err
}

// scan finds of which days the rows of a file are.
func (f *dayFile) scan(ctx context.Context, files fs.FS) error {
	seen := map[graph.Day]bool{}
	err := f.read(ctx, files, func(x *row, bad *ingest.Mistake) (bool, error) {
		if d, ok := x.addedOn(bad); ok && !seen[d] {
			seen[d] = true
			f.days = append(f.days, d)
		}
		return true, nil
	})
	slices.Sort(f.days)
	return err
}

// addedOn tells on which day a row was added; ok is false where it cannot be told.
func (r *row) addedOn(bad *ingest.Mistake) (graph.Day, bool) {
	if bad != nil || len(r.cells[added]) < 8 {
		return 0, false
	}
	return dayOf(r.cells[added][:8])
}

// read gives the rows of a file one after another, as long as each wants more.
func (f *dayFile) read(ctx context.Context, files fs.FS, each func(*row, *ingest.Mistake) (bool, error)) error {
	if f.headed == nil {
		return readRaw(ctx, files, f.name, each)
	}
	for x, err := range table.Read(ctx, files, f.name, *f.headed) {
		if err != nil {
			return err
		}
		r := &row{record: x.Record(), shift: f.shift}
		if x.Bad() == nil {
			for _, c := range columnNames {
				r.cells, r.starts = append(r.cells, x.Get(c)), append(r.starts, x.Mistake(c, "", "").Byte-1)
			}
		}
		if more, err := each(r, x.Bad()); err != nil || !more {
			return err
		}
	}
	return nil
}

// headed reads how a copy with a header is laid out, and of which days its rows are.
func headed(ctx context.Context, files fs.FS, name string) (dayFile, error) {
	f := dayFile{name: name, headed: &table.Format{Layout: "GDELT 2.0, events"}}
	plain, with := *f.headed, *f.headed
	plain.Columns = columnNames
	with.Columns = slices.Insert(slices.Clone(columnNames), int(eventCode)+1, described)
	header, err := table.Header(files, name, plain)
	if err != nil {
		return f, err
	}
	switch len(header) {
	case len(with.Columns):
		f.headed, f.shift = &with, 1
	default:
		f.headed = &plain
	}
	return f, f.scan(ctx, files)
}

// document tells of the files that stand beside the data and are none.
func document(name string) bool {
	base := strings.ToLower(path.Base(name))
	for _, begin := range []string{"readme", "license", "licence", "codebook", "md5sums"} {
		if strings.HasPrefix(base, begin) {
			return true
		}
	}
	return slices.Contains([]string{".pdf", ".md", ".htm", ".html"}, path.Ext(base))
}
