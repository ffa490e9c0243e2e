// Package archigos reads Archigos 4.1 of Goemans, Gleditsch and Chiozza: the effective leaders of states, when and how each
// came into office and left it.
//
// source.go says what the source is and yields its rows; gather.go knows the file and gathers the rows of one leader;
// tenure.go and person.go understand them, cells.go what stands in a cell. lookups.csv is the codebook, with the decisions on
// what the file has wrong. README.md tells the rest.
package archigos

import (
	"context"
	"io/fs"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// Key is the dataset's key as a source.
const Key graph.SourceKey = "archigos"

// version is the dataset's own, whose codebook this is.
const version = "4.1"

// The days that the dataset speaks of: leaders since 1875, some of whom had come to office before, and its last day.
const (
	firstDay = "1875-01-01"
	lastDay  = "2015-12-31"
)

// office is what the dataset calls those it lists: who in effect governed, under whatever title.
const office = "effective leader"

// Source reads Archigos 4.1. It is safe for concurrent use.
type Source struct{ *table.Dataset }

// New makes the source. The registry says who held which number when; the source asks it once.
func New(registry ingest.Registry) *Source {
	d := &table.Dataset{About: about, Finder: finder}
	states := registry.Once()
	d.Read = func(ctx context.Context, files fs.FS, have map[string]string, yield table.Yield) (err error) {
		r := &reader{Dataset: d}
		if r.roster, err = states(); err != nil {
			return err
		}
		if r.book, err = theBook(); err != nil {
			return err
		}
		leaders, err := r.gather(ctx, files, have[list.Name])
		if err != nil {
			return err
		}
		for _, l := range leaders {
			rows, err := r.leader(l)
			if err != nil || !yield.All(rows) {
				return err
			}
		}
		return nil
	}
	return &Source{d}
}

// A reader makes statements of leaders.
type reader struct {
	*table.Dataset
	roster *ingest.Roster
	book   *table.Book
}

// about is what the source is and what it covers.
var about = graph.Source{
	Key:       Key,
	Kind:      graph.SourceDataset,
	Title:     "Archigos: A Dataset of Political Leaders",
	Version:   version,
	Publisher: "Henk Goemans, Kristian Skrede Gleditsch and Giacomo Chiozza",
	License:   "Free to use with citation; not to be redistributed",
	URL:       "http://ksgleditsch.com/archigos.html",
	Language:  "en",
	BibTeX:    bibTeX,
	Coverage: []graph.Coverage{{
		Kinds: []graph.StatementKind{graph.StatementActor, graph.StatementTenure},
		From:  graph.MustDate(firstDay),
		To:    graph.MustDate(lastDay),
		Note:  "The effective leader of every independent state of the Gleditsch-Ward list, and nobody else who held an office",
	}},
}

const bibTeX = `@article{goemans_etal_2009_archigos,
  author = {Goemans, Henk E. and Gleditsch, Kristian Skrede and Chiozza, Giacomo},
  title = {Introducing Archigos: A Dataset of Political Leaders},
  journal = {Journal of Peace Research},
  volume = {46},
  number = {2},
  pages = {269--283},
  year = {2009},
  doi = {10.1177/0022343308100719},
  note = {Article of record of Archigos, version 4.1}
}
`

// leader makes the statements of a leader, the person and every tenure, or puts all rows of the leader in quarantine: a
// person of whom half is understood would be another one.
func (r *reader) leader(l *leader) ([]ingest.Row, error) {
	u := r.understand(l)
	if len(u.bad) > 0 {
		key := ""
		if l.known {
			key = string(l.key)
		}
		return []ingest.Row{r.Quarantine(graph.StatementActor, key, l.rows, u.bad)}, nil
	}
	person, err := r.Statement(r.person(l, u), l.rows[0], l.rows)
	if err != nil {
		return nil, err
	}
	rows := []ingest.Row{person}
	for _, t := range u.tenures {
		for _, held := range r.tenures(l, t) {
			row, err := r.Statement(held, t.row, l.rows)
			if err != nil {
				return nil, err
			}
			rows = append(rows, row)
		}
	}
	return rows, nil
}
