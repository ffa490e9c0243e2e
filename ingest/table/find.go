package table

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/entente-graph/entente/ingest"
)

// A Finder knows the files of a dataset among what is given, each by its header: people rename files.
type Finder struct {
	Dataset string   // as errors call it: "Archigos 4.1"
	Formats []Format // the files that are read, each at most once; Layout says what errors call each
	Others  []Other  // files that are known, and not read
	Advice  string   // what to give, said of a file that is none of these
}

// An Other is a file of the dataset, or of another one, that is not read: known by how its name ends, or by columns.
type Other struct {
	Ext     string   // with the dot, in small letters
	Columns []string // all of them are there
	Without []string // and none of these
	Name    string   // "this is …"
	Advice  string
}

// Find gives, for each format, the name of its file, "" where it was not given. What is no file of the dataset is refused, for data
// that is passed over in silence is data that somebody believes to be loaded; documents beside it are not data. All
// that is wrong comes at once, as ingest.Mistakes; so does that there is no file at all.
func (f Finder) Find(ctx context.Context, files fs.FS) ([]string, error) {
	found := make([]string, len(f.Formats))
	var mistakes ingest.Mistakes
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case d.IsDir() || Document(name):
			return nil
		}
		is, err := f.recognise(files, name)
		var bad ingest.Mistakes
		switch {
		case errors.As(err, &bad):
			mistakes = append(mistakes, bad...)
		case err != nil:
			return err
		case found[is] != "":
			mistakes = append(mistakes, ingest.Mistake{File: name, Rule: fmt.Sprintf("this is %s a second time: %s is one already", f.Formats[is].layout(), found[is]), Suggestion: "give one of them"})
		default:
			found[is] = name
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("looking for the files of %s: %w", f.Dataset, err)
	}
	if len(mistakes) == 0 && !slices.ContainsFunc(found, func(name string) bool { return name != "" }) {
		mistakes = ingest.Mistakes{{File: ".", Rule: "no file of " + f.Dataset + " is here", Suggestion: f.Advice}}
	}
	if len(mistakes) > 0 {
		mistakes.Sort()
		return nil, mistakes
	}
	return found, nil
}

// recognise tells the place of the format that a file has, or refuses it by name.
func (f Finder) recognise(files fs.FS, name string) (int, error) {
	refuse := func(line int, value, rule, advice string) (int, error) {
		return 0, ingest.Mistakes{{File: name, Line: line, Value: value, Rule: rule, Suggestion: advice}}
	}
	for _, o := range f.Others {
		if o.Ext != "" && strings.EqualFold(path.Ext(name), o.Ext) {
			return refuse(0, "", "this is "+o.Name, o.Advice)
		}
	}
	header, err := Header(files, name, Format{Comma: f.Formats[0].Comma, Layout: f.Dataset})
	if err != nil {
		return 0, err
	}
	for i, format := range f.Formats {
		if slices.Equal(header, format.Columns) {
			return i, nil
		}
	}
	has := func(c string) bool { return slices.Contains(header, c) }
	lacks := func(c string) bool { return !has(c) }
	first := short(strings.Join(header, string(f.Formats[0].comma())))
	for _, o := range f.Others {
		if len(o.Columns) > 0 && !slices.ContainsFunc(o.Columns, lacks) && !slices.ContainsFunc(o.Without, has) {
			return refuse(1, first, "this is "+o.Name, o.Advice)
		}
	}
	if closest, ok := Closest(header, f.Formats...); ok {
		return 0, closest.Check(name, header)
	}
	return refuse(1, first, "this is no file of "+f.Dataset, f.Advice)
}

// Frames gives the headers of files that Find found: what must stand before rows of them that are read alone.
func (f Finder) Frames(files fs.FS, found []string) ([]ingest.Record, error) {
	var frames []ingest.Record
	for i, name := range found {
		if name == "" {
			continue
		}
		frame, err := Frame(files, name, f.Formats[i])
		if err != nil {
			return nil, err
		}
		frames = append(frames, frame)
	}
	return frames, nil
}

// Document tells of files that stand beside the data in a download and are none: codebooks, licences.
func Document(name string) bool {
	base := strings.ToLower(path.Base(name))
	for _, begin := range []string{"readme", "license", "licence", "codebook"} {
		if strings.HasPrefix(base, begin) {
			return true
		}
	}
	return slices.Contains([]string{".pdf", ".doc", ".docx", ".rtf", ".md", ".htm", ".html"}, path.Ext(base))
}
