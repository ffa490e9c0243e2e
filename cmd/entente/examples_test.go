package main

import (
	"bytes"
	"context"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"github.com/entente-graph/entente/internal/sample/sampletest"
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
			prepare(t, c.Name())
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

// prepare puts the sample's store and files where a person has them: a dossier; of a dataset a table with a row that is
// not understood, in the store as load 4, and mended; and for the commands that are about it a load that was broken off.
func prepare(t *testing.T, command string) {
	t.Helper()
	from := sampletest.DossierPath(t)
	matches := slices.Contains([]string{"match", "accept", "refuse", "forget", "import"}, command)
	if command == "serve" || command == "entente" || command == "sample" || matches { // which find it there
		from = sampleStore(t)
	}
	text, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	write(t, "entente.db", string(text))
	runExample(t, "entente ingest dossier --example > mine.yaml")
	write(t, "MIDA.csv", disputesTable)
	write(t, "MIDB.csv", participantsTable)
	write(t, "data.csv", "Date;Guest;Host\n3.4.2001;DEU;FRA\n")
	switch command {
	case "forget", "import":
		runExample(t, "entente match accept us-travels:2656 us-visits:2143")
		runExample(t, "entente match decisions > decisions.csv")
	case "resume", "discard":
		mustBreakOff(t, "entente.db", "dossier", "mine.yaml")
	case "ingest", "quarantine":
		runExample(t, "entente ingest cow-mid MIDA.csv MIDB.csv")
		runExample(t, "entente quarantine --csv > printed.csv")
		printed, err := os.ReadFile("printed.csv")
		if err != nil {
			t.Fatal(err)
		}
		write(t, "mended.csv", strings.Replace(string(printed), "9902,1,5,194,", "9902,1,5,1940,", 1))
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
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
	if args[0] == "health" {
		s := serve(t, "--store", "entente.db")
		defer s.stop()
		args = append(args, "--addr", strings.TrimPrefix(s.url, "http://"))
	}
	if err := run(ctx, args, strings.NewReader(""), out, said, func(string) string { return "" }); err != nil {
		t.Errorf("%s: %v", line, err)
	}
	if out.Len() == 0 && args[0] != "serve" {
		t.Errorf("%s prints nothing", line)
	}
	if to != "" {
		write(t, to, out.String())
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
