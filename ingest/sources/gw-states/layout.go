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

// file is the one file that is read.
var file = table.Part{Name: "the file of states", Format: table.Format{
	Layout:  "the list of states of Gleditsch and Ward (ksgmdw)",
	Comma:   '\t',
	Charset: charmap.Windows1252,
	Columns: strings.Split("statenumber,stateid,countryname,start,end", ","),
}}

var finder = table.Finder{
	Called: "the list of states of Gleditsch and Ward",
	Parts:  []table.Part{file},
	Advice: advice,
	Judge:  thisEdition,
}

// thisEdition refuses other editions: a file of which many states end on one day, and none on the last day of this edition, is
// one that ends on that day.
func thisEdition(ctx context.Context, files fs.FS, name string, _ []string, _ table.Part, exactly bool) error {
	if !exactly {
		return nil
	}
	ends := map[string]int{}
	for row, err := range table.Read(ctx, files, name, file.Format) {
		if err != nil {
			return err
		}
		if row.Bad() == nil {
			ends[row.Get("end")]++
		}
	}
	for end, n := range ends {
		if n > 50 && ends[lastDay] == 0 {
			return ingest.Mistakes{{File: name, Rule: fmt.Sprintf("this is another edition of the list: %d states end on %s, which is its last day", n, end), Suggestion: advice}}
		}
	}
	return nil
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
