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

// invented draws a small graph: states, navies that are part of them for a time, persons who act for them, engagements of
// few and of many, and links between accounts.
func invented(seed uint64) map[graph.SourceKey][]any {
	r := rand.New(rand.NewPCG(seed, 7)) //nolint:gosec // the same every time
	day := func() graph.Date {
		return graph.MustDate((graph.MustDay("2000-01-01") + graph.Day(r.IntN(1500))).String())
	}
	span := func() graph.Period {
		from, to := day(), day()
		if to.Earliest() < from.Earliest() {
			from, to = to, from
		}
		return graph.Period{Start: from, End: to}
	}
	var states, all []graph.ActorKey
	bodies := map[graph.SourceKey][]any{}
	for i := range 12 {
		states = append(states, graph.ActorKey(fmt.Sprintf("state:%c", 'a'+i)))
		bodies["one"] = append(bodies["one"], state(states[i], "1950"))
	}
	all = append(all, states...)
	for i := range 6 {
		key := graph.ActorKey(fmt.Sprintf("org:%c", 'a'+i))
		o := &graph.ActorFacts{Key: key, Kind: graph.KindOrganization, PartOf: []graph.PartOf{{Actor: states[i]}}}
		switch i {
		case 1:
			o.PartOf = []graph.PartOf{{Actor: "org:a"}} // of org:a, and so of state:a
		case 2, 3:
			o.PartOf = []graph.PartOf{{Actor: states[i], Period: graph.Period{End: graph.MustDate("2001-12-31")}}, {Actor: states[i+4], Period: graph.Period{Start: graph.MustDate("2002-06-01"), Why: graph.Ongoing}}}
		case 4:
			o.PartOf = nil
		}
		all = append(all, key)
		bodies["one"] = append(bodies["one"], o)
	}
	for i := range 4 {
		key := graph.ActorKey(fmt.Sprintf("person:%c", 'a'+i))
		all = append(all, key)
		bodies["one"] = append(bodies["one"], &graph.ActorFacts{Key: key, Kind: graph.KindPerson})
	}
	for i := range 45 {
		b := graph.EngagementBase{Key: graph.EngagementKey(fmt.Sprintf("e:%02d", i)), Topics: graph.Topics[i%3 : i%3+1], Period: span()}
		n := 2 + r.IntN(2)
		if i%9 == 0 {
			n = 4 + r.IntN(9)
		}
		for range n {
			p := graph.Participation{Actor: all[r.IntN(len(all))], Role: graph.RoleParty, Side: []string{"a", "b", ""}[r.IntN(3)]}
			if r.IntN(4) == 0 {
				p.Period = span()
			}
			if strings.HasPrefix(string(p.Actor), "person:") {
				p.OnBehalfOf = states[r.IntN(len(states))]
			}
			b.Participations = append(b.Participations, p)
		}
		var e any
		switch i % 3 {
		case 0:
			b.Kind = graph.KindAgreement
			e = &graph.Agreement{EngagementBase: b}
		case 1:
			b.Kind = graph.KindDispute
			e = &graph.Dispute{EngagementBase: b}
		default:
			b.Kind, b.Period = graph.KindMeeting, graph.On(b.Period.Start)
			e = &graph.Meeting{EngagementBase: b, Level: graph.LevelSummit}
		}
		bodies["one"] = append(bodies["one"], e)
		if i%10 == 0 { // another account under the same key
			bodies["two"] = append(bodies["two"], e)
		}
	}
	bodies[graph.OwnSource] = []any{&graph.Link{Key: "e:03", Accounts: []graph.EngagementKey{"e:03", "e:06"}, Lead: "e:06", Rule: "drawn"}}
	return bodies
}

// An edge of the plain evaluation: the engagements that link two actors.
type edges map[graph.DyadKey][]graph.EngagementKey

// plainly finds the links between each two of the actors in the plainest way: day by day, by what every statement says.
func plainly(t *testing.T, v *graph.View, actors []graph.ActorKey, f graph.LinkFilter) edges {
	t.Helper()
	rows, err := v.Reader().Statements(context.Background(), graph.StatementQuery{Load: v.Load, Kind: graph.StatementEngagement})
	if err != nil {
		t.Fatal(err)
	}
	edgesOf, err := v.Reader().Components(context.Background(), graph.ComponentQuery{Load: v.Load, Of: actors})
	if err != nil {
		t.Fatal(err)
	}
	first, last := graph.MustDay("1999-12-01"), graph.MustDay("2004-04-01")
	if f.During != nil {
		first, last = max(first, f.During.Interval.From), min(last, f.During.Interval.To-1)
	}
	if v.AsOf != nil {
		if last = min(last, *v.AsOf); f.During == nil {
			first = *v.AsOf
		}
	}
	found := edges{}
	for _, row := range rows {
		e, err := graph.DecodeEngagement(row.Body)
		if err != nil {
			t.Fatal(err)
		}
		b := e.Base()
		in := map[graph.ActorKey]bool{}
		for _, p := range b.Participations {
			in[p.Actor] = true
			if p.OnBehalfOf != "" {
				in[p.OnBehalfOf] = true
			}
		}
		if len(in) > cmp.Or(f.MaxParties, graph.DefaultLinkParties) || b.Key == "e:03" || len(f.Kinds) > 0 && !slices.Contains(f.Kinds, b.Kind) ||
			len(f.Topics) > 0 && !slices.Contains(f.Topics, b.Topics[0]) || v.AsOf != nil && f.During == nil && b.Kind == graph.KindMeeting {
			continue
		}
		if v.AsOf != nil && f.During == nil && !b.Period.Holds(*v.AsOf, graph.Possible) {
			continue
		}
		if f.During != nil && (b.Period.Start.Earliest() >= f.During.Interval.To || b.Period.End.Latest() < f.During.Interval.From) || v.AsOf != nil && b.Period.Start.Earliest() > *v.AsOf {
			continue
		}
		for _, d := range changes(b, edgesOf, first, last) {
			linksOn(d, b, actors, edgesOf, f.Alignment, func(k graph.DyadKey) {
				if !slices.Contains(found[k], b.Key) {
					found[k] = append(found[k], b.Key)
				}
			})
		}
	}
	return found
}

// changes gives the days from first to last on which something about an engagement or about who is part of whom may begin.
func changes(b *graph.EngagementBase, parts []graph.Component, first, last graph.Day) (days []graph.Day) {
	all := []graph.Day{first, b.Period.Start.Earliest()}
	for _, p := range b.Participations {
		if !p.Period.IsZero() {
			all = append(all, p.Period.Start.Earliest())
		}
	}
	for _, c := range parts {
		all = append(all, c.Period.From, c.Period.To)
	}
	for _, d := range all {
		if d >= first && d <= last && !slices.Contains(days, d) {
			days = append(days, d)
		}
	}
	return days
}

// linksOn gives each two actors for whom different actors were in the engagement on a day.
func linksOn(d graph.Day, b *graph.EngagementBase, actors []graph.ActorKey, parts []graph.Component, how graph.Alignment, found func(graph.DyadKey)) {
	type role struct {
		actor graph.ActorKey
		side  string
	}
	var there []role
	for _, p := range b.Participations {
		span := p.Period
		if span.IsZero() {
			span = b.Period
		}
		if !span.Holds(d, graph.Possible) {
			continue
		}
		there = append(there, role{p.Actor, p.Side})
		if p.OnBehalfOf != "" {
			there = append(there, role{p.OnBehalfOf, p.Side})
		}
	}
	var counts func(part, whole graph.ActorKey) bool
	counts = func(part, whole graph.ActorKey) bool {
		return part == whole || slices.ContainsFunc(parts, func(c graph.Component) bool {
			return c.Part == part && c.Period.Contains(d) && counts(c.Whole, whole)
		})
	}
	for i, x := range there {
		for _, y := range there[i+1:] {
			if x.actor == y.actor || how != "" && how != graph.AnyAlignment && graph.AlignmentOf(x.side, y.side) != how {
				continue
			}
			for _, a := range actors {
				for _, b := range actors {
					if a != b && counts(x.actor, a) && counts(y.actor, b) {
						found(graph.NewDyadKey(a, b))
					}
				}
			}
		}
	}
}

func drawnFilter(r *rand.Rand) graph.LinkFilter {
	f := graph.LinkFilter{MaxParties: []int{0, 3, 20}[r.IntN(3)], Alignment: []graph.Alignment{"", "", graph.Opposed, graph.SameSide}[r.IntN(4)]}
	if r.IntN(3) == 0 {
		f.Kinds = []graph.EngagementKind{graph.KindAgreement, graph.KindMeeting}
	}
	if r.IntN(3) == 0 {
		f.Topics = graph.Topics[:2]
	}
	if r.IntN(2) == 0 {
		from := graph.MustDay("2000-01-01") + graph.Day(r.IntN(1000))
		f.During = &graph.During{Interval: graph.Interval{From: from, To: from + 1 + graph.Day(r.IntN(600))}}
	}
	return f
}

// drawnViews calls do with views of invented graphs, as of a day or not, and drawn filters.
func drawnViews(t *testing.T, do func(t *testing.T, r *rand.Rand, v *graph.View, f graph.LinkFilter)) {
	for seed := range uint64(6) {
		bodies := invented(seed)
		head := viewOf(t, "", bodies)
		r := rand.New(rand.NewPCG(seed, 8)) //nolint:gosec // the same every time
		for n := range 8 {
			v := head
			if n%2 == 1 {
				day := graph.MustDay("2000-06-01") + graph.Day(r.IntN(1000))
				var err error
				if v, err = graph.In(context.Background(), head.Reader(), graph.State{Load: 1, AsOf: &day}); err != nil {
					t.Fatal(err)
				}
			}
			f := drawnFilter(r)
			t.Run(fmt.Sprintf("seed %d, %d", seed, n), func(t *testing.T) { do(t, r, v, f) })
		}
	}
}

// wholesOnly are the actors that links lead to in the invented graphs, and one that is asked about though it is a part.
func wholesOnly(extra ...graph.ActorKey) []graph.ActorKey {
	all := []graph.ActorKey{"org:e"}
	for i := range 12 {
		all = append(all, graph.ActorKey(fmt.Sprintf("state:%c", 'a'+i)))
	}
	return append(all, extra...)
}

// TestNeighborhoodPlainly compares neighbourhoods of invented graphs with plain ones. Two navies change hands there, and stand alone
// for half a year: they are left out of the comparison.
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
		stray := func(a graph.ActorKey) bool { return a == "org:c" || a == "org:d" }
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
