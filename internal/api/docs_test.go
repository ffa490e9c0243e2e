package api

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
)

var graphQLPage = filepath.Join("..", "..", "docs", "graphql.md")

// TestGraphQLPage asks the sample each question of docs/graphql.md and compares the answer that stands below it; -update
// writes it.
func TestGraphQLPage(t *testing.T) {
	text, err := os.ReadFile(graphQLPage)
	if err != nil {
		t.Fatal(err)
	}
	h := New(Config{Reader: sampleStore(t), Logger: quiet(t)})
	asked := 0
	fresh := regexp.MustCompile("(?s)```graphql\n(.*?)```\n\n```json\n.*?```").ReplaceAllStringFunc(string(text), func(block string) string {
		asked++
		document, _, _ := strings.Cut(strings.TrimPrefix(block, "```graphql\n"), "```")
		return "```graphql\n" + document + "```\n\n```json\n" + pretty(t, post(t, h, document, nil).Raw) + "```"
	})
	if asked < 3 {
		t.Errorf("only %d questions", asked)
	}
	if *update {
		if err := os.WriteFile(graphQLPage, []byte(fresh), 0o644); err != nil { //nolint:gosec // docs are for all to read
			t.Fatal(err)
		}
	}
	if d := cmp.Diff(string(text), fresh); d != "" && !*update {
		t.Errorf("docs/graphql.md (-) and the program (+) differ:\n%s", d)
	}
}

// TestLimitsOfThePage: the limits in docs/graphql.md are those that hold.
func TestLimitsOfThePage(t *testing.T) {
	text, err := os.ReadFile(graphQLPage)
	if err != nil {
		t.Fatal(err)
	}
	l := Limits{}.withDefaults()
	want := map[string]string{}
	for of, n := range map[string]int64{
		"bytes of a request": l.Body, "bytes of a document": int64(l.Document), "tokens of a document": int64(l.Tokens),
		"levels of a document": int64(l.Depth), "aliases in a document": int64(l.Aliases), "names for the same field in one place": maxSame,
		"fields at the root": int64(l.RootFields), "directives in a document": int64(l.Directives),
		"fields that an answer may come to": int64(l.Cost), "questions to the store": int64(l.Questions), "rows of the store": int64(l.Rows),
		"items of a page, values of a list": graph.MaxPage, "bytes of a text that is asked about": maxText,
	} {
		want[of] = strconv.FormatInt(n, 10)
	}
	got := map[string]string{}
	for _, row := range regexp.MustCompile(`(?m)^\| (\S.*?) +\| (\d+) +\|`).FindAllStringSubmatch(string(text), -1) {
		got[row[1]] = row[2]
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-what holds +the page):\n%s", d)
	}
	if said := fmt.Sprintf("the first %s are told", map[int]string{5: "five"}[maxWrong]); !strings.Contains(strings.ReplaceAll(string(text), "\n", " "), said) {
		t.Errorf("the page does not say that %s", said)
	}
}
