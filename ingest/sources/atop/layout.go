package atop

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// The two files of the dataset that are read. A new or renamed column is another version, with another codebook.
var (
	allianceLevel = table.Part{Name: "the alliance level (atop4_01a)", Format: table.Format{
		Layout: "the alliance level of ATOP " + version, Columns: slices.Concat(split(beforeMembers), memberColumns, split(afterMembers)),
	}}
	memberLevel = table.Part{Name: "the member level (atop4_01m)", Format: table.Format{
		Layout: "the member level of ATOP " + version, Columns: split(ofMembers),
	}}
	levels = []table.Part{allianceLevel, memberLevel}
)

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

// advice is what to do instead of giving a file that is not read.
const advice = "give the alliance level and the member level of version " + version + ", and leave the other files out: they are made from these"

// finder knows the two levels, and the layouts of ATOP that are not read, each by columns that it has and by one that it has not.
var finder = table.Finder{
	Called: "ATOP " + version,
	Parts:  levels,
	Others: []table.Other{
		other("a dyad-year file of ATOP", "ddyad,year"),
		other("a dyad-year file of ATOP", "dyad,year"),
		other("a dyad-year file of ATOP", "mem1,mem2,year", "begyr"),
		other("a dyad-year file of ATOP", "atopally,year"),
		other("the state-year file of ATOP", "state,year,defense,offense,nonagg", "atopid"),
		other("the phase level of ATOP", "atopid,phase,begyr", "member"),
	},
	Advice: "its two levels are comma-separated text and begin atopid,cowid,cow4id,begyr … and atopid,cowid,cow4id,member …",
	Lacks:  lacks,
	Judge:  ofThisVersion,
}

func other(name, columns string, without ...string) table.Other {
	name += "; this source reads the alliance level and the member level of ATOP " + version
	return table.Other{Name: name, Columns: split(columns), Without: without, Advice: advice}
}

// lacks names the level that is not there: they are one thing.
func lacks(have map[string]string) (mistakes ingest.Mistakes) {
	for _, l := range levels {
		if have[l.Name] != "" {
			continue
		}
		m := ingest.Mistake{File: ".", Rule: fmt.Sprintf("no file is %s of ATOP %s", l.Name, version), Suggestion: "the two levels are loaded together: " + advice}
		for _, other := range have {
			m.File = other
		}
		mistakes = append(mistakes, m)
	}
	return mistakes
}

// ofThisVersion refuses a file whose rows name another version.
func ofThisVersion(ctx context.Context, files fs.FS, name string, header []string, level table.Part, exactly bool) error {
	of := versionOf(ctx, files, name, header)
	switch {
	case of == "" || isVersion(of):
		return nil
	case exactly:
		return ingest.Mistakes{{
			File: name, Line: 1, Rule: fmt.Sprintf("this is %s, of ATOP %s; this source reads ATOP %s", level.Name, of, version),
			Suggestion: "its codes are not those of " + version + ": get that version",
		}}
	default:
		return ingest.Mistakes{{File: name, Line: 1, Rule: fmt.Sprintf("this looks like ATOP %s; this source reads ATOP %s", of, version), Suggestion: advice}}
	}
}

// versionOf is the version that the first row of a file names; empty where there is no such row or column. A row that is
// read alone, out of quarantine, stands further down: what is wrong with it is said of it, and not of the file.
func versionOf(ctx context.Context, files fs.FS, name string, header []string) string {
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
