package cowmid

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/cow"
	"github.com/entente-graph/entente/ingest/table"
)

// An edition is a version of the dataset: what its files look like and how far it goes. Its numbers are those of 5.0, or are
// led to them by the table of decisions, so that a dispute has one key over all.
type edition struct {
	version  string
	written  []string // as rows have it
	last     int      // year
	number   string   // the columns of numbers
	incident string
	older    string // the column of the number that 5.0 gave up; empty: there is none
	ongoing  string // the column that says that a dispute went on when the data ended
	links    []string
	dataset  table.Finder
	bibTeX   string
}

var edition5 = makeEdition(edition{
	version: "5.0", written: []string{"5", "5.0"}, last: 2014, number: "dispnum", incident: "incidnum", ongoing: "ongo2014", bibTeX: bibTeX,
}, map[string]string{
	midA:  "dispnum,stday,stmon,styear,endday,endmon,endyear,outcome,settle,fatality,fatalpre,maxdur,mindur,hiact,hostlev,recip,numa,numb,ongo2014,version",
	midB:  "dispnum,stabb,ccode,stday,stmon,styear,endday,endmon,endyear,sidea,revstate,revtype1,revtype2,fatality,fatalpre,hiact,hostlev,orig,version",
	midI:  "dispnum,incidnum,stday,stmon,styear,endday,endmon,endyear,duration,tbi,fatality,fatalpre,action,hostlev,numa,version",
	midIP: "dispnum,incidnum,stabb,ccode,stday,stmon,styear,endday,endmon,endyear,insidea,sidea,fatality,fatalpre,action,hostlev,revtype1,revtype2,version",
})

// Version 4.3 has two numbers of what its own round of collection added: dispnum3, which 5.0 kept, and dispnum4, of five
// digits, which it gave up. Its participants of incidents are called MIDP.
var edition43 = makeEdition(edition{
	version: "4.3", written: []string{"4.3", "4.3000002"}, last: 2010, number: "dispnum3", incident: "incidnum3", older: "dispnum4", ongoing: "ongo2010",
	links: []string{"link1", "link2", "link3"}, bibTeX: bibTeX43,
}, map[string]string{
	midA:  "dispnum3,dispnum4,stday,stmon,styear,endday,endmon,endyear,outcome,settle,fatality,fatalpre,maxdur,mindur,hiact,hostlev,recip,numa,numb,link1,link2,link3,ongo2010,version",
	midB:  "dispnum3,dispnum4,stabb,ccode,stday,stmon,styear,endday,endmon,endyear,sidea,revstate,revtype1,revtype2,fatality,fatalpre,hiact,hostlev,orig,version",
	midI:  "dispnum3,incidnum3,dispnum4,incidnum4,stday,stmon,styear,endday,endmon,endyear,duration,tbi,fatality,fatalpre,action,hostlev,numa,revtype1,revtype2,version",
	midIP: "dispnum3,incidnum3,dispnum4,incidnum4,stabb,ccode,stday,stmon,styear,endday,endmon,endyear,insidea,sidea,fatality,fatalpre,action,hostlev,revtype1,revtype2,version",
})

func makeEdition(e edition, columns map[string]string) *edition {
	e.dataset = table.Finder{
		Called: "MID " + e.version, Reads: "MID " + e.version, Others: others, Lacks: e.lacks,
		Advice: "it has four: MIDA, MIDB, MIDI and MIDIP, as comma-separated text; MIDA begins " + strings.Join(strings.Split(columns[midA], ",")[:4], ",") + " …",
	}
	for _, part := range []string{midA, midB, midI, midIP} {
		e.dataset.Parts = append(e.dataset.Parts, table.Part{Name: part, Format: table.Format{
			Columns: strings.Split(columns[part], ","), Layout: fmt.Sprintf("%s of MID %s", part, e.version),
		}})
	}
	return &e
}

// lacks says which part is needed and not there: disputes are of MIDA and MIDB, incidents of MIDI and MIDIP. There
// are no incidents without disputes, for what the source covers is said of the disputes.
func (e *edition) lacks(f map[string]string) (mistakes ingest.Mistakes) {
	need := func(p, beside string, why string) {
		if f[p] != "" {
			return
		}
		m := ingest.Mistake{File: ".", Rule: fmt.Sprintf("no file is %s of MID %s: %s", p, e.version, why), Suggestion: "give it together with the others; its columns are " + strings.Join(e.dataset.Format(p).Columns, ",")}
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

// find tells which version the files are of, and which file is which. Files of two versions are refused: the one would
// supersede the other.
func find(ctx context.Context, files fs.FS) (*edition, map[string]string, error) {
	of := map[*edition]string{}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || ctx.Err() != nil || d.IsDir() || table.Document(name) {
			return cmpOr(err, ctx.Err())
		}
		header, err := table.Header(files, name, table.Format{Layout: "MID"})
		if err != nil {
			return nil //nolint:nilerr // Find tells what is wrong with it
		}
		for _, e := range []*edition{edition5, edition43} {
			for _, p := range e.dataset.Parts {
				if slices.Equal(header, p.Columns) && of[e] == "" {
					of[e] = name
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, nil, fmt.Errorf("looking for the files of MID: %w", err)
	}
	e := edition5
	switch {
	case of[edition5] != "" && of[edition43] != "":
		return nil, nil, ingest.Mistakes{{
			File: of[edition43], Rule: fmt.Sprintf("this is of MID 4.3, and %s of MID 5.0: the newer supersedes the older", of[edition5]),
			Suggestion: "load one of them; to have both, 4.3 first",
		}}
	case of[edition43] != "":
		e = edition43
	}
	have, err := e.dataset.Find(ctx, files)
	return e, have, err
}

func cmpOr(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// cells reads the cells of a row.
func (r *reader) cells(row table.Row) cow.Cells {
	return cow.Cells{Row: row, Book: r.book, Span: cow.Span{First: firstYear, Last: r.edition.last, Of: "version " + r.edition.version}}
}

// firstYear is the first that any version covers.
const firstYear = 1816

// checkVersion refuses rows of another version than the file's header is of.
func (e *edition) checkVersion(c *cow.Cells) {
	if !slices.Contains(e.written, c.Row.Get("version")) {
		c.Mistake("version", "this source reads version "+e.version+" from this file", e.written[0])
	}
}

const bibTeX43 = `@article{palmer_etal_2015_mid4,
  author = {Palmer and D'Orazio and Kenwick and Lane},
  journal = {Conflict Management and Peace Science},
  volume = {32},
  number = {2},
  year = {2015},
  note = {Article of record of Militarized Interstate Disputes, versions 4.0 to 4.3, Correlates of War Project}
}
`

// identifiers are what versions of the dataset call a dispute.
func identifiers(number string) []graph.Identifier {
	all := []graph.Identifier{{Scheme: string(Key), Value: number}}
	if older := theDecisions().older[number]; older != "" {
		all = append(all, graph.Identifier{Scheme: olderScheme, Value: older})
	}
	return all
}
