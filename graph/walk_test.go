package graph_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
)

// TestNeighborhoodPlainly compares neighbourhoods of invented graphs with plain ones. Two navies change hands there, and stand alone
// for half a year, as a third does while its state does not exist: they are left out of the comparison.
func TestNeighborhoodPlainly(t *testing.T) {
	links := 0
	drawnViews(t, func(t *testing.T, r *rand.Rand, v *graph.View, f graph.LinkFilter) {
		of := []graph.ActorKey{"state:a", "org:b"}[r.IntN(2):]
		q := graph.NeighborhoodQuery{Of: of, Hops: 1 + r.IntN(3), LinkFilter: f}
		s, err := v.Neighborhood(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		want := plainly(t, v, wholesOnly("org:b", "org:c", "org:d"), f)
		dist := map[graph.ActorKey]int{}
		for _, n := range s.Nodes {
			dist[n.Actor.Key] = n.Distance
		}
		if s.Truncated != nil {
			t.Fatalf("truncated: %s", s.Truncated.Reason)
		}
		got := edges{}
		for _, l := range s.Links {
			links++
			got[l.Dyad] = l.Latest
			if l.Count != len(l.Latest) {
				t.Errorf("%v: %d engagements, %d at hand", l.Dyad, l.Count, len(l.Latest))
			}
		}
		stray := func(a graph.ActorKey) bool { return a == "org:c" || a == "org:d" || a == "org:f" }
		for d, keys := range want {
			if stray(d.A) || stray(d.B) || !slices.Contains(of, "org:b") && (d.A == "org:b" || d.B == "org:b") {
				continue
			}
			a, okA := dist[d.A]
			b, okB := dist[d.B]
			if !okA && !okB || min(orFar(a, okA), orFar(b, okB)) >= q.Hops {
				continue // too far
			}
			slices.Sort(keys)
			slices.Sort(got[d])
			if !slices.Equal(keys, got[d]) {
				t.Errorf("%v of %v: %v, not %v", d, of, got[d], keys)
			}
			if okA && okB && max(a, b)-min(a, b) > 1 {
				t.Errorf("%v are linked, and %d and %d hops away", d, a, b)
			}
			delete(got, d)
		}
		for d := range got {
			if !stray(d.A) && !stray(d.B) {
				t.Errorf("%v are not linked", d)
			}
		}
	})
	if links < 200 {
		t.Errorf("only %d links were compared", links)
	}
}

func orFar(n int, ok bool) int {
	if !ok {
		return 99
	}
	return n
}

// TestPathsPlainly compares paths with all simple paths of the whole neighbourhood, in order.
func TestPathsPlainly(t *testing.T) {
	found := 0
	drawnViews(t, func(t *testing.T, r *rand.Rand, v *graph.View, f graph.LinkFilter) {
		q := graph.PathQuery{From: "state:a", To: graph.ActorKey(fmt.Sprintf("state:%c", 'b'+r.IntN(11))), MaxHops: 1 + r.IntN(5), First: 1 + r.IntN(20), LinkFilter: f}
		got, err := v.Paths(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		if !got.Complete() {
			t.Fatal(got.Truncated.Reason)
		}
		all := map[graph.DyadKey]*graph.ActorLink{}
		next := map[graph.ActorKey][]*graph.ActorLink{}
		for _, l := range everyLink(t, v, f) {
			all[l.Dyad] = l
			next[l.Dyad.A], next[l.Dyad.B] = append(next[l.Dyad.A], l), append(next[l.Dyad.B], l)
		}
		var want [][]graph.ActorKey
		var try func(on []graph.ActorKey)
		try = func(on []graph.ActorKey) {
			at := on[len(on)-1]
			if at == q.To {
				want = append(want, slices.Clone(on))
				return
			}
			if len(on) > q.MaxHops {
				return
			}
			for _, l := range next[at] {
				if !slices.Contains(on, l.Other(at)) {
					try(append(on, l.Other(at)))
				}
			}
		}
		try([]graph.ActorKey{q.From})
		slices.SortFunc(want, func(x, y []graph.ActorKey) int {
			c := cmp.Compare(len(x), len(y))
			for i := 1; c == 0 && i < len(x); i++ {
				c = cmp.Or(cmp.Compare(all[graph.NewDyadKey(y[i-1], y[i])].Count, all[graph.NewDyadKey(x[i-1], x[i])].Count), cmp.Compare(x[i], y[i]))
				if x[i] != y[i] {
					break
				}
			}
			return c
		})
		want = want[:min(len(want), q.First)]
		found += len(want)
		var have [][]graph.ActorKey
		for _, p := range got.Paths {
			var keys []graph.ActorKey
			for i, a := range p.Actors {
				keys = append(keys, a.Key)
				if i > 0 && p.Links[i-1].Dyad != graph.NewDyadKey(p.Actors[i-1].Key, a.Key) {
					t.Errorf("link %d of %v is of %v", i, keys, p.Links[i-1].Dyad)
				}
			}
			have = append(have, keys)
		}
		if fmt.Sprint(have) != fmt.Sprint(want) {
			t.Errorf("from %s to %s in %d hops:\n got %v\nwant %v", q.From, q.To, q.MaxHops, have, want)
		}
	})
	if found < 100 {
		t.Errorf("only %d paths were compared", found)
	}
}

// everyLink gives the links of everybody.
func everyLink(t *testing.T, v *graph.View, f graph.LinkFilter) []*graph.ActorLink {
	t.Helper()
	s, err := v.Neighborhood(context.Background(), graph.NeighborhoodQuery{Of: wholesOnly(), Hops: 3, Limit: 100, LinkFilter: f})
	if err != nil {
		t.Fatal(err)
	}
	return s.Links
}

// star has a hub that met each of n others, the first the most often, and two of these each other.
func star(n int) map[graph.SourceKey][]any {
	all := []any{state("iso3:HUB", "1950")}
	meet := func(i, j int, with ...graph.ActorKey) {
		m := &graph.Meeting{Level: graph.LevelSummit}
		m.Key, m.Kind, m.Period = graph.EngagementKey(fmt.Sprintf("m:%02d-%02d", i, j)), graph.KindMeeting, graph.On(graph.MustDate("2000-01-01"))
		for _, a := range with {
			m.Participations = append(m.Participations, graph.Participation{Actor: a, Role: graph.RoleParticipant})
		}
		all = append(all, m)
	}
	for i := range n {
		key := graph.ActorKey(fmt.Sprintf("iso3:S%02d", i))
		all = append(all, state(key, "1950"))
		for j := range n - i {
			meet(i, j, "iso3:HUB", key)
		}
	}
	meet(90, 0, "iso3:S00", "iso3:S01")
	return map[graph.SourceKey][]any{"one": all}
}

// TestNeighborhoodBounds: what is left out is said, hubs are named, and what there is most of is kept.
func TestNeighborhoodBounds(t *testing.T) {
	v := viewOf(t, "", star(8))
	ask := func(q graph.NeighborhoodQuery) (nodes []string, s *graph.Subgraph) {
		t.Helper()
		s, err := v.Neighborhood(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range s.Nodes {
			nodes = append(nodes, fmt.Sprint(n.Actor.Key, n.Distance))
		}
		return nodes, s
	}
	nodes, s := ask(graph.NeighborhoodQuery{Of: []graph.ActorKey{"iso3:HUB"}, Limit: 4})
	if fmt.Sprint(nodes) != "[iso3:HUB0 iso3:S001 iso3:S011 iso3:S021]" || s.Truncated.LeftOut != 5 || !slices.Equal(s.Truncated.Bounds, []graph.Bound{graph.BoundNodes}) || *s.Nodes[0].Degree != 8 || s.Nodes[1].Degree != nil {
		t.Errorf("%v, truncated %+v", nodes, s.Truncated)
	}
	nodes, s = ask(graph.NeighborhoodQuery{Of: []graph.ActorKey{"iso3:HUB"}, MaxDegree: 2})
	if fmt.Sprint(nodes) != "[iso3:HUB0 iso3:S001 iso3:S011]" || len(s.Truncated.Hubs) != 1 || s.Truncated.Hubs[0].Degree != 8 || !strings.Contains(s.Truncated.Reason, "more than 2 neighbours, of whom those with whom there is least were not followed: iso3:HUB") {
		t.Errorf("%v, truncated %+v", nodes, s.Truncated)
	}
	nodes, s = ask(graph.NeighborhoodQuery{Of: []graph.ActorKey{"iso3:S07"}, Hops: 2, MaxDegree: 3})
	if fmt.Sprint(nodes) != "[iso3:S070 iso3:HUB1 iso3:S002 iso3:S012 iso3:S022]" || s.Truncated.LeftOut != 4 {
		t.Errorf("%v, truncated %+v", nodes, s.Truncated)
	}
	nodes, s = ask(graph.NeighborhoodQuery{Of: []graph.ActorKey{"iso3:S01", "iso3:S01"}, Hops: 1, Limit: 3})
	if fmt.Sprint(nodes) != "[iso3:S010 iso3:HUB1 iso3:S001]" || s.Truncated != nil || len(s.Links) != 2 {
		t.Errorf("%v, truncated %+v, %d links", nodes, s.Truncated, len(s.Links))
	}
}

// TestWalkBounds: a walk that may look at little says so, looks at what there is most of, and finds no path that is not there.
func TestWalkBounds(t *testing.T) {
	v := viewOf(t, "", star(8))
	for _, c := range []struct {
		gatherings, met, expanded, steps int
		bound                            graph.Bound
		around                           string // the hub
	}{
		{4, 0, 0, 0, graph.BoundEngagements, "[iso3:HUB iso3:S06 iso3:S05 iso3:S07]"}, // those whose keys come last, on one day
		{0, 3, 0, 0, graph.BoundActors, "[iso3:HUB iso3:S00 iso3:S01 iso3:S02]"},
		{0, 0, 1, 0, graph.BoundActors, ""},
		{0, 0, 0, 1, graph.BoundSteps, ""},
	} {
		t.Run(fmt.Sprint(c.bound, c.expanded), func(t *testing.T) {
			defer graph.SetWalkBounds(c.gatherings, c.met, c.expanded, c.steps)()
			if c.around != "" {
				s, err := v.Neighborhood(context.Background(), graph.NeighborhoodQuery{Of: []graph.ActorKey{"iso3:HUB"}})
				if err != nil {
					t.Fatal(err)
				}
				var nodes []graph.ActorKey
				for _, n := range s.Nodes {
					nodes = append(nodes, n.Actor.Key)
				}
				if fmt.Sprint(nodes) != c.around || s.Truncated == nil || !slices.Contains(s.Truncated.Bounds, c.bound) || s.Truncated.Reason == "" {
					t.Errorf("%v, truncated %+v", nodes, s.Truncated)
				}
			}
			r, err := v.Paths(context.Background(), graph.PathQuery{From: "iso3:S07", To: "iso3:S00", First: 25})
			if err != nil {
				t.Fatal(err)
			}
			if r.Complete() || !slices.Contains(r.Truncated.Bounds, c.bound) || len(r.Paths) > 2 {
				t.Errorf("%d paths, truncated %+v", len(r.Paths), r.Truncated)
			}
		})
	}
	r, err := v.Paths(context.Background(), graph.PathQuery{From: "iso3:S07", To: "iso3:S00", First: 25})
	if err != nil || !r.Complete() || len(r.Paths) != 2 || r.Paths[0].Length() != 2 || r.Paths[1].Length() != 3 {
		t.Errorf("%+v (%v)", r, err)
	}
}

// TestWalksRefuse: questions that make no sense are told what would.
func TestWalksRefuse(t *testing.T) {
	ctx := context.Background()
	v := viewOf(t, "2000-01-01", star(3))
	for _, c := range []struct {
		q    graph.NeighborhoodQuery
		says string
	}{
		{graph.NeighborhoodQuery{}, "name at least one"},
		{graph.NeighborhoodQuery{Of: []graph.ActorKey{"iso3:HUB"}, Hops: 4}, "1 to 3"},
		{graph.NeighborhoodQuery{Of: []graph.ActorKey{"iso3:HUB"}, Limit: 501}, "1 to 500"},
		{graph.NeighborhoodQuery{Of: []graph.ActorKey{"iso3:HUB"}, MaxDegree: -1}, "1 to 500"},
		{graph.NeighborhoodQuery{Of: []graph.ActorKey{"iso3:HUB"}, LinkFilter: graph.LinkFilter{MaxParties: 21}}, "2 to 20"},
		{graph.NeighborhoodQuery{Of: []graph.ActorKey{"iso3:HUB"}, LinkFilter: graph.LinkFilter{Kinds: []graph.EngagementKind{graph.KindMeeting}}}, "give during"},
		{graph.NeighborhoodQuery{Of: []graph.ActorKey{"iso3:NON"}}, `no actor "iso3:NON"`},
		{graph.NeighborhoodQuery{Of: []graph.ActorKey{"iso3:HUB", "iso3:S00"}, Limit: 1}, "raise the limit"},
	} {
		if _, err := v.Neighborhood(ctx, c.q); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%+v: %v", c.q, err)
		}
	}
	for _, c := range []struct {
		q    graph.PathQuery
		says string
		is   error
	}{
		{graph.PathQuery{From: "iso3:HUB", To: "iso3:HUB"}, "to itself", graph.ErrInvalid},
		{graph.PathQuery{From: "iso3:HUB", To: "iso3:S00", MaxHops: 7}, "1 to 6", graph.ErrInvalid},
		{graph.PathQuery{From: "iso3:HUB", To: "iso3:S00", First: 26}, "1 to 25", graph.ErrInvalid},
		{graph.PathQuery{From: "iso3:HUB", To: "iso3:NON"}, `no actor "iso3:NON"`, graph.ErrNotFound},
	} {
		if _, err := v.Paths(ctx, c.q); !errors.Is(err, c.is) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%+v: %v", c.q, err)
		}
	}
}
