package faults

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// nobody is who loads in tests of what may not be written: root may write everything.
const nobody = 65534

// TestMayNotBeWritten loads where files or folders may not be written, are not there, or are something else.
func TestMayNotBeWritten(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	must := func(t *testing.T, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for what, c := range map[string]struct {
		make func(t *testing.T, dir string) (path string)
		says []string
		mend func(t *testing.T, dir, path string)
	}{
		"a read-only folder": {
			func(t *testing.T, dir string) string {
				path := filepath.Join(dir, "entente.db")
				copyFile(t, s.loaded, path)
				must(t, os.Chmod(path, 0o666))
				must(t, os.Chmod(dir, 0o555))
				return path
			},
			[]string{"read-only", "folder"},
			func(t *testing.T, dir, _ string) { must(t, os.Chmod(dir, 0o777)) },
		},
		"a read-only file": {
			func(t *testing.T, dir string) string {
				path := filepath.Join(dir, "entente.db")
				copyFile(t, s.loaded, path)
				must(t, os.Chmod(path, 0o444))
				return path
			},
			[]string{"may not be written", "read-only"},
			func(t *testing.T, _, path string) { must(t, os.Chmod(path, 0o666)) },
		},
		"a file that may not be read": {
			func(t *testing.T, dir string) string {
				path := filepath.Join(dir, "entente.db")
				copyFile(t, s.loaded, path)
				must(t, os.Chmod(path, 0o000))
				return path
			},
			[]string{"may not be written"},
			func(t *testing.T, _, path string) { must(t, os.Chmod(path, 0o666)) },
		},
		"a new store in a read-only folder": {
			func(t *testing.T, dir string) string {
				must(t, os.Chmod(dir, 0o555))
				return filepath.Join(dir, "entente.db")
			}, []string{"cannot be opened", "folder"}, nil,
		},
		"a folder that is not there": {
			func(t *testing.T, dir string) string { return filepath.Join(dir, "none", "entente.db") },
			[]string{"the folder is not there"},
			nil,
		},
		"a folder in place of the file": {
			func(t *testing.T, dir string) string {
				must(t, os.Mkdir(filepath.Join(dir, "entente.db"), 0o777))
				return filepath.Join(dir, "entente.db")
			}, []string{"it is a folder"}, nil,
		},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			dir := openFolder(t)
			path := c.make(t, dir)
			t.Cleanup(func() { must(t, os.Chmod(dir, 0o700)) }) //nolint:gosec // a folder, to be removed
			p := asNobody(t, "load", "-store", path, s.second).start(t)
			code, says := p.end()
			wantFailure(t, code, says, append(c.says, "open store "+path)...)
			if c.mend == nil {
				return
			}
			c.mend(t, dir, path)
			s.wantOnlyFirst(t, path)
			if code, says := asNobody(t, "load", "-store", path, s.second).start(t).end(); code != 0 {
				t.Fatalf("mended, it fails: %s", says)
			}
			s.wantBoth(t, path)
		})
	}
}

// openFolder makes a folder that another user can reach.
func openFolder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "entente-faults-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	if err := os.Chmod(dir, 0o777); err != nil { //nolint:gosec // another user writes in it
		t.Fatal(err)
	}
	return dir
}

// asNobody makes a loader that runs as another user where this is root, to whom modes mean nothing. The test binary is
// copied to where that user can reach it.
func asNobody(t *testing.T, args ...string) *process {
	t.Helper()
	p := command(t, args...)
	if os.Geteuid() != 0 {
		return p
	}
	p.Path = reachable(t)
	p.Dir = "/"
	p.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	return p
}
