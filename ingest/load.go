package ingest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"slices"
	"time"

	"github.com/entente-graph/entente/graph"
)

// BatchSize is how many steps of a difference go into one batch. It is fixed, so that a batch made again is the
// same batch.
const BatchSize = 2000

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
	Paths   []string     // the files as a person typed them, kept while the load is open, for Resume
	// MaxQuarantine is how much may be in quarantine before the load is refused; nil: DefaultQuarantine.
	MaxQuarantine *Share
	// Amend makes the load an amendment: Files is not used, and nothing is retracted.
	Amend *Amendment
	// Force takes over an open load although its lease still runs.
	Force bool
	// Each, if set, is told each change instead of Report.Changes, so that a large difference need not be held in memory.
	Each func(Change) error
	// Progress, if set, is told how far the load is; it must return quickly.
	Progress func(Progress)

	resume *graph.Unfinished // the load must go on with this one, and be the same
}

// Stage is a part of a load.
type Stage string

// The stages of a load, in order; copying, discarding and rebuilding stand for themselves.
const (
	StageReading    Stage = "reading"
	StageComparing  Stage = "comparing"
	StageWriting    Stage = "writing"
	StageCopying    Stage = "copying"
	StageDiscarding Stage = "discarding"
	StageRebuilding Stage = "rebuilding"
)

// Progress is how far a load is: so many statements of a stage, and while files are read so many bytes of them.
// Totals are 0 while they are not known.
type Progress struct {
	Stage      Stage
	Done       int
	Total      int
	Bytes      int64
	TotalBytes int64
}

// Load reads the files, compares what they say with what the store holds and records the difference as one load,
// visible whole or not at all. Where nothing differs nothing is written and no number is used. An error leaves
// the graph as it was; Mistakes say what is wrong in the files.
//
// A load that was broken off before is gone on with if it is this one, else discarded. A load whose context is
// cancelled is left open, to be resumed or discarded: nothing of it can be seen.
func Load(ctx context.Context, o Options) (Report, error) {
	l := &loading{Options: o, spool: newSpool("", spoolBudget), tally: newTally(o.Source)}
	report, err := l.load(ctx)
	return report, errors.Join(err, l.spool.close(), l.links.close())
}

// loading is one load on its way.
type loading struct {
	Options
	spool   *spool
	files   *recorder // what is read, as it stands on disk
	slices  []graph.Slice
	head    graph.LoadNumber
	erased  map[graph.StatementID]bool
	mended  *mended  // the files with mended records in place of what stands there; nil without any
	excerpt *Excerpt // the files of an amendment
	entries []graph.Quarantined
	bad     int // rows that are in quarantine
	tally   *tally
	links   *concluded
	report  Report
}

func (l *loading) load(ctx context.Context) (Report, error) {
	if !l.DryRun {
		if err := notRunning(ctx, l.Reader, l.Force); err != nil {
			return Report{}, err
		}
	}
	head, err := l.Reader.Head(ctx)
	if err != nil {
		return Report{}, fmt.Errorf("the newest load of the store: %w", err)
	}
	l.head = head.Load.Number
	files, err := l.prepare(ctx)
	if err != nil {
		return Report{}, err
	}
	if err := l.read(ctx, files); err != nil {
		return Report{}, err
	}
	if err := l.checkImporter(ctx); err != nil {
		return Report{}, err
	}
	if err := l.checkVersions(ctx); err != nil {
		return Report{}, err
	}
	if err := l.compare(ctx); err != nil {
		return Report{}, err
	}
	if err := l.conclude(ctx); err != nil {
		return Report{}, err
	}
	if l.report.Files, err = l.files.files(); err != nil {
		return Report{}, err
	}
	l.report.Files = slices.DeleteFunc(l.report.Files, func(f graph.File) bool {
		return slices.ContainsFunc(l.report.PassedOver, func(p PassedOver) bool { return p.File == f.Name })
	})
	l.report.Quarantined, l.report.Read = withoutTexts(l.entries), l.tally.filesRead(l.report.Files)
	news, err := l.newsInQuarantine(ctx)
	if err != nil {
		return Report{}, err
	}
	l.report.QuarantineChanged = news
	if l.DryRun {
		return l.report, nil
	}
	if l.resume != nil {
		if info := l.info(); !sameLoad(l.resume.LoadInfo, info) {
			return Report{}, differs(l.resume, info)
		}
		return l.report, l.write(ctx)
	}
	if l.report.Counts.Nothing() && l.links.nothing() && !news {
		return l.report, nil
	}
	return l.report, l.write(ctx)
}

// compare counts the difference, and describes it where that is asked for.
func (l *loading) compare(ctx context.Context) error {
	d := &describer{reader: l.Reader, at: l.head, details: l.Details || l.DryRun, slices: l.slices, each: l.Each, tally: l.tally}
	total := l.report.Counts.Unchanged
	l.report.Counts.Unchanged = 0
	done := 0
	for s, err := range l.difference(ctx) {
		if err != nil {
			return err
		}
		l.report.Counts.count(s.Action)
		if err := d.add(ctx, s); err != nil {
			return err
		}
		done++
		l.progress(Progress{Stage: StageComparing, Done: done, Total: total})
	}
	if err := d.flush(ctx); err != nil {
		return err
	}
	l.report.Changes, l.report.Nouns, l.report.Version = d.changes, l.tally.table(), l.tally.version
	return nil
}

// difference is what the load would do, step by step. An amendment only adds.
func (l *loading) difference(ctx context.Context) iter.Seq2[step, error] {
	all := difference(ctx, l.Reader, l.head, l.slices, l.spool)
	if l.Amend == nil {
		return all
	}
	return func(yield func(step, error) bool) {
		for s, err := range all {
			if err == nil && s.Action == Retracted {
				continue
			}
			if err == nil && s.Action == Changed {
				err = l.amendsStanding(s)
			}
			if !yield(s, err) || err != nil {
				return
			}
		}
	}
}

func (l *loading) info() graph.LoadInfo {
	info := graph.LoadInfo{
		Source: l.slices[0].Source, Importer: string(l.Source.Info().Key), Slices: l.slices, Files: l.report.Files,
		Program: l.Program, Note: l.Note, Paths: l.Paths,
	}
	if l.Amend != nil {
		info.Amends, info.Edits = l.Amend.Load, l.Amend.Edits
	}
	return info
}

// write records the difference in batches and makes it visible.
func (l *loading) write(ctx context.Context) error {
	w := &writing{reader: l.Reader, writer: l.Writer, head: l.head, force: l.Force, progress: l.progress, report: &l.report, entries: l.entries}
	return w.write(ctx, l.info(), both(l.difference(ctx), l.links.steps(ctx)))
}

func (l *loading) progress(p Progress) {
	if l.Progress != nil {
		l.Progress(p)
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

// A writing records one difference as a load, whatever the difference comes from.
type writing struct {
	reader   graph.Reader
	writer   graph.Writer
	head     graph.LoadNumber
	force    bool
	progress func(Progress)
	report   *Report // its counts are those of the difference
	entries  []graph.Quarantined

	lease   graph.Lease
	batch   graph.Batch
	renewed time.Time
}

// write begins a load, or goes on with it, and commits it. On an error it takes back what it wrote; cancelled, it
// leaves the load open.
func (w *writing) write(ctx context.Context, info graph.LoadInfo, steps iter.Seq2[step, error]) (err error) {
	var resumed graph.LoadNumber
	w.lease, resumed, w.report.Discarded, err = begin(ctx, w.reader, w.writer, info, w.force, w.progress)
	if err != nil {
		return err
	}
	w.report.Resumed = resumed > 0
	if err := w.record(ctx, steps); err != nil {
		return w.giveUp(ctx, err)
	}
	if err := w.allWritten(ctx); err != nil {
		return w.giveUp(ctx, err)
	}
	c := w.report.Counts
	_, err = w.writer.Commit(ctx, w.lease, graph.Counts{Added: c.Added, Changed: c.Changed, Retracted: c.Retracted, Unchanged: c.Unchanged, Quarantined: c.Quarantined})
	if err != nil && !w.committed(ctx) {
		return w.giveUp(ctx, fmt.Errorf("making load %d visible: %w", w.lease.Load, err))
	}
	w.report.Load = w.lease.Load
	return nil
}

// committed settles what became of a commit that failed: the order may have been carried out, and only the answer been
// lost.
func (w *writing) committed(ctx context.Context) bool {
	clean, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
	defer cancel()
	loads, err := w.reader.Loads(clean, graph.LoadQuery{Number: w.lease.Load, First: 1})
	return err == nil && len(loads) == 1
}

// allWritten refuses a load that was gone on with and of which more is written than it makes now: batches that differ
// are refused one by one, and this finds those that are not made at all any more.
func (w *writing) allWritten(ctx context.Context) error {
	if !w.report.Resumed {
		return nil
	}
	u, err := w.reader.Unfinished(ctx)
	if err != nil {
		return fmt.Errorf("how much of load %d is written: %w", w.lease.Load, err)
	}
	if u == nil || u.Number != w.lease.Load || u.Batches != w.batch.Number {
		return fmt.Errorf("load %d was begun with more than the files give now: the files, or the program, have changed; load anew: %w", w.lease.Load, graph.ErrConflict)
	}
	return nil
}

// A BrokenOffError says that a load was left open: it can be resumed or discarded, and nothing of it can be seen.
type BrokenOffError struct {
	Load graph.LoadNumber
	// Discarding says that taking it back has begun: it can only be discarded to the end.
	Discarding bool
	// Copy says that it is a copy of another store's load: it is gone on with by copying again.
	Copy bool
	Err  error
}

// Error says so, and why.
func (e *BrokenOffError) Error() string {
	if e.Discarding {
		return fmt.Sprintf("load %d is not wholly taken back, and nothing of it can be seen: %s", e.Load, e.Err)
	}
	return fmt.Sprintf("load %d was broken off, and nothing of it can be seen: %s", e.Load, e.Err)
}

// Unwrap gives the reason.
func (e *BrokenOffError) Unwrap() error { return e.Err }

// giveUp leaves a cancelled load open for whoever comes next, and takes back any other, for as long as that takes.
func (w *writing) giveUp(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return errors.Join(&BrokenOffError{Load: w.lease.Load, Err: err}, release(ctx, w.writer, w.lease))
	}
	if errors.Is(err, errLeaseLost) {
		return err
	}
	if discardErr := takeBack(ctx, w.writer, w.lease, w.progress); discardErr != nil {
		return &BrokenOffError{Load: w.lease.Load, Discarding: true, Err: errors.Join(err, fmt.Errorf("taking back what it wrote: %w", discardErr))}
	}
	return err
}

// errLeaseLost marks that another has the load now: there is nothing left to take back.
var errLeaseLost = errors.New("the load is another's now")

func (w *writing) record(ctx context.Context, steps iter.Seq2[step, error]) error {
	head, err := w.reader.Head(ctx)
	if err != nil {
		return fmt.Errorf("the newest load of the store: %w", err)
	}
	if head.Load.Number != w.head {
		return fmt.Errorf("load %d was recorded while this one was being compared; run it again: %w", head.Load.Number, graph.ErrConflict)
	}
	c := w.report.Counts
	total, done, inBatch := c.Added+c.Changed+c.Retracted, 0, 0
	w.renewed = time.Now()
	for s, err := range steps {
		if err != nil {
			return err
		}
		if s.Action == Unchanged {
			if err := w.renew(ctx); err != nil {
				return err
			}
			continue
		}
		if s.Action != Added {
			w.batch.Close = append(w.batch.Close, s.ID)
		}
		if s.Action != Retracted {
			w.batch.Add = append(w.batch.Add, s.Statement)
		}
		done++
		if inBatch++; inBatch == BatchSize {
			inBatch = 0
			if err := w.send(ctx); err != nil {
				return err
			}
			w.progress(Progress{Stage: StageWriting, Done: done, Total: total})
		}
	}
	if err := w.send(ctx); err != nil {
		return err
	}
	for part := range slices.Chunk(w.entries, BatchSize/10) {
		w.batch.Quarantine = part
		if err := w.send(ctx); err != nil {
			return err
		}
	}
	return nil
}

// send writes the batch that is full and begins the next.
func (w *writing) send(ctx context.Context) error {
	if len(w.batch.Add)+len(w.batch.Close)+len(w.batch.Quarantine) == 0 {
		return nil
	}
	if err := w.writer.Write(ctx, w.lease, w.batch); err != nil {
		return w.lost(ctx, err) // the store says which batch of which load
	}
	w.batch = graph.Batch{Number: w.batch.Number + 1}
	w.renewed = time.Now()
	return nil
}

// renewEvery is how often the lease is lengthened while nothing is to be written.
const renewEvery = 5 * time.Second

func (w *writing) renew(ctx context.Context) error {
	if time.Since(w.renewed) < renewEvery {
		return nil
	}
	w.renewed = time.Now()
	return w.lost(ctx, w.writer.Renew(ctx, w.lease))
}

// lost marks a conflict that came of another having taken over the load.
func (w *writing) lost(ctx context.Context, err error) error {
	if !errors.Is(err, graph.ErrConflict) {
		return err
	}
	if renewErr := w.writer.Renew(ctx, w.lease); errors.Is(renewErr, graph.ErrConflict) {
		return fmt.Errorf("%w: %w", errLeaseLost, err)
	}
	return err
}
