package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
)

type visitRow struct {
	ID     int64    `parquet:"id"`
	On     int32    `parquet:"on,date"`
	At     int64    `parquet:"at,timestamp(microsecond)"`
	Guest  string   `parquet:"guest,dict"`
	Code   float64  `parquet:"code"`
	Rate   int64    `parquet:"rate,decimal(2:9)"`
	Sure   bool     `parquet:"sure"`
	Note   *string  `parquet:"note,optional"`
	Weight *float32 `parquet:"weight,optional"`
	Small  uint32   `parquet:"small"`
}

func parquetOf[T any](t *testing.T, rows []T, options ...parquet.WriterOption) []byte {
	t.Helper()
	var b bytes.Buffer
	w := parquet.NewGenericWriter[T](&b, options...)
	if _, err := w.Write(rows); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The text of a Parquet file has every value as it is, one row a line, whatever it is packed with.
func TestParquetIsText(t *testing.T) {
	t.Parallel()
	note, weight := "two\nlines, and \"quotes\"", float32(1.5)
	day := int32(time.Date(2018, 12, 20, 0, 0, 0, 0, time.UTC).Unix() / 86400)
	rows := []visitRow{
		{1, day, time.Date(2018, 12, 20, 0, 0, 0, 0, time.UTC).UnixMicro(), "Japan", 740, 1250, true, &note, &weight, 4_000_000_000},
		{2, -1, time.Date(1918, 11, 11, 11, 5, 0, 0, time.UTC).UnixMicro(), "한국", 2.5, -5, false, nil, nil, 0},
	}
	want := "id,on,at,guest,code,rate,sure,note,weight,small\n" +
		"1,2018-12-20,2018-12-20,Japan,740,12.5,true,\"two\u2028lines, and \"\"quotes\"\"\",1.5,4000000000\n" +
		"2,1969-12-31,1918-11-11 11:05:00,한국,2.5,-0.05,false,,,0\n"
	for name, codec := range map[string]parquet.WriterOption{
		"plain": parquet.Compression(&parquet.Uncompressed), "snappy": parquet.Compression(&parquet.Snappy), "gzip": parquet.Compression(&parquet.Gzip), "zstd": parquet.Compression(&parquet.Zstd),
		"lz4": parquet.Compression(&parquet.Lz4Raw), "brotli": parquet.Compression(&parquet.Brotli),
	} {
		dir := t.TempDir()
		file := filepath.Join(dir, "visits.parquet")
		if err := os.WriteFile(file, parquetOf(t, rows, codec), 0o600); err != nil {
			t.Fatal(err)
		}
		files, err := OpenPaths(DefaultLimits, file)
		if err != nil {
			t.Fatal(err)
		}
		text, err := fs.ReadFile(files, "visits.parquet")
		if err != nil || string(text) != want {
			t.Errorf("%s: %v\n%s", name, err, text)
		}
		temporary := files.temporary
		if err := files.Close(); err != nil {
			t.Error(err)
		}
		for _, name := range temporary {
			if _, err := os.Stat(name); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%s is left: %v", name, err)
			}
		}
	}
}

// What no table has is refused by its column, and a damaged file, however it is damaged, by an error and not by a crash.
func TestParquetThatIsNone(t *testing.T) {
	t.Parallel()
	type listed struct {
		ID    int64    `parquet:"id"`
		Names []string `parquet:"names,list"`
	}
	open := func(data []byte) error {
		file := filepath.Join(t.TempDir(), "a.parquet")
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		files, err := OpenPaths(DefaultLimits, file)
		if err == nil {
			err = files.Close()
		}
		return err
	}
	if err := open(parquetOf(t, []listed{{1, []string{"a"}}})); err == nil || !strings.Contains(err.Error(), `the column "names" holds lists or records`) {
		t.Errorf("lists: %v", err)
	}
	if err := open([]byte("not at all")); err != nil {
		t.Errorf("what is only called so is left to the source: %v", err)
	}
	whole := parquetOf(t, []visitRow{{ID: 1, Guest: "Japan"}, {ID: 2, Guest: "Korea"}})
	refused := 0
	for i := 4; i < len(whole); i += 3 {
		if open(whole[:i]) != nil {
			refused++
		}
		broken := bytes.Clone(whole)
		broken[i] ^= 0xff
		_ = open(broken) // it may be read or not: it must not end the program
	}
	if refused == 0 {
		t.Error("no file that was cut short is refused")
	}
}

// A large file streams.
func TestParquetIsFlat(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	w := parquet.NewGenericWriter[visitRow](&b, parquet.MaxRowsPerRowGroup(200_000))
	guest := strings.Repeat("x", 150)
	for i := range 300_000 {
		if _, err := w.Write([]visitRow{{ID: int64(i), Guest: fmt.Sprint(guest, i)}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	data := b.Bytes()
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	var peak uint64
	lines := 0
	err := writeParquet(bytes.NewReader(data), int64(len(data)), writerFunc(func(p []byte) (int, error) {
		if lines += bytes.Count(p, []byte{'\n'}); lines%10_000 < 20 {
			runtime.GC()
			runtime.ReadMemStats(&after)
			peak = max(peak, after.HeapAlloc)
		}
		return len(p), nil
	}))
	if err != nil || lines != 300_001 {
		t.Fatal(lines, err)
	}
	if grown := int64(peak) - int64(before.HeapAlloc); grown > 64<<20 {
		t.Errorf("reading %d MB holds %d MB", len(data)>>20, grown>>20)
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }
