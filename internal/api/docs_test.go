package api

import (
	"bytes"
	"encoding/json"
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
	answersBelow(t, graphQLPage, 3, func(r *reply) string { return pretty(t, r.Raw) })
}

// TestHistoryPage does so with docs/history.md, of whose answers the data alone is shown.
func TestHistoryPage(t *testing.T) {
	answersBelow(t, filepath.Join("..", "..", "docs", "history.md"), 8, func(r *reply) string {
		if len(r.Errors) > 0 {
			t.Errorf("%s", r.Raw)
		}
		return short(t, r.Data)
	})
}

// TestSixtyQuestions does so with docs/sixty-questions.md, of whose answers the data alone is shown, unless there is more.
func TestSixtyQuestions(t *testing.T) {
	answersBelow(t, filepath.Join("..", "..", "docs", "sixty-questions.md"), 60, func(r *reply) string { return short(t, told(t, r)) })
}

// told is the data of an answer; where it has errors, or notes other than on how days were compared, with these.
func told(t *testing.T, r *reply) []byte {
	t.Helper()
	out := struct {
		Data   json.RawMessage `json:"data"`
		Errors []string        `json:"errors,omitempty"`
		Notes  []string        `json:"notes,omitempty"`
	}{Data: anyStore.ReplaceAll(r.Data, []byte("store=…"))}
	for _, e := range r.Errors {
		out.Errors = append(out.Errors, e.Message)
	}
	for _, n := range r.Extensions.Entente.Notes {
		if !strings.HasPrefix(n, "during ") {
			out.Notes = append(out.Notes, n)
		}
	}
	if len(out.Errors)+len(out.Notes) == 0 {
		return out.Data
	}
	var all bytes.Buffer
	e := json.NewEncoder(&all)
	e.SetEscapeHTML(false)
	if err := e.Encode(out); err != nil {
		t.Fatal(err)
	}
	return all.Bytes()
}

var answered = regexp.MustCompile("(?s)```graphql\n(.*?)```\n\n```json\n.*?```")

// answersBelow asks the sample every document of a page, of which there are at least so many, and compares the answer that
// stands below each, as shown; -update writes it.
func answersBelow(t *testing.T, page string, least int, shown func(*reply) string) {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	h := New(Config{Reader: sampleStore(t), Logger: quiet(t)})
	asked := 0
	fresh := answered.ReplaceAllStringFunc(string(text), func(block string) string {
		asked++
		document := answered.FindStringSubmatch(block)[1]
		return "```graphql\n" + document + "```\n\n```json\n" + shown(post(t, h, document, nil)) + "```"
	})
	if asked < least {
		t.Errorf("%s has only %d questions", page, asked)
	}
	if *update {
		if err := os.WriteFile(page, []byte(fresh), 0o644); err != nil { //nolint:gosec // docs are for all to read
			t.Fatal(err)
		}
	}
	if d := cmp.Diff(string(text), fresh); d != "" && !*update {
		t.Errorf("%s (-) and the program (+) differ:\n%s", page, d)
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
