package ingest

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"math/big"
	"os"
	"path"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

// IsParquet tells whether a file is a Parquet file by its name. Files has the text of its rows under that name,
// comma-separated UTF-8 below a line with the names of its columns.
func IsParquet(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext == ".parquet" || ext == ".pq"
}

// addParquet adds the text of a Parquet file. A file that is only called so is added as it is: what it is instead, the source
// that reads it will tell.
func (f *Files) addParquet(name string, e fileEntry) error {
	from, size, err := f.onDisk(e)
	if err != nil {
		return err
	}
	defer from.Close() //nolint:errcheck // nothing was written
	begin := make([]byte, 4)
	if _, err := from.ReadAt(begin, 0); err != nil || string(begin) != "PAR1" {
		return f.addFile(name, e)
	}
	to, err := os.CreateTemp("", "entente-parquet-*.csv")
	if err != nil {
		return err
	}
	f.temporary = append(f.temporary, to.Name())
	count := &limited{to: to, left: f.limits.File}
	buffered := bufio.NewWriterSize(count, 64<<10)
	if err := errors.Join(writeParquet(from, size, buffered), buffered.Flush(), to.Close()); err != nil {
		return err
	}
	return f.addFile(name, fileEntry{shown: e.shown, disk: to.Name(), size: count.n, time: e.time})
}

// onDisk opens a file that can be read at any place: itself where it lies on disk, else a copy without a name.
func (f *Files) onDisk(e fileEntry) (file *os.File, size int64, err error) {
	if e.disk != "" && !e.gzip {
		file, err = os.Open(e.disk)
		return file, e.size, plain(err)
	}
	r, err := e.reader(f.limits)
	if err != nil {
		return nil, 0, plain(err)
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	if file, err = os.CreateTemp("", "entente-parquet-*"); err != nil {
		return nil, 0, err
	}
	f.temporary = append(f.temporary, file.Name())
	if size, err = io.Copy(&limited{to: file, left: f.limits.File}, r); err != nil {
		return nil, 0, errors.Join(damaged(plain(err)), file.Close())
	}
	return file, size, nil
}

// writeParquet writes the text of a Parquet file. Rows stream: of a row group no more than the pages that are being read is
// held. What damaged files make the library do is an error.
func writeParquet(from io.ReaderAt, size int64, to io.Writer) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = errors.New("the Parquet file is damaged: get it again")
		}
	}()
	file, err := parquet.OpenFile(from, size, parquet.SkipBloomFilters(true))
	if err != nil {
		return fmt.Errorf("it is not a Parquet file that can be read: %w", err)
	}
	columns := file.Schema().Fields()
	out := csv.NewWriter(to)
	cells := make([]string, len(columns))
	say := make([]func(parquet.Value) (string, error), len(columns))
	for i, c := range columns {
		if !c.Leaf() || c.Repeated() {
			return fmt.Errorf("the column %q holds lists or records, which no cell of a table does: write it as text, or leave it out", c.Name())
		}
		cells[i], say[i] = c.Name(), parquetCell(c.Type())
	}
	if err := out.Write(cells); err != nil {
		return err
	}
	rows := make([]parquet.Row, 128)
	for _, group := range file.RowGroups() {
		if err := writeGroup(group, rows, func(row parquet.Row) error {
			clear(cells)
			for _, v := range row {
				i := v.Column()
				if v.IsNull() {
					continue
				}
				text, err := say[i](v)
				if err != nil {
					return fmt.Errorf("column %q: %w", columns[i].Name(), err)
				}
				cells[i] = breaks.Replace(text)
			}
			return out.Write(cells)
		}); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func writeGroup(group parquet.RowGroup, buffer []parquet.Row, write func(parquet.Row) error) (err error) {
	rows := group.Rows()
	defer func() { err = errors.Join(err, rows.Close()) }()
	for {
		n, err := rows.ReadRows(buffer)
		for _, row := range buffer[:n] {
			if err := write(row); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("the Parquet file is damaged: %w", err)
		}
	}
}

// parquetCell gives how values of a type are written: as the value is, never as a program would show it. What is no number is
// an empty cell.
func parquetCell(t parquet.Type) func(parquet.Value) (string, error) {
	plain := func(say func(parquet.Value) string) func(parquet.Value) (string, error) {
		return func(v parquet.Value) (string, error) { return say(v), nil }
	}
	var logical format.LogicalTypeValue
	if l := t.LogicalType(); l != nil {
		logical = l.Value
	}
	switch l := logical.(type) {
	case *format.DateType:
		return plain(func(v parquet.Value) string { return time.Unix(int64(v.Int32())*86400, 0).UTC().Format(time.DateOnly) })
	case *format.TimestampType:
		return plain(func(v parquet.Value) string {
			switch l.Unit.Value.(type) {
			case *format.MilliSeconds:
				return clock(time.UnixMilli(v.Int64()))
			case *format.MicroSeconds:
				return clock(time.UnixMicro(v.Int64()))
			default:
				return clock(time.Unix(0, v.Int64()))
			}
		})
	case *format.DecimalType:
		return plain(func(v parquet.Value) string { return decimal(v, int(l.Scale)) })
	case *format.IntType:
		if !l.IsSigned {
			return plain(func(v parquet.Value) string {
				if v.Kind() == parquet.Int32 {
					return strconv.FormatUint(uint64(v.Uint32()), 10)
				}
				return strconv.FormatUint(v.Uint64(), 10)
			})
		}
	}
	return func(v parquet.Value) (string, error) {
		switch v.Kind() {
		case parquet.Boolean:
			return strconv.FormatBool(v.Boolean()), nil
		case parquet.Int32:
			return strconv.FormatInt(int64(v.Int32()), 10), nil
		case parquet.Int64:
			return strconv.FormatInt(v.Int64(), 10), nil
		case parquet.Float:
			return float(float64(v.Float()), 32), nil
		case parquet.Double:
			return float(v.Double(), 64), nil
		case parquet.Int96:
			n := v.Int96()
			const julian = 2440588 // the day from which Unix counts
			days, nanos := int64(n[2])-julian, int64(uint64(n[1])<<32|uint64(n[0]))
			return clock(time.Unix(days*86400, nanos)), nil
		default:
			text := v.ByteArray()
			if !utf8.Valid(text) {
				return "", errors.New("it holds bytes that are no text")
			}
			return string(text), nil
		}
	}
}

func float(f float64, bits int) string {
	if math.IsNaN(f) {
		return ""
	}
	return strconv.FormatFloat(f, 'f', -1, bits)
}

// clock is a day, where it is one: people keep dates in columns of times.
func clock(t time.Time) string {
	t = t.UTC()
	if t.Equal(t.Truncate(24 * time.Hour)) {
		return t.Format(time.DateOnly)
	}
	return t.Format(time.DateTime)
}

func decimal(v parquet.Value, scale int) string {
	n := new(big.Int)
	switch v.Kind() {
	case parquet.Int32:
		n.SetInt64(int64(v.Int32()))
	case parquet.Int64:
		n.SetInt64(v.Int64())
	default:
		b := v.ByteArray()
		n.SetBytes(b)
		if len(b) > 0 && b[0] >= 0x80 {
			n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
		}
	}
	if scale <= 0 {
		return n.String()
	}
	text := new(big.Rat).SetFrac(n, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)).FloatString(scale)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}
