package cowmidloc

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/charmap"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/cow"
	"github.com/entente-graph/entente/ingest/table"
)

// The years that version 2.0 covers.
const (
	firstYear = 1816
	lastYear  = 2010
)

// The files: places of disputes, and of incidents.
const (
	locA = "MIDLOCA"
	locI = "MIDLOCI"
)

// numbers are the columns by which their rows go.
var numbers = map[string]string{locA: "dispnum", locI: "incidnum"}

const shared = "midloc2_location,midloc2_measuringpoint,midloc2_xlongitude,midloc2_ylatitude,midloc2_precision"

// older are the columns of version 1.1 beside those of 2.0.
const older = "midloc2_howobtained,midloc2_precision_comment,midloc2_general_comment,priogrid_cell,midloc11_location,midloc11_midlocmeasuringpoint,midloc11_latitude,midloc11_longitude,midloc11_precision"

var dataset = table.Finder{
	Called: "MIDLOC " + version,
	Reads:  "MIDLOC " + version,
	Some:   true,
	Parts: []table.Part{
		layout(locA, "year,dispnum,"+shared+","+older),
		layout(locI, "year,dispnum,incidnum,"+shared+",onset,"+older),
	},
	Others: []table.Other{
		{Name: "MID", Advice: "disputes are loaded by entente ingest cow-mid", Columns: []string{"hostlev", "version"}},
		{Name: "MIDLOC 1.1", Advice: "get 2.0, which has those coordinates beside its own", Columns: []string{"midlocmeasuringpoint"}},
	},
	Advice: "there are two: MIDLOCA begins year,dispnum,midloc2_location …, MIDLOCI year,dispnum,incidnum …",
}

func layout(part, columns string) table.Part {
	return table.Part{Name: part, Format: table.Format{Columns: strings.Split(columns, ","), Layout: part + " of MIDLOC " + version, Charset: charmap.Windows1252}}
}

// nowhere is the precision of rows that say that the place is unclear.
const nowhere = "-99"

// precisions are the codes that the dataset has: how near the point is to the place, 1 is nearest; 8 is the capital of a
// state where no more is known.
var precisions = []string{"1", "2", "3", "4", "5", "6", "8", nowhere}

// place makes an assertion of the row of a dispute or incident, or says why it cannot. A row that says that the place is not
// known is left out.
func place(rows []table.Row, p string, of graph.Slice) (out ingest.Row, err error) {
	first := rows[0]
	number := first.Get(numbers[p])
	key := "cow-midloc:" + number
	engagement := graph.EngagementKey("cow-mid:" + number)
	if p == locI {
		key, engagement = "cow-midloc:incident-"+number, graph.EngagementKey("cow-mid:incident-"+number)
	}
	out.Records = table.Records(rows)
	l, bad := location(rows, p)
	if len(bad) > 0 {
		if !table.IsNumber(number) {
			key = ""
		}
		return ingest.Quarantine(of, graph.StatementAssertion, key, out.Records, bad), nil
	}
	if l == nil {
		out.LeftOut = true
		return out, nil
	}
	said := &graph.Assertion{
		Key: graph.AssertionKey(key), About: engagement, Work: theWork, Stance: graph.Asserts, Location: l,
		Text:      fmt.Sprintf("It began in %s here: %s.", first.Get("year"), l.Place),
		Citations: []graph.Citation{{Source: Key, Locator: "dispute " + number}},
	}
	if p == locI {
		said.Text, said.Citations[0].Locator = fmt.Sprintf("It was in %s here: %s.", first.Get("year"), l.Place), "incident "+number
	}
	out.Statement, err = graph.NewStatement(Key, of.ID, said, first.Locator())
	return out, err
}

// location reads the place and the point; nil where the row says that it is not known.
func location(rows []table.Row, p string) (*graph.Location, []graph.Mistake) {
	row := rows[0]
	if m := row.Bad(); m != nil {
		return nil, []graph.Mistake{*m}
	}
	c := &cow.Cells{Row: row, Span: cow.Span{First: firstYear, Last: lastYear, Of: "version " + version}}
	for _, again := range rows[1:] {
		c.Bad = append(c.Bad, again.Mistake(numbers[p], fmt.Sprintf("line %d has this number already", row.Line), "leave one of them out"))
	}
	for _, column := range []string{"dispnum", numbers[p]} {
		if !table.IsNumber(row.Get(column)) {
			c.Mistake(column, "this is not a number of MID", "a whole number")
		}
		if p == locA {
			break
		}
	}
	if c.Date("year", "", "").IsZero() && len(c.Bad) == 0 {
		c.Mistake("year", "a place without a year", "")
	}
	if p == locI && row.Get("onset") != "0" && row.Get("onset") != "1" {
		c.Mistake("onset", "this is neither yes nor no", "1 is yes, 0 is no")
	}
	known := false
	for _, code := range precisions {
		known = known || row.Get("midloc2_precision") == code
	}
	if !known {
		c.Mistake("midloc2_precision", "this code is not in the codebook", "the codebook has "+strings.Join(precisions, ", "))
	}
	if row.Get("midloc2_precision") == nowhere {
		for _, column := range []string{"midloc2_xlongitude", "midloc2_ylatitude"} {
			if row.Get(column) != "" {
				c.Mistake(column, "the place is not known (precision -99), and here is a point", "leave it empty, or write how precise it is")
			}
		}
		return nil, c.Bad
	}
	l := &graph.Location{
		Place: text(c, "midloc2_location"), Point: text(c, "midloc2_measuringpoint"),
		Longitude: degrees(c, "midloc2_xlongitude", 180), Latitude: degrees(c, "midloc2_ylatitude", 90),
		Precision: fmt.Sprintf("%s (precision %s)", text(c, "midloc2_precision_comment"), row.Get("midloc2_precision")),
	}
	return l, c.Bad
}

// text reads a cell that must say something.
func text(c *cow.Cells, column string) string {
	t := strings.Join(strings.Fields(c.Row.Get(column)), " ")
	if t == "" {
		c.Mistake(column, "the cell is empty, and the row gives a place", "precision -99 if the place is not known")
	}
	return t
}

// degrees reads a coordinate: digits with a point, or in the ways a spreadsheet writes small numbers.
func degrees(c *cow.Cells, column string, limit float64) float64 {
	t := c.Row.Get(column)
	n, err := strconv.ParseFloat(t, 64)
	if err != nil || strings.ContainsAny(t, "xXpPiInN_") {
		c.Mistake(column, "this is not a number of degrees", "digits, with a point before the fraction, and a minus in the west and south")
		return 0
	}
	if n < -limit || n > limit {
		c.Mistake(column, fmt.Sprintf("there are no more than %.0f degrees", limit), "are latitude and longitude swapped?")
	}
	return n
}
