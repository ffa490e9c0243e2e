package cowmid

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/cow"
	"github.com/entente-graph/entente/ingest/table"
)

// The four files of the dataset.
const (
	midA  cow.Part = "MIDA"
	midB  cow.Part = "MIDB"
	midI  cow.Part = "MIDI"
	midIP cow.Part = "MIDIP"
)

// layouts are the headers of version 5.0. A new or renamed column is another version, whose codebook nobody has read.
var layouts = map[cow.Part]table.Format{
	midA:  layout(midA, "dispnum,stday,stmon,styear,endday,endmon,endyear,outcome,settle,fatality,fatalpre,maxdur,mindur,hiact,hostlev,recip,numa,numb,ongo2014,version"),
	midB:  layout(midB, "dispnum,stabb,ccode,stday,stmon,styear,endday,endmon,endyear,sidea,revstate,revtype1,revtype2,fatality,fatalpre,hiact,hostlev,orig,version"),
	midI:  layout(midI, "dispnum,incidnum,stday,stmon,styear,endday,endmon,endyear,duration,tbi,fatality,fatalpre,action,hostlev,numa,version"),
	midIP: layout(midIP, "dispnum,incidnum,stabb,ccode,stday,stmon,styear,endday,endmon,endyear,insidea,sidea,fatality,fatalpre,action,hostlev,revtype1,revtype2,version"),
}

func layout(p cow.Part, columns string) table.Format {
	return table.Format{Columns: strings.Split(columns, ","), Layout: string(p) + " of MID " + version}
}

// others are layouts that people have beside this one, each known by columns that only it has.
var others = []cow.Other{
	{Name: "MID 4.3 (or older)", Advice: "disputes were numbered anew in 5.0, so the two do not mix: get 5.0", Columns: []string{"dispnum3"}},
	{Name: "MID 4.3 (or older)", Advice: "disputes were numbered anew in 5.0, so the two do not mix: get 5.0", Columns: []string{"ongo2010", "link1"}},
	{Name: "the directed dyad-year data of Gibler, Miller and Little (GML MID)", Advice: "it has other dates and another judgement of what a dispute is", Columns: []string{"midongoing", "midonset", "ccode1", "ccode2"}},
	{Name: "MID locations (MIDLOC)", Advice: "it says where disputes were, not what they were", Columns: []string{"midloc2_location"}},
	{Name: "the dyadic MID data", Advice: "give the four files that it was made from", Columns: []string{"namea", "nameb", "statea", "stateb"}},
}

// dataset is what files there are.
var dataset = cow.Dataset{
	Name: "MID " + version, Parts: []cow.Part{midA, midB, midI, midIP}, Layouts: layouts, Others: others, Lacks: lacks,
	Advice: "it has four: MIDA, MIDB, MIDI and MIDIP, as comma-separated text; MIDA begins dispnum,stday,stmon,styear …",
}

// lacks says which part is needed and not there: disputes are of MIDA and MIDB, incidents of MIDI and MIDIP. There
// are no incidents without disputes, for what the source covers is said of the disputes.
func lacks(f cow.Found) (mistakes []ingest.Mistake) {
	need := func(p, beside cow.Part, why string) {
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
func gather(ctx context.Context, files fs.FS, have cow.Found, head, member cow.Part, column string) ([]*thing, error) {
	byNumber := map[string]*thing{}
	var all []*thing
	for _, p := range []cow.Part{head, member} {
		for row, err := range table.Read(ctx, files, have[p], layouts[p]) {
			if err != nil {
				return nil, err
			}
			number := row.Get(column)
			t := byNumber[number]
			if t == nil || !cow.IsNumber(number) { // a row without a number belongs to nothing
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
		return cow.CompareNumbers(a.number, b.number)
	})
	return all, nil
}
