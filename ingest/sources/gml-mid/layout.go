package gmlmid

import (
	"strings"

	"github.com/entente-graph/entente/ingest/table"
)

// The years that version 2.1.1 covers.
const (
	firstYear = 1816
	lastYear  = 2010
)

// ddy is the one file: directed dyad-dispute-years.
const ddy = "gml-ddy-disputes"

const columns = "dispnum,ccode1,ccode2,year,midongoing,midonset,sidea1,sidea2,revstate1,revstate2,revtype11,revtype12,revtype21,revtype22,fatality1,fatality2,fatalpre1,fatalpre2,hiact1,hiact2,hostlev1,hostlev2,orig1,orig2,hiact,hostlev,mindur,maxdur,outcome,settle,fatality,fatalpre,stmon,endmon,recip,numa,numb,ongo2010,version"

var dataset = table.Finder{
	Called: "GML MID " + version,
	Reads:  "GML MID " + version,
	Parts:  []table.Part{{Name: ddy, Format: table.Format{Columns: strings.Split(columns, ","), Layout: ddy + " of GML MID " + version}}},
	Others: []table.Other{
		{Name: "MID of the Correlates of War Project", Advice: "load it by entente ingest cow-mid", Columns: []string{"stabb", "sidea"}},
		{Name: "MID of the Correlates of War Project", Advice: "load it by entente ingest cow-mid", Columns: []string{"dispnum", "maxdur", "numa", "stday"}},
	},
	Advice: "it is one file of directed dyad-dispute-years, as comma-separated text, that begins dispnum,ccode1,ccode2,year …",
}
