package ingest_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/sqlitestore"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/ingesttest"
)

// TestCopies holds copies between embedded stores to what copies between any two are promised.
func TestCopies(t *testing.T) {
	t.Parallel()
	ingesttest.Copies(t, open, open)
}

func copyStore(from graph.Reader, to graph.Store) (ingest.CopyReport, error) {
	return ingest.Copy(context.Background(), ingest.CopyOptions{From: from, To: to})
}

func TestACopyOfSeveralBatches(t *testing.T) {
	t.Parallel()
	from, to := open(t), open(t)
	load(t, from, folder("a", many(2*ingest.BatchSize+7)))
	load(t, from, folder("a", many(ingest.BatchSize)+"9 more\n"))
	var told []ingest.Progress
	report, err := ingest.Copy(context.Background(), ingest.CopyOptions{From: from, To: to, Progress: func(p ingest.Progress) { told = append(told, p) }})
	if err != nil {
		t.Fatal(err)
	}
	head, open, err := graph.Digest(context.Background(), from, 2)
	if err != nil {
		t.Fatal(err)
	}
	want := ingest.CopyReport{Copied: 2, Statements: report.Statements, Load: 2, Digest: head.String(), Open: open}
	if report != want || report.Statements < 2*ingest.BatchSize+8 {
		t.Errorf("the report is %+v, not %+v", report, want)
	}
	last := ingest.Progress{}
	for _, p := range told {
		if p.Stage != ingest.StageCopying || p.Done <= last.Done || p.Done > p.Total {
			t.Errorf("the progress is %+v after %+v", p, last)
		}
		last = p
	}
	if last.Done < 3*ingest.BatchSize-100 {
		t.Errorf("the last that is told of the progress is %+v", last)
	}
	if again, err := copyStore(from, to); err != nil || again.Held != 2 || again.Copied != 0 || again.Statements != 0 || again.Digest != report.Digest {
		t.Errorf("copied again: %+v, %v", again, err)
	}
}

// TestAnEmptyStoreIsCopied: what it has are the numbers it burned.
func TestAnEmptyStoreIsCopied(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	from, to := open(t), open(t)
	if report, err := copyStore(from, to); err != nil || report.Copied+report.Held != 0 || report.Load != 0 {
		t.Errorf("%+v, %v", report, err)
	}
	lease, err := from.Open(ctx, graph.LoadInfo{Source: "test"})
	if err != nil {
		t.Fatal(err)
	}
	wantBurned := func(n graph.LoadNumber) {
		t.Helper()
		if _, err := copyStore(from, to); err != nil {
			t.Fatal(err)
		}
		if h, err := to.Head(ctx); err != nil || h.Burned != n || unfinished(t, to) != nil {
			t.Errorf("burned are the numbers up to %d (%v), not %d", h.Burned, err, n)
		}
	}
	wantBurned(0) // it may yet be committed
	if err := from.Discard(ctx, lease, nil); err != nil {
		t.Fatal(err)
	}
	wantBurned(1)
	load(t, from, folder("a", "1 one\n"))
	wantBurned(2)
}

// TestWhatIsNoCopyIsRefused: a target that holds anything else is left as it is.
func TestWhatIsNoCopyIsRefused(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for name, c := range map[string]struct {
		change func(t *testing.T, from, to graph.Store) // after two loads were copied
		want   string
	}{
		"another load": {func(t *testing.T, _, to graph.Store) { load(t, to, folder("b", "b1 x\n")) }, "it has a load 3, and the source has none"},
		"other loads since": {func(t *testing.T, from, to graph.Store) {
			load(t, to, folder("b", "b1 x\n"))
			load(t, from, folder("b", "b1 y\n"))
		}, "load 3 differs in its time"},
		"a number burned": {func(t *testing.T, from, to graph.Store) {
			discard(t, to)
			load(t, from, folder("b", "b1 y\n"))
		}, "the number 3 is taken in it"},
		"a load that is open": {func(t *testing.T, from, to graph.Store) {
			brokenOff(t, to, folder("b", many(2*ingest.BatchSize)))
		}, "load 3 is open in it, and is no copy"},
		"an erasure in the source": {func(t *testing.T, from, _ graph.Store) { eraseOne(t, from) }, "the source erased engagement acts:1 of acts since, in load 3"},
		"an erasure in the target": {func(t *testing.T, from, to graph.Store) {
			load(t, from, folder("b", "b1 y\n"))
			eraseOne(t, to)
		}, "load 3 differs in its time"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			from, to := open(t), open(t)
			load(t, from, folder("a", "1 one\n2 two\n"))
			load(t, from, folder("a", "1 one\n2 other\n"))
			if _, err := copyStore(from, to); err != nil {
				t.Fatal(err)
			}
			c.change(t, from, to)
			before, err := to.Head(ctx)
			if err != nil {
				t.Fatal(err)
			}
			_, err = copyStore(from, to)
			var other *ingest.NotACopyError
			if !errors.As(err, &other) || !errors.Is(err, graph.ErrConflict) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("the error is %v; it should say: %s", err, c.want)
			}
			if after, err := to.Head(ctx); err != nil || fmt.Sprint(after) != fmt.Sprint(before) {
				t.Errorf("the target has changed from %v to %v (%v)", before, after, err)
			}
		})
	}
}

func discard(t *testing.T, s graph.Store) {
	t.Helper()
	lease, err := s.Open(context.Background(), graph.LoadInfo{Source: "test"})
	if err == nil {
		err = s.Discard(context.Background(), lease, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func eraseOne(t *testing.T, s graph.Store) {
	t.Helper()
	_, err := s.Erase(context.Background(), graph.EraseOrder{IDs: []graph.StatementID{{Source: "acts", Kind: graph.StatementEngagement, Key: "acts:1"}}, Reason: "a person asked"})
	if err != nil {
		t.Fatal(err)
	}
}

// TestDamageIsNotCopied: what differs in a single byte, wherever it is kept, is found.
func TestDamageIsNotCopied(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		damage string // by SQL, in the target after a copy, or in the source before
		source bool
		want   string
	}{
		"a body in the source":       {`UPDATE statement SET body = replace(body, 'one', 'uno')`, true, "the source is damaged"},
		"a body in the target":       {`UPDATE statement SET body = replace(body, 'one', 'uno')`, false, "what it says"},
		"a locator in the target":    {`UPDATE statement SET locator = 'x'`, false, "where it was read"},
		"a statement gone":           {`DELETE FROM statement WHERE body LIKE '%one%'`, false, "did nothing to"},
		"a statement of another":     {`UPDATE statement SET source = 'zzz' WHERE body LIKE '%one%'`, false, "to engagement"},
		"a quarantine changed":       {`UPDATE quarantine SET body = replace(body, '"n":1', '"n":7')`, false, "differs in its quarantine"},
		"a quarantine gone":          {`DELETE FROM quarantine`, false, "differs in its quarantine"},
		"the note of a load":         {`UPDATE load SET note = 'x' WHERE number = 1`, false, "load 1 differs in its program or note"},
		"the counts of a load":       {`UPDATE load SET added = 7 WHERE number = 1`, false, "load 1 differs in its counts"},
		"the time of a load":         {`UPDATE load SET recorded = recorded - 1 WHERE number = 1`, false, "load 1 differs in its time"},
		"the files of a load":        {`UPDATE load SET files = '[]' WHERE number = 1`, false, "load 1 differs in its files"},
		"a mark of an undo":          {`UPDATE load SET undoes = 1 WHERE number = 2`, false, "load 2 differs in its mark"},
		"an erasure that never was":  {`INSERT INTO erasure VALUES ('a', 'act', 'k', 1, 'x')`, false, "it has act k of a as erased"},
		"a load that is not its own": {`UPDATE load SET state = 'discarded' WHERE number = 1`, false, "it has no load 1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			at := func(name string) graph.Store {
				s, err := sqlitestore.Open(filepath.Join(dir, name), sqlitestore.Create())
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() {
					if err := s.Close(); err != nil {
						t.Error(err)
					}
				})
				return s
			}
			from, to := at("from.db"), at("to.db")
			load(t, from, folder("a", "1 one\n2 two\n? what\n"))
			load(t, from, folder("a", "1 one\n2 other\n? what\n"))
			damaged := "from.db"
			if !c.source {
				damaged = "to.db"
				if _, err := copyStore(from, to); err != nil {
					t.Fatal(err)
				}
			}
			db, err := sql.Open("sqlite", filepath.Join(dir, damaged))
			if err != nil {
				t.Fatal(err)
			}
			r, err := db.Exec(c.damage)
			if err != nil {
				t.Fatal(err)
			}
			if n, err := r.RowsAffected(); err != nil || n == 0 {
				t.Fatalf("nothing was damaged (%v)", err)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			if _, err := copyStore(from, to); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("the error is %v; it should say: %s", err, c.want)
			}
		})
	}
}

// TestACopyBrokenOffIsNotTakenForALoad: a load neither goes on with it nor discards it.
func TestACopyBrokenOffIsNotTakenForALoad(t *testing.T) {
	t.Parallel()
	from, to := open(t), open(t)
	files := folder("a", many(2*ingest.BatchSize))
	load(t, from, files)
	ctx, cancel := context.WithCancel(context.Background())
	_, err := ingest.Copy(ctx, ingest.CopyOptions{From: from, To: to, Progress: func(p ingest.Progress) {
		if p.Done > ingest.BatchSize {
			cancel()
		}
	}})
	var broken *ingest.BrokenOffError
	if !errors.As(err, &broken) || !broken.Copy || broken.Load != 1 || !errors.Is(err, context.Canceled) {
		t.Fatalf("the error is %v", err)
	}
	u := unfinished(t, to)
	if u == nil || u.Copy == nil || u.Batches != 1 {
		t.Fatalf("the open load is %+v", u)
	}
	_, loadErr := ingest.Load(context.Background(), options(to, files))
	_, resumeErr := ingest.Resume(context.Background(), ingest.ResumeOptions{Reader: to, Writer: to, Program: u.Program})
	for what, err := range map[string]error{"a load": loadErr, "a resume": resumeErr} {
		if !errors.Is(err, graph.ErrConflict) || !strings.Contains(err.Error(), "a copy from another store") {
			t.Errorf("%s: %v", what, err)
		}
	}
	report, err := copyStore(from, to)
	if err != nil || report.Resumed != 1 || report.Copied != 1 {
		t.Errorf("gone on with: %+v, %v", report, err)
	}
}

func TestOneStoreIsNotCopiedToItself(t *testing.T) {
	t.Parallel()
	s := open(t)
	if _, err := copyStore(s, s); !errors.Is(err, graph.ErrInvalid) || !strings.Contains(err.Error(), "one store") {
		t.Errorf("the error is %v", err)
	}
}

func TestACopyToWhatCanOnlyBeRead(t *testing.T) {
	t.Parallel()
	from := open(t)
	path := filepath.Join(t.TempDir(), "to.db")
	made, err := sqlitestore.Open(path, sqlitestore.Create())
	if err != nil {
		t.Fatal(err)
	}
	if err := made.Close(); err != nil {
		t.Fatal(err)
	}
	to, err := sqlitestore.Open(path, sqlitestore.ReadOnly())
	if err != nil {
		t.Fatal(err)
	}
	defer to.Close()
	load(t, from, folder("a", "1 one\n"))
	if _, err := copyStore(from, to); !errors.Is(err, graph.ErrUnavailable) || !strings.Contains(err.Error(), "reading only") {
		t.Errorf("the error is %v", err)
	}
}

// TestLoadsThatComeMeanwhileAreCopied: the source is loaded into, and takes back another load, while it is copied.
func TestLoadsThatComeMeanwhileAreCopied(t *testing.T) {
	t.Parallel()
	from, to := open(t), open(t)
	load(t, from, folder("a", many(2*ingest.BatchSize)))
	meanwhile := false
	report, err := ingest.Copy(context.Background(), ingest.CopyOptions{From: from, To: to, Progress: func(p ingest.Progress) {
		if meanwhile {
			return
		}
		meanwhile = true
		discard(t, from)
		load(t, from, folder("b", "b1 one\n"))
		discard(t, from)
	}})
	if err != nil || report.Copied != 2 || report.Load != 3 {
		t.Errorf("%+v, %v", report, err)
	}
	if h, err := to.Head(context.Background()); err != nil || h.Burned != 4 {
		t.Errorf("burned are the numbers up to %d (%v), not 4", h.Burned, err)
	}
}

// TestTwoWhoCopyAtOnce: the second is told of the first, and takes its place only where that is asked for.
func TestTwoWhoCopyAtOnce(t *testing.T) {
	t.Parallel()
	from, to := open(t), open(t)
	load(t, from, folder("a", many(2*ingest.BatchSize)))
	second := func(force bool) (ingest.CopyReport, error) {
		return ingest.Copy(context.Background(), ingest.CopyOptions{From: from, To: to, Force: force})
	}
	tried := false
	_, err := ingest.Copy(context.Background(), ingest.CopyOptions{From: from, To: to, Progress: func(ingest.Progress) {
		if tried {
			return
		}
		tried = true
		if _, err := second(false); !errors.Is(err, graph.ErrConflict) || !strings.Contains(err.Error(), "is being written by") {
			t.Errorf("the second is told %v", err)
		}
		if report, err := second(true); err != nil || report.Copied != 1 || report.Resumed != 1 {
			t.Errorf("the second, by force: %+v, %v", report, err)
		}
	}})
	if !errors.Is(err, graph.ErrConflict) {
		t.Errorf("the first is told %v", err)
	}
	if again, err := second(false); err != nil || again.Held != 1 || again.Copied != 0 {
		t.Errorf("afterwards: %+v, %v", again, err)
	}
}
