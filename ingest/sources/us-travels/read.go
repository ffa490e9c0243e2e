package ustravels

import (
	"io/fs"
	"path"
	"regexp"
	"strings"

	"github.com/entente-graph/entente/ingest/historian"
)

// format is how the files are made. Who made and changed a record, and when, is not used, and may be missing.
var format = historian.Format{
	Dataset: string(key),
	Root:    "trips",
	Record:  "trip",
	Attrs:   []string{"role", "who"},
	Fields: []historian.Field{
		{Name: "id"},
		{Name: "role"},
		{Name: "name"},
		{Name: "start-date"},
		{Name: "end-date"},
		{Name: "country", Attr: "id"},
		{Name: "locale"},
		{Name: "remarks", Inline: "em"},
		{Name: "created-by", Optional: true},
		{Name: "created-datetime", Optional: true},
		{Name: "last-modified-by", Optional: true},
		{Name: "last-modified-datetime", Optional: true},
	},
}

// travellerFile is how a file is called: after the traveller, surname first.
var travellerFile = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)+\.xml$`)

// find gives the files of travellers, in order.
func find(files fs.FS) ([]string, error) {
	return historian.Find(files, string(key), func(name string) (wrong, suggestion string) {
		if travellerFile.MatchString(path.Base(name)) {
			return "", ""
		}
		return "this is no file of " + string(key), "its files are called after the traveller, as kerry-john-forbes.xml"
	})
}

// travellerOf gives the traveller of a file: its slice.
func travellerOf(name string) string { return strings.TrimSuffix(path.Base(name), ".xml") }
