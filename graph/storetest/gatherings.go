package storetest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"github.com/entente-graph/entente/graph"
)

// naiveGatherings lists all that the question asks for, however many it wants.
func naiveGatherings(t failer, open []graph.Recorded, q graph.GatheringQuery) []graph.Gathering {
	t.Helper()
	var found []graph.Gathering
	led := ledByAnother(t, open, graph.EngagementQuery{Topics: q.Topics})
	asked := q.Filter()
	asked.A = q.Of
	for _, r := range open {
		if r.Kind != graph.StatementEngagement || led[r.Key] || len(q.Of) == 0 {
			continue
		}
		e := engagementOf(t, r)
		b := e.Base()
		g := graph.Gathering{Key: b.Key, Start: startOf(b.Period), Kind: b.Kind, Topics: slices.Clone(b.Topics)}
		actors := map[graph.ActorKey]bool{}
		for _, r := range naiveRoles(b) {
			actors[r.actor] = true
			g.Parts = append(g.Parts, graph.Presence{Actor: r.actor, Side: r.side, Possible: r.span})
		}
		if len(actors) <= q.MaxActors && naiveMatch(e, asked) {
			found = append(found, g)
		}
	}
	q.Last = len(found) + 1
	page, _ := graph.GatheringsOf(found, q, q.Last)
	return page.Items
}

func drawGatheringQuery(t *rapid.T, m *model) graph.GatheringQuery {
	e := drawEngagementQuery(t, m)
	q := graph.GatheringQuery{
		Load: e.Load, Of: drawSide(t, "of", m), Kinds: e.Kinds, Topics: e.Topics, During: e.During, Overlap: e.Overlap, Certainty: e.Certainty, BegunIn: e.BegunIn,
		MaxActors: rapid.IntRange(2, graph.MaxDyadActors).Draw(t, "actors"),
	}
	return q
}

// gatherings compares who was together with whom: in all engagements, and in the last of them, of which none is torn apart.
func gatherings(t *rapid.T, s graph.Store, m *model) {
	q := drawGatheringQuery(t, m)
	whole := naiveGatherings(t, m.loads[q.Load], q)
	for _, last := range []int{1000, rapid.IntRange(1, 9).Draw(t, "last")} {
		q.Last = last
		page, err := s.Gatherings(context.Background(), q)
		must(t, err)
		want := whole
		if len(whole) > last { // not those at the place of the first that is too many
			out := whole[len(whole)-last-1]
			want = slices.DeleteFunc(slices.Clone(whole[len(whole)-last-1:]), func(g graph.Gathering) bool { return g.Start == out.Start && g.Key == out.Key })
		}
		same(t, fmt.Sprintf("the last %d of %d gatherings", last, len(whole)), gathered(page.Items), gathered(want))
		if page.More != (len(whole) > last) {
			t.Fatalf("more: %v, of %d the last %d", page.More, len(whole), last)
		}
	}
}

// gathered prints gatherings, a line each.
func gathered(all []graph.Gathering) (out []string) {
	for _, g := range all {
		line := fmt.Sprintf("%s %s %s", g.Key, strings.ToLower(string(g.Kind)), startText(g.Start))
		for _, t := range g.Topics {
			line += " " + strings.ToLower(string(t))
		}
		for _, p := range g.Parts {
			line += fmt.Sprintf(", %s %s", p.Actor, shown(p.Possible))
			if p.Side != "" {
				line += " side " + p.Side
			}
		}
		out = append(out, line)
	}
	return out
}

func startText(d graph.Day) string {
	if d == graph.MinDay {
		return "?"
	}
	return d.String()
}

// askGatherings asks who was together with any of some actors.
func askGatherings(q *question, w *words) {
	ask := graph.GatheringQuery{MaxActors: graph.MaxDyadActors, Last: 1000}
	number := func(what string) int {
		n := 0
		if _, err := fmt.Sscan(w.next(what), &n); err != nil {
			w.fail("%s: %w", what, err)
		}
		return n
	}
	q.options(w, map[string]func(){
		"of": func() {
			for _, a := range keys[graph.ActorKey](w.next("actors")) {
				ask.Of = append(ask.Of, graph.Constituent{Actor: a, Valid: graph.Always})
			}
		},
		"most":   func() { ask.MaxActors = number("a number of actors") },
		"last":   func() { ask.Last = number("a number of engagements") },
		"kind":   func() { ask.Kinds = keys[graph.EngagementKind](w.upper("kinds")) },
		"topic":  func() { ask.Topics = keys[graph.Topic](w.upper("topics")) },
		"during": func() { i := w.days(); ask.During = &i },
	})
	q.ask = func(ctx context.Context, r graph.Reader, q question) ([]string, error) {
		ask := ask
		ask.Load = q.load
		page, err := r.Gatherings(ctx, ask)
		out := gathered(page.Items)
		if page.More {
			out = append([]string{"and earlier ones"}, out...)
		}
		return out, err
	}
}
