package historian

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/entente-graph/entente/ingest"
)

// besides are the other files of the producer's repositories, which people download whole.
var besides = []string{"build.xml", "build.properties.xml", "expath-pkg.xml", "repo.xml", "travel-role-codes.xml", "presidents.xml"}

// besideExts are the kinds of other files there.
var besideExts = []string{".md", ".xql", ".xqm", ".xq", ".rnc", ".rng", ".sch", ".xconf", ".tmpl", ".bats", ".json", ".html", ".releaserc"}

// Find gives the XML files of a dataset, in order. What else stands in the producer's repository is passed over; any
// other file is a mistake, and so is one that isData does not know: data that somebody believes to be loaded.
func Find(files fs.FS, dataset string, isData func(name string) (wrong, suggestion string)) ([]string, error) {
	var found []string
	var mistakes ingest.Mistakes
	err := fs.WalkDir(files, ".", func(p string, d fs.DirEntry, err error) error {
		base := path.Base(p)
		upper := strings.ToUpper(base)
		ext := strings.ToLower(path.Ext(base))
		switch {
		case err != nil:
			return err
		case p != "." && strings.HasPrefix(base, "."):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir(), strings.HasPrefix(upper, "README"), strings.HasPrefix(upper, "LICENSE"),
			slices.Contains(besides, base), slices.Contains(besideExts, ext):
			return nil
		case ext != ".xml":
			mistakes = append(mistakes, ingest.Mistake{File: p, Rule: "this is no file of " + dataset, Suggestion: "its files are XML"})
			return nil
		}
		if wrong, suggestion := isData(p); wrong != "" {
			mistakes = append(mistakes, ingest.Mistake{File: p, Rule: wrong, Suggestion: suggestion})
			return nil
		}
		found = append(found, p)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("looking for files of %s: %w", dataset, err)
	}
	if len(found) == 0 && len(mistakes) == 0 {
		mistakes = ingest.Mistakes{{File: ".", Rule: "there is no file of " + dataset + " here", Suggestion: "its files are XML"}}
	}
	if len(mistakes) > 0 {
		mistakes.Sort()
		return nil, mistakes
	}
	return found, nil
}
