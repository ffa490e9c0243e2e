package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
)

// Every example in every --help runs, on a store with the sample, in the order in which it stands.
func TestExamplesInHelpRun(t *testing.T) {
	var visit func(c *cobra.Command)
	count := 0
	visit = func(c *cobra.Command) {
		for _, sub := range c.Commands() {
			visit(sub)
		}
		if c.Example == "" && c.Runnable() && c.Name() != "help" && c.Parent() != nil && c.Parent().Name() != "completion" {
			t.Errorf("%s --help has no examples", c.CommandPath())
		}
		if c.Example == "" {
			return
		}
		t.Run(c.CommandPath(), func(t *testing.T) {
			t.Chdir(t.TempDir())
			prepare(t)
			for line := range strings.Lines(c.Example) {
				count++
				runExample(t, strings.TrimSpace(line))
			}
		})
	}
	visit((&app{getenv: os.Getenv}).root())
	if count < 15 {
		t.Errorf("only %d examples were found", count)
	}
}

// prepare puts the sample's store and a dossier where a person has them.
func prepare(t *testing.T) {
	t.Helper()
	text, err := os.ReadFile(sampleStore)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("entente.db", text, 0o600); err != nil {
		t.Fatal(err)
	}
	runExample(t, "entente ingest dossier --example > mine.yaml")
}

// runExample runs a line as a shell would: words, double quotes, and > for the output.
func runExample(t *testing.T, line string) {
	t.Helper()
	words := split(line)
	if len(words) == 0 || words[0] != "entente" {
		t.Fatalf("an example begins with entente: %q", line)
	}
	args, to := words[1:], ""
	if n := len(args); n > 2 && args[n-2] == ">" {
		args, to = args[:n-2], args[n-1]
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	out, said := &bytes.Buffer{}, &watched{}
	if args[0] == "serve" {
		args = append(args, "--addr", "localhost:0")
		said.until, said.then = "http://", cancel // once it serves, end it
	}
	if err := run(ctx, args, strings.NewReader(""), out, said, func(string) string { return "" }); err != nil {
		t.Errorf("%s: %v", line, err)
	}
	if out.Len() == 0 && args[0] != "serve" {
		t.Errorf("%s prints nothing", line)
	}
	if to != "" {
		if err := os.WriteFile(filepath.Clean(to), out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// watched is an output that calls then once it has been told until.
type watched struct {
	bytes.Buffer
	until string
	then  func()
}

func (w *watched) Write(p []byte) (int, error) {
	n, err := w.Buffer.Write(p)
	if w.until != "" && strings.Contains(w.String(), w.until) {
		w.then()
	}
	return n, err
}

func split(line string) []string {
	var words []string
	for i, part := range strings.Split(line, `"`) {
		if i%2 == 1 {
			words = append(words, part)
		} else {
			words = append(words, strings.Fields(part)...)
		}
	}
	return words
}
