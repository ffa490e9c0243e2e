package api

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/sample/sampletest"
	"github.com/entente-graph/entente/internal/testneeds"
)

// lists are fields with pages, each as a document that takes $first, $after and perhaps more.
var lists = []struct{ name, document string }{
	{"actors", `query ($first: Int, $after: String) { list: actors(first: $first, after: $after) { ...p edges { cursor node { key } } nodes { key } } } fragment p on ActorConnection { totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }`},
	{"meetings", `query ($first: Int, $after: String) { list: meetings(first: $first, after: $after) { totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { key } } nodes { key } } }`},
	{"ties", `query ($first: Int, $after: String) { list: ties(where: {topics: [DEFENSE, TERRITORY]}, first: $first, after: $after) { totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { key: id } } nodes { key: id } } }`},
	{"office holders", `query ($first: Int, $after: String) { list: officeHolders(of: "JPN", first: $first, after: $after) { totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { key } } nodes { key } } }`},
	{"loads", `query ($first: Int, $after: String) { list: loads(first: $first, after: $after) { totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { key: number } } nodes { key: number } } }`},
	{"search", `query ($first: Int, $after: String) { list: search(text: "japan", first: $first, after: $after) { pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { ...k } } nodes { ...k } } } fragment k on SearchResult { ... on Actor { key } ... on Engagement { key } }`},
}

// listedStore is what lists are gone through in: every page counts what is on all of them, so that pages of thousands take
// seconds, and the everyday loop goes through the sample's first three loads.
func listedStore(t testing.TB) graph.Store {
	t.Helper()
	if testneeds.Whole() {
		return sampletest.Store(t)
	}
	return sampletest.Dossier(t)
}

// TestPages goes through lists page by page: nothing is left out or given twice, and the count is right.
func TestPages(t *testing.T) {
	h := New(Config{Reader: listedStore(t), Logger: quiet(t)})
	for _, l := range lists {
		t.Run(l.name, func(t *testing.T) {
			whole := walk(t, h, l.document, 100)
			for _, size := range []int{1, 7, 33} {
				if size == 1 && len(whole) > 40 {
					continue
				}
				if got := walk(t, h, l.document, size); !slices.Equal(got, whole) {
					t.Errorf("in pages of %d there are %d, in pages of 100 %d:\n%v\n%v", size, len(got), len(whole), got, whole)
				}
			}
			if len(whole) < 3 {
				t.Errorf("only %d items: a poor test", len(whole))
			}
		})
	}
}

func walk(t *testing.T, h http.Handler, document string, size int) []string {
	t.Helper()
	var all []string
	after := any(nil)
	for n := 0; n < 1000; n++ {
		r := post(t, h, document, map[string]any{"first": size, "after": after})
		if len(r.Errors) > 0 {
			t.Fatalf("%s", r.Raw)
		}
		nodes := r.field(t, "list", "nodes").([]any)
		edges := r.field(t, "list", "edges").([]any)
		info := r.field(t, "list", "pageInfo").(map[string]any)
		for i, node := range nodes {
			key := fmt.Sprint(node.(map[string]any)["key"])
			if slices.Contains(all, key) {
				t.Fatalf("%s is given twice", key)
			}
			all = append(all, key)
			if edge := edges[i].(map[string]any); fmt.Sprint(edge["node"].(map[string]any)["key"]) != key {
				t.Fatalf("edge %d is not node %d", i, i)
			}
		}
		if info["hasPreviousPage"] != (after != nil) {
			t.Errorf("page %d: hasPreviousPage %v", n, info["hasPreviousPage"])
		}
		if info["hasNextPage"] != true {
			if total, ok := r.field(t, "list").(map[string]any)["totalCount"]; ok && int(total.(float64)) != len(all) {
				t.Errorf("totalCount is %v, there are %d", total, len(all))
			}
			return all
		}
		if len(nodes) != size {
			t.Fatalf("a page of %d with %d items, and more to come", size, len(nodes))
		}
		after = info["endCursor"]
	}
	t.Fatal("no end of pages")
	return nil
}

// TestBackward: the last so many, and those before them.
func TestBackward(t *testing.T) {
	h := New(Config{Reader: listedStore(t), Logger: quiet(t)})
	all := walk(t, h, lists[1].document, 100)
	const document = `query ($last: Int, $before: String) { meetings(last: $last, before: $before) { pageInfo { hasNextPage hasPreviousPage startCursor } nodes { key } } }`
	r := post(t, h, document, map[string]any{"last": 3})
	keys := func(r *reply) (keys []string) {
		for _, n := range r.field(t, "meetings", "nodes").([]any) {
			keys = append(keys, n.(map[string]any)["key"].(string))
		}
		return keys
	}
	if got := keys(r); !slices.Equal(got, all[len(all)-3:]) {
		t.Fatalf("the last three are %v, not %v", got, all[len(all)-3:])
	}
	if r.field(t, "meetings", "pageInfo", "hasPreviousPage") != true || r.field(t, "meetings", "pageInfo", "hasNextPage") != false {
		t.Errorf("%s", r.Raw)
	}
	r = post(t, h, document, map[string]any{"last": 2, "before": r.field(t, "meetings", "pageInfo", "startCursor")})
	if got := keys(r); !slices.Equal(got, all[len(all)-5:len(all)-3]) {
		t.Errorf("before them: %v", got)
	}
	if r.field(t, "meetings", "pageInfo", "hasNextPage") != true {
		t.Errorf("%s", r.Raw)
	}
}

// TestCursorsCarryTheirLoad: outside a snapshot a list goes on where it was begun, and says so; inside one of another
// load it does not go on.
func TestCursorsCarryTheirLoad(t *testing.T) {
	h := New(Config{Reader: sampleStore(t), Logger: quiet(t)})
	const old = `{ snapshot(load: 2) { meetings(first: 2) { totalCount pageInfo { endCursor } } } }`
	r := post(t, h, old, nil)
	cursor := r.field(t, "snapshot", "meetings", "pageInfo", "endCursor")
	counted := r.field(t, "snapshot", "meetings", "totalCount")

	r = post(t, h, `query ($after: String) { meetings(first: 2, after: $after) { totalCount nodes { id } } }`, map[string]any{"after": cursor})
	if len(r.Errors) > 0 || r.field(t, "meetings", "totalCount") != counted {
		t.Errorf("it does not go on at load 2: %s", r.Raw)
	}
	if notes := r.Extensions.Entente.Notes; !slices.Contains(notes, "meetings goes on at load 2, where its cursor was given; the newest is 5") {
		t.Errorf("notes: %q", notes)
	}
	r = post(t, h, `query ($after: String) { snapshot(load: 2) { meetings(first: 2, after: $after) { totalCount } } }`, map[string]any{"after": cursor})
	if len(r.Errors) > 0 {
		t.Errorf("it does not go on in its own snapshot: %s", r.Raw)
	}
	r = post(t, h, `query ($after: String) { snapshot(load: 3) { meetings(first: 2, after: $after) { totalCount } } }`, map[string]any{"after": cursor})
	if !slices.Equal(r.codes(), []string{graph.CodeInvalidCursor}) || !strings.Contains(r.Errors[0].Message, "of load 2, and the snapshot is of load 3") {
		t.Errorf("another snapshot: %s", r.Raw)
	}
}

// TestBadCursors: cut, changed, made up, or of another list.
func TestBadCursors(t *testing.T) {
	h := New(Config{Reader: sampleStore(t), Logger: quiet(t)})
	r := post(t, h, `{ meetings(first: 2, where: {topics: {anyOf: [DEFENSE]}}) { pageInfo { endCursor } } dyad(a: "JPN", b: "KOR") { meetings(first: 2) { pageInfo { endCursor } } } }`, nil)
	cursor := r.field(t, "meetings", "pageInfo", "endCursor").(string)
	dyads := r.field(t, "dyad", "meetings", "pageInfo", "endCursor").(string)
	for name, c := range map[string]struct{ document, cursor string }{
		"cut in half":      {`query ($c: String) { meetings(first: 2, where: {topics: {anyOf: [DEFENSE]}}, after: $c) { nodes { key } } }`, cursor[:len(cursor)/2]},
		"one letter short": {`query ($c: String) { meetings(first: 2, where: {topics: {anyOf: [DEFENSE]}}, after: $c) { nodes { key } } }`, cursor[:len(cursor)-1]},
		"changed":          {`query ($c: String) { meetings(first: 2, where: {topics: {anyOf: [DEFENSE]}}, after: $c) { nodes { key } } }`, swap(cursor)},
		"empty":            {`query ($c: String) { meetings(first: 2, where: {topics: {anyOf: [DEFENSE]}}, after: $c) { nodes { key } } }`, ""},
		"made up":          {`query ($c: String) { meetings(first: 2, where: {topics: {anyOf: [DEFENSE]}}, after: $c) { nodes { key } } }`, "bm90aGluZw"},
		"of other filters": {`query ($c: String) { meetings(first: 2, where: {topics: {anyOf: [TRADE]}}, after: $c) { nodes { key } } }`, cursor},
		"of another field": {`query ($c: String) { acts(first: 2, where: {topics: {anyOf: [DEFENSE]}}, after: $c) { nodes { key } } }`, cursor},
		"of another owner": {`query ($c: String) { dyad(a: "JPN", b: "PRK") { meetings(first: 2, after: $c) { nodes { key } } } }`, dyads},
		"of no day":        {`query ($c: String) { snapshot(asOf: "2020-01-01") { meetings(first: 2, where: {topics: {anyOf: [DEFENSE]}}, after: $c) { nodes { key } } } }`, cursor},
	} {
		r := post(t, h, c.document, map[string]any{"c": c.cursor})
		if !slices.Equal(r.codes(), []string{graph.CodeInvalidCursor}) {
			t.Errorf("%s: %s", name, r.Raw)
		}
	}
	r = post(t, h, `query ($c: String) { dyad(a: "KOR", b: "JPN") { meetings(first: 50, after: $c) { nodes { key } } } }`, map[string]any{"c": dyads})
	if len(r.Errors) > 0 {
		t.Errorf("the same list, with another size and the dyad the other way round: %s", r.Raw)
	}
}

func swap(s string) string {
	b := []byte(s)
	i := len(b) / 2
	if b[i] == 'A' {
		b[i] = 'B'
	} else {
		b[i] = 'A'
	}
	return string(b)
}

// TestBadPages: sizes and directions that make no sense.
func TestBadPages(t *testing.T) {
	h := New(Config{Reader: sampleStore(t), Logger: quiet(t)})
	for args, code := range map[string]string{
		"first: 101":                         graph.CodePageSizeExceeded,
		"last: 101":                          graph.CodePageSizeExceeded,
		"first: 2147483647":                  graph.CodePageSizeExceeded,
		"first: 0":                           graph.CodeBadUserInput,
		"first: -1":                          graph.CodeBadUserInput,
		"last: 0":                            graph.CodeBadUserInput,
		"last: -1":                           graph.CodeBadUserInput,
		"first: 2, last: 2":                  graph.CodeBadUserInput,
		`last: 2, after: "x"`:                graph.CodeBadUserInput,
		`first: 2, before: "x"`:              graph.CodeBadUserInput,
		"first: 3000000000":                  "",
		`where: {kind: {eq: AGREEMENT}}`:     graph.CodeBadUserInput,
		`where: {parties: {anyOf: ["ZZZ"]}}`: graph.CodeActorNotFound,
		`where: {period: {from: "2020-01-01", to: "2019-01-01"}}`: graph.CodeInvalidDate,
		`where: {period: {from: "2020-13-01"}}`:                   graph.CodeInvalidDate,
	} {
		r := post(t, h, "{ meetings("+args+") { nodes { key } } }", nil)
		if got := r.codes(); len(got) != 1 || code != "" && got[0] != code {
			t.Errorf("%s: codes %v, want %s: %.200s", args, got, code, r.Raw)
		}
		for _, c := range r.codes() {
			if c == codeInternal {
				t.Errorf("%s: %s", args, r.Raw)
			}
		}
	}
}
