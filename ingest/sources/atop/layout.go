package atop

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// A level is one of the two files of the dataset that are read. People rename files: it is known by its header.
type level string

const (
	allianceLevel level = "the alliance level (atop4_01a)"
	memberLevel   level = "the member level (atop4_01m)"
)

var levels = []level{allianceLevel, memberLevel}

// layouts are the headers of version 4.01. A new or renamed column is another version, with another codebook.
var layouts = map[level]table.Format{
	allianceLevel: {Layout: "the alliance level of ATOP " + version, Columns: slices.Concat(split(beforeMembers), memberColumns, split(afterMembers))},
	memberLevel:   {Layout: "the member level of ATOP " + version, Columns: split(ofMembers)},
}

const beforeMembers = "atopid,cowid,cow4id,begyr,begmo,begday,endyr,endmo,endday,ineffect,bilat,maxphase,wartime,estmode,pubsecr," +
	"secrart,proadd,futmem,speclgth,length,renounce,proren,renewlgt,term,defense,offense,neutral,nonagg,consul," +
	"active,conditio,defcon,offcon,neucon,concon,asymm,notaiden,dipaid,terrres,seppeace,thirdcom,noothall,specthrt," +
	"statthr1,statthr2,conwtin,medarb,milcon,milaid,intcom,subord,organ1,orgpurp1,organ2,orgpurp2,base,contrib," +
	"armred,acqterr,divgains,demwith,reflnun,refothio,natrefal,compag,nomicoop,conres,agprois,conmen,ecaid,interv"

const afterMembers = "source,new4,rev4,version,hinst,minst,milorg,milinst,pubtreat,formorg,formal"

//nolint:misspell // moent is a column
const ofMembers = "atopid,cowid,cow4id,member,cowsys,yrent,moent,dayent,yrexit,moexit,dayexit,ineffect,bilat,phase,maxphase," +
	"wartime,cowwar,estmode,pubsecr,secrart,proadd,futmem,speclgth,length,renounce,proren,renewlgt,term,termmode," +
	"termcaus,defense,offense,neutral,nonagg,consul,active,conditio,defcon,offcon,neucon,concon,defcoadv,defcoloc," +
	"defcocon,defconum,defcodem,defconpr,offcoadv,offcoloc,offcocon,offconum,offcodem,neucoadv,neucoloc,neucocon," +
	"neuconum,neucodem,neuconpr,neucoatt,concoadv,concoloc,concocon,concoreq,olimob,asymm,obvary,notaiden,dipaid," +
	"terrres,seppeace,thirdcom,noothall,specthrt,statthr1,statthr2,conwtin,medarb,milcon,milaid,intcom,subord," +
	"organ1,orgpurp1,organ2,orgpurp2,base,contrib,armred,acqterr,divgains,demwith,reflnun,refothio,natrefal,compag," +
	"nomicoop,conres,agprois,conmen,ecaid,interv,source,new4,rev4,version"

// memberColumns are those in which the alliance level lists the members of an alliance.
var memberColumns = func() (names []string) {
	for i := 1; i <= 59; i++ {
		names = append(names, "mem"+strconv.Itoa(i))
	}
	return names
}()

func split(columns string) []string { return strings.Split(columns, ",") }

// others are the layouts of ATOP that are not read, each known by columns that it has and by one that it has not.
var others = []struct {
	name    string
	has     []string
	without string
}{
	{"a dyad-year file of ATOP", []string{"ddyad", "year"}, ""},
	{"a dyad-year file of ATOP", []string{"dyad", "year"}, ""},
	{"a dyad-year file of ATOP", []string{"mem1", "mem2", "year"}, "begyr"},
	{"a dyad-year file of ATOP", []string{"atopally", "year"}, ""},
	{"the state-year file of ATOP", []string{"state", "year", "defense", "offense", "nonagg"}, "atopid"},
	{"the phase level of ATOP", []string{"atopid", "phase", "begyr"}, "member"},
}

// advice is what to do instead of giving a file that is not read.
const advice = "give the alliance level and the member level of version " + version + ", and leave the other files out: they are made from these"

// found are the files of one load, by level.
type found map[level]string

// find recognises every file by its header. What is neither level is refused, for data that is passed over in silence is
// data that somebody believes to be loaded; documents are not data.
func find(ctx context.Context, files fs.FS) (found, error) {
	have := found{}
	var mistakes, others ingest.Mistakes
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case d.IsDir() || table.Document(name):
			return nil
		}
		if what, ok := table.OtherForm(name); ok {
			others = append(others, ingest.Mistake{File: name, Rule: "this is " + what, Suggestion: advice})
			return nil
		}
		is, other, err := recognise(ctx, files, name)
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
		return nil, fmt.Errorf("looking for the files of ATOP %s: %w", version, err)
	}
	if len(have) < len(levels) {
		mistakes, others = append(mistakes, others...), nil
	}
	if len(mistakes) == 0 {
		for i, l := range levels {
			if have[l] == "" {
				m := ingest.Mistake{File: ".", Rule: fmt.Sprintf("no file is %s of ATOP %s", l, version), Suggestion: "the two levels are loaded together: " + advice}
				if other := have[levels[1-i]]; other != "" {
					m.File = other
				}
				mistakes = append(mistakes, m)
			}
		}
	}
	if len(mistakes) > 0 {
		mistakes.Sort()
		return nil, mistakes
	}
	table.Pass(ctx, others, slices.Collect(maps.Values(have))...)
	return have, nil
}

// recognise tells which level a file is, or what other file of ATOP, or refuses it by name.
func recognise(ctx context.Context, files fs.FS, name string) (of level, other *ingest.Mistake, err error) {
	header, err := table.Header(files, name, table.Format{Layout: "ATOP " + version})
	if err != nil {
		return "", nil, err
	}
	refuse := func(rule, suggestion string) (level, *ingest.Mistake, error) {
		return "", nil, ingest.Mistakes{{File: name, Line: 1, Rule: rule, Suggestion: suggestion}}
	}
	has := func(columns ...string) bool {
		return !slices.ContainsFunc(columns, func(c string) bool { return !slices.Contains(header, c) })
	}
	edition := ofVersion(ctx, files, name, header)
	for _, l := range levels {
		if !slices.Equal(header, layouts[l].Columns) {
			continue
		}
		if edition != "" && !isVersion(edition) {
			return refuse(fmt.Sprintf("this is %s, of ATOP %s; this source reads ATOP %s", l, edition, version), "its codes are not those of "+version+": get that version")
		}
		return l, nil, nil
	}
	for _, o := range others {
		if has(o.has...) && (o.without == "" || !has(o.without)) {
			return "", &ingest.Mistake{File: name, Line: 1, Rule: fmt.Sprintf("this is %s; this source reads the alliance level and the member level of ATOP %s", o.name, version), Suggestion: advice}, nil
		}
	}
	closest, ok := table.Closest(header, layouts[allianceLevel], layouts[memberLevel])
	switch {
	case !ok:
		return refuse("this is no file of ATOP "+version, "its two levels are comma-separated text and begin atopid,cowid,cow4id,begyr … and atopid,cowid,cow4id,member …")
	case edition != "" && !isVersion(edition):
		return refuse(fmt.Sprintf("this looks like ATOP %s; this source reads ATOP %s", edition, version), advice)
	default:
		return "", nil, closest.Check(name, header)
	}
}

// ofVersion is the version that the first row of a file names; empty where there is no such row or column. A row that is
// read alone, out of quarantine, stands further down: what is wrong with it is said of it, and not of the file.
func ofVersion(ctx context.Context, files fs.FS, name string, header []string) string {
	if !slices.Contains(header, "version") {
		return ""
	}
	for row, err := range table.Read(ctx, files, name, table.Format{Columns: header}) {
		if err != nil || row.Bad() != nil || row.Line > 2 {
			return "" // whoever reads the rows will say so
		}
		return row.Get("version")
	}
	return ""
}

// isVersion tells whether a cell names the version that is read. The alliance level has it as a number of single precision.
func isVersion(cell string) bool { return cell == version || cell == "4.0100002" }
