package graph

import (
	"context"
	"fmt"
)

// Assertions gives what is asserted about engagements, oldest first; as of a day, only what may have been said by it.
func (v *View) Assertions(ctx context.Context, about []EngagementKey) (map[EngagementKey][]*Assertion, error) {
	page, err := v.r.Assertions(ctx, AssertionQuery{Load: v.Load, About: about, By: v.AsOf})
	if err != nil {
		return nil, fmt.Errorf("assertions: %w", err)
	}
	all, err := v.assertions(page.Items)
	if err != nil {
		return nil, err
	}
	found := map[EngagementKey][]*Assertion{}
	for _, a := range all {
		found[a.About] = append(found[a.About], a)
	}
	return found, nil
}

// AssertionList is a page of assertions.
type AssertionList struct {
	Items    []*Assertion
	Position []Position
	More     bool
	Total    *int
}

// AssertionsBy pages through what an actor asserts, oldest first, undated first of all: itself, and by through what was part
// of it when it may have said so. As of a day, only what may have been said by it. A person's state asserts for itself.
func (v *View) AssertionsBy(ctx context.Context, author ActorKey, through []Involvement, p Page) (*AssertionList, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	cons, err := v.Constituents(ctx, []ActorKey{author}, through)
	if err != nil {
		return nil, err
	}
	q := AssertionQuery{
		Load: v.Load, Authors: cons[author], By: v.AsOf, After: p.After, Before: p.Before, First: p.First, Last: p.Last, Count: p.Count,
	}
	page, err := v.r.Assertions(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("assertions of %s: %w", author, err)
	}
	list := &AssertionList{Position: page.Position, More: page.More, Total: page.Total}
	list.Items, err = v.assertions(page.Items)
	return list, err
}

func (v *View) assertions(rows []Recorded) ([]*Assertion, error) {
	all := make([]*Assertion, len(rows))
	for i, row := range rows {
		a, err := Decode[Assertion](row.Statement)
		if err != nil {
			return nil, err
		}
		a.In, a.Source = v.State, row.Source
		all[i] = a
	}
	return all, nil
}
