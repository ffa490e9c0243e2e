package web_test

import (
	"context"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/entente-graph/entente/internal/programtest"
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
	for _, folder := range []string{"tabs", "test", "dist", "src"} {
		programtest.Look(t, folder)
	}
	url := programtest.ServeSample(t)
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
