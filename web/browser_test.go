package web_test

import (
	"bufio"
	"context"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/entente-graph/entente/internal/testneeds"
	"github.com/entente-graph/entente/web"
)

// TestInBrowser builds the program, serves the sample and runs the tests of this folder that need Node and
// Chromium: the playground with every outside request refused, each tab's answer compared with the one kept beside
// it, and the normalised caches of Apollo and Relay. The everyday loop leaves out what opens the page once more: the
// documentation, addresses, the guide, and sizes of the window.
func TestInBrowser(t *testing.T) {
	npm := testneeds.Program(t, "install Node 20.19 or later", "npm")
	testneeds.Program(t, "install Chromium (Debian: apt-get install chromium)", "chromium", "chromium-browser", "google-chrome")
	if _, err := os.Stat("node_modules"); err != nil || !web.Built() {
		testneeds.Missing(t, "the playground's assets", "make web builds them")
	}
	if testing.Short() {
		t.Skip("takes half a minute: left out by -short")
	}
	lookAtSources(t)
	url := serveSample(t)
	ctx, cancel := context.WithTimeout(t.Context(), 8*time.Minute)
	defer cancel()
	// A browser on a busy machine may miss a wait; what is wrong is wrong twice.
	for tries := 1; ; tries++ {
		cmd := exec.CommandContext(ctx, npm, "test")
		cmd.Env = append(os.Environ(), "ENTENTE_URL="+url)
		if !testneeds.Whole() {
			cmd.Env = append(cmd.Env, "ENTENTE_EVERYDAY=1")
		}
		out, err := cmd.CombinedOutput()
		t.Logf("%s", out)
		if err == nil {
			return
		}
		if tries == 2 {
			t.Fatalf("npm test, twice: %v", err)
		}
		t.Logf("npm test: %v; once more", err)
	}
}

// lookAtSources lists the folders that the program and the Node tests are made of, so that the test cache notices
// what changed in them.
func lookAtSources(t *testing.T) {
	t.Helper()
	for _, root := range []string{"../cmd", "../graph", "../ingest", "../internal", "../schema", "tabs", "test", "dist", "src"} {
		err := filepath.WalkDir(root, func(string, fs.DirEntry, error) error { return nil })
		if err != nil {
			t.Fatal(err)
		}
	}
}

// serveSample builds the program, starts it on a free port with a store of its own, and gives its address.
func serveSample(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	program := filepath.Join(dir, "entente")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", program, "../cmd/entente")
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
	t.Cleanup(func() { _ = serve.Wait() })
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
