// Package tfdd reads the list of treaties of the Transboundary Freshwater Dispute Database (TFDD): agreements on waters that
// states share, with who signed them and on which basins.
//
// source.go says what the source is and yields its rows; layout.go knows the file; treaty.go gathers the rows of one treaty,
// cells.go reads cells and dates; agreement.go makes the agreement. lookups.csv says what names of signatories mean, and
// decisions.csv which days are years. README.md tells the rest.
package tfdd

import (
	"context"
	_ "embed" // the spellings
	"io/fs"
	"sync"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/names"
	"github.com/entente-graph/entente/ingest/table"
)

// Key is the dataset's key as a source.
const Key graph.SourceKey = "tfdd"

// listed are the days on one of which that was signed which the database has without a date: from the first that it covers to the
// last of the year of its version.
var listed = graph.Inclusive(graph.MustDay("1820-01-01"), graph.MustDay("2016-12-31"))

// lookups are its spellings of states, beside the ones that all sources share, and what it names that is no state.
//
//go:embed lookups.csv
var lookups string

// Source reads TFDD's list of treaties. It is safe for concurrent use.
type Source struct{ *table.Dataset }

// New makes the source. The registry says who was called what when.
func New(registry ingest.Registry) *Source {
	d := &table.Dataset{About: about, Finder: table.Finder{Called: "TFDD", Parts: []table.Part{list}}}
	book := sync.OnceValues(func() (*names.Book, error) { return names.New(registry, names.English, lookups) })
	d.Read = func(ctx context.Context, files fs.FS, have map[string]string, yield table.Yield) error {
		r := &reader{}
		var all []*treaty
		var err error
		if r.names, err = book(); err == nil {
			r.decided, err = theDecisions()
		}
		if err == nil {
			all, err = gather(ctx, files, have[list.Name])
		}
		if err != nil {
			return err
		}
		for _, t := range all {
			a, bad := r.agreement(t)
			row, err := d.Row(t.key(), t.rows, a, bad)
			if err != nil || !yield(row) {
				return err
			}
		}
		return nil
	}
	return &Source{d}
}

// A reader makes agreements of treaties.
type reader struct {
	names   *names.Book
	decided decisions
}

// about is what the source is and what it covers.
var about = graph.Source{
	Key:       Key,
	Kind:      graph.SourceDataset,
	Title:     "Transboundary Freshwater Dispute Database (TFDD), treaties",
	Version:   "2016",
	Publisher: "Oregon State University, Program in Water Conflict Management and Transformation",
	License:   "Academic use with citation; not to be redistributed",
	URL:       "https://transboundarywaters.ceoas.oregonstate.edu",
	Language:  "en",
	BibTeX:    bibTeX,
	Coverage: []graph.Coverage{{
		Kinds:  []graph.StatementKind{graph.StatementEngagement},
		Forms:  []graph.EngagementKind{graph.KindAgreement},
		Topics: []graph.Topic{graph.TopicWater},
		From:   graph.MustDate("1820-01-01"),
		To:     graph.MustDate("2007-12-31"),
		Note:   "Agreements on shared waters that were found; when they were signed, and nothing of their later life",
	}},
}

const bibTeX = `@misc{osu_2021_tfdd,
  author = {{Oregon State University}},
  title = {Transboundary Freshwater Dispute Database: International Freshwater Treaties Database},
  year = {2021},
  url = {https://transboundarywaters.ceoas.oregonstate.edu},
}
`
