package graph

import (
	"context"
	"fmt"
	"slices"
)

// A MembershipFilter asks for memberships: those that actors have, those in organisations, or both. With neither it finds
// nothing. Other fields that are empty do not filter.
type MembershipFilter struct {
	Members       []ActorKey
	Organizations []ActorKey
	Statuses      []MembershipStatus
	During        *During
}

// MembershipList is a page of memberships.
type MembershipList struct {
	Items    []*Membership
	Position []Position
	More     bool
	Total    *int
}

// Memberships pages through memberships by start and then key; as of a day, those that possibly hold on it, unless During asks
// for other days. They are of whom a source names: what is part of a member is none by that.
func (v *View) Memberships(ctx context.Context, f MembershipFilter, p Page) (*MembershipList, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	q := MembershipQuery{
		Load: v.Load, Members: f.Members, Organizations: f.Organizations, Statuses: f.Statuses,
		After: p.After, Before: p.Before, First: p.First, Last: p.Last, Count: p.Count,
	}
	q.During, q.Overlap, q.Certainty = v.lying(f.During)
	page, err := v.r.Memberships(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("memberships: %w", err)
	}
	list := &MembershipList{Position: page.Position, More: page.More, Total: page.Total}
	list.Items, err = v.memberships(page.Items)
	return list, err
}

// lying says how periods of a list must lie: as is asked, or so that they possibly hold on the view's day.
func (v *View) lying(asked *During) (days *Interval, how Overlap, sure Certainty) {
	if asked != nil {
		return &asked.Interval, asked.Overlap, asked.Certainty
	}
	return v.day(), OverlapAny, Possible
}

func (v *View) memberships(rows []Recorded) ([]*Membership, error) {
	all := make([]*Membership, len(rows))
	for i, row := range rows {
		m, err := Decode[Membership](row.Statement)
		if err != nil {
			return nil, err
		}
		m.In, m.Source = v.State, row.Source
		all[i] = m
	}
	return all, nil
}

// MembershipsByKey gives the memberships with the keys; those not there are absent.
func (v *View) MembershipsByKey(ctx context.Context, keys []MembershipKey) (map[MembershipKey]*Membership, error) {
	rows, err := v.r.Statements(ctx, StatementQuery{Load: v.Load, Kind: StatementMembership, Keys: texts(keys)})
	if err != nil {
		return nil, fmt.Errorf("memberships: %w", err)
	}
	all, err := v.memberships(rows)
	if err != nil {
		return nil, err
	}
	found := make(map[MembershipKey]*Membership, len(all))
	for _, m := range all {
		found[m.Key] = m
	}
	return found, nil
}

// Holds tells how sure it is that the membership held on a day: CERTAIN, POSSIBLE, or "" where it did not.
func (m *Membership) Holds(d Day) Certainty { return m.Period.Sure(d) }

// Check says what is wrong with the question.
func (q MembershipQuery) Check() error {
	for _, s := range q.Statuses {
		if !slices.Contains(MembershipStatuses, s) {
			return BadInput("%q is no status of a membership: it is one of %v", s, MembershipStatuses)
		}
	}
	if err := checkPage("memberships", q.First, q.Last); err != nil {
		return err
	}
	return checkDuring(q.Overlap, q.Certainty)
}
