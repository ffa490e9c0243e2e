package faults

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/entente-graph/entente/internal/testneeds"
)

// traced makes a loader of which system calls on the store's files fail. inject is strace's: calls:error=…:when=….
func traced(t *testing.T, path, inject string, args ...string) *process {
	t.Helper()
	strace := testneeds.Program(t, "install it as the system's packages do (Debian: apt-get install strace)", "strace")
	p := command(t, args...)
	all := []string{strace, "-f", "-qq", "-o", filepath.Join(t.TempDir(), "trace"), "-e", "trace=" + strings.SplitN(inject, ":", 2)[0], "-e", "inject=" + inject}
	for _, file := range []string{path, path + "-wal", path + "-shm", filepath.Dir(path)} {
		all = append(all, "-P", file)
	}
	p.Args = append(append(all, p.Path), args...)
	p.Path = strace
	return p
}

// canTrace tells whether strace works here: it needs a right that some containers take away.
func canTrace(t *testing.T) {
	t.Helper()
	strace := testneeds.Program(t, "install it as the system's packages do (Debian: apt-get install strace)", "strace")
	if text, err := exec.Command(strace, "-qq", "-o", os.DevNull, "true").CombinedOutput(); err != nil {
		testneeds.Missing(t, "the right to trace a process", fmt.Sprintf("allow ptrace here: %s", text))
	}
}

// TestFailingWrites lets every Nth call that changes the store's files fail, once or from there on, with what a bad and
// what a full disk answers. The error is clear, nothing can be seen, the file is sound, and the load goes on.
func TestFailingWrites(t *testing.T) {
	t.Parallel()
	canTrace(t)
	s := newScene(t)
	type fault struct {
		calls string
		error string
		when  string
	}
	var faults []fault
	if testneeds.Long() {
		for n := 1; n <= 400; n += 3 {
			faults = append(faults, fault{"pwrite64", []string{"EIO", "ENOSPC", "EDQUOT"}[n%3], fmt.Sprint(n, []string{"", "+"}[n%2])})
		}
		for n := 400; n < 3000; n += 61 {
			faults = append(faults, fault{"pwrite64", "EIO", fmt.Sprint(n, "+")}, fault{"pwrite64", "ENOSPC", fmt.Sprint(n)})
		}
		for n := 1; n <= 20; n++ {
			faults = append(faults, fault{"fsync,fdatasync", "EIO", fmt.Sprint(n)}, fault{"fsync,fdatasync", "EIO", fmt.Sprint(n, "+")},
				fault{"ftruncate,fallocate", "ENOSPC", fmt.Sprint(n)})
		}
	} else {
		faults = []fault{
			{"pwrite64", "ENOSPC", "25+"},
			{"pwrite64", "EIO", "700"},
			{"fsync,fdatasync", "EIO", "2"},
			{"ftruncate,fallocate", "ENOSPC", "1+"},
		}
		if testneeds.Whole() {
			faults = append(faults, fault{"pwrite64", "EIO", "1+"}, fault{"pwrite64", "ENOSPC", "1500+"}, fault{"fsync,fdatasync", "EIO", "4+"})
		}
	}
	for n, f := range faults {
		t.Run(strings.Join([]string{f.calls, f.error, f.when}, " "), func(t *testing.T) {
			t.Parallel()
			path := s.store(t)
			code, says := traced(t, path, fmt.Sprintf("%s:error=%s:when=%s", f.calls, f.error, f.when), "load", "-store", path, s.second).start(t).end()
			t.Logf("exit code %d: %s", code, says)
			if code == 0 { // it did not come to so many calls, or could do without
				s.wantBoth(t, path)
				return
			}
			wantFailure(t, code, says, path)
			if !strings.Contains(says, "no room left") && !strings.Contains(says, "the system does not carry out") && !strings.Contains(says, "cannot be opened") {
				t.Errorf("the error does not say what has happened: %s", says)
			}
			wantSound(t, path)
			if d := digest(t, path); d == s.digests[1] && !strings.Contains(says, "nothing of it can be seen") {
				// Only the answer was lost: the load says that it cannot tell, and it is there, whole.
				t.Logf("the load is there although it failed: %s", says)
			} else {
				s.wantOnlyFirst(t, path)
			}
			s.goOn(t, path, n%2 == 0)
		})
	}
}
