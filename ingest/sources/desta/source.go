// Package desta reads the list of treaties of the Design of Trade Agreements database (DESTA): trade agreements with
// their parties, who acceded and withdrew, protocols, and negotiations.
//
// source.go says what the source is and yields its rows; layout.go knows the file; treaty.go gathers the rows of one treaty;
// cells.go and lookups.go know what stands in a cell; parties.go finds who was a party when; agreement.go makes the agreement.
// lookups.csv and names.csv hold what a person has decided. README.md tells the rest.
package desta

import (
	"context"
	_ "embed" // names
	"fmt"
	"io/fs"
	"sync"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/names"
	"github.com/entente-graph/entente/ingest/table"
)

// Key is the dataset's key as a source.
const Key graph.SourceKey = "desta"

// The years that the list covers. A date outside of them is a slip.
const (
	firstYear = 1945
	lastYear  = 2020
)

// listed are the days on one of which that began which the list has without a year: those that it covers.
var listed = graph.Inclusive(graph.MustDate(fmt.Sprintf("%d-01-01", firstYear)).Earliest(), graph.MustDate(fmt.Sprintf("%d-12-31", lastYear)).Latest())

// spellings are those of its titles, beside the ones that all sources share.
//
//go:embed names.csv
var spellings string

// Source reads DESTA's list of treaties. It is safe for concurrent use.
type Source struct{ *table.Dataset }

// New makes the source. The registry says who held which number when.
func New(registry ingest.Registry) *Source {
	d := &table.Dataset{About: about, Finder: table.Finder{Called: "DESTA", Parts: []table.Part{list}}}
	book := sync.OnceValues(func() (*names.Book, error) { return names.New(registry, names.English, spellings) })
	d.Read = func(ctx context.Context, files fs.FS, have map[string]string, yield table.Yield) error {
		all, r, err := begin(ctx, files, have[list.Name], book)
		if err != nil {
			return err
		}
		for _, t := range all {
			a, bad := r.agreement(t)
			key := keyOf(t.number)
			if !numberForm.MatchString(t.number) {
				key = ""
			}
			row, err := d.Row(key, t.rows(), a, bad)
			if err != nil || !yield(row) {
				return err
			}
		}
		return nil
	}
	return &Source{d}
}

func begin(ctx context.Context, files fs.FS, name string, book func() (*names.Book, error)) (all []*treaty, r *reader, err error) {
	r = &reader{}
	if r.names, err = book(); err != nil {
		return nil, nil, err
	}
	if r.decided, err = theDecisions(); err != nil {
		return nil, nil, err
	}
	all, err = gather(ctx, files, name)
	return all, r, err
}

// A reader makes agreements of treaties.
type reader struct {
	names   *names.Book
	decided *decisions
}

// keyOf is a treaty's key: the dataset's name and its own number.
func keyOf(number string) graph.EngagementKey {
	return graph.EngagementKey(string(Key) + ":" + number)
}

// about is what the source is and what it covers.
var about = graph.Source{
	Key:       Key,
	Kind:      graph.SourceDataset,
	Title:     "Design of Trade Agreements (DESTA), list of treaties",
	Version:   "2.x (2020)",
	Publisher: "The DESTA project (Andreas Dür, Leonardo Baccini, Manfred Elsig)",
	License:   "Free to use with citation; not to be redistributed",
	URL:       "https://www.designoftradeagreements.org",
	Language:  "en",
	BibTeX:    bibTeX,
	Coverage: []graph.Coverage{{
		Kinds:  []graph.StatementKind{graph.StatementEngagement},
		Forms:  []graph.EngagementKind{graph.KindAgreement},
		Topics: []graph.Topic{graph.TopicTrade},
		From:   graph.MustDate(fmt.Sprintf("%d-01-01", firstYear)),
		To:     graph.MustDate(fmt.Sprintf("%d-12-31", lastYear)),
		Note:   "Preferential trade agreements; no other agreements on trade, and no ends of agreements",
	}},
}

const bibTeX = `@article{dur_etal_2014_desta,
  author = {D{\"u}r, Andreas and Baccini, Leonardo and Elsig, Manfred},
  title = {The Design of International Trade Agreements: Introducing a New Dataset},
  journal = {The Review of International Organizations},
  volume = {9},
  number = {3},
  pages = {353--375},
  year = {2014},
  doi = {10.1007/s11558-013-9179-8},
}
`
