package sqlitestore

import (
	"context"
	"fmt"
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/synthetic"
)

// benchStore holds a dyad of 8,000 meetings among 8,000 others.
func benchStore(b *testing.B) *Store {
	b.Helper()
	s := newStore(b)
	var all []graph.Statement
	for i := range 16000 {
		other := graph.ActorKey("iso3:KOR")
		if i%2 == 1 {
			other = graph.ActorKey(fmt.Sprintf("iso3:X%02d", i%97))
		}
		day := graph.MustDay("1960-01-01") + graph.Day(i)
		all = append(all, meeting(b, graph.EngagementKey(fmt.Sprintf("bench:meeting-%05d", i)), day.String(), "iso3:JPN", other))
	}
	load(b, s, all...)
	b.ResetTimer()
	return s
}

func only(key graph.ActorKey) []graph.Constituent {
	return []graph.Constituent{{Actor: key, Valid: graph.Always, Involvement: graph.Direct}}
}

func ask(b *testing.B, s *Store, q graph.EngagementQuery, want int) {
	b.Helper()
	for b.Loop() {
		page, err := s.Engagements(context.Background(), q)
		if err != nil || len(page.Items) != want {
			b.Fatalf("%d engagements (%v)", len(page.Items), err)
		}
	}
}

func BenchmarkDyadFirstPage(b *testing.B) {
	ask(b, benchStore(b), graph.EngagementQuery{Load: 1, A: only("iso3:JPN"), B: only("iso3:KOR"), First: 25}, 25)
}

func BenchmarkDyadDeepPage(b *testing.B) {
	after := &graph.Position{Start: graph.MustDay("1960-01-01") + 15000, Key: ""}
	ask(b, benchStore(b), graph.EngagementQuery{Load: 1, A: only("iso3:JPN"), B: only("iso3:KOR"), First: 25, After: after}, 25)
}

// BenchmarkDyadThroughComponents asks for two actors of twenty components each: 441 pairs.
func BenchmarkDyadThroughComponents(b *testing.B) {
	x, y := only("iso3:JPN"), only("iso3:KOR")
	for i := range 20 {
		x = append(x, only(graph.ActorKey(fmt.Sprintf("iso3:X%02d", i)))...)
		y = append(y, only(graph.ActorKey(fmt.Sprintf("iso3:X%02d", 30+i)))...)
	}
	ask(b, benchStore(b), graph.EngagementQuery{Load: 1, A: x, B: y, First: 25}, 25)
}

func BenchmarkDyadCount(b *testing.B) {
	ask(b, benchStore(b), graph.EngagementQuery{Load: 1, A: only("iso3:JPN"), B: only("iso3:KOR"), First: 1, Count: true}, 1)
}

func BenchmarkDyadWhole(b *testing.B) {
	ask(b, benchStore(b), graph.EngagementQuery{Load: 1, A: only("iso3:JPN"), B: only("iso3:KOR")}, 8000)
}

// BenchmarkActorFiltered reads a page of which half of what the index has is refused by a filter.
func BenchmarkActorFiltered(b *testing.B) {
	where := graph.Filter{{{Kind: graph.HasParts, Groups: [][]graph.Constituent{only("iso3:KOR")}, Roles: []graph.Role{graph.RoleParticipant}}}}
	ask(b, benchStore(b), graph.EngagementQuery{Load: 1, A: only("iso3:JPN"), Where: where, First: 25}, 25)
}

// BenchmarkActorFilteredAway looks through 16,000 engagements with a filter that refuses all.
func BenchmarkActorFilteredAway(b *testing.B) {
	where := graph.Filter{{{Kind: graph.HasTitle, Match: graph.MatchContains, Text: "nothing"}}}
	ask(b, benchStore(b), graph.EngagementQuery{Load: 1, A: only("iso3:JPN"), Where: where, First: 25}, 0)
}

// BenchmarkActorByTitle reads a page of 16,000 engagements in an order that no index has; by end without making titles' keys.
func BenchmarkActorByTitle(b *testing.B) {
	ask(b, benchStore(b), graph.EngagementQuery{Load: 1, A: only("iso3:JPN"), Order: graph.Order{By: graph.ByTitle}, First: 25}, 25)
}

func BenchmarkActorByEnd(b *testing.B) {
	ask(b, benchStore(b), graph.EngagementQuery{Load: 1, A: only("iso3:JPN"), Order: graph.Order{By: graph.ByEnd}, First: 25}, 25)
}

// BenchmarkLoad writes meetings of two in batches of 2,000.
func BenchmarkLoad(b *testing.B) {
	s := newStore(b)
	var all []graph.Statement
	for i := range 4000 {
		all = append(all, meeting(b, graph.EngagementKey(fmt.Sprintf("bench:%06d", i)), "2020-01-01", "iso3:JPN", "iso3:KOR"))
	}
	n := 0
	b.ResetTimer()
	for b.Loop() {
		for i := range all {
			all[i].Key = fmt.Sprintf("bench:%d-%06d", n, i)
		}
		load(b, s, all...)
		n++
	}
	b.ReportMetric(float64(n*len(all))/b.Elapsed().Seconds(), "statements/s")
}

// BenchmarkLoadWorld writes 20,000 statements of every kind, of an invented world, into an empty store; index rows are
// derived in it, reading files and comparing is not.
func BenchmarkLoadWorld(b *testing.B) {
	var all []graph.Statement
	for i := range 20_000 {
		st, err := graph.NewStatement("a", "a", synthetic.Thing(i+1, 1), "")
		if err != nil {
			b.Fatal(err)
		}
		all = append(all, st)
	}
	b.ResetTimer()
	for b.Loop() {
		load(b, newStore(b), all...)
	}
	b.ReportMetric(float64(b.N*len(all))/b.Elapsed().Seconds(), "statements/s")
}

// BenchmarkDiscard takes back 4,000 statements of every kind.
func BenchmarkDiscard(b *testing.B) {
	ctx := context.Background()
	s := newStore(b)
	var all []graph.Statement
	for i := range 4_000 {
		st, err := graph.NewStatement("a", "a", synthetic.Thing(i+1, 1), "")
		if err != nil {
			b.Fatal(err)
		}
		all = append(all, st)
	}
	for b.Loop() {
		b.StopTimer()
		lease, err := s.Open(ctx, graph.LoadInfo{Source: "a"})
		if err != nil {
			b.Fatal(err)
		}
		for n := range 2 {
			if err := s.Write(ctx, lease, graph.Batch{Number: n, Add: all[2000*n : 2000*n+2000]}); err != nil {
				b.Fatal(err)
			}
		}
		b.StartTimer()
		if err := s.Discard(ctx, lease, nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N*len(all))/b.Elapsed().Seconds(), "statements/s")
}

// BenchmarkGatherings asks who was together in all engagements of an invented world, of about 10^5 participations.
func BenchmarkGatherings(b *testing.B) {
	s := newStore(b)
	var all []graph.Statement
	for i := range 40_000 {
		st, err := graph.NewStatement("a", "a", synthetic.Thing(i+1, 1), "")
		if err != nil {
			b.Fatal(err)
		}
		all = append(all, st)
	}
	load(b, s, all...)
	q := graph.GatheringQuery{Load: 1, MaxActors: 10, Last: 50_000}
	for i := range 195 {
		q.Of = append(q.Of, only(graph.ActorKey(fmt.Sprintf("synthetic:state-%03d", i)))...)
	}
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		page, err := s.Gatherings(context.Background(), q)
		if err != nil || page.More {
			b.Fatalf("%d gatherings, more %v (%v)", len(page.Items), page.More, err)
		}
		b.ReportMetric(float64(len(page.Items)), "gatherings")
	}
}

// BenchmarkSeries makes a series of 100,000 points of a dyad of 8,000 meetings, and one of 100; the question of reading the
// meetings is in it.
func BenchmarkSeries(b *testing.B) {
	s := benchStore(b)
	v, err := graph.In(context.Background(), s, graph.State{Load: 1})
	if err != nil {
		b.Fatal(err)
	}
	day := graph.MustDay("1950-01-01")
	for name, q := range map[string]graph.SeriesQuery{
		"100000 days": {Measures: graph.Measures[:4], From: day, To: day + 24_999, Unit: graph.UnitDay},
		"100 years":   {Measures: []graph.Measure{graph.CountMeetings}, From: day, To: graph.MustDay("2049-12-31"), Unit: graph.UnitYear},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				found, err := v.Series(context.Background(), graph.DyadKey{A: "iso3:JPN", B: "iso3:KOR"}, q)
				if err != nil || len(found)*len(found[0].Points) != q.Points() {
					b.Fatalf("%d series (%v)", len(found), err)
				}
			}
		})
	}
}

// BenchmarkActors asks for pages of 100,000 persons, and for those of a rare name.
func BenchmarkActors(b *testing.B) {
	s := newStore(b)
	var all []graph.Statement
	for i := range 100_000 {
		st, err := graph.NewStatement("a", "a", &graph.ActorFacts{
			Key: graph.ActorKey(fmt.Sprintf("person:%06d", i)), Kind: graph.KindPerson,
			Names: []graph.Name{{Text: fmt.Sprintf("Envoy %06d of Realm %d", (i*7919)%100_000, i%180), Lang: "en"}, {Text: "大使" + fmt.Sprint(i), Lang: "ja"}},
		}, "")
		if err != nil {
			b.Fatal(err)
		}
		all = append(all, st)
	}
	load(b, s, all...)
	called := func(how graph.TextMatch, text string) graph.Filter {
		return graph.Filter{{{Kind: graph.HasTitle, Match: how, Text: text}}}
	}
	byName := graph.Order{By: graph.ByName}
	deep := &graph.Position{Title: graph.TitleKey("Envoy 080000"), Key: ""}
	for name, q := range map[string]graph.ActorQuery{
		"by key": {}, "by key, deep": {After: &graph.Position{Key: "person:080000"}}, "by name": {Order: byName}, "by name, deep": {Order: byName, After: deep},
		"many of them": {Where: called(graph.MatchContains, "realm 1")}, "a rare name": {Where: called(graph.MatchContains, "envoy 077777")},
		"a whole name": {Where: called(graph.MatchEquals, "大使77777")}, "what a name begins with": {Where: called(graph.MatchStartsWith, "envoy 0777")}, "what all begin with": {Where: called(graph.MatchStartsWith, "env")},
		"counted":    {Where: called(graph.MatchContains, "realm 17"), Count: true},
		"among keys": {Where: graph.Filter{{{Kind: graph.HasKey, Keys: []graph.ActorKey{"person:000001", "person:090000"}}}}, Order: byName},
	} {
		b.Run(name, func(b *testing.B) {
			q.Load, q.First = 1, 25
			for b.Loop() {
				if page, err := s.ActorKeys(context.Background(), q); err != nil || len(page.Keys) == 0 {
					b.Fatalf("%d actors (%v)", len(page.Keys), err)
				}
			}
		})
	}
}
