//go:build unix

package sqlitestore

import (
	"errors"
	"math"
	"syscall"
)

// ended tells whether there is no process of that number.
func ended(pid int) bool { return pid > 0 && errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) }

// fileLimit gives how large a file may grow, where that is bounded for this process.
func fileLimit() (bytes uint64, bounded bool) {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return 0, false
	}
	bytes = uint64(limit.Cur) //nolint:unconvert // some systems count in signed numbers
	return bytes, bytes < math.MaxInt64
}
