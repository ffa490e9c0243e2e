package cowwars

import (
	"strings"

	"golang.org/x/text/encoding/charmap"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/table"
)

// The years that the dataset covers; some intra-state wars of version 4.1 are followed to their end in 2008.
const (
	firstYear  = 1816
	lastYear   = 2007
	followedTo = 2008
)

// The files of the dataset.
const (
	inter    = "Inter-StateWarData"
	extra    = "Extra-StateWarData"
	intra    = "Intra-StateWarData"
	nonState = "Non-StateWarData"
	dyadic   = "directed_dyadic_war"
)

// spells are the columns of up to two stretches of a war: month, day and year of the start and of the end.
var spells = [][6]string{
	{"StartMonth1", "StartDay1", "StartYear1", "EndMonth1", "EndDay1", "EndYear1"},
	{"StartMonth2", "StartDay2", "StartYear2", "EndMonth2", "EndDay2", "EndYear2"},
}

// A kind is what one file has: its wars are one slice.
type kind struct {
	part    string
	slice   graph.Slice
	version string // as the rows of the file have it
	last    int    // year
	words   string
	spells  [][6]string
	parties func(*reader, *cells) []*party // of one row
	deaths  func(*cells) (*graph.Range, string)
}

var kinds = []kind{
	{part: inter, slice: sliceOf("inter-state"), version: "4", last: lastYear, words: "inter-state war", spells: spells, parties: (*reader).interState},
	{part: extra, slice: sliceOf("extra-state"), version: "4", last: lastYear, words: "extra-state war", spells: [][6]string{spells[0], {"StartMonth2", "StartDay2", "StartYear2", "EndMonth2", "EndDay2 ", "EndYear2"}}, parties: (*reader).extraState},
	{part: intra, slice: sliceOf("intra-state"), version: "4.1", last: followedTo, words: "intra-state war", spells: spells, parties: (*reader).intraState},
	{
		part: nonState, slice: sliceOf("non-state"), version: "4", last: lastYear, words: "non-state war",
		spells: [][6]string{{"StartMonth", "StartDay", "StartYear", "EndMonth", "EndDay", "EndYear"}}, parties: (*reader).nonState, deaths: combatDeaths,
	},
}

func sliceOf(name string) graph.Slice {
	return graph.Slice{Source: Key, ID: graph.SliceID("cow-wars/" + name)}
}

var dyads = graph.Slice{Source: Dyadic, ID: "cow-wars-dyadic"}

// dataset is what files there are. Names are in Windows-1252, lines end with a carriage return alone; the header of the
// extra-state wars has a blank behind EndDay2.
var dataset = table.Finder{
	Called: "the COW wars 4.0",
	Reads:  "the COW wars 4.0",
	Some:   true,
	Parts: []table.Part{
		layout(inter, "WarNum,WarName,WarType,ccode,StateName,Side,StartMonth1,StartDay1,StartYear1,EndMonth1,EndDay1,EndYear1,StartMonth2,StartDay2,StartYear2,EndMonth2,EndDay2,EndYear2,TransFrom,WhereFought,Initiator,Outcome,TransTo,BatDeath,Version"),
		layout(extra, "WarNum,WarName,WarType,ccode1,SideA,ccode2,SideB,StartMonth1,StartDay1,StartYear1,EndMonth1,EndDay1,EndYear1,StartMonth2,StartDay2,StartYear2,EndMonth2,EndDay2 ,EndYear2,Initiator,Interven,TransFrom,Outcome,TransTo,WhereFought,BatDeath,NonStateDeaths,Version"),
		layout(intra, "WarNum,WarName,WarType,CcodeA,SideA,CcodeB,SideB,Intnl,StartMonth1,StartDay1,StartYear1,EndMonth1,EndDay1,EndYear1,StartMonth2,StartDay2,StartYear2,EndMonth2,EndDay2,EndYear2,TransFrom,WhereFought,Initiator,Outcome,TransTo,SideADeaths,SideBDeaths,Version"),
		layout(nonState, "WarNum,WarName,WarType,WhereFought,SideA1,SideA2,SideB1,SideB2,SideB3,SideB4,SideB5,StartYear,StartMonth,StartDay,EndYear,EndMonth,EndDay,Initiator,TransFrom,TransTo,Outcome,SideADeaths,SideBDeaths,TotalCombatDeaths,Version"),
		layout(dyadic, "warnum,disno,dyindex,statea,stateb,warstrtmnth,warstrtday,warstrtyr,warendmnth,warenday,warendyr,year,warolea,waroleb,wardyadrolea,wardyadroleb,outcomea,batdtha,batdthb,changes_1,changes_2,batdths,durindx"),
	},
	Others: []table.Other{
		{Name: "MID", Advice: "disputes are loaded by entente ingest cow-mid", Columns: []string{"hostlev", "hiact"}},
		{Name: "a newer version of the COW wars", Advice: "its codebook is another: get version 4.0 (intra-state wars 4.1)", Columns: []string{"WarNum", "V5Region"}},
	},
	Advice: "there are five: Inter-State, Extra-State, Intra-State and Non-StateWarData, and directed_dyadic_war; the first begins WarNum,WarName,WarType,ccode …",
}

func layout(part, columns string) table.Part {
	return table.Part{Name: part, Format: table.Format{Columns: strings.Split(columns, ","), Layout: part + " of the COW wars", Charset: charmap.Windows1252}}
}
