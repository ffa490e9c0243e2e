package ingest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"slices"
	"sync"

	"github.com/entente-graph/entente/graph"
)

// itChanged is what is wrong with a file of which two readings, or two looks, differ.
const itChanged = "it changed while it was being read: nothing was loaded; load it again"

// recorder is a file system that remembers which files a source read, and the SHA-256 of their bytes, so that a
// load can say what exactly it was made from. A file is another than before if what a reading gives, its size, the time of
// its last change or, on disk, the file itself differs: that is an error as soon as it is seen.
type recorder struct {
	fs.FS
	mu    sync.Mutex
	first map[string]fs.FileInfo // as each file was when it was first opened
	read  map[string]graph.File  // what was read to its end
	far   map[string]int64       // how far any reading of it came
	err   error                  // a file that changed
}

func newRecorder(files fs.FS) *recorder {
	return &recorder{FS: files, first: map[string]fs.FileInfo{}, read: map[string]graph.File{}, far: map[string]int64{}}
}

// Open opens the file and records it once it has been read to its end.
func (r *recorder) Open(name string) (fs.File, error) {
	f, err := r.FS.Open(name)
	if err != nil {
		return nil, r.gone(name, err)
	}
	info, err := statNow(f)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", name, err), f.Close())
	}
	if info.IsDir() {
		return f, nil
	}
	if err := r.seen(name, info); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &recordedFile{File: f, name: name, hash: sha256.New(), to: r}, nil
}

// ReadDir lists a folder; listing is not reading.
func (r *recorder) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(r.FS, name) }

// statNow describes an open file as it is now, where the file system can tell, else as it was listed.
func statNow(f fs.File) (fs.FileInfo, error) {
	if now, ok := f.(interface{ statNow() (fs.FileInfo, error) }); ok {
		return now.statNow()
	}
	return f.Stat()
}

// seen compares a look at a file with the first.
func (r *recorder) seen(name string, info fs.FileInfo) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	before, ok := r.first[name]
	if !ok {
		r.first[name] = info
		return nil
	}
	onDisk := os.SameFile(before, before)
	if before.Size() == info.Size() && before.ModTime().Equal(info.ModTime()) && (!onDisk || os.SameFile(before, info)) {
		return nil
	}
	return r.changed(name)
}

// gone tells a file that was there before from one that never was.
func (r *recorder) gone(name string, err error) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, ok := r.first[name]; ok && errors.Is(err, fs.ErrNotExist) {
		return r.changed(name)
	}
	return err
}

// changed keeps the first such error. It is called with the lock held.
func (r *recorder) changed(name string) error {
	if r.err == nil {
		r.err = Mistakes{{File: name, Rule: itChanged}}
	}
	return r.err
}

// reached notes how far a reading came, for telling how much of the files is read.
func (r *recorder) reached(name string, at int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.far[name] = max(r.far[name], at)
}

// progress tells how many bytes of the files that were opened so far were read, and how many they have. What is read again
// does not count again.
func (r *recorder) progress() (read, of int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for name, info := range r.first {
		read += r.far[name]
		of += max(info.Size(), r.far[name])
	}
	return read, of
}

func (r *recorder) done(file graph.File) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if before, ok := r.read[file.Name]; ok && before != file {
		return r.changed(file.Name)
	}
	r.read[file.Name] = file
	return nil
}

// files gives what was read, by name. A file that was opened and not read to its end is read again for its sum. Each
// is looked at once more: one that is another by now is an error.
func (r *recorder) files() ([]graph.File, error) {
	r.mu.Lock()
	names := make([]string, 0, len(r.first))
	for name := range r.first {
		names = append(names, name)
	}
	err := r.err
	r.mu.Unlock()
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	out := make([]graph.File, 0, len(names))
	for _, name := range names {
		file, err := r.file(name)
		if err != nil {
			return nil, err
		}
		out = append(out, file)
	}
	return out, nil
}

// file gives what was read of one file.
func (r *recorder) file(name string) (_ graph.File, err error) {
	f, err := r.Open(name)
	if err != nil {
		return graph.File{}, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	r.mu.Lock()
	file, ok := r.read[name]
	r.mu.Unlock()
	if ok {
		return file, nil
	}
	if _, err := io.Copy(io.Discard, f); err != nil {
		return graph.File{}, fmt.Errorf("reading %s for its checksum: %w", name, err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.read[name], nil
}

type recordedFile struct {
	fs.File
	name  string
	hash  hash.Hash
	size  int64
	ended bool
	to    *recorder
}

// Read gives an error in place of the end where the file is another than when it was opened.
func (f *recordedFile) Read(p []byte) (int, error) {
	n, err := f.File.Read(p)
	f.hash.Write(p[:n])
	f.size += int64(n)
	f.to.reached(f.name, f.size)
	if !errors.Is(err, io.EOF) || f.ended {
		return n, err
	}
	if changed := f.look(); changed != nil {
		return n, changed
	}
	f.ended = true
	if changed := f.to.done(graph.File{Name: f.name, SHA256: hex.EncodeToString(f.hash.Sum(nil)), Size: f.size}); changed != nil {
		return n, changed
	}
	return n, err
}

// Close looks at the file once more.
func (f *recordedFile) Close() error { return errors.Join(f.look(), f.File.Close()) }

func (f *recordedFile) look() error {
	info, err := statNow(f.File)
	if err != nil {
		return fmt.Errorf("%s: %w", f.name, err)
	}
	return f.to.seen(f.name, info)
}

// hashFiles reads all files of a file system, and gives their names, sizes and sums, by name.
func hashFiles(ctx context.Context, files fs.FS) ([]graph.File, error) {
	var out []graph.File
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		file, err := hashFile(ctx, files, name)
		out = append(out, file)
		return err
	})
	return out, err
}

func hashFile(ctx context.Context, files fs.FS, name string) (_ graph.File, err error) {
	f, err := files.Open(name)
	if err != nil {
		return graph.File{}, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	sum := sha256.New()
	size, err := io.Copy(sum, untilDone{ctx, f})
	if err != nil {
		return graph.File{}, fmt.Errorf("reading %s for its checksum: %w", name, err)
	}
	return graph.File{Name: name, SHA256: hex.EncodeToString(sum.Sum(nil)), Size: size}, nil
}

// untilDone reads until the context is cancelled.
type untilDone struct {
	ctx  context.Context
	from io.Reader
}

// Read reads.
func (u untilDone) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.from.Read(p)
}
