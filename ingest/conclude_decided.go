package ingest

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/entente-graph/entente/graph"
)

// decideLinks gives the links as they are by what people decided.
func (a after) decideLinks(ctx context.Context, links []graph.Link, people *persons) ([]graph.Link, error) {
	if len(people.decided) == 0 {
		return links, nil
	}
	wanted := map[string]bool{} // accounts that were decided about, and those that lead them
	for _, d := range people.decided {
		wanted[d.A], wanted[d.B] = true, true
	}
	for _, l := range links {
		if slices.ContainsFunc(l.Accounts, func(k graph.EngagementKey) bool { return wanted[string(k)] }) {
			wanted[string(l.Lead)] = true
		}
	}
	ranks := map[graph.EngagementKey]int{}
	note := func(s graph.Statement) {
		if r, known := ranks[graph.EngagementKey(s.Key)]; !known || people.rank(s.Source) < r {
			ranks[graph.EngagementKey(s.Key)] = people.rank(s.Source)
		}
	}
	keys := make([]string, 0, len(wanted))
	for k := range wanted {
		keys = append(keys, k)
	}
	held, err := a.reader.Statements(ctx, graph.StatementQuery{Load: a.at, Kind: graph.StatementEngagement, Keys: keys})
	if err != nil {
		return nil, fmt.Errorf("the accounts that were decided about: %w", err)
	}
	for _, row := range held {
		if !a.erased[row.StatementID] && !slices.Contains(a.replaced, graph.Slice{Source: row.Source, ID: row.Slice}) {
			note(row.Statement)
		}
	}
	if a.fresh != nil {
		for s, err := range a.fresh {
			if err != nil {
				return nil, err
			}
			if s.Kind == graph.StatementEngagement && wanted[s.Key] {
				note(s)
			}
		}
	}
	return graph.DecideLinks(links, people.decided, func(k graph.EngagementKey) (int, bool) {
		if r, ok := ranks[k]; ok {
			return r, true
		}
		return math.MaxInt, false
	}), nil
}

// likelyAccounts gives the pairs of accounts that are likely of one agreement, dispute or meeting, that no link has and nobody decided of.
// All that rules look at in them is held in memory.
func (a after) likelyAccounts(ctx context.Context, decided []graph.Decision) ([]graph.Proposal, error) {
	var meetings []graph.MeetingTrait
	var disputes []graph.DisputeTrait
	var agreements []graph.AgreementTrait
	from := map[graph.EngagementKey][]graph.SourceKey{} // who has an agreement
	for s, err := range a.statements(ctx, graph.StatementEngagement, linkedKinds()) {
		if err != nil {
			return nil, err
		}
		e, err := graph.DecodeEngagement(s.Body)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.Key, err)
		}
		switch e := e.(type) {
		case *graph.Meeting:
			if t, ok := graph.TraitOf(e, s.Source); ok {
				meetings = append(meetings, t)
			}
		case *graph.Dispute:
			disputes = append(disputes, graph.DisputeTraits(e, s.Source)...)
		case *graph.Agreement:
			agreements = append(agreements, graph.AgreementTraits(e, s.Source)...)
			from[e.Key] = append(from[e.Key], s.Source)
		}
	}
	near := slices.Concat(graph.LikelyDisputes(disputes), graph.LikelyMeetings(meetings), graph.LikelyAgreements(agreements))
	keys := make([]graph.EngagementKey, 0, 2*len(near))
	for _, p := range near {
		keys = append(keys, graph.EngagementKey(p.A), graph.EngagementKey(p.B))
	}
	links, err := a.reader.Links(ctx, graph.LinkQuery{Load: a.at, Accounts: keys})
	if err != nil {
		return nil, fmt.Errorf("links: %w", err)
	}
	in := map[graph.EngagementKey][]string{}            // the links of each account
	with := map[graph.EngagementKey][]graph.SourceKey{} // the sources of the agreements that each is linked with
	for _, row := range links {
		l, err := graph.Decode[graph.Link](row.Statement)
		if err != nil {
			return nil, err
		}
		for _, k := range l.Accounts {
			in[k] = append(in[k], l.Key)
			for _, o := range l.Accounts {
				if o != k {
					with[k] = append(with[k], from[o]...)
				}
			}
		}
	}
	return slices.DeleteFunc(near, func(p graph.Proposal) bool {
		a, b := graph.EngagementKey(p.A), graph.EngagementKey(p.B)
		linked := slices.ContainsFunc(in[a], func(l string) bool { return slices.Contains(in[b], l) })
		linked = linked || meets(with[a], from[b]) || meets(with[b], from[a]) // what a source has of it is known
		return linked || slices.ContainsFunc(decided, func(d graph.Decision) bool { return d.A == p.A && d.B == p.B })
	}), nil
}

func meets[T comparable](a, b []T) bool {
	return slices.ContainsFunc(a, func(x T) bool { return slices.Contains(b, x) })
}
