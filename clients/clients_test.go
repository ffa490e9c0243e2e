// Package clients_test runs the clients as their READMEs say, on the sample.
package clients_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/internal/programtest"
	"github.com/entente-graph/entente/internal/testneeds"
)

// needs are the programs of each client, with where to get them.
var needs = map[string]map[string]string{
	"python":     {"python3": "install Python 3.10 or later with venv (Debian: apt-get install python3-venv)"},
	"typescript": {"npm": "install Node 20.19 or later"},
	"go":         {"go": "install Go 1.26"},
	"curl":       {"curl": "Debian: apt-get install curl", "jq": "Debian: apt-get install jq"},
}

// TestClients does in a copy of each folder what its README says, from installing to asking. All print what the README
// above them shows; UPDATE_README=1 writes there what curl prints.
func TestClients(t *testing.T) {
	testneeds.NotEveryday(t)
	url := programtest.ServeSample(t)
	shown := answerInREADME(t)
	folders := folders(t)
	if len(folders) != len(needs) {
		t.Errorf("the folders are %v, and %d are known here", folders, len(needs))
	}
	for _, folder := range folders {
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			for name, how := range needs[folder] {
				testneeds.Program(t, how, name)
			}
			c := client{t: t, dir: filepath.Join(copied(t, folder), "clients", folder), url: url}
			commands := commands(t, folder)
			last := commands[len(commands)-1]
			for _, line := range commands[:len(commands)-1] {
				if _, said, err := c.sh(line); err != nil {
					t.Fatalf("%s: %v\n%s", line, err, said)
				}
			}
			printed, said, err := c.sh(last)
			if err != nil || said != "" {
				t.Fatalf("%s: %v\n%s", last, err, said)
			}
			if folder == "curl" && os.Getenv("UPDATE_README") == "1" {
				update(t, printed)
				return
			}
			if d := cmp.Diff(shown, printed); d != "" {
				t.Errorf("README.md (-) and %s (+) differ:\n%s", last, d)
			}
			c.refused(last)
			if folder == "go" {
				sameFile(t, filepath.Join(folder, "generated.go"), filepath.Join(c.dir, "generated.go"))
			}
		})
	}
}

// client is a client in a folder of its own.
type client struct {
	t        *testing.T
	dir, url string
}

// sh runs a line as a person types it, and gives what it prints and what it says besides.
func (c *client) sh(line string) (printed, said string, err error) {
	ctx, cancel := context.WithTimeout(c.t.Context(), 4*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "sh", "-c", line)
	cmd.Dir = c.dir
	cmd.Env = append(os.Environ(), "ENTENTE_URL="+c.url, "PIP_DISABLE_PIP_VERSION_CHECK=1", "GOWORK=off", "NO_COLOR=1")
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	begun := time.Now()
	err = cmd.Run()
	c.t.Logf("%s: %s", line, time.Since(begun).Round(10*time.Millisecond))
	return out.String(), errs.String(), err
}

// refused asks with a name where a key belongs: the client ends with 1, and says what the server says and suggests.
func (c *client) refused(line string) {
	c.t.Helper()
	printed, said, err := c.sh(line + " Japan KOR")
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 1 || printed != "" ||
		!strings.HasPrefix(said, `"Japan" is a name, and names do not resolve`) || !strings.Contains(said, "\n  iso3:JPN\n") {
		c.t.Errorf("asked of Japan, it ends with %v, prints %q and says:\n%s", err, printed, said)
	}
}

// commands gives what a client's README says to type.
func commands(t *testing.T, folder string) []string {
	t.Helper()
	block := regexp.MustCompile("(?s)```console\n(.*?)```").FindStringSubmatch(read(t, filepath.Join(folder, "README.md")))
	if block == nil {
		t.Fatalf("%s/README.md has no block of what to type", folder)
	}
	var lines []string
	for line := range strings.Lines(block[1]) {
		typed, ok := strings.CutPrefix(strings.TrimSpace(line), "$ ")
		if !ok {
			t.Fatalf("%s/README.md: %q is nothing to type", folder, line)
		}
		lines = append(lines, typed)
	}
	return lines
}

var answerBlock = regexp.MustCompile("(?s)```text\n(.*?)```")

// answerInREADME gives what every client prints.
func answerInREADME(t *testing.T) string {
	t.Helper()
	block := answerBlock.FindStringSubmatch(read(t, "README.md"))
	if block == nil {
		t.Fatal("README.md does not show what is printed")
	}
	return block[1]
}

func update(t *testing.T, printed string) {
	t.Helper()
	text := answerBlock.ReplaceAllLiteralString(read(t, "README.md"), "```text\n"+printed+"```")
	if err := os.WriteFile("README.md", []byte(text), 0o644); err != nil { //nolint:gosec // docs are for all to read
		t.Fatal(err)
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func sameFile(t *testing.T, committed, fresh string) {
	t.Helper()
	if d := cmp.Diff(read(t, committed), read(t, fresh)); d != "" {
		t.Errorf("%s is stale: make generate writes it anew (-is +would be):\n%s", committed, d)
	}
}

func folders(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names
}

// copied gives a folder with the schema, the document and one client, as they are in the project: what was installed,
// built or generated there does not help.
func copied(t *testing.T, folder string) string {
	t.Helper()
	to := t.TempDir()
	for _, part := range []string{"schema", "clients/founding-question.graphql", "clients/" + folder} {
		from := filepath.Join(programtest.Root(t), filepath.FromSlash(part))
		err := filepath.WalkDir(from, func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			rel, err := filepath.Rel(from, name)
			if err != nil {
				return err
			}
			target := filepath.Join(to, filepath.FromSlash(part), rel)
			switch {
			case d.IsDir() && (programtest.Installed(d.Name()) || d.Name() == "dist"):
				return filepath.SkipDir
			case d.IsDir():
				return os.MkdirAll(target, 0o755)
			case d.Name() == "generated.ts":
				return nil
			}
			return copyFile(name, target)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return to
}

func copyFile(from, to string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	info, err := os.Stat(from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	return os.WriteFile(to, text, info.Mode().Perm())
}
