package ingest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// UndoOptions say which load to undo.
type UndoOptions struct {
	Reader   graph.Reader
	Writer   graph.Writer
	Load     graph.LoadNumber
	Source   Source // the importer of that load, for its nouns; may be nil
	Program  string
	Note     string
	DryRun   bool
	Force    bool // as Options.Force
	Each     func(Change) error
	Progress func(Progress)
}

// Undo records a new load that restores the slices of another to what they were before it. It is allowed while that
// load is the newest that counts of each of its slices; otherwise an ErrConflict names those in the way. An undo can
// itself be undone. No number ever answers otherwise than before.
func Undo(ctx context.Context, o UndoOptions) (_ Report, err error) {
	if !o.DryRun {
		if err := notRunning(ctx, o.Reader, o.Force); err != nil {
			return Report{}, err
		}
	}
	head, err := o.Reader.Head(ctx)
	if err != nil {
		return Report{}, fmt.Errorf("the newest load of the store: %w", err)
	}
	target, err := undoable(ctx, o.Reader, head.Load.Number, o.Load)
	if err != nil {
		return Report{}, err
	}
	report := Report{DryRun: o.DryRun, Source: target.Source, Undoes: o.Load}
	for _, s := range target.Slices {
		report.Slices = append(report.Slices, s.ID)
	}
	steps := func() iter.Seq2[step, error] {
		return restore(ctx, o.Reader, o.Load-1, head.Load.Number, target.Slices)
	}
	d := &describer{reader: o.Reader, at: head.Load.Number, details: true, slices: target.Slices, each: o.Each, tally: newTally(o.Source)}
	if o.Each == nil && !o.DryRun {
		d.details = false
	}
	tell := o.Progress
	if tell == nil {
		tell = func(Progress) {}
	}
	for s, err := range steps() {
		if err != nil {
			return Report{}, err
		}
		report.Counts.count(s.Action)
		if err := d.add(ctx, s); err != nil {
			return Report{}, err
		}
		tell(Progress{Stage: StageComparing, Done: report.Counts.all()})
	}
	if err := d.flush(ctx); err != nil {
		return Report{}, err
	}
	report.Changes, report.Nouns = d.changes, d.tally.table()
	links, err := concludeUndo(ctx, o.Reader, o.Load-1, head.Load.Number, target.Slices)
	if err != nil {
		return Report{}, err
	}
	defer func() { err = errors.Join(err, links.close()) }()
	report.Links = links.counts
	if o.DryRun {
		return report, nil
	}
	w := &writing{reader: o.Reader, writer: o.Writer, head: head.Load.Number, force: o.Force, progress: tell, report: &report}
	return report, w.write(ctx, graph.LoadInfo{
		Source: target.Source, Importer: target.Importer, Slices: target.Slices, Program: o.Program, Note: o.Note, Undoes: o.Load,
	}, both(steps(), links.steps(ctx)))
}

// undoable finds the load to undo, or says why it cannot be.
func undoable(ctx context.Context, r graph.Reader, head, n graph.LoadNumber) (graph.Load, error) {
	if n < 1 || n > head {
		return graph.Load{}, fmt.Errorf("there is no load %d to undo: the newest is %d: %w", n, head, graph.ErrNotFound)
	}
	h, err := readHistory(ctx, r)
	if err != nil {
		return graph.Load{}, err
	}
	target, ok := h.load(n)
	if !ok {
		return graph.Load{}, fmt.Errorf("load %d was discarded: there is nothing to undo: %w", n, graph.ErrNotFound)
	}
	if len(target.Slices) == 0 {
		return graph.Load{}, graph.BadInput("load %d replaced no slice, so that there is nothing to restore: what was erased is gone for good", n)
	}
	later, undone := h.inTheWay(n)
	switch {
	case len(later) > 0:
		names := make([]string, len(later))
		for i, m := range later {
			names[i] = fmt.Sprint(m)
			if l, ok := h.load(m); ok {
				names[i] += " (" + describeLoad(l) + ")"
			}
		}
		slices.Reverse(names)
		return graph.Load{}, fmt.Errorf("load %d cannot be undone: of its slices, loads that came later count: %s: undo them first, the newest first: %w", n, strings.Join(names, ", "), graph.ErrConflict)
	case undone:
		return graph.Load{}, fmt.Errorf("load %d was undone already, by load %d: %w", n, h.undoneBy(n), graph.ErrConflict)
	}
	return target, nil
}

// describeLoad says in a few words what a load was.
func describeLoad(l graph.Load) string {
	what := string(l.Source)
	switch {
	case l.Undoes > 0:
		what = fmt.Sprintf("undoes load %d", l.Undoes)
	case l.Amends > 0:
		what += fmt.Sprintf(", amends load %d", l.Amends)
	}
	return what + ", " + l.Recorded.UTC().Format("2006-01-02")
}

// restore gives the steps that make slices at one load what they are at another.
func restore(ctx context.Context, r graph.Reader, to, from graph.LoadNumber, of []graph.Slice) iter.Seq2[step, error] {
	return func(yield func(step, error) bool) {
		var group []step
		flush := func() bool {
			err := withBodies(ctx, r, to, group)
			for _, s := range group {
				if err != nil {
					yield(step{}, err)
					return false
				}
				if !yield(s, nil) {
					return false
				}
			}
			group = group[:0]
			return true
		}
		for s, err := range mergeJoin(manifest(ctx, r, from, of), entriesOf(manifest(ctx, r, to, of))) {
			if err != nil {
				yield(step{}, err)
				return
			}
			if len(group) == describeGroup || len(group) > 0 && group[0].ID.Kind != s.ID.Kind {
				if !flush() {
					return
				}
			}
			group = append(group, s)
		}
		flush()
	}
}

// entriesOf turns what a slice held into statements without their bodies.
func entriesOf(held iter.Seq2[graph.ManifestEntry, error]) iter.Seq2[entry, error] {
	return func(yield func(entry, error) bool) {
		for m, err := range held {
			if !yield(entry{Statement: graph.Statement{StatementID: m.StatementID, Slice: m.Slice, Hash: m.Hash}}, err) {
				return
			}
		}
	}
}

// withBodies fetches the statements that the steps add, as they were at a load.
func withBodies(ctx context.Context, r graph.Reader, at graph.LoadNumber, steps []step) error {
	q := graph.StatementQuery{Load: at}
	for _, s := range steps {
		if s.Action == Added || s.Action == Changed {
			q.Kind = s.ID.Kind
			q.Keys = append(q.Keys, s.ID.Key)
		}
	}
	if len(q.Keys) == 0 {
		return nil
	}
	found, err := r.Statements(ctx, q)
	if err != nil {
		return fmt.Errorf("%d %s statements as they were at load %d: %w", len(q.Keys), q.Kind, at, err)
	}
	held := make(map[graph.StatementID]graph.Statement, len(found))
	for _, f := range found {
		held[f.StatementID] = f.Statement
	}
	for i := range steps {
		s := &steps[i]
		if s.Action != Added && s.Action != Changed {
			continue
		}
		st, ok := held[s.ID]
		if !ok || st.Hash != s.Statement.Hash {
			return fmt.Errorf("%s %s of %s is in the manifest of load %d and not in the store: the index rows or the file are damaged: %w", s.ID.Kind, s.ID.Key, s.ID.Source, at, graph.ErrUnavailable)
		}
		s.Statement = st
	}
	return nil
}
