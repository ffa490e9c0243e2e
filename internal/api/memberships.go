package api

import (
	"context"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/api/model"
)

// membershipsOf lists the memberships that an actor has, in one organisation if that is named.
func membershipsOf(
	ctx context.Context, a *graph.Actor, in *string, status []graph.MembershipStatus, during *model.DuringInput, p paging,
) (*model.MembershipConnection, error) {
	f := graph.MembershipFilter{Members: []graph.ActorKey{a.Key}, Statuses: status}
	return membershipPage(ctx, a, in, f, during, p)
}

// membersOf lists the memberships in an organisation.
func membersOf(
	ctx context.Context, a *graph.Actor, status []graph.MembershipStatus, during *model.DuringInput, p paging,
) (*model.MembershipConnection, error) {
	f := graph.MembershipFilter{Organizations: []graph.ActorKey{a.Key}, Statuses: status}
	return membershipPage(ctx, a, nil, f, during, p)
}

func membershipPage(
	ctx context.Context, a *graph.Actor, in *string, f graph.MembershipFilter, during *model.DuringInput, p paging,
) (*model.MembershipConnection, error) {
	l, err := list(ctx, a.In, string(a.Key), p)
	if err != nil {
		return nil, err
	}
	if in != nil {
		if f.Organizations, err = l.Resolve(ctx, *in); err != nil {
			return nil, err
		}
	}
	if f.During, err = duringOf(ctx, during); err != nil {
		return nil, err
	}
	page, err := l.page()
	if err != nil {
		return nil, err
	}
	found, err := l.Memberships(ctx, f, page)
	if err != nil {
		return nil, err
	}
	return &model.MembershipConnection{Connection: placedPage(l, found.Items, found.Position, found.More, found.Total)}, nil
}

// holdsOn tells how sure it is that something held on a day, or without one on that of the state; nil where it did not, and
// where no day is known.
func holdsOn(s graph.State, on *graph.Day, holds func(graph.Day) graph.Certainty) *graph.Certainty {
	if on == nil {
		on = s.AsOf
	}
	if on == nil {
		return nil
	}
	if sure := holds(*on); sure != "" {
		return &sure
	}
	return nil
}
