package ingest

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// gzipped packs texts, each as a member of its own.
func gzipped(t *testing.T, texts ...string) string {
	t.Helper()
	var b bytes.Buffer
	for _, text := range texts {
		z := gzip.NewWriter(&b)
		if _, err := z.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// readAll opens the paths and reads a file in them to its end.
func readAll(t *testing.T, limits Limits, name string, paths ...string) (string, error) {
	t.Helper()
	files, err := OpenPaths(limits, paths...)
	if err != nil {
		return "", err
	}
	defer func() {
		if err := files.Close(); err != nil {
			t.Error(err)
		}
	}()
	text, err := fs.ReadFile(files, name)
	return string(text), err
}

func TestGzipIsUnpacked(t *testing.T) {
	t.Parallel()
	dir := write(t, map[string]string{
		"one.csv.gz":     gzipped(t, "a,b\n1,2\n"),
		"TWO.CSV.GZ":     gzipped(t, "a,b\n", "1,2\n"),
		"deep/three.csv": "a,b\n1,2\n",
	})
	packed := zipped(t, "in/four.xml.gz", gzipped(t, "<a/>"))
	for name, want := range map[string]string{"one.csv": "a,b\n1,2\n", "TWO.CSV": "a,b\n1,2\n", "deep/three.csv": "a,b\n1,2\n", "in/four.xml": "<a/>"} {
		got, err := readAll(t, DefaultLimits, name, dir, packed)
		if err != nil || got != want {
			t.Errorf("%s is %q, %v", name, got, err)
		}
	}
	files, err := OpenPaths(DefaultLimits, dir)
	if err != nil {
		t.Fatal(err)
	}
	defer files.Close()
	if info, err := fs.Stat(files, "one.csv"); err != nil || info.Size() != 8 || info.Name() != "one.csv" {
		t.Errorf("it is listed as %v, %v", info, err)
	}
	if got := files.Shown("one.csv"); got != filepath.Join(dir, "one.csv.gz") {
		t.Errorf("it is shown as %s", got)
	}
}

// What a person may have on disk that is not whole, or no text, is told in words, and never read as less than it is.
func TestDamagedPacks(t *testing.T) {
	t.Parallel()
	whole := gzipped(t, strings.Repeat("id,host,note\n", 1000))
	flipped := []byte(whole)
	flipped[len(flipped)-6] ^= 0xff
	for name, c := range map[string]struct{ text, want string }{
		"truncated.csv.gz":  {whole[:len(whole)-10], "cut short"},
		"no-trailer.csv.gz": {whole[:len(whole)-8], "cut short"},
		"header.csv.gz":     {whole[:5], "cut short"},
		"empty.csv.gz":      {"", "the file is empty"},
		"not-packed.csv.gz": {"id,host,note\n", "not packed with gzip"},
		"trailing.csv.gz":   {whole + "garbage garbage", "something that is not packed"},
		"checksum.csv.gz":   {string(flipped), "damaged"},
		"corrupt.csv.gz":    {whole[:30] + "xxxxxxxx" + whole[38:], "damaged"},
		"bomb.csv.gz":       {gzipped(t, strings.Repeat("\x00", 20<<20)), "more than 400 times"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := write(t, map[string]string{name: c.text})
			_, err := readAll(t, DefaultLimits, strings.TrimSuffix(name, ".gz"), dir)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("it says %v", err)
			}
		})
	}
}

// A zip whose directory tells less than what is packed gives no more than it told.
func TestAZipThatLies(t *testing.T) {
	t.Parallel()
	p := zipped(t, "a.csv", strings.Repeat("a,b\n", 100_000))
	text, err := os.ReadFile(p)
	if err != nil {
		t.Fatal(err)
	}
	directory := bytes.Index(text, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(text[directory+24:], 1000)
	if err := os.WriteFile(p, text, 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := readAll(t, DefaultLimits, "a.csv", p)
	if err == nil || !strings.Contains(err.Error(), "damaged") || len(got) > 1<<20 {
		t.Errorf("%d bytes are read, %v", len(got), err)
	}
}

func TestWhatIsNotOpened(t *testing.T) {
	t.Parallel()
	inner := write(t, map[string]string{"a.csv": "a"})
	target := write(t, map[string]string{"b.csv": "b"})
	for want, name := range map[string]string{"a link to a folder": "folder", "it is a link to /nowhere": "dangling"} {
		dir := t.TempDir()
		to := target
		if name == "dangling" {
			to = "/nowhere"
		}
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
		if _, err := OpenPaths(DefaultLimits, dir); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: it says %v", name, err)
		}
	}
	for _, c := range []struct {
		want  string
		paths []string
	}{
		{"a zip in a folder", []string{write(t, map[string]string{"a.csv": "a", "a.zip": "PK"})}},
		{"a zip in a zip", []string{zipped(t, "a.zip", "PK")}},
		{"two files of this name", []string{zipped(t, "a", "1", "a", "2")}},
		{"two files of one load are called a.csv", []string{inner, zipped(t, "a.csv", "1")}},
		{"two files of one load are called a.csv", []string{write(t, map[string]string{"a.csv": "a", "a.csv.gz": "x"})}},
		{"packed twice", []string{write(t, map[string]string{"a.csv.gz.gz": "a"})}},
		{".tar.gz is not opened here", []string{write(t, map[string]string{"a.tar.gz": "a"})}},
		{"a.csv is a folder of one load here and a file there", []string{inner, zipped(t, "a.csv/b", "1")}},
		{"cannot be the name", []string{zipped(t, "a\x1b[31m.csv", "1")}},
		{"its name is not UTF-8", []string{zipped(t, "caf\xe9.csv", "1")}},
		{"called .zip", []string{filepath.Join(write(t, map[string]string{"a.zip": "<html>"}), "a.zip")}},
		{"there are no files in it", []string{write(t, map[string]string{"Thumbs.db": "x", "~$a.xlsx": "x", "desktop.ini": "x"})}},
	} {
		if _, err := OpenPaths(DefaultLimits, c.paths...); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: it says %v", c.want, err)
		}
	}
}

// A link in an archive is not followed, whatever it points to.
func TestLinksInZips(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	h := &zip.FileHeader{Name: "a.csv"}
	h.SetMode(fs.ModeSymlink | 0o777)
	w, err := z.CreateHeader(h)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte("/etc/passwd")); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	dir := write(t, map[string]string{"a.zip": b.String()})
	if _, err := OpenPaths(DefaultLimits, filepath.Join(dir, "a.zip")); err == nil || !strings.Contains(err.Error(), "links in archives are not followed") {
		t.Errorf("it says %v", err)
	}
}
