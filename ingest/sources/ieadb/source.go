// Package ieadb reads the International Environmental Agreements Database (IEADB): treaties, and when each state
// signed, ratified, and was bound, withdrew and came back.
//
// source.go says what the source is and yields its rows; layout.go knows the two files and joins them; cells.go and
// lookups.go know what stands in a cell; member.go finds who a member was and when; agreement.go makes the agreement.
// lookups.csv has the kinds of agreement, names.csv what names of states mean. README.md tells the rest.
package ieadb

import (
	"context"
	_ "embed" // names
	"io/fs"
	"sync"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/names"
	"github.com/entente-graph/entente/ingest/table"
)

// Key is the dataset's key as a source.
const Key graph.SourceKey = "ieadb"

// called is what errors call it.
const called = "IEADB"

// listed are the days on one of which that began which the database has without a date: from the first that it covers to the last of
// the year of its version.
var listed = graph.Inclusive(graph.MustDay("1900-01-01"), graph.MustDay("2020-12-31"))

// spellings are its names of states, beside the ones that all sources share.
//
//go:embed names.csv
var spellings string

// Source reads IEADB's treaties and memberships. It is safe for concurrent use.
type Source struct{ *table.Dataset }

// New makes the source. The registry says who was called what when.
func New(registry ingest.Registry) *Source {
	d := &table.Dataset{About: about, Finder: table.Finder{Called: called, Parts: []table.Part{treaties, memberships}}}
	book := sync.OnceValues(func() (*names.Book, error) { return names.New(registry, names.English, spellings) })
	d.Read = func(ctx context.Context, files fs.FS, have map[string]string, yield table.Yield) error {
		r := &reader{}
		var err error
		if r.names, err = book(); err != nil {
			return err
		}
		for t, err := range things(ctx, files, have) {
			if err != nil {
				return err
			}
			a, bad := r.agreement(t)
			row, err := d.Row(t.key(), t.rows(), a, bad)
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

// lastDay is the last that the database covers, though it has treaties with later dates.
var lastDay = graph.MustDay("2018-12-31")

// about is what the source is and what it covers.
var about = graph.Source{
	Key:       Key,
	Kind:      graph.SourceDataset,
	Title:     "International Environmental Agreements Database (IEADB)",
	Version:   "2020",
	Publisher: "The IEADB project (Ronald B. Mitchell, University of Oregon)",
	License:   "Academic use with citation; not to be redistributed",
	URL:       "https://iea.ulaval.ca",
	Language:  "en",
	BibTeX:    bibTeX,
	Coverage: []graph.Coverage{{
		Kinds:  []graph.StatementKind{graph.StatementEngagement},
		Forms:  []graph.EngagementKind{graph.KindAgreement},
		Topics: []graph.Topic{graph.TopicEnvironment},
		From:   graph.MustDate("1900-01-01"),
		To:     graph.DateOf(lastDay),
		Note:   "Environmental agreements; members of those of 1900 and later that are called agreements, no organisations among them",
	}},
}

const bibTeX = `@misc{mitchell_ieadb,
  author = {Mitchell, Ronald B.},
  title = {International Environmental Agreements Database Project},
  year = {2002--2020},
  url = {https://iea.ulaval.ca},
}

@article{mitchell_etal_2020_ieadb,
  author = {Mitchell, Ronald B. and Andonova, Liliana B. and Axelrod, Mark and Balsiger, J{\"o}rg and Bernauer, Thomas and Green, Jessica F. and Hollway, James and Kim, Rakhyun E. and Morin, Jean-Fr{\'e}d{\'e}ric},
  title = {What We Know (and Could Know) About International Environmental Agreements},
  journal = {Global Environmental Politics},
  volume = {20},
  number = {1},
  pages = {103--121},
  year = {2020},
}
`
