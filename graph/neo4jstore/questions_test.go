package neo4jstore

import (
	"cmp"
	"context"
	"iter"
	"slices"

	"github.com/entente-graph/entente/graph"
)

// A question asks the world something, and tells how many it found. trips is how many round trips that takes; 0: one.
type question struct {
	name  string
	ask   func(ctx context.Context, r graph.Reader) (found int, err error)
	trips int
	none  bool // nothing is found
}

func always(actors ...graph.ActorKey) (side []graph.Constituent) {
	for _, a := range actors {
		side = append(side, graph.Constituent{Actor: a, Valid: graph.Always, Involvement: graph.Direct})
	}
	return side
}

// with asks for all of the actors to take part.
func with(actors ...graph.ActorKey) graph.Filter {
	c := graph.Condition{Kind: graph.HasParts}
	for _, a := range actors {
		c.Groups = append(c.Groups, always(a))
	}
	return graph.Filter{{c}}
}

// questions asks by every access path, of hubs and of those who take part in little, near and deep.
func (w *world) questions() (all []question) {
	const head, before graph.LoadNumber = 2, 1
	add := func(name string, ask func(ctx context.Context, r graph.Reader) (int, error)) *question {
		all = append(all, question{name: name, ask: ask})
		return &all[len(all)-1]
	}
	engagements := func(name string, q graph.EngagementQuery) *question {
		if q.Load == 0 {
			q.Load = head
		}
		if q.First == 0 && q.Last == 0 {
			q.First = pageSize
		}
		if q.Alignment == "" {
			q.Alignment = graph.AnyAlignment
		}
		return add("engagements "+name, func(ctx context.Context, r graph.Reader) (int, error) {
			page, err := r.Engagements(ctx, q)
			if err == nil && q.Count && *page.Total < len(page.Items) {
				return 0, graph.BadInput("%d of %d", len(page.Items), *page.Total)
			}
			return len(page.Items), err
		})
	}
	add("head", func(ctx context.Context, r graph.Reader) (int, error) {
		h, err := r.Head(ctx)
		return int(h.Load.Number), err
	})
	add("loads", func(ctx context.Context, r graph.Reader) (int, error) {
		found, err := r.Loads(ctx, graph.LoadQuery{First: 10})
		return len(found), err
	})
	add("unfinished", func(ctx context.Context, r graph.Reader) (int, error) {
		_, err := r.Unfinished(ctx)
		return 0, err
	}).none = true
	add("erasures", func(ctx context.Context, r graph.Reader) (int, error) {
		found, err := r.Erasures(ctx, graph.ErasureQuery{Keys: []string{"a"}})
		return len(found), err
	}).none = true
	add("quarantine", func(ctx context.Context, r graph.Reader) (int, error) {
		page, err := r.Quarantine(ctx, graph.QuarantineQuery{Load: 1, First: 5, After: 10})
		return len(page.Items), err
	})

	// By actor. A page deep in a list must cost what the first does.
	engagements("of the hub", graph.EngagementQuery{A: always(hub)})
	engagements("of the hub, a deep page", graph.EngagementQuery{A: always(hub), After: w.position(w.deep - 1)})
	engagements("of the hub, the last", graph.EngagementQuery{A: always(hub), Last: pageSize})
	engagements("of the hub, the last before a deep one", graph.EngagementQuery{A: always(hub), Before: w.position(w.deep - 1), Last: pageSize})
	engagements("of the hub at the load before", graph.EngagementQuery{Load: before, A: always(hub)})
	engagements("of the hub, all accounts", graph.EngagementQuery{A: always(hub), AllAccounts: true})
	engagements("of the hub, counted", graph.EngagementQuery{A: always(hub), Count: true})
	engagements("of the hub, disputes", graph.EngagementQuery{A: always(hub), Kinds: []graph.EngagementKind{graph.KindDispute}})
	engagements("of the hub, of a level and topic", graph.EngagementQuery{A: always(hub), Levels: []graph.MeetingLevel{graph.LevelSummit}, Topics: graph.Topics[:1]})
	engagements("of the hub in a year", graph.EngagementQuery{A: always(hub), Certainty: graph.Possible, Overlap: graph.OverlapAny, During: interval("1990-01-01", "1991-01-01")})
	engagements("of the hub, with the second", graph.EngagementQuery{A: always(hub), Where: with(second)})
	engagements("of the hub, by end", graph.EngagementQuery{A: always(hub), Order: graph.Order{By: graph.ByEnd}})
	engagements("of the hub, by title, the last first", graph.EngagementQuery{A: always(hub), Order: graph.Order{By: graph.ByTitle, Descending: true}})
	engagements("of the small, of a year or a form, by load", graph.EngagementQuery{A: always(small), Order: graph.Order{By: graph.ByRecorded}, Where: graph.Filter{{
		{Kind: graph.LiesSo, Days: *interval("1960-01-01", "1991-01-01")}, {Kind: graph.HasTags, Tags: []string{"form:TREATY"}},
	}}})
	engagements("of the hub, acts, of which there are none", graph.EngagementQuery{A: always(hub), Kinds: []graph.EngagementKind{graph.KindAct}}).none = true
	engagements("of hub, second and small", graph.EngagementQuery{A: always(hub, second, small)})
	engagements("of the small", graph.EngagementQuery{A: always(small)})
	engagements("of the small, counted", graph.EngagementQuery{A: always(small), Count: true})
	engagements("of nobody", graph.EngagementQuery{A: always("world:none")}).none = true

	// By dyad; with wide engagements, from the side that has fewer.
	engagements("of hub and second", graph.EngagementQuery{A: always(hub), B: always(second)})
	engagements("of hub and second, after one", graph.EngagementQuery{A: always(hub), B: always(second), After: w.position(w.deep / 2)})
	engagements("of hub and second, the last", graph.EngagementQuery{A: always(hub), B: always(second), Last: pageSize})
	engagements("of hub and second, counted", graph.EngagementQuery{A: always(hub), B: always(second), Count: true})
	engagements("of hub and second, opposed", graph.EngagementQuery{A: always(hub), B: always(second), Alignment: graph.Opposed})
	engagements("of hub and second, agreements", graph.EngagementQuery{A: always(hub), B: always(second), Kinds: []graph.EngagementKind{graph.KindAgreement}})
	engagements("of hub and small", graph.EngagementQuery{A: always(hub), B: always(small)})
	engagements("of small and hub", graph.EngagementQuery{A: always(small), B: always(hub)})
	engagements("of two small", graph.EngagementQuery{A: always(small), B: always(worldActor(worldActors-2), worldActor(worldActors-3), worldActor(worldActors-4), worldActor(9))})

	// By party, by start, by key.
	engagements("of nobody in particular, with hub and second", graph.EngagementQuery{A: always(second), Where: with(hub, second)})
	engagements("all, by title", graph.EngagementQuery{Order: graph.Order{By: graph.ByTitle}})
	engagements("all", graph.EngagementQuery{})
	engagements("all, a deep page", graph.EngagementQuery{After: w.position(w.deep - 1)})
	engagements("all, the last", graph.EngagementQuery{Last: pageSize})
	engagements("all, disputes", graph.EngagementQuery{Kinds: []graph.EngagementKind{graph.KindDispute}})
	engagements("all, counted", graph.EngagementQuery{Count: true})
	var keys []graph.EngagementKey
	for i := range 50 {
		keys = append(keys, worldEngagement(i*7))
	}
	engagements("by key", graph.EngagementQuery{Keys: keys})
	engagements("by key, counted", graph.EngagementQuery{Keys: keys, Count: true})
	engagements("by key, of the hub", graph.EngagementQuery{Keys: keys, A: always(hub)})
	engagements("by key, of hub and second", graph.EngagementQuery{Keys: append(keys, worldEngagement(w.first(hub, second))), A: always(hub), B: always(second)})
	named := graph.Filter{{{Kind: graph.HasTags, Tags: []string{"related:" + string(worldEngagement(500)), "related:none"}}}}
	engagements("by handle", graph.EngagementQuery{Where: named})
	engagements("by handle, all accounts", graph.EngagementQuery{Where: named, AllAccounts: true})
	engagements("by handle, counted, by title", graph.EngagementQuery{Where: named, Count: true, Order: graph.Order{By: graph.ByTitle}})
	engagements("by handle, of the hub", graph.EngagementQuery{Where: named, A: always(hub)})
	others := w.others(head)
	slices.SortStableFunc(others, func(a, b question) int { return cmp.Compare(a.name, b.name) })
	return append(all, others...)
}

// others asks for everything but engagements.
func (w *world) others(head graph.LoadNumber) (all []question) {
	add := func(name string, ask func(ctx context.Context, r graph.Reader) (int, error)) *question {
		all = append(all, question{name: name, ask: ask})
		return &all[len(all)-1]
	}
	statements := func(name string, q graph.StatementQuery) {
		q.Load = head
		add("statements "+name, func(ctx context.Context, r graph.Reader) (int, error) {
			found, err := r.Statements(ctx, q)
			return len(found), err
		})
	}
	statements("of a kind", graph.StatementQuery{Kind: graph.StatementSource})
	statements("by key", graph.StatementQuery{Kind: graph.StatementEngagement, Keys: []string{string(worldEngagement(1)), string(worldEngagement(20))}})
	statements("of persons", graph.StatementQuery{Kind: graph.StatementActor, Keys: []string{string(hub)}, Same: true})
	add("holders", func(ctx context.Context, r graph.Reader) (int, error) {
		found, err := r.Holders(ctx, graph.HolderQuery{Load: head, Codes: []graph.Code{{Value: "W000"}}})
		return len(found), err
	})
	for name, members := range map[string]bool{"components": false, "components and members": true} {
		add(name, func(ctx context.Context, r graph.Reader) (int, error) {
			found, err := r.Components(ctx, graph.ComponentQuery{Load: head, Of: []graph.ActorKey{hub}, Members: members})
			return len(found), err
		})
	}
	add("components, wholes and their parts", func(ctx context.Context, r graph.Reader) (int, error) {
		found, err := r.Components(ctx, graph.ComponentQuery{Load: head, Of: []graph.ActorKey{hub, worldActor(19), worldActor(39)}, Wholes: true})
		return len(found), err
	})
	for name, q := range map[string]graph.GatheringQuery{
		"gatherings of the hub": {Of: always(hub)}, "gatherings of the small": {Of: always(small)}, "gatherings of hub and second in a year": {Of: always(hub, second), During: interval("1990-01-01", "1991-01-01")},
		"gatherings of the hub, disputes": {Of: always(hub), Kinds: []graph.EngagementKind{graph.KindDispute}}, "gatherings of 50": {Of: always(fifty()...), MaxActors: 3},
		"gatherings of 50, all": {Of: always(fifty()...), Last: 50_000},
	} {
		q.Load, q.Last, q.MaxActors = head, cmp.Or(q.Last, 100), cmp.Or(q.MaxActors, 10)
		add(name, func(ctx context.Context, r graph.Reader) (int, error) {
			page, err := r.Gatherings(ctx, q)
			return len(page.Items), err
		})
	}
	day := graph.MustDay("1990-01-01")
	for name, q := range map[string]graph.ActorQuery{
		"actors": {First: 20}, "actors, deep": {First: 20, After: &graph.Position{Key: string(worldActor(150))}}, "actors on a day": {First: 20, AsOf: &day}, "persons": {First: 20, Kinds: []graph.ActorKind{graph.KindPerson}},
		"actors by name": {First: 20, Order: graph.Order{By: graph.ByName}}, "actors called so": {First: 20, Where: graph.Filter{{{Kind: graph.HasTitle, Text: "realm 7"}}}},
		"actors of a whole name": {First: 20, Where: graph.Filter{{{Kind: graph.HasTitle, Match: graph.MatchEquals, Text: "realm 7"}}}},
		"actors among keys":      {First: 20, Where: graph.Filter{{{Kind: graph.HasKey, Keys: []graph.ActorKey{hub, second}}}}, Order: graph.Order{By: graph.ByName}},
	} {
		q.Load = head
		add(name, func(ctx context.Context, r graph.Reader) (int, error) {
			page, err := r.ActorKeys(ctx, q)
			return len(page.Keys), err
		})
	}
	for name, b := range map[string]graph.ActorKey{"hub and second": second, "hub and another": worldActor(20)} {
		q := graph.TieQuery{Load: head, Dyads: []graph.TieDyad{{Key: graph.NewDyadKey(hub, b), A: always(hub), B: always(b)}}}
		add("tie records of "+name, func(ctx context.Context, r graph.Reader) (int, error) {
			found, err := r.TieRecords(ctx, q)
			return len(found), err
		})
	}
	for name, q := range map[string]graph.TieDyadQuery{
		"dyads": {First: 20}, "dyads, deep": {First: 20, After: graph.NewDyadKey(worldActor(5), worldActor(50))},
		// Of a topic that many have, the server counts what is before the first of it, in the order in which it happens to keep that.
		"dyads on a rare topic": {First: 20, Topics: []graph.Topic{rareTopic}},
		"dyads of the hub":      {First: 20, Of: []graph.ActorKey{hub}},
	} {
		q.Load = head
		add(name, func(ctx context.Context, r graph.Reader) (int, error) {
			page, err := r.TieDyads(ctx, q)
			return len(page.Dyads), err
		})
	}
	for name, q := range map[string]graph.TenureQuery{
		"tenures": {}, "tenures of envoys in a year": {Offices: []string{"envoy"}, During: interval("1990-01-01", "1991-01-01")}, "tenures by person": {Persons: []graph.ActorKey{person}},
		"tenures of the hub": {Of: always(hub)}, "tenures by person of an actor": {Persons: []graph.ActorKey{person}, Of: always(worldActor(13))},
	} {
		q.Load, q.First = head, 3
		add(name, func(ctx context.Context, r graph.Reader) (int, error) {
			page, err := r.Tenures(ctx, q)
			return len(page.Items), err
		})
	}
	for name, q := range map[string]graph.MembershipQuery{
		"memberships": {Members: []graph.ActorKey{worldActor(3), worldActor(13)}}, "members of the hub": {Organizations: []graph.ActorKey{hub}},
		"members of the hub in a year": {Organizations: []graph.ActorKey{hub}, During: interval("1990-01-01", "1991-01-01")},
	} {
		q.Load, q.First = head, 3
		add(name, func(ctx context.Context, r graph.Reader) (int, error) {
			page, err := r.Memberships(ctx, q)
			return len(page.Items), err
		})
	}
	for name, q := range map[string]graph.RepresentationQuery{
		"representations by the hub": {Senders: []graph.ActorKey{hub}}, "representations at the hub": {Receivers: []graph.ActorKey{hub}},
		"representations of two":               {Senders: []graph.ActorKey{hub, worldActor(3)}, Receivers: []graph.ActorKey{hub, worldActor(3)}},
		"representations at the hub in a year": {Receivers: []graph.ActorKey{hub}, During: interval("1990-01-01", "1991-01-01")},
	} {
		q.Load, q.First = head, 3
		add(name, func(ctx context.Context, r graph.Reader) (int, error) {
			page, err := r.Representations(ctx, q)
			return len(page.Items), err
		})
	}
	add("assertions", func(ctx context.Context, r graph.Reader) (int, error) {
		found, err := r.Assertions(ctx, graph.AssertionQuery{Load: head, About: []graph.EngagementKey{worldEngagement(0), worldEngagement(500)}})
		return len(found.Items), err
	})
	add("assertions by the hub", func(ctx context.Context, r graph.Reader) (int, error) {
		found, err := r.Assertions(ctx, graph.AssertionQuery{Load: head, Authors: always(hub), First: 3})
		return len(found.Items), err
	})
	add("links", func(ctx context.Context, r graph.Reader) (int, error) {
		found, err := r.Links(ctx, graph.LinkQuery{Load: head, Accounts: []graph.EngagementKey{worldEngagement(11), worldEngagement(212)}})
		return len(found), err
	})
	for name, text := range map[string]string{"a whole name": "Realm 7", "a word of an eighth": "grain", "two words": "talks coal", "what begins words": "r"} {
		q := graph.SearchQuery{Load: head, Whole: graph.Fold(text), Terms: graph.SearchTerms(text), First: 10}
		add("search "+name, func(ctx context.Context, r graph.Reader) (int, error) {
			page, err := r.Search(ctx, q)
			return len(page.Hits), err
		})
	}
	add("manifest, a page", func(ctx context.Context, r graph.Reader) (int, error) {
		return some(r.Manifest(ctx, graph.ManifestQuery{Load: head, Slice: &graph.Slice{Source: worldSource, ID: worldSlice}}), manifestPage)
	})
	add("manifest of all, two pages", func(ctx context.Context, r graph.Reader) (int, error) {
		return some(r.Manifest(ctx, graph.ManifestQuery{Load: head}), manifestPage+1)
	}).trips = 2
	add("versions", func(ctx context.Context, r graph.Reader) (int, error) {
		page, err := r.Versions(ctx, graph.VersionQuery{Load: head, Key: string(worldEngagement(11)), First: 10})
		return len(page.Items), err
	})
	add("changes, a page behind a place, with bodies", func(ctx context.Context, r graph.Reader) (int, error) {
		from := graph.ChangePosition{Load: 2, StatementID: graph.StatementID{Source: worldSource, Kind: graph.StatementActor, Key: "~"}}
		return some(r.Changes(ctx, graph.ChangeQuery{Upto: 2, From: &from, First: 25, Bodies: true}), 100)
	}).trips = 2
	add("changes, a page", func(ctx context.Context, r graph.Reader) (int, error) {
		return some(r.Changes(ctx, graph.ChangeQuery{After: 1, Upto: 2}), 100)
	}).trips = 2 // what was recorded, and what was closed
	return all
}

// fifty gives so many actors, from the second on.
func fifty() (actors []graph.ActorKey) {
	for i := range 50 {
		actors = append(actors, worldActor(i+1))
	}
	return actors
}

// some reads so many of a stream.
func some[T any](stream iter.Seq2[T, error], most int) (n int, err error) {
	for _, err := range stream {
		if err != nil {
			return n, err
		}
		if n++; n == most {
			break
		}
	}
	return n, nil
}

func interval(from, to string) *graph.Interval {
	return &graph.Interval{From: graph.MustDay(from), To: graph.MustDay(to)}
}
