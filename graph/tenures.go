package graph

import (
	"context"
	"fmt"
)

// A TenureFilter asks for tenures: a person's, or those of offices. Empty fields do not filter.
type TenureFilter struct {
	Persons []ActorKey
	Of      []ActorKey // whose offices, and of what was part of them
	Offices []string   // any of these titles, as written or not: compared folded
	During  *During
}

// TenureList is a page of tenures.
type TenureList struct {
	Items    []*Tenure
	Position []Position
	More     bool
	Total    *int
}

// Tenures pages through tenures by start and then key; as of a day, those that possibly hold on it, unless During asks
// for other days.
func (v *View) Tenures(ctx context.Context, f TenureFilter, p Page) (*TenureList, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	same, err := v.sames(ctx, f.Persons)
	if err != nil {
		return nil, err
	}
	q := TenureQuery{
		Load: v.Load, Persons: same.all(f.Persons), Overlap: OverlapAny, Certainty: Possible,
		After: p.After, Before: p.Before, First: p.First, Last: p.Last, Count: p.Count,
	}
	for _, title := range f.Offices {
		q.Offices = append(q.Offices, Fold(title))
	}
	counts := Always // when parts count for their whole
	switch {
	case f.During != nil:
		q.During, q.Overlap, q.Certainty = &f.During.Interval, f.During.Overlap, f.During.Certainty
	case v.AsOf != nil:
		counts = Inclusive(*v.AsOf, *v.AsOf)
		q.During = &counts
	}
	if len(f.Of) > 0 {
		cons, err := v.Constituents(ctx, f.Of, officeThrough)
		if err != nil {
			return nil, err
		}
		for _, of := range f.Of {
			q.Of = append(q.Of, Within(cons[of], counts)...)
		}
	}
	page, err := v.r.Tenures(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("tenures: %w", err)
	}
	list := &TenureList{Position: page.Position, More: page.More, Total: page.Total}
	list.Items, err = v.tenures(page.Items)
	same.name(list.Items)
	return list, err
}

// officeThrough says whose offices are an actor's: its own, and those of what is part of it.
var officeThrough = []Involvement{Direct, ByComponent}

func (v *View) tenures(rows []Recorded) ([]*Tenure, error) {
	all := make([]*Tenure, len(rows))
	for i, row := range rows {
		t, err := Decode[Tenure](row.Statement)
		if err != nil {
			return nil, err
		}
		t.In, t.Source = v.State, row.Source
		all[i] = t
	}
	return all, nil
}

// TenuresByKey gives the tenures with the keys; those not there are absent.
func (v *View) TenuresByKey(ctx context.Context, keys []TenureKey) (map[TenureKey]*Tenure, error) {
	rows, err := v.r.Statements(ctx, StatementQuery{Load: v.Load, Kind: StatementTenure, Keys: texts(keys)})
	if err != nil {
		return nil, fmt.Errorf("tenures: %w", err)
	}
	all, err := v.tenures(rows)
	if err != nil {
		return nil, err
	}
	found := make(map[TenureKey]*Tenure, len(all))
	for _, t := range all {
		found[t.Key] = t
	}
	return found, nil
}

// Holds tells how sure it is that the person held the office on a day: CERTAIN, POSSIBLE, or "" where it did not.
func (t *Tenure) Holds(d Day) Certainty {
	return t.Period.Sure(d)
}

// Lies tells whether the tenure's period lies so to an interval.
func (d During) Lies(p Period) bool {
	how, sure := d.Overlap, d.Certainty
	if how == "" {
		how = OverlapAny
	}
	if sure == "" {
		sure = Possible
	}
	return p.Bounds().Compare(d.Interval, how, sure)
}
