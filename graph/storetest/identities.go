package storetest

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/entente-graph/entente/graph"
)

// identities asks views before and after three keys are one person's: from then on whatever is asked under any of them is
// answered of all, by the key that leads, and before nothing is.
func identities(t *testing.T, open func(t testing.TB) graph.Store) {
	s := open(t)
	var told []graph.Statement
	tell := func(source graph.SourceKey, v any) {
		st, err := graph.NewStatement(source, graph.SliceID(source), v, "")
		must(t, err)
		told = append(told, st)
	}
	person := func(source graph.SourceKey, key graph.ActorKey, names ...graph.Name) {
		tell(source, &graph.ActorFacts{Key: key, Kind: graph.KindPerson, Names: names})
	}
	tell("registry", &graph.ActorFacts{Key: "iso3:JPN", Kind: graph.KindState, Names: []graph.Name{{Text: "Japan", Lang: "en"}}})
	person("one", "person:abe", graph.Name{Text: "Shinzo Abe", Lang: "en"})
	person("two", "two:abe", graph.Name{Text: "Shinzō Abe", Lang: "en"}, graph.Name{Text: "安倍晋三", Lang: "ja"})
	person("two", "two:s-abe", graph.Name{Text: "Shinzo Abe", Lang: "en"})
	for key, person := range map[string]graph.ActorKey{"t1": "person:abe", "t2": "two:abe"} {
		tell("two", &graph.Tenure{
			Key: graph.TenureKey(key), Person: person, Office: "Prime Minister", Of: "iso3:JPN",
			Period: graph.Period{Start: graph.MustDate("200" + key[1:]), End: graph.MustDate("200" + key[1:])},
		})
	}
	for i, person := range []graph.ActorKey{"person:abe", "two:abe", "two:s-abe"} {
		b := graph.EngagementBase{
			Key: graph.EngagementKey(fmt.Sprint("m", i)), Kind: graph.KindMeeting, Period: graph.On(graph.MustDate(fmt.Sprintf("2001-01-0%d", i+1))),
			Participations: []graph.Participation{{Actor: person, Role: graph.RoleRepresentative, OnBehalfOf: "iso3:JPN"}, {Actor: "org:un", Role: graph.RoleHost}},
		}
		tell("two", &graph.Meeting{EngagementBase: b, Level: graph.LevelSummit})
		b.Key, b.Period = graph.EngagementKey(fmt.Sprint("before", i)), graph.On(graph.MustDate("1999-01-01")) // out of office
		tell("two", &graph.Meeting{EngagementBase: b, Level: graph.LevelSummit})
		tell("two", &graph.Assertion{Key: graph.AssertionKey(fmt.Sprint("a", i)), About: b.Key, Author: person, Stance: "ASSERTS", Text: "It was so."})
	}
	tell("two", &graph.ActorFacts{Key: "org:un", Kind: graph.KindOrganization})
	loadAll(t, s, graph.Batch{Add: told})
	told = nil
	tell(graph.OwnSource, &graph.Identity{
		Key: "person:abe", Lead: "person:abe", Persons: []graph.ActorKey{"person:abe", "two:abe", "two:s-abe"},
		Because: []graph.Sameness{{A: "person:abe", B: "two:abe", Rule: "x/1", Because: "it is so"}, {A: "two:abe", B: "two:s-abe", Rule: "decision"}},
	})
	loadAll(t, s, graph.Batch{Add: told})
	for at, want := range map[graph.LoadNumber]personSeen{
		1: {
			"two:s-abe", "", "[]", "[Shinzo Abe]", "[before2 DIRECT m2 DIRECT]", "[]", 0, "[a2]", "[person:abe two:abe]",
			"[org:un person:abe 2 org:un two:abe 2 org:un two:s-abe 2]", "[m0]", "[m0]",
		},
		2: {
			"person:abe", "person:abe", "[two:abe with person:abe by x/1 two:s-abe with two:abe by decision]", "[Shinzo Abe Shinzō Abe 安倍晋三]",
			"[before0 DIRECT before1 DIRECT before2 DIRECT m0 DIRECT m1 DIRECT m2 DIRECT]", "[t1 of person:abe t2 of person:abe]", 1, "[a0 a1 a2]", "[person:abe]", "[org:un person:abe 6]", "[m0 m1 m2]", "[m0 m1]",
		},
	} {
		if got := seenAs(t, s, at, "two:s-abe"); got != want {
			t.Errorf("at load %d\n got %+v\nwant %+v", at, got, want)
		}
	}
}

// personSeen is what views say of a key.
type personSeen struct {
	key, renamed, others, names, meetings, tenures string
	offices                                        int
	asserted, holders, links                       string
	office, officeAsOf                             string // what the office did, and what it had done on 2 January 2001
}

func seenAs(t *testing.T, s graph.Store, at graph.LoadNumber, key graph.ActorKey) (seen personSeen) {
	t.Helper()
	ctx, page := context.Background(), graph.Page{First: 10}
	v, err := graph.In(ctx, s, graph.State{Load: at, Pinned: true})
	must(t, err)
	v.Renamed = func(asked, lead graph.ActorKey) {
		if asked == key {
			seen.renamed = string(lead)
		}
	}
	keys, err := v.Resolve(ctx, string(key))
	must(t, err)
	lead := keys[0]
	seen.key = string(lead)

	actors, err := v.Actors(ctx, []graph.ActorKey{key, "iso3:JPN"})
	must(t, err)
	a, state := actors[key], actors["iso3:JPN"]
	if a == nil || a.Key != lead || state == nil || state.Key != "iso3:JPN" || len(state.Others) > 0 {
		t.Fatalf("at load %d the actors are %v", at, actors)
	}
	of, err := v.Identities(ctx, keys)
	must(t, err)
	var others, names []string
	if i := of[lead]; i != nil {
		for _, o := range i.Others() {
			others = append(others, fmt.Sprintf("%s with %s by %s", o.Key, o.With, o.Rule))
		}
	}
	if len(others) != len(a.Others) {
		t.Errorf("at load %d the actor has the keys %v, and its identity says %v", at, a.Others, others)
	}
	for _, n := range a.Names {
		names = append(names, n.Text)
	}
	seen.others, seen.names = fmt.Sprint(others), fmt.Sprint(names)

	met, err := v.Engagements(ctx, graph.EngagementFilter{Of: keys}, page)
	must(t, err)
	cons, err := v.Constituents(ctx, keys, nil)
	must(t, err)
	seen.meetings = listed(met.Items, func(e graph.Engagement) string {
		return fmt.Sprint(e.Base().Key, " ", graph.InvolvementIn(e, lead, cons[lead]))
	})
	held, err := v.Tenures(ctx, graph.TenureFilter{Persons: keys}, page)
	must(t, err)
	seen.tenures = listed(held.Items, func(h *graph.Tenure) string { return fmt.Sprintf("%s of %s", h.Key, h.Person) })
	offices, err := v.OfficesHeld(ctx, keys)
	must(t, err)
	seen.offices = len(offices[lead])
	said, err := v.AssertionsBy(ctx, lead, []graph.Involvement{graph.Direct}, page)
	must(t, err)
	seen.asserted = listed(said.Items, func(a *graph.Assertion) string { return string(a.Key) })
	where, err := v.HoldersOf(ctx, graph.NewOfficeKey("iso3:JPN", "prime minister"), nil)
	must(t, err)
	holders, err := v.ActorPage(ctx, graph.ActorFilter{Where: where}, page)
	must(t, err)
	seen.holders = listed(holders.Items, func(a *graph.Actor) string { return string(a.Key) })
	near, err := v.Neighborhood(ctx, graph.NeighborhoodQuery{Of: []graph.ActorKey{"org:un"}, LinkFilter: graph.LinkFilter{
		During: &graph.During{Interval: graph.Always}, Actors: []graph.ActorKind{graph.KindPerson},
	}})
	must(t, err)
	seen.links = listed(near.Links, func(l *graph.ActorLink) string { return fmt.Sprintf("%s %s %d", l.Dyad.A, l.Dyad.B, l.Count) })
	seen.office = didInOffice(t, v)
	day := graph.MustDate("2001-01-02").Earliest()
	earlier, err := graph.In(ctx, s, graph.State{Load: at, AsOf: &day, Pinned: true})
	must(t, err)
	seen.officeAsOf = didInOffice(t, earlier)
	return seen
}

// didInOffice lists what the holders of an office did while they held it, under whichever of their keys.
func didInOffice(t *testing.T, v *graph.View) string {
	t.Helper()
	ctx, key := context.Background(), graph.NewOfficeKey("iso3:JPN", "prime minister")
	held, err := v.Holdings(ctx, []graph.OfficeKey{key})
	must(t, err)
	did, err := v.Engagements(ctx, graph.EngagementFilter{Among: graph.Acting(held[key])}, graph.Page{First: 10})
	must(t, err)
	return listed(did.Items, func(e graph.Engagement) string { return string(e.Base().Key) })
}

// listed writes things in the order of what they are written as.
func listed[T any](all []T, text func(T) string) string {
	lines := make([]string, len(all))
	for i, one := range all {
		lines[i] = text(one)
	}
	slices.Sort(lines)
	return fmt.Sprint(lines)
}
