package archigos

import (
	"cmp"
	"context"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/encoding/charmap"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/table"
)

// instead is what to give in place of a file that is not read.
const instead = "give the tab-separated text file of version " + version + ", arch_annual.txt, which has the same tenures year by year"

// list is the one file that is read: leader-years, tab-separated, Windows-1252.
var list = table.Part{Name: "the file of leader-years", Format: table.Format{
	Layout:  "arch_annual.txt of Archigos " + version,
	Comma:   '\t',
	Charset: charmap.Windows1252,
	Columns: strings.Split("obsid,leadid,ccode,idacr,leader,startdate,enddate,entry,exit,exitcode,prevtimesinoffice,posttenurefate,"+
		"gender,yrborn,yrdied,borndate,deathdate,dbpedia.uri,num.entry,num.exit,num.exitcode,num.posttenurefate,fties,ftcur", ","),
}}

// finder knows it, and what there is beside it.
var finder = table.Finder{
	Called: "Archigos " + version,
	Parts:  []table.Part{list},
	Others: []table.Other{
		{Ext: ".dta", Name: "a Stata data set, which is not read", Advice: instead},
		{Columns: []string{"obsid", "leadid", "eindate", "eoutdate"}, Name: "the list of tenures of Archigos, made from the Stata data set, which is not read", Advice: instead},
	},
	Advice: instead,
}

// A leader is all rows of one person: the years of each tenure.
type leader struct {
	key   graph.ActorKey
	known bool // the rows name a person, so that the key is one
	rows  []table.Row
}

var (
	leadIDs = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)
	obsIDs  = regexp.MustCompile(`^[A-Z]{3}-[0-9]{4}(-[0-9]+)?$`)
)

// gather puts the rows of each leader together, whatever their order: by leadid, except where two persons have one. They are
// kept in memory: the file has 3.3 MB.
func (r *reader) gather(ctx context.Context, files fs.FS, name string) ([]*leader, error) {
	byKey := map[graph.ActorKey]*leader{}
	var all []*leader
	for row, err := range table.Read(ctx, files, name, list.Format) {
		if err != nil {
			return nil, err
		}
		id := row.Get("leadid")
		known := leadIDs.MatchString(id)
		key := graph.ActorKey(string(Key) + ":" + id)
		if other := r.book.Becomes("person", row.Get("obsid")); other != "" && known {
			key = graph.ActorKey(other)
		}
		l := byKey[key]
		if l == nil || !known { // a row without a leadid belongs to nobody
			l = &leader{key: key, known: known}
			byKey[key] = l
			all = append(all, l)
		}
		l.rows = append(l.rows, row)
	}
	return all, nil
}

// spells gives the rows of each tenure of a leader, those of a tenure by year, the tenures by when they began.
func (l *leader) spells() [][]table.Row {
	byID := map[string][]table.Row{}
	var ids []string
	for _, row := range l.rows {
		id := row.Get("obsid")
		if byID[id] == nil {
			ids = append(ids, id)
		}
		byID[id] = append(byID[id], row)
	}
	begins := func(a, b table.Row) int { return cmp.Compare(a.Get("startdate"), b.Get("startdate")) }
	spells := make([][]table.Row, len(ids))
	for i, id := range ids {
		slices.SortStableFunc(byID[id], begins)
		spells[i] = byID[id]
	}
	slices.SortStableFunc(spells, func(a, b []table.Row) int {
		return cmp.Or(begins(a[0], b[0]), cmp.Compare(a[0].Get("obsid"), b[0].Get("obsid")))
	})
	return spells
}
