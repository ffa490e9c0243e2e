package cow

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// A Part is one of the files of a dataset. People rename files: a part is known by its header.
type Part string

// A Dataset is what files a source reads.
type Dataset struct {
	Name    string // as in "this is no file of …"
	Parts   []Part
	Layouts map[Part]table.Format
	Others  []Other
	Advice  string                       // for a file that is none of it: what it consists of
	Lacks   func(Found) []ingest.Mistake // which part is needed and not there; nil: any of them will do
}

// An Other is a layout that people have beside the dataset's, known by columns that only it has.
type Other struct {
	Name, Advice string
	Columns      []string
}

// Found are the files of one load, by part.
type Found map[Part]string

// Find recognises every file by its header. What is no part is refused, for data that is passed over in silence is data
// that somebody believes to be loaded; documents are not data.
func (d *Dataset) Find(ctx context.Context, files fs.FS) (Found, error) {
	have := Found{}
	var mistakes, others ingest.Mistakes
	err := fs.WalkDir(files, ".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case e.IsDir() || Document(name):
			return nil
		}
		if what, ok := table.OtherForm(name); ok {
			others = append(others, ingest.Mistake{File: name, Rule: "this is " + what, Suggestion: d.Advice})
			return nil
		}
		is, other, err := d.recognise(files, name)
		var bad ingest.Mistakes
		switch {
		case errors.As(err, &bad):
			mistakes = append(mistakes, bad...)
		case err != nil:
			return err
		case other != nil:
			others = append(others, *other)
		case have[is] != "":
			mistakes = append(mistakes, ingest.Mistake{File: name, Rule: fmt.Sprintf("this is %s a second time: %s is one already", is, have[is]), Suggestion: "give one of them"})
		default:
			have[is] = name
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("looking for the files of %s: %w", d.Name, err)
	}
	if len(have) == 0 {
		mistakes, others = append(mistakes, others...), nil
	}
	if len(mistakes) == 0 && d.Lacks != nil {
		mistakes = d.Lacks(have)
	}
	if len(mistakes) == 0 && len(have) == 0 {
		mistakes = ingest.Mistakes{{File: ".", Rule: "no file is of " + d.Name, Suggestion: d.Advice}}
	}
	if len(mistakes) > 0 {
		mistakes = append(mistakes, others...)
		mistakes.Sort()
		return nil, mistakes
	}
	table.Pass(ctx, others, slices.Collect(maps.Values(have))...)
	return have, nil
}

// recognise tells which part a file is, or what other file that is known, or refuses it by name.
func (d *Dataset) recognise(files fs.FS, name string) (of Part, other *ingest.Mistake, err error) {
	header, err := table.Header(files, name, table.Format{Layout: d.Name, Charset: d.Layouts[d.Parts[0]].Charset})
	if err != nil {
		return "", nil, err
	}
	for _, p := range d.Parts {
		if slices.Equal(header, d.Layouts[p].Columns) {
			return p, nil, nil
		}
	}
	not := func(rule, suggestion string) ingest.Mistake {
		first := []rune(strings.Join(header, ","))
		return ingest.Mistake{File: name, Line: 1, Value: string(first[:min(len(first), 60)]), Rule: rule, Suggestion: suggestion}
	}
	for _, o := range d.Others {
		if !slices.ContainsFunc(o.Columns, func(c string) bool { return !slices.Contains(header, c) }) {
			m := not(fmt.Sprintf("this is %s; this source reads %s", o.Name, d.Name), o.Advice)
			return "", &m, nil
		}
	}
	var formats []table.Format
	for _, p := range d.Parts {
		formats = append(formats, d.Layouts[p])
	}
	if f, ok := table.Closest(header, formats...); ok {
		return "", nil, f.Check(name, header)
	}
	return "", nil, ingest.Mistakes{not("this is no file of "+d.Name, d.Advice)}
}

// Frames gives the headers of the files that are there, which must stand before rows that are read alone.
func (d *Dataset) Frames(files fs.FS, have Found) ([]ingest.Record, error) {
	var frames []ingest.Record
	for _, p := range d.Parts {
		if have[p] == "" {
			continue
		}
		frame, err := table.Frame(files, have[p], d.Layouts[p])
		if err != nil {
			return nil, err
		}
		frames = append(frames, frame)
	}
	return frames, nil
}

// Document tells of the files that stand beside the data in a download and are none: codebooks, licences.
func Document(name string) bool {
	base := strings.ToLower(path.Base(name))
	for _, begin := range []string{"readme", "license", "licence", "codebook"} {
		if strings.HasPrefix(base, begin) {
			return true
		}
	}
	return slices.Contains([]string{".pdf", ".doc", ".docx", ".rtf", ".md", ".htm", ".html"}, path.Ext(base))
}

// IsNumber tells whether the text is a number as these datasets write their own: digits, the first not 0.
func IsNumber(text string) bool {
	return text != "" && text[0] != '0' && strings.Trim(text, "0123456789") == ""
}

// CompareNumbers orders such numbers by what they count to.
func CompareNumbers(a, b string) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}
