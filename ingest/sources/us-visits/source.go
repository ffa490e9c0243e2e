// Package usvisits reads the list of visits to the United States by foreign leaders that the Office of the Historian
// of the Department of State keeps: XML, a file for each decade. The files come with the program. README.md says what
// the list covers, what becomes of a visit, and what of several on one occasion.
package usvisits

import (
	"archive/zip"
	"bytes"
	"context"
	_ "embed" // the files
	"fmt"
	"io/fs"
	"iter"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/historian"
)

//go:generate go run ../../historian/ship visits.zip ${ENTENTE_TEST_DATA}/us-state-visits

//go:embed visits.zip
var shipped []byte

// key names the dataset; its statements' keys begin with it.
const key graph.SourceKey = "us-visits"

// about is the slice of what the dataset says of itself. Every load has it; the others are the decades.
const about = graph.SliceID(key)

// Source reads the list. It is safe for concurrent use.
type Source struct {
	roster func() (*ingest.Roster, error)
}

var (
	_ ingest.Shipper = (*Source)(nil)
	_ ingest.Framer  = (*Source)(nil)
)

// New makes the source. The registry says which states there are; the source asks it once, when it first reads.
func New(registry ingest.Registry) *Source { return &Source{registry.Once()} }

// Info tells what the source is. Its one window is selective: the list has the visits that included a meeting with the
// President or the Vice President, and says nothing of what two others did without the United States.
func (*Source) Info() graph.Source {
	return graph.Source{
		Key:       key,
		Kind:      graph.SourceDataset,
		Title:     "Visits by Foreign Leaders to the United States",
		Version:   "2025-04-15 (869ca4f)",
		Publisher: "Office of the Historian, U.S. Department of State",
		License:   "CC0-1.0",
		URL:       "https://history.state.gov/departmenthistory/visits",
		Language:  "en",
		BibTeX: `@misc{us-visits,
  author = {{Office of the Historian, U.S. Department of State}},
  title = {Visits by Foreign Leaders},
  year = {2025},
  url = {https://history.state.gov/departmenthistory/visits},
  note = {Data at https://github.com/HistoryAtState/visits, commit 869ca4f}
}`,
		Coverage: []graph.Coverage{{
			Kinds:  []graph.StatementKind{graph.StatementEngagement},
			Forms:  []graph.EngagementKind{graph.KindMeeting},
			Topics: []graph.Topic{graph.TopicDiplomacy},
			From:   graph.MustDate("1874-12-12"),
			To:     graph.MustDate("2024-11-12"),
			Note:   "visits of heads of state or government to the United States that included a meeting with the President, or in his absence the Vice President; of leaders at sessions of the United Nations only if they met the President",
		}},
	}
}

// Shipped gives the files that come with the program, as the producer published them.
func (*Source) Shipped() fs.FS {
	files, err := zip.NewReader(bytes.NewReader(shipped), int64(len(shipped)))
	if err != nil {
		panic("visits.zip, which is part of the program: " + err.Error())
	}
	return files
}

// Slices gives the slice of the dataset itself, and one for the decade of each file. What a load does not have a file
// of stays.
func (*Source) Slices(_ context.Context, files fs.FS) ([]graph.Slice, error) {
	names, err := find(files)
	if err != nil {
		return nil, err
	}
	slices := []graph.Slice{{Source: key, ID: about}}
	byDecade := map[string]string{}
	for _, name := range names {
		decade := decadeOf(name)
		if before, twice := byDecade[decade]; twice {
			return nil, ingest.Mistakes{{File: name, Rule: "two files hold one decade; the other is " + before, Suggestion: "give one of them"}}
		}
		byDecade[decade] = name
		slices = append(slices, graph.Slice{Source: key, ID: graph.SliceID(decade)})
	}
	return slices, nil
}

// Frames gives what stands around the visits of each file.
func (*Source) Frames(ctx context.Context, files fs.FS) ([]ingest.Record, error) {
	names, err := find(files)
	if err != nil {
		return nil, err
	}
	return historian.Frames(ctx, files, names, format)
}

// Rows reads one decade: a meeting for each visit, or for the visits that were one, and the visitors.
func (s *Source) Rows(ctx context.Context, files fs.FS, slice graph.Slice) iter.Seq2[ingest.Row, error] {
	return func(yield func(ingest.Row, error) bool) {
		if slice.ID == about {
			info := s.Info()
			st, err := graph.NewStatement(key, about, &info, "source.go")
			yield(ingest.Row{Statement: st}, err)
			return
		}
		visits, err := s.read(ctx, files, slice)
		if err != nil {
			yield(ingest.Row{}, err)
			return
		}
		people := &people{decade: string(slice.ID)}
		for _, group := range gather(visits) {
			row, err := s.row(group, slice)
			if err != nil {
				yield(ingest.Row{}, err)
				return
			}
			if len(row.Mistakes) == 0 {
				people.add(group)
			}
			if !yield(row, nil) {
				return
			}
		}
		for _, p := range people.found {
			st, err := graph.NewStatement(key, slice.ID, p.facts, p.locator)
			if !yield(ingest.Row{Statement: st}, err) || err != nil {
				return
			}
		}
	}
}

// read understands the visits of a decade. Of those that share a number none is good.
func (s *Source) read(ctx context.Context, files fs.FS, slice graph.Slice) ([]*visit, error) {
	names, err := find(files)
	if err != nil {
		return nil, err
	}
	var visits []*visit
	byID := map[int]*visit{}
	known := false
	for _, name := range names {
		if decadeOf(name) != string(slice.ID) {
			continue
		}
		known = true
		for rec, err := range historian.Read(ctx, files, name, format) {
			if err != nil {
				return nil, err
			}
			v, err := s.normalize(rec, string(slice.ID))
			if err != nil {
				return nil, err
			}
			if first := byID[v.id]; first != nil && v.id > 0 {
				first.wrong("id", "two visits have this number; the other is at "+v.record.Locator(), "give one of them its own")
				v.wrong("id", "two visits have this number; the other is at "+first.record.Locator(), "give one of them its own")
			} else {
				byID[v.id] = v
			}
			visits = append(visits, v)
		}
	}
	if !known {
		return nil, fmt.Errorf("there is no slice %s of %s here: %w", slice.ID, slice.Source, graph.ErrNotFound)
	}
	return visits, nil
}

// row makes the statement of visits that were one meeting, or puts all of them in quarantine.
func (s *Source) row(group []*visit, slice graph.Slice) (ingest.Row, error) {
	row := ingest.Row{Statement: graph.Statement{
		StatementID: graph.StatementID{Source: key, Kind: graph.StatementEngagement, Key: string(engagementKey(group))},
		Slice:       slice.ID,
	}}
	for _, v := range group {
		row.Records = append(row.Records, v.record.Record)
		row.Mistakes = append(row.Mistakes, v.mistakes...)
	}
	if len(row.Mistakes) > 0 {
		return row, nil
	}
	st, err := graph.NewStatement(key, slice.ID, meeting(group, string(slice.ID)), group[0].record.Locator())
	row.Statement = st
	return row, err
}
