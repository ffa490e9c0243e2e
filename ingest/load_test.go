package ingest_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/sqlitestore"
	"github.com/entente-graph/entente/ingest"
)

// acts is a source for these tests. Each file is a slice, and each line an act: "key title", "? text" for a row
// that is not understood, "! text" for a fatal error, "version 2" for the source's own record.
type acts struct{}

func (acts) Info() graph.Source {
	return graph.Source{Key: "acts", Kind: graph.SourceDataset, Title: "Acts"}
}

func (acts) Slices(_ context.Context, files fs.FS) ([]graph.Slice, error) {
	names, err := fs.Glob(files, "*")
	var out []graph.Slice
	for _, n := range names {
		out = append(out, graph.Slice{Source: "acts", ID: graph.SliceID(n)})
	}
	return out, err
}

func (acts) Rows(_ context.Context, files fs.FS, slice graph.Slice) iter.Seq2[ingest.Row, error] {
	return func(yield func(ingest.Row, error) bool) {
		f, err := files.Open(string(slice.ID))
		if err != nil {
			yield(ingest.Row{}, err)
			return
		}
		defer f.Close()
		text, err := io.ReadAll(f)
		if err != nil {
			yield(ingest.Row{}, err)
			return
		}
		at := int64(0)
		for n, line := range strings.SplitAfter(string(text), "\n") {
			record := ingest.Record{File: string(slice.ID), Line: n + 1, From: at, To: at + int64(len(line))}
			at = record.To
			if line = strings.TrimRight(line, "\n"); line == "" {
				continue
			}
			row, err := actRow(slice, record, line)
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

func actRow(slice graph.Slice, record ingest.Record, line string) (ingest.Row, error) {
	key, rest, _ := strings.Cut(line, " ")
	row := ingest.Row{Records: []ingest.Record{record}}
	var about any = &graph.Act{EngagementBase: graph.EngagementBase{
		Key: graph.EngagementKey("acts:" + key), Kind: graph.KindAct, Titles: []graph.Name{{Text: rest, Lang: "en"}},
	}, Type: "PROTEST"}
	switch key {
	case "?":
		row.Mistakes = ingest.Mistakes{{File: record.File, Line: record.Line, Value: rest, Rule: "is not understood"}}
		return row, nil
	case "!":
		return row, ingest.Mistakes{{File: record.File, Line: record.Line, Value: rest, Rule: "is fatal"}}
	case "version":
		about = &graph.Source{Key: "acts", Kind: graph.SourceDataset, Title: "Acts", Version: rest}
	}
	var err error
	row.Statement, err = graph.NewStatement("acts", slice.ID, about, fmt.Sprintf("%s:%d", record.File, record.Line))
	return row, err
}

// Frames: lines stand for themselves.
func (acts) Frames(context.Context, fs.FS) ([]ingest.Record, error) { return nil, nil }

func open(t testing.TB) graph.Store {
	t.Helper()
	store, err := sqlitestore.Open(filepath.Join(t.TempDir(), "store.db"), sqlitestore.Create())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}

// folder makes a file system of names and lines.
func folder(pairs ...string) fs.FS {
	m := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return m
}

func options(store graph.Store, files fs.FS) ingest.Options {
	return ingest.Options{Source: acts{}, Files: files, Reader: store, Writer: store, Program: "test"}
}

func load(t testing.TB, store graph.Store, files fs.FS) ingest.Report {
	t.Helper()
	report, err := ingest.Load(context.Background(), options(store, files))
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// holds gives what the store holds at its head, as "slice key title".
func holds(t testing.TB, store graph.Store) []string {
	t.Helper()
	ctx := context.Background()
	head, err := store.Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	found, err := store.Statements(ctx, graph.StatementQuery{Load: head.Load.Number, Kind: graph.StatementEngagement})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, r := range found {
		e, err := graph.DecodeEngagement(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, fmt.Sprintf("%s %s %s", r.Slice, strings.TrimPrefix(r.Key, "acts:"), e.Base().Title("en")))
	}
	slices.Sort(out)
	return out
}

func headNumber(t testing.TB, store graph.Store) graph.LoadNumber {
	t.Helper()
	head, err := store.Head(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return head.Load.Number
}

func check(t testing.TB, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func TestALoadReplacesItsSlices(t *testing.T) {
	t.Parallel()
	store := open(t)
	first := load(t, store, folder("a", "1 one\n2 two\n3 three", "b", "9 nine"))
	check(t, "the first load", first.Counts, ingest.Counts{Added: 4})
	second := load(t, store, folder("a", "2 two\n3 drei\n4 four"))
	check(t, "the second load", second.Counts, ingest.Counts{Added: 1, Changed: 1, Retracted: 1, Unchanged: 1})
	check(t, "what the store holds", holds(t, store), []string{"a 2 two", "a 3 drei", "a 4 four", "b 9 nine"})
	if second.Load != first.Load+1 {
		t.Errorf("the loads are %d and %d", first.Load, second.Load)
	}
}

func TestLoadingTheSameTwiceWritesNothing(t *testing.T) {
	t.Parallel()
	store := open(t)
	files := folder("a", "1 one\n2 two")
	load(t, store, files)
	before := headNumber(t, store)
	// Another order of rows, and rows moved by an empty one, are still the same.
	again := load(t, store, folder("a", "2 two\n1 one"))
	check(t, "the counts", again.Counts, ingest.Counts{Unchanged: 2})
	if again.Load != 0 || headNumber(t, store) != before {
		t.Errorf("load %d was written, the head is %d", again.Load, headNumber(t, store))
	}
	if next := load(t, store, folder("a", "1 one")); next.Load != before+1 {
		t.Errorf("the next load is %d: a number was burned", next.Load)
	}
}

func TestADryRunShowsFieldsAndWritesNothing(t *testing.T) {
	t.Parallel()
	store := open(t)
	load(t, store, folder("a", "1 one\n2 two\n3 three"))
	o := options(store, folder("a", "1 eins\n3 three\n4 four"))
	o.DryRun, o.Writer = true, nil
	report, err := ingest.Load(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	check(t, "the changes", report.Changes, []ingest.Change{
		{Action: ingest.Changed, Source: "acts", Kind: "engagement", Key: "acts:1", Title: "eins", Fields: []ingest.FieldChange{{Path: "titles[en].text", Old: "one", New: "eins"}}},
		{Action: ingest.Retracted, Source: "acts", Kind: "engagement", Key: "acts:2", Title: "two"},
		{Action: ingest.Added, Source: "acts", Kind: "engagement", Key: "acts:4", Title: "four"},
	})
	check(t, "what the store holds", holds(t, store), []string{"a 1 one", "a 2 two", "a 3 three"})
}

func TestTwoRowsWithOneKeyAreBothQuarantined(t *testing.T) {
	t.Parallel()
	store := open(t)
	report := load(t, store, folder("a", "1 one\n2 two\n1 uno"))
	if len(report.Quarantined) != 1 {
		t.Fatalf("the quarantine is %+v", report.Quarantined)
	}
	check(t, "the quarantine", report.Quarantined[0].Mistakes, []ingest.Mistake{
		{File: "a", Line: 1, Byte: 1, Value: "acts:1", Rule: "2 rows have the key of one engagement; none of them is loaded", Suggestion: "also a:3"},
		{File: "a", Line: 3, Byte: 13, Value: "acts:1", Rule: "2 rows have the key of one engagement; none of them is loaded", Suggestion: "also a:1"},
	})
	check(t, "what it is of", report.Quarantined[0].Of, graph.StatementID{Source: "acts", Kind: graph.StatementEngagement, Key: "acts:1"})
	check(t, "what the store holds", holds(t, store), []string{"a 2 two"})
}

func TestTooManyBadRowsLoadNothing(t *testing.T) {
	t.Parallel()
	store := open(t)
	_, err := ingest.Load(context.Background(), options(store, folder("a", "1 one\n"+strings.Repeat("? what\n", ingest.DefaultQuarantine.Things+1))))
	if !errors.Is(err, graph.ErrInvalid) || !strings.Contains(err.Error(), "21 of 22 rows are not understood") {
		t.Errorf("the error is %v", err)
	}
	if headNumber(t, store) != 0 {
		t.Error("something is visible")
	}
	if report := load(t, store, folder("a", "1 one\n"+strings.Repeat("? what\n", ingest.DefaultQuarantine.Things))); report.Counts.Quarantined != ingest.DefaultQuarantine.Things {
		t.Errorf("as many as are allowed: %+v", report.Counts)
	}
}

func TestAFatalErrorAnywhereLoadsNothing(t *testing.T) {
	t.Parallel()
	store := open(t)
	load(t, store, folder("a", "1 one"))
	_, err := ingest.Load(context.Background(), options(store, folder("a", "1 eins\n2 two", "b", "3 three\n! broken")))
	var mistakes ingest.Mistakes
	if !errors.As(err, &mistakes) || mistakes[0].Line != 2 {
		t.Errorf("the error is %v", err)
	}
	check(t, "what the store holds", holds(t, store), []string{"a 1 one"})
	if headNumber(t, store) != 1 {
		t.Error("a load became visible")
	}
}

// A load that is broken off while it writes shows nothing, and does not stand in the way of the next.
func TestALoadThatIsBrokenOffIsTakenBack(t *testing.T) {
	t.Parallel()
	store := open(t)
	load(t, store, folder("a", "1 one"))
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	o := options(store, folder("a", many(3*ingest.BatchSize)))
	o.Progress = func(p ingest.Progress) {
		if p.Stage == ingest.StageWriting {
			cancel()
		}
	}
	if _, err := ingest.Load(ctx, o); !errors.Is(err, context.Canceled) {
		t.Fatalf("the error is %v", err)
	}
	check(t, "what the store holds", holds(t, store), []string{"a 1 one"})
	load(t, store, folder("a", "1 one\n2 two"))
	check(t, "after the next load", holds(t, store), []string{"a 1 one", "a 2 two"})
}

func many(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%06d title\n", i)
	}
	return b.String()
}

func TestManyBatchesAreOneLoad(t *testing.T) {
	t.Parallel()
	store := open(t)
	n := 2*ingest.BatchSize + 7
	if r := load(t, store, folder("a", many(n))); r.Load != 1 || r.Counts.Added != n {
		t.Errorf("load %d, %+v", r.Load, r.Counts)
	}
	if got := len(holds(t, store)); got != n {
		t.Errorf("the store holds %d of %d", got, n)
	}
	if r := load(t, store, folder("a", "")); r.Counts.Retracted != n {
		t.Errorf("an empty slice retracts all: %+v", r.Counts)
	}
	if got := holds(t, store); len(got) != 0 {
		t.Errorf("the store still holds %d", len(got))
	}
}

func TestAStatementMovesBetweenSlicesOfOneLoad(t *testing.T) {
	t.Parallel()
	store := open(t)
	load(t, store, folder("a", "1 one\n2 two", "b", "3 three"))
	_, err := ingest.Load(context.Background(), options(store, folder("b", "1 one\n3 three")))
	if !errors.Is(err, graph.ErrInvalid) || !strings.Contains(err.Error(), "stands in slice a of acts, which is not part of this load") {
		t.Errorf("loading one half of a move: %v", err)
	}
	check(t, "after half a move", holds(t, store), []string{"a 1 one", "a 2 two", "b 3 three"})
	r := load(t, store, folder("a", "2 two", "b", "1 one\n3 three"))
	check(t, "the move", r.Counts, ingest.Counts{Changed: 1, Unchanged: 2})
	check(t, "after the move", holds(t, store), []string{"a 2 two", "b 1 one", "b 3 three"})
}

func TestAnOlderVersionIsRefusedUnlessAskedFor(t *testing.T) {
	t.Parallel()
	store := open(t)
	load(t, store, folder("a", "version 4.10\n1 one"))
	o := options(store, folder("a", "version 4.9\n2 two"))
	if _, err := ingest.Load(context.Background(), o); !errors.Is(err, graph.ErrInvalid) || !strings.Contains(err.Error(), "version 4.9 of acts is older than version 4.10") {
		t.Errorf("the error is %v", err)
	}
	o.Older = true
	if _, err := ingest.Load(context.Background(), o); err != nil {
		t.Errorf("asked for: %v", err)
	}
}

func TestALoadNamesTheFilesItRead(t *testing.T) {
	t.Parallel()
	store := open(t)
	load(t, store, folder("a", "1 one"))
	loads, err := store.Loads(context.Background(), graph.LoadQuery{First: 1})
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte("1 one"))
	check(t, "the files", loads[0].Files, []graph.File{{Name: "a", SHA256: hex.EncodeToString(sum[:]), Size: 5}})
	check(t, "the program", loads[0].Program, "test")
	check(t, "the counts", loads[0].Counts, graph.Counts{Added: 1})
}

func TestVersionsCompareAsPeopleCount(t *testing.T) {
	t.Parallel()
	ordered := []string{"", "1", "1.2", "1.10", "2-beta", "2024-05-31", "2026-11-23", "v1", "v2"}
	for i, a := range ordered {
		for j, b := range ordered {
			if got := ingest.CompareVersions(a, b); (got < 0) != (i < j) || (got == 0) != (i == j) {
				t.Errorf("%q and %q compare as %d", a, b, got)
			}
		}
	}
	if ingest.CompareVersions("1.02", "1.2") != 0 {
		t.Error("1.02 is not 1.2")
	}
}
