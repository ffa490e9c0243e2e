//go:build unix

package main

import (
	"os/signal"
	"syscall"
)

// ignoreFileLimit lets a write beyond the size that files may have (ulimit -f) fail with an error, which says so, instead
// of ending the program.
func ignoreFileLimit() { signal.Ignore(syscall.SIGXFSZ) }
