package ingest

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
)

// A file that changes while a load reads it, in whatever way and at whatever time, is an error that names it.
func TestAFileThatChangesWhileItIsRead(t *testing.T) {
	t.Parallel()
	const text = "h\n1\n2\n"
	long := strings.Repeat("0123456789\n", 20_000)
	put := func(t *testing.T, path, text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	more := func(t *testing.T, path, text string) {
		t.Helper()
		f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.WriteString(text); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	otherTime := func(t *testing.T, path string) {
		t.Helper()
		later := time.Now().Add(time.Hour)
		if err := os.Chtimes(path, later, later); err != nil {
			t.Fatal(err)
		}
	}
	replaced := func(t *testing.T, path, text string) {
		t.Helper()
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		put(t, path+".new", text)
		if err := os.Chtimes(path+".new", info.ModTime(), info.ModTime()); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(path+".new", path); err != nil {
			t.Fatal(err)
		}
	}
	for name, c := range map[string]struct {
		text            string
		between, during func(t *testing.T, path string) // two readings; one
		after           func(t *testing.T, path string)
	}{
		"appended to between two readings":  {text: text, between: func(t *testing.T, p string) { more(t, p, "3\n") }},
		"appended to while it is read":      {text: long, during: func(t *testing.T, p string) { more(t, p, "3\n") }},
		"appended to afterwards":            {text: text, after: func(t *testing.T, p string) { more(t, p, "3\n") }},
		"cut off while it is read":          {text: long, during: func(t *testing.T, p string) { put(t, p, text) }},
		"cut off between two readings":      {text: text, between: func(t *testing.T, p string) { put(t, p, "h\n") }},
		"replaced between two readings":     {text: text, between: func(t *testing.T, p string) { replaced(t, p, "h\n1\n3\n") }},
		"replaced by its equal":             {text: text, between: func(t *testing.T, p string) { replaced(t, p, text) }},
		"replaced while it is read":         {text: long, during: func(t *testing.T, p string) { replaced(t, p, long) }},
		"replaced afterwards":               {text: text, after: func(t *testing.T, p string) { replaced(t, p, text) }},
		"removed afterwards":                {text: text, after: func(t *testing.T, p string) { must(t, os.Remove(p)) }},
		"written to with the same size":     {text: text, between: func(t *testing.T, p string) { put(t, p, "h\n1\n3\n"); otherTime(t, p) }},
		"written to while it is being read": {text: long, during: func(t *testing.T, p string) { put(t, p, strings.Replace(long, "0", "x", 1)); otherTime(t, p) }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "visits.csv")
			put(t, path, c.text)
			past := time.Now().Add(-time.Hour)
			if err := os.Chtimes(path, past, past); err != nil {
				t.Fatal(err)
			}
			files, err := OpenPaths(DefaultLimits, path)
			if err != nil {
				t.Fatal(err)
			}
			r := newRecorder(files)
			err = readPart(r, func() {
				if c.during != nil {
					c.during(t, path)
				}
			})
			if err == nil && c.between != nil {
				c.between(t, path)
				err = readPart(r, func() {})
			}
			if c.after != nil {
				must(t, err)
				c.after(t, path)
			}
			found, last := r.files()
			if last == nil {
				t.Errorf("the files are %v", found)
			}
			if c.after == nil && err == nil && c.during == nil {
				t.Error("the reading itself did not see it")
			}
			for _, err := range []error{err, last} {
				if err == nil {
					continue
				}
				var mistakes Mistakes
				if !errors.As(err, &mistakes) || mistakes[0].File != "visits.csv" || !strings.Contains(err.Error(), "visits.csv: it changed while it was being read: nothing was loaded; load it again") {
					t.Errorf("the error is %v", err)
				}
			}
		})
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// readPart reads the file, and lets something happen on the way.
func readPart(files fs.FS, during func()) error {
	f, err := files.Open("visits.csv")
	if err != nil {
		return err
	}
	if _, err := io.ReadFull(f, make([]byte, 3)); err != nil {
		return err
	}
	during()
	_, err = io.Copy(io.Discard, f)
	return errors.Join(err, f.Close())
}

// Where a file system cannot tell sizes and times that differ, what is read does.
func TestAFileThatReadsOtherwise(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{"visits.csv": {Data: []byte("h\n1\n2\n")}}
	r := newRecorder(files)
	must(t, readPart(r, func() {}))
	must(t, readPart(r, func() {}))
	files["visits.csv"].Data[2] = '3'
	if err := readPart(r, func() {}); err == nil || !strings.Contains(err.Error(), itChanged) {
		t.Errorf("the error is %v", err)
	}
	if _, err := r.files(); err == nil {
		t.Error("it is forgotten")
	}
}

func TestARecorderTellsWhatWasRead(t *testing.T) {
	t.Parallel()
	r := newRecorder(fstest.MapFS{"a": {Data: []byte("0123456789")}, "b": {Data: []byte("01234")}, "c": {Data: []byte("x")}})
	f, err := r.Open("a")
	must(t, err)
	if _, err := io.ReadFull(f, make([]byte, 4)); err != nil {
		t.Fatal(err)
	}
	must(t, f.Close())
	for range 2 {
		if _, err := fs.ReadFile(r, "b"); err != nil {
			t.Fatal(err)
		}
	}
	if read, of := r.progress(); read != 9 || of != 15 {
		t.Errorf("%d of %d bytes are said to be read", read, of)
	}
	got, err := r.files()
	must(t, err)
	if diff := cmp.Diff([]graph.File{
		{Name: "a", SHA256: "84d89877f0d4041efb6bf91a16f0248f2fd573e6af05c19f96bedb9f882f7882", Size: 10},
		{Name: "b", SHA256: "c565fe03ca9b6242e01dfddefe9bba3d98b270e19cd02fd85ceaf75e2b25bf12", Size: 5},
	}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
