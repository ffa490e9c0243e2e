package ingest

import (
	"archive/zip"
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/entente-graph/entente/graph"
)

// write makes files below a new folder and gives its path.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// zipped makes a zip of names and texts, in order.
func zipped(t *testing.T, pairs ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(pairs); i += 2 {
		w, err := z.Create(pairs[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(pairs[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	p := filepath.Join(t.TempDir(), "archive.zip")
	if err := os.WriteFile(p, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return p
}

func TestFilesFoldersAndZipsAreOneFileSystem(t *testing.T) {
	t.Parallel()
	dir := write(t, map[string]string{"sub/b.csv": "b", "a.csv": "a", ".hidden": "x", ".git/config": "x"})
	single := filepath.Join(write(t, map[string]string{"c.yaml": "c"}), "c.yaml")
	archive := zipped(t, "deep/er/d.csv", "d", "__MACOSX/deep/._d.csv", "fork")
	files, err := OpenPaths(DefaultLimits, dir, single, archive)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := files.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := fstest.TestFS(files, "a.csv", "sub/b.csv", "c.yaml", "deep/er/d.csv"); err != nil {
		t.Error(err)
	}
	for _, hidden := range []string{".hidden", ".git/config", "__MACOSX/deep/._d.csv"} {
		if _, err := fs.Stat(files, hidden); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s is there: %v", hidden, err)
		}
	}
	text, err := fs.ReadFile(files, "deep/er/d.csv")
	if err != nil || string(text) != "d" {
		t.Errorf("the file in the zip reads %q, %v", text, err)
	}
	if got := files.Shown("c.yaml"); got != single {
		t.Errorf("c.yaml is shown as %s, and was typed as %s", got, single)
	}
	if got := files.Shown("deep/er/d.csv"); got != archive+"/deep/er/d.csv" {
		t.Errorf("the file in the zip is shown as %s", got)
	}
}

func TestOneFileIsAFileSystem(t *testing.T) {
	t.Parallel()
	if err := fstest.TestFS(OneFile("a.yaml", []byte("text")), "a.yaml"); err != nil {
		t.Error(err)
	}
}

func TestPathsThatCannotBeOpened(t *testing.T) {
	t.Parallel()
	dir := write(t, map[string]string{"visits.csv": "1", "empty/.keep": "", "broken.zip": "PK but no zip"})
	other := write(t, map[string]string{"visits.csv": "2"})
	small := Limits{File: 10, Total: 15, Files: 2, Ratio: 400}
	large := write(t, map[string]string{"one": "12345678901"})
	three := write(t, map[string]string{"one": "1", "two": "2", "three": "3"})
	sum := write(t, map[string]string{"one": "12345678", "two": "12345678"})
	for name, c := range map[string]struct {
		limits Limits
		paths  []string
		want   string
	}{
		"nothing given":   {DefaultLimits, nil, "no files were given"},
		"missing":         {DefaultLimits, []string{filepath.Join(dir, "visit.csv")}, "no such file or folder (did you mean " + filepath.Join(dir, "visits.csv") + "?)"},
		"empty folder":    {DefaultLimits, []string{filepath.Join(dir, "empty")}, "there are no files in it"},
		"one name twice":  {DefaultLimits, []string{filepath.Join(dir, "visits.csv"), filepath.Join(other, "visits.csv")}, "two files of one load are called visits.csv"},
		"given twice":     {DefaultLimits, []string{filepath.Join(dir, "visits.csv"), filepath.Join(dir, "visits.csv")}, "it was given twice"},
		"no zip":          {DefaultLimits, []string{filepath.Join(dir, "broken.zip")}, "not a zip that can be read"},
		"climbs":          {DefaultLimits, []string{zipped(t, "../../etc/passwd", "x")}, "climbs with .."},
		"absolute":        {DefaultLimits, []string{zipped(t, "/etc/passwd", "x")}, "absolute"},
		"climbs backward": {DefaultLimits, []string{zipped(t, `..\..\x.csv`, "x")}, "climbs with .."},
		"bomb":            {DefaultLimits, []string{zipped(t, "zeros.csv", strings.Repeat("\x00", 8<<20))}, "unpacks to more than 400 times"},
		"too large":       {small, []string{large}, "a file may have at most"},
		"too many":        {small, []string{three}, "reads at most 2 files"},
		"too much":        {small, []string{sum}, "one load reads at most"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files, err := OpenPaths(c.limits, c.paths...)
			if err == nil {
				t.Fatalf("it opened: %v", files)
			}
			if !errors.Is(err, graph.ErrInvalid) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("the error is %v; it should say %q", err, c.want)
			}
		})
	}
}

// An archive that says a file is small and gives more of it must not be read to the end.
func TestAFileNeverGivesMoreThanItMay(t *testing.T) {
	t.Parallel()
	files := OneFile("a", []byte(strings.Repeat("x", 100)))
	files.limits.File = 50
	if text, err := fs.ReadFile(files, "a"); err == nil {
		t.Errorf("%d bytes were read where 50 are the most", len(text))
	}
}
