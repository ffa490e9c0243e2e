// Package cowstates reads the State System Membership list of the Correlates of War Project, versions 2016 and 2024: who was
// a member of the interstate system, and a major power, from when to when.
//
// source.go says what the source is and yields its rows; layout.go knows the files and what stands in them; what lists of states
// have in common is in ingest/statelist. README.md tells the rest.
package cowstates

import (
	"context"
	"fmt"
	"io/fs"
	"iter"
	"sync"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/statelist"
	"github.com/entente-graph/entente/ingest/table"
)

// Key is the dataset's key as a source.
const Key graph.SourceKey = "cow-states"

// The slices. The list of major powers is not published with every version: where it is not given, what was loaded of it stays.
var (
	system = graph.Slice{Source: Key, ID: "cow-states/system"}
	majors = graph.Slice{Source: Key, ID: "cow-states/majors"}
)

// The lists as organisations.
var (
	members = statelist.List{
		Source: Key, Slice: system.ID, Number: "cow", Letter: "cowc", Prefix: string(Key) + ":system-",
		Of: graph.ActorFacts{
			Key: "org:cow-state-system", Kind: graph.KindOrganization,
			Names: []graph.Name{{Text: "State system (Correlates of War)", Lang: "en"}},
			Note:  "A list of scholars, and no body that acts: its members are the states that they count, while they count them.",
		},
	}
	powers = statelist.List{
		Source: Key, Slice: majors.ID, Number: "cow", Letter: "cowc", Prefix: string(Key) + ":major-",
		Of: graph.ActorFacts{
			Key: "org:cow-major-powers", Kind: graph.KindOrganization,
			Names: []graph.Name{{Text: "Major powers (Correlates of War)", Lang: "en"}},
			Note:  "A list of scholars, and no body that acts: its members are the states that they count as major powers, while they do.",
		},
	}
)

// Source reads the list. It is safe for concurrent use.
type Source struct {
	registry ingest.Registry
	roster   func() (*ingest.Roster, error)
	actors   func() ([]graph.ActorFacts, error)
}

var _ ingest.Framer = (*Source)(nil)

// New makes the source. The registry says who held which number when; the source asks it once.
func New(registry ingest.Registry) *Source {
	return &Source{registry, registry.Once(), sync.OnceValues(registry)}
}

// Info tells what the source is and what its newest version covers.
func (s *Source) Info() graph.Source { return s.info(newest) }

// info is what a version covers. Of the major powers not all is claimed: whether their list was loaded is not for the list of
// members to say.
func (s *Source) info(version string) graph.Source {
	info := graph.Source{
		Key:       Key,
		Kind:      graph.SourceDataset,
		Title:     "State System Membership List",
		Version:   version,
		Publisher: "Correlates of War Project",
		License:   "Free to use with citation of the version; not to be redistributed",
		URL:       "https://correlatesofwar.org/data-sets/state-system-membership",
		Language:  "en",
		BibTeX:    fmt.Sprintf(bibTeX, version, version, version),
	}
	registry, err := s.actors()
	if err != nil {
		return info // whoever reads rows will say so
	}
	window := graph.Coverage{
		Kinds: []graph.StatementKind{graph.StatementMembership},
		From:  graph.MustDate("1816-01-01"), To: graph.MustDate(version + "-12-31"),
	}
	ofMembers, ofPowers := window, window
	ofMembers.Actors, ofMembers.Complete, ofMembers.Note = members.Members(registry), true, "Who was a member of the state system, and so who was not"
	ofPowers.Actors, ofPowers.Note = powers.Members(registry), "Who was a major power, where that list was loaded: to the last day of its own version"
	info.Coverage = []graph.Coverage{ofMembers, ofPowers}
	return info
}

const bibTeX = `@misc{cow_states_%s,
  author = {{Correlates of War Project}},
  title = {State System Membership List, v%s},
  year = {%s},
  url = {https://correlatesofwar.org}
}
`

// Slices names what a load of these files would replace: the system, and if its list is there the major powers.
func (s *Source) Slices(ctx context.Context, files fs.FS) ([]graph.Slice, error) {
	have, err := find(ctx, files)
	if err != nil {
		return nil, err
	}
	if have.majors == "" {
		return []graph.Slice{system}, nil
	}
	return []graph.Slice{system, majors}, nil
}

// Frames gives the headers, which must stand before rows that are read alone.
func (s *Source) Frames(ctx context.Context, files fs.FS) ([]ingest.Record, error) {
	have, err := find(ctx, files)
	if err != nil {
		return nil, err
	}
	return finder.Frames(files, have.all)
}

// Rows yields, for the system, the source's own record, the list and a membership for each row; for the major powers the list
// and a membership for each row.
func (s *Source) Rows(ctx context.Context, files fs.FS, of graph.Slice) iter.Seq2[ingest.Row, error] {
	return func(yield func(ingest.Row, error) bool) {
		if err := s.rows(ctx, files, of, yield); err != nil {
			yield(ingest.Row{}, err)
		}
	}
}

func (s *Source) rows(ctx context.Context, files fs.FS, of graph.Slice, yield func(ingest.Row, error) bool) error {
	have, err := find(ctx, files)
	if err != nil {
		return err
	}
	roster, err := s.roster()
	if err != nil {
		return err
	}
	list, name, format := &members, have.states, statesFormat
	switch {
	case of == system:
		info := s.info(have.version)
		own, err := graph.NewStatement(Key, system.ID, &info, "")
		if err != nil || !yield(ingest.Row{Statement: own}, nil) {
			return err
		}
	case of == majors && have.majors != "":
		list, name, format = &powers, have.majors, majorsFormat
	default:
		return fmt.Errorf("there is no slice %s of %s here: %w", of.ID, of.Source, graph.ErrNotFound)
	}
	own, err := list.Statement()
	if err != nil || !yield(ingest.Row{Statement: own}, nil) {
		return err
	}
	if of == system {
		if more, err := leaveOut(ctx, files, have, yield); err != nil || !more {
			return err
		}
	}
	for row, err := range table.Read(ctx, files, name, format) {
		if err != nil {
			return err
		}
		spell, bad := understand(row)
		made, err := list.Rows(roster, spell, bad)
		if err != nil {
			return err
		}
		for _, m := range made {
			if !yield(m, nil) {
				return nil
			}
		}
	}
	return nil
}

// leaveOut reads over what stands beside the lists. It is false where no more rows are wanted.
func leaveOut(ctx context.Context, files fs.FS, have found, yield func(ingest.Row, error) bool) (more bool, err error) {
	for _, p := range besides {
		if have.all[p.Name] == "" {
			continue
		}
		for row, err := range table.Read(ctx, files, have.all[p.Name], p.Format) {
			if err != nil {
				return false, err
			}
			if !yield(ingest.Row{LeftOut: true, Records: []ingest.Record{row.Record()}}, nil) {
				return false, nil
			}
		}
	}
	return true, nil
}
