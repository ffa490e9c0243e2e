package table

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/entente-graph/entente/ingest"
)

// A Part is one of the files that make a dataset, known by its header: people rename files.
type Part struct {
	Name string // what a person calls it: "the list of treaties"; the key of what Find gives
	Format
}

// A Finder knows the files of a dataset among what is given.
type Finder struct {
	Called  string // what errors call the dataset: "DESTA"
	Parts   []Part
	Besides [][]string // headers of tables that are published with it and say no more than it: they are passed over
	Others  []Other    // files that are known, and not read
	Advice  string     // what to give, said of a file that is none of these; empty: how the parts begin
	Reads   string     // what this source reads: errors say it of a file that is something else, and show how that begins; empty: they do not
	Some    bool       // at least one part must be there, and not every one
	// Lacks tells what is needed and not among the files, which go by the names of their parts; nil: every part, or at least one.
	Lacks func(have map[string]string) ingest.Mistakes
	// Choose tells which of two files of one part is read, and what the other is: "the list of 2016, and states2024.csv is newer".
	// Empty, or without it: that is not for the program to say, and they are refused.
	Choose func(ctx context.Context, files fs.FS, part Part, one, other string) (use, theOther string, err error)
	// Judge tells what is wrong with a file that its header does not tell, as another version of the same layout: its header is
	// exactly that of a part, or is not, and is most like it. nil: nothing is.
	Judge func(ctx context.Context, files fs.FS, name string, header []string, part Part, exactly bool) error
}

// An Other is a file of the dataset, or of another one, that is not read: known by how its name ends, or by its columns. Beside
// the files that are read it is passed over, and that is told; without them it is refused, and Advice says what to give.
type Other struct {
	Ext     string   // with the dot, in small letters
	Columns []string // all of them are there
	Without []string // and none of these
	Name    string   // "this is …"
	Advice  string
}

// Format is how a part is laid out, by its name.
func (of Finder) Format(part string) Format {
	i := slices.IndexFunc(of.Parts, func(p Part) bool { return p.Name == part })
	return of.Parts[i].Format
}

// forms are the files of other programs in which datasets are published beside their text.
var forms = []Other{
	{Ext: ".dta", Name: "a Stata data set, which is not read"},
	{Ext: ".sav", Name: "an SPSS data set, which is not read"},
	{Ext: ".rds", Name: "an R data set, which is not read"},
	{Ext: ".rdata", Name: "an R data set, which is not read"},
	{Ext: ".rda", Name: "an R data set, which is not read"},
	{Ext: ".xls", Name: "an Excel workbook of the old kind, which is not read"},
}

// OtherForm tells what a file is that another program keeps a dataset in, by how its name ends.
func OtherForm(name string) (what string, ok bool) {
	for _, o := range forms {
		if strings.EqualFold(path.Ext(name), o.Ext) {
			return o.Name, true
		}
	}
	return "", false
}

// Find recognises every file by its header, and gives the name of each part's. A file that is none of them is refused and
// said to be what it is, or what it most seems to be, for data that is passed over in silence is data that somebody
// believes to be loaded. Passed over are documents, what is known to stand beside the data, the other sheets of a workbook that
// has a part in it and, where all that is needed is there, files that are known and not read; these are told (ingest.PassOver).
func (of Finder) Find(ctx context.Context, files fs.FS) (map[string]string, error) {
	f := &finding{Finder: of, files: files, have: map[string]string{}}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case d.IsDir() || Document(name):
			return nil
		}
		return f.look(ctx, name)
	})
	if err != nil {
		return nil, fmt.Errorf("looking for the files of %s: %w", of.Called, err)
	}
	return f.answer(ctx)
}

type finding struct {
	Finder
	files    fs.FS
	have     map[string]string
	mistakes ingest.Mistakes
	sheets   ingest.Mistakes // of sheets, which may be notes
	others   ingest.Mistakes // of files that are known and not read
}

// look tells which part a file is.
func (f *finding) look(ctx context.Context, name string) error {
	for _, o := range slices.Concat(f.Others, forms) {
		if o.Ext != "" && strings.EqualFold(path.Ext(name), o.Ext) {
			f.others = append(f.others, ingest.Mistake{File: name, Rule: "this is " + o.Name, Suggestion: cmp.Or(o.Advice, f.says())})
			return nil
		}
	}
	headers := make([][]string, len(f.Parts))
	for i, p := range f.Parts {
		format := p.Format
		if f.Reads != "" {
			format.Columns = nil // of a file with nothing in it nobody can say which part it should be
		}
		header, err := Header(f.files, name, format)
		if ok, err := f.refused(name, err); !ok {
			return err
		}
		if slices.Equal(header, p.Columns) {
			if ok, err := f.judge(ctx, name, header, p, true); !ok {
				return err
			}
			return f.found(ctx, name, p)
		}
		headers[i] = header
	}
	if slices.ContainsFunc(headers, f.beside) {
		return nil
	}
	for _, header := range headers {
		if o := f.other(header); o != nil {
			rule := "this is " + o.Name
			if f.Reads != "" {
				rule += "; this source reads " + f.Reads
			}
			f.others = append(f.others, f.wrong(name, header, rule, o.Advice)...)
			return nil
		}
	}
	return f.unlike(ctx, name, headers)
}

// unlike says what a file seems to be that is nothing known.
func (f *finding) unlike(ctx context.Context, name string, headers [][]string) error {
	best, closest := 0, 0
	for i, p := range f.Parts {
		if n := likeness(headers[i], p.Format); n > best {
			best, closest = n, i
		}
	}
	if best == 0 {
		f.refuse(name, f.wrong(name, headers[0], "this is no file of "+f.Called, f.says()))
		return nil
	}
	if ok, err := f.judge(ctx, name, headers[closest], f.Parts[closest], false); !ok {
		return err
	}
	_, err := f.refused(name, f.Parts[closest].Check(name, headers[closest]))
	return err
}

// judge is false for a file that is refused although its header is that of a part, or like it.
func (f *finding) judge(ctx context.Context, name string, header []string, p Part, exactly bool) (ok bool, err error) {
	if f.Judge == nil {
		return true, nil
	}
	return f.refused(name, f.Judge(ctx, f.files, name, header, p, exactly))
}

// refused keeps the mistakes for which a file is refused; any other error is one. It is true where there is neither.
func (f *finding) refused(name string, err error) (ok bool, fatal error) {
	var bad ingest.Mistakes
	if errors.As(err, &bad) {
		f.refuse(name, bad)
		return false, nil
	}
	return err == nil, err
}

// wrong makes the mistake of a file that is no part.
func (f *finding) wrong(name string, header []string, rule, suggestion string) ingest.Mistakes {
	m := ingest.Mistake{File: name, Line: 1, Rule: rule, Suggestion: suggestion}
	if f.Reads != "" {
		first := []rune(strings.Join(header, ","))
		m.Value = string(first[:min(len(first), 60)])
	}
	return ingest.Mistakes{m}
}

// beside tells whether a header is one of a table that is passed over.
func (f *finding) beside(header []string) bool {
	return slices.ContainsFunc(f.Besides, func(columns []string) bool { return slices.Equal(header, columns) })
}

// other finds a header among those of files that are not read.
func (f *finding) other(header []string) *Other {
	has := func(c string) bool { return slices.Contains(header, c) }
	lacks := func(c string) bool { return !has(c) }
	for i, o := range f.Others {
		if len(o.Columns) > 0 && !slices.ContainsFunc(o.Columns, lacks) && !slices.ContainsFunc(o.Without, has) {
			return &f.Others[i]
		}
	}
	return nil
}

func (f *finding) found(ctx context.Context, name string, p Part) error {
	before := f.have[p.Name]
	if before == "" {
		f.have[p.Name] = name
		return nil
	}
	if f.Choose != nil {
		use, what, err := f.Choose(ctx, f.files, p, before, name)
		if err != nil {
			return err
		}
		if use != "" {
			other := before
			if use == before {
				other = name
			}
			f.have[p.Name] = use
			f.others = append(f.others, ingest.Mistake{File: other, Rule: "this is " + what, Suggestion: f.says()})
			return nil
		}
	}
	f.mistakes = append(f.mistakes, ingest.Mistake{File: name, Rule: fmt.Sprintf("this is %s a second time: %s is one already", p.Name, before), Suggestion: "give one of them"})
	return nil
}

func (f *finding) refuse(name string, bad ingest.Mistakes) {
	if ingest.IsSheet(name) {
		f.sheets = append(f.sheets, bad...)
		return
	}
	f.mistakes = append(f.mistakes, bad...)
}

// says tells what to give, or how the parts begin.
func (f *finding) says() string {
	if f.Advice != "" {
		return f.Advice
	}
	var all []string
	for _, p := range f.Parts {
		first := p.Columns[:min(3, len(p.Columns))]
		all = append(all, fmt.Sprintf("%s begins %s", p.Name, strings.Join(first, string(p.comma()))))
	}
	return strings.Join(all, ", ")
}

func (f *finding) answer(ctx context.Context) (map[string]string, error) {
	for _, m := range f.sheets {
		book := path.Dir(m.File)
		used := false
		for _, name := range f.have {
			used = used || path.Dir(name) == book
		}
		if !used {
			f.mistakes = append(f.mistakes, m)
		}
	}
	lacking := f.lacks()
	if len(lacking) > 0 || len(f.have) == 0 {
		f.mistakes = append(f.mistakes, f.others...)
	}
	if len(f.mistakes) == 0 {
		f.mistakes = lacking
	}
	if len(f.mistakes) > 0 {
		f.mistakes.Sort()
		return nil, f.mistakes
	}
	Pass(ctx, f.others, slices.Collect(maps.Values(f.have))...)
	return f.have, nil
}

// lacks tells what is needed and not there.
func (f *finding) lacks() (mistakes ingest.Mistakes) {
	if f.Lacks != nil {
		mistakes = f.Lacks(f.have)
	}
	if f.Some && len(f.have) == 0 {
		mistakes = append(mistakes, ingest.Mistake{File: ".", Rule: "no file of " + f.Called + " is here", Suggestion: f.says()})
	}
	if f.Some || f.Lacks != nil {
		return mistakes
	}
	for _, p := range f.Parts {
		if f.have[p.Name] == "" {
			mistakes = append(mistakes, ingest.Mistake{File: ".", Rule: fmt.Sprintf("no file is %s of %s", p.Name, f.Called), Suggestion: f.says()})
		}
	}
	return mistakes
}

// Pass tells of files that are passed over, each by the mistake that it would be without those that are read.
func Pass(ctx context.Context, others ingest.Mistakes, read ...string) {
	read = slices.Sorted(slices.Values(read))
	more := ""
	if len(read) > 4 {
		read, more = read[:4], " …"
	}
	for _, o := range others {
		ingest.PassOver(ctx, o.File, fmt.Sprintf("%s; read: %s%s", strings.TrimPrefix(o.Rule, "this is "), strings.Join(read, ", "), more))
	}
}

// Frames gives the headers of the parts that are there, which must stand before rows that are read alone.
func (of Finder) Frames(files fs.FS, have map[string]string) ([]ingest.Record, error) {
	var frames []ingest.Record
	for _, p := range of.Parts {
		if have[p.Name] == "" {
			continue
		}
		frame, err := Frame(files, have[p.Name], p.Format)
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
	return slices.Contains([]string{".pdf", ".doc", ".docx", ".rtf", ".md", ".qmd", ".htm", ".html"}, path.Ext(base))
}
