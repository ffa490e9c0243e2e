package usmissions

import (
	"strings"

	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// called is what errors call the dataset.
const called = "U.S. Diplomatic Mission Status " + version

// list is the one file that is read.
var list = table.Part{Name: "the file of spells", Format: table.Format{
	Layout:  "the spells of " + called + " (mission_status_range_cow)",
	Columns: strings.Split("country_abbrev_cow,country_code_cow,country_name_cow,country_name_usdos,date_start,date_end,us_mission_status", ","),
}}

// finder knows it, and the other tables of the dataset, which people download with it: the years are made from the spells, and the
// spells from the transitions.
var finder = table.Finder{
	Called: called,
	Parts:  []table.Part{list},
	Besides: [][]string{
		strings.Split("country_abbrev_cow,country_code_cow,country_name_cow,country_name_usdos,year,us_mission_min,us_mission_max,us_mission_median,us_mission_mode", ","),
		strings.Split("state_dept_name,status_change,year,month,day,last_verified,notes", ","),
	},
	Advice: "its spells are comma-separated text that begins country_abbrev_cow,country_code_cow …",
	Lacks: func(have map[string]string) ingest.Mistakes {
		if len(have) > 0 {
			return nil
		}
		return ingest.Mistakes{{
			File: ".", Rule: "no file has the spells of " + called,
			Suggestion: "it is called mission_status_range_cow_v0.1.csv; or give no file, for it comes with the program",
		}}
	},
}
