package api

import (
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
)

// TestRepresentations: what sources say of missions, in each direction, as of a day, at an earlier load, and by id; and what
// follows for a day and for an interval.
func TestRepresentations(t *testing.T) {
	actor := func(key string) *graph.ActorFacts {
		return &graph.ActorFacts{
			Key: graph.ActorKey(key), Kind: graph.KindState, Names: []graph.Name{{Text: key, Lang: "en"}},
			Identifiers: []graph.Identifier{{Scheme: "iso3", Value: key[5:]}},
		}
	}
	observed := func(level graph.RepresentationLevel, year string) graph.RepresentationRecord {
		return graph.RepresentationRecord{Level: level, Observed: graph.MustDate(year)}
	}
	spell := func(level graph.RepresentationLevel, from, to string) graph.RepresentationRecord {
		return graph.RepresentationRecord{Level: level, Period: span(from, to)}
	}
	rep := func(key, sender, receiver string, records ...graph.RepresentationRecord) *graph.Representation {
		return &graph.Representation{
			Key: graph.RepresentationKey(key), Sender: graph.ActorKey(sender), Receiver: graph.ActorKey(receiver), Records: records,
		}
	}
	store := smallStore(t, []any{
		&graph.Source{Key: "small", Kind: graph.SourceDossier, Title: "small"}, actor("iso3:JPN"), actor("iso3:USA"), actor("iso3:KOR"),
		rep("r:1", "iso3:USA", "iso3:JPN", spell(graph.MissionEmbassy, "1906-05-25", "1941-12-07"), spell(graph.MissionNone, "1941-12-08", "1952-04-27")),
		rep("r:2", "iso3:JPN", "iso3:USA", observed(graph.MissionMinister, "1940"), observed(graph.MissionAmbassador, "1955")),
		rep("r:3", "iso3:JPN", "iso3:KOR", observed(graph.MissionNone, "1960"), observed(graph.MissionOther, "1965")),
	}, []any{
		rep("r:1", "iso3:USA", "iso3:JPN", spell(graph.MissionEmbassy, "1906-05-25", "1941-12-07"), spell(graph.MissionNone, "1941-12-08", "1952-04-27"),
			spell(graph.MissionEmbassy, "1952-04-28", "")),
	})
	answersTo(t, store, map[string]string{
		`{ representations(receiver: "JPN") { totalCount nodes { key sender { key } records { level period { edtf } observed { edtf } } } } }`: `{"representations": {"totalCount": 1, "nodes": [
			{"key": "r:1", "sender": {"key": "iso3:USA"}, "records": [
				{"level": "EMBASSY", "period": {"edtf": "1906-05-25/1941-12-07"}, "observed": null},
				{"level": "NONE", "period": {"edtf": "1941-12-08/1952-04-27"}, "observed": null},
				{"level": "EMBASSY", "period": {"edtf": "1952-04-28/.."}, "observed": null}]}]}}`,
		`{ snapshot(load: 1) { representations(sender: "USA") { nodes { records(level: [EMBASSY]) { level } } } } }`:                                  `{"snapshot": {"representations": {"nodes": [{"records": [{"level": "EMBASSY"}]}]}}}`,
		`{ snapshot(asOf: "1940-06-01") { dyad(a: "USA", b: "JPN") { representations { nodes { key records { level } } } } } }`:                         `{"snapshot": {"dyad": {"representations": {"nodes": [{"key": "r:1", "records": [{"level": "EMBASSY"}]}, {"key": "r:2", "records": [{"level": "MINISTER"}]}]}}}}`,
		`{ dyad(a: "USA", b: "JPN") { representations(sender: "JPN", level: [AMBASSADOR], during: {from: "1955-01-01", to: "1955-12-31", certainty: CERTAIN}) { totalCount } } }`: `{"dyad": {"representations": {"totalCount": 1}}}`,
		`{ dyad(a: "USA", b: "JPN") { representations(level: [AMBASSADOR], during: {from: "1956-01-01", to: "1959-12-31"}) { totalCount } } }`:                                    `{"dyad": {"representations": {"totalCount": 0}}}`,
		`{ actor(key: "JPN") { representationsSent(receiver: "KOR") { nodes { receiver { key } } } representationsReceived { nodes { sender { key } } } } }`: `{"actor": {"representationsSent": {"nodes": [{"receiver": {"key": "iso3:KOR"}}]}, "representationsReceived": {"nodes": [{"sender": {"key": "iso3:USA"}}]}}}`,
		`{ dyad(a: "USA", b: "JPN") { missions(on: "1940-06-01") { sender { key } receiver { key } status certain levels basis { key } } } }`: `{"dyad": {"missions": [
			{"sender": {"key": "iso3:JPN"}, "receiver": {"key": "iso3:USA"}, "status": "OPEN", "certain": false, "levels": ["MINISTER"], "basis": [{"key": "r:2"}]},
			{"sender": {"key": "iso3:USA"}, "receiver": {"key": "iso3:JPN"}, "status": "OPEN", "certain": true, "levels": ["EMBASSY"], "basis": [{"key": "r:1"}]}]}}`,
		`{ dyad(a: "USA", b: "JPN") { missions(from: "1942-01-01", to: "1945-09-02") { status certain } } }`:                  `{"dyad": {"missions": [{"status": "NO_DATA", "certain": false}, {"status": "NONE", "certain": true}]}}`,
		`{ snapshot(asOf: "1960-06-01") { dyad(a: "KOR", b: "JPN") { missions { status certain levels } } } }`:                `{"snapshot": {"dyad": {"missions": [{"status": "NONE", "certain": false, "levels": ["NONE"]}, {"status": "NO_DATA", "certain": false, "levels": []}]}}}`,
		`{ dyad(a: "KOR", b: "JPN") { missions(on: "1965-06-01", level: [EMBASSY, AMBASSADOR]) { status certain levels } } }`: `{"dyad": {"missions": [{"status": "NONE", "certain": false, "levels": ["OTHER"]}, {"status": "NO_DATA", "certain": false, "levels": []}]}}`,
		`{ snapshot(load: 1) { dyad(a: "USA", b: "JPN") { missions(on: "1960-01-01") { status } } } }`:                        `{"snapshot": {"dyad": {"missions": [{"status": "NO_DATA"}, {"status": "NO_DATA"}]}}}`,
		`{ history(key: "r:1") { nodes { type fields { path } after { representation { key } } } } }`: `{"history": {"nodes": [
			{"type": "ADDED", "fields": [{"path": "key"}, {"path": "receiver"}, {"path": "records[1]"}, {"path": "records[2]"}, {"path": "sender"}], "after": {"representation": {"key": "r:1"}}},
			{"type": "SUPERSEDED", "fields": [{"path": "records[3]"}], "after": {"representation": {"key": "r:1"}}}]}}`,
		`{ changes(fromLoad: 1, about: ["USA", "JPN"]) { nodes { key } } }`: `{"changes": {"nodes": [{"key": "r:1"}]}}`,
	})
	h := New(Config{Reader: store, Logger: quiet(t)})
	first := post(t, h, `{ representations(sender: ["JPN", "USA"], first: 1) { pageInfo { endCursor } nodes { id } } }`, nil)
	page := first.field(t, "representations").(map[string]any)
	cursor := page["pageInfo"].(map[string]any)["endCursor"].(string)
	answersTo(t, store, map[string]string{
		`{ representations(sender: ["JPN", "USA"], first: 9, after: "` + cursor + `") { nodes { key } } }`:                                              `{"representations": {"nodes": [{"key": "r:2"}, {"key": "r:3"}]}}`,
		`{ node(id: "` + page["nodes"].([]any)[0].(map[string]any)["id"].(string) + `") { __typename ... on Representation { key sender { key } } } }`: `{"node": {"__typename": "Representation", "key": "r:1", "sender": {"key": "iso3:USA"}}}`,
	})
	for question, says := range map[string]string{
		`{ representations { totalCount } }`:                                                     "give sender, or receiver, or both",
		`{ dyad(a: "USA", b: "JPN") { representations(sender: "KOR") { totalCount } } }`:         "not of this dyad",
		`{ dyad(a: "USA", b: "JPN") { missions { status } } }`:                                   "on which day?",
		`{ dyad(a: "USA", b: "JPN") { missions(on: "1940-01-01", to: "1941-01-01") { status } } }`:   "either on, or from and to",
		`{ dyad(a: "USA", b: "JPN") { missions(from: "1940-01-01") { status } } }`:               "give both",
		`{ dyad(a: "USA", b: "JPN") { missions(from: "1941-01-01", to: "1940-01-01") { status } } }`: "ends before it begins",
		`{ representations(receiver: "XYZ") { totalCount } }`:                                    "XYZ",
	} {
		r := post(t, h, question, nil)
		if len(r.Errors) != 1 || !strings.Contains(r.Errors[0].Message, says) {
			t.Errorf("%s: %s", question, r.Raw)
		}
	}
}
