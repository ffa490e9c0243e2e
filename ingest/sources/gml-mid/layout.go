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
var ddy = table.Part{Name: "gml-ddy-disputes", Format: table.Format{Columns: strings.Split(columns, ","), Layout: "gml-ddy-disputes of GML MID " + version}}

const columns = "dispnum,ccode1,ccode2,year,midongoing,midonset,sidea1,sidea2,revstate1,revstate2,revtype11,revtype12,revtype21,revtype22,fatality1,fatality2,fatalpre1,fatalpre2,hiact1,hiact2,hostlev1,hostlev2,orig1,orig2,hiact,hostlev,mindur,maxdur,outcome,settle,fatality,fatalpre,stmon,endmon,recip,numa,numb,ongo2010,version"

var finder = table.Finder{
	Called: "GML MID " + version,
	Reads:  "GML MID " + version,
	Parts:  []table.Part{ddy},
	Others: []table.Other{
		{Name: "MID of the Correlates of War Project", Advice: "load it by entente ingest cow-mid", Columns: []string{"stabb", "sidea"}},
		{Name: "MID of the Correlates of War Project", Advice: "load it by entente ingest cow-mid", Columns: []string{"dispnum", "maxdur", "numa", "stday"}},
	},
	Advice: "it is one file of directed dyad-dispute-years, as comma-separated text, that begins dispnum,ccode1,ccode2,year …",
}
