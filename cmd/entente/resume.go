package main

import (
	"context"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/sources"
)

// resuming is one call of entente resume.
type resuming struct {
	app      *app
	takeOver bool
	json     bool
	files    *ingest.Files // that the load reads; nil for what comes with the program
}

func (a *app) resumeCommand() *cobra.Command {
	r := &resuming{app: a}
	c := &cobra.Command{
		Use:   "resume [PATH...]",
		Short: "go on with the load that was broken off",
		Long: "Goes on with the load that was broken off, by Ctrl-C, by a full disk or because the machine was switched off:\n" +
			"the same files are read again, and what is missing is written. They are looked for where they were when the\n" +
			"load began, or at PATH. Files that have changed since, or another version of the program, would make another\n" +
			"load of it; then it is refused, and entente discard takes back what was written.\n\n" +
			"An undo or an amendment that was broken off goes on as well.",
		Example: "  entente resume",
		RunE: func(c *cobra.Command, paths []string) error {
			return a.failed(r.json, a.advise(a.changing(c.Context(), func(store graph.Store) error {
				return r.resume(c.Context(), store, paths)
			})))
		},
	}
	takeOverFlag(c, &r.takeOver)
	jsonFlag(c, &r.json)
	return c
}

func (r *resuming) resume(ctx context.Context, store graph.Store, paths []string) (err error) {
	u, err := store.Unfinished(ctx)
	if err != nil {
		return err
	}
	if u == nil {
		return fmt.Errorf("no load was broken off: there is nothing to go on with: %w", graph.ErrNotFound)
	}
	if len(paths) > 0 && (u.Undoes > 0 || u.Amends > 0) {
		return graph.BadInput("load %d reads no files, so that none can be given", u.Number)
	}
	progress := newProgress(r.app)
	o := ingest.ResumeOptions{
		Reader: store, Writer: store, Program: programVersion(), Force: r.takeOver, Progress: progress.show,
		Source: func(importer string) (ingest.Source, error) { return sources.ByKey(graph.SourceKey(importer)) },
		Open:   func(src ingest.Source, paths []string) (fs.FS, error) { return r.open(u, src, paths) },
	}
	if len(paths) > 0 {
		if o.Paths, err = absolute(paths); err != nil {
			return err
		}
	}
	report, err := ingest.Resume(ctx, o)
	progress.clear()
	if r.files != nil {
		if closed := r.files.Close(); err == nil && closed != nil {
			err = closed
		}
	}
	if err != nil {
		return r.app.whileHeld(showPaths(err, r.shown), u, "resume")
	}
	return r.app.tell(report, r.json)
}

// open opens the files of the load where they were, or what comes with the program.
func (r *resuming) open(u *graph.Unfinished, src ingest.Source, paths []string) (files fs.FS, err error) {
	if len(paths) > 0 {
		r.files, err = ingest.OpenPaths(ingest.DefaultLimits, paths...)
		return r.files, err
	}
	if ships, ok := src.(ingest.Shipper); ok {
		return ships.Shipped(), nil
	}
	return nil, graph.BadInput("load %d does not say where its files are: name them, or discard it", u.Number)
}

func (r *resuming) shown(name string) string {
	if r.files == nil {
		return name
	}
	return r.files.Shown(name)
}
