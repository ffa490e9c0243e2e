package ingest

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/entente-graph/entente/graph"
)

// CopyOptions say which store to copy where.
type CopyOptions struct {
	From     graph.Reader
	To       graph.Store
	Force    bool // take over a copy that another is writing
	Progress func(Progress)
}

// A CopyReport is what a copy did.
type CopyReport struct {
	Held        int              `json:"held"`              // loads that the target held before, found equal
	Copied      int              `json:"copied"`            // loads
	Statements  int              `json:"statements"`        // recorded in the target
	Quarantined int              `json:"quarantined"`       // things in quarantine that were copied
	Erased      int              `json:"erased"`            // erasures that were copied
	Resumed     graph.LoadNumber `json:"resumed,omitempty"` // a load whose copy had been broken off
	Load        graph.LoadNumber `json:"load"`              // the newest of both stores
	Digest      string           `json:"digest"`            // of both at that load
	Open        int              `json:"open"`              // statements open at that load
}

// NotACopyError says that a target holds something else than its source.
type NotACopyError struct {
	What string // differs first
}

// Error says what differs first.
func (e *NotACopyError) Error() string { return "the target is no copy of the source: " + e.What }

// Unwrap makes it a conflict.
func (e *NotACopyError) Unwrap() error { return graph.ErrConflict }

func notACopy(format string, args ...any) error { return &NotACopyError{fmt.Sprintf(format, args...)} }

// Copy copies every committed load with its number, its time and all that is kept of it, and burns the numbers that were
// burned. Each load is read back and compared when it is there. What the target holds already must be the first of these
// loads, and is compared first; anything else is a NotACopyError. Broken off, called again it goes on where it stopped, and
// nothing is seen of a load that is half there. Loads that the source gets meanwhile are copied as well.
func Copy(ctx context.Context, o CopyOptions) (CopyReport, error) {
	c := &copying{CopyOptions: o}
	if c.Progress == nil {
		c.Progress = func(Progress) {}
	}
	err := c.copy(ctx)
	return c.report, err
}

// copying is one copy on its way.
type copying struct {
	CopyOptions
	report CopyReport
	erased map[graph.LoadNumber][]graph.Erasure // in the source, by the load that erased
	open   *graph.Unfinished                    // a copy that was broken off, to be gone on with
	last   graph.Load                           // the newest load of the target
	done   int
	total  int
}

func (c *copying) copy(ctx context.Context) error {
	from, err := c.source(ctx)
	if err != nil {
		return err
	}
	if err := c.compare(ctx, from); err != nil {
		return err
	}
	for {
		numbers, err := loadNumbers(ctx, c.From, c.last.Number, from.head.Load.Number)
		if err != nil {
			return err
		}
		if len(numbers) == 0 {
			break
		}
		if err := c.count(ctx, numbers); err != nil {
			return err
		}
		for _, n := range numbers {
			if err := c.load(ctx, n); err != nil {
				return err
			}
		}
		if from, err = c.source(ctx); err != nil { // it may have new loads
			return err
		}
	}
	if err := c.burn(ctx, from.gone); err != nil {
		return err
	}
	return c.digests(ctx)
}

// sourceState is how far the source is.
type sourceState struct {
	head graph.Head
	gone graph.LoadNumber // numbers up to it are committed or burned for good
}

// source reads how far the source is, at one moment, and what was erased in it.
func (c *copying) source(ctx context.Context) (s sourceState, err error) {
	for {
		if s.head, err = c.From.Head(ctx); err != nil {
			return s, fmt.Errorf("the source: %w", err)
		}
		u, err := c.From.Unfinished(ctx)
		if err != nil {
			return s, fmt.Errorf("the source: %w", err)
		}
		erasures, err := c.From.Erasures(ctx, graph.ErasureQuery{})
		if err != nil {
			return s, fmt.Errorf("the source: %w", err)
		}
		again, err := c.From.Head(ctx)
		if err != nil {
			return s, fmt.Errorf("the source: %w", err)
		}
		if again.Load.Number != s.head.Load.Number || again.Burned != s.head.Burned {
			continue
		}
		if s.gone = s.head.Burned; u != nil {
			s.gone = u.Number - 1
		}
		c.erased = map[graph.LoadNumber][]graph.Erasure{}
		for _, e := range erasures {
			c.erased[e.Load] = append(c.erased[e.Load], e)
		}
		return s, nil
	}
}

// count adds what loads did to what is to be done, for the progress.
func (c *copying) count(ctx context.Context, numbers []graph.LoadNumber) error {
	c.done, c.total = 0, 0
	for _, n := range numbers {
		l, err := loadOf(ctx, c.From, n)
		if err != nil {
			return err
		}
		c.total += l.Counts.Added + l.Counts.Changed + l.Counts.Retracted
	}
	return nil
}

func (c *copying) progress(stage Stage) {
	c.done++
	if c.done%100 == 0 {
		c.Progress(Progress{Stage: stage, Done: c.done, Total: max(c.done, c.total)})
	}
}

// load copies one load, or goes on with it, and reads it back.
func (c *copying) load(ctx context.Context, n graph.LoadNumber) error {
	l, err := loadOf(ctx, c.From, n)
	if err != nil {
		return err
	}
	w := &copyWriter{copying: c, load: l}
	if err := w.write(ctx); err != nil {
		return err
	}
	c.open, c.last = nil, l
	c.report.Copied++
	written, err := loadOf(ctx, c.To, n)
	if err != nil {
		return err
	}
	if what := loadDiffers(l, written); what != "" {
		return fmt.Errorf("the copy of load %d reads back otherwise: %s: %w", n, what, graph.ErrConflict)
	}
	if err := errors.Join(c.sameChanges(ctx, n-1, n, nil), c.sameQuarantine(ctx, n)); err != nil {
		return fmt.Errorf("load %d was copied; read back, it is not the same (was the source changed meanwhile?): %w", n, err)
	}
	return nil
}

// copyWriter writes the copy of one load.
type copyWriter struct {
	*copying
	load    graph.Load
	lease   graph.Lease
	resumed bool
	batch   graph.Batch
	changes int // in the batch
	bytes   int
}

// What bounds a batch. A copy that was broken off is gone on with by making the same batches, so another bound makes it
// another load.
const copyBytes = 8 << 20

func (w *copyWriter) write(ctx context.Context) (err error) {
	l := w.load
	if w.resumed = w.open != nil; w.resumed {
		w.report.Resumed = l.Number
		w.lease, err = w.To.TakeOver(ctx, l.Number, w.Force)
	} else {
		w.lease, err = w.To.Open(ctx, graph.LoadInfo{
			Source: l.Source, Importer: l.Importer, Slices: l.Slices, Files: l.Files, Program: l.Program, Note: l.Note,
			Undoes: l.Undoes, Amends: l.Amends, Edits: l.Edits, Copy: &graph.Original{Number: l.Number, Recorded: l.Recorded},
		})
	}
	if err != nil {
		return fmt.Errorf("copying load %d: %w", l.Number, err)
	}
	if err := w.record(ctx); err != nil {
		return w.leave(ctx, err)
	}
	if _, err := w.To.Commit(ctx, w.lease, l.Counts); err != nil && !w.committed(ctx) {
		return w.leave(ctx, err)
	}
	return nil
}

// leave gives the lease back: the load stays open, to be gone on with. It is never discarded, for its number would be burned.
func (w *copyWriter) leave(ctx context.Context, err error) error {
	clean, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
	defer cancel()
	err = &BrokenOffError{Load: w.load.Number, Copy: true, Err: err}
	if released := w.To.Release(clean, w.lease); released != nil && !errors.Is(released, graph.ErrConflict) { // another may have it now
		err = errors.Join(err, released)
	}
	return err
}

// committed settles what became of a commit whose answer was lost.
func (w *copyWriter) committed(ctx context.Context) bool {
	clean, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
	defer cancel()
	_, err := loadOf(clean, w.To, w.load.Number)
	return err == nil
}

// record writes all that the load holds.
func (w *copyWriter) record(ctx context.Context) error {
	n := w.load.Number
	for change, err := range w.From.Changes(ctx, graph.ChangeQuery{After: n - 1, Upto: n}) {
		if err != nil {
			return err
		}
		if err := w.add(ctx, change); err != nil {
			return err
		}
	}
	if err := w.send(ctx); err != nil {
		return err
	}
	for page, err := range quarantinePages(ctx, w.From, n) {
		if err != nil {
			return err
		}
		w.batch.Quarantine = page
		w.report.Quarantined += len(page)
		if err := w.send(ctx); err != nil {
			return err
		}
	}
	for part := range slices.Chunk(w.erased[n], BatchSize) {
		w.batch.Erased = part
		w.report.Erased += len(part)
		if err := w.send(ctx); err != nil {
			return err
		}
	}
	return w.allWritten(ctx)
}

// add puts a change into the batch, and writes that when it is full.
func (w *copyWriter) add(ctx context.Context, change graph.Change) error {
	if change.Closed != nil {
		w.batch.Close = append(w.batch.Close, change.StatementID)
	}
	if s := change.Added; s != nil {
		if sha256.Sum256(s.Body) != s.Hash {
			return fmt.Errorf("%w: the source is damaged: its hash does not fit the body of %s %s of %s", graph.ErrUnavailable, s.Kind, s.Key, s.Source)
		}
		w.batch.Add = append(w.batch.Add, s.Statement)
		w.bytes += len(s.Body)
		w.report.Statements++
	}
	w.progress(StageCopying)
	if w.changes++; w.changes == BatchSize || w.bytes >= copyBytes {
		return w.send(ctx)
	}
	return nil
}

// send writes the batch and begins the next.
func (w *copyWriter) send(ctx context.Context) error {
	b := w.batch
	if len(b.Add)+len(b.Close)+len(b.Quarantine)+len(b.Erased) == 0 {
		return nil
	}
	if err := w.To.Write(ctx, w.lease, b); err != nil {
		return err // the store says which batch of which load
	}
	w.batch, w.changes, w.bytes = graph.Batch{Number: b.Number + 1}, 0, 0
	return nil
}

// allWritten refuses a load of which more was written before than the source gives now.
func (w *copyWriter) allWritten(ctx context.Context) error {
	if !w.resumed {
		return nil
	}
	u, err := w.To.Unfinished(ctx)
	if err != nil {
		return fmt.Errorf("how much of load %d is written: %w", w.load.Number, err)
	}
	if u == nil || u.Number != w.load.Number || u.Batches != w.batch.Number {
		return notACopy("of load %d more was written before than the source has now", w.load.Number)
	}
	return nil
}

// burn burns the numbers above the newest load that the source has burned.
func (c *copying) burn(ctx context.Context, upto graph.LoadNumber) error {
	head, err := c.To.Head(ctx)
	if err != nil {
		return fmt.Errorf("the target: %w", err)
	}
	if head.Burned >= upto {
		return nil
	}
	at := c.last.Recorded
	if at.IsZero() {
		at = time.UnixMilli(0)
	}
	lease, err := c.To.Open(ctx, graph.LoadInfo{Source: graph.OwnSource, Copy: &graph.Original{Number: upto, Recorded: at}})
	if err != nil {
		return fmt.Errorf("burning the numbers up to %d: %w", upto, err)
	}
	if err := c.To.Discard(ctx, lease, nil); err != nil {
		return fmt.Errorf("burning the numbers up to %d: %w", upto, err)
	}
	return nil
}

// digests compares both stores at the newest load.
func (c *copying) digests(ctx context.Context) error {
	c.report.Load = c.last.Number
	want, open, err := graph.Digest(ctx, c.From, c.last.Number)
	if err != nil {
		return fmt.Errorf("the source: %w", err)
	}
	got, there, err := graph.Digest(ctx, c.To, c.last.Number)
	if err != nil {
		return fmt.Errorf("the target: %w", err)
	}
	if got != want {
		return notACopy("at load %d its digest is %s, of %d statements; that of the source is %s, of %d", c.last.Number, got, there, want, open)
	}
	c.report.Digest, c.report.Open = want.String(), open
	return nil
}
