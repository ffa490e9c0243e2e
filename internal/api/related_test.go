package api

import (
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
)

// TestRelatedAndIdentifiers: what stands beside what, both ways and by the account that leads, and what datasets call it, in lists and
// searches; at an earlier load too.
func TestRelatedAndIdentifiers(t *testing.T) {
	dispute := func(key, from string, ids []graph.Identifier, beside ...graph.EngagementKey) *graph.Dispute {
		return &graph.Dispute{EngagementBase: graph.EngagementBase{
			Key: graph.EngagementKey(key), Kind: graph.KindDispute, Titles: []graph.Name{{Text: "Dispute of " + from, Lang: "en"}},
			Period: graph.Period{Start: graph.MustDate(from), End: graph.MustDate(from)}, Identifiers: ids, Related: beside,
		}, Form: graph.DisputeMilitarized}
	}
	number := func(scheme, value string) graph.Identifier { return graph.Identifier{Scheme: scheme, Value: value} }
	store := smallStore(t, []any{
		&graph.Source{Key: "small", Kind: graph.SourceDataset, Title: "small"},
		dispute("mid:51", "1950", []graph.Identifier{number("mid", "51"), number("mid-4", "30501")}),
		dispute("gml:77", "1950", []graph.Identifier{number("mid", "77")}),
		&graph.Link{Key: "gml:77", Accounts: []graph.EngagementKey{"gml:77", "mid:51"}, Lead: "mid:51", Rule: graph.LinkDisputes},
		dispute("war:151", "1951", []graph.Identifier{number("war", "151A")}),
		dispute("dyad:51.1", "1951", []graph.Identifier{number("war", "151A")}, "mid:51"),
		&graph.Link{Key: "dyad:51.1", Accounts: []graph.EngagementKey{"dyad:51.1", "war:151"}, Lead: "war:151", Rule: graph.LinkDisputes},
	}, []any{
		dispute("mid:60", "1960", nil, "gml:77"),
		dispute("mid:51", "1950", []graph.Identifier{number("mid", "51")}),
	})
	answersTo(t, store, map[string]string{
		`{ engagement(key: "mid:51") { related { key } accounts { key related { key } } } }`: `{"engagement": {"related": [{"key": "war:151"}, {"key": "mid:60"}],
			"accounts": [{"key": "gml:77", "related": [{"key": "mid:60"}, {"key": "war:151"}]}]}}`,
		`{ snapshot(load: 1) { engagement(key: "mid:51") { related { key related { key } } } } }`:                                 `{"snapshot": {"engagement": {"related": [{"key": "war:151", "related": [{"key": "mid:51"}]}]}}}`,
		`{ engagement(key: "mid:60") { related { key } } }`:                                                                       `{"engagement": {"related": [{"key": "gml:77"}]}}`,
		`{ disputes(where: {identifier: {scheme: "MID", eq: "51"}}) { totalCount nodes { key } } }`:                               `{"disputes": {"totalCount": 1, "nodes": [{"key": "mid:51"}]}}`,
		`{ disputes(where: {identifier: {scheme: "mid", eq: "77"}}) { nodes { key accounts { key } } } }`:                         `{"disputes": {"nodes": [{"key": "gml:77", "accounts": [{"key": "mid:51"}]}]}}`,
		`{ disputes(where: {identifier: {scheme: "mid", in: ["51", "77"]}}) { nodes { key } } }`:                                  `{"disputes": {"nodes": [{"key": "mid:51"}]}}`,
		`{ disputes(where: {identifier: {scheme: "war", eq: "151a"}}) { nodes { key } } }`:                                        `{"disputes": {"nodes": [{"key": "war:151"}]}}`,
		`{ disputes(where: {identifier: {scheme: "mid-4", eq: "30501"}}) { totalCount } }`:                                        `{"disputes": {"totalCount": 0}}`,
		`{ snapshot(load: 1) { disputes(where: {identifier: {scheme: "mid-4", eq: "30501"}}) { nodes { key } } } }`:               `{"snapshot": {"disputes": {"nodes": [{"key": "mid:51"}]}}}`,
		`{ disputes(where: {NOT: {identifier: {scheme: "mid", eq: "51"}}}) { nodes { key } } }`:                                   `{"disputes": {"nodes": [{"key": "war:151"}, {"key": "mid:60"}]}}`,
		`{ disputes(where: {identifier: {scheme: "mid", in: []}}) { totalCount } }`:                                               `{"disputes": {"totalCount": 0}}`,
		`{ snapshot(load: 1) { search(text: "mid 30501") { edges { rank matches { text } node { ... on Dispute { key } } } } } }`: `{"snapshot": {"search": {"edges": [{"rank": "WHOLE_WORDS", "matches": [{"text": "mid-4 30501"}, {"text": "mid 51"}], "node": {"key": "mid:51"}}]}}}`,
	})
	h := New(Config{Reader: store, Logger: quiet(t)})
	for question, says := range map[string]string{
		`{ disputes(where: {identifier: {scheme: "mid"}}) { totalCount } }`:       "give eq or in",
		`{ disputes(where: {identifier: {scheme: "", eq: "1"}}) { totalCount } }`: "without a scheme",
	} {
		r := post(t, h, question, nil)
		if len(r.Errors) != 1 || !strings.Contains(r.Errors[0].Message, says) {
			t.Errorf("%s: %s", question, r.Raw)
		}
	}
}

// TestUndecided: a list of what is in force, and one of what is not, says of how many agreements nobody knows.
func TestUndecided(t *testing.T) {
	actor := func(key string) *graph.ActorFacts {
		return &graph.ActorFacts{
			Key: graph.ActorKey(key), Kind: graph.KindState, Names: []graph.Name{{Text: key, Lang: "en"}}, Identifiers: []graph.Identifier{{Scheme: "iso3", Value: key[5:]}},
		}
	}
	agreement := func(key, from string, end graph.Period, parties ...graph.ActorKey) *graph.Agreement {
		a := &graph.Agreement{EngagementBase: graph.EngagementBase{
			Key: graph.EngagementKey(key), Kind: graph.KindAgreement, Titles: []graph.Name{{Text: key, Lang: "en"}}, Topics: []graph.Topic{graph.TopicTrade},
			Period: graph.Period{Start: graph.MustDate(from), End: end.End, Why: end.Why},
		}, Form: graph.FormTreaty, Stages: []graph.Stage{{Stage: graph.StageInForce, Date: graph.MustDate(from)}}}
		for _, p := range parties {
			a.Participations = append(a.Participations, graph.Participation{Actor: p, Role: graph.RoleParty})
		}
		return a
	}
	ongoing, unknown := graph.Period{Why: graph.Ongoing}, graph.Period{Why: graph.Unknown}
	store := smallStore(t, []any{
		&graph.Source{Key: "small", Kind: graph.SourceDataset, Title: "small", Coverage: []graph.Coverage{{
			Forms: []graph.EngagementKind{graph.KindAgreement}, From: graph.MustDate("1900"), To: graph.MustDate("2000"),
		}}},
		actor("iso3:JPN"), actor("iso3:USA"), actor("iso3:KOR"),
		agreement("a:1", "1950", ongoing, "iso3:JPN", "iso3:USA"),
		agreement("a:2", "1960", unknown, "iso3:JPN", "iso3:USA"),
		agreement("a:3", "1970", unknown, "iso3:JPN", "iso3:KOR"),
		agreement("a:4", "1930", graph.Period{End: graph.MustDate("1940")}, "iso3:JPN", "iso3:USA"),
	})
	h := New(Config{Reader: store, Logger: quiet(t)})
	for question, want := range map[string]string{
		`{ agreements(where: {inForce: {eq: true, on: "1980-01-01"}}) { totalCount } }`:                                      "small 2;",
		`{ agreements(where: {inForce: {eq: false, on: "1980-01-01"}}) { totalCount } }`:                                     "small 2;",
		`{ agreements(where: {inForce: {eq: true}}) { totalCount } }`:                                                        "small 2;",
		`{ engagements(where: {AND: [{inForce: {eq: true, on: "1980-01-01"}}]}) { totalCount } }`:                            "small 2;",
		`{ agreements(where: {inForce: {eq: true, on: "1965-01-01"}}) { totalCount } }`:                                      "small 1;",
		`{ agreements(where: {inForce: {eq: true, on: "2005-01-01"}}) { totalCount } }`:                                      "small 4;", // past what the source covers
		`{ agreements(where: {inForce: {eq: true, on: "1955-01-01"}}) { totalCount } }`:                                      "",
		`{ agreements(where: {title: {eq: "a:1"}, inForce: {eq: true, on: "1980-01-01"}}) { totalCount } }`:                  "",
		`{ agreements(where: {topics: {anyOf: [TRADE]}}) { totalCount } }`:                                                   "",
		`{ dyad(a: "JPN", b: "USA") { agreements(where: {inForce: {eq: true, on: "1980-01-01"}}) { totalCount } } }`:         "small 1;",
		`{ snapshot(asOf: "1980-01-01") { actor(key: "KOR") { agreements(where: {inForce: {eq: true}}) { totalCount } } } }`: "small 1;",
		`{ snapshot(asOf: "1965-01-01") { actor(key: "KOR") { agreements(where: {inForce: {eq: true}}) { totalCount } } } }`: "",
	} {
		r := post(t, h, question, nil)
		told := string(r.Raw)[max(0, strings.Index(string(r.Raw), `"notes"`)):]
		if len(r.Errors) > 0 || (want == "") == strings.Contains(told, "inForce:") || !strings.Contains(told, want) {
			t.Errorf("%s: %s\nand not a note of %q", question, r.Raw, want)
		}
	}
}
