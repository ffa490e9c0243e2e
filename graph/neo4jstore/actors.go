package neo4jstore

import (
	"context"
	"fmt"
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
	params := map[string]any{"load": int64(q.Load), "of": distinct(q.Of), "members": q.Members, "joined": q.Joined}
	name := "components"
	if q.Wholes {
		name = "families"
	}
	err = s.ask(ctx, name, params, func(v map[string]any) error {
		if v["part"] == nil {
			return nil
		}
		period, err := intervalOf(str(v["fromDay"]), str(v["toDay"]))
		bond := number(v["bond"])
		found = append(found, graph.Component{Part: graph.ActorKey(str(v["part"])), Whole: graph.ActorKey(str(v["whole"])), Period: period, Member: bond == 1, Same: bond == 2})
		return err
	})
	return found, err
}

// ActorKeys pages through actors: of each, through the account that names it.
func (s *Store) ActorKeys(ctx context.Context, q graph.ActorQuery) (page graph.KeyPage, err error) {
	defer failed(ctx, &err, "actors at load %d", q.Load)
	if err := q.Check(); err != nil {
		return page, err
	}
	if q.Count {
		page.Total = new(int)
	}
	asked := q.Asked()
	backward, after, before := q.Walk()
	byName := q.Order.By == graph.ByName
	v := variant{Count: q.Count, Backward: backward, Where: len(asked) > 0}
	ranks := map[string]any{}
	for i, source := range q.Sources {
		ranks[string(source)] = i
	}
	params := map[string]any{"load": int64(q.Load), "ranks": ranks, "apart": q.Apart, "limit": limitOf(max(q.First, q.Last))}
	if v.Where {
		params["where"] = filterOf(asked)
	}
	name := "actor_keys"
	if byName {
		name = "actors_by_name"
	}
	if keys, known := asked.Among(); known {
		name = "actors_among"
		refs := distinct(keys)
		for i, key := range refs {
			refs[i] = refOf(graph.StatementActor, key)
		}
		params["refs"], params["byName"] = refs, byName
	} else if text, how := asked.Called(); how == graph.MatchEquals {
		name = "actors_called"
		params["whole"], params["byName"] = wholeKey(text), byName
	}
	params["after"], params["before"] = actorsBetween(byName, after, before)
	err = s.ask(ctx, v.name(name), params, func(v map[string]any) error {
		if page.Total != nil {
			*page.Total = int(number(v["total"]))
		}
		if none(v) {
			return nil
		}
		at := graph.Position{Key: str(v["key"])}
		if byName {
			title, err := titleCode.DecodeString(strings.TrimSuffix(str(v["place"]), " "+at.Key))
			if err != nil {
				return fmt.Errorf("%q is not a place in a list by name", str(v["place"]))
			}
			at.Title = string(title)
		}
		page.Keys, page.Position = append(page.Keys, graph.ActorKey(at.Key)), append(page.Position, at)
		return nil
	})
	page.Cut(q)
	return page, err
}

// actorsBetween gives the bounds of what lies between two positions.
func actorsBetween(byName bool, after, before *graph.Position) (from, to string) {
	place := func(p graph.Position) string { return refOf(graph.StatementActor, p.Key) }
	from, to = refOf(graph.StatementActor, ""), past(refOf(graph.StatementActor, ""))
	if byName {
		place = func(p graph.Position) string { return titleText(p.Title) + " " + p.Key }
		from, to = "", "~"
	}
	if after != nil {
		from = place(*after)
	}
	if before != nil {
		to = place(*before)
	}
	return from, to
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
