package neo4jstore

import (
	"context"
	"fmt"
	"iter"

	"github.com/entente-graph/entente/graph"
)

// statements asks for statements that a text gives in their order.
func (s *Store) statements(ctx context.Context, name string, params map[string]any) (found []graph.Recorded, err error) {
	err = s.ask(ctx, name, params, func(v map[string]any) error {
		if none(v) {
			return nil
		}
		r, err := recordedOf(v)
		found = append(found, r)
		return err
	})
	return found, err
}

// Statements gives statements by key.
func (s *Store) Statements(ctx context.Context, q graph.StatementQuery) (found []graph.Recorded, err error) {
	defer failed(ctx, &err, "%s statements at load %d", q.Kind, q.Load)
	if err := q.Check(); err != nil {
		return nil, err
	}
	if q.Keys == nil {
		prefix := refOf(q.Kind, "")
		return s.statements(ctx, "statements_of_kind", map[string]any{"load": int64(q.Load), "after": prefix, "before": past(prefix)})
	}
	if q.Same {
		return s.statements(ctx, "statements_of_persons", map[string]any{"load": int64(q.Load), "keys": distinct(q.Keys)})
	}
	refs := distinct(q.Keys)
	for i, key := range refs {
		refs[i] = refOf(q.Kind, key)
	}
	return s.statements(ctx, "statements_by_key", map[string]any{"load": int64(q.Load), "refs": refs})
}

// Links gives the links that accounts are in.
func (s *Store) Links(ctx context.Context, q graph.LinkQuery) (found []graph.Recorded, err error) {
	defer failed(ctx, &err, "links of %d engagements at load %d", len(q.Accounts), q.Load)
	return s.statements(ctx, "links", map[string]any{"load": int64(q.Load), "accounts": distinct(q.Accounts)})
}

// manifestPage is how many entries are read at once; nothing is open in the database while they are handed on.
const manifestPage = 2000

// Manifest streams ids and hashes.
func (s *Store) Manifest(ctx context.Context, q graph.ManifestQuery) iter.Seq2[graph.ManifestEntry, error] {
	return func(yield func(graph.ManifestEntry, error) bool) {
		name, what := "manifest_of_all", "every slice"
		params := map[string]any{"load": int64(q.Load), "after": "", "limit": manifestPage}
		if q.Slice != nil {
			name, what = "manifest_of_slice", fmt.Sprintf("slice %s of %s", q.Slice.ID, q.Slice.Source)
			params["source"], params["slice"], params["after"] = string(q.Slice.Source), string(q.Slice.ID), slicePrefix(*q.Slice)
			params["before"] = past(slicePrefix(*q.Slice))
		}
		for {
			page := make([]graph.ManifestEntry, 0, 64)
			err := s.ask(ctx, name, params, func(v map[string]any) error {
				if none(v) {
					return nil
				}
				e := graph.ManifestEntry{StatementID: idOf(v), Slice: graph.SliceID(str(v["slice"]))}
				var err error
				e.Hash, err = hashOf(v)
				page = append(page, e)
				return err
			})
			if failed(ctx, &err, "manifest of %s at load %d", what, q.Load); err != nil {
				yield(graph.ManifestEntry{}, err)
				return
			}
			for _, e := range page {
				if !yield(e, nil) {
					return
				}
			}
			if len(page) < manifestPage {
				return
			}
			last := page[len(page)-1]
			params["after"] = nameOf(last.StatementID)
			if q.Slice != nil {
				params["after"] = placeOf(graph.Statement{StatementID: last.StatementID, Slice: last.Slice})
			}
		}
	}
}

func idOf(v map[string]any) graph.StatementID {
	return graph.StatementID{Source: graph.SourceKey(str(v["source"])), Kind: graph.StatementKind(str(v["kind"])), Key: str(v["key"])}
}

// Quarantine pages through what a load did not understand.
func (s *Store) Quarantine(ctx context.Context, q graph.QuarantineQuery) (page graph.QuarantinePage, err error) {
	defer failed(ctx, &err, "the quarantine of load %d", q.Load)
	if err := q.Check(); err != nil {
		return page, err
	}
	params := map[string]any{
		"load": int64(q.Load), "after": entryAt(q.Load, q.After), "before": past(ofLoad(q.Load)), "limit": limitOf(q.First),
	}
	err = s.ask(ctx, "quarantine", params, func(v map[string]any) error {
		if v["body"] == nil {
			return nil
		}
		item, err := quarantinedOf(str(v["body"]))
		page.Items = append(page.Items, item)
		return err
	})
	if q.First > 0 && len(page.Items) > q.First {
		page.Items, page.More = page.Items[:q.First], true
	}
	return page, err
}

// Erasures gives what was erased.
func (s *Store) Erasures(ctx context.Context, q graph.ErasureQuery) (found []graph.Erasure, err error) {
	defer failed(ctx, &err, "what was erased")
	params := map[string]any{"load": s.seen.Load(), "keys": nil}
	if q.Keys != nil {
		params["keys"] = distinct(q.Keys)
	}
	err = s.ask(ctx, "erasures", params, func(v map[string]any) error {
		if !none(v) {
			found = append(found, graph.Erasure{StatementID: idOf(v), Load: graph.LoadNumber(number(v["load"])), Reason: str(v["reason"])})
		}
		return nil
	})
	return found, err
}
