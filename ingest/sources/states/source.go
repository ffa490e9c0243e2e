package states

import (
	"context"
	"io/fs"
	"iter"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

// Key is the registry's key as a source, and the name of its one slice.
const Key = "states"

// Version is the edition of the tables: the day on which they were last gone through.
const Version = "2026-11-23"

// Source reads the tables of the registry. Its zero value is ready, and safe for concurrent use.
type Source struct{}

var _ ingest.Shipper = Source{}

// The last days of the two lists.
const (
	cowLast = "2024-12-31"
	gwLast  = "2020-12-31"
)

// Info tells what the registry is and what it covers.
func (Source) Info() graph.Source {
	window := func(from, to, note string) graph.Coverage {
		c := graph.Coverage{Kinds: []graph.StatementKind{graph.StatementActor}, From: graph.MustDate(from), Complete: true, Note: note}
		if to != "" {
			c.To = graph.MustDate(to)
		}
		return c
	}
	return graph.Source{
		Key:       Key,
		Kind:      graph.SourceRegistry,
		Title:     "Entente registry of states: identity, codes, existence and names",
		Version:   Version,
		Publisher: "Entente",
		License:   "CC0-1.0",
		Language:  "en",
		BibTeX: "@misc{entente_states,\n" +
			"  title = {Entente registry of states: identity, codes, existence and names},\n" +
			"  author = {{Entente}},\n" +
			"  year = {" + Version[:4] + "},\n" +
			"  note = {Version " + Version + "; codes and dates from the Correlates of War state system membership v2024 and Gleditsch and Ward (1999)}\n" +
			"}\n",
		Coverage: []graph.Coverage{
			window("1816-01-01", cowLast, "members of the Correlates of War state system"),
			window("1816-01-01", gwLast, "members of the Gleditsch-Ward system"),
			window("1974", Version, "holders of ISO 3166-1 codes, withdrawn ones included"),
		},
	}
}

// Shipped gives the tables that come with the program.
func (Source) Shipped() fs.FS { return Files }

// Slices gives the registry's one slice: the tables refer to one another, so they are loaded together.
func (Source) Slices(ctx context.Context, files fs.FS) ([]graph.Slice, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if _, err := find(files); err != nil {
		return nil, err
	}
	return []graph.Slice{{Source: Key, ID: Key}}, nil
}

// Rows yields the registry's description, the works it cites, and every actor by key. A mistake in
// the tables is fatal, since they are written by hand: all of them come as one ingest.Mistakes.
func (s Source) Rows(ctx context.Context, files fs.FS, slice graph.Slice) iter.Seq2[ingest.Row, error] {
	return func(yield func(ingest.Row, error) bool) {
		r, err := build(files)
		if err != nil {
			yield(ingest.Row{}, err)
			return
		}
		emit := func(v any, locator string) bool {
			st, err := graph.NewStatement(Key, slice.ID, v, locator)
			if err == nil {
				err = ctx.Err()
			}
			return yield(ingest.Row{Statement: st}, err) && err == nil
		}
		info := s.Info()
		if !emit(&info, "") {
			return
		}
		for _, w := range Works() {
			if !emit(&w, "") {
				return
			}
		}
		for _, a := range r.actors {
			if !emit(&a.facts, a.row.locator()) {
				return
			}
		}
	}
}
