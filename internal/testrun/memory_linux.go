package testrun

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

const (
	memory = "/dev/shm" // a file system in memory, where Linux has one
	prefix = "entente-test-"
	held   = "held"  // a file in each folder, locked while its process lives
	enough = 1 << 30 // bytes: several times what any package's tests have there at once, which is 130 MB
	tmpfs  = 0x01021994
	noexec = 0x8 // of the flags of a file system: tests run programs that they put there
)

// inMemory makes a folder in memory, and removes those of processes that were killed. It does not where a person named
// another folder, or where memory is scarce.
func inMemory() (dir string, release func(), ok bool) {
	var room syscall.Statfs_t
	if os.Getenv("TMPDIR") != "" || syscall.Statfs(memory, &room) != nil || room.Type != tmpfs {
		return "", nil, false
	}
	if room.Flags&noexec != 0 || room.Bavail*uint64(room.Bsize) < enough || available() < enough {
		return "", nil, false
	}
	removeLeft()
	dir, err := os.MkdirTemp(memory, prefix)
	if err != nil {
		return "", nil, false
	}
	if err := os.Chmod(dir, 0o711); err != nil { //nolint:gosec // tests put what another user runs below it
		_ = os.RemoveAll(dir)
		return "", nil, false
	}
	lock, err := os.Create(filepath.Join(dir, held))
	if err != nil || syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) != nil {
		_ = os.RemoveAll(dir)
		return "", nil, false
	}
	return dir, func() {
		_ = os.RemoveAll(dir) // a leftover is removed by the next who hurries
		_ = lock.Close()
	}, true
}

// available gives the bytes of memory that the system says it can give.
func available() uint64 {
	text, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		var kb uint64
		if _, err := fmt.Sscanf(line, "MemAvailable: %d kB", &kb); err == nil {
			return kb << 10
		}
	}
	return 0
}

// removeLeft removes the folders of processes that did not live to do so.
func removeLeft() {
	dirs, _ := filepath.Glob(filepath.Join(memory, prefix+"*"))
	for _, dir := range dirs {
		if info, err := os.Stat(dir); err != nil || time.Since(info.ModTime()) < time.Minute {
			continue // it may be about to be locked
		}
		lock, err := os.Open(filepath.Join(dir, held))
		if err != nil {
			continue
		}
		if syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil {
			_ = os.RemoveAll(dir)
		}
		_ = lock.Close()
	}
}
