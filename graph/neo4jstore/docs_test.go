package neo4jstore

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"text/tabwriter"

	"github.com/entente-graph/entente/internal/neo4jtest"
	"github.com/entente-graph/entente/internal/sample"
)

// example is a sentence of docs/neo4j.md with its answer.
var example = regexp.MustCompile("(?s)```cypher\n(.*?)```\n```text\n(.*?)```")

// TestDocs runs the sentences of docs/neo4j.md on the sample. UPDATE_DOCS=1 writes their answers into it.
func TestDocs(t *testing.T) {
	ctx := context.Background()
	s := openOn(t, neo4jtest.Start(t))
	if err := sample.Apply(ctx, s, "test", sample.Teller{}); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("..", "..", "docs", "neo4j.md")
	page, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	now := example.ReplaceAllStringFunc(string(page), func(block string) string {
		count++
		parts := example.FindStringSubmatch(block)
		answer := table(ctx, t, s, parts[1])
		if update := os.Getenv("UPDATE_DOCS") == "1"; !update && answer != parts[2] {
			t.Errorf("%sanswers\n%s\nand the page says\n%s", parts[1], answer, parts[2])
		}
		return "```cypher\n" + parts[1] + "```\n```text\n" + answer + "```"
	})
	if count < 11 {
		t.Errorf("only %d sentences were found", count)
	}
	if os.Getenv("UPDATE_DOCS") == "1" {
		if err := os.WriteFile(path, []byte(now), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// table prints what a sentence answers.
func table(ctx context.Context, t *testing.T, s *Store, sentence string) string {
	t.Helper()
	records := send(ctx, t, s, sentence)
	if len(records) == 0 {
		return "(nothing)\n"
	}
	var out strings.Builder
	w := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	line := func(cells []string) {
		if _, err := fmt.Fprintln(w, strings.Join(cells, "\t")); err != nil {
			t.Fatal(err)
		}
	}
	line(records[0].Keys)
	for _, r := range records {
		cells := make([]string, len(r.Values))
		for i, v := range r.Values {
			cells[i] = fmt.Sprint(v)
			if list, ok := v.([]any); ok {
				words := make([]string, len(list))
				for j, word := range list {
					words[j] = fmt.Sprint(word)
				}
				cells[i] = strings.Join(words, " > ")
			}
		}
		line(cells)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(out.String(), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}
