package ingest

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"
)

// Open opens a file or a folder of the load, as fs.FS asks.
func (f *Files) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	if entries, ok := f.folders[name]; ok {
		return &openFolder{info: fileInfo{name: path.Base(name), dir: true}, entries: entries}, nil
	}
	e, ok := f.entries[name]
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	r, err := e.reader(f.limits)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) { // it was there when the load was put together
			return nil, &fs.PathError{Op: "open", Path: e.shown, Err: fs.ErrNotExist}
		}
		return nil, unreadable(name, err)
	}
	return &openFile{ReadCloser: r, info: f.info(name), left: f.limits.File, name: name}, nil
}

// ReadDir lists a folder of the load by name.
func (f *Files) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, ok := f.folders[name]
	if !ok {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
	}
	return append([]fs.DirEntry(nil), entries...), nil
}

func (f *Files) info(name string) fileInfo {
	e := f.entries[name]
	return fileInfo{name: path.Base(name), size: e.size, time: e.time}
}

type openFile struct {
	io.ReadCloser
	info fileInfo
	left int64
	name string
}

// Stat describes the file, as it was when the load was put together.
func (o *openFile) Stat() (fs.FileInfo, error) { return o.info, nil }

// statNow describes the file as it is now, where it is one on disk.
func (o *openFile) statNow() (fs.FileInfo, error) {
	from := o.ReadCloser
	if g, ok := from.(*gunzip); ok {
		from = g.file
	}
	if f, ok := from.(*os.File); ok {
		return f.Stat()
	}
	return o.info, nil
}

// Read fails once the file gives more than the limit, whatever its archive declared.
func (o *openFile) Read(p []byte) (int, error) {
	n, err := o.ReadCloser.Read(p)
	if o.left -= int64(n); o.left < 0 {
		return 0, unreadable(o.name, errors.New("the file is larger than it may be"))
	}
	if err != nil && err != io.EOF { //nolint:errorlint // readers give it bare
		err = unreadable(o.name, err)
	}
	return n, err
}

// unreadable is a mistake of the file, however deep in a source it comes up.
func unreadable(name string, err error) error {
	return Mistakes{{File: name, Rule: damaged(plain(err)).Error()}}
}

type openFolder struct {
	info    fileInfo
	entries []fs.DirEntry
	at      int
}

// Stat describes the folder.
func (o *openFolder) Stat() (fs.FileInfo, error) { return o.info, nil }

// Close has nothing to give back.
func (o *openFolder) Close() error { return nil }

// Read fails: a folder has no bytes.
func (o *openFolder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: o.info.name, Err: fmt.Errorf("it is a folder")}
}

// ReadDir lists what is in it, as fs.ReadDirFile asks.
func (o *openFolder) ReadDir(n int) ([]fs.DirEntry, error) {
	rest := o.entries[o.at:]
	if n > 0 {
		if len(rest) == 0 {
			return nil, io.EOF
		}
		rest = rest[:min(n, len(rest))]
	}
	o.at += len(rest)
	return append([]fs.DirEntry(nil), rest...), nil
}

// fileInfo describes a file or folder of the load.
type fileInfo struct {
	name string
	size int64
	time time.Time
	dir  bool
}

// Name is the last part of its path.
func (i fileInfo) Name() string { return i.name }

// Size is its length in bytes.
func (i fileInfo) Size() int64 { return i.size }

// ModTime is when it was last written, if that is known.
func (i fileInfo) ModTime() time.Time { return i.time }

// IsDir tells whether it is a folder.
func (i fileInfo) IsDir() bool { return i.dir }

// Sys is nothing.
func (i fileInfo) Sys() any { return nil }

// Mode says that it is for reading.
func (i fileInfo) Mode() fs.FileMode {
	if i.dir {
		return fs.ModeDir | 0o555
	}
	return 0o444
}

// makeFolders lists every folder of the load.
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
