package ingesttest

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

// maxAlone is how many statements of a case are read alone, spread over all of them. What is in quarantine is read
// alone whole.
const maxAlone = 60

// checkRecords holds rows to the promise that their records are stretches of the files, each at its line, that do
// not overlap within a row; and, where the quarantine can be mended, that a row read from its own records
// alone says what it says in the whole: the same statement, or the same mistakes at the same places.
func checkRecords(t testing.TB, src ingest.Source, files fs.FS) {
	t.Helper()
	ctx := context.Background()
	rows, err := allRows(ctx, src, files)
	if err != nil {
		return // refused: there is nothing to mend
	}
	texts := map[string][]byte{}
	for _, r := range rows {
		checkPlaces(t, files, texts, r)
	}
	framer, ok := src.(ingest.Framer)
	if !ok {
		return
	}
	frames, err := framer.Frames(ctx, files)
	if err != nil {
		t.Errorf("the frames of files that are read well: %v", err)
		return
	}
	sound := 0
	for _, r := range rows {
		if len(r.Mistakes) == 0 {
			sound++
		}
	}
	every, n := 1+sound/maxAlone, 0
	for _, r := range rows {
		if r.LeftOut {
			continue
		}
		if len(r.Mistakes) == 0 {
			if n++; n%every != 0 || len(r.Records) == 0 {
				continue
			}
		}
		checkAlone(ctx, t, src, files, frames, r)
	}
}

// allRows reads every slice.
func allRows(ctx context.Context, src ingest.Source, files fs.FS) ([]ingest.Row, error) {
	found, err := src.Slices(ctx, files)
	if err != nil {
		return nil, err
	}
	var rows []ingest.Row
	for _, s := range found {
		for r, err := range src.Rows(ctx, files, s) {
			if err != nil {
				return nil, err
			}
			rows = append(rows, r)
		}
	}
	return rows, nil
}

// checkPlaces looks the records of a row up in the files.
func checkPlaces(t testing.TB, files fs.FS, texts map[string][]byte, r ingest.Row) {
	t.Helper()
	if len(r.Mistakes) > 0 && len(r.Records) == 0 {
		t.Errorf("what is wrong here names no record, so that nobody can mend it: %v", r.Mistakes)
	}
	records := slices.Clone(r.Records)
	slices.SortFunc(records, func(a, b ingest.Record) int {
		if a.File != b.File {
			return strings.Compare(a.File, b.File)
		}
		return int(a.From - b.From)
	})
	for i, rec := range records {
		text, ok := texts[rec.File]
		if !ok {
			var err error
			if text, err = fs.ReadFile(files, rec.File); err != nil {
				t.Errorf("a record is of a file that cannot be read: %v", err)
				return
			}
			texts[rec.File] = text
		}
		what := fmt.Sprintf("the record %s:%d [%d,%d)", rec.File, rec.Line, rec.From, rec.To)
		switch {
		case rec.From < 0 || rec.To <= rec.From || rec.To > int64(len(text)):
			t.Errorf("%s is not in the file, which has %d bytes", what, len(text))
			continue
		case rec.Frame:
			t.Errorf("%s is a frame: a row's own records are none", what)
		case i > 0 && records[i-1].File == rec.File && records[i-1].To > rec.From:
			t.Errorf("%s overlaps one of the same row that ends at %d", what, records[i-1].To)
		}
		end := []byte{'\n'}
		if !bytes.Contains(text, end) {
			end = []byte{'\r'}
		}
		if line := 1 + bytes.Count(text[:rec.From], end); line != rec.Line {
			t.Errorf("%s begins in line %d", what, line)
		}
	}
}

// checkAlone reads a row from an excerpt that holds its own records and the frames.
func checkAlone(ctx context.Context, t testing.TB, src ingest.Source, files fs.FS, frames []ingest.Record, r ingest.Row) {
	t.Helper()
	x, err := ingest.ExcerptOf(ctx, files, append(slices.Clone(frames), r.Records...))
	if err != nil {
		t.Errorf("cutting out %s: %v", says(r), err)
		return
	}
	alone, err := allRows(ctx, src, x)
	if err != nil {
		t.Errorf("read alone, the records of this are refused: %s\n%v", says(r), err)
		return
	}
	var mistakes ingest.Mistakes
	var statements []graph.Statement
	for _, a := range alone {
		for _, m := range a.Mistakes {
			mistakes = append(mistakes, x.Mistake(m))
		}
		if len(a.Mistakes) == 0 {
			statements = append(statements, a.Statement)
		}
	}
	if len(r.Mistakes) > 0 {
		want := slices.Clone(r.Mistakes)
		want.Sort()
		mistakes.Sort()
		if diff := cmp.Diff(want, mistakes); diff != "" {
			t.Errorf("read alone, this has other mistakes (-whole +alone): %s\n%s", says(r), diff)
		}
		return
	}
	i := slices.IndexFunc(statements, func(s graph.Statement) bool { return s.StatementID == r.Statement.StatementID })
	switch {
	case i < 0:
		t.Errorf("read alone, the records of %s do not say it; mistakes: %v", says(r), mistakes)
	case !bytes.Equal(statements[i].Body, r.Statement.Body):
		t.Errorf("read alone, the records of %s say (-whole +alone)\n%s", says(r), cmp.Diff(string(r.Statement.Body), string(statements[i].Body)))
	}
}

func says(r ingest.Row) string {
	if len(r.Mistakes) > 0 {
		return r.Mistakes[0].Error()
	}
	return fmt.Sprintf("%s %s", r.Statement.Kind, r.Statement.Key)
}
