//go:build unix

package main

import (
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"runtime/pprof"
	"strings"
)

// peakOf tells how much more memory the process has at most while f is done than before: the system's own figures, SQLite's
// pages among them. 0 where the system does not tell.
func peakOf(f func() error) (int64, error) {
	debug.FreeOSMemory()
	reset := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) == nil // the most it had counts from here on
	before := memory("VmRSS")
	if err := f(); err != nil {
		return 0, err
	}
	if !reset {
		return 0, nil
	}
	return max(0, memory("VmHWM")-before), nil
}

func memory(name string) (bytes int64) {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		var kb int64
		if _, err := fmt.Sscanf(line, name+": %d kB", &kb); err == nil {
			return kb << 10
		}
	}
	return 0
}

func profile(path string) (stop func() error, err error) {
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
