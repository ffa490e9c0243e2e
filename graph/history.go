package graph

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// History pages through the changes of one thing by the view's load: every version that each source's statement of it
// had, with the loads between which it stood. It is named by the key of anything that is stated, or by a code of an
// actor; also of what is no longer stated. In the order of changes.
func (v *View) History(ctx context.Context, name string, kinds []StatementKind, first int, after *ChangePosition) ([]Change, bool, error) {
	if err := (Page{First: first}).Check(); err != nil {
		return nil, false, err
	}
	steps, more, err := v.history(ctx, name, kinds, first, after)
	if err != nil || len(steps) > 0 || after != nil {
		return steps, more, err
	}
	keys, err := v.Resolve(ctx, name)
	switch {
	case err == nil:
		return v.history(ctx, string(keys[0]), kinds, first, nil)
	case !errors.Is(err, ErrNotFound):
		return nil, false, err
	}
	var unknown *Problem
	if _, err := v.Engagement(ctx, EngagementKey(name)); errors.As(err, &unknown) {
		return nil, false, &Problem{
			Kind: unknown.Kind, Code: unknown.Code, Suggestions: unknown.Suggestions,
			Message: fmt.Sprintf("nothing was ever stated under the key %q, by load %d", name, v.Load),
		}
	}
	return nil, false, err
}

// history reads versions until there are steps enough. Versions come by the load that recorded them: what happened before
// the load that recorded the last one read is known whole.
func (v *View) history(ctx context.Context, key string, kinds []StatementKind, first int, after *ChangePosition) ([]Change, bool, error) {
	q := VersionQuery{Load: v.Load, Kinds: kinds, Key: key, First: 2*first + len(StatementKinds)}
	if after != nil {
		q.Since = after.Load - 1 // what the load of the cursor closed is among them
	}
	for {
		page, err := v.r.Versions(ctx, q)
		if err != nil {
			return nil, false, fmt.Errorf("the versions of %q: %w", key, err)
		}
		upto := v.Load
		if page.More {
			upto = page.Items[len(page.Items)-1].Load - 1
		}
		steps := stepsOf(page.Items)
		steps = slices.DeleteFunc(steps, func(c Change) bool {
			return c.Load > upto || after != nil && c.Position().Compare(*after) <= 0
		})
		if !page.More || len(steps) > first {
			return steps[:min(first, len(steps))], page.More || len(steps) > first, nil
		}
		q.First *= 2
	}
}

// stepsOf makes of versions the changes that brought and closed them.
func stepsOf(versions []Stood) []Change {
	at := map[ChangePosition]*Change{}
	step := func(load LoadNumber, id StatementID) *Change {
		place := ChangePosition{load, id}
		if at[place] == nil {
			at[place] = &Change{StatementID: id, Load: load}
		}
		return at[place]
	}
	for _, s := range versions {
		c := step(s.Load, s.StatementID)
		c.Added, c.Until = &s.Recorded, s.Until
		if s.Until > 0 {
			step(s.Until, s.StatementID).Closed = &Version{Slice: s.Slice, Hash: s.Hash, Load: s.Load, Body: string(s.Body)}
		}
	}
	steps := make([]Change, 0, len(at))
	for _, c := range at {
		steps = append(steps, *c)
	}
	slices.SortFunc(steps, func(a, b Change) int { return a.Position().Compare(b.Position()) })
	return steps
}
