package table_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// endless is a file that repeats a text so many times behind its beginning.
type endless struct {
	rest   string
	repeat string
	times  int
	read   int64
}

func (e *endless) Open(string) (fs.File, error) { return e, nil }
func (e *endless) Close() error                 { return nil }
func (e *endless) Stat() (fs.FileInfo, error)   { return nil, errors.ErrUnsupported }
func (e *endless) Read(p []byte) (n int, _ error) {
	for n < len(p) {
		if e.rest == "" {
			if e.times == 0 {
				break
			}
			e.rest, e.times = e.repeat, e.times-1
		}
		c := copy(p[n:], e.rest)
		e.rest, n = e.rest[c:], n+c
	}
	e.read += int64(n)
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

func TestMemoryDoesNotGrowWithTheFile(t *testing.T) {
	row := "1,FRA," + strings.Repeat("x", 200) + "\n"
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	rows, peak := 0, uint64(0)
	for r, err := range table.Read(context.Background(), &endless{rest: "id,host,note\n", repeat: row, times: 200_000}, "t", visits) {
		if err != nil || r.Bad() != nil {
			t.Fatal(err, r.Bad())
		}
		if rows++; rows%20_000 == 0 {
			runtime.GC()
			runtime.ReadMemStats(&after)
			peak = max(peak, after.HeapAlloc)
		}
	}
	if rows != 200_000 {
		t.Errorf("%d rows are read", rows)
	}
	if grown := int64(peak) - int64(before.HeapAlloc); grown > 4<<20 {
		t.Errorf("reading %d MB holds %d KB", rows*len(row)>>20, grown>>10)
	}
}

// What does not end is given up after a megabyte, and not read to its end.
func TestRowsAreBounded(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, begin, repeat, want string }{
		{"a row", "id,host,note\n1,FRA,x\n2,DEU,", "yyyyyyyyyy", `t:3: "2,DEU,y+…": the row is longer than 1024 KB, which no table's is`},
		{"a quoted cell", "id,host,note\n1,FRA,x\n2,\"DEU,", "a\nb\n", `t:3:2: "\"DEU,a": the quote opened here is not closed within 1024 KB`},
		{"a header", "", "wwwwwwwwww", `t:1: "w+…": the row is longer than 1024 KB, which no table's is`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			file := &endless{rest: c.begin, repeat: c.repeat, times: 10_000_000}
			var last error
			for _, err := range table.Read(context.Background(), file, "t", visits) {
				last = err
			}
			if last == nil || !matches(c.want, last.Error()) {
				t.Errorf("it says %v", last)
			}
			if !errors.Is(last, graph.ErrInvalid) {
				t.Errorf("%v is not ErrInvalid", last)
			}
			if file.read > 2<<20 {
				t.Errorf("%d KB were read first", file.read>>10)
			}
		})
	}
}

// matches compares with a text in which "y+" stands for many of the letter before the plus.
func matches(want, got string) bool {
	for _, c := range "yw" {
		got = strings.ReplaceAll(got, strings.Repeat(string(c), 100), "")
		for strings.Contains(got, string(c)+string(c)) {
			got = strings.ReplaceAll(got, string(c)+string(c), string(c))
		}
	}
	return strings.HasPrefix(got, strings.NewReplacer("y+", "y", "w+", "w").Replace(want))
}

// Blank lines may be more than a row may be long.
func TestManyBlankLines(t *testing.T) {
	t.Parallel()
	file := &endless{rest: "id,host,note\n1,FRA,x\n", repeat: "\r\n", times: 2_000_000}
	rows := 0
	for _, err := range table.Read(context.Background(), file, "t", visits) {
		if err != nil {
			t.Fatal(err)
		}
		rows++
	}
	if rows != 1 {
		t.Errorf("%d rows are read", rows)
	}
	blank := strings.Repeat("\n", 3_000_000)
	if got, want := say(visits, "id,host,note\n"+blank+"1,FRA,x\n"), "3000002 [3000013,3000020) 3000002:1@3000014=\"1\" 3000002:2@3000016=\"FRA\" 3000002:3@3000020=\"x\"\n"; got != want {
		t.Errorf("got %swant %s", got, want)
	}
}

func TestReadStopsWhenCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	var last error
	for _, err := range table.Read(ctx, &endless{rest: "id,host,note\n", repeat: "1,FRA,x\n", times: 1 << 40}, "t", visits) {
		last = err
	}
	if !errors.Is(last, context.DeadlineExceeded) {
		t.Errorf("it ends with %v", last)
	}
}

// broken gives an error in the middle.
type broken struct{ endless }

func (b *broken) Open(string) (fs.File, error) { return b, nil }
func (b *broken) Read(p []byte) (int, error) {
	n, err := b.endless.Read(p)
	if err == nil {
		return n, nil
	}
	return 0, &fs.PathError{Op: "read", Path: "/secret/place", Err: errors.New("the disk is gone")}
}

func TestReadErrors(t *testing.T) {
	t.Parallel()
	var last error
	for _, err := range table.Read(context.Background(), &broken{endless{rest: "id,host,note\n", repeat: "1,FRA,x\n", times: 20_000}}, "t", visits) {
		last = err
	}
	if last == nil || last.Error() != "t: the disk is gone" {
		t.Errorf("a file that breaks off says %v", last)
	}
	for _, err := range table.Read(context.Background(), fstest.MapFS{}, "t", visits) {
		last = err
	}
	if last == nil || last.Error() != "t: file does not exist" {
		t.Errorf("a file that is not there says %v", last)
	}
}

func TestHeaderAndClosest(t *testing.T) {
	t.Parallel()
	other := table.Format{Columns: []string{"id", "state", "from", "to"}, Layout: "members"}
	files := fstest.MapFS{"t": {Data: []byte("\ufeffTo,\"From\",State,ID\r\n1,2,3,4\r\n")}}
	header, err := table.Header(files, "t", table.Format{})
	if err != nil || !slices.Equal(header, []string{"To", "From", "State", "ID"}) {
		t.Fatal(header, err)
	}
	if f, ok := table.Closest(header, visits, other); !ok || f.Layout != "members" {
		t.Errorf("closest is %q", f.Layout)
	}
	if f, ok := table.Closest([]string{"id;state;from;to"}, visits, other); !ok || f.Layout != "members" {
		t.Errorf("with semicolons closest is %q", f.Layout)
	}
	if f, ok := table.Closest([]string{"a", "id"}, visits, other); ok {
		t.Errorf("closest is %q", f.Layout)
	}
	if err := other.Check("t", other.Columns); err != nil {
		t.Error(err)
	}
	var mistakes ingest.Mistakes
	if err := other.Check("t", header); !errors.As(err, &mistakes) || len(mistakes) != 4 {
		t.Errorf("it says %v", err)
	}
	frame, err := table.Frame(files, "t", table.Format{})
	if want := (ingest.Record{File: "t", Line: 1, To: 23, Frame: true}); err != nil || frame != want {
		t.Errorf("the frame is %+v, %v", frame, err)
	}
}

func TestInt(t *testing.T) {
	t.Parallel()
	f := table.Format{Columns: []string{"n", "x"}}
	for text, want := range map[string]string{
		"0": "0", "-9": "-9", "007": "7", "999999999": "999999999",
		"":           "t.csv:2:1: n: the cell is empty, and must hold a whole number",
		" 5":         `t.csv:2:1: n: " 5": this is not a whole number (write 5)`, //nolint:gocritic // the blank is the case
		"1,914":      `t.csv:2:1: n: "1,914": this is not a whole number (write 1914)`,
		"1.234.567":  `t.csv:2:1: n: "1.234.567": this is not a whole number (write 1234567)`,
		"1'234":      `t.csv:2:1: n: "1'234": this is not a whole number (write 1234)`,
		"1\u00a0234": `t.csv:2:1: n: "1\u00a0234": this is not a whole number (write 1234)`,
		"1914.0":     `t.csv:2:1: n: "1914.0": this is not a whole number (write 1914)`,
		"1914,0":     `t.csv:2:1: n: "1914,0": this is not a whole number (write 1914)`,
		"+5":         `t.csv:2:1: n: "+5": this is not a whole number (write 5)`,
		"−9":         `t.csv:2:1: n: "−9": this is not a whole number (write -9)`,
		"１９１４":       `t.csv:2:1: n: "１９１４": this is not a whole number (write 1914)`,
		"١٩١٤":       `t.csv:2:1: n: "١٩١٤": this is not a whole number (write 1914)`,
		"\u200f12":   `t.csv:2:1: n: "\u200f12": this is not a whole number (write 12)`,
		"1.5":        `t.csv:2:1: n: "1.5": this is not a whole number`,
		"=1+1":       `t.csv:2:1: n: "=1+1": this is not a whole number`,
		"9999999999": `t.csv:2:1: n: "9999999999": this is not a whole number`,
		"1e3":        `t.csv:2:1: n: "1e3": this is not a whole number`,
		"NA":         `t.csv:2:1: n: "NA": this is not a whole number`,
		"five":       `t.csv:2:1: n: "five": this is not a whole number`,
		"19\u200b14": `t.csv:2:1: n: "19\u200b14": this is not a whole number (write 1914)`,
		"19l4":       `t.csv:2:1: n: "19l4": this is not a whole number`,
	} {
		files := fstest.MapFS{"t.csv": {Data: []byte("n,x\n\"" + text + "\",y\n")}}
		for r, err := range table.Read(context.Background(), files, "t.csv", f) {
			if err != nil {
				t.Fatal(err)
			}
			n, m := r.Int("n")
			got := fmt.Sprint(n)
			if m != nil {
				got = m.Error()
			}
			if got != want {
				t.Errorf("%q is %s, want %s", text, got, want)
			}
		}
	}
}

func TestGetPanicsForAColumnThatIsNot(t *testing.T) {
	t.Parallel()
	defer func() {
		if got := recover(); got != `table: visits 1 has no column "guest"` {
			t.Errorf("it panics with %v", got)
		}
	}()
	for r := range table.Read(context.Background(), fstest.MapFS{"t": {Data: []byte("id,host,note\n1,2,3\n")}}, "t", visits) {
		r.Get("guest")
	}
}
