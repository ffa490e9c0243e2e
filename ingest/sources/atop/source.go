// Package atop reads the Alliance Treaty Obligations and Provisions of Leeds, Ritter, Mitchell and Long, version 4.01:
// alliances as agreements, with when each member came and went and what it owed whom.
//
// source.go says what the source is and yields its rows; layout.go knows the files; alliance.go gathers the rows of one
// alliance; cells.go and lookups.go know what stands in a cell; member.go finds who a member is on the day;
// agreement.go, stages.go and obligations.go make the agreement, and words.go its title and summary. lookups.csv is the
// codebook as far as it is read. README.md tells the rest.
package atop

import (
	"context"
	"fmt"
	"io/fs"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// Key is the dataset's key as a source.
const Key graph.SourceKey = "atop"

// version is the dataset's own, for whose codebook this is written.
const version = "4.01"

// The years that version 4.01 covers. A date outside of them is a slip.
const (
	firstYear = 1815
	lastYear  = 2016
)

// lastDay is the last that version 4.01 covers.
var lastDay = graph.MustDay(fmt.Sprintf("%d-12-31", lastYear))

// Source reads ATOP 4.01. It is safe for concurrent use.
type Source struct{ *table.Dataset }

// New makes the source. The registry says who held which number when; the source asks it once.
func New(registry ingest.Registry) *Source {
	d := &table.Dataset{About: about, Finder: finder}
	states := registry.Once()
	d.Read = func(ctx context.Context, files fs.FS, have map[string]string, yield table.Yield) (err error) {
		r := &reader{Dataset: d}
		if r.states, err = states(); err != nil {
			return err
		}
		if r.book, err = theCodebook(); err != nil {
			return err
		}
		all, err := gather(ctx, files, have)
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

// about is what the source is and what it covers.
var about = graph.Source{
	Key:       Key,
	Kind:      graph.SourceDataset,
	Title:     "Alliance Treaty Obligations and Provisions (ATOP)",
	Version:   version,
	Publisher: "The ATOP project (Brett Ashley Leeds, Rice University)",
	License:   "Free to use with citation; not to be redistributed",
	URL:       "http://www.atopdata.org",
	Language:  "en",
	BibTeX:    bibTeX,
	Coverage: []graph.Coverage{{
		Kinds:    []graph.StatementKind{graph.StatementEngagement},
		Forms:    []graph.EngagementKind{graph.KindAgreement},
		Topics:   []graph.Topic{graph.TopicDefense},
		From:     graph.MustDate(fmt.Sprintf("%d-01-01", firstYear)),
		To:       graph.DateOf(lastDay),
		Complete: true,
		Note:     "All alliances of all states; no other agreements on defence (exchanges, bases, arms)",
	}},
}

const bibTeX = `@article{leeds_etal_2002_atop,
  author = {Leeds, Brett Ashley and Ritter, Jeffrey M. and Mitchell, Sara McLaughlin and Long, Andrew G.},
  title = {Alliance Treaty Obligations and Provisions, 1815--1944},
  journal = {International Interactions},
  volume = {28},
  number = {3},
  pages = {237--260},
  year = {2002},
  doi = {10.1080/03050620213653},
  note = {Article of record of ATOP, version 4.01}
}
`

// A reader makes statements of alliances.
type reader struct {
	*table.Dataset
	states *ingest.Roster
	book   *codebook
}

// row makes the statement of an alliance, or the mistakes for which all its rows are put in quarantine.
func (r *reader) row(t *thing) (ingest.Row, error) {
	a, bad := r.alliance(t)
	var key graph.EngagementKey
	if isNumber(t.number) {
		key = keyOf(t.number)
	}
	return r.Row(key, t.rows(), a, bad)
}

// keyOf is an alliance's key: the dataset's name and its own number.
func keyOf(number string) graph.EngagementKey {
	return graph.EngagementKey(string(Key) + ":" + number)
}
