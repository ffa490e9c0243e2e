package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/sources"
)

// ingesting is one call of entente ingest.
type ingesting struct {
	app           *app
	dryRun        bool
	json          bool
	example       bool
	older         bool
	takeOver      bool
	note          string
	amend         string
	sample        int
	maxQuarantine string

	share *ingest.Share // maxQuarantine, read
}

func (a *app) ingestCommand() *cobra.Command {
	g := &ingesting{app: a}
	c := &cobra.Command{
		Use:   "ingest SOURCE [PATH...]",
		Short: "load files of a source: what they add, change and no longer say",
		Long: "Loads files, folders and zips, together as one load. A load replaces what its files hold: what stands in\n" +
			"the store and no longer in them is retracted, and stays to be asked with --load. It becomes visible whole or,\n" +
			"whatever goes wrong, not at all. Loading the same again writes nothing.\n\n" +
			"What is not understood of a dataset is kept in quarantine, whole, and the rest is loaded, unless there is too\n" +
			"much of it (--max-quarantine). entente quarantine shows it; mended as a table it is loaded with --amend.\n\n" +
			"Broken off (Ctrl-C), a load stays open: entente resume goes on with it, entente discard takes it back. The same\n" +
			"command again goes on with it as well, and any other load discards it first.\n\n" +
			"entente sources lists the sources; one that comes with the program needs no PATH.",
		Example: "  entente ingest states\n" +
			"  entente ingest dossier --example > mine.yaml\n" +
			"  entente ingest dossier mine.yaml --dry-run\n" +
			"  entente ingest dossier mine.yaml\n" +
			"  entente ingest table --example > mapping.yaml\n" +
			"  entente ingest table mapping.yaml data.csv --sample 20\n" +
			"  entente ingest cow-mid MIDA.csv MIDB.csv --max-quarantine 50\n" +
			"  entente quarantine --csv > mend.csv\n" +
			"  entente ingest cow-mid --amend mended.csv",
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveDefault
			}
			return sourceKeys(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(c *cobra.Command, args []string) error {
			src, err := g.source(c, args)
			if err == nil {
				err = g.check(c, args[1:])
			}
			switch {
			case err != nil:
				return err
			case g.example:
				return g.printExample(c, src, args[1:])
			case c.Flags().Changed("sample"):
				return a.failed(g.json, a.advise(g.showSample(c, src, args[1:])))
			case g.amend != "":
				return a.failed(g.json, a.advise(g.loadAmendment(c.Context(), src)))
			default:
				return a.failed(g.json, a.advise(g.load(c, src, args[1:])))
			}
		},
	}
	f := c.Flags()
	f.BoolVar(&g.dryRun, "dry-run", false, "print what would change, field by field, and write nothing")
	f.IntVar(&g.sample, "sample", 0, "print what the first `things` in the files would become, and load nothing: --sample 20")
	f.BoolVar(&g.example, "example", false, "print a small file of this source to begin with")
	f.BoolVar(&g.older, "older", false, "allow an older version of a source over a newer one")
	f.StringVar(&g.note, "note", "", "a note that is kept with the load")
	f.StringVar(&g.maxQuarantine, "max-quarantine", "", "how `much` may be in quarantine before nothing is loaded: a number of things (20) or a part (1%)\n(default: 20 things or 1%, whichever is more)")
	f.StringVar(&g.amend, "amend", "", "load what was mended of a quarantine: the `table` that entente quarantine --csv prints; - is standard input")
	takeOverFlag(c, &g.takeOver)
	jsonFlag(c, &g.json)
	return c
}

// takeOverFlag adds --take-over, by which an open load is taken from whoever has it.
func takeOverFlag(c *cobra.Command, to *bool) {
	c.Flags().BoolVar(to, "take-over", false, "take an open load from whoever writes it, before its lease has run out")
}

// check refuses flags and paths that do not go together.
func (g *ingesting) check(c *cobra.Command, paths []string) error {
	if c.Flags().Changed("max-quarantine") {
		share, err := ingest.ParseShare(g.maxQuarantine)
		if err != nil {
			return usage(c, "--max-quarantine: %s", plain(err))
		}
		g.share = &share
	}
	if c.Flags().Changed("sample") && (g.sample < 1 || g.example || g.dryRun || c.Flags().Changed("amend")) {
		return usage(c, "--sample takes how many things to show, at least 1, and loads nothing: it goes with --json alone")
	}
	if !c.Flags().Changed("amend") {
		return nil
	}
	switch {
	case g.amend == "":
		return usage(c, "--amend: the name of the mended table is missing")
	case len(paths) > 0:
		return usage(c, "--amend loads the records in %s and no other files; %q was given", g.amend, paths[0])
	case g.example, g.older, g.share != nil:
		return usage(c, "--amend goes with --dry-run, --note, --take-over and --json alone: all that was mended must be understood")
	}
	return nil
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
	store, finish, err := g.store(c.Context())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, finish()) }()
	o := ingest.Options{Source: src, Files: files, Older: g.older, MaxQuarantine: g.share}
	if o.Paths, err = absolute(paths); err != nil {
		return err
	}
	return g.run(c.Context(), store, o, shown)
}

// run loads what the options say into the store, and tells of it.
func (g *ingesting) run(ctx context.Context, store graph.Store, o ingest.Options, shown func(string) string) error {
	progress := newProgress(g.app)
	o.Reader, o.Writer, o.DryRun, o.Force = store, store, g.dryRun, g.takeOver
	o.Program, o.Note, o.Progress = programVersion(), g.note, progress.show
	report, err := ingest.Load(ctx, o)
	progress.clear()
	if err != nil {
		return showPaths(err, shown)
	}
	for _, q := range report.Quarantined {
		for i := range q.Mistakes {
			q.Mistakes[i].File = shown(q.Mistakes[i].File)
		}
	}
	if err := g.app.tell(report, g.json); err != nil || g.json {
		return err
	}
	return g.app.noteMissingStates(ctx, store, report)
}

// absolute gives paths that hold wherever the program is started next.
func absolute(paths []string) ([]string, error) {
	out := make([]string, len(paths))
	for i, p := range paths {
		var err error
		if out[i], err = filepath.Abs(p); err != nil {
			return nil, fmt.Errorf("where %s is: %w", p, err)
		}
	}
	return out, nil
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
func (g *ingesting) store(ctx context.Context) (graph.Store, func() error, error) {
	if !g.dryRun {
		store, err := g.app.openStore(ctx, g.app.config.Store, toWrite)
		if err != nil {
			return nil, nil, err
		}
		return store, store.Close, nil
	}
	store, err := g.app.openStore(ctx, g.app.config.Store, toRead)
	var none *noStoreError
	if errors.As(err, &none) {
		return emptyStore()
	}
	if err != nil {
		return nil, nil, err
	}
	return store, store.Close, nil
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
