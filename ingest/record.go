package ingest

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"slices"
	"sync"

	"github.com/entente-graph/entente/graph"
)

// recorder is a file system that remembers which files a source read, and the SHA-256 of their bytes, so that a
// load can say what exactly it was made from.
type recorder struct {
	fs.FS
	mu   sync.Mutex
	read map[string]graph.File
	part map[string]bool // opened, but not read to the end in one go
	err  error           // a file changed between two readings
}

func newRecorder(files fs.FS) *recorder {
	return &recorder{FS: files, read: map[string]graph.File{}, part: map[string]bool{}}
}

// Open opens the file and records it once it has been read to its end.
func (r *recorder) Open(name string) (fs.File, error) {
	f, err := r.FS.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if info.IsDir() {
		return f, nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.part[name] = true
	return &recordedFile{File: f, name: name, hash: sha256.New(), to: r}, nil
}

// ReadDir lists a folder; listing is not reading.
func (r *recorder) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(r.FS, name) }

func (r *recorder) done(name string, sum []byte, size int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	file := graph.File{Name: name, SHA256: hex.EncodeToString(sum), Size: size}
	if before, ok := r.read[name]; ok && before != file {
		r.err = fmt.Errorf("%s changed while it was being read: load it again", name)
	}
	r.read[name] = file
}

// files gives what was read, by name. A file that was opened and not read to its end is read again for its sum.
func (r *recorder) files() ([]graph.File, error) {
	r.mu.Lock()
	var again []string
	for name := range r.part {
		if _, ok := r.read[name]; !ok {
			again = append(again, name)
		}
	}
	r.mu.Unlock()
	for _, name := range again {
		if err := r.readWhole(name); err != nil {
			return nil, fmt.Errorf("reading %s for its checksum: %w", name, err)
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	out := make([]graph.File, 0, len(r.read))
	for _, f := range r.read {
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b graph.File) int { return cmp.Compare(a.Name, b.Name) })
	return out, r.err
}

func (r *recorder) readWhole(name string) (err error) {
	f, err := r.Open(name)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, f.Close()) }()
	_, err = io.Copy(io.Discard, f)
	return err
}

type recordedFile struct {
	fs.File
	name string
	hash hash.Hash
	size int64
	to   *recorder
}

func (f *recordedFile) Read(p []byte) (int, error) {
	n, err := f.File.Read(p)
	f.hash.Write(p[:n])
	f.size += int64(n)
	if errors.Is(err, io.EOF) {
		f.to.done(f.name, f.hash.Sum(nil), f.size)
	}
	return n, err
}
