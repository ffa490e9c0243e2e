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
		for n := q.After + 1; err == nil && n <= q.Upto; n++ { // numbers that were burned have nothing
			err = s.changes(ctx, n, q.Upto, yield)
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

// changes gives what one load did.
func (s *Store) changes(ctx context.Context, load, head graph.LoadNumber, yield func(graph.Change, error) bool) error {
	half := func(name string, decode func(v map[string]any) (graph.Change, error)) func(graph.StatementID) ([]graph.Change, bool, error) {
		return func(after graph.StatementID) (page []graph.Change, more bool, err error) {
			params := map[string]any{
				"load": int64(head), "of": int64(load), "after": ofLoad(load) + nameOf(after), "before": past(ofLoad(load)), "limit": changesPage,
			}
			if after == (graph.StatementID{}) {
				params["after"] = ofLoad(load)
			}
			err = s.ask(ctx, name, params, func(v map[string]any) error {
				if none(v) {
					return nil
				}
				change, err := decode(v)
				change.StatementID, change.Load = idOf(v), load
				page = append(page, change)
				return err
			})
			return page, len(page) == changesPage, err
		}
	}
	return graph.MergeChanges(half("changes_added", addedOf), half("changes_closed", closedOf), yield)
}

func addedOf(v map[string]any) (c graph.Change, err error) {
	r, err := recordedOf(v)
	c.Added = &r
	return c, err
}

func closedOf(v map[string]any) (c graph.Change, err error) {
	hash, err := hashOf(v)
	c.Closed = &graph.Version{Slice: graph.SliceID(str(v["slice"])), Hash: hash, Load: graph.LoadNumber(number(v["recordedFrom"]))}
	return c, err
}
