package table_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/encoding/charmap"
	"pgregory.net/rapid"

	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// written is a random table, and the file it was written to.
type written struct {
	format table.Format
	rows   [][]string
	text   []byte
}

// write draws a table and has encoding/csv write it, in some charset, with some line end, and perhaps with a byte
// order mark, blank lines and no final newline.
func write(t *rapid.T) written {
	w := written{format: table.Format{Comma: rapid.SampledFrom([]rune{',', ';', '\t'}).Draw(t, "comma"), Layout: "random"}}
	n := rapid.IntRange(1, 5).Draw(t, "columns")
	w.format.Columns = rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z][a-z ]{0,5}`), n, n, rapid.ID[string]).Draw(t, "header")
	alphabet := []string{"a", "1", " ", ",", ";", "\t", `"`, "\n", "é", "’"}
	latin := rapid.Bool().Draw(t, "latin")
	if latin {
		w.format.Charset = charmap.Windows1252
	} else {
		alphabet = append(alphabet, "日", "ﷺ", "🂡", "\u00a0")
	}
	cell := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(alphabet), 0, 6).Draw(t, "letters"), "")
	})
	row := rapid.SliceOfN(cell, n, n).Filter(func(r []string) bool {
		return strings.TrimSpace(strings.Join(r, "")) != "" && !slices.Equal(r, w.format.Columns)
	})
	w.rows = rapid.SliceOfN(row, 0, 8).Draw(t, "rows")
	end := rapid.SampledFrom([]string{"\n", "\r\n", "\r"}).Draw(t, "line end")
	var b bytes.Buffer
	for i, r := range append([][]string{w.format.Columns}, w.rows...) {
		if i > 0 && rapid.IntRange(0, 5).Draw(t, "blank") == 0 {
			b.WriteString("\n")
		}
		c := csv.NewWriter(&b)
		c.Comma = w.format.Comma
		if err := c.Write(r); err != nil {
			t.Fatal(err)
		}
		c.Flush()
	}
	text := b.String()
	if rapid.Bool().Draw(t, "no final newline") {
		text = strings.TrimSuffix(text, "\n")
	}
	text = strings.ReplaceAll(text, "\n", end)
	if latin {
		var err error
		if text, err = charmap.Windows1252.NewEncoder().String(text); err != nil {
			t.Fatal(err)
		}
	} else if rapid.Bool().Draw(t, "bom") {
		text = "\ufeff" + text
	}
	w.text = []byte(text)
	return w
}

func (w written) files() fs.FS { return fstest.MapFS{"t": {Data: w.text}} }

func collect(t *rapid.T, files fs.FS, f table.Format) []table.Row {
	var rows []table.Row
	for r, err := range table.Read(context.Background(), files, "t", f) {
		if err != nil {
			t.Fatal(err)
		}
		if r.Bad() != nil {
			t.Fatal(r.Bad())
		}
		rows = append(rows, r)
	}
	return rows
}

// cells are those of a row, in the order of the columns.
func cells(r table.Row, columns []string) []string {
	var out []string
	for _, c := range columns {
		out = append(out, r.Get(c))
	}
	return out
}

// Whatever encoding/csv wrote is read as it was, every cell stands where it is said to stand, and every row read alone,
// behind the frame, is the same row.
func TestWrittenTablesAreReadBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := write(t)
		rows := collect(t, w.files(), w.format)
		if len(rows) != len(w.rows) {
			t.Fatalf("%d rows are read of %d", len(rows), len(w.rows))
		}
		frame, err := table.Frame(w.files(), "t", w.format)
		if err != nil {
			t.Fatal(err)
		}
		var before int64
		for i, r := range rows {
			if got := cells(r, w.format.Columns); !slices.Equal(got, w.rows[i]) {
				t.Fatalf("row %d is %q, and was %q", i, got, w.rows[i])
			}
			rec := r.Record()
			if rec.From < before || rec.To <= rec.From || rec.To > int64(len(w.text)) {
				t.Fatalf("row %d is [%d,%d) of %d, and the one before ends at %d", i, rec.From, rec.To, len(w.text), before)
			}
			before = rec.To
			w.checkPlaces(t, r)
			alone := w
			alone.text = slices.Concat(w.text[frame.From:frame.To], w.text[rec.From:rec.To])
			again := collect(t, alone.files(), w.format)
			if len(again) != 1 || !slices.Equal(cells(again[0], w.format.Columns), w.rows[i]) {
				t.Fatalf("row %d read alone is %d rows of %q", i, len(again), alone.text)
			}
		}
		w.checkExcerpt(t, frame, rows)
	})
}

// checkPlaces follows byte and line of every cell into the file.
func (w written) checkPlaces(t *rapid.T, r table.Row) {
	for i, c := range w.format.Columns {
		m := r.Mistake(c, "", "")
		if m.Column != i+1 || m.Field != c {
			t.Fatalf("%s is column %d, %s", c, m.Column, m.Field)
		}
		rest := w.text[m.Byte-1:]
		want := r.Get(c)
		if w.format.Charset != nil {
			encoded, err := w.format.Charset.NewEncoder().String(want)
			if err != nil {
				t.Fatal(err)
			}
			want = encoded
		}
		got := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(rest))
		if strings.HasPrefix(got, `"`) {
			got, want = got[1:], strings.ReplaceAll(want, `"`, `""`)
		}
		if !strings.HasPrefix(got, want) {
			t.Fatalf("cell %d begins with %.20q and not with %q", i, got, want)
		}
		lines := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(w.text[:m.Byte-1]))
		if n := 1 + strings.Count(lines, "\n"); m.Line != n {
			t.Fatalf("cell %d stands in line %d and not in %d", i, n, m.Line)
		}
	}
}

// checkExcerpt reads some rows through an excerpt: what stands where must not change.
func (w written) checkExcerpt(t *rapid.T, frame ingest.Record, rows []table.Row) {
	records := []ingest.Record{frame}
	var kept []table.Row
	for _, r := range rows {
		if rapid.Bool().Draw(t, "kept") {
			records, kept = append(records, r.Record()), append(kept, r)
		}
	}
	x, err := ingest.ExcerptOf(context.Background(), w.files(), records)
	if err != nil {
		t.Fatal(err)
	}
	got := collect(t, x, w.format)
	if len(got) != len(kept) {
		t.Fatalf("an excerpt of %d rows has %d", len(kept), len(got))
	}
	for i, r := range got {
		for _, c := range w.format.Columns {
			if a, b := x.Mistake(r.Mistake(c, "", "")), kept[i].Mistake(c, "", ""); a != b {
				t.Fatalf("in an excerpt this is %+v, and was %+v", a, b)
			}
		}
		if a, b := x.Record(r.Record()), kept[i].Record(); a != b {
			t.Fatalf("in an excerpt this is %+v, and was %+v", a, b)
		}
	}
}

// No bytes at all make it panic, lose its place or read without end.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "a,b\r1,\"2\r\"\r", "\ufeffa,b\r\n\r\n\"1\",2", "a,b\n1,\"2", "a,b\n\"1\"x,2\n3", "a;b\n", "\xff\xfe"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		files := fstest.MapFS{"t": {Data: text}}
		format := table.Format{Columns: []string{"a", "b"}}
		var before int64
		for r, err := range table.Read(context.Background(), files, "t", format) {
			if err != nil {
				return
			}
			rec := r.Record()
			if rec.From < before || rec.To < rec.From || rec.To > int64(len(text)) || rec.Line < 1 {
				t.Fatalf("[%d,%d) of %d behind %d in line %d", rec.From, rec.To, len(text), before, rec.Line)
			}
			before = rec.To
			m := r.Mistake("b", "", "")
			if m.Byte < 1 || m.Byte > int64(len(text))+1 || m.Line < rec.Line {
				t.Fatalf("b stands at byte %d in line %d", m.Byte, m.Line)
			}
		}
	})
}
