package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/sources"
)

// ingesting is one call of entente ingest.
type ingesting struct {
	app     *app
	dryRun  bool
	json    bool
	example bool
	older   bool
	note    string
}

func (a *app) ingestCommand() *cobra.Command {
	g := &ingesting{app: a}
	c := &cobra.Command{
		Use:   "ingest SOURCE [PATH...]",
		Short: "load files of a source: what they add, change and no longer say",
		Long: "Loads files, folders and zips, together as one load. A load replaces what its files hold: what stands in\n" +
			"the store and no longer in them is retracted, and stays to be asked with --load. It becomes visible whole or,\n" +
			"whatever goes wrong, not at all. Loading the same again writes nothing.\n\n" +
			"entente sources lists the sources; one that comes with the program needs no PATH.",
		Example: "  entente ingest states\n" +
			"  entente ingest dossier --example > mine.yaml\n" +
			"  entente ingest dossier mine.yaml --dry-run\n" +
			"  entente ingest dossier mine.yaml",
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveDefault
			}
			return sourceKeys(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(c *cobra.Command, args []string) error {
			src, err := g.source(c, args)
			if err != nil {
				return err
			}
			if g.example {
				return g.printExample(c, src, args[1:])
			}
			return g.failed(g.load(c, src, args[1:]))
		},
	}
	f := c.Flags()
	f.BoolVar(&g.dryRun, "dry-run", false, "print what would change, field by field, and write nothing")
	f.BoolVar(&g.example, "example", false, "print a small file of this source to begin with")
	f.BoolVar(&g.older, "older", false, "allow an older version of a source over a newer one")
	f.StringVar(&g.note, "note", "", "a note that is kept with the load")
	jsonFlag(c, &g.json)
	return c
}

func sourceKeys() []string {
	var keys []string
	for _, s := range sources.All() {
		keys = append(keys, string(s.Info().Key))
	}
	return keys
}

// source finds the source that the first argument names.
func (g *ingesting) source(c *cobra.Command, args []string) (ingest.Source, error) {
	known := sourceKeys()
	if len(args) == 0 {
		return nil, usage(c, "the source is missing: one of %s", strings.Join(known, ", "))
	}
	for _, s := range sources.All() {
		if string(s.Info().Key) == args[0] {
			return s, nil
		}
	}
	if near := graph.Nearest(args[0], known, 1); len(near) > 0 {
		return nil, usage(c, "%q is not a source; did you mean %s?", args[0], near[0])
	}
	return nil, usage(c, "%q is not a source: there are %s", args[0], strings.Join(known, ", "))
}

func (g *ingesting) printExample(c *cobra.Command, src ingest.Source, paths []string) error {
	e, ok := src.(ingest.Exampler)
	if !ok {
		return usage(c, "%s has no example: its files are published by %s", src.Info().Key, src.Info().Publisher)
	}
	if len(paths) > 0 {
		return usage(c, "--example prints a file and reads none; %q was given", paths[0])
	}
	_, text := e.Example()
	if _, err := g.app.stdout.Write(text); err != nil {
		return fmt.Errorf("printing the example: %w", err)
	}
	return nil
}

// load loads the files, or what comes with the program where none are given.
func (g *ingesting) load(c *cobra.Command, src ingest.Source, paths []string) (err error) {
	files, shown, done, err := g.files(c, src, paths)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	store, finish, err := g.store()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, finish()) }()
	progress := newProgress(g.app)
	report, err := ingest.Load(c.Context(), ingest.Options{
		Source: src, Files: files, Reader: store, Writer: store, DryRun: g.dryRun, Older: g.older,
		Program: programVersion(), Note: g.note, Progress: progress.show,
	})
	progress.clear()
	if err != nil {
		return showPaths(err, shown)
	}
	for _, q := range report.Quarantined {
		for i := range q.Mistakes {
			q.Mistakes[i].File = shown(q.Mistakes[i].File)
		}
	}
	if g.json {
		return g.app.printJSON(report)
	}
	if err := g.app.printReport(report); err != nil {
		return err
	}
	return g.app.noteMissingStates(c.Context(), store, report)
}

// noteMissingStates says what is missing where a store has no registry: codes such as JPN would name nobody.
func (a *app) noteMissingStates(ctx context.Context, r graph.Reader, report ingest.Report) error {
	if report.DryRun || report.Load == 0 {
		return nil
	}
	v, err := graph.At(ctx, r, graph.SnapshotQuery{})
	if err != nil {
		return err
	}
	held, err := v.Sources(ctx)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(held, func(s *graph.Source) bool { return s.Kind == graph.SourceRegistry }) {
		a.say("The store has no states yet, so that codes such as JPN name nobody; load them: entente ingest states")
	}
	return nil
}

// files opens what is loaded. shown gives the path as typed for a name in it.
func (g *ingesting) files(c *cobra.Command, src ingest.Source, paths []string) (files fs.FS, shown func(string) string, done func() error, err error) {
	if len(paths) == 0 {
		ships, ok := src.(ingest.Shipper)
		if !ok {
			return nil, nil, nil, usage(c, "the files of %s are missing: name files, folders or zips", src.Info().Key)
		}
		return ships.Shipped(), func(name string) string { return name }, func() error { return nil }, nil
	}
	opened, err := ingest.OpenPaths(ingest.DefaultLimits, paths...)
	if err != nil {
		return nil, nil, nil, err
	}
	return opened, opened.Shown, opened.Close, nil
}

// store opens the store to write; for a dry run only to read, and an empty one where there is none.
func (g *ingesting) store() (graph.Store, func() error, error) {
	if !g.dryRun {
		store, err := g.app.openToWrite()
		if err != nil {
			return nil, nil, err
		}
		return store, store.Close, nil
	}
	store, err := g.app.openToRead()
	var none *noStoreError
	if errors.As(err, &none) {
		return emptyStore()
	}
	if err != nil {
		return nil, nil, err
	}
	return store, store.Close, nil
}

// failed prints a failure in JSON where that is asked for.
func (g *ingesting) failed(err error) error {
	var bad *usageError
	if err == nil || !g.json || errors.As(err, &bad) {
		return err
	}
	var mistakes ingest.Mistakes
	errors.As(err, &mistakes)
	text := err.Error()
	if len(mistakes) > 0 {
		text = fmt.Sprintf("%d mistakes; nothing was loaded", len(mistakes))
	}
	printed := g.app.printJSON(struct {
		Error    string          `json:"error"`
		Mistakes ingest.Mistakes `json:"mistakes,omitempty"`
	}{text, mistakes})
	return errors.Join(reported{err}, printed)
}

// showPaths puts the paths as they were typed into mistakes.
func showPaths(err error, shown func(string) string) error {
	var mistakes ingest.Mistakes
	if errors.As(err, &mistakes) {
		for i := range mistakes {
			mistakes[i].File = shown(mistakes[i].File)
		}
	}
	return err
}
