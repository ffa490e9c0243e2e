// Package testrun lets a package's test program run in a hurry: tests have memory, and little time.
package testrun

import (
	"os"
	"runtime/debug"
	"testing"
)

// Main runs a package's tests in a hurry.
func Main(m *testing.M) {
	end := Hurry()
	code := m.Run()
	end()
	os.Exit(code)
}

// Hurry lets this process collect garbage a quarter as often as programs do, and makes the folder of temporary files,
// its children's too, one in memory where the machine has enough of it. A store waits for the disk after each batch, as it
// must; that a disk keeps what was written shows in no test, which would have to cut the power. internal/faults, which
// counts and breaks off those waits, does not hurry. Whoever calls it calls end when its tests are done.
func Hurry() (end func()) {
	debug.SetGCPercent(400)
	dir, release, ok := inMemory()
	if !ok {
		return func() {}
	}
	if err := os.Setenv("TMPDIR", dir); err != nil {
		release()
		return func() {}
	}
	return release
}
