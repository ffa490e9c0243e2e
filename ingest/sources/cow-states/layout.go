package cowstates

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/statelist"
	"github.com/entente-graph/entente/ingest/table"
)

// versions are those that are read, the newest last: whoever is counted on the last day of one is still a member.
var versions = []string{"2016", newest}

const newest = "2024"

const advice = "give the list of members, states2016.csv or statelist2024.csv, and if you have it that of major powers, majors2016.csv"

var (
	statesFormat = table.Format{
		Layout:  "the State System Membership List (states)",
		Columns: strings.Split("stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version", ","),
	}
	majorsFormat = table.Format{
		Layout:  "the list of major powers (majors)",
		Columns: strings.Split("stateabb,ccode,styear,stmonth,stday,endyear,endmonth,endday,version", ","),
	}
)

const (
	theMembers = "the list of members"
	thePowers  = "the list of major powers"
)

// What the project publishes beside the lists says nothing that the list of members does not: it is read over, and counted as
// left out.
var besides = []table.Part{
	{Name: "the list by years (system)", Format: table.Format{Layout: "the list by years (system)", Columns: []string{"stateabb", "ccode", "year", "version"}}},
	{Name: "the table of country codes", Format: table.Format{Layout: "the table of country codes", Columns: []string{"StateAbb", "CCode", "StateNme"}}},
}

// finder knows the two lists, and what there is beside them.
var finder = table.Finder{
	Called: "the State System Membership List",
	Parts:  append([]table.Part{{Name: theMembers, Format: statesFormat}, {Name: thePowers, Format: majorsFormat}}, besides...),
	Some:   true,
	Others: []table.Other{
		{Columns: []string{"statenumber", "stateid", "start", "end"}, Name: "the list of Gleditsch and Ward", Advice: "that is the source gw-states"},
	},
	Advice: advice,
	Choose: newer,
}

// newer chooses the list of the newer version. What is published beside the lists says nothing of its own, in whatever copy.
func newer(ctx context.Context, files fs.FS, part table.Part, one, other string) (use, theOther string, err error) {
	if part.Name != theMembers && part.Name != thePowers {
		return one, part.Name + " once more, of which nothing is loaded", nil
	}
	a, err := versionOf(ctx, files, one, part.Format)
	if err != nil {
		return "", "", err
	}
	b, err := versionOf(ctx, files, other, part.Format)
	switch {
	case err != nil || a == b:
		return "", "", err
	case slices.Index(versions, a) > slices.Index(versions, b):
		return one, part.Name + " of the older version " + b, nil
	default:
		return other, part.Name + " of the older version " + a, nil
	}
}

// found are the files of one load, and their versions.
type found struct {
	states, version, majors string
	all                     map[string]string
}

func find(ctx context.Context, files fs.FS) (found, error) {
	have, err := finder.Find(ctx, files)
	if err != nil {
		return found{}, err
	}
	if have[theMembers] == "" {
		return found{}, ingest.Mistakes{{File: slices.Min(slices.Collect(maps.Values(have))), Rule: "this is loaded together with the list of members, which is not here", Suggestion: advice}}
	}
	f := found{states: have[theMembers], majors: have[thePowers], all: have}
	if f.version, err = versionOf(ctx, files, f.states, statesFormat); err != nil {
		return found{}, err
	}
	if f.majors != "" {
		_, err = versionOf(ctx, files, f.majors, majorsFormat)
	}
	return f, err
}

// versionOf is the version that the rows of a file name. A row that names none that is read goes to quarantine; two that are
// in one file are two files put together. Where no row names one, as in a file of rows to be mended, it is the newest.
func versionOf(ctx context.Context, files fs.FS, name string, format table.Format) (string, error) {
	version := ""
	for row, err := range table.Read(ctx, files, name, format) {
		if err != nil {
			return "", err
		}
		v := row.Get("version")
		switch {
		case row.Bad() != nil || !slices.Contains(versions, v):
		case version == "":
			version = v
		case version != v:
			return "", ingest.Mistakes{row.Mistake("version", "two versions are in one file: the rows before are of "+version, "load the newer one alone")}
		}
	}
	if version == "" {
		version = newest
	}
	return version, nil
}

// understand reads a row of either list.
func understand(row table.Row) (statelist.Spell, []ingest.Mistake) {
	s := statelist.Spell{Row: row, Number: "ccode", Letters: "stateabb"}
	if m := row.Bad(); m != nil {
		return s, []ingest.Mistake{*m}
	}
	var bad []ingest.Mistake
	last := row.Get("version") + "-12-31"
	if !slices.Contains(versions, row.Get("version")) {
		bad = append(bad, row.Mistake("version", "this is not a version that is read", strings.Join(versions, " or ")))
		last = newest + "-12-31"
	}
	date := func(prefix string) graph.Date {
		var parts [3]int
		for i, part := range []string{"year", "month", "day"} {
			n, m := row.Int(prefix + part)
			if m != nil {
				bad = append(bad, *m)
				return graph.Date{}
			}
			parts[i] = n
		}
		text := fmt.Sprintf("%04d-%02d-%02d", parts[0], parts[1], parts[2])
		d, err := graph.ParseDate(text)
		switch {
		case err != nil:
			bad = append(bad, row.Mistake(prefix+"day", "there is no day "+text, ""))
		case text < "1816-01-01" || text > last:
			bad = append(bad, row.Mistake(prefix+"year", "the list is of the years 1816 to "+last[:4], ""))
		default:
			return d
		}
		return graph.Date{}
	}
	s.Start, s.Last = date("st"), date("end")
	if len(bad) == 0 && s.Last.Earliest() < s.Start.Earliest() {
		bad = append(bad, row.Mistake("endyear", fmt.Sprintf("it ends (%s) before it begins (%s)", s.Last, s.Start), ""))
	}
	s.Open = s.Last.EDTF() == last
	return s, bad
}
