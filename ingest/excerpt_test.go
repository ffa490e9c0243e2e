package ingest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/entente-graph/entente/graph"
)

// rowsOf reads a table as any reader does: rows end where a line ends outside quotes, empty lines are none. end is "\n",
// "\r\n" or "\r".
func rowsOf(name, text, end string) []Record {
	var out []Record
	line, from, at, quoted, began := 1, 0, 0, false, 1
	row := func() {
		if at > from {
			out = append(out, Record{File: name, Line: began, From: int64(from), To: int64(at), Text: text[from:at]})
		}
	}
	for at < len(text) {
		size := 0
		switch {
		case strings.HasPrefix(text[at:], "\r\n"):
			size = 2
		case text[at] == '\n', text[at] == '\r' && end == "\r":
			size = 1
		case text[at] == '"':
			quoted = !quoted
		}
		if size == 0 {
			at++
			continue
		}
		if quoted {
			at += size
			line++
			continue
		}
		row()
		at += size
		line++
		from, began = at, line
	}
	row()
	return out
}

// aTable is a table with a header of one or two lines, cells with line ends, empty lines, with or without an end behind
// the last row.
func aTable(r *rapid.T) (text, end string) {
	end = rapid.SampledFrom([]string{"\n", "\r\n", "\r"}).Draw(r, "end")
	cells := []string{"1", "é", "two words", `"quoted, with a comma"`, `"over` + end + `two"`, `"over` + end + end + `three"`}
	if end != "\r" {
		cells = append(cells, "\"an old end\rin it\"")
	}
	var b strings.Builder
	b.WriteString(rapid.SampledFrom([]string{"", "\ufeff"}).Draw(r, "mark"))
	b.WriteString(rapid.SampledFrom([]string{"a,b", "a,\"b" + end + "c\""}).Draw(r, "header"))
	n := rapid.IntRange(0, 12).Draw(r, "rows")
	for range n {
		b.WriteString(end)
		b.WriteString(strings.Repeat(end, rapid.SampledFrom([]int{0, 0, 0, 1, 3}).Draw(r, "empty lines")))
		b.WriteString(rapid.SampledFrom(cells).Draw(r, "cell") + "," + rapid.SampledFrom(cells).Draw(r, "cell"))
	}
	if n == 0 || rapid.Bool().Draw(r, "end at the end") {
		b.WriteString(end)
	}
	return b.String(), end
}

// Any rows of any table, cut out and read alone, are the rows they were, at the lines at which they stood, and
// their bytes are found again.
func TestAnExcerptHasItsRowsAtTheirLines(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		text, end := aTable(r)
		all := rowsOf("t.csv", text, end)
		var cut, want []Record
		for i, row := range all {
			frame := i == 0
			if !frame && !rapid.Bool().Draw(r, "in it") {
				continue
			}
			want = append(want, row)
			row.Text, row.Frame = "", frame
			cut = append(cut, row)
			if rapid.Bool().Draw(r, "twice") {
				cut = append(cut, row)
			}
		}
		cut = rapid.Permutation(cut).Draw(r, "order")
		files := fstest.MapFS{"t.csv": {Data: []byte(text)}}
		e, err := ExcerptOf(context.Background(), files, cut)
		if err != nil {
			r.Fatal(err)
		}
		small, err := fs.ReadFile(e, "t.csv")
		if err != nil {
			r.Fatal(err)
		}
		got := rowsOf("t.csv", string(small), end)
		for i, row := range got {
			m := e.Mistake(Mistake{File: "t.csv", Line: row.Line, Byte: row.From + 1})
			got[i] = e.Record(row)
			if m.Line != got[i].Line || m.Byte != got[i].From+1 {
				r.Fatalf("the row at line %d begins at byte %d, and its mistake at line %d, byte %d", got[i].Line, got[i].From, m.Line, m.Byte)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			r.Fatalf("%q was cut to %q (-want +got):\n%s", text, small, diff)
		}
	})
}

func TestAnExcerptOfXMLHasItsFrame(t *testing.T) {
	t.Parallel()
	text := "<?xml version=\"1.0\"?>\n<visits>\n  <visit>\n    <id>1</id>\n  </visit><visit>\n    <id>2</id>\n  </visit>\n  <visit><id>3</id></visit>\n</visits>\n"
	record := func(begin, stop string, frame bool) Record {
		from := strings.Index(text, begin)
		to := from + strings.Index(text[from:], stop) + len(stop)
		return Record{File: "v.xml", Line: 1 + strings.Count(text[:from], "\n"), From: int64(from), To: int64(to), Frame: frame}
	}
	second := record("<visit>\n    <id>2", "</visit>", false)
	files := fstest.MapFS{"v.xml": {Data: []byte(text)}, "w.xml": {Data: []byte("<visits></visits>")}}
	e, err := ExcerptOf(context.Background(), files, []Record{
		record("<?xml", "<visits>", true), record("</visits>", "</visits>", true), second,
		{File: "w.xml", Line: 1, From: 0, To: 8, Frame: true},
		{File: "w.xml", Line: 1, From: 8, To: 17, Frame: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	small, err := fs.ReadFile(e, "v.xml")
	if err != nil {
		t.Fatal(err)
	}
	want := "<?xml version=\"1.0\"?>\n<visits>\n\n\n<visit>\n    <id>2</id>\n  </visit>\n\n</visits>\n"
	if diff := cmp.Diff(want, string(small)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	at := int64(strings.Index(string(small), "<visit>"))
	got := e.Record(Record{File: "v.xml", Line: 5, From: at, To: at + second.To - second.From})
	if diff := cmp.Diff(second, got); diff != "" {
		t.Errorf("the second visit (-want +got):\n%s", diff)
	}
	if other, err := fs.ReadFile(e, "w.xml"); err != nil || string(other) != "<visits></visits>" {
		t.Errorf("a file of which only the frame is asked for is %q, %v", other, err)
	}
}

// A mended record may be longer, and have more lines, than the one it replaces: the next begins a line all the same.
func TestAnExcerptOfMendedRecords(t *testing.T) {
	t.Parallel()
	e, err := NewExcerpt([]Record{
		{File: "a", Line: 1, From: 0, To: 4, Text: "h,i\n", Frame: true},
		{File: "a", Line: 3, From: 10, To: 13, Text: "\"1\n\n\n1\",2"},
		{File: "a", Line: 4, From: 14, To: 17, Text: "3,4"},
		{File: "a", Line: 9, From: 40, To: 43, Text: "5,6"},
	})
	if err != nil {
		t.Fatal(err)
	}
	got, err := fs.ReadFile(e, "a")
	if err != nil {
		t.Fatal(err)
	}
	if want := "h,i\n\n\"1\n\n\n1\",2\n3,4\n\n5,6"; string(got) != want {
		t.Errorf("it is %q and should be %q", got, want)
	}
	for _, c := range []struct{ line, want int }{{1, 1}, {3, 3}, {6, 4}, {7, 4}, {9, 9}} {
		if m := e.Mistake(Mistake{File: "a", Line: c.line}); m.Line != c.want {
			t.Errorf("line %d is line %d of the file and is said to be %d", c.line, c.want, m.Line)
		}
	}
	if r := e.Record(Record{File: "a", Line: 7, From: int64(strings.Index(string(got), "3,4")), To: int64(strings.Index(string(got), "3,4") + 3)}); r.From != 14 || r.To != 17 {
		t.Errorf("the record behind is at %d to %d", r.From, r.To)
	}
}

func TestWhatCannotBeCutOut(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", recordLimit+1)
	files := fstest.MapFS{"a": {Data: []byte("h\n" + long + "\n1\n")}}
	records := []Record{
		{File: "a", Line: 1, From: 0, To: 1, Frame: true},
		{File: "a", Line: 2, From: 2, To: 3 + recordLimit},
		{File: "a", Line: 3, From: 4 + recordLimit, To: 5 + recordLimit},
	}
	got, err := fetch(context.Background(), files, records)
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, r := range got {
		texts = append(texts, r.Text)
	}
	if want := []string{"h\n", "", "1"}; !slices.Equal(texts, want) || got[1].To != records[1].To {
		t.Errorf("the texts are %q", texts)
	}
	_, err = NewExcerpt(got)
	if !errors.Is(err, graph.ErrInvalid) || !strings.Contains(err.Error(), "a:2: the record here has 1024 KB; the text of one longer than 1024 KB is not kept, so it cannot be mended alone") {
		t.Errorf("the error is %v", err)
	}

	_, err = fetch(context.Background(), files, []Record{{File: "a", Line: 9, From: 10, To: recordLimit + 9}})
	if !errors.Is(err, graph.ErrInvalid) || !strings.Contains(err.Error(), "a: "+itChanged) {
		t.Errorf("beyond the end: %v", err)
	}
	if _, err := fetch(context.Background(), files, []Record{{File: "b", To: 1}}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("without the file: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := fetch(ctx, files, records); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// Records that overlap, and many of one place, are read in one pass.
func TestFetchingGivesEachItsText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		text := strings.Repeat("0123456789", rapid.IntRange(0, 20_000).Draw(r, "tens"))
		var records []Record
		for i := range rapid.IntRange(0, 10).Draw(r, "records") {
			from := rapid.IntRange(0, len(text)).Draw(r, "from")
			to := rapid.IntRange(from, len(text)).Draw(r, "to")
			records = append(records, Record{File: "a", Line: i, From: int64(from), To: int64(to), Text: text[from:to]})
		}
		got, err := fetch(context.Background(), fstest.MapFS{"a": {Data: []byte(text)}}, records)
		if err != nil {
			r.Fatal(err)
		}
		if diff := cmp.Diff(fmt.Sprint(records), fmt.Sprint(got)); diff != "" {
			r.Fatal(diff)
		}
	})
}
