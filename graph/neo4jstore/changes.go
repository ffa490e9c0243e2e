package neo4jstore

import (
	"context"
	"errors"
	"iter"

	"github.com/entente-graph/entente/graph"
)

// Changes streams what loads did.
func (s *Store) Changes(ctx context.Context, q graph.ChangeQuery) iter.Seq2[graph.Change, error] {
	return func(yield func(graph.Change, error) bool) {
		err := q.Check()
		if err == nil {
			err = s.known(ctx, q.Upto)
		}
		if err == nil {
			err = s.changes(ctx, q, yield)
		}
		if err == nil || errors.Is(err, graph.ErrStopped) {
			return
		}
		failed(ctx, &err, "what the loads after %d did, up to %d", q.After, q.Upto)
		yield(graph.Change{}, err)
	}
}

// changesPage is how many changes are read at once: with their bodies, some megabytes.
const changesPage = 1000

func (s *Store) changes(ctx context.Context, q graph.ChangeQuery, yield func(graph.Change, error) bool) error {
	limit := q.Limit(changesPage)
	half := func(name string, decode func(v map[string]any) (graph.Change, error)) func(graph.ChangePosition) ([]graph.Change, bool, error) {
		return func(after graph.ChangePosition) (page []graph.Change, more bool, err error) {
			params := map[string]any{
				"load": int64(q.Upto), "after": ofLoad(after.Load), "before": past(ofLoad(q.Upto)), "limit": limit,
			}
			if after.StatementID != (graph.StatementID{}) {
				params["after"] = ofLoad(after.Load) + nameOf(after.StatementID)
			}
			if name == "changes_closed" {
				params["bodies"] = q.Bodies
			}
			err = s.ask(ctx, name, params, func(v map[string]any) error {
				if none(v) {
					return nil
				}
				change, err := decode(v)
				change.StatementID = idOf(v)
				page = append(page, change)
				return err
			})
			return page, len(page) == limit, err
		}
	}
	return graph.MergeChanges(q, half("changes_added", addedOf), half("changes_closed", closedOf), yield)
}

func addedOf(v map[string]any) (c graph.Change, err error) {
	r, err := recordedOf(v)
	c.Added, c.Load, c.Until = &r, r.Load, graph.LoadNumber(number(v["recordedTo"]))
	return c, err
}

func closedOf(v map[string]any) (c graph.Change, err error) {
	hash, err := hashOf(v)
	c.Closed = &graph.Version{
		Slice: graph.SliceID(str(v["slice"])), Hash: hash, Load: graph.LoadNumber(number(v["recordedFrom"])), Body: str(v["body"]),
	}
	c.Load = graph.LoadNumber(number(v["recordedTo"]))
	return c, err
}

// Versions gives the versions of a key's statements.
func (s *Store) Versions(ctx context.Context, q graph.VersionQuery) (page graph.VersionPage, err error) {
	defer failed(ctx, &err, "the versions of %q by load %d", q.Key, q.Load)
	if err := q.Check(); err != nil {
		return page, err
	}
	kinds := q.Kinds
	if len(kinds) == 0 {
		kinds = graph.StatementKinds
	}
	refs := distinct(kinds)
	for i, kind := range refs {
		refs[i] = refOf(graph.StatementKind(kind), q.Key)
	}
	params := map[string]any{"load": int64(q.Load), "refs": refs, "since": int64(q.Since), "limit": limitOf(q.First)}
	err = s.ask(ctx, "versions", params, func(v map[string]any) error {
		if none(v) {
			return nil
		}
		r, err := recordedOf(v)
		item := graph.Stood{Recorded: r, Until: graph.LoadNumber(number(v["recordedTo"]))}
		if item.Until > q.Load {
			item.Until = 0
		}
		page.Items = append(page.Items, item)
		return err
	})
	if q.First > 0 && len(page.Items) > q.First {
		page.Items, page.More = page.Items[:q.First], true
	}
	return page, err
}
