package gwstates

import (
	"context"
	"fmt"
	"io/fs"
	"strings"

	"golang.org/x/text/encoding/charmap"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/statelist"
	"github.com/entente-graph/entente/ingest/table"
)

const advice = "give the tab-separated list, ksgmdw.txt, in its edition to " + version

const states = "the file of states"

// finder knows the one file that is read.
var finder = table.Finder{
	Called: "the list of states of Gleditsch and Ward",
	Parts: []table.Part{{Name: states, Format: table.Format{
		Layout:  "the list of states of Gleditsch and Ward (ksgmdw)",
		Comma:   '\t',
		Charset: charmap.Windows1252,
		Columns: strings.Split("statenumber,stateid,countryname,start,end", ","),
	}}},
	Advice: advice,
}

// find gives the file, and refuses other editions: a file of which many states end on one day, and none on the last day of
// this edition, is one that ends on that day.
func find(ctx context.Context, files fs.FS) (string, error) {
	have, err := finder.Find(ctx, files)
	if err != nil {
		return "", err
	}
	ends := map[string]int{}
	for row, err := range table.Read(ctx, files, have[states], finder.Parts[0].Format) {
		if err != nil {
			return "", err
		}
		if row.Bad() == nil {
			ends[row.Get("end")]++
		}
	}
	for end, n := range ends {
		if n > 50 && ends[lastDay] == 0 {
			return "", ingest.Mistakes{{File: have[states], Rule: fmt.Sprintf("this is another edition of the list: %d states end on %s, which is its last day", n, end), Suggestion: advice}}
		}
	}
	return have[states], nil
}

// understand reads a row.
func understand(row table.Row) (statelist.Spell, []ingest.Mistake) {
	s := statelist.Spell{Row: row, Number: "statenumber", Letters: "stateid"}
	if m := row.Bad(); m != nil {
		return s, []ingest.Mistake{*m}
	}
	var bad []ingest.Mistake
	date := func(field string) graph.Date {
		d, err := graph.ParseDate(row.Get(field))
		switch {
		case err != nil || !d.Exact():
			bad = append(bad, row.Mistake(field, "this is not a day", "YYYY-MM-DD"))
		case d.EDTF() < firstDay || d.EDTF() > lastDay:
			bad = append(bad, row.Mistake(field, fmt.Sprintf("the list is of %s to %s", firstDay, lastDay), ""))
		default:
			return d
		}
		return graph.Date{}
	}
	s.Start, s.Last = date("start"), date("end")
	if len(bad) == 0 && s.Last.Earliest() < s.Start.Earliest() {
		bad = append(bad, row.Mistake("end", fmt.Sprintf("it ends (%s) before it begins (%s)", s.Last, s.Start), ""))
	}
	s.Open = s.Last.EDTF() == lastDay
	return s, bad
}
