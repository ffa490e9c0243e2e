package neo4jstore

import (
	"context"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// Holders gives who ever held the codes.
func (s *Store) Holders(ctx context.Context, q graph.HolderQuery) (found []graph.Holder, err error) {
	defer failed(ctx, &err, "holders of %v at load %d", q.Codes, q.Load)
	wanted := []string{}
	for _, c := range q.Codes {
		schemes := []string{c.Scheme}
		if c.Scheme == "" {
			schemes = graph.CodeSchemes
		}
		for _, scheme := range schemes {
			wanted = append(wanted, codeKey(graph.Code{Scheme: scheme, Value: c.Value}))
		}
	}
	err = s.ask(ctx, "holders", map[string]any{"load": int64(q.Load), "codes": distinct(wanted)}, func(v map[string]any) error {
		if v["actor"] == nil {
			return nil
		}
		valid, err := intervalOf(str(v["fromDay"]), str(v["toDay"]))
		found = append(found, graph.Holder{
			Code: graph.Code{Scheme: str(v["scheme"]), Value: str(v["value"])}, Actor: graph.ActorKey(str(v["actor"])), Valid: valid,
		})
		return err
	})
	return found, err
}

// Components gives what is part of actors, directly or through others, and what they are members of.
func (s *Store) Components(ctx context.Context, q graph.ComponentQuery) (found []graph.Component, err error) {
	defer failed(ctx, &err, "components of %v at load %d", q.Of, q.Load)
	params := map[string]any{"load": int64(q.Load), "of": distinct(q.Of), "members": q.Members}
	name := "components"
	if q.Wholes {
		name = "families"
	}
	err = s.ask(ctx, name, params, func(v map[string]any) error {
		if v["part"] == nil {
			return nil
		}
		period, err := intervalOf(str(v["fromDay"]), str(v["toDay"]))
		member, _ := v["member"].(bool)
		found = append(found, graph.Component{Part: graph.ActorKey(str(v["part"])), Whole: graph.ActorKey(str(v["whole"])), Period: period, Member: member})
		return err
	})
	return found, err
}

// ActorKeys pages through actors. An actor of which some source says when it existed, existed then; where none does, always.
func (s *Store) ActorKeys(ctx context.Context, q graph.ActorQuery) (page graph.KeyPage, err error) {
	defer failed(ctx, &err, "actors at load %d", q.Load)
	if err := q.Check(); err != nil {
		return page, err
	}
	params := map[string]any{
		"load": int64(q.Load), "after": refOf(graph.StatementActor, string(q.After)), "kinds": texted(q.Kinds), "day": nil, "limit": limitOf(q.First),
	}
	if q.AsOf != nil {
		params["day"] = dayText(*q.AsOf)
	}
	err = s.ask(ctx, "actor_keys", params, func(v map[string]any) error {
		if !none(v) {
			page.Keys = append(page.Keys, graph.ActorKey(str(v["key"])))
		}
		return nil
	})
	if err == nil && q.First > 0 && len(page.Keys) > q.First {
		page.Keys, page.More = page.Keys[:q.First], true
	}
	return page, err
}

// Search pages through what the terms find.
func (s *Store) Search(ctx context.Context, q graph.SearchQuery) (page graph.SearchPage, err error) {
	defer failed(ctx, &err, "search %q at load %d", q.Whole, q.Load)
	if err := q.Check(); err != nil {
		return page, err
	}
	if len(q.Terms) == 0 {
		return page, s.known(ctx, q.Load)
	}
	after := graph.Hit{Rank: -1}
	if q.After != nil {
		after = *q.After
	}
	params := map[string]any{
		"load": int64(q.Load), "terms": termsOf(q.Terms), "whole": wholeKey(q.Whole), "kinds": texted(q.Kinds), "rank": after.Rank,
		"kind": string(after.Kind), "key": after.Key, "limit": limitOf(q.First),
	}
	err = s.ask(ctx, "search", params, func(v map[string]any) error {
		if !none(v) {
			page.Hits = append(page.Hits, graph.Hit{Rank: int(number(v["rank"])), Kind: graph.SearchKind(str(v["kind"])), Key: str(v["key"])})
		}
		return nil
	})
	if err == nil && q.First > 0 && len(page.Hits) > q.First {
		page.Hits, page.More = page.Hits[:q.First], true
	}
	return page, err
}

// termsOf gives each term once. One that is looked for as a word and as a prefix must be found as both: that is, as a word.
func termsOf(all []graph.Term) []map[string]any {
	word := map[string]bool{}
	for _, t := range all {
		word[t.Text] = word[t.Text] || !t.Prefix
	}
	terms := []map[string]any{}
	for _, t := range all {
		if exact, ok := word[t.Text]; ok {
			delete(word, t.Text)
			key := cut(t.Text)
			terms = append(terms, map[string]any{"key": key, "prefix": !exact, "end": key + strings.Repeat("\U0010ffff", 2)})
		}
	}
	return terms
}
