package usertable

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// A load is the mapping of one load, and the tables that it is of.
type load struct {
	*mapping
	tables []laidOut
	met    map[graph.ActorKey]bool // the persons that were told of
}

// laidOut is one file, and how it is to be read.
type laidOut struct {
	name   string
	format table.Format
}

// open finds the mapping and the tables among the files of a load, and checks the one against the others.
func (s *Source) open(ctx context.Context, files fs.FS) (*load, error) {
	var mappings, tables []string
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case d.IsDir() || beside(name):
			return nil
		}
		switch strings.ToLower(path.Ext(name)) {
		case ".yaml", ".yml":
			mappings = append(mappings, name)
		default:
			tables = append(tables, name)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("looking for a mapping and its table: %w", err)
	}
	switch {
	case len(mappings) == 0:
		file := "."
		if len(tables) > 0 {
			file = tables[0]
		}
		return nil, ingest.Mistakes{{File: file, Rule: "there is no mapping beside the table", Suggestion: "a mapping is a .yaml file that says what the columns mean: entente ingest table --example > mapping.yaml; then entente ingest table mapping.yaml " + path.Base(file)}}
	case len(mappings) > 1:
		return nil, ingest.Mistakes{{File: mappings[1], Rule: "there are two mappings here; the other is " + mappings[0], Suggestion: "one load is one table with its mapping"}}
	}
	src, err := fs.ReadFile(files, mappings[0])
	if err != nil {
		return nil, err
	}
	m, err := s.compile(mappings[0], src)
	if err != nil {
		return nil, err
	}
	return m.of(files, tables)
}

// of lays out the tables of a mapping.
func (m *mapping) of(files fs.FS, tables []string) (*load, error) {
	l := &load{mapping: m, met: map[graph.ActorKey]bool{}}
	if m.layout.sheet != "" {
		all := tables
		tables = slices.DeleteFunc(slices.Clone(tables), func(name string) bool { return path.Base(name) != m.layout.sheet })
		if len(tables) == 0 && len(all) > 0 {
			return nil, ingest.Mistakes{{File: all[0], Value: m.layout.sheet, Rule: "there is no such sheet", Suggestion: "there are " + strings.Join(bases(all), ", ")}}
		}
	}
	if len(tables) == 0 {
		return nil, ingest.Mistakes{{File: m.file, Rule: "there is no table beside the mapping", Suggestion: "entente ingest table " + path.Base(m.file) + " data.csv"}}
	}
	var bad ingest.Mistakes
	for _, name := range tables {
		f, err := m.format(files, name)
		var wrong ingest.Mistakes
		switch {
		case errors.As(err, &wrong):
			bad = append(bad, wrong...)
		case err != nil:
			return nil, err
		default:
			l.tables = append(l.tables, laidOut{name, f})
		}
	}
	if len(bad) > 0 {
		bad.Sort()
		return nil, bad
	}
	return l, nil
}

// format tells how a table is laid out: by the mapping, and where that does not say it, by its header.
func (m *mapping) format(files fs.FS, name string) (table.Format, error) {
	f := table.Format{Comma: m.layout.comma, Charset: m.layout.charset, Header: m.layout.header}
	commas := []rune{f.Comma}
	if f.Comma == 0 {
		commas = []rune{',', ';', '\t', '|'}
	}
	var first error
	for _, comma := range commas {
		try := f
		try.Comma = comma
		header, err := table.Header(files, name, try)
		if err != nil {
			if first == nil {
				first = err
			}
			continue
		}
		if len(header) > len(f.Columns) {
			f.Comma, f.Columns = comma, header
		}
	}
	if f.Columns == nil {
		return f, first
	}
	if bad := m.columns(name, f.Columns); len(bad) > 0 {
		return f, bad
	}
	return f, nil
}

func bases(names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = path.Base(n)
	}
	return out
}

// beside tells of files that may lie in the folder of a table without being one.
func beside(name string) bool {
	base := strings.ToUpper(path.Base(name))
	return strings.HasPrefix(base, "README") || strings.HasPrefix(base, "LICENSE") || strings.HasSuffix(base, ".SCHEMA.JSON") || strings.HasPrefix(base, ".")
}
