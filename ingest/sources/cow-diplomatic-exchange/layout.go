package cowdiplomaticexchange

import (
	"strings"

	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// called is what errors call the dataset.
const called = "Diplomatic Exchange " + version

// list is the one file of the dataset.
var list = table.Part{Name: "the file of Diplomatic Exchange", Format: table.Format{
	Layout:  called,
	Columns: strings.Split("ccode1,ccode2,year,DR_at_1,DR_at_2,DE,version", ","),
}}

var finder = table.Finder{
	Called: called,
	Parts:  []table.Part{list},
	Advice: "its file is comma-separated text that begins ccode1,ccode2,year,DR_at_1 …",
	Lacks: func(have map[string]string) ingest.Mistakes {
		if len(have) > 0 {
			return nil
		}
		return ingest.Mistakes{{File: ".", Rule: "no file is that of " + called, Suggestion: "it is called Diplomatic_Exchange_2006v1.csv"}}
	},
}
