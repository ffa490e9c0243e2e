package dossier

import (
	"context"
	"fmt"
	"io/fs"
	"iter"
	"path"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

// A Source reads dossiers. It is safe for concurrent use.
type Source struct {
	registry func() (*states, error)
}

var _ ingest.Source = (*Source)(nil)

// New makes the source. The registry says which states there are; the source asks it once, when it first reads.
func New(registry Registry) *Source { return &Source{registry.once()} }

// Info tells what the source is. Each dossier is besides a source of its own, by the id in its header.
func (s *Source) Info() graph.Source {
	return graph.Source{
		Key:     "dossier",
		Kind:    graph.SourceDossier,
		Title:   "Dossiers: hand-written YAML files, every entry with its citations",
		Version: "1",
	}
}

// Slices gives one slice per dossier: its id, in the order of the files. A file that is no dossier
// is a mistake, and so are two files with one id. Folders may hold README and schema files beside dossiers.
func (s *Source) Slices(ctx context.Context, files fs.FS) ([]graph.Slice, error) {
	found, mistakes, err := find(ctx, files)
	if err != nil {
		return nil, err
	}
	if len(mistakes) > 0 {
		mistakes.Sort()
		return nil, mistakes
	}
	slices := make([]graph.Slice, len(found))
	for i, f := range found {
		slices[i] = graph.Slice{Source: graph.SourceKey(f.id), ID: graph.SliceID(f.id)}
	}
	return slices, nil
}

// Rows reads one dossier, by its id. Any mistake in it is fatal: all of them come as one ingest.Mistakes.
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
	found, mistakes, err := find(ctx, files)
	if err != nil {
		return nil, err
	}
	if len(mistakes) > 0 {
		mistakes.Sort()
		return nil, mistakes
	}
	for _, f := range found {
		if f.id == string(slice.ID) {
			return s.read(f)
		}
	}
	return nil, fmt.Errorf("no file holds the dossier %q: %w", slice.ID, graph.ErrNotFound)
}

func (s *Source) read(f foundFile) ([]graph.Statement, error) {
	states, err := s.registry()
	if err != nil {
		return nil, err
	}
	root, mistakes := read(f.name, f.src, states)
	if len(mistakes) > 0 {
		return nil, mistakes
	}
	all := say(root, states)
	statements := make([]graph.Statement, len(all))
	for i, what := range all {
		locator := fmt.Sprintf("%s:%d", f.name, what.at.line)
		if statements[i], err = graph.NewStatement(graph.SourceKey(f.id), graph.SliceID(f.id), what.noun, locator); err != nil {
			return nil, err
		}
	}
	return statements, nil
}

// Check reads a dossier's text and gives its mistakes, or none.
func (s *Source) Check(name string, src []byte) (ingest.Mistakes, error) {
	states, err := s.registry()
	if err != nil {
		return nil, err
	}
	_, mistakes := read(name, src, states)
	return mistakes, nil
}

type foundFile struct {
	name, id string
	src      []byte
}

// find reads the headers of all dossiers among the files.
func find(ctx context.Context, files fs.FS) ([]foundFile, ingest.Mistakes, error) {
	var found []foundFile
	var mistakes ingest.Mistakes
	byID := map[string]string{}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
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
		}
		switch ext := strings.ToLower(path.Ext(name)); {
		case ext == ".yaml" || ext == ".yml":
		case ext == ".md" || ext == ".json" || ext == ".txt" || strings.HasPrefix(path.Base(name), "."):
			if name != "." && !strings.Contains(name, "/") && onlyFile(files, name) {
				break // given by itself: then it is meant, and is no dossier
			}
			return nil
		default:
			mistakes = append(mistakes, ingest.Mistake{File: name, Rule: "this is not a dossier", Suggestion: "a dossier is a .yaml file"})
			return nil
		}
		src, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		id, bad := headerID(name, src)
		if len(bad) > 0 {
			mistakes = append(mistakes, bad...)
			return nil
		}
		if first, twice := byID[id.text]; twice {
			mistakes = append(mistakes, ingest.Mistake{File: name, Line: id.line, Column: id.col, Value: id.text, Rule: "two files hold a dossier of this name; the other is " + first, Suggestion: "give one of them, or each its own id"})
			return nil
		}
		byID[id.text] = name
		found = append(found, foundFile{name, id.text, src})
		return nil
	})
	if err != nil {
		return nil, nil, fmt.Errorf("looking for dossiers: %w", err)
	}
	if len(found) == 0 && len(mistakes) == 0 {
		mistakes = ingest.Mistakes{{File: ".", Rule: "there is no dossier here", Suggestion: "a dossier is a .yaml file"}}
	}
	return found, mistakes, nil
}

// onlyFile tells whether the file system holds nothing but this file.
func onlyFile(files fs.FS, name string) bool {
	entries, err := fs.ReadDir(files, ".")
	return err == nil && len(entries) == 1 && entries[0].Name() == name
}

// headerID reads as much as it takes to know a dossier's id.
func headerID(name string, src []byte) (*node, ingest.Mistakes) {
	root, mistakes := parse(name, src)
	if root == nil {
		return nil, mistakes
	}
	header := root.get("dossier")
	if id := header.get("id"); id != nil && id.is == scalarNode && id.text != "" {
		return id, nil
	}
	at := ingest.Mistake{File: name, Line: root.line, Column: root.col}
	if header == nil {
		at.Rule, at.Suggestion = "this is not a dossier: it does not begin with \"dossier:\"", "entente ingest dossier --example prints one to begin with"
	} else {
		at.Line, at.Column = header.line, header.col
		at.Rule, at.Suggestion = "the dossier has no \"id\"", "write id: and a name in small letters"
	}
	return nil, ingest.Mistakes{at}
}
