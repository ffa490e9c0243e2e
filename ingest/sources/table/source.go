package usertable

import (
	"context"
	_ "embed" // the example
	"fmt"
	"io/fs"
	"iter"
	"slices"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// A Source reads tables by their mappings. It is safe for concurrent use.
type Source struct {
	registry func() (*registry, error)
	taken    func(key string) bool
}

var (
	_ ingest.Framer   = (*Source)(nil)
	_ ingest.Exampler = (*Source)(nil)
)

// New makes the source. The registry says who held which code when; the source asks it once. taken tells which names
// are those of other sources: a table that is called so would replace what they loaded.
func New(registry ingest.Registry, taken func(key string) bool) *Source {
	return &Source{registry: theRegistry(registry), taken: taken}
}

// Info tells what the source is. Each table is besides a source of its own, by the key in its mapping.
func (*Source) Info() graph.Source {
	return graph.Source{
		Key:     "table",
		Kind:    graph.SourceDataset,
		Title:   "Tables of your own (CSV, TSV, XLSX, Parquet), each with a mapping that says what its columns mean",
		Version: "1",
	}
}

//go:embed example.yaml
var example []byte

// Example gives a mapping to begin with.
func (*Source) Example() (name string, text []byte) { return "mapping.yaml", slices.Clone(example) }

// Slices gives the one slice of a table: its key.
func (s *Source) Slices(ctx context.Context, files fs.FS) ([]graph.Slice, error) {
	l, err := s.open(ctx, files)
	if err != nil {
		return nil, err
	}
	return []graph.Slice{l.slice()}, nil
}

func (m *mapping) slice() graph.Slice {
	return graph.Slice{Source: m.source.Key, ID: graph.SliceID(m.source.Key)}
}

// Frames gives the mapping, whole, and the headers of the tables.
func (s *Source) Frames(ctx context.Context, files fs.FS) ([]ingest.Record, error) {
	l, err := s.open(ctx, files)
	if err != nil {
		return nil, err
	}
	frames := []ingest.Record{{File: l.file, Line: 1, To: l.size, Frame: true}}
	for _, t := range l.tables {
		frame, err := table.Frame(files, t.name, t.format)
		if err != nil {
			return nil, err
		}
		frames = append(frames, frame)
	}
	return frames, nil
}

// Rows yields the table's own record, the actors and works of the mapping, then what the rows become, in their order, or
// where rows make groups in the order of their keys.
func (s *Source) Rows(ctx context.Context, files fs.FS, of graph.Slice) iter.Seq2[ingest.Row, error] {
	return func(yield func(ingest.Row, error) bool) {
		if err := s.rows(ctx, files, of, yield); err != nil {
			yield(ingest.Row{}, err)
		}
	}
}

func (s *Source) rows(ctx context.Context, files fs.FS, of graph.Slice, yield func(ingest.Row, error) bool) error {
	l, err := s.open(ctx, files)
	if err != nil {
		return err
	}
	if of != l.slice() {
		return fmt.Errorf("there is no slice %s of %s here: %w", of.ID, of.Source, graph.ErrNotFound)
	}
	states, err := s.registry()
	if err != nil {
		return err
	}
	own, err := l.own()
	if err != nil {
		return err
	}
	for _, st := range own {
		if !yield(ingest.Row{Statement: st}, nil) {
			return nil
		}
	}
	things := s.alone
	if l.group {
		things = s.grouped
	}
	for row, err := range things(ctx, files, l, states) {
		if err != nil {
			return err
		}
		if !yield(row, nil) {
			return nil
		}
	}
	return nil
}

// own gives what the mapping says itself.
func (m *mapping) own() ([]graph.Statement, error) {
	nouns := []any{&m.source}
	for i := range m.actors {
		nouns = append(nouns, &m.actors[i])
	}
	for i := range m.works {
		nouns = append(nouns, &m.works[i])
	}
	var out []graph.Statement
	for _, n := range nouns {
		st, err := graph.NewStatement(m.source.Key, m.slice().ID, n, m.file)
		if err != nil {
			return nil, err
		}
		out = append(out, st)
	}
	return out, nil
}

// each yields the rows that the mapping reads, with the key of each, or what is wrong with it.
func (l *load) each(ctx context.Context, files fs.FS, states *registry) iter.Seq2[keyed, error] {
	return func(yield func(keyed, error) bool) {
		for n, t := range l.tables {
			ended := false
			for row, err := range table.Read(ctx, files, t.name, t.format) {
				if err != nil {
					yield(keyed{}, err)
					return
				}
				k := keyed{row: row, table: n}
				r := &reading{mapping: l.mapping, states: states, row: row}
				bad := row.Bad()
				ended = ended || bad == nil && len(l.until) > 0 && r.matches(l.until)
				switch {
				case ended:
					k.leftOut = true
				case bad != nil:
					k.bad = ingest.Mistakes{*bad}
				case !r.wanted():
					k.leftOut = true
				default:
					k.own, k.bad = r.own(), r.bad
				}
				if !yield(k, nil) {
					return
				}
			}
		}
	}
}

// keyed is a row with the key of its thing.
type keyed struct {
	row   table.Row
	table int
	own   string
	bad   ingest.Mistakes

	leftOut bool
}

// lone is what comes of a row without a key, which no other can be put to: it is left out, or there is something wrong with it.
func (k keyed) lone(m *mapping) ingest.Row {
	if k.leftOut {
		return ingest.Row{LeftOut: true, Records: []ingest.Record{k.row.Record()}}
	}
	return ingest.Row{
		Statement: graph.Statement{StatementID: graph.StatementID{Source: m.source.Key, Kind: graph.StatementEngagement}, Slice: m.slice().ID},
		Mistakes:  k.bad, Records: []ingest.Record{k.row.Record()},
	}
}

// alone yields a thing for every row.
func (s *Source) alone(ctx context.Context, files fs.FS, l *load, states *registry) iter.Seq2[ingest.Row, error] {
	return func(yield func(ingest.Row, error) bool) {
		for k, err := range l.each(ctx, files, states) {
			var rows []ingest.Row
			switch {
			case err != nil:
			case len(k.bad) > 0 || k.leftOut:
				rows = []ingest.Row{k.lone(l.mapping)}
			default:
				rows, err = s.thing(l, states, k.own, []table.Row{k.row})
			}
			if !yieldAll(rows, err, yield) {
				return
			}
		}
	}
}

// yieldAll yields rows, or an error; false where no more are wanted.
func yieldAll(rows []ingest.Row, err error, yield func(ingest.Row, error) bool) bool {
	if err != nil {
		yield(ingest.Row{}, err)
		return false
	}
	for _, row := range rows {
		if !yield(row, nil) {
			return false
		}
	}
	return true
}

// grouped yields a thing for all rows of one key, wherever they stand.
func (s *Source) grouped(ctx context.Context, files fs.FS, l *load, states *registry) iter.Seq2[ingest.Row, error] {
	return func(yield func(ingest.Row, error) bool) {
		groups := ingest.NewGroups()
		defer groups.Close()
		for k, err := range l.each(ctx, files, states) {
			if err == nil && len(k.bad) == 0 && !k.leftOut {
				err = groups.Add(k.own, append([]byte{byte(k.table >> 8), byte(k.table)}, k.row.Pack()...))
				if err == nil {
					continue
				}
			}
			row := ingest.Row{}
			if err == nil {
				row = k.lone(l.mapping)
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
		for g, err := range groups.All(ctx) {
			var made []ingest.Row
			if err == nil {
				rows := make([]table.Row, len(g.Parts))
				for i, p := range g.Parts {
					t := l.tables[int(p[0])<<8|int(p[1])]
					rows[i] = table.Unpack(t.name, t.format, p[2:])
				}
				made, err = s.thing(l, states, g.Key, rows)
			}
			if !yieldAll(made, err, yield) {
				return
			}
		}
	}
}
