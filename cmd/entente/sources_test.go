package main

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The table of sources in the documentation is what they say of themselves. UPDATE_README=1 writes it.
func TestSourcesPage(t *testing.T) {
	const name = "../../docs/sources.md"
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	block := regexp.MustCompile(`(?s)<!-- sources -->\n\n.*?\n<!-- end -->`)
	fresh := block.ReplaceAllLiteralString(string(text), "<!-- sources -->\n\n"+sourcesTable()+"\n<!-- end -->")
	if !block.Match(text) {
		t.Fatal("docs/sources.md has no place for the table of sources")
	}
	for _, m := range regexp.MustCompile(`\]\((\.\./[^)]*)\)`).FindAllStringSubmatch(sourcesTable(), -1) {
		if _, err := os.Stat(filepath.Join("../../docs", m[1])); err != nil {
			t.Errorf("a link: %v", err)
		}
	}
	if fresh == string(text) {
		return
	}
	if os.Getenv("UPDATE_README") == "1" {
		if err := os.WriteFile(name, []byte(fresh), 0o644); err != nil { //nolint:gosec // docs are for all to read
			t.Fatal(err)
		}
		return
	}
	t.Errorf("docs/sources.md is stale (-is +would be):\n%s", cmp.Diff(string(text), fresh))
}
