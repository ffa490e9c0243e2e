package api

import (
	"context"
	"encoding/json"
	"path/filepath"
	"slices"
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/sqlitestore"
)

// smallStore makes a store with loads of what is given.
func smallStore(t *testing.T, loads ...[]any) graph.Store {
	t.Helper()
	store, err := sqlitestore.Open(filepath.Join(t.TempDir(), "small.db"), sqlitestore.Create())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, facts := range loads {
		load(t, store, facts)
	}
	return store
}

// load records what is given, closing earlier statements with the same keys.
func load(t *testing.T, store graph.Store, facts []any) {
	t.Helper()
	ctx := context.Background()
	lease, err := store.Open(ctx, graph.LoadInfo{Source: "small", Slices: []graph.Slice{{Source: "small", ID: "small"}}, Program: "test"})
	if err != nil {
		t.Fatal(err)
	}
	held := map[graph.StatementID]bool{}
	if lease.Load > 1 {
		for e, err := range store.Manifest(ctx, graph.ManifestQuery{Load: lease.Load - 1}) {
			if err != nil {
				t.Fatal(err)
			}
			held[e.StatementID] = true
		}
	}
	var b graph.Batch
	for _, f := range facts {
		s, err := graph.NewStatement("small", "small", f, "")
		if err != nil {
			t.Fatal(err)
		}
		if held[s.StatementID] {
			b.Close = append(b.Close, s.StatementID)
		}
		b.Add = append(b.Add, s)
	}
	slices.SortFunc(b.Add, func(x, y graph.Statement) int { return x.Compare(y.StatementID) })
	if err := store.Write(ctx, lease, b); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Commit(ctx, lease, graph.Counts{Added: len(b.Add)}); err != nil {
		t.Fatal(err)
	}
}

func span(start, end string) graph.Period {
	p := graph.Period{Why: graph.Ongoing}
	if start != "" {
		p.Start = graph.MustDate(start)
	}
	if end != "" {
		p.End, p.Why = graph.MustDate(end), ""
	}
	return p
}

func pact(title string) *graph.Agreement {
	return &graph.Agreement{
		EngagementBase: graph.EngagementBase{
			Key: "small:pact", Kind: graph.KindAgreement, Titles: []graph.Name{{Text: title, Lang: "en"}},
			Topics: []graph.Topic{graph.TopicDefense}, Period: span("1950-01-01", ""),
			Participations: []graph.Participation{
				{Actor: "iso3:AAA", Role: graph.RoleParty},
				{Actor: "iso3:BBB", Role: graph.RoleParty, Period: span("1950-01-01", "1959-12-31")},
				{Actor: "iso3:BBB", Role: graph.RoleParty, Period: span("1970-01-01", "")},
				{Actor: "iso3:CCC", Role: graph.RoleParty, Period: span("1965", "")},
			},
		},
		Form: graph.FormTreaty,
	}
}

func smallFacts(title string) []any {
	facts := []any{
		&graph.Source{Key: "small", Kind: graph.SourceDossier, Title: "Small", Version: "1", Coverage: []graph.Coverage{{From: graph.MustDate("1950"), To: graph.MustDate("1999")}}},
		pact(title),
	}
	for _, k := range []graph.ActorKey{"iso3:AAA", "iso3:BBB", "iso3:CCC"} {
		facts = append(facts, &graph.ActorFacts{Key: k, Kind: graph.KindState, Identifiers: []graph.Identifier{{Scheme: "iso3", Value: string(k[5:])}}})
	}
	return facts
}

// TestPartiesOfADay: as of a day those whose own part did not hold are left out; who comes back has two parts.
func TestPartiesOfADay(t *testing.T) {
	h := New(Config{Reader: smallStore(t, smallFacts("Pact")), Logger: quiet(t)})
	for day, want := range map[string][]string{
		"1955-01-01": {"iso3:AAA", "iso3:BBB"},
		"1960-01-01": {"iso3:AAA"},
		"1965-06-01": {"iso3:AAA", "iso3:CCC"},
		"1970-01-01": {"iso3:AAA", "iso3:BBB", "iso3:CCC"},
	} {
		r := post(t, h, `query ($d: Day!) { snapshot(asOf: $d) { engagement(key: "small:pact") { participations { totalCount nodes { actor { key } } } } } }`, map[string]any{"d": day})
		var got []string
		for _, n := range r.field(t, "snapshot", "engagement", "participations", "nodes").([]any) {
			got = append(got, n.(map[string]any)["actor"].(map[string]any)["key"].(string))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", day, got, want)
		}
	}
	r := post(t, h, `{ engagement(key: "small:pact") { participations(first: 3) { totalCount pageInfo { endCursor hasNextPage } } citations { source { key } work { key } } ... on Agreement { inForce } } }`, nil)
	if r.field(t, "engagement", "participations", "totalCount") != float64(4) || r.field(t, "engagement", "citations", 0, "source", "key") != "small" {
		t.Errorf("%s", r.Raw)
	}
	r = post(t, h, `query ($c: String) { engagement(key: "small:pact") { participations(first: 3, after: $c) { nodes { actor { key name } period { start { edtf } end { edtf } why } } } } }`,
		map[string]any{"c": r.field(t, "engagement", "participations", "pageInfo", "endCursor")})
	if got := r.field(t, "engagement", "participations", "nodes"); len(got.([]any)) != 1 || r.field(t, "engagement", "participations", "nodes", 0, "period", "start", "edtf") != "1965" {
		t.Errorf("%s", r.Raw)
	}
}

// TestLoadsCommittedMeanwhile: an answer stands on one head; pages go on at theirs; a snapshot of a load never changes.
func TestLoadsCommittedMeanwhile(t *testing.T) {
	store := smallStore(t, smallFacts("Pact"))
	h := New(Config{Reader: store, Logger: quiet(t)})
	ask := func(document string) *reply {
		t.Helper()
		r := post(t, h, document, nil)
		if len(r.Errors) > 0 {
			t.Fatalf("%s", r.Raw)
		}
		return r
	}
	const old = `{ snapshot(load: 1) { id: engagement(key: "small:pact") { id title recorded } } }`
	before := ask(old)
	headID := ask(`{ engagement(key: "small:pact") { id } }`).field(t, "engagement", "id")
	load(t, store, smallFacts("Pact, as amended"))
	if after := ask(old); string(after.Data) != string(before.Data) {
		t.Errorf("load 1 answers %s, and answered %s", after.Data, before.Data)
	}
	now := ask(`{ engagement(key: "small:pact") { id title recorded } }`)
	if now.field(t, "engagement", "title") != "Pact, as amended" || now.field(t, "engagement", "recorded") != float64(2) {
		t.Errorf("%s", now.Raw)
	}
	if now.field(t, "engagement", "id") != headID {
		t.Error("the id outside a snapshot changed with the load")
	}
	pinned, err := json.Marshal(before.field(t, "snapshot", "id", "id"))
	if err != nil {
		t.Fatal(err)
	}
	if r := ask(`{ node(id: ` + string(pinned) + `) { ... on Engagement { title } } }`); r.field(t, "node", "title") != "Pact" {
		t.Errorf("an id of load 1: %s", r.Raw)
	}
}

// TestWhereItWas: what datasets call a dispute, and where others say that it was; that is nobody's version of it.
func TestWhereItWas(t *testing.T) {
	facts := append(smallFacts("Pact"),
		&graph.Dispute{
			EngagementBase: graph.EngagementBase{
				Key: "small:quarrel", Kind: graph.KindDispute, Identifiers: []graph.Identifier{{Scheme: "cow-mid", Value: "9001"}}, Period: span("1960-01-01", "1960-02-01"),
				Participations: []graph.Participation{{Actor: "iso3:AAA", Role: graph.RoleParty, Side: graph.SideA}, {Actor: "iso3:BBB", Role: graph.RoleParty, Side: graph.SideB}},
			}, Form: graph.DisputeMilitarized,
		},
		&graph.Assertion{
			Key: "small:place", About: "small:quarrel", Work: "small:map", Stance: graph.Asserts, Text: "It began here: Strait.", Citations: []graph.Citation{{Source: "small", Locator: "dispute 9001"}},
			Location: &graph.Location{Place: "Strait", Latitude: 24.6581, Longitude: -119.698, Precision: "Strait (precision 3)"},
		},
		&graph.Assertion{Key: "small:denial", About: "small:quarrel", Author: "iso3:AAA", Stance: graph.Denies, Text: "Not there.", Location: &graph.Location{Place: "Strait", Latitude: 1, Longitude: 2}},
		&graph.Work{Key: "small:map", Title: "A map"},
	)
	h := New(Config{Reader: smallStore(t, facts), Logger: quiet(t)})
	r := post(t, h, `{ engagement(key: "small:quarrel") {
		identifiers { scheme value period { end { edtf } } }
		locations { place latitude longitude precision point source { key } citations { locator } }
		assertions { location { latitude } }
		positions { actor { key } assertions { text } }
	} }`, nil)
	const want = `{"engagement":{"identifiers":[{"scheme":"cow-mid","value":"9001","period":null}],` +
		`"locations":[{"place":"Strait","latitude":24.6581,"longitude":-119.698,"precision":"Strait (precision 3)","point":null,"source":{"key":"small"},"citations":[{"locator":"dispute 9001"}]}],` +
		`"assertions":[{"location":{"latitude":1}},{"location":{"latitude":24.6581}}],` +
		`"positions":[{"actor":{"key":"iso3:AAA"},"assertions":[{"text":"Not there."}]}]}}`
	var got struct{ Data json.RawMessage }
	if err := json.Unmarshal(r.Raw, &got); err != nil {
		t.Fatal(err)
	}
	if string(got.Data) != want {
		t.Errorf("%s\n%s", got.Data, want)
	}
}

// TestInForceBetween: in the list of two, or of one, what is in force is so with them as parties on that day; of everybody, the
// agreement as a whole. Who takes part on some days, and what began or ended in them, is asked beside.
func TestInForceBetween(t *testing.T) {
	facts := smallFacts("Pact")
	facts[1].(*graph.Agreement).Stages = []graph.Stage{{Stage: graph.StageInForce, Date: graph.MustDate("1950-01-01")}}
	h := New(Config{Reader: smallStore(t, facts), Logger: quiet(t)})
	for where, want := range map[string]float64{
		`inForce: {eq: true, on: "1955-01-01"}`:                                              1,
		`inForce: {eq: true, on: "1965-01-01"}`:                                              0, // the other had left
		`inForce: {eq: true, on: "1975-01-01"}`:                                              1,
		`inForce: {eq: true}`:                                                                1, // on the last day that the source covers
		`inForce: {eq: false, on: "1965-01-01"}`:                                             0, // as a whole it is in force
		`NOT: {inForce: {eq: true, on: "1965-01-01"}}`:                                       1,
		`inForce: {eq: true, on: "1949-01-01"}`:                                              0,
		`inForce: {eq: true, on: "1965-01-01", certainty: POSSIBLE}`:                         0, // it had left for certain
		`inForce: {eq: true, on: "1975-01-01", certainty: POSSIBLE}`:                         1,
		`parties: {allOf: ["AAA", "BBB"], from: "1960-01-01", to: "1969-12-31"}`:             0,
		`parties: {allOf: ["AAA", "BBB"], from: "1960-01-01", to: "1970-01-01"}`:             1,
		`parties: {allOf: ["AAA", "BBB"], to: "1949-12-31"}`:                                 0,
		`parties: {anyOf: ["CCC"], to: "1964-12-31"}`:                                        0,
		`parties: {only: ["AAA"], from: "1960-01-01", to: "1964-12-31"}`:                     1,
		`parties: {only: ["AAA"], from: "1960-01-01", to: "1965-12-31"}`:                     0,
		`period: {from: "1950-01-01", to: "1950-12-31", overlap: BEGINS}`:                    1,
		`period: {from: "1951-01-01", overlap: BEGINS}`:                                      0,
		`period: {from: "1950-01-01", overlap: ENDS}`:                                        0, // it goes on
		`parties: {allOf: ["BBB", "CCC"], from: "1965-12-31", to: "1969-12-31"}`:             0,
		`parties: {anyOf: ["BBB"], from: "1960-01-01", to: "1969-12-31", role: {eq: PARTY}}`: 0,
	} {
		r := post(t, h, `{ dyad(a: "AAA", b: "BBB") { agreements(where: {`+where+`}) { totalCount nodes { key } } } }`, nil)
		if got := r.field(t, "dyad", "agreements", "totalCount"); got != want {
			t.Errorf("of two, %s: %v, want %v", where, got, want)
		}
	}
	r := post(t, h, `{ all: agreements(where: {inForce: {eq: true, on: "1965-01-01"}}) { totalCount nodes { key } }
		one: actor(key: "BBB") { agreements(where: {inForce: {eq: true, on: "1965-01-01"}}) { totalCount } }
		other: actor(key: "AAA") { agreements(where: {inForce: {eq: true, on: "1965-01-01"}}) { totalCount } } }`, nil)
	if r.field(t, "all", "totalCount") != 1.0 || r.field(t, "one", "agreements", "totalCount") != 0.0 || r.field(t, "other", "agreements", "totalCount") != 1.0 {
		t.Errorf("%s", r.Raw)
	}
	r = post(t, h, `{ agreements(where: {parties: {anyOf: ["AAA"], from: "1960-01-02", to: "1960-01-01"}}) { totalCount } }`, nil)
	if len(r.Errors) != 1 || r.Errors[0].Extensions.Code != "INVALID_DATE" {
		t.Errorf("%s", r.Raw)
	}
}
