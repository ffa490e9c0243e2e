package api

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
)

// answersTo asks questions of a store and compares what is answered, as JSON.
func answersTo(t *testing.T, store graph.Store, want map[string]string) {
	t.Helper()
	h := New(Config{Reader: store, Logger: quiet(t)})
	for question, answer := range want {
		r := post(t, h, question, nil)
		if len(r.Errors) > 0 {
			t.Errorf("%s: %s", question, r.Raw)
			continue
		}
		var got, wanted any
		if err := json.Unmarshal(r.Data, &got); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal([]byte(answer), &wanted); err != nil {
			t.Fatalf("%s: %v", answer, err)
		}
		if d := cmp.Diff(wanted, got); d != "" {
			t.Errorf("%s (-want +got):\n%s\n%s", question, d, r.Data)
		}
	}
}

// TestMemberships: who was a member of what, as of a day, at an earlier load, page by page, and by id.
func TestMemberships(t *testing.T) {
	member := func(key, who, in string, status graph.MembershipStatus, p graph.Period) *graph.Membership {
		return &graph.Membership{Key: graph.MembershipKey(key), Member: graph.ActorKey(who), Organization: graph.ActorKey(in), Status: status, Period: p}
	}
	actor := func(key string, kind graph.ActorKind) *graph.ActorFacts {
		return &graph.ActorFacts{Key: graph.ActorKey(key), Kind: kind, Names: []graph.Name{{Text: key, Lang: "en"}}}
	}
	store := smallStore(t, []any{
		&graph.Source{Key: "small", Kind: graph.SourceDossier, Title: "small"},
		actor("iso3:JPN", graph.KindState), actor("iso3:KOR", graph.KindState), actor("org:un", graph.KindOrganization), actor("org:league", graph.KindOrganization),
		member("m:1", "iso3:JPN", "org:league", graph.MemberFull, span("1920-01-10", "1935-03-27")),
		member("m:2", "iso3:JPN", "org:un", graph.MemberFull, span("1956-12-18", "")),
		member("m:3", "iso3:KOR", "org:un", graph.MemberObserver, span("1949", "1991-09-16")),
	}, []any{
		member("m:4", "iso3:KOR", "org:un", graph.MemberFull, span("1991-09-17", "")),
	})
	answersTo(t, store, map[string]string{
		`{ actor(key: "iso3:JPN") { memberships { totalCount nodes { key organization { key } status period { edtf } source { key } } } } }`: `{"actor": {"memberships": {"totalCount": 2, "nodes": [
			{"key": "m:1", "organization": {"key": "org:league"}, "status": "FULL", "period": {"edtf": "1920-01-10/1935-03-27"}, "source": {"key": "small"}},
			{"key": "m:2", "organization": {"key": "org:un"}, "status": "FULL", "period": {"edtf": "1956-12-18/.."}, "source": {"key": "small"}}]}}}`,
		`{ actor(key: "org:un") { members(last: 2) { totalCount pageInfo { hasPreviousPage } nodes { member { key } status } } } }`: `{"actor": {"members": {"totalCount": 3, "pageInfo": {"hasPreviousPage": true}, "nodes": [
			{"member": {"key": "iso3:JPN"}, "status": "FULL"}, {"member": {"key": "iso3:KOR"}, "status": "FULL"}]}}}`,
		`{ snapshot(load: 1) { actor(key: "iso3:KOR") { memberships { nodes { key } } } } }`: `{"snapshot": {"actor": {"memberships": {"nodes": [{"key": "m:3"}]}}}}`,
		`{ snapshot(asOf: "1991-09-16") { actor(key: "org:un") { members { nodes { key holds } } } } }`: `{"snapshot": {"actor": {"members": {"nodes": [
			{"key": "m:3", "holds": "CERTAIN"}, {"key": "m:2", "holds": "CERTAIN"}]}}}}`,
		`{ snapshot(asOf: "1949-06-01") { actor(key: "org:un") { members { nodes { key holds on: holds(on: "1992-01-01") } } } } }`: `{"snapshot": {"actor": {"members": {"nodes": [
			{"key": "m:3", "holds": "POSSIBLE", "on": null}]}}}}`,
		`{ snapshot(asOf: "1991-09-16") { actor(key: "iso3:KOR") { memberships(during: {from: "1992-01-01", to: "1992-12-31"}) { nodes { key } } } } }`: `{"snapshot": {"actor": {"memberships": {"nodes": [{"key": "m:4"}]}}}}`,
		`{ actor(key: "iso3:KOR") { memberships(in: "org:un", status: [OBSERVER, SUSPENDED]) { nodes { key holds } } } }`:                               `{"actor": {"memberships": {"nodes": [{"key": "m:3", "holds": null}]}}}`,
		`{ history(key: "m:4") { nodes { type after { membership { key organization { key } } tenure { key } } } } }`:                                   `{"history": {"nodes": [{"type": "ADDED", "after": {"membership": {"key": "m:4", "organization": {"key": "org:un"}}, "tenure": null}}]}}`,
	})
	h := New(Config{Reader: store, Logger: quiet(t)})
	first := post(t, h, `{ actor(key: "org:un") { members(first: 1) { pageInfo { endCursor } nodes { id } } } }`, nil)
	page := first.field(t, "actor").(map[string]any)["members"].(map[string]any)
	cursor := page["pageInfo"].(map[string]any)["endCursor"].(string)
	answersTo(t, store, map[string]string{
		`{ actor(key: "org:un") { members(first: 9, after: "` + cursor + `") { nodes { key } } } }`:                                                `{"actor": {"members": {"nodes": [{"key": "m:2"}, {"key": "m:4"}]}}}`,
		`{ node(id: "` + page["nodes"].([]any)[0].(map[string]any)["id"].(string) + `") { __typename ... on Membership { key member { key } } } }`: `{"node": {"__typename": "Membership", "key": "m:3", "member": {"key": "iso3:KOR"}}}`,
	})
}
