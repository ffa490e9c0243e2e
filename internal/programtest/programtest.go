// Package programtest starts the program for tests of what talks to it: the playground in a browser, clients.
package programtest

import (
	"bufio"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// sources are the folders that the program is made of.
var sources = []string{"cmd", "graph", "ingest", "internal", "schema", "web"}

// ServeSample builds the program, runs entente serve --sample on a free port with a store of its own until the test
// ends, and gives its address.
func ServeSample(t testing.TB) string {
	t.Helper()
	root := Root(t)
	for _, folder := range sources {
		Look(t, filepath.Join(root, folder))
	}
	dir := t.TempDir()
	program := filepath.Join(dir, "entente")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", program, "./cmd/entente")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	serve := exec.CommandContext(t.Context(), program, "serve", "--sample", "--addr", "127.0.0.1:0", "--store", filepath.Join(dir, "sample.db"))
	serve.Cancel = func() error { return serve.Process.Signal(os.Interrupt) }
	serve.WaitDelay = 10 * time.Second
	said, err := serve.StderrPipe() // where addresses are printed
	if err != nil {
		t.Fatal(err)
	}
	if err := serve.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = serve.Wait() }) // it was interrupted, and says so
	lines := bufio.NewScanner(said)
	for lines.Scan() {
		if _, url, ok := strings.Cut(lines.Text(), "playground  "); ok {
			go func() {
				for lines.Scan() { // keep the pipe empty
				}
			}()
			return strings.TrimSuffix(strings.TrimSpace(url), "/playground")
		}
	}
	t.Fatal("the server ended without saying its address")
	return ""
}

// Root gives the project's folder, which is above the test's.
func Root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		above := filepath.Dir(dir)
		if above == dir {
			t.Fatal("no folder above the test's has a go.mod")
		}
		dir = above
	}
}

// Look lists a folder, so that the cache of test results notices what changed in it: it knows what a test reads, and not
// what the programs do that a test starts. What is installed is left out.
func Look(t testing.TB, folder string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && Installed(d.Name()) {
			return filepath.SkipDir
		}
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
}

// Installed tells whether a folder has what a package manager put there.
func Installed(name string) bool { return name == "node_modules" || name == ".venv" }
