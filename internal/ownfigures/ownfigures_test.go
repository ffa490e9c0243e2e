package ownfigures_test

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/entente-graph/entente/internal/ownfigures"
)

// What is taken while it is measured is seen, where the system tells.
func TestPeak(t *testing.T) {
	const size = 64 << 20
	var kept []byte
	peak, err := ownfigures.Peak(func() error {
		kept = make([]byte, size)
		for i := 0; i < len(kept); i += 512 {
			kept[i] = 1
		}
		return nil
	})
	runtime.KeepAlive(kept)
	if err != nil {
		t.Fatal(err)
	}
	if os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) != nil {
		t.Skip("this system does not tell what memory a process has: run it on Linux")
	}
	if peak < size/2 || peak > 4*size {
		t.Errorf("%d bytes were taken, and %d measured", size, peak)
	}
	if most := ownfigures.Most(); most < peak {
		t.Errorf("%d bytes at the most, and %d more than before", most, peak)
	}
}

func TestProfile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cpu")
	stop, err := ownfigures.Profile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Size() == 0 {
		t.Errorf("there is no profile: %v, %v", info, err)
	}
}
