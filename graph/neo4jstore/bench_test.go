package neo4jstore

import (
	"context"
	"testing"

	"github.com/entente-graph/entente/graph"
)

// BenchmarkGatherings asks who was together in all engagements of the world: of 10^5 participations in the long loops.
func BenchmarkGatherings(b *testing.B) {
	w, ctx := theWorld(), context.Background()
	s, _ := w.store(b)
	q := graph.GatheringQuery{Load: 2, MaxActors: 10, Last: 50_000}
	for i := range worldActors {
		q.Of = append(q.Of, always(worldActor(i))...)
	}
	b.ReportAllocs()
	for b.Loop() {
		page, err := s.Gatherings(ctx, q)
		if err != nil || page.More {
			b.Fatalf("%d gatherings, more %v (%v)", len(page.Items), page.More, err)
		}
		b.ReportMetric(float64(len(page.Items)), "gatherings")
	}
}

// BenchmarkNeighborhood asks for all within two hops of the one who takes part in least, which is everybody, and what links them.
func BenchmarkNeighborhood(b *testing.B) {
	w, ctx := theWorld(), context.Background()
	s, _ := w.store(b)
	v, err := graph.At(ctx, s, graph.SnapshotQuery{})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		found, err := v.Neighborhood(ctx, graph.NeighborhoodQuery{Of: []graph.ActorKey{small}, Hops: 2, Limit: graph.MaxNeighbors, MaxDegree: graph.MaxNeighbors})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(found.Nodes)), "nodes")
		b.ReportMetric(float64(len(found.Links)), "links")
	}
}
