package graph_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
)

// TestLinksOfTheLiving: who for certain did not exist on a day is no node and no link of it, whatever undated statements would allow: a
// treaty without dates, and a republic whose source does not say since when it was part of the Union.
func TestLinksOfTheLiving(t *testing.T) {
	existing := func(key graph.ActorKey, periods ...graph.Period) *graph.ActorFacts {
		return &graph.ActorFacts{Key: key, Kind: graph.KindState, Existence: periods}
	}
	span := func(from, to string) graph.Period {
		p := graph.Period{End: graph.MustDate(to)}
		if from != "" {
			p.Start = graph.MustDate(from)
		}
		return p
	}
	republic := existing("iso3:UKR", graph.Period{Start: graph.MustDate("1945-10-24"), Why: graph.Ongoing})
	republic.PartOf = []graph.PartOf{{Actor: "iso3:SUN", Period: span("", "1991-11-30")}}
	treaty := func(key graph.EngagementKey, p graph.Period, parties ...graph.ActorKey) *graph.Agreement {
		a := &graph.Agreement{}
		a.Key, a.Kind, a.Period = key, graph.KindAgreement, p
		for _, k := range parties {
			a.Participations = append(a.Participations, graph.Participation{Actor: k, Role: graph.RoleParty})
		}
		return a
	}
	bodies := map[graph.SourceKey][]any{
		"one": {
			republic, existing("iso3:SUN", span("1922-12-30", "1991-12-25")), existing("iso3:JPN"),
			existing("iso3:SRB", span("", "1918-11-30"), graph.Period{Start: graph.MustDate("2006-06-05"), Why: graph.Ongoing}),
			existing("iso3:SYR", span("1946-04-17", "1958-02-01"), graph.Period{Start: graph.MustDate("1961-09-29"), Why: graph.Ongoing}),
			treaty("undated", graph.Period{}, "iso3:SRB", "iso3:UKR", "iso3:JPN"),
			treaty("long", graph.Period{Start: graph.MustDate("1950"), Why: graph.Ongoing}, "iso3:SYR", "iso3:JPN"),
		},
		// What one source rules out and another allows is not certain.
		"two": {existing("iso3:SYR", span("1959", "1959"))},
	}
	ctx := context.Background()
	head := viewOf(t, "", bodies)
	for _, c := range []struct {
		day, of, around string
	}{
		{"1914-07-28", "iso3:JPN", "[iso3:JPN iso3:SRB]"},
		{"1930-01-01", "iso3:JPN", "[iso3:JPN]"}, // Serbia was over, and the republic was yet to be
		{"1955-01-01", "iso3:JPN", "[iso3:JPN iso3:SUN iso3:SYR]"},
		{"1958-06-01", "iso3:JPN", "[iso3:JPN iso3:SUN]"},
		{"1959-06-01", "iso3:JPN", "[iso3:JPN iso3:SUN iso3:SYR]"},
		{"2010-01-01", "iso3:JPN", "[iso3:JPN iso3:SRB iso3:SYR iso3:UKR]"},
		{"1914-07-28", "iso3:SUN", "[iso3:SUN]"}, // who is asked about is there, and alone
		{"1991-11-30", "iso3:SUN", "[iso3:JPN iso3:SUN]"},
		{"", "iso3:UKR", "[iso3:JPN iso3:SRB iso3:UKR]"},
	} {
		t.Run(c.day+" "+c.of, func(t *testing.T) {
			v := head
			during := &graph.During{Interval: graph.Always}
			if c.day != "" {
				day := graph.MustDay(c.day)
				var err error
				if v, err = graph.In(ctx, head.Reader(), graph.State{Load: 1, AsOf: &day}); err != nil {
					t.Fatal(err)
				}
				during.Interval = graph.Inclusive(day, day)
			}
			around := func(v *graph.View, f graph.LinkFilter) string {
				s, err := v.Neighborhood(ctx, graph.NeighborhoodQuery{Of: []graph.ActorKey{graph.ActorKey(c.of)}, LinkFilter: f})
				if err != nil {
					t.Fatal(err)
				}
				var nodes []string
				for _, n := range s.Nodes {
					nodes = append(nodes, string(n.Actor.Key))
				}
				slices.Sort(nodes)
				return fmt.Sprint(nodes)
			}
			if got := around(v, graph.LinkFilter{}); got != c.around {
				t.Errorf("around it are %s, not %s", got, c.around)
			}
			if got := around(head, graph.LinkFilter{During: during}); got != c.around {
				t.Errorf("within the day, around it are %s, not %s", got, c.around)
			}
			restore := graph.SetWalkBounds(0, 1, 0, 0) // of many the links are made before it is known who they are
			got := around(v, graph.LinkFilter{})
			restore()
			for _, gone := range []string{"SRB", "UKR", "SUN", "SYR"} {
				if !strings.Contains(c.around, gone) && strings.Contains(got, gone) {
					t.Errorf("of many, %s is among %s", gone, got)
				}
			}
		})
	}
	day := graph.MustDay("1914-07-28")
	v, err := graph.In(ctx, head.Reader(), graph.State{Load: 1, AsOf: &day})
	if err != nil {
		t.Fatal(err)
	}
	r, err := v.Paths(ctx, graph.PathQuery{From: "iso3:SUN", To: "iso3:JPN"})
	if err != nil || len(r.Paths) > 0 || !r.Complete() {
		t.Errorf("%d paths from who was yet to be, complete %v (%v)", len(r.Paths), r.Complete(), err)
	}
}
