//go:build unix

package sqlitestore

import (
	"errors"
	"syscall"
)

// ended tells whether there is no process of that number.
func ended(pid int) bool { return pid > 0 && errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) }
