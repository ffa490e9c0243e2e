package ingest

import (
	"context"
	"fmt"
	"io/fs"

	"github.com/entente-graph/entente/graph"
)

// ResumeOptions say how to go on with a load that was broken off. What it loads and how is the load's own.
type ResumeOptions struct {
	Reader graph.Reader
	Writer graph.Writer
	// Source finds the importer that began the load.
	Source func(importer string) (Source, error)
	// Open opens the files of the load by the paths under which it was begun, or the ones a person gives now.
	Open     func(src Source, paths []string) (fs.FS, error)
	Paths    []string // where the files are now; nil: where they were
	Program  string
	Force    bool
	Progress func(Progress)
}

// Resume goes on with the load that was broken off: it reads the same files again and writes the batches that are
// missing. Without an open load that is an ErrNotFound; where files or program have changed, so that the load would not be
// the same, an ErrConflict that says what differs.
func Resume(ctx context.Context, o ResumeOptions) (Report, error) {
	u, err := o.Reader.Unfinished(ctx)
	if err != nil {
		return Report{}, fmt.Errorf("whether a load is open: %w", err)
	}
	switch {
	case u == nil:
		return Report{}, fmt.Errorf("no load was broken off: %w", graph.ErrNotFound)
	case u.Discarding:
		return Report{}, fmt.Errorf("load %d is being discarded and cannot be gone on with: discard it to the end: %w", u.Number, graph.ErrConflict)
	case !u.Expired && !o.Force:
		return Report{}, u.HeldBy()
	case u.Copy != nil:
		return Report{}, isCopy(u)
	case u.Program != o.Program:
		return Report{}, fmt.Errorf("load %d was begun by %s, and this is %s, which may read the files otherwise: discard it and load anew: %w", u.Number, u.Program, o.Program, graph.ErrConflict)
	case u.Undoes > 0:
		src, _ := o.Source(u.Importer) // only for its nouns
		return Undo(ctx, UndoOptions{Source: src, Reader: o.Reader, Writer: o.Writer, Load: u.Undoes, Program: o.Program, Note: u.Note, Force: o.Force, Progress: o.Progress})
	}
	src, err := o.Source(u.Importer)
	if err != nil {
		return Report{}, err
	}
	lo := Options{
		Source: src, Reader: o.Reader, Writer: o.Writer, Program: o.Program, Note: u.Note, Paths: u.Paths, Force: o.Force, Progress: o.Progress,
		Older: true, MaxQuarantine: &Share{Percent: 100}, // as was decided when it was begun
		resume: u,
	}
	if u.Amends > 0 {
		lo.Amend, err = amendmentOf(ctx, o.Reader, u)
	} else {
		if o.Paths != nil {
			lo.Paths = o.Paths
		}
		lo.Files, err = o.Open(src, lo.Paths)
	}
	if err != nil {
		return Report{}, err
	}
	return Load(ctx, lo)
}

// amendmentOf makes an amendment that was broken off again, from the quarantine it mends.
func amendmentOf(ctx context.Context, r graph.Reader, u *graph.Unfinished) (*Amendment, error) {
	page, err := r.Quarantine(ctx, graph.QuarantineQuery{Load: u.Amends})
	if err != nil {
		return nil, err
	}
	return &Amendment{Load: u.Amends, Edits: u.Edits, Things: page.Items}, nil
}

// differs says what makes a load another than the one that was broken off.
func differs(u *graph.Unfinished, info graph.LoadInfo) error {
	was := map[string]graph.File{}
	for _, f := range u.Files {
		was[f.Name] = f
	}
	for _, f := range info.Files {
		before, ok := was[f.Name]
		switch {
		case !ok:
			return fmt.Errorf("load %d was begun without the file %s: give the same files, or discard it: %w", u.Number, f.Name, graph.ErrConflict)
		case before != f:
			return fmt.Errorf("%s is not the file that load %d was begun with (it had %d bytes, SHA-256 %.12s…): discard the load and load anew: %w", f.Name, u.Number, before.Size, before.SHA256, graph.ErrConflict)
		}
		delete(was, f.Name)
	}
	for name := range was {
		return fmt.Errorf("load %d was begun with the file %s as well: give the same files, or discard it: %w", u.Number, name, graph.ErrConflict)
	}
	return fmt.Errorf("load %d was begun otherwise: discard it and load anew: %w", u.Number, graph.ErrConflict)
}
