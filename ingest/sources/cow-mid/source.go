// Package cowmid reads the Militarized Interstate Disputes of the Correlates of War Project, version 5.0: disputes with
// every state's part in them, and the incidents they were made of.
//
// source.go says what the source is and yields its rows; layout.go knows the files; dispute.go and incident.go make
// statements, words.go writes titles. What stands in a cell, the codebook and who held a state's number on the day is
// shared with the datasets made after this one: ingest/cow. README.md tells the rest.
package cowmid

import (
	"context"
	"fmt"
	"io/fs"
	"iter"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/cow"
	"github.com/entente-graph/entente/ingest/table"
)

// Key is the dataset's key as a source.
const Key graph.SourceKey = "cow-mid"

// The slices. MIDA and MIDB are loaded together; without MIDI and MIDIP the incidents that were loaded before stay.
var (
	disputes  = graph.Slice{Source: Key, ID: "cow-mid/disputes"}
	incidents = graph.Slice{Source: Key, ID: "cow-mid/incidents"}
)

// Source reads MID 5.0, and the older 4.3. It is safe for concurrent use.
type Source struct {
	registry ingest.Registry
	states   func() (*ingest.Roster, error)
}

var _ ingest.Framer = (*Source)(nil)

// New makes the source. The registry says who held which number when; the source asks it when it first reads.
func New(registry ingest.Registry) *Source { return &Source{registry, registry.Once()} }

// Info tells what the source is and what it covers, in its newest version.
func (s *Source) Info() graph.Source { return s.info(edition5) }

func (s *Source) info(e *edition) graph.Source {
	return graph.Source{
		Key:       Key,
		Kind:      graph.SourceDataset,
		Title:     "Militarized Interstate Disputes",
		Version:   e.version,
		Publisher: "Correlates of War Project",
		License:   "Free to use with citation of the article of record and the version; not to be redistributed",
		URL:       "https://correlatesofwar.org/data-sets",
		Language:  "en",
		BibTeX:    e.bibTeX,
		Coverage:  s.coverage(e.last),
	}
}

const bibTeX = `@article{palmer_etal_2022_mid5,
  author = {Palmer and McManus and D'Orazio and Kenwick and Karstens and Bloch and Dietrich and Kahn and Ritter and Soules},
  journal = {Conflict Management and Peace Science},
  volume = {39},
  number = {4},
  year = {2022},
  note = {Article of record of Militarized Interstate Disputes, version 5.0, Correlates of War Project}
}
`

// Slices names what a load of these files would replace: the disputes, and if they are there the incidents.
func (s *Source) Slices(ctx context.Context, files fs.FS) ([]graph.Slice, error) {
	_, have, err := find(ctx, files)
	if err != nil {
		return nil, err
	}
	if have[midI] == "" {
		return []graph.Slice{disputes}, nil
	}
	return []graph.Slice{disputes, incidents}, nil
}

// Frames gives the headers, which must stand before rows that are read alone.
func (s *Source) Frames(ctx context.Context, files fs.FS) ([]ingest.Record, error) {
	e, have, err := find(ctx, files)
	if err != nil {
		return nil, err
	}
	return e.dataset.Frames(files, have)
}

// Rows yields the source's own record, then a row for each dispute, by number; or for each incident.
func (s *Source) Rows(ctx context.Context, files fs.FS, of graph.Slice) iter.Seq2[ingest.Row, error] {
	return func(yield func(ingest.Row, error) bool) {
		if err := s.rows(ctx, files, of, yield); err != nil {
			yield(ingest.Row{}, err)
		}
	}
}

func (s *Source) rows(ctx context.Context, files fs.FS, of graph.Slice, yield func(ingest.Row, error) bool) error {
	e, have, err := find(ctx, files)
	if err != nil {
		return err
	}
	r := &reader{edition: e}
	if r.states, err = s.states(); err != nil {
		return err
	}
	if r.book, err = cow.MID(); err != nil {
		return err
	}
	head, member := midA, midB
	switch {
	case of == disputes:
		info := s.info(e)
		own, err := graph.NewStatement(Key, of.ID, &info, "")
		if err != nil {
			return err
		}
		if !yield(ingest.Row{Statement: own}, nil) {
			return nil
		}
	case of == incidents && have[midI] != "":
		head, member = midI, midIP
	default:
		return fmt.Errorf("there is no slice %s of %s here: %w", of.ID, of.Source, graph.ErrNotFound)
	}
	all, err := e.gather(ctx, files, have, head, member)
	if err != nil {
		return err
	}
	for _, t := range all {
		row, err := r.row(t, of)
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		if !yield(row, nil) {
			return nil
		}
	}
	return nil
}

// A reader makes statements of things.
type reader struct {
	edition *edition
	states  *ingest.Roster
	book    *cow.Codebook
}

// row makes the statement of a thing, or the mistakes for which all its rows are put in quarantine.
func (r *reader) row(t *thing, of graph.Slice) (ingest.Row, error) {
	records := table.Records(t.rows())
	var e graph.Engagement
	var bad []graph.Mistake
	key := disputeKey(t.number)
	if of == disputes {
		e, bad = r.dispute(t)
	} else {
		e, bad = r.incident(t)
		key = incidentKey(t.number)
	}
	if len(bad) > 0 {
		if !table.IsNumber(t.number) {
			key = ""
		}
		return ingest.Quarantine(of, graph.StatementEngagement, string(key), records, bad), nil
	}
	st, err := graph.NewStatement(Key, of.ID, e, t.first().Locator())
	return ingest.Row{Statement: st, Records: records}, err
}

// judge says what is wrong with how the rows of a thing stand to each other: rows that are broken in themselves, one
// without a number, a first row that is missing or there twice, no second row at all.
func (t *thing) judge(e *edition, head, member string) (bad []graph.Mistake) {
	for _, row := range t.rows() {
		if m := row.Bad(); m != nil {
			bad = append(bad, *m)
		}
	}
	column, what := e.number, "dispute"
	if head == midI {
		column, what = e.incident, "incident"
	}
	switch first := t.first(); {
	case len(bad) > 0:
	case !table.IsNumber(t.number):
		bad = append(bad, first.Mistake(column, "this is not the number of "+article(what), "a whole number"))
	case len(t.heads) == 0:
		bad = append(bad, first.Mistake(column, fmt.Sprintf("%s has no %s of this number, and %s has %s of it", head, what, member, cow.Count(len(t.parts), "row")), "is a row missing, or the number wrong?"))
	case len(t.heads) > 1:
		for _, row := range t.heads[1:] {
			bad = append(bad, row.Mistake(column, fmt.Sprintf("the %s has two rows in %s: line %d has it already", what, head, first.Line), "leave one of them out"))
		}
	case len(t.parts) == 0:
		bad = append(bad, first.Mistake(column, fmt.Sprintf("%s has no row for this %s: nobody took part in it", member, what), "is a row missing?"))
	}
	return bad
}

func article(what string) string {
	if what == "incident" {
		return "an incident"
	}
	return "a " + what
}

// A key is the dataset's name and its own number; incidents have numbers of their own, unique in the dataset.
func disputeKey(number string) graph.EngagementKey {
	return graph.EngagementKey(string(Key) + ":" + number)
}

func incidentKey(number string) graph.EngagementKey {
	return graph.EngagementKey(string(Key) + ":incident-" + number)
}
