package usenvoys

import (
	"context"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/entente-graph/entente/ingest/historian"
)

// The roots of the files that are read.
const (
	countryRoot = "country-mission"
	orgRoot     = "org-mission"
	personRoot  = "person"
)

// besides are the folders of the producer's repository that are not read: tables of codes, other officers, and what shows them.
var besides = []string{"code-tables", "concurrent-appointments", "roles-country-chiefs", "positions-principals", "roles", "schema", "modules", "scripts", "tests"}

// find gives the files of missions and persons, in order.
func find(files fs.FS) ([]string, error) {
	found, err := historian.Find(files, string(Key), func(string) (wrong, suggestion string) { return "", "" })
	return slices.DeleteFunc(found, func(name string) bool {
		return strings.HasSuffix(name, "-codes.xml") || slices.ContainsFunc(strings.Split(path.Dir(name), "/"), func(folder string) bool { return slices.Contains(besides, folder) })
	}), err
}

func tree(ctx context.Context, files fs.FS, name string) (*historian.Node, error) {
	return historian.Tree(ctx, files, name, string(Key), countryRoot, orgRoot, personRoot)
}

// lists are the elements of a mission in which appointments are: those who were chiefs, and those who never were.
var lists = []string{"chiefs", "other-nominees", "other-appointees"}

// recordsOf gives the records of a file, by the element they are in.
func recordsOf(root *historian.Node) (all [][]*historian.Node) {
	for _, n := range root.Nodes {
		if !slices.Contains(lists, n.Name) {
			continue
		}
		var records []*historian.Node
		for _, c := range n.Nodes {
			if c.Name == "chief" {
				records = append(records, c)
			}
		}
		all = append(all, records)
	}
	return all
}
