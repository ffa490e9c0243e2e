package ingest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/entente-graph/entente/graph"
)

// compare checks that what the target holds is the beginning of the source, and that no number stands in the way.
func (c *copying) compare(ctx context.Context, from sourceState) error {
	to, err := c.To.Head(ctx)
	if err != nil {
		return fmt.Errorf("the target: %w", err)
	}
	if to.StoreID == from.head.StoreID {
		return graph.BadInput("source and target are one store, or one is a copy of the other's file: name another target")
	}
	c.last = to.Load
	if err := c.broken(ctx, from); err != nil {
		return err
	}
	head := to.Load.Number
	if err := c.sameNumbers(ctx, from.head.Load.Number, to); err != nil {
		return err
	}
	numbers, err := loadNumbers(ctx, c.To, 0, head)
	if err != nil {
		return err
	}
	if err := c.count(ctx, numbers); err != nil {
		return err
	}
	for _, n := range numbers {
		want, err := loadOf(ctx, c.From, n)
		if err != nil {
			return err
		}
		got, err := loadOf(ctx, c.To, n)
		if err != nil {
			return err
		}
		if what := loadDiffers(want, got); what != "" {
			return c.since(head, notACopy("load %d differs in its %s", n, what))
		}
		if err := c.sameQuarantine(ctx, n); err != nil {
			return c.since(head, err)
		}
	}
	if err := c.sameErasures(ctx, head); err != nil {
		return err
	}
	if err := c.sameChanges(ctx, 0, head, func() { c.progress(StageComparing) }); err != nil {
		return c.since(head, err)
	}
	c.report.Held = len(numbers)
	return nil
}

// broken looks at the load that is open in the target: a copy is gone on with, a number that was being burned is burned.
func (c *copying) broken(ctx context.Context, from sourceState) error {
	u, err := c.To.Unfinished(ctx)
	switch {
	case err != nil:
		return fmt.Errorf("the target: %w", err)
	case u == nil:
		return nil
	case !u.Expired && !c.Force:
		return fmt.Errorf("the target: %w", u.HeldBy())
	case u.Copy == nil:
		return notACopy("load %d is open in it, and is no copy: resume or discard it there, and copy into another store", u.Number)
	}
	next, err := loadNumbers(ctx, c.From, c.last.Number, from.head.Load.Number)
	if err != nil {
		return err
	}
	if len(next) == 0 && u.Number <= from.gone {
		return Discard(ctx, c.To, u.Number, c.Force, c.Progress)
	}
	if u.Discarding || len(next) == 0 || next[0] != u.Number {
		return notACopy("load %d is open in it, and cannot be gone on with", u.Number)
	}
	l, err := loadOf(ctx, c.From, u.Number)
	if err != nil {
		return err
	}
	if !l.Recorded.Equal(u.Copy.Recorded) {
		return notACopy("the copy of load %d that was broken off is of a load recorded at %s, and in the source it was at %s", u.Number, moment(u.Copy.Recorded), moment(l.Recorded))
	}
	c.open = u
	return nil
}

// sameNumbers compares which loads there are, and which numbers were taken.
func (c *copying) sameNumbers(ctx context.Context, head graph.LoadNumber, to graph.Head) error {
	here, err := loadNumbers(ctx, c.To, 0, to.Load.Number)
	if err != nil {
		return err
	}
	there, err := loadNumbers(ctx, c.From, 0, head)
	if err != nil {
		return err
	}
	for i, n := range here {
		switch {
		case i >= len(there) || there[i] > n:
			return notACopy("it has a load %d, and the source has none", n)
		case there[i] < n:
			return notACopy("it has no load %d", there[i])
		}
	}
	if c.open == nil && len(here) < len(there) && there[len(here)] <= to.Burned {
		return notACopy("the number %d is taken in it, by a load that was discarded there", there[len(here)])
	}
	return nil
}

// since adds to a difference that the source has erased since.
func (c *copying) since(head graph.LoadNumber, err error) error {
	var differs *NotACopyError
	if !errors.As(err, &differs) {
		return err
	}
	for n, erased := range c.erased {
		if n > head {
			return notACopy("%s (the source erased %s %s of %s since, in load %d: what an older copy holds of it does not go by itself)",
				differs.What, erased[0].Kind, erased[0].Key, erased[0].Source, n)
		}
	}
	return err
}

func (c *copying) sameErasures(ctx context.Context, head graph.LoadNumber) error {
	var want []graph.Erasure
	for n, erased := range c.erased {
		if n <= head {
			want = append(want, erased...)
		}
	}
	slices.SortFunc(want, func(a, b graph.Erasure) int { return a.Compare(b.StatementID) })
	got, err := c.To.Erasures(ctx, graph.ErasureQuery{})
	if err != nil {
		return fmt.Errorf("the target: %w", err)
	}
	for i := range max(len(want), len(got)) {
		switch {
		case i >= len(want) || i < len(got) && got[i].Compare(want[i].StatementID) < 0:
			return notACopy("it has %s %s of %s as erased", got[i].Kind, got[i].Key, got[i].Source)
		case i >= len(got) || got[i] != want[i]:
			return c.since(head, notACopy("it has not %s %s of %s as erased in load %d", want[i].Kind, want[i].Key, want[i].Source, want[i].Load))
		}
	}
	return nil
}

// sameChanges compares what loads did in both stores, to the byte.
func (c *copying) sameChanges(ctx context.Context, after, upto graph.LoadNumber, each func()) error {
	q := graph.ChangeQuery{After: after, Upto: upto}
	here, stop := iter.Pull2(c.To.Changes(ctx, q))
	defer stop()
	for want, err := range c.From.Changes(ctx, q) {
		if err != nil {
			return fmt.Errorf("the source: %w", err)
		}
		got, err, more := here()
		switch {
		case err != nil:
			return fmt.Errorf("the target: %w", err)
		case !more || comesFirst(want, got):
			return notACopy("load %d did nothing to %s %s of %s in it", want.Load, want.Kind, want.Key, want.Source)
		case comesFirst(got, want):
			return notACopy("load %d did something to %s %s of %s in it, and nothing in the source", got.Load, got.Kind, got.Key, got.Source)
		}
		if what := changeDiffers(want, got); what != "" {
			return notACopy("load %d differs in %s %s of %s: %s", want.Load, want.Kind, want.Key, want.Source, what)
		}
		if each != nil {
			each()
		}
	}
	got, err, more := here()
	switch {
	case err != nil:
		return fmt.Errorf("the target: %w", err)
	case more:
		return notACopy("load %d did something to %s %s of %s in it, and nothing in the source", got.Load, got.Kind, got.Key, got.Source)
	}
	return nil
}

func comesFirst(a, b graph.Change) bool {
	return a.Load < b.Load || a.Load == b.Load && a.Compare(b.StatementID) < 0
}

func changeDiffers(a, b graph.Change) string {
	switch {
	case (a.Closed == nil) != (b.Closed == nil), a.Closed != nil && *a.Closed != *b.Closed:
		return "what it superseded"
	case (a.Added == nil) != (b.Added == nil):
		return "one retracts it, and the other does not"
	case a.Added == nil:
		return ""
	case a.Added.Hash != b.Added.Hash || !bytes.Equal(a.Added.Body, b.Added.Body):
		return "what it says"
	case a.Added.Slice != b.Added.Slice || a.Added.Locator != b.Added.Locator:
		return "its slice, or where it was read"
	}
	return ""
}

// loadDiffers names the first thing in which two loads differ.
func loadDiffers(a, b graph.Load) string {
	switch {
	case !a.Recorded.Equal(b.Recorded):
		return fmt.Sprintf("time (%s, and %s in the source)", moment(b.Recorded), moment(a.Recorded))
	case a.Source != b.Source || a.Importer != b.Importer || !slices.Equal(a.Slices, b.Slices):
		return "source, importer or slices"
	case !slices.Equal(a.Files, b.Files):
		return "files"
	case a.Program != b.Program || a.Note != b.Note:
		return "program or note"
	case a.Counts != b.Counts:
		return "counts"
	case a.Undoes != b.Undoes || a.Amends != b.Amends:
		return "mark of what it undoes or amends"
	case !slices.Equal(a.Edits, b.Edits):
		return "mended records"
	}
	return ""
}

func (c *copying) sameQuarantine(ctx context.Context, n graph.LoadNumber) error {
	here, stop := iter.Pull2(quarantinePages(ctx, c.To, n))
	defer stop()
	for want, err := range quarantinePages(ctx, c.From, n) {
		if err != nil {
			return err
		}
		got, err, _ := here()
		if err != nil {
			return err
		}
		if same, err := sameJSON(want, got); err != nil || !same {
			return notACopyOr(err, "load %d differs in its quarantine", n)
		}
	}
	_, err, more := here()
	if err != nil || more {
		return notACopyOr(err, "load %d differs in its quarantine", n)
	}
	return nil
}

func notACopyOr(err error, format string, args ...any) error {
	if err != nil {
		return err
	}
	return notACopy(format, args...)
}

func sameJSON(a, b any) (bool, error) {
	x, err := json.Marshal(a)
	if err != nil {
		return false, err
	}
	y, err := json.Marshal(b)
	return bytes.Equal(x, y), err
}

// quarantinePages reads a load's quarantine in pieces that are the same each time.
func quarantinePages(ctx context.Context, r graph.Reader, n graph.LoadNumber) iter.Seq2[[]graph.Quarantined, error] {
	return func(yield func([]graph.Quarantined, error) bool) {
		q := graph.QuarantineQuery{Load: n, First: BatchSize / 10}
		for {
			page, err := r.Quarantine(ctx, q)
			if err != nil {
				yield(nil, err)
				return
			}
			if len(page.Items) > 0 && !yield(page.Items, nil) || !page.More || len(page.Items) == 0 {
				return
			}
			q.After = page.Items[len(page.Items)-1].N
		}
	}
}

// loadNumbers gives the numbers of committed loads above after, up to upto, in order.
func loadNumbers(ctx context.Context, r graph.Reader, after, upto graph.LoadNumber) (all []graph.LoadNumber, err error) {
	const page = 100
	for q := (graph.LoadQuery{Before: upto + 1, First: page}); ; {
		loads, err := r.Loads(ctx, q)
		if err != nil {
			return nil, fmt.Errorf("the loads: %w", err)
		}
		for _, l := range loads {
			if l.Number > after {
				all = append(all, l.Number)
			}
		}
		if len(loads) < page || loads[len(loads)-1].Number <= after {
			slices.Reverse(all)
			return all, nil
		}
		q.Before = loads[len(loads)-1].Number
	}
}

func loadOf(ctx context.Context, r graph.Reader, n graph.LoadNumber) (graph.Load, error) {
	loads, err := r.Loads(ctx, graph.LoadQuery{Number: n, First: 1})
	if err != nil {
		return graph.Load{}, fmt.Errorf("load %d: %w", n, err)
	}
	if len(loads) != 1 {
		return graph.Load{}, fmt.Errorf("load %d: %w", n, graph.ErrNotFound)
	}
	return loads[0], nil
}

func moment(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }
