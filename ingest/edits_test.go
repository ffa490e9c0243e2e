package ingest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/entente-graph/entente/graph"
)

func edited(t interface{ Fatal(...any) }, text string, edits ...graph.Edit) (*editedFiles, string) {
	files, err := newEditedFiles(fstest.MapFS{"t.csv": {Data: []byte(text)}}, map[string][]graph.Edit{"t.csv": edits})
	if err != nil {
		t.Fatal(err)
	}
	got, err := fs.ReadFile(files, "t.csv")
	if err != nil {
		t.Fatal(err)
	}
	return files, string(got)
}

// Any rows of any table may be mended: they read as they were mended, the others as they stand, all at their lines, and
// their bytes are found again.
func TestEditsAreReadInTheirPlaces(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		text, end := aTable(r)
		all := rowsOf("t.csv", text, end)
		var edits []graph.Edit
		var want []Record
		for i, row := range all {
			fresh := row.Text
			if i > 0 && rapid.Bool().Draw(r, "mended") {
				fresh = rapid.SampledFrom([]string{"", "new,row", "é", strings.Repeat("long", 10)}).Draw(r, "text")
				edits = append(edits, graph.Edit{File: "t.csv", Line: row.Line, From: row.From, To: row.To, Text: fresh})
			}
			if fresh != "" {
				row.Text = fresh
				want = append(want, row)
			}
		}
		edits = rapid.Permutation(edits).Draw(r, "order")
		files, small := edited(r, text, edits...)
		got := rowsOf("t.csv", small, end)
		for i, row := range got {
			m := files.mistake(Mistake{File: "t.csv", Line: row.Line, Byte: row.From + 1})
			got[i] = files.record(row)
			if m.Line != got[i].Line || m.Byte != got[i].From+1 {
				r.Fatalf("the row at line %d, byte %d has a mistake at line %d, byte %d", got[i].Line, got[i].From, m.Line, m.Byte)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			r.Fatalf("%q was edited to %q (-want +got):\n%s", text, small, diff)
		}
	})
}

// Edits stream: however the file is read, it reads the same.
func TestEditsDoNotDependOnHowAFileIsRead(t *testing.T) {
	t.Parallel()
	text := "h\r\n1,1\r\n" + strings.Repeat("2,2\r\n", 40_000) + "\"3\r\n3\",3\r\n4,4"
	three := int64(strings.Index(text, "\"3"))
	edits := []graph.Edit{
		{Line: 2, From: 3, To: 6, Text: "one"},
		{Line: 40_003, From: three, To: three + 8, Text: "three"},
		{Line: 40_005, From: int64(len(text) - 3), To: int64(len(text)), Text: "four"},
	}
	want := "h\r\none\r\n" + strings.Repeat("2,2\r\n", 40_000) + "three\n\r\nfour"
	files, got := edited(t, text, edits...)
	if got != want {
		t.Errorf("it reads %q…%q", got[:30], got[len(got)-30:])
	}
	for range 2 { // what is read again does not move what was read before
		f, err := files.Open("t.csv")
		if err != nil {
			t.Fatal(err)
		}
		if err := iotest.TestReader(f, []byte(want)); err != nil {
			t.Error(err)
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
	if at := files.record(Record{File: "t.csv", From: int64(len(want) - 4), To: int64(len(want))}).From; at != int64(len(text)-3) {
		t.Errorf("the last row is at byte %d of %d", at, len(text))
	}
	if entries, err := fs.ReadDir(files, "."); err != nil || len(entries) != 1 {
		t.Errorf("the folder holds %v, %v", entries, err)
	}
}

func TestEditsKeepLineEnds(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text     string
		from, to int64
		fresh    string
		want     string
	}{
		"without its line end":        {"a\nb\nc", 2, 3, "B", "a\nB\nc"},
		"with its line end":           {"a\nb\nc", 2, 4, "B", "a\nB\nc"},
		"with its line end, CRLF":     {"a\r\nb\r\nc", 3, 6, "B", "a\r\nB\r\nc"},
		"with its line end, CR":       {"a\rb\rc", 2, 4, "B", "a\rB\rc"},
		"both with their line ends":   {"a\nb\nc", 2, 4, "B\n", "a\nB\nc"},
		"taken out":                   {"a\nb\nc", 2, 3, "", "a\n\nc"},
		"taken out with its end":      {"a\nb\nc", 2, 4, "", "a\n\nc"},
		"taken out, of three lines":   {"a\nb\nb\nb\nc", 2, 7, "", "a\n\n\n\nc"},
		"fewer lines, CR":             {"a\rb\rb\rc", 2, 5, "B", "a\rB\r\rc"},
		"an old line end in a cell":   {"a\nb\rb\nc", 2, 5, "B", "a\nB\nc"},
		"more lines":                  {"a\nb\nc", 2, 3, "B\nB", "a\nB\nB\nc"},
		"put in where nothing stood":  {"a\nb\nc", 2, 2, "x", "a\nxb\nc"},
		"at the end":                  {"a\nb", 3, 3, "x", "a\nbx"},
		"in UTF-8":                    {"é\nü\n", 3, 5, "u", "é\nu\n"},
		"the only record of the file": {"a", 0, 1, "b", "b"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, got := edited(t, c.text, graph.Edit{Line: 2, From: c.from, To: c.to, Text: c.fresh}); got != c.want {
				t.Errorf("it reads %q and should read %q", got, c.want)
			}
		})
	}
}

// Behind a text with more lines than it replaces lines are told as they stand in the file.
func TestLinesBehindALongerEdit(t *testing.T) {
	t.Parallel()
	files, got := edited(t, "h\nb\nc\nd", graph.Edit{Line: 2, From: 2, To: 3, Text: "B\nB\nB"}, graph.Edit{Line: 4, From: 6, To: 7, Text: "D"})
	if want := "h\nB\nB\nB\nc\nD"; got != want {
		t.Fatalf("it reads %q and should read %q", got, want)
	}
	for line, want := range []int{0, 1, 2, 2, 2, 3, 4} {
		if m := files.mistake(Mistake{File: "t.csv", Line: line}); m.Line != want {
			t.Errorf("line %d is line %d of the file and is said to be %d", line, want, m.Line)
		}
	}
}

func TestEditsThatCannotBeMade(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		edits []graph.Edit
		want  string
		kind  error
	}{
		"overlap":      {[]graph.Edit{{Line: 3, From: 6, To: 9}, {Line: 2, From: 2, To: 7}}, "two mended records of t.csv overlap: the one at line 2 (bytes 2 to 7) and the one at line 3 (bytes 6 to 9)", graph.ErrConflict},
		"the same":     {[]graph.Edit{{Line: 2, From: 2, To: 7, Text: "a"}, {Line: 2, From: 2, To: 7, Text: "b"}}, "overlap", graph.ErrConflict},
		"backward":     {[]graph.Edit{{Line: 2, From: 7, To: 2}}, "the mended record at t.csv:2 replaces the bytes from 7 to 2", graph.ErrInvalid},
		"beyond":       {[]graph.Edit{{Line: 7, From: 70, To: 72}}, "t.csv:7: a mended record is to be read here, and the file ends before it", graph.ErrInvalid},
		"over the end": {[]graph.Edit{{Line: 2, From: 2, To: 72}}, "t.csv:2: a mended record is to be read here", graph.ErrInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files, err := newEditedFiles(fstest.MapFS{"t.csv": {Data: []byte("h\n1,1\n2,2\n")}}, map[string][]graph.Edit{"t.csv": c.edits})
			if err == nil {
				_, err = fs.ReadFile(files, "t.csv")
			}
			if !errors.Is(err, c.kind) || !strings.Contains(fmt.Sprint(err), c.want) {
				t.Errorf("the error is %v and should be %s", err, c.want)
			}
		})
	}
}

func TestFilesAreHashed(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{"a/b.csv": {Data: []byte("b")}, "a.csv": {Data: []byte("")}}
	got, err := hashFiles(context.Background(), newRecorder(files))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]graph.File{
		{Name: "a/b.csv", SHA256: "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d", Size: 1},
		{Name: "a.csv", SHA256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Size: 0},
	}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := hashFiles(ctx, files); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
