package usmissions

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// layout is the header of the spells. People rename files: the file is known by it.
var layout = table.Format{
	Layout:  "the spells of U.S. Diplomatic Mission Status " + version + " (mission_status_range_cow)",
	Columns: strings.Split("country_abbrev_cow,country_code_cow,country_name_cow,country_name_usdos,date_start,date_end,us_mission_status", ","),
}

// besides are the other tables of the dataset, which people download with it. They are passed over: the years are made from the
// spells, and the spells from the transitions.
var besides = [][]string{
	strings.Split("country_abbrev_cow,country_code_cow,country_name_cow,country_name_usdos,year,us_mission_min,us_mission_max,us_mission_median,us_mission_mode", ","),
	strings.Split("state_dept_name,status_change,year,month,day,last_verified,notes", ","),
}

// find gives the file of spells. What is no file of the dataset is refused, for data that is passed over in silence is data that
// somebody believes to be loaded.
func find(files fs.FS) (string, error) {
	var found string
	var mistakes ingest.Mistakes
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || document(name) {
			return err
		}
		header, err := table.Header(files, name, layout)
		var bad ingest.Mistakes
		switch {
		case errors.As(err, &bad):
			mistakes = append(mistakes, bad...)
		case err != nil:
			return err
		case slices.ContainsFunc(besides, func(columns []string) bool { return slices.Equal(header, columns) }):
		case !slices.Equal(header, layout.Columns):
			mistakes = append(mistakes, wrong(name, header)...)
		case found != "":
			mistakes = append(mistakes, ingest.Mistake{File: name, Rule: "this is the file of spells a second time: " + found + " is one already", Suggestion: "give one of them"})
		default:
			found = name
		}
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("looking for the file of %s: %w", Key, err)
	}
	if found == "" && len(mistakes) == 0 {
		mistakes = ingest.Mistakes{{File: ".", Rule: "no file has the spells of U.S. Diplomatic Mission Status " + version, Suggestion: "it is called mission_status_range_cow_v0.1.csv; or give no file, for it comes with the program"}}
	}
	if len(mistakes) > 0 {
		mistakes.Sort()
		return "", mistakes
	}
	return found, nil
}

// wrong says what a header is not.
func wrong(name string, header []string) ingest.Mistakes {
	if closest, ok := table.Closest(header, layout); ok {
		var bad ingest.Mistakes
		if errors.As(closest.Check(name, header), &bad) {
			return bad
		}
	}
	return ingest.Mistakes{{File: name, Line: 1, Rule: "this is no file of U.S. Diplomatic Mission Status " + version, Suggestion: "its spells are comma-separated text that begins country_abbrev_cow,country_code_cow …"}}
}

// document tells of the files that stand beside the data in a download and are none: codebooks, licences.
func document(name string) bool {
	base := strings.ToLower(path.Base(name))
	for _, begin := range []string{"readme", "license", "licence", "codebook"} {
		if strings.HasPrefix(base, begin) {
			return true
		}
	}
	return slices.Contains([]string{".pdf", ".doc", ".docx", ".rtf", ".md", ".qmd", ".htm", ".html"}, path.Ext(base))
}
