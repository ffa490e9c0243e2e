package api

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/api/scalar"
)

// everything has ids of every type that has one.
const everything = `
	actor(key: "person:minoru-kihara") { id tenures { id } }
	dyad(a: "KOR", b: "JPN") { id ties(topics: [DEFENSE, INTELLIGENCE]) { id spells { id } strands { spells { id } } }
		contention: ties(topics: [TERRITORY], nature: CONTENTION) { id spells { id } } }
	shuttle: dyad(a: "JPN", b: "KOR") { ties(topics: [DIPLOMACY]) { strands { name spells { id } } } }
	agreements(first: 2) { nodes { id citations { work { id } } } }
	disputes(first: 2) { nodes { id } } meetings(first: 2) { nodes { id } } acts(first: 2) { nodes { id } }
	office(of: "JPN", title: ["Minister of Defense", "foreign minister"]) { id }
	meta { load { id } sources { id } }`

// TestNodes asks for every object by its id, in three states of the graph, and compares what comes back.
func TestNodes(t *testing.T) {
	h := New(Config{Reader: sampleStore(t), Logger: quiet(t)})
	const again = `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id
		... on Actor { key name tenures { key } } ... on Dyad { a { key } b { key } } ... on Tie { topic nature status statusOn }
		... on Spell { number status period { edtf } } ... on Tenure { key period { edtf } } ... on Engagement { key title } ... on Office { of { key } titles }
		... on Work { key title } ... on Source { key version } ... on Load { number } } }`
	seen := map[string]string{} // what ids named: no two states share one
	types := map[string]bool{}
	for _, state := range []string{"", `asOf: "2019-06-01"`, "load: 2", `load: 2, asOf: "2019-06-01"`} {
		document := "{" + everything + "}"
		if state != "" {
			document = "{ snapshot(" + state + ") {" + everything + "} }"
		}
		r := post(t, h, document, nil)
		if len(r.Errors) > 0 {
			t.Fatalf("%s", r.Raw)
		}
		ids := idsIn(t, r.Data)
		if len(ids) < 15 || len(ids) > 100 {
			t.Fatalf("%d ids", len(ids))
		}
		r = post(t, h, again, map[string]any{"ids": ids})
		if len(r.Errors) > 0 {
			t.Fatalf("%s: %s", state, r.Raw)
		}
		for i, n := range r.field(t, "nodes").([]any) {
			node := n.(map[string]any)
			if node["id"] != ids[i] {
				t.Errorf("%s: the id %s gives %v", state, ids[i], node)
			}
			typ := node["__typename"].(string)
			types[typ] = true
			if was, ok := seen[ids[i]]; ok && typ != "Load" {
				t.Errorf("the id of %v is also one in %s", node, was)
			}
			seen[ids[i]] = "state (" + state + ")"
		}
	}
	delete(types, "Membership")
	delete(types, "Representation")
	for typ := range finders {
		if !types[typ] && typ != "Membership" && typ != "Representation" { // the sample has none: TestMemberships and TestRepresentations ask for some
			t.Errorf("no %s was asked for", typ)
		}
	}
	if d := cmp.Diff(len(finders)-2, len(types)); d != "" {
		t.Error(d)
	}
}

func idsIn(t *testing.T, data json.RawMessage) []string {
	t.Helper()
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	var ids []string
	var visit func(v any)
	visit = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, inner := range v {
				visit(inner)
			}
		case map[string]any:
			if id, ok := v["id"].(string); ok && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
			for _, inner := range v {
				visit(inner)
			}
		}
	}
	visit(v)
	return ids
}

// TestIdsKeepTheirDay: the tie of June 2019 stays suspended, whatever day is asked about beside it.
func TestIdsKeepTheirDay(t *testing.T) {
	h := New(Config{Reader: sampleStore(t), Logger: quiet(t)})
	r := post(t, h, `{ a: snapshot(asOf: "2019-06-01") { ...d } b: snapshot(asOf: "2024-06-02") { ...d } }
		fragment d on Snapshot { dyad(a: "JPN", b: "KOR") { ties(topics: [DEFENSE]) { id } } }`, nil)
	ids := []any{
		r.field(t, "a", "dyad", "ties", 0, "id"), r.field(t, "b", "dyad", "ties", 0, "id"),
	}
	r = post(t, h, `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Tie { status } } }`, map[string]any{"ids": ids})
	if a, b := r.field(t, "nodes", 0, "status"), r.field(t, "nodes", 1, "status"); a != "SUSPENDED" || b != "ACTIVE" {
		t.Errorf("%v and %v", a, b)
	}
}

// TestWhatIsNoID is null, with an error of its own; the others are given.
func TestWhatIsNoID(t *testing.T) {
	h := New(Config{Reader: sampleStore(t), Logger: quiet(t)})
	good := scalar.NewID("Actor", graph.State{}, "iso3:JPN").String()
	r := post(t, h, `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Actor { key } } }`, map[string]any{"ids": []any{"AAAA", good, "", 7, good[:9]}})
	if r.field(t, "nodes", 1, "key") != "iso3:JPN" {
		t.Errorf("the good id does not answer: %s", r.Raw)
	}
	for _, i := range []int{0, 2, 3, 4} {
		if r.field(t, "nodes", i) != nil {
			t.Errorf("node %d is there", i)
		}
		said := slices.ContainsFunc(r.Errors, func(e replyError) bool {
			return fmt.Sprint(e.Path) == fmt.Sprintf("[nodes %d]", i) && strings.Contains(e.Message, "is not an id") && e.Extensions.Code == graph.CodeBadUserInput
		})
		if !said {
			t.Errorf("nothing is said of id %d: %s", i, r.Raw)
		}
	}
	if len(r.Errors) != 4 {
		t.Errorf("%d errors: %s", len(r.Errors), r.Raw)
	}
	r = post(t, h, `{ node(id: "AAAA") { id } }`, nil)
	if r.field(t, "node") != nil || len(r.Errors) != 1 {
		t.Errorf("one id alone: %s", r.Raw)
	}
}

// A list of loads has their sources, each as its load knew it, and stands on the newest load alone.
func TestLoadsStandOnOneState(t *testing.T) {
	h := New(Config{Reader: sampleStore(t), Logger: quiet(t)})
	r := post(t, h, `{ loads { nodes { number source { key title version } } } meta { load { number } } }`, nil)
	if len(r.Errors) > 0 || strings.Contains(string(r.Raw), "several states") {
		t.Errorf("%s", r.Raw)
	}
}

// TestNodesThatAreNotThere are null, each with an error of its own; the others are given.
func TestNodesThatAreNotThere(t *testing.T) {
	h := New(Config{Reader: sampleStore(t), Logger: quiet(t)})
	day := graph.MustDay("2019-06-01")
	pinned := graph.State{Load: 99, Pinned: true, AsOf: &day}
	for _, c := range []struct {
		id   scalar.GlobalID
		code string
	}{
		{scalar.NewID("Actor", graph.State{}, "iso3:XXX"), graph.CodeActorNotFound},
		{scalar.NewID("Act", graph.State{}, "nothing"), graph.CodeEngagementNotFound},
		{scalar.NewID("Act", graph.State{}, "northeast-asia:gsomia-2016"), graph.CodeEngagementNotFound},
		{scalar.NewID("Dyad", graph.State{}, "iso3:KOR", "iso3:JPN"), graph.CodeActorNotFound},
		{scalar.NewID("Dyad", graph.State{}, "iso3:JPN"), graph.CodeBadUserInput},
		{scalar.NewID("Tie", graph.State{}, "iso3:JPN", "iso3:KOR", "FASHION", "COOPERATION"), codeNotFound},
		{scalar.NewID("Tie", graph.State{}, "iso3:JPN", "iso3:KOR", "DEFENSE", "LOVE"), codeNotFound},
		{scalar.NewID("Spell", graph.State{}, "iso3:JPN", "iso3:KOR", "DEFENSE", "COOPERATION", "", "77"), codeNotFound},
		{scalar.NewID("Spell", graph.State{}, "iso3:JPN", "iso3:KOR", "DEFENSE", "COOPERATION", "nothing", "1"), codeNotFound},
		{scalar.NewID("Work", graph.State{}, "nothing"), codeNotFound},
		{scalar.NewID("Tenure", graph.State{}, "nothing"), codeNotFound},
		{scalar.NewID("Load", graph.State{}, "77"), codeNotFound},
		{scalar.NewID("Load", graph.State{}, "many"), graph.CodeBadUserInput},
		{scalar.NewID("Source", graph.State{}, "nothing"), graph.CodeSourceNotFound},
		{scalar.NewID("Teapot", graph.State{}, "x"), graph.CodeBadUserInput},
		{scalar.NewID("Actor", pinned, "iso3:JPN"), graph.CodeBadUserInput},
	} {
		japan := scalar.NewID("Actor", graph.State{}, "iso3:JPN")
		r := post(t, h, `query ($ids: [ID!]!) { nodes(ids: $ids) { id } }`, map[string]any{"ids": []string{c.id.String(), japan.String()}})
		if got := r.codes(); !slices.Equal(got, []string{c.code}) {
			t.Errorf("%+v: %v, want %s: %s", c.id, got, c.code, r.Raw)
			continue
		}
		if path := fmt.Sprint(r.Errors[0].Path); path != "[nodes 0]" {
			t.Errorf("the error is at %s", path)
		}
		if r.field(t, "nodes", 0) != nil || r.field(t, "nodes", 1) == nil {
			t.Errorf("%s", r.Raw)
		}
	}
	many := make([]string, 101)
	for i := range many {
		many[i] = scalar.NewID("Actor", graph.State{}, "iso3:JPN").String()
	}
	document := `query ($ids: [ID!]!) { nodes(ids: $ids) { id } }`
	if r := post(t, h, document, map[string]any{"ids": many}); len(r.Errors) != 1 || strings.Contains(string(r.Raw), codeInternal) {
		t.Errorf("%d ids: %s", len(many), r.Raw)
	}
	if r := post(t, h, document, map[string]any{"ids": []string{}}); len(r.Errors) != 0 {
		t.Errorf("no ids: %s", r.Raw)
	}
}
