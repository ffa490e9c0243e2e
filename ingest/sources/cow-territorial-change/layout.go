package cowterritorialchange

import (
	_ "embed" // the codebook
	"strings"
	"sync"

	"github.com/entente-graph/entente/ingest/table"
)

const advice = "give the comma-separated file of version " + version + ", tc2018.csv"

// list is the one file that is read.
var list = table.Part{Name: "the file of changes", Format: table.Format{
	Layout: "tc2018.csv of Territorial Change, version " + version,
	Columns: strings.Split("year,month,gainer,gaintype,procedur,entity,contgain,area,pop,portion,loser,losetype,contlose,entry,exit,"+
		"number,indep,conflict,version", ","),
}}

// finder knows it, and what there is beside it.
var finder = table.Finder{
	Called: "Territorial Change, version " + version,
	Parts:  []table.Part{list},
	Others: []table.Other{
		{Ext: ".xls", Name: "the Excel workbook of the same data, which is not read", Advice: advice},
		{Ext: ".dta", Name: "a Stata data set, which is not read", Advice: advice},
		{Columns: []string{"year", "month", "gainer", "procedur", "entity", "loser"}, Without: []string{"version"}, Name: "an older version of Territorial Change", Advice: advice},
	},
	Advice: advice,
}

//go:embed lookups.csv
var lookups string

var theBook = sync.OnceValues(func() (*table.Book, error) { return table.NewBook(lookups) })
