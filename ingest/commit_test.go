package ingest_test

import (
	"context"
	"errors"
	"io/fs"
	"iter"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

// meddled is a store in which something happens before a load is opened, or behind its commit.
type meddled struct {
	graph.Store
	before func()
	behind func() error
}

func (m *meddled) Open(ctx context.Context, info graph.LoadInfo) (graph.Lease, error) {
	if m.before != nil {
		m.before()
	}
	return m.Store.Open(ctx, info)
}

func (m *meddled) Commit(ctx context.Context, lease graph.Lease, counts graph.Counts) (graph.Load, error) {
	l, err := m.Store.Commit(ctx, lease, counts)
	if err == nil && m.behind != nil {
		return graph.Load{}, m.behind()
	}
	return l, err
}

// TestALoadWhileAnotherIsCompared: what was compared with another state of the store is not written.
func TestALoadWhileAnotherIsCompared(t *testing.T) {
	t.Parallel()
	store := open(t)
	load(t, store, folder("a", "1 one"))
	other := &meddled{Store: store, before: func() { load(t, store, folder("b", "2 two")) }}
	_, err := ingest.Load(context.Background(), options(other, folder("a", "1 eins")))
	if !errors.Is(err, graph.ErrConflict) || !strings.Contains(err.Error(), "load 2 was recorded while this one was being compared") {
		t.Errorf("the error is %v", err)
	}
	check(t, "what is held", holds(t, store), []string{"a 1 one", "b 2 two"})
	if unfinished(t, store) != nil {
		t.Error("a load is still open")
	}
}

// TestTheAnswerToACommitIsLost: the load is there all the same, and nothing of it is taken back.
func TestTheAnswerToACommitIsLost(t *testing.T) {
	t.Parallel()
	store := open(t)
	lost := &meddled{Store: store, behind: func() error { return errFull }}
	report, err := ingest.Load(context.Background(), options(lost, folder("a", "1 one")))
	if err != nil || report.Load != 1 || report.Counts.Added != 1 {
		t.Errorf("%+v, %v", report, err)
	}
	check(t, "what is held", holds(t, store), []string{"a 1 one"})
}

// TestTheLeaseIsLostMeanwhile: who took the load over has it; the former holder takes nothing back, and does not say that it
// tried.
func TestTheLeaseIsLostMeanwhile(t *testing.T) {
	t.Parallel()
	store := open(t)
	var theirs graph.Lease
	o := options(store, folder("a", many(3*ingest.BatchSize)))
	o.Progress = func(p ingest.Progress) {
		if p.Stage != ingest.StageWriting || theirs.Load > 0 {
			return
		}
		lease, err := store.TakeOver(context.Background(), 1, true)
		if err != nil {
			t.Error(err)
		}
		theirs = lease
	}
	_, err := ingest.Load(context.Background(), o)
	var broken *ingest.BrokenOffError
	if !errors.Is(err, graph.ErrConflict) || errors.As(err, &broken) || !strings.Contains(err.Error(), "the load is another's now") {
		t.Errorf("the error is %v", err)
	}
	if u := unfinished(t, store); u == nil || u.Discarding || u.Batches != 1 {
		t.Errorf("the open load is %+v", u)
	}
	if err := store.Renew(context.Background(), theirs); err != nil {
		t.Errorf("who took it over has it no more: %v", err)
	}
}

// TestAHalfDiscardedLoadIsNotGoneOnWith: the same load comes again, takes the rest of it back and gets a number of its own.
func TestAHalfDiscardedLoadIsNotGoneOnWith(t *testing.T) {
	t.Parallel()
	store, files := open(t), folder("a", many(2*ingest.BatchSize))
	n := brokenOff(t, store, files)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	err := ingest.Discard(ctx, store, n, false, func(ingest.Progress) { cancel() })
	if u := unfinished(t, store); err == nil || u == nil || !u.Discarding {
		t.Fatalf("the open load is %+v, %v", u, err)
	}
	if r := load(t, store, files); r.Discarded != n || r.Load != n+1 || r.Resumed || r.Counts.Added != 2*ingest.BatchSize {
		t.Errorf("%+v", r)
	}
}

// damaged is a store that gives another statement than its manifest names.
type damaged struct{ graph.Store }

func (d damaged) Statements(ctx context.Context, q graph.StatementQuery) ([]graph.Recorded, error) {
	found, err := d.Store.Statements(ctx, q)
	for i := range found {
		found[i].Hash[0]++
	}
	return found, err
}

// TestADamagedStoreIsNotUndone: what would be restored is not what the manifest says.
func TestADamagedStoreIsNotUndone(t *testing.T) {
	t.Parallel()
	store := open(t)
	load(t, store, folder("a", "1 one"))
	load(t, store, folder("a", "1 eins"))
	_, err := undo(t, damaged{store}, 2)
	if !errors.Is(err, graph.ErrUnavailable) || !strings.Contains(err.Error(), "acts:1 of acts is in the manifest of load 1 and not in the store") {
		t.Errorf("the error is %v", err)
	}
	check(t, "what is held", holds(t, store), []string{"a 1 eins"})
}

// TestAnUndoOfSeveralKinds restores statements of every kind, and says whose load it undid.
func TestAnUndoOfSeveralKinds(t *testing.T) {
	t.Parallel()
	store := open(t)
	load(t, store, folder("a", "version 1\n1 one"))
	before := digest(t, store)
	load(t, store, folder("a", "version 2\n1 eins\n2 zwei"))
	if _, err := undo(t, store, 2); err != nil {
		t.Fatal(err)
	}
	check(t, "the digest", digest(t, store), before)
	loads, err := store.Loads(context.Background(), graph.LoadQuery{First: 1})
	if err != nil || loads[0].Importer != "acts" || loads[0].Undoes != 2 {
		t.Errorf("the undo is %+v (%v)", loads, err)
	}
}

// TestHowMuchMayBeInQuarantineWasDecided when the load was begun: gone on with, it is not asked again.
func TestHowMuchMayBeInQuarantineWasDecided(t *testing.T) {
	t.Parallel()
	store, files := open(t), folder("a", many(ingest.BatchSize+1)+strings.Repeat("? bad\n", 60))
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	o := options(store, files)
	o.MaxQuarantine = &ingest.Share{Percent: 100}
	o.Progress = func(p ingest.Progress) {
		if p.Stage == ingest.StageWriting {
			cancel()
		}
	}
	if _, err := ingest.Load(ctx, o); !errors.Is(err, context.Canceled) {
		t.Fatalf("the error is %v", err)
	}
	report, err := ingest.Resume(context.Background(), ingest.ResumeOptions{
		Reader: store, Writer: store, Program: "test",
		Source: func(string) (ingest.Source, error) { return acts{}, nil },
		Open:   func(ingest.Source, []string) (fs.FS, error) { return files, nil },
	})
	if err != nil || report.Load != 1 || report.Counts.Quarantined != 60 {
		t.Errorf("%+v, %v", report.Counts, err)
	}
}

// fickle is acts that after a while say nothing any more, of the same files.
type fickle struct {
	acts
	silent bool
}

func (f *fickle) Rows(ctx context.Context, files fs.FS, slice graph.Slice) iter.Seq2[ingest.Row, error] {
	if f.silent {
		return func(yield func(ingest.Row, error) bool) {
			if _, err := fs.ReadFile(files, string(slice.ID)); err != nil {
				yield(ingest.Row{}, err)
			}
		}
	}
	return f.acts.Rows(ctx, files, slice)
}

// TestALoadThatWasBegunWithMore than it makes now is not gone on with, although each batch of it that is made is the same.
func TestALoadThatWasBegunWithMore(t *testing.T) {
	t.Parallel()
	store, files := open(t), folder("a", many(2*ingest.BatchSize))
	brokenOff(t, store, files)
	_, err := ingest.Resume(context.Background(), ingest.ResumeOptions{
		Reader: store, Writer: store, Program: "test",
		Source: func(string) (ingest.Source, error) { return &fickle{silent: true}, nil },
		Open:   func(ingest.Source, []string) (fs.FS, error) { return files, nil },
	})
	if !errors.Is(err, graph.ErrConflict) || !strings.Contains(err.Error(), "load 1 was begun with more than the files give now") {
		t.Errorf("the error is %v", err)
	}
	if n := headNumber(t, store); n != 0 {
		t.Errorf("load %d can be seen", n)
	}
}
