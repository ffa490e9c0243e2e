package api

import (
	"context"
	"slices"
	"strconv"
	"sync"

	"github.com/99designs/gqlgen/graphql"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/api/model"
	"github.com/entente-graph/entente/internal/api/scalar"
)

// finders find what an id names, by its type and the parts of its key.
var finders = map[string]struct {
	parts int
	find  func(ctx context.Context, w *world, parts []string) (model.Node, bool, error)
}{
	"Actor": {1, func(ctx context.Context, w *world, p []string) (model.Node, bool, error) {
		return anyOf(w.actors.load(ctx, graph.ActorKey(p[0])))
	}},
	"Agreement": {1, findEngagement[*graph.Agreement]},
	"Dispute":   {1, findEngagement[*graph.Dispute]},
	"Meeting":   {1, findEngagement[*graph.Meeting]},
	"Act":       {1, findEngagement[*graph.Act]},
	"Work": {1, func(ctx context.Context, w *world, p []string) (model.Node, bool, error) {
		return anyOf(w.works.load(ctx, graph.WorkKey(p[0])))
	}},
	"Tenure": {1, func(ctx context.Context, w *world, p []string) (model.Node, bool, error) {
		return anyOf(w.tenureKeys.load(ctx, graph.TenureKey(p[0])))
	}},
	"Membership": {1, func(ctx context.Context, w *world, p []string) (model.Node, bool, error) {
		return anyOf(w.memberKeys.load(ctx, graph.MembershipKey(p[0])))
	}},
	"Representation": {1, func(ctx context.Context, w *world, p []string) (model.Node, bool, error) {
		return anyOf(w.representationKeys.load(ctx, graph.RepresentationKey(p[0])))
	}},
	"Office": {2, findOffice},
	"Source": {1, func(ctx context.Context, w *world, p []string) (model.Node, bool, error) {
		s, err := w.Source(ctx, graph.SourceKey(p[0]))
		return s, err == nil, err
	}},
	"Load":  {1, findLoad},
	"Dyad":  {2, findDyad},
	"Tie":   {4, findTie},
	"Spell": {6, findSpell},
}

// node gives what an id names, in the state in which the id was given.
func node(ctx context.Context, id scalar.GlobalID) (model.Node, error) {
	if err := id.Wrong(); err != nil {
		return nil, err
	}
	f, known := finders[id.Type]
	parts, whole := id.Parts(f.parts)
	if !known || !whole {
		return nil, graph.BadInput("%q is the id of nothing that has one", shorten(id.String()))
	}
	w, err := head(ctx)
	if err == nil && id.State.Pinned {
		w, err = in(ctx, id.State)
	}
	if err != nil {
		return nil, err
	}
	n, found, err := f.find(ctx, w, parts)
	if err == nil && !found {
		return nil, missing(ctx, w, statementOf[id.Type], notFound[id.Type], id.Type, parts[0])
	}
	return n, err
}

// notFound has the codes of types that have one of their own.
var notFound = map[string]string{
	"Actor": graph.CodeActorNotFound, "Dyad": graph.CodeActorNotFound,
	"Agreement": graph.CodeEngagementNotFound, "Dispute": graph.CodeEngagementNotFound,
	"Meeting": graph.CodeEngagementNotFound, "Act": graph.CodeEngagementNotFound,
	"Office": graph.CodeOfficeNotFound,
	"Tie":    codeNotFound, "Spell": codeNotFound, "Work": codeNotFound, "Tenure": codeNotFound, "Membership": codeNotFound, "Representation": codeNotFound, "Load": codeNotFound,
}

// statementOf has the kind of statement that makes a type, where that is one.
var statementOf = map[string]graph.StatementKind{
	"Actor": graph.StatementActor, "Work": graph.StatementWork, "Tenure": graph.StatementTenure, "Membership": graph.StatementMembership, "Representation": graph.StatementRepresentation,
	"Agreement": graph.StatementEngagement, "Dispute": graph.StatementEngagement,
	"Meeting": graph.StatementEngagement, "Act": graph.StatementEngagement,
}

// nodes gives what ids name, together; one that is not there is null, and an error.
func nodes(ctx context.Context, ids []*scalar.GlobalID) ([]model.Node, error) {
	if len(ids) > graph.MaxPage {
		return nil, &graph.Problem{
			Kind: graph.ErrInvalid, Code: graph.CodePageSizeExceeded,
			Message: "nodes takes up to " + strconv.Itoa(graph.MaxPage) + " ids, not " + strconv.Itoa(len(ids)),
		}
	}
	found := make([]model.Node, len(ids))
	var all sync.WaitGroup
	for i, id := range ids {
		all.Go(func() {
			ctx := graphql.WithPathContext(ctx, graphql.NewPathWithIndex(i))
			defer func() {
				if r := recover(); r != nil {
					graphql.AddError(ctx, recovered(ctx, r))
				}
			}()
			n, err := node(ctx, *id)
			if err != nil {
				graphql.AddError(ctx, err)
				return
			}
			found[i] = n
		})
	}
	all.Wait()
	return found, nil
}

func findEngagement[T graph.Engagement](ctx context.Context, w *world, p []string) (model.Node, bool, error) {
	e, _, err := w.engagements.load(ctx, graph.EngagementKey(p[0]))
	typed, ok := e.(T)
	return typed, ok, err
}

func findLoad(ctx context.Context, w *world, p []string) (model.Node, bool, error) {
	n, err := strconv.ParseInt(p[0], 10, 64)
	if err != nil {
		return nil, false, graph.BadInput("%q is not the number of a load", p[0])
	}
	load, err := loadByNumber(ctx, w, graph.LoadNumber(n))
	return load, load != nil, err
}

// loadByNumber gives a load, or nil.
func loadByNumber(ctx context.Context, w *world, n graph.LoadNumber) (*graph.Load, error) {
	if n <= 0 {
		return nil, nil //nolint:nilnil // there is none before the first
	}
	loads, err := w.Reader().Loads(ctx, graph.LoadQuery{Number: n, First: 1})
	if err != nil || len(loads) == 0 {
		return nil, err
	}
	return &loads[0], nil
}

func findDyad(ctx context.Context, w *world, p []string) (model.Node, bool, error) {
	d := graph.DyadKey{A: graph.ActorKey(p[0]), B: graph.ActorKey(p[1])}
	both, err := w.actors.loadAll(ctx, []graph.ActorKey{d.A, d.B})
	return &graph.Dyad{In: w.State, Key: d}, len(both) == 2 && d.A < d.B, err
}

func findTie(ctx context.Context, w *world, p []string) (model.Node, bool, error) {
	_, ok, err := findDyad(ctx, w, p)
	if err != nil || !ok {
		return nil, false, err
	}
	t, err := tieByKey(ctx, w, p)
	return t, t != nil, err
}

func tieByKey(ctx context.Context, w *world, p []string) (*graph.Tie, error) {
	d := graph.DyadKey{A: graph.ActorKey(p[0]), B: graph.ActorKey(p[1])}
	topic, nature := graph.Topic(p[2]), graph.TieNature(p[3])
	if !slices.Contains(graph.Topics, topic) || nature != graph.Cooperation && nature != graph.Contention {
		return nil, nil //nolint:nilnil // there is no such tie
	}
	held, _, err := w.ties.load(ctx, tiesKey(d, []graph.Topic{topic}, nature))
	if err != nil || len(held) != 1 {
		return nil, err
	}
	return held[0], nil
}

func findSpell(ctx context.Context, w *world, p []string) (model.Node, bool, error) {
	t, err := tieByKey(ctx, w, p[:4])
	if err != nil || t == nil {
		return nil, false, err
	}
	spells := t.Spells
	if p[4] != "" {
		spells = nil
		for _, s := range t.Strands {
			if s.Name == p[4] {
				spells = s.Spells
			}
		}
	}
	for _, s := range spells {
		if strconv.Itoa(s.Number) == p[5] {
			return s, true, nil
		}
	}
	return nil, false, nil
}
