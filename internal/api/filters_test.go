package api

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/api/model"
	"github.com/entente-graph/entente/internal/sample/sampletest"
	"github.com/entente-graph/entente/internal/testneeds"
)

// TestFiltersPage asks the sample what docs/filters.md asks, in order. The answers stand in testdata/filters.golden.
func TestFiltersPage(t *testing.T) {
	t.Parallel()
	askPage(t, "filters")
}

// TestSeveralSourcesPage does so with docs/several-sources.md.
func TestSeveralSourcesPage(t *testing.T) {
	t.Parallel()
	askPage(t, "several-sources")
}

// askPage asks what a page of docs asks, each example below its question, and compares the answers with those of a golden file.
func askPage(t *testing.T, name string) {
	t.Helper()
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", name+".md"))
	if err != nil {
		t.Fatal(err)
	}
	h := New(Config{Reader: sampleStore(t), Logger: quiet(t)})
	var text strings.Builder
	examples := regexp.MustCompile("(?s)\n\n([^\n]+\\?)\n\n```graphql\n(.*?)```").FindAllStringSubmatch(string(page), -1)
	for _, e := range examples {
		r := post(t, h, e[2], nil)
		if len(r.Errors) > 0 || !regexp.MustCompile(`"(title|name)":"`).Match(r.Raw) {
			t.Errorf("%s\n%s: %s", e[1], e[2], r.Raw)
		}
		fmt.Fprintf(&text, "# %s\n%s", e[1], pretty(t, r.Data))
	}
	if n := strings.Count(string(page), "```graphql"); n != len(examples) {
		t.Errorf("%d examples were found of %d: each stands below a question", len(examples), n)
	}
	golden := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(golden, []byte(text.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), text.String()); d != "" {
		t.Errorf("other answers (-want +got):\n%s", d)
	}
}

// engagementsFound gives the keys of all engagements that a where finds.
func engagementsFound(t *testing.T, ask func(document string) *reply, where string) []string {
	t.Helper()
	var keys []string
	for after := ""; ; {
		r := ask(`in: snapshot(SNAPSHOT) { list: engagements(first: 100, where: ` + where + after + `) { nodes { key } pageInfo { hasNextPage endCursor } } }`)
		var data struct {
			In struct {
				List struct {
					Nodes    []struct{ Key string }
					PageInfo struct {
						HasNextPage bool
						EndCursor   string
					}
				}
			}
		}
		if err := json.Unmarshal(r.Data, &data); err != nil || len(r.Errors) > 0 {
			t.Fatalf("%s: %s (%v)", where, r.Raw, err)
		}
		for _, n := range data.In.List.Nodes {
			keys = append(keys, n.Key)
		}
		if !data.In.List.PageInfo.HasNextPage {
			return keys
		}
		after = fmt.Sprintf(", after: %q", data.In.List.PageInfo.EndCursor)
	}
}

// TestNotIsTheRest: what each field finds and what its NOT finds are, together, everything, and nothing is in both; also as of
// a day, at an earlier load. The everyday loop asks before the many visits and travels were loaded, which NOT pages through.
func TestNotIsTheRest(t *testing.T) {
	t.Parallel()
	open, snapshots := sampletest.Dossier, []string{"load: 3", `load: 2, asOf: "2019-06-01"`}
	if testneeds.Whole() {
		open, snapshots = sampletest.Store, []string{"load: 5", `load: 4, asOf: "2019-06-01"`}
	}
	for _, snapshot := range snapshots {
		t.Run(snapshot, func(t *testing.T) { notIsTheRest(t, open(t), snapshot) })
	}
}

func notIsTheRest(t *testing.T, store graph.Store, snapshot string) {
	t.Helper()
	h := New(Config{Reader: store, Logger: quiet(t)})
	ask := func(document string) *reply {
		return post(t, h, "{ "+strings.Replace(document, "SNAPSHOT", snapshot, 1)+" }", nil)
	}
	all := engagementsFound(t, ask, "{}")
	slices.Sort(all)
	for _, where := range []string{
		`{kind: {eq: MEETING}}`, `{kind: {in: [ACT, DISPUTE]}}`, `{topics: {anyOf: [DEFENSE, TRADE]}}`, `{topics: {allOf: [DEFENSE, DIPLOMACY]}}`, `{topics: {only: [DEFENSE]}}`,
		`{parties: {allOf: ["JPN", "KOR"]}}`, `{parties: {anyOf: ["USA"], through: [DIRECT]}}`, `{parties: {only: ["JPN", "KOR"]}}`, `{parties: {role: {eq: HOST}}}`,
		`{parties: {allOf: ["JPN", "KOR"], alignment: OPPOSED}}`, `{parties: {anyOf: ["JPN"], side: {eq: "a"}}}`, `{by: {eq: "JPN"}}`, `{toward: {in: ["KOR", "CHN"]}}`,
		`{by: {eq: "KOR"}, toward: {eq: "JPN"}}`, `{period: {from: "2019-01-01", to: "2019-12-31"}}`, `{period: {from: "2019-01-01", overlap: WITHIN, certainty: CERTAIN}}`,
		`{form: {in: [TREATY, CLAIM]}}`, `{level: {eq: SUMMIT}}`, `{format: {eq: BILATERAL}}`, `{setting: {in: [VISIT, CALL]}}`, `{type: {eq: PROTEST}}`,
		`{inForce: {eq: true}}`, `{inForce: {eq: false, on: "1960-01-01"}}`, `{title: {contains: "RADAR"}}`, `{title: {startsWith: "japan"}}`, `{source: {eq: "northeast-asia"}}`,
		`{OR: [{level: {eq: SUMMIT}}, {type: {eq: PROTEST}}]}`, `{AND: [{kind: {eq: ACT}}, {topics: {anyOf: [TRADE]}}]}`,
	} {
		found, rest := engagementsFound(t, ask, where), engagementsFound(t, ask, "{NOT: "+where+"}")
		if len(found) == 0 && (!strings.Contains(snapshot, "asOf") || where != `{inForce: {eq: true}}`) {
			t.Errorf("%s finds nothing in the sample", where)
		}
		// With an alternative that never holds nothing goes to the fields that questions have for what is asked most.
		if slow := engagementsFound(t, ask, "{OR: ["+where+`, {title: {eq: "there is no such title"}}]}`); !slices.Equal(slow, found) {
			t.Errorf("%s finds %d, and as a filter alone %d", where, len(found), len(slow))
		}
		both := append(slices.Clone(found), rest...)
		slices.Sort(both)
		if d := cmp.Diff(all, both); d != "" {
			t.Errorf("%s finds %d, its NOT %d, of %d (-all +both):\n%s", where, len(found), len(rest), len(all), d)
		}
	}
	if got := engagementsFound(t, ask, `{OR: []}`); len(got) > 0 {
		t.Errorf("of no alternatives %d hold", len(got))
	}
}

// TestFiltersThatFail have an error that says what would be right.
func TestFiltersThatFail(t *testing.T) {
	t.Parallel()
	h := New(Config{Reader: sampleStore(t), Logger: quiet(t)})
	several := func(n int) string {
		text := strings.TrimSuffix(strings.Repeat(`{title: {contains: "%d"}}, `, n), ", ")
		for i := range n {
			text = strings.Replace(text, "%d", fmt.Sprint(i), 1)
		}
		return text
	}
	for document, want := range map[string]string{
		`{ meetings(where: {kind: {eq: ACT}}) { nodes { key } } }`:                                                                                           "kind [ACT] excludes everything here: only engagements of kind MEETING are listed",
		`{ summits(where: {level: {in: [OFFICIALS]}}) { nodes { key } } }`:                                                                                   "level [OFFICIALS] excludes everything here",
		`{ engagements(where: {parties: {allOf: ["JPN"], alignment: OPPOSED}}) { nodes { key } } }`:                                                          "allOf names 1, not two",
		`{ engagements(where: {title: {contains: " "}}) { nodes { key } } }`:                                                                                 "nothing to look for",
		`{ engagements(where: {source: {eq: "northeast-asio"}}) { nodes { key } } }`:                                                                         `there is no source "northeast-asio"`,
		`{ engagements(where: {AND: [` + several(33) + `]}) { nodes { key } } }`:                                                                             "where comes to 33 conditions that must all hold, each with its alternatives: the limit is 32",
		`{ engagements(where: {OR: [` + several(9) + `]}) { nodes { key } } }`:                                                                               "where comes to 9 alternatives of one another: the limit is 8",
		`{ engagements(where: {AND: [` + several(70) + `]}) { nodes { key } } }`:                                                                             "where holds 71 objects within AND, OR and NOT: the limit is 64",
		`{ engagements(where: {OR: [{AND: [` + several(17) + `]}, {AND: [` + strings.ReplaceAll(several(17), "contains", "eq") + `]}]}) { nodes { key } } }`: "where comes to 289 conditions",
	} {
		r := post(t, h, document, nil)
		if len(r.Errors) != 1 || !strings.Contains(r.Errors[0].Message, want) {
			t.Errorf("%s: %s\nwant %q", document, r.Raw, want)
		}
	}
	r := post(t, h, `{ meetings(first: 2, orderBy: {field: TITLE}) { pageInfo { endCursor } } }`, nil)
	cursor := regexp.MustCompile(`"endCursor":"([^"]+)"`).FindStringSubmatch(string(r.Raw))
	for _, other := range []string{`orderBy: {field: TITLE, direction: DESC}`, `orderBy: {field: END}`, `first: 3`, `orderBy: {field: TITLE}, where: {level: {eq: SUMMIT}}`} {
		r := post(t, h, fmt.Sprintf(`{ meetings(after: %q, %s) { nodes { key } } }`, cursor[1], other), nil)
		if len(r.Errors) != 1 || r.Errors[0].Extensions.Code != graph.CodeInvalidCursor {
			t.Errorf("under %s a cursor by title is taken: %s", other, r.Raw)
		}
	}
}

// TestNumbersAreTags: a comparison of numbers holds of those tags whose numbers fulfil it.
func TestNumbersAreTags(t *testing.T) {
	t.Parallel()
	limit, scale := 4, -9.9
	for _, c := range []struct {
		got  []graph.Where
		want []string
	}{
		{numbers(graph.TagHostility, &model.Number[int]{Gte: &limit}, 1, 5, 1), []string{"hostility:4", "hostility:5"}},
		{numbers(graph.TagHostility, &model.Number[int]{In: []int{2, 9}, Lt: &limit}, 1, 5, 1), []string{"hostility:2"}},
		{numbers(graph.TagGoldstein, &model.Number[float64]{Lte: &scale}, -100, 100, 10), []string{"goldstein:-100", "goldstein:-99"}},
		{numbers(graph.TagHostility, &model.Number[int]{In: []int{}}, 1, 5, 1), nil},
	} {
		if got := c.got[0].Is.Tags; !slices.Equal(got, c.want) {
			t.Errorf("%v, not %v", got, c.want)
		}
	}
	if numbers(graph.TagHostility, &model.Number[int]{}, 1, 5, 1) != nil {
		t.Error("what asks for nothing is a condition")
	}
}
