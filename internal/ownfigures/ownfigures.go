// Package ownfigures tells a program that measures what it costs itself: memory, bytes written, and where the time goes. The
// figures are the system's own, SQLite's pages among them; what the system does not tell is 0.
package ownfigures

import (
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"runtime/pprof"
	"strings"
)

// Peak tells how much more memory the process has at most while f is done than before.
func Peak(f func() error) (int64, error) {
	debug.FreeOSMemory()
	reset := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) == nil // the most it had counts from here on
	before := figure("status", "VmRSS: %d kB") << 10
	if err := f(); err != nil {
		return 0, err
	}
	if !reset {
		return 0, nil
	}
	return max(0, Most()-before), nil
}

// Most is the most memory that the process ever had.
func Most() int64 { return figure("status", "VmHWM: %d kB") << 10 }

// Written gives how many bytes the process wrote to disks.
func Written() int64 { return figure("io", "write_bytes: %d") }

// figure reads one of the numbers that the system keeps of a process.
func figure(file, line string) (n int64) {
	text, err := os.ReadFile("/proc/self/" + file)
	if err != nil {
		return 0
	}
	for l := range strings.Lines(string(text)) {
		if _, err := fmt.Sscanf(l, line, &n); err == nil {
			return n
		}
	}
	return 0
}

// Profile writes where the time of processors goes into a file, until stop.
func Profile(path string) (stop func() error, err error) {
	f, err := os.Create(path) //nolint:gosec // the path is the one who measures's own
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return func() error {
		pprof.StopCPUProfile()
		return f.Close()
	}, nil
}
