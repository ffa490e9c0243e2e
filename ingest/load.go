package ingest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"github.com/entente-graph/entente/graph"
)

// BatchSize is how many steps of a difference go into one batch. It is fixed, so that a batch made again is the
// same batch.
const BatchSize = 2000

// QuarantineLimit is how many rows may be in quarantine before a load is refused: this many, or one in a hundred,
// whichever is more.
const QuarantineLimit = 20

// Options say what to load, and where.
type Options struct {
	Source  Source
	Files   fs.FS
	Reader  graph.Reader
	Writer  graph.Writer // not used by a dry run
	DryRun  bool         // report the difference and write nothing
	Details bool         // report each change, field by field; a dry run always does
	Older   bool         // allow an older version of a source over a newer one
	Program string       // the program's version, kept with the load
	Note    string       // kept with the load
	// Progress, if set, is told how far the load is; it must return quickly.
	Progress func(Progress)
}

// Stage is a part of a load.
type Stage string

// The stages of a load, in order.
const (
	StageReading   Stage = "reading"
	StageComparing Stage = "comparing"
	StageWriting   Stage = "writing"
)

// Progress is how far a load is: so many statements of a stage. Total is 0 while it is not known.
type Progress struct {
	Stage Stage
	Done  int
	Total int
}

// Load reads the files, compares what they say with what the store holds and records the difference as one load,
// visible whole or not at all. Where nothing differs nothing is written and no number is used. An error leaves
// the graph as it was; Mistakes say what is wrong in the files.
func Load(ctx context.Context, o Options) (Report, error) {
	l := &loading{Options: o, spool: newSpool("", spoolBudget), files: newRecorder(o.Files)}
	report, err := l.load(ctx)
	return report, errors.Join(err, l.spool.close())
}

// loading is one load on its way.
type loading struct {
	Options
	spool  *spool
	files  *recorder
	slices []graph.Slice
	head   graph.LoadNumber
	report Report
}

func (l *loading) load(ctx context.Context) (Report, error) {
	if err := l.read(ctx); err != nil {
		return Report{}, err
	}
	head, err := l.Reader.Head(ctx)
	if err != nil {
		return Report{}, fmt.Errorf("the newest load of the store: %w", err)
	}
	l.head = head.Load.Number
	if err := l.checkVersions(ctx); err != nil {
		return Report{}, err
	}
	if err := l.compare(ctx); err != nil {
		return Report{}, err
	}
	if l.report.Files, err = l.files.files(); err != nil {
		return Report{}, err
	}
	if l.DryRun || l.report.Counts.Nothing() {
		return l.report, nil
	}
	return l.report, l.write(ctx)
}

// compare counts the difference, and describes it where that is asked for.
func (l *loading) compare(ctx context.Context) error {
	d := &describer{reader: l.Reader, at: l.head, details: l.Details || l.DryRun, slices: l.slices}
	total := l.report.Counts.Unchanged
	l.report.Counts.Unchanged = 0
	done := 0
	for s, err := range difference(ctx, l.Reader, l.head, l.slices, l.spool) {
		if err != nil {
			return err
		}
		l.report.Counts.count(s.Action)
		if s.Action != Unchanged {
			if err := d.add(ctx, s); err != nil {
				return err
			}
		}
		done++
		l.progress(StageComparing, done, total)
	}
	if err := d.flush(ctx); err != nil {
		return err
	}
	l.report.Changes = d.changes
	return nil
}

// write records the difference in batches and makes it visible. On any error it takes back what it wrote.
func (l *loading) write(ctx context.Context) (err error) {
	lease, err := l.Writer.Open(ctx, graph.LoadInfo{
		Source: l.slices[0].Source, Slices: l.slices, Files: l.report.Files, Program: l.Program, Note: l.Note,
	})
	if err != nil {
		return fmt.Errorf("opening a load: %w", err)
	}
	committed := false
	defer func() {
		if committed {
			return
		}
		// Taking back must work although the load was cancelled.
		clean, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
		defer cancel()
		if discardErr := l.Writer.Discard(clean, lease); discardErr != nil {
			err = errors.Join(err, fmt.Errorf("taking back load %d: %w", lease.Load, discardErr))
		}
	}()
	head, err := l.Reader.Head(ctx)
	if err != nil {
		return fmt.Errorf("the newest load of the store: %w", err)
	}
	if head.Load.Number != l.head {
		return fmt.Errorf("load %d was recorded while this one was being compared; run it again: %w", head.Load.Number, graph.ErrConflict)
	}
	if err := l.writeBatches(ctx, lease); err != nil {
		return err
	}
	c := l.report.Counts
	load, err := l.Writer.Commit(ctx, lease, graph.Counts{Added: c.Added, Changed: c.Changed, Retracted: c.Retracted, Unchanged: c.Unchanged, Quarantined: c.Quarantined})
	if err != nil {
		return fmt.Errorf("making load %d visible: %w", lease.Load, err)
	}
	committed = true
	l.report.Load = load.Number
	return nil
}

func (l *loading) writeBatches(ctx context.Context, lease graph.Lease) error {
	batch := graph.Batch{}
	c := l.report.Counts
	total, done := c.Added+c.Changed+c.Retracted, 0
	send := func() error {
		if len(batch.Add)+len(batch.Close) == 0 {
			return nil
		}
		if err := l.Writer.Write(ctx, lease, batch); err != nil {
			return fmt.Errorf("writing batch %d of load %d: %w", batch.Number, lease.Load, err)
		}
		l.progress(StageWriting, done, total)
		batch = graph.Batch{Number: batch.Number + 1}
		return nil
	}
	inBatch := 0
	for s, err := range difference(ctx, l.Reader, l.head, l.slices, l.spool) {
		if err != nil {
			return err
		}
		if s.Action == Unchanged {
			continue
		}
		if s.Action != Added {
			batch.Close = append(batch.Close, s.ID)
		}
		if s.Action != Retracted {
			batch.Add = append(batch.Add, s.Statement)
		}
		done++
		if inBatch++; inBatch == BatchSize {
			inBatch = 0
			if err := send(); err != nil {
				return err
			}
		}
	}
	return send()
}

func (l *loading) progress(s Stage, done, total int) {
	if l.Progress != nil {
		l.Progress(Progress{Stage: s, Done: done, Total: total})
	}
}

// checkSlices refuses slices that no load can replace.
func checkSlices(of []graph.Slice) error {
	for i, s := range of {
		if s.Source == "" || s.ID == "" {
			return graph.BadInput("the source names a slice without a name (%q of %q)", s.ID, s.Source)
		}
		if slices.Contains(of[:i], s) {
			return graph.BadInput("the slice %s of %s is in the files twice", s.ID, s.Source)
		}
	}
	if len(of) == 0 {
		return graph.BadInput("the source finds nothing to load in the files")
	}
	return nil
}
