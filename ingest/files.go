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
	"slices"
	"strings"
	"time"

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
// has its base name; one in a folder its path below it; one in a zip its path in the archive. So the names do not
// depend on where a person keeps the files, and a load says the same on every machine.
type Files struct {
	entries map[string]fileEntry
	folders map[string][]fs.DirEntry
	zips    []*zip.ReadCloser
	limits  Limits
}

// fileEntry is where the bytes of one file come from.
type fileEntry struct {
	shown string // what a person calls it: the path as typed
	disk  string // path on disk, or
	zip   *zip.File
	text  []byte // in memory, where it comes from neither
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
	for _, e := range f.entries {
		total += e.size
	}
	if total > limits.Total {
		mistakes = append(mistakes, Mistake{File: strings.Join(paths, ", "), Rule: fmt.Sprintf("the files have %d MB unpacked; one load reads at most %d MB", total>>20, limits.Total>>20)})
	}
	if len(mistakes) == 0 && len(f.entries) == 0 {
		mistakes = append(mistakes, Mistake{File: strings.Join(paths, ", "), Rule: "there are no files in it"})
	}
	if len(mistakes) > 0 {
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

// Close gives back the archives.
func (f *Files) Close() error {
	var errs []error
	for _, z := range f.zips {
		errs = append(errs, z.Close())
	}
	f.zips = nil
	return errors.Join(errs...)
}

func (f *Files) addPath(p string, mistakes *Mistakes) error {
	info, err := os.Stat(p)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return errors.New("there is no such file or folder" + nearestFile(p))
	case err != nil:
		return plain(err)
	case info.IsDir():
		return f.addFolder(p, mistakes)
	case !info.Mode().IsRegular():
		return errors.New("it is neither a file nor a folder")
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
		info, err := os.Stat(p) // follows a link to a file
		if err != nil {
			*mistakes = append(*mistakes, Mistake{File: p, Rule: plain(err).Error()})
			return nil
		}
		if !info.Mode().IsRegular() {
			*mistakes = append(*mistakes, Mistake{File: p, Rule: "it is not a file: a link to a folder or a device is not followed"})
			return nil
		}
		rel, err := filepath.Rel(root, p)
		if err != nil {
			return err
		}
		if err := f.add(filepath.ToSlash(rel), fileEntry{shown: p, disk: p, size: info.Size(), time: info.ModTime()}); err != nil {
			*mistakes = append(*mistakes, Mistake{File: p, Rule: err.Error()})
		}
		return nil
	})
}

func (f *Files) addZip(p string, mistakes *Mistakes) error {
	z, err := zip.OpenReader(p)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return fmt.Errorf("it is not a zip that can be read: %w", plain(err))
	}
	f.zips = append(f.zips, z)
	for _, m := range z.File {
		name := strings.ReplaceAll(m.Name, `\`, "/")
		if strings.HasSuffix(name, "/") || slices.ContainsFunc(strings.Split(name, "/"), skipped) {
			continue
		}
		shown := p + "/" + m.Name
		bad := func(rule string) {
			*mistakes = append(*mistakes, Mistake{File: shown, Rule: rule})
		}
		size, packed := int64(m.UncompressedSize64), int64(m.CompressedSize64)
		switch {
		case !fs.ValidPath(name):
			bad("a path in an archive must stay inside it: this one is absolute or climbs with ..")
		case m.Flags&1 != 0:
			bad("it is encrypted: unpack it first")
		case !m.Mode().IsRegular():
			bad("it is not a file: links in archives are not followed")
		case size < 0 || size > 1<<20 && size/f.limits.Ratio > packed:
			bad(fmt.Sprintf("it unpacks to more than %d times its packed size, which no dataset does", f.limits.Ratio))
		default:
			if err := f.add(name, fileEntry{shown: shown, zip: m, size: size, time: m.Modified}); err != nil {
				bad(err.Error())
			}
		}
	}
	return nil
}

func (f *Files) add(name string, e fileEntry) error {
	if !fs.ValidPath(name) {
		return fmt.Errorf("%q cannot be the name of a file to load", name)
	}
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

// skipped tells of the names that no dataset has: hidden files, and what macOS puts into archives.
func skipped(name string) bool {
	return strings.HasPrefix(name, ".") && name != "." && name != ".." || name == "__MACOSX"
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

// reader opens the bytes of an entry; it never gives more than the size the archive declared.
func (e fileEntry) reader() (io.ReadCloser, error) {
	switch {
	case e.zip != nil:
		return e.zip.Open()
	case e.disk != "":
		return os.Open(e.disk)
	default:
		return io.NopCloser(bytes.NewReader(e.text)), nil
	}
}

func (f *Files) makeFolders() {
	f.folders = map[string][]fs.DirEntry{".": nil}
	names := make([]string, 0, len(f.entries))
	for name := range f.entries {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		f.folders[path.Dir(name)] = append(f.folders[path.Dir(name)], fs.FileInfoToDirEntry(f.info(name)))
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			if _, ok := f.folders[dir]; !ok {
				f.folders[dir] = nil
			}
			parent := path.Dir(dir)
			entry := fs.FileInfoToDirEntry(fileInfo{name: path.Base(dir), dir: true})
			if !slices.ContainsFunc(f.folders[parent], func(d fs.DirEntry) bool { return d.Name() == entry.Name() }) {
				f.folders[parent] = append(f.folders[parent], entry)
			}
		}
	}
	for _, entries := range f.folders {
		slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	}
}
