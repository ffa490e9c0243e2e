package cowdiplomaticexchange

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// layout is the header of version 2006.1. People rename files: the file is known by it.
var layout = table.Format{
	Layout:  "Diplomatic Exchange " + version,
	Columns: strings.Split("ccode1,ccode2,year,DR_at_1,DR_at_2,DE,version", ","),
}

// find gives the one file of the dataset. Any other is refused, for data that is passed over in silence is data that somebody
// believes to be loaded; documents are not data.
func find(ctx context.Context, files fs.FS) (string, error) {
	var found string
	var mistakes ingest.Mistakes
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case d.IsDir() || document(name):
			return nil
		}
		header, err := table.Header(files, name, layout)
		var bad ingest.Mistakes
		switch {
		case errors.As(err, &bad):
			mistakes = append(mistakes, bad...)
		case err != nil:
			return err
		case !slices.Equal(header, layout.Columns):
			mistakes = append(mistakes, other(name, header)...)
		case found != "":
			mistakes = append(mistakes, ingest.Mistake{File: name, Rule: "this is the file of Diplomatic Exchange a second time: " + found + " is one already", Suggestion: "give one of them"})
		default:
			found = name
		}
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("looking for the file of %s: %w", Key, err)
	}
	if found == "" && len(mistakes) == 0 {
		mistakes = ingest.Mistakes{{File: ".", Rule: "no file is that of Diplomatic Exchange " + version, Suggestion: "it is called Diplomatic_Exchange_2006v1.csv"}}
	}
	if len(mistakes) > 0 {
		mistakes.Sort()
		return "", mistakes
	}
	return found, nil
}

// other says what a header is not.
func other(name string, header []string) ingest.Mistakes {
	if closest, ok := table.Closest(header, layout); ok {
		var bad ingest.Mistakes
		if errors.As(closest.Check(name, header), &bad) {
			return bad
		}
	}
	return ingest.Mistakes{{File: name, Line: 1, Rule: "this is no file of Diplomatic Exchange " + version, Suggestion: "its file is comma-separated text that begins ccode1,ccode2,year,DR_at_1 …"}}
}

// document tells of the files that stand beside the data in a download and are none: codebooks, licences.
func document(name string) bool {
	base := strings.ToLower(path.Base(name))
	for _, begin := range []string{"readme", "license", "licence", "codebook"} {
		if strings.HasPrefix(base, begin) {
			return true
		}
	}
	return slices.Contains([]string{".pdf", ".doc", ".docx", ".rtf", ".md", ".htm", ".html"}, path.Ext(base))
}
