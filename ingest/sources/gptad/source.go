// Package gptad reads the Global Preferential Trade Agreements Database (GPTAD) of the World Bank: trade agreements with
// their parties, as names in one text, and whether they are in force.
//
// source.go says what the source is and yields its rows; layout.go knows the file, gathers the rows of one agreement and reads
// cells; parties.go finds who the parties are; agreement.go makes the agreement. lookups.csv says what names mean that
// the registry of states does not have. README.md tells the rest.
package gptad

import (
	"context"
	_ "embed" // the spellings
	"fmt"
	"io/fs"
	"sync"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/names"
	"github.com/entente-graph/entente/ingest/table"
)

// Key is the dataset's key as a source.
const Key graph.SourceKey = "gptad"

// The years that the database covers. A date outside of them is a slip.
const (
	firstYear = 1950
	lastYear  = 2014
)

// listed are the days on one of which that began which the database has without a date: those that it covers.
var listed = graph.Inclusive(graph.MustDate(fmt.Sprintf("%d-01-01", firstYear)).Earliest(), graph.MustDate(fmt.Sprintf("%d-12-31", lastYear)).Latest())

// lastDay is the last that the database covers.
var lastDay = graph.MustDay(fmt.Sprintf("%d-12-31", lastYear))

// lookups are its spellings of states, beside the ones that all sources share, and the organisations it names.
//
//go:embed lookups.csv
var lookups string

// Source reads GPTAD's list of agreements. It is safe for concurrent use.
type Source struct{ *table.Dataset }

// New makes the source. The registry says who was called what when.
func New(registry ingest.Registry) *Source {
	d := &table.Dataset{About: about, Finder: table.Finder{Called: "GPTAD", Parts: []table.Part{list}}}
	theBook := sync.OnceValues(func() (*names.Book, error) { return names.New(registry, names.English, lookups) })
	d.Read = func(ctx context.Context, files fs.FS, have map[string]string, yield table.Yield) error {
		book, err := theBook()
		if err != nil {
			return err
		}
		all, err := gather(ctx, files, have[list.Name])
		if err != nil {
			return err
		}
		r := &reader{book}
		for _, t := range all {
			a, bad := r.agreement(t)
			row, err := d.Row(graph.EngagementKey(t.key), t.rows, a, bad)
			if err != nil || !yield(row) {
				return err
			}
		}
		return nil
	}
	return &Source{d}
}

// A reader makes agreements of things.
type reader struct{ names *names.Book }

// about is what the source is and what it covers.
var about = graph.Source{
	Key:       Key,
	Kind:      graph.SourceDataset,
	Title:     "Global Preferential Trade Agreements Database (GPTAD)",
	Version:   "2014",
	Publisher: "World Bank",
	License:   "Terms of use of the World Bank; with attribution; not to be redistributed here",
	URL:       "https://wits.worldbank.org/gptad/library.aspx",
	Language:  "en",
	BibTeX:    bibTeX,
	Coverage: []graph.Coverage{{
		Kinds:  []graph.StatementKind{graph.StatementEngagement},
		Forms:  []graph.EngagementKind{graph.KindAgreement},
		Topics: []graph.Topic{graph.TopicTrade},
		From:   graph.MustDate(fmt.Sprintf("%d-01-01", firstYear)),
		To:     graph.DateOf(lastDay),
		Note:   "Preferential trade agreements that were in the database",
	}},
}

const bibTeX = `@misc{worldbank_2014_gptad,
  author = {{World Bank Group}},
  title = {Global Preferential Trade Agreements Database},
  year = {2014},
  howpublished = {World Integrated Trade Solution},
}
`
