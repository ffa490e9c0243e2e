// Package cowterritorialchange reads the Territorial Change data of the Correlates of War Project, version 6: which territory
// passed from whom to whom, month by month since 1816, and which states became independent by it.
//
// source.go says what the source is and yields its rows; layout.go knows the file and the codebook; change.go understands a row and
// makes an act of it. lookups.csv is the codebook. README.md tells the rest.
package cowterritorialchange

import (
	"context"
	"fmt"
	"io/fs"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// Key is the dataset's key as a source.
const Key graph.SourceKey = "cow-territorial-change"

// version is the dataset's own, whose codebook this is. Rows that it took over from the one before say so.
const version = "6"

// The years that version 6 covers. A date outside of them is a slip.
const (
	firstYear = 1816
	lastYear  = 2018
)

// Source reads the Territorial Change data. It is safe for concurrent use.
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
		for row, err := range table.Read(ctx, files, have[list.Name], list.Format) {
			if err != nil {
				return err
			}
			made, err := r.change(row)
			if err != nil || !yield(made) {
				return err
			}
		}
		return nil
	}
	return &Source{d}
}

// A reader makes statements of rows.
type reader struct {
	*table.Dataset
	roster *ingest.Roster
	book   *table.Book
}

// about is what the source is and what it covers.
var about = graph.Source{
	Key:       Key,
	Kind:      graph.SourceDataset,
	Title:     "Territorial Change",
	Version:   version,
	Publisher: "Correlates of War Project",
	License:   "Free to use with citation of the article of record and the version; not to be redistributed",
	URL:       "https://correlatesofwar.org/data-sets/territorial-change",
	Language:  "en",
	BibTeX:    bibTeX,
	Coverage: []graph.Coverage{{
		Kinds:  []graph.StatementKind{graph.StatementEngagement},
		Forms:  []graph.EngagementKind{graph.KindAct},
		Topics: []graph.Topic{graph.TopicTerritory},
		From:   graph.MustDate(fmt.Sprintf("%d-01-01", firstYear)),
		To:     graph.MustDate(fmt.Sprintf("%d-12-31", lastYear)),
		Note:   "All changes of territory in which a member of the COW system gained or lost, and no other acts",
	}},
}

const bibTeX = `@article{tir_etal_1998_territorial,
  author = {Tir, Jaroslav and Schafer, Philip and Diehl, Paul F. and Goertz, Gary},
  title = {Territorial Changes, 1816--1996: Procedures and Data},
  journal = {Conflict Management and Peace Science},
  volume = {16},
  number = {1},
  pages = {89--97},
  year = {1998},
  doi = {10.1177/073889429801600105},
  note = {Article of record of Territorial Change, version 6, Correlates of War Project}
}
`

// change makes the act of a row, or puts it in quarantine.
func (r *reader) change(row table.Row) (ingest.Row, error) {
	c, bad := r.understand(row)
	var key graph.EngagementKey
	var act *graph.Act
	if len(bad) == 0 {
		act = c.act(r)
	} else if n := row.Get("number"); row.Bad() == nil && table.IsNumber(n) {
		key = keyOf(n)
	}
	return r.Row(key, []table.Row{row}, act, bad)
}

// keyOf is a change's key: the dataset's name and its own number.
func keyOf(number string) graph.EngagementKey {
	return graph.EngagementKey(string(Key) + ":" + number)
}
