package graph

import (
	"context"
	"fmt"
)

// Gone tells why nothing is known of a key: because it was erased, which is a problem of kind ErrGone that says in which
// load and for what reason, or because it never was, which is nil. An erasure holds at every load. Ask it only where
// nothing was found: what one source said may be erased while another still says something.
func (v *View) Gone(ctx context.Context, kind StatementKind, key string) error {
	p, err := v.gone(ctx, kind, key)
	if err != nil || p == nil {
		return err
	}
	return p
}

func (v *View) gone(ctx context.Context, kind StatementKind, key string) (*Problem, error) {
	erased, err := v.r.Erasures(ctx, ErasureQuery{Keys: []string{key}})
	if err != nil {
		return nil, fmt.Errorf("whether %q was erased: %w", key, err)
	}
	var newest *Erasure
	for i, e := range erased {
		if e.Kind == kind && (newest == nil || e.Load > newest.Load) {
			newest = &erased[i]
		}
	}
	if newest == nil {
		return nil, nil //nolint:nilnil // it was not
	}
	return problem(ErrGone, CodeGone, "%q was erased in load %d: %s", key, newest.Load, newest.Reason), nil
}

// Erased gives the newest load that erased something, or 0: at a number below it the graph may answer otherwise than it
// did before.
func (v *View) Erased(ctx context.Context) (newest LoadNumber, err error) {
	all, err := v.r.Erasures(ctx, ErasureQuery{})
	if err != nil {
		return 0, fmt.Errorf("what was erased: %w", err)
	}
	for _, e := range all {
		newest = max(newest, e.Load)
	}
	return newest, nil
}
