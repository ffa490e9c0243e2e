package graph_test

import (
	"context"
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/synthetic"
)

// syntheticStatements make about 10^5 participations, of 195 states, of whom few do much, and of persons.
const syntheticStatements = 40_000

// syntheticView opens a view of an invented world;.
func syntheticView(b *testing.B) *graph.View {
	b.Helper()
	bodies := map[graph.SourceKey][]any{}
	parts := 0
	for i := range syntheticStatements {
		thing := synthetic.Thing(i+1, 1)
		if e, ok := thing.(graph.Engagement); ok {
			parts += len(e.Base().Participations)
		}
		bodies["synthetic"] = append(bodies["synthetic"], thing)
	}
	v := viewOf(b, "", bodies)
	b.Logf("%d participations", parts)
	b.ResetTimer()
	return v
}

func BenchmarkNeighborhood(b *testing.B) {
	v := syntheticView(b)
	for _, c := range []struct {
		name string
		q    graph.NeighborhoodQuery
	}{
		{"2 hops, 500 nodes", graph.NeighborhoodQuery{Hops: 2, Limit: 500, MaxDegree: 500, LinkFilter: graph.LinkFilter{Actors: []graph.ActorKind{graph.KindState, graph.KindPerson}}}},
		{"2 hops, states", graph.NeighborhoodQuery{Hops: 2}},
		{"2 hops, agreements of a decade", graph.NeighborhoodQuery{Hops: 2, LinkFilter: graph.LinkFilter{
			Kinds: []graph.EngagementKind{graph.KindAgreement}, During: &graph.During{Interval: graph.Inclusive(graph.MustDay("1990-01-01"), graph.MustDay("1999-12-31"))},
		}}},
		{"1 hop of a hub", graph.NeighborhoodQuery{Hops: 1}},
	} {
		b.Run(c.name, func(b *testing.B) {
			c.q.Of = []graph.ActorKey{"synthetic:state-000"}
			if c.q.Hops == 2 {
				c.q.Of = []graph.ActorKey{"synthetic:state-150"}
			}
			b.ReportAllocs()
			for b.Loop() {
				s, err := v.Neighborhood(context.Background(), c.q)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(len(s.Nodes)), "nodes")
				b.ReportMetric(float64(len(s.Links)), "links")
			}
		})
	}
}

func BenchmarkPaths(b *testing.B) {
	v := syntheticView(b)
	during := &graph.During{Interval: graph.Inclusive(graph.MustDay("1990-01-01"), graph.MustDay("1990-06-30"))}
	for b.Loop() {
		r, err := v.Paths(context.Background(), graph.PathQuery{From: "synthetic:state-190", To: "synthetic:state-170", MaxHops: 4, LinkFilter: graph.LinkFilter{During: during, MaxParties: 3}})
		if err != nil || len(r.Paths) == 0 {
			b.Fatalf("%d paths (%v)", len(r.Paths), err)
		}
		b.ReportMetric(float64(r.Paths[0].Length()), "hops")
	}
}
