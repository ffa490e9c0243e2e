package api

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/entente-graph/entente/graph"
)

func deep(levels int) string {
	return "{ dyad(a: \"JPN\", b: \"KOR\") " + strings.Repeat("{ a { dyad ", levels/2) + "{ id }" + strings.Repeat("} }", levels/2) + " }"
}

// doubling makes fragments that each spread the next twice: 2^n fields.
func doubling(n int) string {
	var b strings.Builder
	b.WriteString("{ ...f0 }\n")
	for i := range n {
		fmt.Fprintf(&b, "fragment f%d on Query { ...f%d ...f%d }\n", i, i+1, i+1)
	}
	fmt.Fprintf(&b, "fragment f%d on Query { meta { rules } }\n", n)
	return b.String()
}

// doublingByAlias does the same with fields that cannot be merged.
func doublingByAlias(n int) string {
	var b strings.Builder
	b.WriteString("{ snapshot(load: 1) { ...f0 } }\n")
	for i := range n {
		fmt.Fprintf(&b, "fragment f%d on Snapshot { a%d: meta { load { number } } ...f%d b%d: meta { load { number } } ...f%d }\n", i, i, i+1, i, i+1)
	}
	fmt.Fprintf(&b, "fragment f%d on Snapshot { load }\n", n)
	return b.String()
}

// TestRefusals: what asks for too much is refused before anything is executed, without settings, and quickly.
func TestRefusals(t *testing.T) {
	for _, c := range []struct{ name, document, code, says string }{
		{"a thousand levels", deep(1000), codeDepth, "1002 levels deep: the limit is 20"},
		{"sixty thousand braces", strings.Repeat("{a", 60_000), codeDepth, "levels deep"},
		{"twenty-one levels", "{ actor(key: \"JPN\") { " + strings.Repeat("partOf { actor { ", 10) + "key" + strings.Repeat("} }", 10) + "} }", codeDepth, "22 levels deep: the limit is 20"},
		{"thirty fragments that double", doubling(30), codeCost, "the limit is"},
		{"thirty fragments that double by alias", doublingByAlias(30), codeCost, "the limit is"},
		{"three hundred fragments that double", doubling(300), codeCost, "more than 9 quintillion"},
		{"many aliases", "{ actor(key: \"JPN\") {" + many("a%d: key ", 101) + "} }", codeCost, "101 aliases: the limit is 100"},
		{"many root fields", "{" + many("a%d: meta { rules } ", 41) + "}", codeCost, "41 fields at its root: the limit is 40"},
		{"many directives", "{ meta { rules" + strings.Repeat(" @include(if: true)", 101) + "} }", codeCost, "101 directives: the limit is 100"},
		{"many tokens", "{ meta { rules " + strings.Repeat("rules ", 10_000) + "} }", codeCost, "more than 10000 tokens"},
		{"pages of pages of pages", `{ actors(first: 100) { nodes { meetings(first: 100) { nodes { participations(first: 100) { nodes { role } } } } } } }`, codeCost, "the limit is 100000"},
		{"pages in fragments", `{ actors(first: 100) { ...p } } fragment p on ActorConnection { nodes { meetings(first: 100) { ...q } } } fragment q on MeetingConnection { nodes { participations(first: 100) { nodes { role } } } }`, codeCost, "the limit is 100000"},
		{"many schemas", "{" + many("a%d: __schema { types { name } } ", 11) + "}", codeCost, "under 11 names in one place: the limit is 3"},
		{"types of fields of types", "{ __schema { types { fields { type { ...O ofType { ...O ofType { ...O ofType { ...O } } } } } } } } fragment O on __Type { fields { name description args { name description type { name kind } } } }", codeCost, "fields, values or types below those of a type"},
		{"two schemas", "{ a: __schema { types { name } } b: __schema { types { name } } }", codeCost, "asks for __schema 2 times: the limit is 1"},
		{"the same field again and again", "{" + many("a%d: meetings(where: {topics: { anyOf: [DEFENSE] }}) { nodes { key } } b%[1]d: meetings(first: %[1]d) { nodes { key } } ", 4) + "}", codeCost, "under 4 names in one place: the limit is 3"},
		{"a list of thousands", "{ nodes(ids: [" + strings.Repeat(`"x" `, 5_000) + "]) { id } }", graph.CodeBadUserInput, "a list of more than 200 values: the limit is 100"},
		{"a name of thousands", "{ " + strings.Repeat("a", 5_000) + " }", graph.CodeBadUserInput, "a name or number of 5000 bytes: the limit is 200"},
		{"a wide neighbourhood, with much below", `{ neighborhood(of: ["JPN"], hops: 3, limit: 500) { links { engagements(first: 25) { title topics } a { name } b { name } } } }`, codeCost, "the limit is 100000"},
		{"many neighbourhoods", "{" + many("a%d: neighborhood(of: \"JPN\", hops: 3, limit: 2%02[1]d) { nodes { distance degree } links { count kinds } } ", 40) + "}", codeCost, "the limit is 100000"},
		{"a long document", "{ meta { rules } } #" + strings.Repeat("x", 131_072), codeCost, "131092 bytes: the limit is 131072"},
		{"meetings of everyone", `{ actors(first: 100) { nodes { a: meetings(first: 1) { totalCount } b: disputes(first: 1) { totalCount } c: agreements(first: 1) { totalCount } d: acts(first: 1) { totalCount } e: summits(first: 1) { totalCount } f: engagements(first: 1) { totalCount } } } }`, codeCost, "questions to the store: the limit is 1000"},
		{"a long list", `{ ties(where: {topics: [` + strings.Repeat("DEFENSE ", 101) + `]}) { nodes { id } } }`, graph.CodeBadUserInput, "a list of 101 values: the limit is 100"},
		{"a long text", `{ actor(key: "` + strings.Repeat("x", 2001) + `") { key } }`, graph.CodeBadUserInput, "a text of 2001 bytes: the limit is 2000"},
		{"fragments in a circle", "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }", codeValidation, ""},
		{"deep introspection", "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }", codeValidation, ""},
		{"a mutation", "mutation { a }", codeValidation, ""},
		{"a subscription", "subscription { a }", codeValidation, ""},
		{"defer", "{ ... @defer { meta { rules } } }", codeValidation, "defer"},
		{"no document", "#", codeValidation, ""},
		{"half a document", "{ meta {", codeParse, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			counted := &counting{Reader: sampleStore(t), asked: map[string]int{}}
			h := New(Config{Reader: counted, Logger: quiet(t)})
			begun := time.Now()
			r := post(t, h, c.document, nil)
			took := time.Since(begun)
			if got := r.codes(); len(got) == 0 || got[0] != c.code {
				t.Fatalf("codes %v, want %s: %.300s", got, c.code, r.Raw)
			}
			if !strings.Contains(r.Errors[0].Message, c.says) {
				t.Errorf("the message %q does not say %q", r.Errors[0].Message, c.says)
			}
			if r.Data != nil || r.Status != http.StatusBadRequest {
				t.Errorf("status %d and data %s: the request as a whole should be refused", r.Status, r.Data)
			}
			delete(counted.asked, "Head") // extensions.entente names the load
			if len(counted.asked) > 0 {
				t.Errorf("the store was asked: %v", counted.asked)
			}
			if took > 2*time.Second {
				t.Errorf("it took %s", took)
			}
		})
	}
}

func many(format string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// TestMeasureIsLinear: the work for doubling fragments grows with the document, not with what it asks for.
func TestMeasureIsLinear(t *testing.T) {
	l := Limits{}.withDefaults()
	allocations := func(document string) float64 {
		doc, err := parser.ParseQuery(&ast.Source{Input: document})
		if err != nil {
			t.Fatal(err)
		}
		return testing.AllocsPerRun(5, func() { measure(doc, l) })
	}
	small, large := allocations(doubling(30)), allocations(doubling(60))
	if large > 3*small {
		t.Errorf("30 fragments take %.0f allocations, 60 take %.0f", small, large)
	}
}

// TestHonestDocumentsPass: a page of the largest size with much below it is within the limits.
func TestHonestDocumentsPass(t *testing.T) {
	h := New(Config{Reader: sampleStore(t), Logger: quiet(t)})
	for _, document := range []string{
		`{ meetings(first: 100) { totalCount nodes { title participations(first: 50) { nodes { role actor { name } onBehalfOf { name } tenures { office } } } } } }`,
		`{ dyad(a: "JPN", b: "KOR") { ties { topic status spells { period { edtf } contacts(first: 100) { nodes { title period { edtf } } } } } } }`,
		`{ neighborhood(of: ["JPN"], hops: 2, limit: 300) { nodes { actor { key name } distance degree } links { a { key } b { key } count kinds topics firstStart lastStart } truncated { reason hubs { actor { key } degree } } } }`,
		`{ neighborhood(of: ["JPN"]) { nodes { actor { name } } links { a { name } b { name } count engagements { title period { edtf } } } } }`,
		`{ paths(from: "JPN", to: "PRK", maxHops: 6, first: 25) { complete paths { actors { name } links { count engagements(first: 10) { title } } } } }`,
		`query ($n: Int!) { actors(first: $n) { nodes { key } } }`,
		`{ __type(name: "Dyad") { fields { name description type { name fields { name } } } } }`,
		`{ a: snapshot(asOf: "2019-01-01") { ...d } b: snapshot(asOf: "2020-01-01") { ...d } c: snapshot(asOf: "2021-01-01") { ...d } d: snapshot(asOf: "2022-01-01") { ...d } } fragment d on Snapshot { meetings(first: 1) { totalCount } }`,
	} {
		if r := post(t, h, document, map[string]any{"n": 100}); len(r.Errors) > 0 {
			t.Errorf("%s\n%.300s", document, r.Raw)
		}
	}
}

// slow takes as long as it is given.
type slow struct{ graph.Reader }

func (s slow) Engagements(ctx context.Context, _ graph.EngagementQuery) (graph.EngagementPage, error) {
	<-ctx.Done()
	return graph.EngagementPage{}, fmt.Errorf("engagements: %w", ctx.Err())
}

func TestTimeout(t *testing.T) {
	h := New(Config{Reader: slow{sampleStore(t)}, Logger: quiet(t), Limits: Limits{Timeout: 30 * time.Millisecond}})
	r := post(t, h, `{ meetings { nodes { title } } acts { nodes { title } } }`, nil)
	if got := r.codes(); !slices.Equal(got, []string{codeTimeout}) || string(r.Data) != "null" {
		t.Errorf("%s", r.Raw)
	}
}

// TestBreakingOff: a client that leaves takes its questions with it.
func TestBreakingOff(t *testing.T) {
	h := New(Config{Reader: slow{sampleStore(t)}, Logger: quiet(t)})
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(20*time.Millisecond, cancel)
	req := httptest.NewRequestWithContext(ctx, http.MethodGet, "/graphql?query={meetings{nodes{title}}}", nil)
	r := send(t, h, req)
	if got := r.codes(); !slices.Equal(got, []string{codeUnavailable}) {
		t.Errorf("%s", r.Raw)
	}
}
