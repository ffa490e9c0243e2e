package usvisits

import (
	"io/fs"
	"path"
	"regexp"

	"github.com/entente-graph/entente/ingest/historian"
)

// format is how the files are made. Who made and changed a record, and when, is not used, and may be missing.
var format = historian.Format{
	Dataset: string(key),
	Root:    "visits",
	Record:  "visit",
	Fields: []historian.Field{
		{Name: "id"},
		{Name: "start-date"},
		{Name: "end-date"},
		{Name: "visitor"},
		{Name: "from", Attr: "id"},
		{Name: "description", Inline: "em"},
		{Name: "created-by", Optional: true},
		{Name: "created-datetime", Optional: true},
		{Name: "last-modified-by", Optional: true},
		{Name: "last-modified-datetime", Optional: true},
	},
}

// decadeFile is how a file is called: the first year of its decade.
var decadeFile = regexp.MustCompile(`^([12][0-9][0-9]0)\.xml$`)

// find gives the decade files, in order.
func find(files fs.FS) ([]string, error) {
	return historian.Find(files, string(key), func(name string) (wrong, suggestion string) {
		if decadeFile.MatchString(path.Base(name)) {
			return "", ""
		}
		return "this is no file of " + string(key), "its files are called after their decade, as 1990.xml"
	})
}

// decadeOf gives the decade of a file: its slice.
func decadeOf(name string) string { return path.Base(name)[:4] }
