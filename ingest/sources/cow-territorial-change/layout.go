package cowterritorialchange

import (
	_ "embed" // the codebook
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/entente-graph/entente/ingest/table"
)

const advice = "give the comma-separated file of version " + version + ", tc2018.csv"

const changes = "the file of changes"

// finder knows the one file that is read.
var finder = table.Finder{
	Dataset: "Territorial Change, version " + version,
	Parts: []table.Part{{Name: changes, Format: table.Format{
		Layout: "tc2018.csv of Territorial Change, version " + version,
		Columns: strings.Split("year,month,gainer,gaintype,procedur,entity,contgain,area,pop,portion,loser,losetype,contlose,entry,exit,"+
			"number,indep,conflict,version", ","),
	}}},
	Others: []table.Other{
		{Ext: ".xls", Name: "the Excel workbook of the same data, which is not read", Advice: advice},
		{Ext: ".dta", Name: "a Stata data set, which is not read", Advice: advice},
		{Columns: []string{"year", "month", "gainer", "procedur", "entity", "loser"}, Without: []string{"version"}, Name: "an older version of Territorial Change", Advice: advice},
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

// known lists the codes of a column.
func (b *book) known(column string) string {
	var codes []string
	for code := range (*b)[column] {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	return strings.Join(codes, ", ")
}
