// Package fielddata lists the field's datasets that the program is developed with, and those that ship with it: what "all of the
// data" means wherever all of it is loaded, tested or measured.
package fielddata

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/sources"
	"github.com/entente-graph/entente/ingest/sources/dossier"
)

// A Dataset is what one command brings in: "entente ingest SOURCE PATH…".
type Dataset struct {
	Name   string
	Source graph.SourceKey // the word typed after "entente ingest"
	Paths  []string        // below the folder of the field's datasets, with slashes; none where the files ship with the program
}

// All gives the datasets in an order in which they can be loaded: the registry first, a newer version after the older.
func All() []Dataset {
	return []Dataset{
		{Name: "states", Source: "states"},
		{Name: "northeast-asia", Source: "dossier"},
		{Name: "us-visits", Source: "us-visits"},
		{Name: "us-travels", Source: "us-travels"},
		{Name: "us-envoys", Source: "us-envoys"},
		{Name: "us-missions", Source: "us-missions"},
		{Name: OlderMID, Source: "cow-mid", Paths: []string{"cow-mid-4.3"}},
		{Name: NewerMID, Source: "cow-mid", Paths: []string{"cow-mid-5"}},
		{Name: "cow-midloc", Source: "cow-midloc", Paths: []string{"cow-midloc-2.0"}},
		{Name: "gml-mid", Source: "gml-mid", Paths: []string{"gml-mid"}},
		{Name: "cow-wars", Source: "cow-wars", Paths: []string{"cow-wars"}},
		{Name: "cow-diplomatic-exchange", Source: "cow-diplomatic-exchange", Paths: []string{"cow-diplomatic-exchange"}},
		{Name: "atop", Source: "atop", Paths: []string{"atop-4"}},
		{Name: "archigos", Source: "archigos", Paths: []string{"archigos"}},
		{Name: "cow-states", Source: "cow-states", Paths: []string{"cow-state-system"}},
		{Name: "gw-states", Source: "gw-states", Paths: []string{"gw-state-list"}},
		{Name: "icow-colonial", Source: "icow-colonial", Paths: []string{"icow"}},
		{Name: "cow-territorial-change", Source: "cow-territorial-change", Paths: []string{"cow-territorial-change"}},
		{Name: "desta", Source: "desta", Paths: []string{"desta"}},
		{Name: "gptad", Source: "gptad", Paths: []string{"gptad"}},
		{Name: "ieadb", Source: "ieadb", Paths: []string{"ieadb"}},
		{Name: "tfdd", Source: "tfdd", Paths: []string{"tfdd"}},
		{Name: "gdelt", Source: "gdelt", Paths: []string{"gdelt"}},
	}
}

// The two versions of one dataset: the older is refused where the newer is held.
const (
	OlderMID = "cow-mid 4.3"
	NewerMID = "cow-mid 5.0"
)

// ByName gives the dataset of that name.
func ByName(name string) (Dataset, error) {
	for _, d := range All() {
		if d.Name == name {
			return d, nil
		}
	}
	return Dataset{}, fmt.Errorf("no dataset is called %q: %w", name, graph.ErrNotFound)
}

// Files are opened files of a dataset.
type Files interface {
	fs.FS
	io.Closer
}

// Open gives the source and its files, which the caller closes. folder is where the field's datasets are.
func (d Dataset) Open(folder string) (ingest.Source, Files, error) {
	src, err := sources.ByKey(d.Source)
	if err != nil {
		return nil, nil, err
	}
	if len(d.Paths) > 0 {
		files, err := ingest.OpenPaths(ingest.DefaultLimits, d.In(folder)...)
		return src, files, err
	}
	if ships, ok := src.(ingest.Shipper); ok {
		return src, inProgram{ships.Shipped()}, nil
	}
	if d.Source == "dossier" {
		return src, ingest.OneFile(dossier.NortheastAsiaFile, dossier.NortheastAsia), nil
	}
	return nil, nil, errors.New("the files of " + d.Name + " do not come with the program")
}

// In gives the paths of the dataset's files in a folder.
func (d Dataset) In(folder string) (paths []string) {
	for _, p := range d.Paths {
		paths = append(paths, filepath.Join(folder, filepath.FromSlash(p)))
	}
	return paths
}

// inProgram is what ships with the program.
type inProgram struct{ fs.FS }

// Close does nothing.
func (inProgram) Close() error { return nil }
