package icowcolonial

import (
	_ "embed" // the codebook
	"strings"
	"sync"

	"github.com/entente-graph/entente/ingest/table"
)

const advice = "give the comma-separated file of version " + version + ", coldata110.csv"

// list is the one file that is read.
var list = table.Part{Name: "the file of states", Format: table.Format{
	Layout:  "coldata110.csv of the ICOW Colonial History",
	Columns: strings.Split("State,Name,ColRuler,IndFrom,IndDate,IndViol,IndType,SecFrom,SecDate,SecViol,Into,IntoDate,COWsys,GWsys,Notes", ","),
}}

// finder knows it, and what there is beside it.
var finder = table.Finder{
	Called: "the ICOW Colonial History " + version,
	Parts:  []table.Part{list},
	Others: []table.Other{
		{Ext: ".dta", Name: "a Stata data set, which is not read", Advice: advice},
		{Ext: ".xls", Name: "an Excel workbook of the old kind, which is not read", Advice: advice},
		{Columns: []string{"State", "Name", "Indep"}, Without: []string{"IndDate"}, Name: "an older version of the Colonial History", Advice: advice},
	},
	Advice: advice,
}

//go:embed lookups.csv
var lookups string

var theBook = sync.OnceValues(func() (*table.Book, error) { return table.NewBook(lookups) })
