package graph

import (
	"context"
	"fmt"
	"slices"
)

// A RepresentationFilter asks for representations: of senders, at receivers, or both. With neither it finds nothing. A
// representation is found by a record of it that has one of the Levels and lies so to During, where these are given.
type RepresentationFilter struct {
	Senders   []ActorKey
	Receivers []ActorKey
	Levels    []RepresentationLevel
	During    *During
}

// RepresentationList is a page of representations.
type RepresentationList struct {
	Items    []*Representation
	Position []Position
	More     bool
	Total    *int
}

// Representations pages through representations, by the start of the first record and then key; as of a day, those with a
// record that possibly holds on it, unless During asks for other days.
func (v *View) Representations(ctx context.Context, f RepresentationFilter, p Page) (*RepresentationList, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	q := RepresentationQuery{
		Load: v.Load, Senders: f.Senders, Receivers: f.Receivers, Levels: f.Levels,
		After: p.After, Before: p.Before, First: p.First, Last: p.Last, Count: p.Count,
	}
	q.During, q.Overlap, q.Certainty = v.lying(f.During)
	page, err := v.r.Representations(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("representations: %w", err)
	}
	list := &RepresentationList{Position: page.Position, More: page.More, Total: page.Total}
	list.Items, err = v.representations(page.Items)
	return list, err
}

func (v *View) representations(rows []Recorded) ([]*Representation, error) {
	all := make([]*Representation, len(rows))
	for i, row := range rows {
		r, err := Decode[Representation](row.Statement)
		if err != nil {
			return nil, err
		}
		r.In, r.Source = v.State, row.Source
		all[i] = r
	}
	return all, nil
}

// RepresentationsByKey gives the representations with the keys; those not there are absent.
func (v *View) RepresentationsByKey(ctx context.Context, keys []RepresentationKey) (map[RepresentationKey]*Representation, error) {
	rows, err := v.r.Statements(ctx, StatementQuery{Load: v.Load, Kind: StatementRepresentation, Keys: texts(keys)})
	if err != nil {
		return nil, fmt.Errorf("representations: %w", err)
	}
	all, err := v.representations(rows)
	if err != nil {
		return nil, err
	}
	found := make(map[RepresentationKey]*Representation, len(all))
	for _, r := range all {
		found[r.Key] = r
	}
	return found, nil
}

// Check says what is wrong with the question.
func (q RepresentationQuery) Check() error {
	for _, l := range q.Levels {
		if !slices.Contains(RepresentationLevels, l) {
			return BadInput("%q is no level of a representation: it is one of %v", l, RepresentationLevels)
		}
	}
	if err := checkPage("representations", q.First, q.Last); err != nil {
		return err
	}
	return checkDuring(q.Overlap, q.Certainty)
}
