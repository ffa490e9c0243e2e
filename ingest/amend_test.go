package ingest_test

import (
	"context"
	"fmt"
	"io/fs"
	"iter"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

// headed is acts of files that begin with a line which must stand before all others: "head …".
type headed struct{ acts }

func (h headed) Rows(ctx context.Context, files fs.FS, slice graph.Slice) iter.Seq2[ingest.Row, error] {
	return func(yield func(ingest.Row, error) bool) {
		text, err := fs.ReadFile(files, string(slice.ID))
		if err == nil && !strings.HasPrefix(string(text), "head ") {
			err = ingest.Mistakes{{File: string(slice.ID), Line: 1, Rule: "has no head"}}
		}
		if err != nil {
			yield(ingest.Row{}, err)
			return
		}
		for row, err := range h.acts.Rows(ctx, files, slice) {
			if err == nil && row.Records[0].From == 0 {
				continue
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

func (headed) Frames(_ context.Context, files fs.FS) (frames []ingest.Record, err error) {
	names, err := fs.Glob(files, "*")
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		frames = append(frames, ingest.Record{File: name, Line: 1, To: int64(strings.IndexByte(string(text), '\n') + 1)})
	}
	return frames, err
}

// TestEntriesHaveTheFramesOfTheirFiles alone; those of files with nothing in quarantine stand with the first, so that the
// source finds all files when it reads what was mended.
func TestEntriesHaveTheFramesOfTheirFiles(t *testing.T) {
	t.Parallel()
	store := open(t)
	loadOf(t, store, headed{}, folder("a", "head a\n1 one\n? eins\n? uno\n", "b", "head b\n2 two\n? zwei\n", "c", "head c\n3 three\n"))
	var got []string
	for _, q := range quarantine(t, store, 1) {
		line := fmt.Sprintf("%d:", q.N)
		for _, r := range q.Records {
			line += fmt.Sprintf(" %q", r.Text)
			if r.Frame {
				line += "*"
			}
		}
		got = append(got, line)
	}
	check(t, "the records of the entries, with their frames*", got, []string{
		`1: "head a\n"* "head c\n"* "? eins\n"`, `2: "head a\n"* "? uno\n"`, `3: "head b\n"* "? zwei\n"`,
	})
	a, err := ingest.NewAmendment(context.Background(), store, 1, mend(t, store, 1, map[string]string{"? zwei": "4 four"}))
	if err != nil {
		t.Fatal(err)
	}
	o := options(store, nil)
	o.Source, o.Amend = headed{}, a
	report, err := ingest.Load(context.Background(), o)
	if err != nil || report.Counts != (ingest.Counts{Added: 1}) {
		t.Fatalf("mended: %+v, %v", report, err)
	}
	check(t, "the slices", fmt.Sprint(report.Slices), "[a b c]")
	check(t, "what is held", holds(t, store), []string{"a 1 one", "b 2 two", "b 4 four", "c 3 three"})
}

// several is acts of which several may stand in one line, each ended by a semicolon.
type several struct{ acts }

func (several) Rows(_ context.Context, files fs.FS, slice graph.Slice) iter.Seq2[ingest.Row, error] {
	return func(yield func(ingest.Row, error) bool) {
		text, err := fs.ReadFile(files, string(slice.ID))
		if err != nil {
			yield(ingest.Row{}, err)
			return
		}
		at := 0
		for part := range strings.SplitAfterSeq(string(text), ";") {
			line := strings.Count(string(text[:at]), "\n") + 1
			record := ingest.Record{File: string(slice.ID), Line: line, From: int64(at), To: int64(at + len(part))}
			at += len(part)
			if part = strings.Trim(part, ";\n"); part == "" {
				continue
			}
			row, err := actRow(slice, record, part)
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

// TestTwoRecordsOfOneLine are told apart by the byte at which they begin.
func TestTwoRecordsOfOneLine(t *testing.T) {
	t.Parallel()
	store := open(t)
	files := folder("a", "1 one;1 uno;3 three;")
	loadOf(t, store, several{}, files)
	entries := quarantine(t, store, 1)
	if len(entries) != 1 || len(entries[0].Mistakes) != 2 || entries[0].Mistakes[0].Byte != 1 || entries[0].Mistakes[1].Byte != 7 {
		t.Fatalf("the quarantine is %+v", entries)
	}
	a, err := ingest.NewAmendment(context.Background(), store, 1, []ingest.MendedRecord{{N: 1, File: "a", Line: 1, From: 6, Text: "2 uno;"}})
	if err != nil {
		t.Fatal(err)
	}
	o := options(store, nil)
	o.Source, o.Amend = several{}, a
	if _, err := ingest.Load(context.Background(), o); err != nil {
		t.Fatal(err)
	}
	check(t, "what is held", holds(t, store), []string{"a 1 one", "a 2 uno", "a 3 three"})
	if again := loadOf(t, store, several{}, files); again.Load != 0 || again.Mended != 1 {
		t.Errorf("the same again: %+v", again)
	}
	_, err = ingest.NewAmendment(context.Background(), store, 1, []ingest.MendedRecord{{N: 1, File: "a", Line: 1, From: 3, Text: "2 uno;"}})
	if err == nil || !strings.Contains(err.Error(), "has no record at a:1 that begins at byte 4") {
		t.Errorf("a record that begins elsewhere: %v", err)
	}
}
