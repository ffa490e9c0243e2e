package faults

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/entente-graph/entente/internal/testneeds"
)

// some are the first, where every test must run the first two, and in the long run all.
func some(all []int64) []int64 {
	switch {
	case testneeds.Long():
		return all
	case testneeds.Whole():
		return all[:2]
	}
	return all[:1]
}

func sizeOf(t *testing.T, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

// TestFull bounds the store's file, or every file, or the disk under it, to less than the load needs: the error says that
// there is no room, nothing can be seen, and with room again the load goes on.
func TestFull(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	for _, more := range some([]int64{40, 400, 1, 150, 250, 600}) { // pages beside what there is
		t.Run(fmt.Sprintf("%d more pages", more), func(t *testing.T) {
			t.Parallel()
			path := s.store(t)
			pages := sizeOf(t, path)/4096 + more
			code, says := run(t, "load", "-store", path, "-pages", fmt.Sprint(pages), s.second)
			wantFailure(t, code, says, "no room left", path, "make room")
			s.wantOnlyFirst(t, path)
			if u := unfinished(t, path); u != nil {
				t.Errorf("with room to take it back, load %d is left open", u.Number)
			}
			s.goOn(t, path, true)
		})
	}
	for _, more := range some([]int64{64 << 10, 600 << 10, 1 << 10, 4 << 10, 300 << 10}) { // bytes of a write-ahead log
		t.Run(fmt.Sprintf("files of %d KB", more>>10), func(t *testing.T) {
			t.Parallel()
			path := s.store(t)
			code, says := run(t, "load", "-store", path, "-size", fmt.Sprint(more), s.second)
			wantFailure(t, code, says, fmt.Sprintf("at most %d bytes", more), "ulimit -f")
			s.wantOnlyFirst(t, path)
			wantSound(t, path)
			s.goOn(t, path, more>>10%2 == 0)
		})
	}
	t.Run("disk", func(t *testing.T) {
		dir := t.TempDir()
		if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%d", sizeOf(t, s.loaded)+600<<10)); err != nil {
			t.Skipf("needs the right to mount a small disk: run as root where mounting is allowed: %v", err)
		}
		defer func() {
			if err := syscall.Unmount(dir, 0); err != nil {
				t.Error(err)
			}
		}()
		path := filepath.Join(dir, "entente.db")
		copyFile(t, s.loaded, path)
		code, says := run(t, "load", "-store", path, s.second)
		wantFailure(t, code, says, "no room left", path, "make room")
		s.wantOnlyFirst(t, path)
		wantSound(t, path)
		if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, "size=64m"); err != nil {
			t.Fatal(err)
		}
		s.goOn(t, path, true)
	})
	t.Run("disk of a new store", func(t *testing.T) {
		dir := t.TempDir()
		if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=12k"); err != nil {
			t.Skipf("needs the right to mount a small disk: run as root where mounting is allowed: %v", err)
		}
		defer func() {
			if err := syscall.Unmount(dir, 0); err != nil {
				t.Error(err)
			}
		}()
		path := filepath.Join(dir, "entente.db")
		code, says := run(t, "load", "-store", path, s.second)
		wantFailure(t, code, says, path, "disk")
		if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, "size=64m"); err != nil {
			t.Fatal(err)
		}
		mustRun(t, "load", "-store", path, s.first)
		s.wantOnlyFirst(t, path)
		wantSound(t, path)
	})
}
