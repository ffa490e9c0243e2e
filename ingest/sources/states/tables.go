package states

import (
	"context"
	"embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

//go:embed tables/*.csv
var embedded embed.FS

// Files are the tables that come with the program.
var Files = mustSub(embedded, "tables")

func mustSub(files fs.FS, dir string) fs.FS {
	sub, err := fs.Sub(files, dir)
	if err != nil {
		panic(err) // the name is a constant, and valid
	}
	return sub
}

// columns lists the tables of the registry, with the columns each must have, in this order.
var columns = map[string][]string{
	"actors.csv":           {"key", "name", "region", "note"},
	"existence.csv":        {"actor", "from", "to", "basis", "note"},
	"iso.csv":              {"alpha3", "alpha2", "numeric"},
	"iso-withdrawn.csv":    {"entry", "alpha2", "alpha3", "numeric", "name", "standard_from", "standard_to", "actor", "from", "to", "reason"},
	"cow.csv":              {"number", "abbreviation", "from", "to", "actor", "basis"},
	"gw.csv":               {"number", "abbreviation", "from", "to", "actor", "basis"},
	"names.csv":            {"actor", "lang", "text", "from", "to"},
	"cldr-corrections.csv": {"actor", "lang", "text", "from"},
	"succession.csv":       {"successor", "predecessor", "date", "note"},
	"parts.csv":            {"part", "whole", "from", "to", "note"},
}

// tableNames are the names of all tables, sorted.
func tableNames() []string {
	names := make([]string, 0, len(columns))
	for name := range columns {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// A row is one line of a table; it remembers where its fields stand.
type row struct {
	file    string
	line    int
	columns []int
	fields  []string
	names   []string
}

// get gives the field of a column that columns lists for the table.
func (r row) get(column string) string { return r.fields[slices.Index(r.names, column)] }

// mistake says what is wrong with the field of a column.
func (r row) mistake(column, rule, suggestion string) ingest.Mistake {
	i := slices.Index(r.names, column)
	return ingest.Mistake{File: r.file, Line: r.line, Column: r.columns[i], Value: r.fields[i], Rule: rule, Suggestion: suggestion}
}

// locator says where the row stands.
func (r row) locator() string { return fmt.Sprintf("%s:%d", r.file, r.line) }

// tables holds the rows of every table by its name.
type tables map[string][]row

// find gives the folder that holds the tables. Files beside them that it does not know are mistakes,
// and so are tables that are missing.
func find(files fs.FS) (string, error) {
	folders := map[string][]string{}
	var mistakes ingest.Mistakes
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if _, known := columns[path.Base(name)]; !known {
			near := graph.Nearest(path.Base(name), tableNames(), 1)
			suggestion := "give the tables alone: " + strings.Join(tableNames(), ", ")
			if len(near) > 0 {
				suggestion = "did you mean " + near[0] + "?"
			}
			mistakes = append(mistakes, ingest.Mistake{File: name, Rule: "is not a table of the registry", Suggestion: suggestion})
			return nil
		}
		folders[path.Dir(name)] = append(folders[path.Dir(name)], path.Base(name))
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("looking for the tables of the registry: %w", err)
	}
	if len(mistakes) > 0 {
		mistakes.Sort()
		return "", mistakes
	}
	if len(folders) != 1 {
		return "", fmt.Errorf("the tables of the registry must stand in one folder, and stand in %d: %w", len(folders), graph.ErrInvalid)
	}
	for dir, found := range folders {
		for _, name := range tableNames() {
			if !slices.Contains(found, name) {
				mistakes = append(mistakes, ingest.Mistake{File: path.Join(dir, name), Rule: "is missing: the registry needs all its tables"})
			}
		}
		if len(mistakes) == 0 {
			return dir, nil
		}
	}
	return "", mistakes
}

// read reads all tables. What is wrong with their form is a fatal mistake.
func read(files fs.FS) (tables, error) {
	dir, err := find(files)
	if err != nil {
		return nil, err
	}
	all := tables{}
	var mistakes ingest.Mistakes
	for _, name := range tableNames() {
		rows, err := readTable(files, path.Join(dir, name), columns[name])
		var wrong ingest.Mistakes
		switch {
		case errors.As(err, &wrong):
			mistakes = append(mistakes, wrong...)
		case err != nil:
			return nil, err
		}
		all[name] = rows
	}
	if len(mistakes) > 0 {
		mistakes.Sort()
		return nil, mistakes
	}
	return all, nil
}

// checkForm tells what is wrong with a table before any of it is understood: all of it, for it is written by hand. A
// registry without actors is refused as well, since loading it would take away every state.
func checkForm(files fs.FS, name string, names []string) error {
	var mistakes ingest.Mistakes
	rows := 0
	for r, err := range table.Read(context.Background(), files, name, table.Format{Columns: names, Layout: "the registry's " + path.Base(name)}) {
		if err != nil {
			return err
		}
		if rows++; r.Bad() != nil {
			mistakes = append(mistakes, *r.Bad())
		}
	}
	if rows == 0 && path.Base(name) == "actors.csv" {
		mistakes = append(mistakes, ingest.Mistake{File: name, Rule: "the table has no rows: to load it would take away every state", Suggestion: "entente ingest states, without files, loads what comes with the program"})
	}
	if len(mistakes) > 0 {
		return mistakes
	}
	return nil
}

func readTable(files fs.FS, name string, names []string) (rows []row, err error) {
	if err := checkForm(files, name, names); err != nil {
		return nil, err
	}
	f, err := files.Open(name)
	if err != nil {
		return nil, fmt.Errorf("opening a table of the registry: %w", err)
	}
	defer func() {
		if cerr := f.Close(); err == nil && cerr != nil {
			err = fmt.Errorf("closing %s: %w", name, cerr)
		}
	}()
	r := csv.NewReader(f)
	r.FieldsPerRecord = len(names)
	for first := true; ; first = false {
		fields, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", name, err)
		}
		line, _ := r.FieldPos(0)
		if first {
			continue
		}
		positions := make([]int, len(fields))
		for i := range fields {
			_, positions[i] = r.FieldPos(i)
		}
		rows = append(rows, row{file: name, line: line, columns: positions, fields: fields, names: names})
	}
	return rows, nil
}
