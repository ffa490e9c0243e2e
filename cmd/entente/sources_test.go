package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
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

// TestCoverageLines: one line where a source covers everything of the states that there were, one stretch after the other.
func TestCoverageLines(t *testing.T) {
	window := func(from, to string, actors ...graph.ActorKey) graph.Coverage {
		return graph.Coverage{
			Forms: []graph.EngagementKind{graph.KindDispute}, Topics: []graph.Topic{graph.TopicDefense}, Actors: actors,
			From: graph.MustDate(from), To: graph.MustDate(to), Complete: len(actors) > 0, Note: "of members",
		}
	}
	some := window("1816", "2010")
	one, two, three := window("1816", "1819", "iso3:FRA"), window("1820", "1829", "iso3:FRA", "iso3:GBR"), window("1830", "1839", "iso3:FRA", "iso3:GBR")
	for _, c := range []struct {
		windows []graph.Coverage
		want    []string
	}{
		{nil, nil},
		{[]graph.Coverage{some, one, two, three}, []string{
			"1816/2010, selective: disputes on defense (of members)",
			"1816/1839, complete: disputes on defense (of members; of 1 to 2 actors in each of 3 stretches of time, which --json lists)",
		}},
		{[]graph.Coverage{one, two}, []string{
			"1816/1819, complete: disputes on defense of iso3:FRA (of members)",
			"1820/1829, complete: disputes on defense of iso3:FRA, iso3:GBR (of members)",
		}},
	} {
		if got := coverageLines(c.windows); !slices.Equal(got, c.want) {
			t.Errorf("%q, not %q", got, c.want)
		}
	}
}
