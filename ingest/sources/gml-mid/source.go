// Package gmlmid reads the militarized interstate disputes as Gibler, Miller and Little went over them (GML MID): a second
// account of the disputes of the Correlates of War Project, under the same numbers.
//
// source.go says what the source is and yields its rows; layout.go knows the file; dispute.go makes of the rows of one
// dispute, a row for each two opponents, year and direction, the dispute and everyone's part in it. README.md tells the rest.
package gmlmid

import (
	"context"
	"io/fs"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/cow"
	"github.com/entente-graph/entente/ingest/table"
)

// Key is the dataset's key as a source.
const Key graph.SourceKey = "gml-mid"

// numberScheme is whose numbers the disputes have.
const numberScheme = "cow-mid"

// version is the dataset's own, as its rows have it behind "gml-".
const version = "2.1.1"

// Source reads GML MID. It is safe for concurrent use.
type Source struct{ *table.Dataset }

// New makes the source. The registry says who held which number when; the source asks it when it first reads.
func New(registry ingest.Registry) *Source {
	d := &table.Dataset{About: about, Finder: finder}
	d.Covers = func() []graph.Coverage { return coverage(registry) }
	states := registry.Once()
	d.Read = func(ctx context.Context, files fs.FS, have map[string]string, yield table.Yield) (err error) {
		r := &reader{Dataset: d}
		if r.states, err = states(); err != nil {
			return err
		}
		if r.book, err = cow.MID(); err != nil {
			return err
		}
		all, err := gather(ctx, files, have[ddy.Name])
		if err != nil {
			return err
		}
		for _, t := range all {
			row, err := r.row(t)
			if err != nil || !yield(row) {
				return err
			}
		}
		return nil
	}
	return &Source{d}
}

// about is what the source is.
var about = graph.Source{
	Key:       Key,
	Kind:      graph.SourceDataset,
	Title:     "Militarized Interstate Disputes, as revised by Gibler, Miller and Little (GML MID)",
	Version:   version,
	Publisher: "Douglas M. Gibler, Steven V. Miller, Erin K. Little",
	License:   "Free to use with citation of the article of record and the version; not to be redistributed",
	URL:       "https://dmgibler.people.ua.edu/mid-data.html",
	Language:  "en",
	BibTeX:    bibTeX,
}

const bibTeX = `@article{gibler_miller_little_2016,
  author = {Gibler, Douglas M. and Miller, Steven V. and Little, Erin K.},
  title = {An Analysis of the Militarized Interstate Dispute (MID) Dataset, 1816--2001},
  journal = {International Studies Quarterly},
  volume = {60},
  number = {4},
  pages = {719--730},
  year = {2016},
  note = {Article of record of GML MID; version 2.1.1}
}
`

// coverage is as that of the dataset it revises: everything between members of the COW state system, up to 2010.
func coverage(registry ingest.Registry) []graph.Coverage {
	windows := []graph.Coverage{{
		Kinds: []graph.StatementKind{graph.StatementEngagement}, Forms: []graph.EngagementKind{graph.KindDispute},
		Topics: []graph.Topic{graph.TopicDefense, graph.TopicTerritory},
		From:   cow.Year(firstYear), To: cow.Year(lastYear), Note: "militarized disputes, by what the parties sought to revise",
	}}
	actors, err := registry()
	if err != nil {
		return windows
	}
	return append(windows, cow.BetweenMembers(actors, lastYear)...)
}

// A reader makes statements of disputes.
type reader struct {
	*table.Dataset
	states *ingest.Roster
	book   *cow.Codebook
}

// A thing is all rows of one dispute.
type thing struct {
	number string
	rows   []table.Row
}

// gather puts the rows of one dispute together, by number. The file has about a megabyte: it is kept in memory.
func gather(ctx context.Context, files fs.FS, name string) ([]*thing, error) {
	byNumber := map[string]*thing{}
	var all []*thing
	for row, err := range table.Read(ctx, files, name, ddy.Format) {
		if err != nil {
			return nil, err
		}
		number := row.Get("dispnum")
		t := byNumber[number]
		if t == nil || !table.IsNumber(number) {
			t = &thing{number: number}
			byNumber[number] = t
			all = append(all, t)
		}
		t.rows = append(t.rows, row)
	}
	slices.SortStableFunc(all, func(a, b *thing) int { return table.CompareNumbers(a.number, b.number) })
	return all, nil
}

// row makes the statement of a dispute, or the mistakes for which all its rows are put in quarantine.
func (r *reader) row(t *thing) (ingest.Row, error) {
	d, bad := r.dispute(t)
	var key graph.EngagementKey
	if table.IsNumber(t.number) {
		key = disputeKey(t.number)
	}
	return r.Row(key, t.rows, d, bad)
}

func disputeKey(number string) graph.EngagementKey {
	return graph.EngagementKey(strings.Join([]string{string(Key), number}, ":"))
}
