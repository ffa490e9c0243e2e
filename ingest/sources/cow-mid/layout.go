package cowmid

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// A part is one of the four files of the dataset. People rename files: a part is known by its header.
type part string

const (
	midA  part = "MIDA"
	midB  part = "MIDB"
	midI  part = "MIDI"
	midIP part = "MIDIP"
)

// layouts are the headers of version 5.0. A new or renamed column is another version, whose codebook nobody has read.
var layouts = map[part]table.Format{
	midA:  layout(midA, "dispnum,stday,stmon,styear,endday,endmon,endyear,outcome,settle,fatality,fatalpre,maxdur,mindur,hiact,hostlev,recip,numa,numb,ongo2014,version"),
	midB:  layout(midB, "dispnum,stabb,ccode,stday,stmon,styear,endday,endmon,endyear,sidea,revstate,revtype1,revtype2,fatality,fatalpre,hiact,hostlev,orig,version"),
	midI:  layout(midI, "dispnum,incidnum,stday,stmon,styear,endday,endmon,endyear,duration,tbi,fatality,fatalpre,action,hostlev,numa,version"),
	midIP: layout(midIP, "dispnum,incidnum,stabb,ccode,stday,stmon,styear,endday,endmon,endyear,insidea,sidea,fatality,fatalpre,action,hostlev,revtype1,revtype2,version"),
}

var parts = []part{midA, midB, midI, midIP}

func layout(p part, columns string) table.Format {
	return table.Format{Columns: strings.Split(columns, ","), Layout: string(p) + " of MID " + version}
}

// others are layouts that people have beside this one, each known by columns that only it has.
var others = []struct {
	name, advice string
	columns      []string
}{
	{"MID 4.3 (or older)", "disputes were numbered anew in 5.0, so the two do not mix: get 5.0", []string{"dispnum3"}},
	{"MID 4.3 (or older)", "disputes were numbered anew in 5.0, so the two do not mix: get 5.0", []string{"ongo2010", "link1"}},
	{"the directed dyad-year data of Gibler, Miller and Little (GML MID)", "it has other dates and another judgement of what a dispute is", []string{"midongoing", "midonset", "ccode1", "ccode2"}},
	{"MID locations (MIDLOC)", "it says where disputes were, not what they were", []string{"midloc2_location"}},
	{"the dyadic MID data", "give the four files that it was made from", []string{"namea", "nameb", "statea", "stateb"}},
}

// found are the files of one load, by part.
type found map[part]string

// find recognises every file by its header. What is none of the four parts is refused, for data that is passed over in
// silence is data that somebody believes to be loaded; documents are not data.
func find(ctx context.Context, files fs.FS) (found, error) {
	have := found{}
	var mistakes ingest.Mistakes
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case d.IsDir() || table.Document(name):
			return nil
		}
		is, err := recognise(files, name)
		var bad ingest.Mistakes
		switch {
		case errors.As(err, &bad):
			mistakes = append(mistakes, bad...)
		case err != nil:
			return err
		case have[is] != "":
			mistakes = append(mistakes, ingest.Mistake{File: name, Rule: fmt.Sprintf("this is %s a second time: %s is one already", is, have[is]), Suggestion: "give one of them"})
		default:
			have[is] = name
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("looking for the files of MID %s: %w", version, err)
	}
	if len(mistakes) == 0 {
		mistakes = have.lacks()
	}
	if len(mistakes) > 0 {
		mistakes.Sort()
		return nil, mistakes
	}
	return have, nil
}

// lacks says which part is needed and not there: disputes are of MIDA and MIDB, incidents of MIDI and MIDIP. There
// are no incidents without disputes, for what the source covers is said of the disputes.
func (f found) lacks() (mistakes ingest.Mistakes) {
	need := func(p part, beside part, why string) {
		if f[p] != "" {
			return
		}
		m := ingest.Mistake{File: ".", Rule: fmt.Sprintf("no file is %s of MID %s: %s", p, version, why), Suggestion: "give it together with the others; its columns are " + strings.Join(layouts[p].Columns, ",")}
		if f[beside] != "" {
			m.File = f[beside]
		}
		mistakes = append(mistakes, m)
	}
	need(midA, midB, "it has the disputes")
	need(midB, midA, "it has their participants")
	if f[midI] != "" || f[midIP] != "" {
		need(midI, midIP, "it has the incidents, where MIDIP has their participants")
		need(midIP, midI, "it has the participants of the incidents")
	}
	return mistakes
}

// recognise tells which part a file is, or refuses it by name.
func recognise(files fs.FS, name string) (part, error) {
	header, err := table.Header(files, name, table.Format{Layout: "MID " + version})
	if err != nil {
		return "", err
	}
	for _, p := range parts {
		if slices.Equal(header, layouts[p].Columns) {
			return p, nil
		}
	}
	refuse := func(rule, suggestion string) (part, error) {
		first := []rune(strings.Join(header, ","))
		return "", ingest.Mistakes{{File: name, Line: 1, Value: string(first[:min(len(first), 60)]), Rule: rule, Suggestion: suggestion}}
	}
	for _, o := range others {
		if !slices.ContainsFunc(o.columns, func(c string) bool { return !slices.Contains(header, c) }) {
			return refuse(fmt.Sprintf("this is %s; this source reads MID %s", o.name, version), o.advice)
		}
	}
	var formats []table.Format
	for _, p := range parts {
		formats = append(formats, layouts[p])
	}
	if f, ok := table.Closest(header, formats...); ok {
		return "", f.Check(name, header)
	}
	return refuse("this is no file of MID "+version, "it has four: MIDA, MIDB, MIDI and MIDIP, as comma-separated text; MIDA begins "+strings.Join(layouts[midA].Columns[:4], ",")+" …")
}

// A thing is all rows of one dispute, or of one incident: one row of the first file and those of the second.
type thing struct {
	number string // as written
	heads  []table.Row
	parts  []table.Row
}

// first is the row whose number a thing goes by.
func (t *thing) first() table.Row {
	if len(t.heads) > 0 {
		return t.heads[0]
	}
	return t.parts[0]
}

// rows gives all rows of the thing, those of the first file first, in the order of the files.
func (t *thing) rows() []table.Row { return append(slices.Clone(t.heads), t.parts...) }

// gather joins two files by a column, whatever order their rows have: MIDI is not sorted. Both are kept in
// memory, which for files of less than a megabyte needs no sorting on disk. Things come by number.
func gather(ctx context.Context, files fs.FS, have found, head, member part, column string) ([]*thing, error) {
	byNumber := map[string]*thing{}
	var all []*thing
	for _, p := range []part{head, member} {
		for row, err := range table.Read(ctx, files, have[p], layouts[p]) {
			if err != nil {
				return nil, err
			}
			number := row.Get(column)
			t := byNumber[number]
			if t == nil || !isNumber(number) { // a row without a number belongs to nothing
				t = &thing{number: number}
				byNumber[number] = t
				all = append(all, t)
			}
			if p == head {
				t.heads = append(t.heads, row)
			} else {
				t.parts = append(t.parts, row)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b *thing) int {
		return cmp.Or(cmp.Compare(len(a.number), len(b.number)), cmp.Compare(a.number, b.number))
	})
	return all, nil
}

// isNumber tells whether the text is a number as the dataset writes its own: digits, the first not 0.
func isNumber(text string) bool {
	return text != "" && text[0] != '0' && strings.Trim(text, "0123456789") == ""
}
