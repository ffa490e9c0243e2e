package ingest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/entente-graph/entente/graph"
)

// Whatever comes in whatever order, a spool that spills gives what sorting in memory gives, equal ids in the order they
// came, as often as it is asked.
func TestASpoolGivesWhatSortingInMemoryGives(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	rapid.Check(t, func(r *rapid.T) {
		s := newSpool(dir, rapid.SampledFrom([]int{0, 1000, 3000, 1 << 20}).Draw(r, "budget"))
		defer func() {
			if err := s.close(); err != nil {
				r.Fatal(err)
			}
		}()
		var want []entry
		add := func(n int) {
			for range n {
				e := drawEntry(r, len(want))
				want = append(want, e)
				if err := s.add(e); err != nil {
					r.Fatal(err)
				}
			}
		}
		for range 2 { // more may be added after it was read
			add(rapid.IntRange(0, 12).Draw(r, "entries"))
			slices.SortStableFunc(want, compareEntries)
			for range 2 {
				if diff := cmp.Diff(want, collect(r, s)); diff != "" {
					r.Fatalf("(-want +got):\n%s", diff)
				}
			}
		}
	})
	left, err := os.ReadDir(dir)
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func drawEntry(r *rapid.T, n int) entry {
	e := entry{Statement: graph.Statement{
		StatementID: graph.StatementID{
			Source: rapid.SampledFrom([]graph.SourceKey{"a", "b"}).Draw(r, "source"),
			Kind:   rapid.SampledFrom([]graph.StatementKind{graph.StatementActor, graph.StatementEngagement}).Draw(r, "kind"),
			Key:    rapid.StringMatching(`[a-c]{0,2}`).Draw(r, "key"),
		},
		Slice:   graph.SliceID(rapid.StringMatching(`[\x00é]?`).Draw(r, "slice")),
		Locator: fmt.Sprint(n),
		Body:    bytes.Repeat([]byte("x"), rapid.SampledFrom([]int{1, 100, 900}).Draw(r, "body")),
	}}
	e.Hash[31] = rapid.Byte().Draw(r, "hash")
	for range rapid.IntRange(0, 1).Draw(r, "records") {
		e.Records = append(e.Records, Record{
			File: rapid.StringMatching(`[\n.]?`).Draw(r, "file"), Line: rapid.Int().Draw(r, "line"), From: rapid.Int64().Draw(r, "from"),
			To: rapid.Int64().Draw(r, "to"), Text: rapid.StringMatching(`[\n.]?`).Draw(r, "text"), Frame: rapid.Bool().Draw(r, "frame"),
		})
	}
	return e
}

func collect(t interface{ Fatal(...any) }, s *spool) []entry {
	var got []entry
	for e, err := range s.sorted(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, e)
	}
	return got
}

// Every field of an entry comes back from the file, also one that is added to its types tomorrow.
func TestAnEntryIsKeptWhole(t *testing.T) {
	t.Parallel()
	var e entry
	fill(reflect.ValueOf(&e).Elem())
	got, err := decodeEntry(appendEntry(nil, e))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(e, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// fill sets everything in v to something.
func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i))
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fallthrough
	case reflect.Array:
		for i := range v.Len() {
			fill(v.Index(i))
		}
	case reflect.String:
		v.SetString("text")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Uint8:
		v.SetUint(7)
	case reflect.Int, reflect.Int64:
		v.SetInt(-3)
	default:
		panic("a field of kind " + v.Kind().String() + " that the test does not know")
	}
}

// Bytes that do not come from appendEntry are an error and never a crash.
func FuzzDecodeEntry(f *testing.F) {
	var e entry
	fill(reflect.ValueOf(&e).Elem())
	f.Add(appendEntry(nil, e))
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1})
	f.Fuzz(func(t *testing.T, b []byte) {
		e, err := decodeEntry(b)
		if err != nil {
			return
		}
		again, err := decodeEntry(appendEntry(nil, e))
		if diff := cmp.Diff(e, again); diff != "" || err != nil {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
	})
}

// What comes in order is one run: it is neither sorted nor merged again.
func TestWhatComesInOrderIsOneRun(t *testing.T) {
	t.Parallel()
	s := newSpool(t.TempDir(), 2000)
	for i := range 100 {
		if err := s.add(numbered(i)); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(collect(t, s)); n != 100 {
		t.Errorf("%d of 100 come back", n)
	}
	if len(s.runs) != 1 {
		t.Errorf("there are %d runs", len(s.runs))
	}
	if err := s.close(); err != nil {
		t.Error(err)
	}
}

func numbered(i int) entry {
	return entry{Statement: graph.Statement{
		StatementID: graph.StatementID{Source: "s", Kind: graph.StatementEngagement, Key: fmt.Sprintf("s:%08d", i)},
		Body:        []byte(`{"kind":"ACT"}`),
	}}
}

func TestASpoolEndsWhenItIsCancelledOrBrokenOff(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, budget := range []int{2000, 1 << 20} {
		s := newSpool(dir, budget)
		for i := range 5000 {
			if err := s.add(numbered(4999 - i)); err != nil {
				t.Fatal(err)
			}
		}
		for range s.sorted(context.Background()) {
			break
		}
		ctx, cancel := context.WithCancel(context.Background())
		t.Cleanup(cancel)
		n := 0
		var last error
		for _, err := range s.sorted(ctx) {
			if n++; n == 10 {
				cancel()
			}
			last = err
		}
		if !errors.Is(last, context.Canceled) || n > 2000 {
			t.Errorf("with a budget of %d it ended after %d with %v", budget, n, last)
		}
		if err := s.close(); err != nil {
			t.Error(err)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// Where a system keeps the name of an open file, the folder is our own, unreadable to others, and goes with the spool.
func TestTheTemporaryFileGoesWithTheSpool(t *testing.T) {
	t.Parallel()
	parent := t.TempDir()
	f, err := newSpillFile(parent)
	if err != nil {
		t.Fatal(err)
	}
	if f.dir != "" { // a system that keeps names
		info, err := os.Stat(f.dir)
		if err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("the folder is %v, %v", info, err)
		}
	} else if left, err := os.ReadDir(parent); err != nil || len(left) > 0 {
		t.Errorf("there is a name: %v, %v", left, err)
	}
	// The same as it is where names stay.
	f.dir = filepath.Join(parent, "entente-load-x")
	if err := os.Mkdir(f.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := f.close(); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(parent); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestNoRoomForTemporaryFilesIsSaidWithTheirFolder(t *testing.T) {
	t.Parallel()
	s := newSpool(t.TempDir(), 10_000)
	for i := range 100 {
		if err := s.add(numbered(i)); err != nil {
			t.Fatal(err)
		}
	}
	full, err := os.OpenFile("/dev/full", os.O_RDWR, 0)
	if err != nil {
		t.Skip("there is no /dev/full to write to: ", err)
	}
	if err := s.file.file.Close(); err != nil {
		t.Fatal(err)
	}
	s.file.file = full
	s.file.to.Reset(full)
	for i := 0; err == nil && i < 1_000_000; i++ {
		err = s.add(numbered(i))
	}
	want := fmt.Sprintf("temporary files in %s: there is no room for what is being loaded", s.dir)
	if !errors.Is(err, syscall.ENOSPC) || !strings.HasPrefix(err.Error(), want) || !strings.Contains(err.Error(), "TMPDIR") || strings.Contains(err.Error(), "entente-load") {
		t.Errorf("the error is %v", err)
	}
	if err := s.close(); err != nil {
		t.Error(err)
	}
	s = newSpool(filepath.Join(t.TempDir(), "none"), 0)
	if err := s.add(numbered(1)); err == nil || !strings.Contains(err.Error(), s.dir+": no such file or directory (set TMPDIR to another folder)") {
		t.Errorf("without the folder: %v", err)
	}
	if err := s.close(); err != nil {
		t.Error(err)
	}
}
