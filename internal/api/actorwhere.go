package api

import (
	"context"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/api/model"
)

func actorPage(ctx context.Context, s graph.State, where *model.ActorWhere, by *model.ActorOrder, p paging) (*model.ActorConnection, error) {
	l, err := list(ctx, s, "", p)
	if err != nil {
		return nil, err
	}
	f := graph.ActorFilter{}
	if by != nil {
		f.Order = graph.Order{By: by.Field, Descending: by.Direction == "DESC"}
	}
	if f.Where, err = (&actorsAsked{world: l.world}).tree(ctx, where); err != nil {
		return nil, err
	}
	page, err := l.page()
	if err != nil {
		return nil, err
	}
	found, err := l.ActorPage(ctx, f, page)
	if err != nil {
		return nil, err
	}
	return &model.ActorConnection{Connection: placedPage(l, found.Items, found.Position, found.More, found.Total)}, nil
}

// actorsAsked makes a tree of conditions of what a document asks of actors.
type actorsAsked struct {
	*world
	beside int // conditions about other things than the actors, which the store is asked about
}

// maxBeside bounds how many conditions ask the store before the page is asked for.
const maxBeside = 8

func (a *actorsAsked) tree(ctx context.Context, where *model.ActorWhere) (graph.Where, error) {
	if where == nil {
		return graph.AllOf(), nil
	}
	var all []graph.Where
	for _, field := range []func(context.Context, *model.ActorWhere) ([]graph.Where, error){a.logic, a.own, a.refs, a.codes, a.offices} {
		more, err := field(ctx, where)
		if err != nil {
			return graph.Where{}, err
		}
		all = append(all, more...)
	}
	return graph.AllOf(all...), nil
}

func (a *actorsAsked) logic(ctx context.Context, where *model.ActorWhere) (all []graph.Where, err error) {
	each := func(of []*model.ActorWhere) (trees []graph.Where, err error) {
		for _, inner := range of {
			t, err := a.tree(ctx, inner)
			if err != nil {
				return nil, err
			}
			trees = append(trees, t)
		}
		return trees, nil
	}
	if all, err = each(where.AND); err != nil {
		return nil, err
	}
	if where.OR != nil {
		trees, err := each(where.OR)
		if err != nil {
			return nil, err
		}
		all = append(all, graph.AnyOf(trees...))
	}
	if where.NOT != nil {
		t, err := a.tree(ctx, where.NOT)
		if err != nil {
			return nil, err
		}
		all = append(all, graph.NotSo(t))
	}
	return all, nil
}

// own are the conditions about an actor's own accounts.
func (a *actorsAsked) own(ctx context.Context, where *model.ActorWhere) ([]graph.Where, error) {
	all := one(graph.TagKind, (*model.One[graph.ActorKind])(where.Kind))
	if k := where.Key; k != nil {
		if keys := values(&model.One[string]{Eq: k.Eq, In: k.In}); keys != nil {
			asked := make([]graph.ActorKey, len(keys))
			for i, key := range keys {
				asked[i] = graph.ActorKey(key)
			}
			asked, err := a.Leads(ctx, asked)
			if err != nil {
				return nil, err
			}
			w, err := graph.Keyed(asked...)
			if err != nil {
				return nil, err
			}
			all = append(all, w)
		}
		if k.StartsWith != nil {
			all = append(all, graph.So(graph.Condition{Kind: graph.HasKey, Match: graph.MatchStartsWith, Text: *k.StartsWith}))
		}
	}
	names, err := named("name", where.Name)
	if err != nil {
		return nil, err
	}
	all = append(all, names...)
	if d := where.Exists; d != nil {
		i, err := intervalOf(ctx, d)
		if err != nil {
			return nil, err
		}
		all = append(all, graph.So(graph.Condition{Kind: graph.LiesSo, Days: i, Overlap: d.Overlap, Certainty: d.Certainty}))
	}
	sources, err := spoken(ctx, a.world, where.Source)
	return append(all, sources...), err
}

// ask counts a condition that the store is asked about.
func (a *actorsAsked) ask(w graph.Where, err error) ([]graph.Where, error) {
	if a.beside++; a.beside > maxBeside {
		return nil, graph.BadInput("where has more than %d conditions of identifier, partOf, memberOf and held: put values of one field into one in:", maxBeside)
	}
	return []graph.Where{w}, err
}

// refs are the conditions that name other actors.
func (a *actorsAsked) refs(ctx context.Context, where *model.ActorWhere) (all []graph.Where, err error) {
	for _, field := range []struct {
		where *model.ActorRefWhere
		ask   func(context.Context, []graph.ActorKey) (graph.Where, error)
	}{{where.PartOf, a.PartsOf}, {where.MemberOf, a.MembersOf}} {
		texts := values((*model.One[string])(field.where))
		if texts == nil {
			continue
		}
		if len(texts) == 0 {
			all = append(all, graph.AnyOf())
			continue
		}
		keys, err := a.Resolve(ctx, texts...)
		if err != nil {
			return nil, err
		}
		more, err := a.ask(field.ask(ctx, keys))
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
	}
	return all, nil
}

func (a *actorsAsked) codes(ctx context.Context, where *model.ActorWhere) ([]graph.Where, error) {
	codes, err := codesOf(where.Identifier)
	switch {
	case codes == nil || err != nil:
		return nil, err
	case len(codes) == 0:
		return []graph.Where{graph.AnyOf()}, nil
	}
	return a.ask(a.Coded(ctx, codes))
}

// codesOf gives the codes that are asked for; nil: any.
func codesOf(i *model.IdentifierWhere) ([]graph.Code, error) {
	if i == nil {
		return nil, nil
	}
	asked := values(&model.One[string]{Eq: i.Eq, In: i.In})
	switch {
	case asked == nil:
		return nil, graph.BadInput("identifier: {scheme: %q} without a code: give eq or in", i.Scheme)
	case i.Scheme == "":
		return nil, graph.BadInput("identifier without a scheme: give one, as cow")
	}
	codes := make([]graph.Code, len(asked))
	for n, value := range asked {
		codes[n] = graph.Code{Scheme: i.Scheme, Value: value}
	}
	return codes, nil
}

func (a *actorsAsked) offices(ctx context.Context, where *model.ActorWhere) ([]graph.Where, error) {
	h := where.Held
	if h == nil {
		return nil, nil
	}
	keys, err := a.Resolve(ctx, h.Of)
	if err != nil {
		return nil, err
	}
	during, err := duringOf(ctx, h.During)
	if err != nil {
		return nil, err
	}
	if len(h.Title) == 0 {
		return []graph.Where{graph.AnyOf()}, nil
	}
	return a.ask(a.HoldersOf(ctx, graph.NewOfficeKey(keys[0], h.Title...), during))
}
