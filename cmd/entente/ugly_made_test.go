package main

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// uglyMade makes the cases that cannot lie in a repository as they are: archives, links, pipes, what is large, what is
// not there. Each has its outcome in testdata/ugly/<source>/<name>.want.
func uglyMade(t *testing.T) []uglyCase {
	t.Helper()
	m := &maker{t: t, root: t.TempDir()}
	m.zips()
	m.gzips()
	m.large()
	m.paths()
	return m.cases
}

type maker struct {
	t     *testing.T
	root  string
	cases []uglyCase
}

// add makes a case of paths below a new folder. make puts things there.
func (m *maker) add(source, name string, paths []string, fill func(dir string) error) {
	m.t.Helper()
	dir := filepath.Join(m.root, source, name)
	if err := errors.Join(os.MkdirAll(dir, 0o700), fill(dir)); err != nil {
		m.t.Fatalf("making %s: %v", name, err)
	}
	c := uglyCase{source: source, name: name, dir: dir}
	for _, p := range paths {
		c.paths = append(c.paths, strings.TrimSuffix(dir+"/"+p, "/"))
	}
	m.cases = append(m.cases, c)
}

// file makes a case of one file.
func (m *maker) file(source, name, file string, text []byte) {
	m.t.Helper()
	m.add(source, name, []string{file}, func(dir string) error { return os.WriteFile(filepath.Join(dir, file), text, 0o600) })
}

// good gives a file of a source's good case.
func (m *maker) good(source, file string) []byte {
	m.t.Helper()
	text, err := os.ReadFile(filepath.Join(uglyDir, source, "good", file))
	if err != nil {
		m.t.Fatal(err)
	}
	return text
}

// a member is a file in a zip.
type member struct {
	name  string
	text  []byte
	mode  fs.FileMode
	store bool
}

func (m *maker) zip(members ...member) []byte {
	m.t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range members {
		h := &zip.FileHeader{Name: f.name, Method: zip.Deflate}
		if f.store {
			h.Method = zip.Store
		}
		if f.mode != 0 {
			h.SetMode(f.mode)
		}
		w, err := z.CreateHeader(h)
		if err == nil {
			_, err = w.Write(f.text)
		}
		if err != nil {
			m.t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		m.t.Fatal(err)
	}
	return b.Bytes()
}

func (m *maker) zips() {
	m.t.Helper()
	a, b := member{name: "MIDA.csv", text: m.good("cow-mid", "MIDA.csv")}, member{name: "MIDB.csv", text: m.good("cow-mid", "MIDB.csv")}
	whole := m.zip(a, b)
	put := func(name string, text []byte) { m.t.Helper(); m.file("cow-mid", name, "mid.zip", text) }
	put("zip", whole)
	put("zip-with-forks-of-macos", m.zip(a, b, member{name: "__MACOSX/._MIDA.csv", text: []byte{0, 5, 22, 7}}, member{name: ".DS_Store", text: []byte{0}}))
	put("zip-empty", m.zip())
	put("zip-truncated", whole[:len(whole)-40])
	put("zip-of-nothing", nil)
	put("zip-is-html", []byte("<!DOCTYPE html><html><body>Sign in</body></html>"))
	put("zip-climbing", m.zip(a, b, member{name: "../../evil.csv", text: []byte("x")}))
	put("zip-climbing-with-backslashes", m.zip(a, b, member{name: `..\..\evil.csv`, text: []byte("x")}))
	put("zip-absolute", m.zip(a, b, member{name: "/etc/evil.csv", text: []byte("x")}))
	put("zip-with-a-drive", m.zip(a, b, member{name: `C:\evil.csv`, text: []byte("x")}))
	put("zip-link", m.zip(a, member{name: "MIDB.csv", text: []byte("/etc/passwd"), mode: fs.ModeSymlink | 0o777}))
	put("zip-bomb", m.zip(a, b, member{name: "bomb.csv", text: make([]byte, 30<<20)}))
	put("zip-in-a-zip", m.zip(member{name: "inner.zip", text: whole}))
	put("zip-with-one-name-twice", m.zip(a, b, a))
	put("zip-with-escape-codes-in-a-name", m.zip(a, b, member{name: "\x1b[31mred.csv", text: []byte("x")}))
	put("zip-with-a-name-in-latin-1", m.zip(a, b, member{name: "caf\xe9.csv", text: []byte("x")}))
	put("zip-with-a-file-that-is-none", m.zip(a, b, member{name: "notes.txt", text: []byte("x\n")}))
	encrypted := bytes.Clone(whole)
	for at := 0; ; {
		i := bytes.Index(encrypted[at:], []byte("PK\x01\x02"))
		if i < 0 {
			break
		}
		at += i + 4
		encrypted[at+4] |= 1
	}
	put("zip-encrypted", encrypted)
	stored := m.zip(a, member{name: "MIDB.csv", text: b.text, store: true})
	put("zip-damaged", bytes.Replace(stored, []byte("FRN"), []byte("FRA"), 1))
	lying := bytes.Clone(stored)
	binary.LittleEndian.PutUint32(lying[bytes.LastIndex(lying, []byte("PK\x01\x02"))+24:], 100)
	put("zip-that-tells-less-than-it-holds", lying)
	method := bytes.Clone(stored)
	binary.LittleEndian.PutUint16(method[bytes.LastIndex(method, []byte("PK\x01\x02"))+10:], 99)
	put("zip-packed-in-an-unknown-way", method)
	both := func(dir string) error {
		return errors.Join(os.WriteFile(filepath.Join(dir, "mid.zip"), whole, 0o600), os.WriteFile(filepath.Join(dir, "MIDA.csv"), a.text, 0o600))
	}
	m.add("cow-mid", "zip-and-the-same-unpacked", []string{"mid.zip", "MIDA.csv"}, both)
	m.add("cow-mid", "zip-in-a-folder", []string{""}, both)
	m.add("cow-mid", "zip-twice", []string{"mid.zip", "mid.zip"}, both)
	m.file("dossier", "zip-climbing", "d.zip", m.zip(member{name: "../up.yaml", text: m.good("dossier", "ugly.yaml")}))
	m.file("dossier", "zip-bomb", "d.zip", m.zip(member{name: "a.yaml", text: bytes.Repeat([]byte("a"), 30<<20)}))
	m.file("dossier", "zip-damaged", "d.zip", bytes.Replace(m.zip(member{name: "a.yaml", text: m.good("dossier", "ugly.yaml"), store: true}), []byte("Ugly"), []byte("Uply"), 1))
	m.file("us-visits", "zip-damaged", "v.zip", bytes.Replace(m.zip(member{name: "2020.xml", text: m.good("us-visits", "2020.xml"), store: true}), []byte("King"), []byte("Kong"), 1))
}

func (m *maker) gzips() {
	m.t.Helper()
	pack := func(text []byte) []byte {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, err := z.Write(text)
		if err := errors.Join(err, z.Close()); err != nil {
			m.t.Fatal(err)
		}
		return b.Bytes()
	}
	a, b := m.good("cow-mid", "MIDA.csv"), m.good("cow-mid", "MIDB.csv")
	put := func(name, file string, text []byte) {
		m.t.Helper()
		m.add("cow-mid", name, []string{""}, func(dir string) error {
			return errors.Join(os.WriteFile(filepath.Join(dir, "MIDA.csv"), a, 0o600), os.WriteFile(filepath.Join(dir, file), text, 0o600))
		})
	}
	whole := pack(b)
	put("gzip", "MIDB.csv.gz", whole)
	put("gzip-of-two-members", "MIDB.csv.gz", append(pack(b[:200]), pack(b[200:])...))
	put("gzip-truncated", "MIDB.csv.gz", whole[:len(whole)-20])
	put("gzip-without-its-sum", "MIDB.csv.gz", whole[:len(whole)-8])
	put("gzip-with-garbage-behind", "MIDB.csv.gz", append(bytes.Clone(whole), "<html>garbage</html>"...))
	put("gzip-that-is-none", "MIDB.csv.gz", b)
	put("gzip-of-nothing", "MIDB.csv.gz", nil)
	put("gzip-twice", "MIDB.csv.gz.gz", pack(whole))
	put("gzip-bomb", "MIDB.csv.gz", pack(append(bytes.Clone(b), bytes.Repeat([]byte("9001,\n"), 5<<20)...)))
	put("gzip-and-the-same-unpacked", "MIDA.csv.gz", pack(a))
	put("gzip-called-csv", "MIDB.csv", whole)
	put("tar-in-gzip", "mid.tar.gz", whole)
	damaged := bytes.Clone(whole)
	damaged[len(damaged)-6] ^= 0xff
	put("gzip-with-a-wrong-sum", "MIDB.csv.gz", damaged)
	m.file("us-visits", "gzip", "2020.xml.gz", pack(m.good("us-visits", "2020.xml")))
	m.file("us-visits", "gzip-truncated", "2020.xml.gz", pack(m.good("us-visits", "2020.xml"))[:200])
	m.file("dossier", "gzip-truncated", "ugly.yaml.gz", pack(m.good("dossier", "ugly.yaml"))[:150])
}

func (m *maker) large() {
	m.t.Helper()
	a, b := m.good("cow-mid", "MIDA.csv"), m.good("cow-mid", "MIDB.csv")
	put := func(name string, a []byte) {
		m.t.Helper()
		m.add("cow-mid", name, []string{""}, func(dir string) error {
			return errors.Join(os.WriteFile(filepath.Join(dir, "MIDA.csv"), a, 0o600), os.WriteFile(filepath.Join(dir, "MIDB.csv"), b, 0o600))
		})
	}
	put("row-of-2-MB", append(bytes.Clone(a), strings.Repeat("9", 2<<20)...))
	put("cell-of-2-MB-in-quotes", append(bytes.Clone(a), `"`+strings.Repeat("nine\n", 400_000)+`"`...))
	put("cell-of-500-KB", bytes.Replace(a, []byte("\n9001,2,"), []byte("\n9001,"+strings.Repeat("2", 500<<10)+","), 1))
	put("header-of-2-MB", bytes.Repeat([]byte("a"), 2<<20))
	put("columns-10000", []byte(strings.Repeat("x,", 9999)+"x\n"))
	put("columns-10000-in-a-row", append(bytes.Clone(a), strings.Repeat("9,", 9999)+"9\n"...))
	put("columns-10000-more", bytes.Replace(a, []byte("\n"), []byte(strings.Repeat(",x", 10_000)+"\n"), 1))
	put("blank-lines-a-million", append(bytes.Clone(a), bytes.Repeat([]byte("\n"), 1_000_000)...))
	put("nul-2-MB", make([]byte, 2<<20))
	d := string(m.good("dossier", "ugly.yaml"))
	m.file("dossier", "title-of-200-KB", "ugly.yaml", []byte(strings.Replace(d, "A protest", strings.Repeat("A", 200<<10), 1)))
	m.file("dossier", "parties-10000", "ugly.yaml", []byte(strings.Replace(d, "[iso3:FRA]", "["+strings.Repeat("iso3:FRA, ", 9999)+"iso3:FRA]", 1)))
	m.file("dossier", "larger-than-a-dossier", "ugly.yaml", append([]byte(d), bytes.Repeat([]byte("# comment\n"), 4<<20)...))
}

func (m *maker) paths() {
	m.t.Helper()
	nothing := func(string) error { return nil }
	a, b := m.good("cow-mid", "MIDA.csv"), m.good("cow-mid", "MIDB.csv")
	two := func(dir string) error {
		return errors.Join(os.WriteFile(filepath.Join(dir, "MIDA.csv"), a, 0o600), os.WriteFile(filepath.Join(dir, "MIDB.csv"), b, 0o600))
	}
	m.add("cow-mid", "path-not-there", []string{"MIDA.csv", "MIDC.csv"}, two)
	m.add("cow-mid", "path-twice", []string{"MIDA.csv", "MIDB.csv", "MIDA.csv"}, two)
	m.add("cow-mid", "path-and-its-folder", []string{"", "MIDA.csv"}, two)
	m.add("cow-mid", "path-below-a-file", []string{"MIDA.csv/x"}, two)
	m.add("cow-mid", "folder-empty", []string{""}, nothing)
	m.add("cow-mid", "folder-called-csv", []string{""}, func(dir string) error {
		return errors.Join(two(dir), os.Mkdir(filepath.Join(dir, "MIDC.csv"), 0o700))
	})
	m.add("cow-mid", "link-dangling", []string{"MIDA.csv"}, func(dir string) error {
		return os.Symlink("/nowhere/MIDA.csv", filepath.Join(dir, "MIDA.csv"))
	})
	m.add("cow-mid", "link-dangling-in-a-folder", []string{""}, func(dir string) error {
		return errors.Join(two(dir), os.Symlink("/nowhere/MIDI.csv", filepath.Join(dir, "MIDI.csv")))
	})
	m.add("cow-mid", "link-to-itself", []string{"MIDA.csv"}, func(dir string) error {
		return os.Symlink("MIDA.csv", filepath.Join(dir, "MIDA.csv"))
	})
	m.add("cow-mid", "link-to-a-folder-in-a-folder", []string{""}, func(dir string) error {
		return errors.Join(two(dir), os.Symlink("/usr", filepath.Join(dir, "usr")))
	})
	m.add("cow-mid", "link-to-a-file", []string{""}, func(dir string) error {
		in := filepath.Join(dir, ".kept")
		return errors.Join(os.Mkdir(in, 0o700), two(in), os.Symlink(filepath.Join(in, "MIDA.csv"), filepath.Join(dir, "MIDA.csv")), os.Symlink(filepath.Join(in, "MIDB.csv"), filepath.Join(dir, "MIDB.csv")))
	})
	pipe := func(dir string) error { return syscall.Mkfifo(filepath.Join(dir, "MIDA.csv"), 0o600) }
	m.add("cow-mid", "pipe", []string{"MIDA.csv"}, pipe)
	m.add("cow-mid", "pipe-in-a-folder", []string{""}, pipe)
	m.add("cow-mid", "device", []string{"null"}, func(dir string) error { return os.Symlink("/dev/null", filepath.Join(dir, "null")) })
	m.add("dossier", "folder-empty", []string{""}, nothing)
	m.add("us-visits", "folder-empty", []string{""}, nothing)
	m.add("states", "folder-empty", []string{""}, nothing)
}
