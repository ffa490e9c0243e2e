package api

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/sqlitestore"
	"github.com/entente-graph/entente/internal/sample/sampletest"
)

// counting counts the questions that a store is asked, by name.
type counting struct {
	graph.Reader
	mu    sync.Mutex
	asked map[string]int
}

func (c *counting) count(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked[name]++
}

func (c *counting) Head(ctx context.Context) (graph.Head, error) {
	c.count("Head")
	return c.Reader.Head(ctx)
}

func (c *counting) Loads(ctx context.Context, q graph.LoadQuery) ([]graph.Load, error) {
	c.count("Loads")
	return c.Reader.Loads(ctx, q)
}

func (c *counting) Statements(ctx context.Context, q graph.StatementQuery) ([]graph.Recorded, error) {
	c.count("Statements " + string(q.Kind))
	return c.Reader.Statements(ctx, q)
}

func (c *counting) Holders(ctx context.Context, q graph.HolderQuery) ([]graph.Holder, error) {
	c.count("Holders")
	return c.Reader.Holders(ctx, q)
}

func (c *counting) Components(ctx context.Context, q graph.ComponentQuery) ([]graph.Component, error) {
	c.count("Components")
	return c.Reader.Components(ctx, q)
}

func (c *counting) ActorKeys(ctx context.Context, q graph.ActorQuery) (graph.KeyPage, error) {
	c.count("ActorKeys")
	return c.Reader.ActorKeys(ctx, q)
}

func (c *counting) Engagements(ctx context.Context, q graph.EngagementQuery) (graph.EngagementPage, error) {
	c.count("Engagements")
	return c.Reader.Engagements(ctx, q)
}

func (c *counting) Gatherings(ctx context.Context, q graph.GatheringQuery) (graph.GatheringPage, error) {
	c.count("Gatherings")
	return c.Reader.Gatherings(ctx, q)
}

func (c *counting) TieRecords(ctx context.Context, q graph.TieQuery) ([]graph.TieRecord, error) {
	c.count("TieRecords")
	return c.Reader.TieRecords(ctx, q)
}

func (c *counting) TieDyads(ctx context.Context, q graph.TieDyadQuery) (graph.DyadPage, error) {
	c.count("TieDyads")
	return c.Reader.TieDyads(ctx, q)
}

func (c *counting) Tenures(ctx context.Context, q graph.TenureQuery) (graph.TenurePage, error) {
	c.count("Tenures")
	return c.Reader.Tenures(ctx, q)
}

func (c *counting) Memberships(ctx context.Context, q graph.MembershipQuery) (graph.MembershipPage, error) {
	c.count("Memberships")
	return c.Reader.Memberships(ctx, q)
}

func (c *counting) Representations(ctx context.Context, q graph.RepresentationQuery) (graph.RepresentationPage, error) {
	c.count("Representations")
	return c.Reader.Representations(ctx, q)
}

func (c *counting) Assertions(ctx context.Context, q graph.AssertionQuery) (graph.AssertionPage, error) {
	c.count("Assertions")
	return c.Reader.Assertions(ctx, q)
}

func (c *counting) Search(ctx context.Context, q graph.SearchQuery) (graph.SearchPage, error) {
	c.count("Search")
	return c.Reader.Search(ctx, q)
}

func (c *counting) Versions(ctx context.Context, q graph.VersionQuery) (graph.VersionPage, error) {
	c.count("Versions")
	return c.Reader.Versions(ctx, q)
}

func (c *counting) Changes(ctx context.Context, q graph.ChangeQuery) iter.Seq2[graph.Change, error] {
	c.count("Changes")
	return c.Reader.Changes(ctx, q)
}

func (c *counting) Links(ctx context.Context, q graph.LinkQuery) ([]graph.Recorded, error) {
	c.count("Links")
	return c.Reader.Links(ctx, q)
}

func (c *counting) Manifest(ctx context.Context, q graph.ManifestQuery) iter.Seq2[graph.ManifestEntry, error] {
	c.count("Manifest")
	return c.Reader.Manifest(ctx, q)
}

// nested are documents that would ask the store once for each item, if nothing put questions together.
var nested = []struct{ name, document string }{
	{"one actor", `{ actor(key: "JPN") { name } }`},
	{"a page of meetings, who took part for whom, and their offices", `{
		meetings(first: 50) { nodes { title host { name } participations { nodes { actor { name } onBehalfOf { name } tenures { office of { name } } } } } } }`},
	{"a page of agreements with everything beside them", `{
		agreements(first: 50) { totalCount nodes {
			inForce source { title } amends { title } replaces { title } partOf { title } related { title }
			stages { party { name } citations { work { title } } } obligations { by { name } toward { name } }
			assertions { author { name } work { title } citations { work { title } source { key } } }
			effects { between { name } because { title } by { title } citations { work { title } } }
			citations { source { title } work { title read } } } } }`},
	{"all ties of a dyad with what bounds their spells", `{
		dyad(a: "JPN", b: "KOR") { a { name } b { name } ties { sources { title }
			effects { because { title } between { name } }
			spells { startedBy { title } endedBy { title } basis { title } began { because { title } by { title } } citations { work { title } } } } } }`},
	{"the founding question: a question for each spell's contacts", `{
		dyad(a: "JPN", b: "KOR") { ties(topics: [DEFENSE]) { status rule spells {
			status extent period { start { edtf } end { edtf } }
			startedBy { title } began { because { title } } endedBy { title }
			contacts(first: 50) { nodes { title period { start { edtf } } } } } } } }`},
	{"ties across the graph", `{ ties(where: {topics: [DEFENSE]}, first: 100) { nodes { a { name } b { name } spells { startedBy { title } } } } }`},
	{"two days", `{
		a: snapshot(asOf: "2019-06-01") { ...d } b: snapshot(asOf: "2024-06-02") { ...d } }
		fragment d on Snapshot { dyad(a: "JPN", b: "KOR") { a { name } ties(topics: [DEFENSE]) { status sources { title } } } }`},
	{"a search", `{ search(text: "japan", first: 50) { nodes { ... on Actor { name partOf { actor { name } } } ... on Engagement { title participations { nodes { actor { name } } } } } } }`},
	{"a neighbourhood of two hops, with the engagements of its links", `{ neighborhood(of: ["KOR"], hops: 2) {
		nodes { actor { name partOf { actor { name } } } distance degree } links { a { name } b { name } count engagements(first: 2) { title } }
		truncated { reason hubs { actor { name } } } } }`},
	{"paths, with the engagements of their links", `{ paths(from: "org:jmsdf", to: "PRK", first: 5) { complete paths { actors { name } links { count engagements { title } } } } }`},
	{"a page of changes, with what was before and is since", `{ changes(fromLoad: 2, toLoad: 3, about: ["JPN", "KOR"], first: 50) { looked nodes {
		load { number source { key } } source { key } title fields { path }
		after { recorded { number } engagement { title participations { nodes { actor { name } } } } assertion { author { name } } } } } }`},
	{"the versions of one thing", `{ history(key: "northeast-asia:comprehensive-military-agreement-2018") { nodes { load { number } before { recorded { number } } fields { path } } } }`},
	{"the offices of many actors, who holds them, and what those say", `{
		actors(where: {key: {in: ["iso3:JPN", "iso3:KOR", "iso3:PRK", "iso3:CHN", "iso3:USA"]}}, first: 5) { nodes { offices(first: 10) { totalCount nodes {
			of { name } holders(first: 5) { totalCount nodes { person { name offices(first: 3) { nodes { titles } } assertions(first: 1) { nodes { text } } } } } } } } } }`},
	{"an office, and a question for each list of what its holders did", `{
		office(of: "JPN", title: "Minister of Defense") { holders(first: 50) { nodes { person { name } } } holder(on: "2020-01-01") { person { name } }
			meetings(first: 50) { nodes { title } } acts { nodes { title } } } }`},
	{"actors by conditions on other things", `{
		actors(where: {OR: [{partOf: {in: ["JPN", "KOR"]}}, {held: {of: "JPN", title: "Prime Minister"}}]}, orderBy: {field: NAME}, first: 100) { totalCount nodes { name } } }`},
	{"the positions of a page of disputes", `{ disputes(first: 50) { nodes { positions { actor { name } holds { engagement { title } source { title } citations { work { title } } }
		assertions { author { name } work { title } citations { work { title } } } } } } }`},
	{"conflicts of a dyad", `{ conflicts(about: ["JPN", "USA"], first: 50) { nodes { engagement { title } actor { name } values { source { title } account { title } citations { work { title } } } } } }`},
	{"series of a dyad", `{ dyad(a: "JPN", b: "KOR") { series(measures: [TIE_STATUS, DAYS_SUSPENDED, CONTACTS, ACTS], topics: [DEFENSE, TRADE], from: "1965-01-01", to: "2025-12-31") {
		coverage { source { title } } points { from value status } } } }`},
	{"who held an office of each party meanwhile", `{ disputes(first: 50) { nodes { title participations(first: 10) { nodes { actor { name }
		officeHolders(office: ["Minister of Defense", "Minister of National Defense", "Prime Minister"]) { person { name } of { name } exit } } } } } }`},
	{"persons in office", `{ officeHolders(of: "JPN", first: 50) { nodes { person { name tenures { office of { name } } } of { name } citations { work { title } } } } }`},
}

// TestQuestions pins how many questions of each kind nested documents ask the store, so that none grows with the
// number of items in a list. In a bubble of synctest time stands still while anything runs, so that a loader's
// question has all keys that the fields of a level want. They may be fewer (see atMost). Counts that must change are written by
// -update, and reviewed.
func TestQuestions(t *testing.T) {
	path := sampletest.Path(t)
	var text strings.Builder
	for _, n := range nested {
		synctest.Test(t, func(t *testing.T) {
			store := sampletest.Open(t, path, sqlitestore.ReadOnly())
			c := &counting{Reader: store, asked: map[string]int{}}
			r := post(t, New(Config{Reader: c, Logger: quiet(t)}), n.document, nil)
			if len(r.Errors) > 0 {
				t.Errorf("%s: %s", n.name, r.Raw)
			}
			fmt.Fprintf(&text, "# %s\n", n.name)
			for _, name := range slices.Sorted(maps.Keys(c.asked)) {
				fmt.Fprintf(&text, "  %d %s\n", c.asked[name], name)
			}
		})
	}
	golden := filepath.Join("testdata", "questions.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(text.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(atMost(string(want), text.String()), text.String()); d != "" {
		t.Errorf("other questions (-want +got):\n%s", d)
	}
}

// atMost gives what was wanted with the numbers that were had where these are smaller: who a key stands for may have been learned by one
// field before another needs it, or not, as their goroutines run.
func atMost(want, got string) string {
	wanted, had := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(wanted), len(had)) {
		var least, most int
		var name, same string
		if _, err := fmt.Sscanf(had[i], "  %d %s", &least, &name); err != nil {
			continue
		}
		if _, err := fmt.Sscanf(wanted[i], "  %d %s", &most, &same); err == nil && name == same && least < most {
			wanted[i] = had[i]
		}
	}
	return strings.Join(wanted, "\n")
}
