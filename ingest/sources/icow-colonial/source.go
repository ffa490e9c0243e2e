// Package icowcolonial reads the ICOW Colonial History of Paul Hensel, version 1.1: when each state of the COW list became
// independent, of whom and how, who ruled it as a colony, and into which state it merged.
//
// source.go says what the source is and yields its rows; layout.go knows the file, cells.go what stands in a cell; state.go makes
// acts and successions of a row, and words.go their titles and summaries. lookups.csv is the codebook. README.md tells the
// rest.
package icowcolonial

import (
	"context"
	"fmt"
	"io/fs"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// Key is the dataset's key as a source.
const Key graph.SourceKey = "icow-colonial"

// version is the dataset's own, whose codebook this is.
const version = "1.1"

// lastYear is that of the last change the dataset can have: it is of 2018.
const lastYear = 2018

// Source reads the Colonial History. It is safe for concurrent use.
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
			made, err := r.rows(row)
			if err != nil || !yield.All(made) {
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
	Title:     "ICOW Colonial History",
	Version:   version,
	Publisher: "Paul R. Hensel, Issue Correlates of War Project",
	License:   "Free to use with citation; not to be redistributed",
	URL:       "http://www.paulhensel.org/icowcol.html",
	Language:  "en",
	BibTeX:    bibTeX,
	Coverage: []graph.Coverage{{
		Kinds:  []graph.StatementKind{graph.StatementEngagement, graph.StatementActor},
		Forms:  []graph.EngagementKind{graph.KindAct},
		Topics: []graph.Topic{graph.TopicTerritory},
		To:     graph.MustDate(fmt.Sprintf("%d-12-31", lastYear)),
		Note:   "How each member of the COW system since 1816 became independent, also before that year, and into which state it merged",
	}},
}

const bibTeX = `@misc{hensel_2018_icowcol,
  author = {Hensel, Paul R.},
  title = {ICOW Colonial History Data Set, version 1.1},
  year = {2018},
  url = {http://www.paulhensel.org/icowcol.html}
}
`

// rows makes the statements of a row, or puts it in quarantine.
func (r *reader) rows(row table.Row) ([]ingest.Row, error) {
	from := []table.Row{row}
	st, bad := r.state(row)
	if len(bad) > 0 {
		key := ""
		if n := row.Get("State"); row.Bad() == nil && table.IsNumber(n) {
			key = string(keyOf(n, "independence"))
		}
		return []ingest.Row{r.Quarantine(graph.StatementEngagement, key, from, bad)}, nil
	}
	var all []ingest.Row
	for _, v := range st.statements(r) {
		made, err := r.Statement(v, row, from)
		if err != nil {
			return nil, err
		}
		all = append(all, made)
	}
	return all, nil
}

// keyOf is an act's key: the dataset's name, the number of the state and what happened to it.
func keyOf(number, what string) graph.EngagementKey {
	return graph.EngagementKey(fmt.Sprintf("%s:%s-%s", Key, number, what))
}
