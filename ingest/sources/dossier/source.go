package dossier

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"iter"
	"path"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/form"
)

// A Source reads dossiers. It is safe for concurrent use.
type Source struct {
	registry func() (*states, error)
	taken    func(id string) bool
}

var _ ingest.Source = (*Source)(nil)

// New makes the source. The registry says which states there are; the source asks it once, when it first reads. taken tells
// which ids are those of something else: a dossier of a dataset's name would replace the dataset's slices.
func New(registry ingest.Registry, taken func(id string) bool) *Source {
	return &Source{theStates(registry), taken}
}

// Info tells what the source is. Each dossier is besides a source of its own, by the id in its header.
func (s *Source) Info() graph.Source {
	return graph.Source{
		Key:     "dossier",
		Kind:    graph.SourceDossier,
		Title:   "Dossiers: hand-written YAML files, every entry with its citations",
		Version: "1",
	}
}

// Slices gives one slice per dossier: its id, in the order of the files. All files are checked wholly: the
// mistakes of all come together. A file that is no dossier is a mistake, and so are two files with one id.
func (s *Source) Slices(ctx context.Context, files fs.FS) ([]graph.Slice, error) {
	found, err := s.find(ctx, files, "")
	if err != nil {
		return nil, err
	}
	slices := make([]graph.Slice, len(found))
	for i, f := range found {
		slices[i] = graph.Slice{Source: graph.SourceKey(f.id), ID: graph.SliceID(f.id)}
	}
	return slices, nil
}

// Rows reads one dossier, by its id. Any mistake is fatal: all of them come as one ingest.Mistakes.
func (s *Source) Rows(ctx context.Context, files fs.FS, slice graph.Slice) iter.Seq2[ingest.Row, error] {
	return func(yield func(ingest.Row, error) bool) {
		statements, err := s.statements(ctx, files, slice)
		if err != nil {
			yield(ingest.Row{}, err)
			return
		}
		for _, st := range statements {
			if !yield(ingest.Row{Statement: st}, nil) {
				return
			}
		}
	}
}

func (s *Source) statements(ctx context.Context, files fs.FS, slice graph.Slice) ([]graph.Statement, error) {
	found, err := s.find(ctx, files, slice.ID)
	if err != nil {
		return nil, err
	}
	for _, f := range found {
		if f.id != string(slice.ID) {
			continue
		}
		var statements []graph.Statement
		for _, what := range say(f.root) {
			st, err := graph.NewStatement(graph.SourceKey(f.id), graph.SliceID(f.id), what.noun, fmt.Sprintf("%s:%d", f.name, what.at.Line))
			if err != nil {
				return nil, err
			}
			statements = append(statements, st)
		}
		return statements, nil
	}
	return nil, fmt.Errorf("no file holds the dossier %q: %w", slice.ID, graph.ErrNotFound)
}

// Check reads a dossier's text and gives its mistakes, or none.
func (s *Source) Check(name string, src []byte) (ingest.Mistakes, error) {
	states, err := s.registry()
	if err != nil {
		return nil, err
	}
	root, bad := parse(name, src)
	return s.check(name, root, bad, states), nil
}

// A dossierFile is a dossier that was found, read and checked.
type dossierFile struct {
	name, id string
	root     *form.Node
}

// find reads and checks all dossiers among the files; or, of a slice, those alone that may be it.
func (s *Source) find(ctx context.Context, files fs.FS, slice graph.SliceID) ([]dossierFile, error) {
	states, err := s.registry()
	if err != nil {
		return nil, err
	}
	var found []dossierFile
	var mistakes ingest.Mistakes
	byID := map[string]string{}
	err = fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case d.IsDir():
			if name != "." && strings.HasPrefix(path.Base(name), ".") {
				return fs.SkipDir
			}
			return nil
		case beside(name):
			return nil
		}
		if ext := strings.ToLower(path.Ext(name)); ext != ".yaml" && ext != ".yml" {
			mistakes = append(mistakes, ingest.Mistake{File: name, Rule: "this is not a dossier", Suggestion: "a dossier is a .yaml file"})
			return nil
		}
		src, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		if !bytes.Contains(src, []byte(slice)) {
			return nil
		}
		root, bad := parse(name, src)
		mistakes = append(mistakes, s.check(name, root, bad, states)...)
		id := root.Get("dossier").Get("id")
		if id == nil || id.Text == "" {
			return nil // a mistake, by now
		}
		if first, twice := byID[id.Text]; twice {
			mistakes = append(mistakes, ingest.Mistake{
				File: name, Line: id.Line, Column: id.Col, Value: id.Text,
				Rule: "two files hold a dossier of this name; the other is " + first, Suggestion: "give one of them, or each its own id",
			})
			return nil
		}
		byID[id.Text] = name
		found = append(found, dossierFile{name, id.Text, root})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("looking for dossiers: %w", err)
	}
	if len(found) == 0 && len(mistakes) == 0 && slice == "" {
		mistakes = ingest.Mistakes{{File: ".", Rule: "there is no dossier here", Suggestion: "a dossier is a .yaml file"}}
	}
	if len(mistakes) > 0 {
		mistakes.Sort()
		return nil, mistakes
	}
	return found, nil
}

// beside tells whether a file may lie in a dossier's folder without being one.
func beside(name string) bool {
	base := strings.ToUpper(path.Base(name))
	return strings.HasPrefix(base, "README") || strings.HasPrefix(base, "LICENSE") ||
		strings.HasSuffix(base, ".SCHEMA.JSON") || strings.HasPrefix(base, ".")
}
