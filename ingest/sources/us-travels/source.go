// Package ustravels reads the lists of travels abroad of the presidents and of the secretaries of state of the United
// States that the Office of the Historian of the Department of State keeps: XML, a file for each traveller. The files
// come with the program. README.md says what the lists cover and what becomes of a leg of a journey.
package ustravels

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	_ "embed" // the files
	"fmt"
	"io/fs"
	"iter"
	"slices"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/historian"
)

//go:generate go run ../../historian/ship travels.zip ${ENTENTE_TEST_DATA}/us-state-travels

//go:embed travels.zip
var shipped []byte

// key names the dataset; its statements' keys begin with it.
const key graph.SourceKey = "us-travels"

// about is the slice of what the dataset says of itself. Every load has it; the others are the travellers.
const about = graph.SliceID(key)

// Source reads the lists. It is safe for concurrent use.
type Source struct {
	roster func() (*ingest.Roster, error)
}

var (
	_ ingest.Shipper = (*Source)(nil)
	_ ingest.Framer  = (*Source)(nil)
)

// New makes the source. The registry says which states there are; the source asks it once, when it first reads.
func New(registry ingest.Registry) *Source { return &Source{registry.Once()} }

// Info tells what the source is. Its one window is selective: it says nothing of what others did without the United
// States, and a window cannot be said to hold for the pairs with one actor.
func (*Source) Info() graph.Source {
	return graph.Source{
		Key:       key,
		Kind:      graph.SourceDataset,
		Title:     "Travels Abroad of the President and of the Secretary of State of the United States",
		Version:   "2025-03-06 (3170c77)",
		Publisher: "Office of the Historian, U.S. Department of State",
		License:   "CC0-1.0",
		URL:       "https://history.state.gov/departmenthistory/travels",
		Language:  "en",
		BibTeX: `@misc{us-travels,
  author = {{Office of the Historian, U.S. Department of State}},
  title = {Presidents and Secretaries of State Foreign Travels},
  year = {2025},
  url = {https://history.state.gov/departmenthistory/travels},
  note = {Data at https://github.com/HistoryAtState/travels, commit 3170c77}
}`,
		Coverage: []graph.Coverage{{
			Kinds:  []graph.StatementKind{graph.StatementEngagement},
			Forms:  []graph.EngagementKind{graph.KindMeeting},
			Topics: []graph.Topic{graph.TopicDiplomacy},
			From:   graph.MustDate("1866-01-09"),
			To:     graph.MustDate("2025-02-19"),
			Note:   "travels abroad of the secretaries of state from 1866 and of the presidents from 1906, official and private; not to territories of the United States, nor days at sea",
		}},
	}
}

// Shipped gives the files that come with the program, as the producer published them.
func (*Source) Shipped() fs.FS {
	files, err := zip.NewReader(bytes.NewReader(shipped), int64(len(shipped)))
	if err != nil {
		panic("travels.zip, which is part of the program: " + err.Error())
	}
	return files
}

// Slices gives the slice of the dataset itself, and one for each traveller. What a load does not have a file of stays.
func (*Source) Slices(_ context.Context, files fs.FS) ([]graph.Slice, error) {
	names, err := find(files)
	if err != nil {
		return nil, err
	}
	found := []graph.Slice{{Source: key, ID: about}}
	for _, name := range names {
		s := graph.Slice{Source: key, ID: graph.SliceID(travellerOf(name))}
		if !slices.Contains(found, s) { // who was both has two files, and one slice
			found = append(found, s)
		}
	}
	return found, nil
}

// Frames gives what stands around the trips of each file.
func (*Source) Frames(ctx context.Context, files fs.FS) ([]ingest.Record, error) {
	names, err := find(files)
	if err != nil {
		return nil, err
	}
	return historian.Frames(ctx, files, names, format)
}

// Rows reads the travels of one person: a meeting for each leg, and the traveller.
func (s *Source) Rows(ctx context.Context, files fs.FS, slice graph.Slice) iter.Seq2[ingest.Row, error] {
	return func(yield func(ingest.Row, error) bool) {
		if slice.ID == about {
			info := s.Info()
			st, err := graph.NewStatement(key, about, &info, "source.go")
			yield(ingest.Row{Statement: st}, err)
			return
		}
		legs, err := s.read(ctx, files, slice)
		if err != nil {
			yield(ingest.Row{}, err)
			return
		}
		var traveller *graph.ActorFacts
		locator := ""
		for _, same := range gather(legs) {
			row, err := s.row(same, slice)
			if len(row.Mistakes) == 0 {
				if traveller == nil {
					traveller, locator = &graph.ActorFacts{
						Key: personKey(same[0].who), Kind: graph.KindPerson,
						Citations: []graph.Citation{{Source: key, Locator: "trips of " + same[0].who}},
					}, same[0].record.Locator()
				}
				if n := (graph.Name{Text: same[0].name, Lang: "en"}); !slices.Contains(traveller.Names, n) {
					traveller.Names = append(traveller.Names, n)
				}
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
		if traveller != nil {
			st, err := graph.NewStatement(key, slice.ID, traveller, locator)
			yield(ingest.Row{Statement: st}, err)
		}
	}
}

// gather puts the records together that are one leg, each group and all of them in the order of numbers.
func gather(legs []*leg) [][]*leg {
	slices.SortStableFunc(legs, func(a, b *leg) int { return cmp.Compare(a.id, b.id) })
	var groups [][]*leg
next:
	for _, l := range legs {
		for i := range groups {
			if twice(groups[i][0], l) {
				groups[i] = append(groups[i], l)
				continue next
			}
		}
		groups = append(groups, []*leg{l})
	}
	return groups
}

// read understands the legs of a traveller. Of those that share a number none is good.
func (s *Source) read(ctx context.Context, files fs.FS, slice graph.Slice) ([]*leg, error) {
	names, err := find(files)
	if err != nil {
		return nil, err
	}
	var legs []*leg
	byID := map[int]*leg{}
	known := false
	for _, name := range names {
		if travellerOf(name) != string(slice.ID) {
			continue
		}
		known = true
		for rec, err := range historian.Read(ctx, files, name, format) {
			if err != nil {
				return nil, err
			}
			l, err := s.normalize(rec)
			if err != nil {
				return nil, err
			}
			if first := byID[l.id]; first != nil && l.id > 0 {
				first.wrong("id", "two trips have this number; the other is at "+l.record.Locator(), "give one of them its own")
				l.wrong("id", "two trips have this number; the other is at "+first.record.Locator(), "give one of them its own")
			} else {
				byID[l.id] = l
			}
			legs = append(legs, l)
		}
	}
	if !known {
		return nil, fmt.Errorf("there is no slice %s of %s here: %w", slice.ID, slice.Source, graph.ErrNotFound)
	}
	return legs, nil
}

// row makes the statement of a leg, or puts it in quarantine.
func (s *Source) row(same []*leg, slice graph.Slice) (ingest.Row, error) {
	row := ingest.Row{Statement: graph.Statement{
		StatementID: graph.StatementID{Source: key, Kind: graph.StatementEngagement, Key: string(engagementKey(same))},
		Slice:       slice.ID,
	}}
	for _, l := range same {
		row.Records = append(row.Records, l.record.Record)
		row.Mistakes = append(row.Mistakes, l.mistakes...)
	}
	if len(row.Mistakes) > 0 {
		return row, nil
	}
	m, err := meeting(same)
	if err != nil {
		return row, err
	}
	row.Statement, err = graph.NewStatement(key, slice.ID, m, same[0].record.Locator())
	return row, err
}
