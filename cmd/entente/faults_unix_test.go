//go:build unix

package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/sqlitestore"
	"github.com/entente-graph/entente/internal/sample/sampletest"
)

// programPath gives the path under which the test binary is the program itself.
func programPath(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "entente")
	if err := os.Symlink(self, path); err != nil {
		t.Fatal(err)
	}
	return path
}

// inStore gives the digest at the head, and the load that is open.
func inStore(t *testing.T, path string) (digest string, open *graph.Unfinished) {
	t.Helper()
	ctx := context.Background()
	store, err := sqlitestore.Open(path, sqlitestore.ReadOnly())
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	head, err := store.Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	d, n, err := graph.Digest(ctx, store, head.Load.Number)
	if err != nil {
		t.Fatal(err)
	}
	if open, err = store.Unfinished(ctx); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(d, n), open
}

// TestKilledProgram kills the program while it loads and goes on, at once, by the command that it names.
func TestKilledProgram(t *testing.T) {
	t.Parallel()
	path, exe := sampletest.Copy(t, sampletest.DossierPath(t)), programPath(t)
	whole := sampletest.Copy(t, sampletest.DossierPath(t))
	files := manyDisputes(t, t.TempDir(), 1500)
	entente(t, append([]string{"ingest", "cow-mid", "--store", whole}, files...)...)
	want, _ := inStore(t, whole)
	before, _ := inStore(t, path)
	p := exec.Command(exe, append([]string{"ingest", "cow-mid", "--store", path}, files...)...)
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(time.Minute); ; time.Sleep(time.Millisecond) {
		if _, u := inStore(t, path); u != nil || time.Now().After(end) {
			break
		}
	}
	if err := p.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	p.Wait()
	now, u := inStore(t, path)
	if u == nil {
		if now != want {
			t.Errorf("killed after its end it left the digest %s, not %s", now, want)
		}
		return
	}
	if now != before {
		t.Errorf("killed, it left the digest %s; before it was %s", now, before)
	}
	if out, err := exec.Command(exe, "resume", "--store", path).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if now, u := inStore(t, path); now != want || u != nil {
		t.Errorf("resumed, it left the digest %s, not %s, and open %+v", now, want, u)
	}
}

// TestFileLimit: a bound on the size of files is told in words, and does not kill the program.
func TestFileLimit(t *testing.T) {
	t.Parallel()
	path, exe := sampletest.Copy(t, sampletest.DossierPath(t)), programPath(t)
	before, _ := inStore(t, path)
	files := manyDisputes(t, t.TempDir(), 800)
	out, err := exec.Command("sh", append([]string{"-c", `ulimit -f 200; exec "$0" ingest cow-mid --store "$@"`, exe, path}, files...)...).CombinedOutput()
	text := string(out)
	if err == nil || !strings.Contains(text, "ulimit -f") || !strings.Contains(text, path) || strings.Contains(text, "goroutine") || strings.Contains(text, "SIGXFSZ") {
		t.Errorf("%v: %s", err, text)
	}
	if now, _ := inStore(t, path); now != before {
		t.Errorf("it left the digest %s; before it was %s", now, before)
	}
	entente(t, append([]string{"ingest", "cow-mid", "--store", path}, files...)...)
}
