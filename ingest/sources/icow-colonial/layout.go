package icowcolonial

import (
	_ "embed" // the codebook
	"encoding/csv"
	"fmt"
	"strings"
	"sync"

	"github.com/entente-graph/entente/ingest/table"
)

const advice = "give the comma-separated file of version " + version + ", coldata110.csv"

const states = "the file of states"

// finder knows the one file that is read.
var finder = table.Finder{
	Dataset: "the ICOW Colonial History " + version,
	Parts: []table.Part{{Name: states, Format: table.Format{
		Layout:  "coldata110.csv of the ICOW Colonial History",
		Columns: strings.Split("State,Name,ColRuler,IndFrom,IndDate,IndViol,IndType,SecFrom,SecDate,SecViol,Into,IntoDate,COWsys,GWsys,Notes", ","),
	}}},
	Others: []table.Other{
		{Ext: ".dta", Name: "a Stata data set, which is not read", Advice: advice},
		{Ext: ".xls", Name: "an Excel workbook of the old kind, which is not read", Advice: advice},
		{Columns: []string{"State", "Name", "Indep"}, Without: []string{"IndDate"}, Name: "an older version of the Colonial History", Advice: advice},
	},
	Advice: advice,
}

//go:embed lookups.csv
var lookups string

// A book says what codes become, by column and code.
type book map[string]map[string]string

var theBook = sync.OnceValues(func() (*book, error) {
	rows, err := csv.NewReader(strings.NewReader(lookups)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("lookups.csv: %w", err)
	}
	b := book{}
	for _, r := range rows[1:] {
		if b[r[0]] == nil {
			b[r[0]] = map[string]string{}
		}
		b[r[0]][r[1]] = r[2]
	}
	return &b, nil
})

func (b *book) becomes(column, code string) string { return (*b)[column][code] }
