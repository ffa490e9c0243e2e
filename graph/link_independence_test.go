package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
)

func TestIndependenceLinks(t *testing.T) {
	t.Parallel()
	rank := func(s graph.SourceKey) int { return strings.Index("abc", string(s)) }
	for _, c := range []struct {
		name string
		acts string // source:number who date
		want string
	}{
		{"one month", "a:1 iso3:JAM 1962-08; b:1 iso3:JAM 1962-08", "a:1=b:1 by a:1"},
		{"within a year", "b:1 iso3:NOR 1905-06; a:1 iso3:NOR 1905-10", "a:1=b:1 by a:1"},
		{"a year and a month of it", "a:1 iso3:TUN 1825; b:1 iso3:TUN 1825-06", "a:1=b:1 by a:1"},
		{"more than a year apart", "a:1 iso3:MKD 1991-09; b:1 iso3:MKD 1993-04", ""},
		{"two states", "a:1 iso3:CZE 1993-01; b:1 iso3:SVK 1993-01", ""},
		{"two of one source: which is meant nobody says", "a:1 iso3:DOM 1844-02; a:2 iso3:DOM 1844-12; b:1 iso3:DOM 1844-02", ""},
		{"of one source", "a:1 iso3:EST 1918-11; a:2 iso3:EST 1991-09", ""},
		{"twice independent", "a:1 iso3:EST 1918-11; a:2 iso3:EST 1991-09; b:1 iso3:EST 1918-12; b:2 iso3:EST 1991-09", "a:1=b:1 by a:1, a:2=b:2 by a:2"},
		{"three sources", "c:1 iso3:JAM 1962-08; a:1 iso3:JAM 1962-08; b:1 iso3:JAM 1962", "a:1=b:1=c:1 by a:1"},
		{"a chain that one source is in twice", "a:1 iso3:ALB 1912-11; b:1 iso3:ALB 1913-07; a:2 iso3:ALB 1914-03", ""},
	} {
		var traits []graph.IndependenceTrait
		for _, text := range strings.Split(c.acts, "; ") {
			f := strings.Fields(text)
			source, _, _ := strings.Cut(f[0], ":")
			traits = append(traits, graph.IndependenceTraits(&graph.Act{Type: graph.ActIndependence, EngagementBase: graph.EngagementBase{
				Key: graph.EngagementKey(f[0]), Topics: []graph.Topic{graph.TopicTerritory}, Period: graph.On(graph.MustDate(f[2])),
				Participations: []graph.Participation{{Actor: graph.ActorKey(f[1]), Role: graph.RoleBy}, {Actor: "iso3:GBR", Role: graph.RoleToward}},
			}}, graph.SourceKey(source))...)
		}
		slices.SortFunc(traits, graph.CompareIndependenceTraits)
		links, err := graph.ConcludeIndependenceLinks(func(yield func(graph.IndependenceTrait, error) bool) {
			for _, tr := range traits {
				if !yield(tr, nil) {
					return
				}
			}
		}, rank)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, l := range links {
			var keys []string
			for _, k := range l.Accounts {
				keys = append(keys, string(k))
			}
			if l.Rule != graph.LinkIndependences || l.Key != keys[0] {
				t.Errorf("%s: the link %+v", c.name, l)
			}
			got = append(got, fmt.Sprintf("%s by %s", strings.Join(keys, "="), l.Lead))
		}
		if said := strings.Join(got, ", "); said != c.want {
			t.Errorf("%s: %q, want %q", c.name, said, c.want)
		}
	}
}

// What is no independence, or of nobody, or of no time, is not looked at.
func TestIndependenceTraits(t *testing.T) {
	t.Parallel()
	act := func(change func(a *graph.Act)) int {
		a := &graph.Act{Type: graph.ActIndependence, EngagementBase: graph.EngagementBase{
			Key: "a:1", Topics: []graph.Topic{graph.TopicTerritory}, Period: graph.On(graph.MustDate("1962-08")), Participations: []graph.Participation{{Actor: "iso3:JAM", Role: graph.RoleBy}},
		}}
		change(a)
		return len(graph.IndependenceTraits(a, "a"))
	}
	for name, change := range map[string]func(a *graph.Act){
		"a transfer": func(a *graph.Act) { a.Type = graph.ActTransfer },
		"of nobody":  func(a *graph.Act) { a.Participations = nil },
		"of two": func(a *graph.Act) {
			a.Participations = append(a.Participations, graph.Participation{Actor: "iso3:TTO", Role: graph.RoleBy})
		},
		"elsewhere":   func(a *graph.Act) { a.Topics = []graph.Topic{graph.TopicDiplomacy} },
		"of no time":  func(a *graph.Act) { a.Period = graph.Period{} },
		"by toward":   func(a *graph.Act) { a.Participations[0].Role = graph.RoleToward },
		"a statement": func(a *graph.Act) { a.Type = "STATEMENT" },
	} {
		if n := act(change); n != 0 {
			t.Errorf("%s gives %d traits", name, n)
		}
	}
	if n := act(func(*graph.Act) {}); n != 1 {
		t.Errorf("an independence gives %d traits", n)
	}
}
