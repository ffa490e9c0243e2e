package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestLoadsPage goes through docs/loads.md as a person does.
func TestLoadsPage(t *testing.T) {
	goThrough(t, "../../docs/loads.md", 15, func() {
		write(t, "MIDA.csv", disputesTable)
		write(t, "MIDB.csv", participantsTable)
		for _, id := range []string{"mine", "other"} {
			write(t, id+".yaml", strings.ReplaceAll(dossierOfVisits, "ID", id))
		}
	})
}

// TestTablePage goes through docs/table.md with the spreadsheet and the mappings that stand in it.
func TestTablePage(t *testing.T) { goThrough(t, "../../docs/table.md", 5, func() {}) }

// TestMatchingPage goes through docs/matching.md.
func TestMatchingPage(t *testing.T) { goThrough(t, "../../docs/matching.md", 8, func() {}) }

// goThrough goes through a page of the documentation in one folder from an empty store on, and compares what is
// printed with what stands below each command, word for word, except for times, durations and who wrote. A block below
// <!-- file: NAME --> is that file. UPDATE_README=1 writes the page.
func goThrough(t *testing.T, page string, least int, begin func()) {
	t.Helper()
	name, err := filepath.Abs(page)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	begin()
	var fresh strings.Builder
	commands := 0
	for _, part := range regexp.MustCompile("(?s)<!-- broken off: [^\n]* -->|<!-- file: [^\n]* -->\n```[a-z]*\n.*?```|```console\n.*?```|.").FindAllString(string(text), -1) {
		if broken, ok := strings.CutPrefix(part, "<!-- broken off: "); ok {
			words := strings.Fields(strings.TrimSuffix(broken, " -->"))
			mustBreakOff(t, "entente.db", words[0], words[1:]...)
		}
		if file, ok := strings.CutPrefix(part, "<!-- file: "); ok {
			file, block, _ := strings.Cut(file, " -->\n```")
			_, block, _ = strings.Cut(block, "\n")
			write(t, file, strings.TrimSuffix(block, "```"))
		}
		block, ok := strings.CutPrefix(part, "```console\n")
		if !ok {
			fresh.WriteString(part)
			continue
		}
		fresh.WriteString("```console\n")
		for line := range strings.Lines(block) {
			if typed, ok := strings.CutPrefix(line, "$ "); ok {
				commands++
				fresh.WriteString(line + typeCommand(t, strings.TrimSpace(typed)))
			}
		}
		fresh.WriteString("```")
	}
	if commands < least {
		t.Errorf("only %d commands", commands)
	}
	if diff := cmp.Diff(string(text), fresh.String()); diff != "" && os.Getenv("UPDATE_README") != "1" {
		t.Errorf("%s (-) and the program (+) differ:\n%s", page, diff)
	}
	if os.Getenv("UPDATE_README") == "1" {
		if err := os.WriteFile(name, []byte(fresh.String()), 0o644); err != nil { //nolint:gosec // docs are for all to read
			t.Fatal(err)
		}
	}
}

// varying is what differs from one run to the next, with what stands for it.
var varying = []struct {
	what *regexp.Regexp
	like string
}{
	{regexp.MustCompile(`\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ`), "2026-03-01 10:00:00Z"},
	{regexp.MustCompile(`, \d{4}-\d\d-\d\d\)`), ", 2026-03-01)"},
	{regexp.MustCompile(`process \d+ on \S+`), "process 4711 on analyst"},
	{regexp.MustCompile(`the digest [0-9a-f]{64}`), "the digest 2d3e937c73a6ae9cf78955ad98257c8c5d16ec76817dc2d02e2a05e1b674772d"},
	{regexp.MustCompile(`anew in [0-9.]+m?s`), "anew in 40ms"},
	{regexp.MustCompile(`(?m)^(reading|writing|comparing|linking): .*\n`), ""}, // how far it is, where it takes more than a second
}

// typeCommand gives what a command prints, errors too.
func typeCommand(t *testing.T, line string) string {
	t.Helper()
	var out, said bytes.Buffer
	words := split(line)
	if words[0] != "entente" {
		c := exec.Command("sh", "-c", line)
		c.Stdout, c.Stderr = &out, &out
		if err := c.Run(); err != nil {
			t.Errorf("%s: %v, %s", line, err, &out)
		}
		return out.String()
	}
	args, to := words[1:], ""
	if n := len(args); n > 2 && args[n-2] == ">" {
		args, to = args[:n-2], args[n-1]
	}
	env := map[string]string{"NO_COLOR": "1"}
	err := run(context.Background(), args, strings.NewReader(""), &out, &said, func(k string) string { return env[k] })
	exitCode(err, &said)
	if to != "" {
		write(t, to, out.String())
		out.Reset()
	}
	printed := out.String() + said.String()
	for _, v := range varying {
		printed = v.what.ReplaceAllString(printed, v.like)
	}
	return printed
}

const dossierOfVisits = `dossier: {id: ID, title: A dossier, version: '1', license: CC0-1.0, language: en, coverage: {from: '2000', to: '2023'}}
works:
  - {id: paper, title: The Paper, publisher: The Publisher, date: '2020-05-01', language: en}
acts:
  - {id: visit, title: A protest at a visit, type: protest, date: '2020-04-30', by: [iso3:FRA], toward: [iso3:DEU], topics: [trade], cite: [paper]}
`
