package sqlitestore

import (
	"context"
	"fmt"
	"testing"

	"github.com/entente-graph/entente/graph"
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
