package ingest

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	"github.com/entente-graph/entente/graph"
)

// Limits bound what a load reads, so that a damaged or hostile archive ends in an error and not in a full disk.
type Limits struct {
	File  int64 // bytes of one file, unpacked
	Total int64 // bytes of all files together, unpacked
	Files int   // number of files
	Ratio int64 // how many times its packed size a file in a zip may unpack to, once it is above a megabyte
}

// DefaultLimits hold every dataset the project knows of, with room.
var DefaultLimits = Limits{File: 4 << 30, Total: 16 << 30, Files: 200_000, Ratio: 400}

// Files are the files, folders and zips of one load, together one read-only file system. A file given by itself
// has its base name; one in a folder its path below it; one in a zip its path in the archive. A file packed with gzip
// is its text, under its name without .gz; an Excel workbook is a folder with the text of its sheets, and a Parquet file the text of its rows. So the names do not depend on where a person keeps the files and how, and a
// load says the same on every machine.
type Files struct {
	entries map[string]fileEntry
	folders map[string][]fs.DirEntry
	zips    []*zip.ReadCloser
	limits  Limits

	temporary []string // files on disk that go with it: the text of sheets
}

// fileEntry is where the bytes of one file come from.
type fileEntry struct {
	shown string // what a person calls it: the path as typed
	disk  string // path on disk, or
	zip   *zip.File
	text  []byte // in memory, where it comes from neither
	gzip  bool   // it is packed with gzip
	size  int64
	time  time.Time
}

// OpenPaths makes one file system of files, folders and zips. Hidden files and the resource forks of macOS are
// passed over. A path that is not there, two files of one name, an archive that climbs out of
// itself or unpacks beyond the limits are errors, all of them named at once. Close it after use.
func OpenPaths(limits Limits, paths ...string) (*Files, error) {
	f := &Files{entries: map[string]fileEntry{}, limits: limits}
	if len(paths) == 0 {
		return nil, graph.BadInput("no files were given")
	}
	var mistakes Mistakes
	for _, p := range paths {
		if err := f.addPath(p, &mistakes); err != nil {
			mistakes = append(mistakes, Mistake{File: p, Rule: err.Error()})
		}
	}
	var total int64
	for name, e := range f.entries {
		total += e.size
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			if other, ok := f.entries[dir]; ok {
				mistakes = append(mistakes, Mistake{File: e.shown, Rule: fmt.Sprintf("%s is a folder of one load here and a file there: %s", dir, other.shown)})
			}
		}
	}
	if total > limits.Total {
		mistakes = append(mistakes, Mistake{File: strings.Join(paths, ", "), Rule: fmt.Sprintf("the files have %d MB unpacked; one load reads at most %d MB", total>>20, limits.Total>>20)})
	}
	if len(mistakes) == 0 && len(f.entries) == 0 {
		mistakes = append(mistakes, Mistake{File: strings.Join(paths, ", "), Rule: "there are no files in it"})
	}
	if len(mistakes) > 0 {
		mistakes.Sort()
		return nil, errors.Join(mistakes, f.Close())
	}
	f.makeFolders()
	return f, nil
}

// OneFile makes a file system of one file in memory.
func OneFile(name string, text []byte) *Files {
	f := &Files{limits: DefaultLimits, entries: map[string]fileEntry{name: {shown: name, text: text, size: int64(len(text))}}}
	f.makeFolders()
	return f
}

// Shown gives the path as a person typed it for the name of a file in the file system.
func (f *Files) Shown(name string) string {
	if e, ok := f.entries[name]; ok {
		return e.shown
	}
	return name
}

// Close gives back the archives and the room that sheets took.
func (f *Files) Close() error {
	var errs []error
	for _, z := range f.zips {
		errs = append(errs, z.Close())
	}
	for _, name := range f.temporary {
		errs = append(errs, os.Remove(name))
	}
	f.zips, f.temporary = nil, nil
	return errors.Join(errs...)
}

func (f *Files) addPath(p string, mistakes *Mistakes) error {
	info, err := os.Stat(p)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if to, linkErr := os.Readlink(p); linkErr == nil {
			return fmt.Errorf("it is a link to %s, which is not there", to)
		}
		return errors.New("there is no such file or folder" + nearestFile(p))
	case err != nil:
		return plain(err)
	case info.IsDir():
		return f.addFolder(p, mistakes)
	case !info.Mode().IsRegular():
		return fmt.Errorf("it is neither a file nor a folder but %s", special(info.Mode()))
	case strings.EqualFold(filepath.Ext(p), ".zip"):
		return f.addZip(p, mistakes)
	default:
		return f.add(filepath.Base(p), fileEntry{shown: p, disk: p, size: info.Size(), time: info.ModTime()})
	}
}

func (f *Files) addFolder(root string, mistakes *Mistakes) error {
	return filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return plain(err)
		}
		if p != root && skipped(d.Name()) {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() {
			return nil
		}
		rel, err := filepath.Rel(root, p)
		if err != nil {
			return err
		}
		if err := f.addBelow(p, filepath.ToSlash(rel)); err != nil {
			*mistakes = append(*mistakes, Mistake{File: visible(p), Rule: err.Error()})
		}
		return nil
	})
}

// addBelow adds a file that was found in a folder.
func (f *Files) addBelow(p, name string) error {
	info, err := os.Stat(p) // follows a link to a file
	if errors.Is(err, fs.ErrNotExist) {
		if to, linkErr := os.Readlink(p); linkErr == nil {
			return fmt.Errorf("it is a link to %s, which is not there", to)
		}
	}
	switch {
	case err != nil:
		return plain(err)
	case info.IsDir():
		return errors.New("it is a link to a folder, which is not followed: name that folder by itself")
	case !info.Mode().IsRegular():
		return fmt.Errorf("it is not a file but %s", special(info.Mode()))
	case strings.EqualFold(filepath.Ext(p), ".zip"):
		return errors.New("a zip in a folder is not opened: name it by itself, or take it away if what is in it lies beside it")
	}
	return f.add(name, fileEntry{shown: p, disk: p, size: info.Size(), time: info.ModTime()})
}

// special says what it is that is neither a file nor a folder.
func special(m fs.FileMode) string {
	switch {
	case m&fs.ModeNamedPipe != 0:
		return "a pipe: write what comes out of it to a file first"
	case m&fs.ModeSocket != 0:
		return "a socket"
	case m&fs.ModeDevice != 0:
		return "a device"
	default:
		return "something special"
	}
}

func (f *Files) add(name string, e fileEntry) error {
	if !fs.ValidPath(name) || strings.ContainsFunc(name, unicode.IsControl) {
		return fmt.Errorf("%q cannot be the name of a file to load", name)
	}
	if advice, ok := archive(name); ok {
		return errors.New(advice)
	}
	if inside, ok := packed(name); ok {
		if _, twice := packed(inside); twice {
			return errors.New("it is packed twice: unpack it once first")
		}
		name, e.gzip = inside, true
		if e.disk != "" {
			e.size = gzipSize(e.disk, e.size, f.limits.Ratio)
		}
	}
	if IsWorkbook(name) && e.text == nil {
		return f.addWorkbook(name, e)
	}
	if IsParquet(name) && e.text == nil {
		return f.addParquet(name, e)
	}
	return f.addFile(name, e)
}

// addFile adds one file as it is.
func (f *Files) addFile(name string, e fileEntry) error {
	if before, ok := f.entries[name]; ok {
		if before.shown == e.shown {
			return errors.New("it was given twice")
		}
		return fmt.Errorf("two files of one load are called %s: this and %s", name, before.shown)
	}
	if e.size > f.limits.File {
		return fmt.Errorf("it has %d MB; a file may have at most %d MB", e.size>>20, f.limits.File>>20)
	}
	if len(f.entries) >= f.limits.Files {
		return fmt.Errorf("one load reads at most %d files", f.limits.Files)
	}
	f.entries[name] = e
	return nil
}

// skipped tells of the names that no dataset has: hidden files, what macOS puts into archives and Windows into
// folders, and the locks of open documents.
func skipped(name string) bool {
	switch {
	case name == ".", name == "..":
		return false
	case strings.HasPrefix(name, "."), strings.HasPrefix(name, "~$"):
		return true
	}
	return name == "__MACOSX" || strings.EqualFold(name, "Thumbs.db") || strings.EqualFold(name, "desktop.ini")
}

// plain takes the operation and the path out of an error of the file system: the message names the path already.
func plain(err error) error {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		return pathErr.Err
	}
	return err
}

// nearestFile suggests a file beside the one that is not there.
func nearestFile(p string) string {
	siblings, err := os.ReadDir(filepath.Dir(p))
	if err != nil {
		return ""
	}
	var names []string
	for _, s := range siblings {
		names = append(names, s.Name())
	}
	near := graph.Nearest(filepath.Base(p), names, 1)
	if len(near) == 0 {
		return ""
	}
	return fmt.Sprintf(" (did you mean %s?)", filepath.Join(filepath.Dir(p), near[0]))
}

// reader opens the bytes of an entry, unpacked.
func (e fileEntry) reader(limits Limits) (r io.ReadCloser, err error) {
	switch {
	case e.zip != nil:
		r, err = e.zip.Open()
	case e.disk != "":
		r, err = os.Open(e.disk)
	default:
		r = io.NopCloser(bytes.NewReader(e.text))
	}
	if err != nil || !e.gzip {
		return r, err
	}
	return newGunzip(r, limits.Ratio)
}
