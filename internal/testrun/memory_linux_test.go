package testrun

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestInMemory(t *testing.T) {
	t.Setenv("TMPDIR", "")
	dir, release, ok := inMemory()
	if !ok {
		t.Skip("this machine has no file system in memory with room, on which programs run")
	}
	t.Cleanup(release)
	left, err := os.MkdirTemp(memory, prefix)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(left) })
	if err := os.WriteFile(filepath.Join(left, held), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	there := func(dir string) bool {
		_, err := os.Stat(dir)
		return !errors.Is(err, fs.ErrNotExist)
	}
	if removeLeft(); !there(left) {
		t.Error("a folder that was made just now is removed")
	}
	for _, d := range []string{dir, left} {
		old := time.Now().Add(-time.Hour)
		if err := os.Chtimes(d, old, old); err != nil {
			t.Fatal(err)
		}
	}
	removeLeft()
	if there(left) {
		t.Error("a folder that nobody holds is left")
	}
	if !there(dir) {
		t.Error("a folder in use is removed")
	}
	if release(); there(dir) {
		t.Error("a folder is left when its tests are done")
	}
	t.Setenv("TMPDIR", t.TempDir())
	if _, _, ok := inMemory(); ok {
		t.Error("another folder is used than the one that was named")
	}
}
