//go:build unix

package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/synthetic"
)

// A world is what is known of the invented statements before they are loaded, found by looking at each.
type world struct {
	asked          int // participations that were asked for
	numbers        int // of statements, beside the source's own
	participations int
	engagements    int

	hub    graph.ActorKey      // takes part in most
	share  float64             // of all engagements, the hub's
	hubs   graph.DyadKey       // the two that are in most together
	few    graph.DyadKey       // two that are together in most, but in no more than a page has
	panel  []graph.DyadKey     // those, and others that are in as much and less
	middle graph.ActorKey      // half of all states take part in less
	one    graph.EngagementKey // about half way through
	words  string              // of its title
}

// look makes statements until they have so many participations.
func look(participations int) (*world, error) {
	w := &world{asked: participations}
	degrees, together := map[graph.ActorKey]int{}, map[graph.DyadKey]int{}
	for w.participations < participations {
		w.numbers++
		e, ok := synthetic.Thing(w.numbers, 1).(graph.Engagement)
		if !ok {
			continue
		}
		b := e.Base()
		w.engagements++
		w.participations += len(b.Participations)
		if _, ok := e.(*graph.Meeting); ok && w.one == "" && w.participations > participations/2 {
			w.one, w.words = b.Key, ends(b.Titles[0].Text)
		}
		var states []graph.ActorKey
		for _, p := range b.Participations {
			if synthetic.IsState(p.Actor) && !slices.Contains(states, p.Actor) {
				states = append(states, p.Actor)
			}
		}
		for i, a := range states {
			degrees[a]++
			for _, b := range states[i+1:] {
				together[graph.NewDyadKey(a, b)]++
			}
		}
	}
	states := slices.SortedFunc(maps.Keys(degrees), func(a, b graph.ActorKey) int { return cmp.Or(cmp.Compare(degrees[b], degrees[a]), cmp.Compare(a, b)) })
	pairs := slices.SortedFunc(maps.Keys(together), func(a, b graph.DyadKey) int {
		return cmp.Or(cmp.Compare(together[b], together[a]), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	few := slices.IndexFunc(pairs, func(d graph.DyadKey) bool { return together[d] <= graph.MaxPage })
	if few < 0 || len(pairs) < few+panel || w.one == "" {
		return nil, fmt.Errorf("%d participations are too few for all questions: 1,000 will do", participations)
	}
	w.hub, w.share = states[0], float64(degrees[states[0]])/float64(w.engagements)
	w.panel = pairs[few : few+panel]
	w.hubs, w.few, w.middle = pairs[0], pairs[few], states[len(states)/2]
	return w, nil
}

// ends gives the last word but two of a title, and the last: of talks a subject that many have, and a place that few have.
func ends(title string) string {
	words := strings.Fields(title)
	return words[len(words)-3] + " " + words[len(words)-1]
}
