package storetest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"github.com/entente-graph/entente/graph"
)

// Memberships: what cases ask of them, what is answered plainly, and what is drawn.

func askMemberships(q *question, w *words) {
	ask := graph.MembershipQuery{Count: true}
	q.options(w, map[string]func(){
		"of": func() { ask.Members = keys[graph.ActorKey](w.next("members")) },
		"in": func() { ask.Organizations = keys[graph.ActorKey](w.next("organizations")) },
		"status": func() {
			for _, s := range w.uppers("statuses") {
				ask.Statuses = append(ask.Statuses, graph.MembershipStatus(s))
			}
		},
		"during":  func() { i := w.days(); ask.During = &i },
		"within":  func() { ask.Overlap = graph.OverlapWithin },
		"covers":  func() { ask.Overlap = graph.OverlapCovers },
		"begins":  func() { ask.Overlap = graph.OverlapBegins },
		"ends":    func() { ask.Overlap = graph.OverlapEnds },
		"certain": func() { ask.Certainty = graph.Certain },
	})
	q.ask = func(ctx context.Context, r graph.Reader, q question) ([]string, error) {
		ask := ask
		if ask.Load = q.load; q.asOf != nil {
			day := graph.Inclusive(*q.asOf, *q.asOf)
			ask.During = &day
		}
		page, err := r.Memberships(ctx, ask)
		if err != nil {
			return nil, err
		}
		var out []string
		for _, f := range page.Items {
			m, err := graph.Decode[graph.Membership](f.Statement)
			if err != nil {
				return nil, err
			}
			out = append(out, fmt.Sprintf("%s in %s %s", m.Member, m.Organization, strings.ToLower(string(m.Status))))
		}
		return counted(out, page.Position, page.Total)
	}
}

func naiveMemberships(t failer, open []graph.Recorded, q graph.MembershipQuery) []placed {
	t.Helper()
	var found []placed
	for _, r := range open {
		if r.Kind != graph.StatementMembership || len(q.Members)+len(q.Organizations) == 0 {
			continue
		}
		m := remember(t, r.Hash, func() (*graph.Membership, error) { return graph.Decode[graph.Membership](r.Statement) })
		switch {
		case len(q.Members) > 0 && !slices.Contains(q.Members, m.Member),
			len(q.Organizations) > 0 && !slices.Contains(q.Organizations, m.Organization),
			len(q.Statuses) > 0 && !slices.Contains(q.Statuses, m.Status),
			q.During != nil && !m.Period.Bounds().Compare(*q.During, q.Overlap, q.Certainty):
			continue
		}
		found = append(found, placed{graph.Position{Start: startOf(m.Period), Key: r.Key}, r.Source})
	}
	slices.SortFunc(found, comparePlaced)
	return found
}

func membershipPages(t *rapid.T, s graph.Store, m *model) {
	q := graph.MembershipQuery{
		Load: drawLoad(t, m), Statuses: some(t, "statuses", graph.MembershipStatuses), During: drawDays(t, "during"), Count: true,
	}
	q.Members = rapid.SliceOfN(rapid.SampledFrom(m.actors), 0, 4).Draw(t, "members")
	q.Organizations = rapid.SliceOfN(rapid.SampledFrom(m.actors), 0, 4).Draw(t, "organizations")
	q.Overlap = draw(t, "overlap", []graph.Overlap{"", graph.OverlapAny, graph.OverlapWithin, graph.OverlapCovers, graph.OverlapBegins, graph.OverlapEnds})
	q.Certainty = draw(t, "certainty", []graph.Certainty{"", graph.Possible, graph.Certain})
	bothWays(t, naiveMemberships(t, m.loads[q.Load], q), func(size, last int, after, before *graph.Position) ([]placed, []graph.Position, bool, *int) {
		q.First, q.Last, q.After, q.Before = size, last, after, before
		page, err := s.Memberships(context.Background(), q)
		must(t, err)
		return placedOf(page.Items, page.Position), page.Position, page.More, page.Total
	})
}
