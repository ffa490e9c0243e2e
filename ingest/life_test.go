package ingest_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

// brokenOff loads files and breaks off after the first batch.
func brokenOff(t *testing.T, store graph.Store, files fs.FS) graph.LoadNumber {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	o := options(store, files)
	o.Paths = []string{"/data/a"}
	o.Progress = func(p ingest.Progress) {
		if p.Stage == ingest.StageWriting {
			cancel()
		}
	}
	_, err := ingest.Load(ctx, o)
	var broken *ingest.BrokenOffError
	if !errors.As(err, &broken) || !errors.Is(err, context.Canceled) {
		t.Fatalf("the error is %v", err)
	}
	return broken.Load
}

func unfinished(t *testing.T, store graph.Store) *graph.Unfinished {
	t.Helper()
	u, err := store.Unfinished(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestALoadThatWasBrokenOffGoesOn(t *testing.T) {
	t.Parallel()
	store, fresh := open(t), open(t)
	files := folder("a", many(2*ingest.BatchSize))
	n := brokenOff(t, store, files)
	u := unfinished(t, store)
	if u == nil || u.Number != n || !u.Expired || u.Batches != 1 || u.Importer != "acts" || len(u.Paths) != 1 || u.Paths[0] != "/data/a" {
		t.Fatalf("the open load is %+v", u)
	}
	report := load(t, store, files)
	if !report.Resumed || report.Load != n || report.Discarded != 0 {
		t.Errorf("the load that goes on is %d, resumed %t", report.Load, report.Resumed)
	}
	load(t, fresh, files)
	check(t, "the digest", digest(t, store), digest(t, fresh))
	if unfinished(t, store) != nil {
		t.Error("a load is still open")
	}
}

func TestResume(t *testing.T) {
	t.Parallel()
	store := open(t)
	whole, other := folder("a", many(2*ingest.BatchSize)), folder("a", many(2*ingest.BatchSize)+"9 more\n")
	resume := func(files fs.FS, program string) (ingest.Report, error) {
		return ingest.Resume(context.Background(), ingest.ResumeOptions{
			Reader: store, Writer: store, Program: program,
			Source: func(importer string) (ingest.Source, error) {
				if importer != "acts" {
					return nil, fmt.Errorf("%q is no source", importer)
				}
				return acts{}, nil
			},
			Open: func(_ ingest.Source, paths []string) (fs.FS, error) {
				if len(paths) != 1 || paths[0] != "/data/a" {
					return nil, fmt.Errorf("the paths are %q", paths)
				}
				return files, nil
			},
		})
	}
	if _, err := resume(whole, "test"); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("nothing to resume: %v", err)
	}
	n := brokenOff(t, store, whole)
	if _, err := resume(other, "test"); !errors.Is(err, graph.ErrConflict) || !strings.Contains(err.Error(), "a is not the file that load 1 was begun with") {
		t.Errorf("another file: %v", err)
	}
	if _, err := resume(folder("b", ""), "test"); !errors.Is(err, graph.ErrConflict) || !strings.Contains(err.Error(), "begun without the file b") {
		t.Errorf("another name: %v", err)
	}
	if _, err := resume(whole, "newer"); !errors.Is(err, graph.ErrConflict) || !strings.Contains(err.Error(), "begun by test, and this is newer") {
		t.Errorf("another program: %v", err)
	}
	report, err := resume(whole, "test")
	if err != nil || !report.Resumed || report.Load != n || report.Counts.Added != 2*ingest.BatchSize {
		t.Errorf("resumed: %+v, %v", report, err)
	}
}

func TestALoadOfOtherFilesDiscardsTheOneBrokenOff(t *testing.T) {
	t.Parallel()
	store := open(t)
	n := brokenOff(t, store, folder("a", many(2*ingest.BatchSize)))
	report := load(t, store, folder("a", "1 one"))
	if report.Resumed || report.Discarded != n || report.Load != n+1 {
		t.Errorf("load %d, resumed %t, discarded %d", report.Load, report.Resumed, report.Discarded)
	}
	check(t, "what the store holds", holds(t, store), []string{"a 1 one"})
}

func TestALoadBesideARunningOneIsToldWhoHasIt(t *testing.T) {
	t.Parallel()
	store := open(t)
	ctx := context.Background()
	lease, err := store.Open(ctx, graph.LoadInfo{Source: "other", Program: "test"})
	if err != nil {
		t.Fatal(err)
	}
	_, err = ingest.Load(ctx, options(store, folder("a", "1 one")))
	if !errors.Is(err, graph.ErrConflict) || !strings.Contains(err.Error(), "load 1, of other, is being written by process") || !strings.Contains(err.Error(), "until 20") {
		t.Errorf("the error is %v", err)
	}
	o := options(store, folder("a", "1 one"))
	o.Force = true
	if report, err := ingest.Load(ctx, o); err != nil || report.Discarded != 1 {
		t.Errorf("by force: %+v, %v", report, err)
	}
	if err := store.Write(ctx, lease, graph.Batch{}); !errors.Is(err, graph.ErrConflict) {
		t.Errorf("the former holder writes: %v", err)
	}
}

func undo(t *testing.T, store graph.Store, n graph.LoadNumber) (ingest.Report, error) {
	t.Helper()
	return ingest.Undo(context.Background(), ingest.UndoOptions{Reader: store, Writer: store, Load: n, Program: "test"})
}

func TestUndoRestoresWhatWasBefore(t *testing.T) {
	t.Parallel()
	store := open(t)
	states := []string{digest(t, store)}
	for _, files := range []fs.FS{
		folder("a", "1 one\n2 two", "b", "9 nine"), // 1
		folder("a", "2 zwei\n3 drei"),              // 2
		folder("b", "8 eight"),                     // 3
		folder("a", "2 deux"),                      // 4
	} {
		load(t, store, files)
		states = append(states, digest(t, store))
	}
	for _, c := range []struct {
		n        graph.LoadNumber
		says     string
		restores string // what the digest is then
	}{
		{2, "loads that came later count: 4 (acts, ", ""},
		{1, "later count: 4 (acts, ", ""},
		{9, "there is no load 9", ""},
		{0, "there is no load 0", ""},
		{4, "", states[3]}, // 5
		{4, "undone already, by load 5", ""},
		{3, "", states[2]}, // 6: another slice, so load 5 is not in the way
		{2, "", states[1]}, // 7
		{7, "", states[2]}, // 8: undoing the undo
		{7, "undone already, by load 8", ""},
		{2, "", states[1]}, // 9
		{1, "", states[0]}, // 10
	} {
		report, err := undo(t, store, c.n)
		if c.says != "" {
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("undoing %d: %+v, %v; it should say %q", c.n, report.Counts, err, c.says)
			}
			continue
		}
		if err != nil {
			t.Fatalf("undoing %d: %v", c.n, err)
		}
		if got := digest(t, store); got != c.restores {
			t.Errorf("after undoing %d the digest is %s, not %s", c.n, got, c.restores)
		}
	}
	loads, err := store.Loads(context.Background(), graph.LoadQuery{Number: 5})
	if err != nil || len(loads) != 1 || loads[0].Undoes != 4 || loads[0].Source != "acts" {
		t.Errorf("load 5 is %+v (%v)", loads, err)
	}
}

// An undo that is broken off goes on, and a dry run of it writes nothing.
func TestUndoGoesOn(t *testing.T) {
	t.Parallel()
	store := open(t)
	before := digest(t, store)
	load(t, store, folder("a", many(2*ingest.BatchSize)))
	dry, err := ingest.Undo(context.Background(), ingest.UndoOptions{Reader: store, Load: 1, DryRun: true})
	if err != nil || dry.Counts.Retracted != 2*ingest.BatchSize || len(dry.Changes) != dry.Counts.Retracted || headNumber(t, store) != 1 {
		t.Errorf("a dry run: %+v, %v", dry.Counts, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	_, err = ingest.Undo(ctx, ingest.UndoOptions{Reader: store, Writer: store, Load: 1, Program: "test", Progress: func(p ingest.Progress) {
		if p.Stage == ingest.StageWriting {
			cancel()
		}
	}})
	var broken *ingest.BrokenOffError
	if !errors.As(err, &broken) {
		t.Fatalf("the error is %v", err)
	}
	report, err := undo(t, store, 1)
	if err != nil || !report.Resumed || report.Load != broken.Load {
		t.Errorf("the undo that goes on: %+v, %v", report, err)
	}
	check(t, "the digest", digest(t, store), before)
}

func quarantine(t *testing.T, store graph.Store, n graph.LoadNumber) []graph.Quarantined {
	t.Helper()
	page, err := store.Quarantine(context.Background(), graph.QuarantineQuery{Load: n})
	if err != nil {
		t.Fatal(err)
	}
	return page.Items
}

// mend gives the records of a load's quarantine with texts in place of others.
func mend(t *testing.T, store graph.Store, n graph.LoadNumber, texts map[string]string) []ingest.MendedRecord {
	t.Helper()
	var out []ingest.MendedRecord
	for _, q := range quarantine(t, store, n) {
		for _, r := range q.Records {
			if r.Frame {
				continue
			}
			m := ingest.MendedRecord{N: q.N, File: r.File, Line: r.Line, From: r.From, Text: r.Text}
			if fresh, ok := texts[strings.TrimSpace(r.Text)]; ok {
				m.Text = fresh
			}
			out = append(out, m)
		}
	}
	return out
}

func amend(t *testing.T, store graph.Store, n graph.LoadNumber, texts map[string]string) (ingest.Report, error) {
	t.Helper()
	a, err := ingest.NewAmendment(context.Background(), store, n, mend(t, store, n, texts))
	if err != nil {
		return ingest.Report{}, err
	}
	o := options(store, nil)
	o.Amend = a
	return ingest.Load(context.Background(), o)
}

func TestAnAmendmentIsLoadedAloneAndMadeAgain(t *testing.T) {
	t.Parallel()
	store := open(t)
	files := folder("a", "1 one\n? two\n? three\n4 four", "b", "9 nine")
	first := load(t, store, files)
	entries := quarantine(t, store, first.Load)
	if len(entries) != 2 || entries[0].Records[0].Text != "? two\n" || entries[1].Mistakes[0].Line != 3 {
		t.Fatalf("the quarantine is %+v", entries)
	}
	if _, err := amend(t, store, 1, nil); !errors.Is(err, graph.ErrInvalid) || !strings.Contains(err.Error(), "no record differs") {
		t.Errorf("nothing mended: %v", err)
	}
	if _, err := amend(t, store, 1, map[string]string{"? two": "? zwei"}); !errors.Is(err, graph.ErrInvalid) || !strings.Contains(err.Error(), `a:2: "zwei": is not understood`) {
		t.Errorf("mended badly: %v", err)
	}
	if _, err := amend(t, store, 1, map[string]string{"? two": "4 vier"}); !errors.Is(err, graph.ErrInvalid) || !strings.Contains(err.Error(), `a:2: "acts:4": the store holds what has this key already, from another row`) {
		t.Errorf("mended into the key of another: %v", err)
	}
	report, err := amend(t, store, 1, map[string]string{"? two": "2 two"})
	if err != nil || report.Counts != (ingest.Counts{Added: 1}) || report.Amends != 1 || report.Load != 2 {
		t.Fatalf("mended: %+v, %v", report, err)
	}
	all := []string{"a 1 one", "a 2 two", "a 4 four", "b 9 nine"}
	check(t, "after the amendment", holds(t, store), all)
	check(t, "where it was read", locators(t, store)["acts:2"], "a:2")

	again := load(t, store, files)
	if again.Mended != 1 || again.Load != 0 {
		t.Errorf("the same files again: %+v", again)
	}
	check(t, "after loading the same again", holds(t, store), all)

	// Another row changes the file, so that the mended record is another file's: it goes, and comes back with an undo.
	load(t, store, folder("a", "1 uno\n? two\n4 four"))
	check(t, "after another file", holds(t, store), []string{"a 1 uno", "a 4 four", "b 9 nine"})
	if _, err := undo(t, store, 2); !errors.Is(err, graph.ErrConflict) {
		t.Errorf("undoing the amendment below: %v", err)
	}
	if _, err := undo(t, store, 3); err != nil {
		t.Fatal(err)
	}
	check(t, "after undoing that", holds(t, store), all)
	if _, err := undo(t, store, 2); err != nil {
		t.Fatal(err)
	}
	check(t, "after undoing the amendment", holds(t, store), []string{"a 1 one", "a 4 four", "b 9 nine"})
	if r := load(t, store, files); r.Mended != 0 || r.Load != 0 {
		t.Errorf("an amendment that was undone is made again: %+v", r)
	}
}

// Of two rows with one key one is mended, or taken out, and then both are understood.
func TestTwinsAreMended(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"7 uno": {"a 1 one", "a 2 two", "a 7 uno"},
		"":      {"a 1 one", "a 2 two"},
	} {
		store := open(t)
		files := folder("a", "1 one\n2 two\n1 uno")
		load(t, store, files)
		check(t, "before", holds(t, store), []string{"a 2 two"})
		if _, err := amend(t, store, 1, map[string]string{"1 uno": text}); err != nil {
			t.Fatal(err)
		}
		check(t, "mended", holds(t, store), want)
		if r := load(t, store, files); r.Load != 0 || r.Mended != 1 {
			t.Errorf("the same again: %+v", r)
		}
	}
}

// What is wrong is kept although no statement changes, and no second time.
func TestNewsInQuarantineAreRecorded(t *testing.T) {
	t.Parallel()
	store := open(t)
	load(t, store, folder("a", "1 one"))
	for range 2 {
		load(t, store, folder("a", "1 one\n? two"))
		if n := headNumber(t, store); n != 2 || len(quarantine(t, store, 2)) != 1 {
			t.Errorf("the head is %d", n)
		}
	}
	load(t, store, folder("a", "1 one\n? zwei"))
	if n := headNumber(t, store); n != 3 {
		t.Errorf("another mistake in the same line: the head is %d", n)
	}
}

func TestWhatWasErasedDoesNotComeBack(t *testing.T) {
	t.Parallel()
	store := open(t)
	files := folder("a", "1 one\n2 two")
	load(t, store, files)
	load(t, store, folder("a", "1 eins\n2 two"))
	ctx := context.Background()
	id := graph.StatementID{Source: "acts", Kind: graph.StatementEngagement, Key: "acts:1"}
	if _, err := store.Erase(ctx, graph.EraseOrder{IDs: []graph.StatementID{id}, Reason: "a person asked"}); err != nil {
		t.Fatal(err)
	}
	report := load(t, store, files)
	if report.Erased != 1 || report.Load != 0 {
		t.Errorf("loading what was erased: %+v", report)
	}
	for at := graph.LoadNumber(1); at <= headNumber(t, store); at++ {
		found, err := store.Statements(ctx, graph.StatementQuery{Load: at, Kind: graph.StatementEngagement, Keys: []string{"acts:1"}})
		if err != nil || len(found) != 0 {
			t.Errorf("at load %d: %v, %v", at, found, err)
		}
	}
	if _, err := undo(t, store, 3); !errors.Is(err, graph.ErrInvalid) || !strings.Contains(err.Error(), "gone for good") {
		t.Errorf("undoing an erasure: %v", err)
	}
	if _, err := undo(t, store, 2); err != nil {
		t.Errorf("undoing a load of which something was erased: %v", err)
	}
	check(t, "what is left", holds(t, store), []string{"a 2 two"})
}

func TestHowMuchMayBeInQuarantine(t *testing.T) {
	t.Parallel()
	hundred := strings.ReplaceAll(many(98), "title", "x") + "? a\n? b\n"
	for _, c := range []struct {
		share string
		fits  bool
	}{{"2", true}, {"1", false}, {"0", false}, {"2%", true}, {"1%", false}, {"1.9%", false}, {"100%", true}} {
		share, err := ingest.ParseShare(c.share)
		if err != nil {
			t.Fatal(err)
		}
		store := open(t)
		o := options(store, folder("a", hundred))
		o.MaxQuarantine = &share
		_, err = ingest.Load(context.Background(), o)
		var many *ingest.TooManyError
		if (err == nil) != c.fits || err != nil && !errors.As(err, &many) {
			t.Errorf("%s: %v", c.share, err)
		}
		if n := headNumber(t, store); (n == 1) != c.fits {
			t.Errorf("%s: the head is %d", c.share, n)
		}
		check(t, "printed", share.String(), c.share)
	}
	for _, bad := range []string{"", "-1", "x", "1.5", "101%", "-1%", "%", "NaN%"} {
		if _, err := ingest.ParseShare(bad); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// locators gives where each engagement at the head was read.
func locators(t *testing.T, store graph.Store) map[string]string {
	t.Helper()
	found, err := store.Statements(context.Background(), graph.StatementQuery{Load: headNumber(t, store), Kind: graph.StatementEngagement})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range found {
		out[f.Key] = fmt.Sprint(f.Locator)
	}
	return out
}

// Mended one after the other, rows that make linked meetings stay linked; see also conclude_test.go.
func TestAMendedKeyFindsItsOtherRecords(t *testing.T) {
	t.Parallel()
	store := open(t)
	load(t, store, folder("a", "1 one\n? two\n? three"))
	if _, err := amend(t, store, 1, map[string]string{"? two": "2 two"}); err != nil {
		t.Fatal(err)
	}
	// The first is mended: mending the second does not read it wrongly again.
	if r, err := amend(t, store, 1, map[string]string{"? three": "3 three"}); err != nil || r.Counts != (ingest.Counts{Added: 1}) {
		t.Errorf("%+v, %v", r, err)
	}
	check(t, "both", holds(t, store), []string{"a 1 one", "a 2 two", "a 3 three"})
	if r := load(t, store, folder("a", "1 one\n? two\n? three")); r.Load != 0 || r.Mended != 2 {
		t.Errorf("the same again: %+v", r)
	}
	// A record that is taken out is remembered so.
	other := open(t)
	load(t, other, folder("a", "1 one\n? two"))
	if r, err := amend(t, other, 1, map[string]string{"? two": ""}); err != nil || r.Load != 2 {
		t.Errorf("taken out: %+v, %v", r, err)
	}
	if r := load(t, other, folder("a", "1 one\n? two")); r.Load != 0 || r.Counts.Quarantined != 0 {
		t.Errorf("after taking it out: %+v", r)
	}
	// And a file in which nothing is wrong any more leaves nothing in quarantine.
	third := open(t)
	load(t, third, folder("a", "1 one\n? two"))
	if r := load(t, third, folder("a", "1 one")); r.Load != 2 || !r.QuarantineChanged {
		t.Errorf("a quarantine that is empty now: %+v", r)
	}
}

func TestManyTwinsAreCountedAndNotAllKept(t *testing.T) {
	t.Parallel()
	store := open(t)
	files := folder("a", many(3000)+strings.Repeat("7 seven\n", 3000))
	_, err := ingest.Load(context.Background(), options(store, files))
	if err == nil || !strings.Contains(err.Error(), "3000 of 6000 rows are not understood") {
		t.Errorf("the error is %.200v", err)
	}
	all := ingest.Share{Percent: 100}
	o := options(store, files)
	o.MaxQuarantine = &all
	report, err := ingest.Load(context.Background(), o)
	if err != nil || len(report.Quarantined) != 1 || len(report.Quarantined[0].Mistakes) > 100 {
		t.Errorf("%d entries, %v", len(report.Quarantined), err)
	}
}

// Of two files with the same bytes the one is mended whose record was mended.
func TestOfTwoEqualFilesOneIsMended(t *testing.T) {
	t.Parallel()
	store := open(t)
	files := folder("a", "? x\n", "b", "? x\n")
	load(t, store, files)
	a, err := ingest.NewAmendment(context.Background(), store, 1, []ingest.MendedRecord{{N: 1, File: "a", Line: 1, Text: "1 one"}})
	if err != nil {
		t.Fatal(err)
	}
	o := options(store, nil)
	o.Amend = a
	if _, err := ingest.Load(context.Background(), o); err != nil {
		t.Fatal(err)
	}
	if r := load(t, store, files); r.Load != 0 || r.Mended != 1 {
		t.Errorf("the same again: %+v", r)
	}
	check(t, "what the store holds", holds(t, store), []string{"a 1 one"})
}
