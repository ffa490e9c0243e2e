package web_test

import (
	"context"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/entente-graph/entente/internal/programtest"
	"github.com/entente-graph/entente/internal/testneeds"
)

// TestContract builds the program, serves the sample and runs the tests of contract/, which need Node alone: the audits of
// graphql-http, all of them, and Relay's compiler and runtime on a page of every connection and on every Node.
func TestContract(t *testing.T) {
	npm := testneeds.Program(t, "install Node 20.19 or later", "npm")
	if _, err := os.Stat("contract/node_modules"); err != nil {
		testneeds.Missing(t, "what holds the contract to clients", "make contract installs it")
	}
	if testing.Short() {
		t.Skip("takes ten seconds: left out by -short")
	}
	for _, file := range []string{"package.json", "package-lock.json", "graphql-over-http.test.mjs", "relay.test.mjs"} {
		if _, err := fs.ReadFile(os.DirFS("contract"), file); err != nil { // the test cache notices what changed
			t.Fatal(err)
		}
	}
	url := programtest.ServeSample(t)
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, npm, "test")
	cmd.Dir = filepath.Join(".", "contract")
	cmd.Env = append(os.Environ(), "ENTENTE_URL="+url)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("npm test: %v\n%s", err, out)
	}
}
