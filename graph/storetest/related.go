package storetest

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
)

// related asks what stands beside the accounts of a dispute, both ways: a war, of which a whole account and two by dyads are known, names
// it, and so does a dispute by itself. What each stands beside is asked for together. Then a dyad and a link are retracted.
func related(t *testing.T, open func(t testing.TB) graph.Store) {
	s := open(t)
	var all []graph.Statement
	state := func(source graph.SourceKey, v any) {
		st, err := graph.NewStatement(source, graph.SliceID(source), v, "")
		must(t, err)
		all = append(all, st)
	}
	dispute := func(key, from string, beside ...graph.EngagementKey) {
		source, _, _ := strings.Cut(key, ":")
		state(graph.SourceKey(source), &graph.Dispute{EngagementBase: graph.EngagementBase{
			Key: graph.EngagementKey(key), Kind: graph.KindDispute, Titles: []graph.Name{{Text: key, Lang: "en"}},
			Period: graph.Period{Start: graph.MustDate(from)}, Related: beside,
		}, Form: graph.DisputeWar})
	}
	link := func(lead graph.EngagementKey, accounts ...graph.EngagementKey) {
		state(graph.OwnSource, &graph.Link{Key: string(accounts[0]), Accounts: accounts, Lead: lead, Rule: graph.LinkDisputes})
	}
	for _, source := range []graph.SourceKey{"mid", "again", "war", "dyad", graph.OwnSource} {
		state(source, &graph.Source{Key: source, Kind: graph.SourceDataset, Title: string(source), Version: "1"})
	}
	dispute("mid:1", "1950", "mid:3")
	dispute("again:1", "1950", "mid:2", "mid:3")
	dispute("mid:2", "1940")
	dispute("mid:3", "1930")
	dispute("mid:4", "1960", "again:1") // names an account that does not lead
	dispute("war:9", "1951")
	dispute("dyad:9.2", "1952", "mid:1")
	dispute("dyad:9.1", "1951", "mid:1")
	dispute("dyad:8.1", "1949", "mid:1") // which nothing links with a war
	link("mid:1", "again:1", "mid:1")
	link("war:9", "dyad:9.1", "dyad:9.2", "war:9")
	loadAll(t, s, graph.Batch{Add: all})
	asked := func(load graph.LoadNumber, want map[graph.EngagementKey]string) {
		t.Helper()
		got := relatedIn(t, s, load)
		for key, keys := range want {
			if got[key] != keys {
				t.Errorf("at load %d, beside %s stand %s, not %s", load, key, got[key], keys)
			}
		}
		if len(got) != len(want) {
			t.Errorf("at load %d, something stands beside %v, not beside %v", load, got, want)
		}
	}
	first := map[graph.EngagementKey]string{
		"mid:1":    "mid:3 mid:2 dyad:8.1 war:9 mid:4",
		"again:1":  "mid:2 mid:3 mid:4 dyad:8.1 war:9",
		"mid:2":    "mid:1",
		"mid:3":    "mid:1",
		"mid:4":    "again:1",
		"war:9":    "mid:1",
		"dyad:9.1": "mid:1",
		"dyad:9.2": "mid:1",
		"dyad:8.1": "mid:1",
	}
	asked(1, first)
	loadAll(t, s, graph.Batch{Close: []graph.StatementID{
		{Source: "dyad", Kind: graph.StatementEngagement, Key: "dyad:8.1"},
		{Source: graph.OwnSource, Kind: graph.StatementLink, Key: "dyad:9.1"},
		{Source: graph.OwnSource, Kind: graph.StatementLink, Key: "again:1"},
	}})
	asked(1, first)
	asked(2, map[graph.EngagementKey]string{
		"mid:1":    "mid:3 dyad:9.1 dyad:9.2",
		"again:1":  "mid:2 mid:3 mid:4",
		"mid:2":    "again:1",
		"mid:3":    "again:1 mid:1",
		"mid:4":    "again:1",
		"dyad:9.1": "mid:1",
		"dyad:9.2": "mid:1",
	})
}

// relatedIn gives for each engagement what stands beside it.
func relatedIn(t *testing.T, s graph.Store, load graph.LoadNumber) map[graph.EngagementKey]string {
	t.Helper()
	ctx := context.Background()
	v, err := graph.In(ctx, s, graph.State{Load: load})
	must(t, err)
	list, err := v.Engagements(ctx, graph.EngagementFilter{}, graph.Page{First: 100})
	must(t, err)
	var keys []graph.EngagementKey
	for _, e := range list.Items {
		keys = append(keys, e.Base().Key)
	}
	others, err := v.Accounts(ctx, keys)
	must(t, err)
	for _, e := range list.Items { // those that are led are in no list
		for _, o := range others[e.Base().Key] {
			keys = append(keys, o.Base().Key)
		}
	}
	others, err = v.Accounts(ctx, keys)
	must(t, err)
	at, err := v.EngagementsByKey(ctx, keys)
	must(t, err)
	namings, err := v.NamedBy(ctx, keys)
	must(t, err)
	found := map[graph.EngagementKey]string{}
	for key, e := range at {
		var namedBy []graph.Naming
		for _, account := range graph.AccountKeys(e.Base(), others[key]) {
			namedBy = append(namedBy, namings[account]...)
		}
		var texts []string
		for _, k := range graph.RelatedOf(e.Base(), others[key], namedBy...) {
			texts = append(texts, string(k))
		}
		if len(texts) > 0 {
			found[key] = strings.Join(texts, " ")
		}
		if slices.Contains(texts, string(key)) {
			t.Errorf("%s stands beside itself", key)
		}
	}
	return found
}
