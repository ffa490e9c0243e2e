package example

import (
	"fmt"
	"io/fs"
	"path"

	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// layout is the file as published. A new or renamed column is a new edition of the dataset, and nobody has read its
// codebook yet: package table refuses it by name, and rows that are no rows with their place. A new source writes no
// reader of its own.
var layout = table.Format{
	Columns: []string{"id", "host", "guest", "start", "end", "level"},
	Layout:  "example-visits " + version,
}

// find names the one file of the dataset, and refuses all others.
func find(files fs.FS) (name string, err error) {
	var mistakes ingest.Mistakes
	err = fs.WalkDir(files, ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir():
		case path.Base(p) == "visits.csv" && name == "":
			name = p
		default:
			mistakes = append(mistakes, ingest.Mistake{File: p, Rule: "this is no file of example-visits", Suggestion: "it has one file, visits.csv"})
		}
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("looking for visits.csv: %w", err)
	}
	if name == "" {
		mistakes = append(mistakes, ingest.Mistake{File: ".", Rule: "visits.csv is not here"})
	}
	if len(mistakes) > 0 {
		return "", mistakes
	}
	return name, nil
}
