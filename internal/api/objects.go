package api

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/api/model"
	"github.com/entente-graph/entente/internal/api/scalar"
)

// What objects lead to, in the state they were read in.

// actor gives an actor that something in the graph names.
func actor(ctx context.Context, s graph.State, key graph.ActorKey) (*graph.Actor, error) {
	w, err := in(ctx, s)
	if err != nil {
		return nil, err
	}
	a, found, err := w.actors.load(ctx, key)
	if err != nil || found {
		return a, err
	}
	err = missing(ctx, w, graph.StatementActor, graph.CodeActorNotFound, "actor", string(key))
	if !errors.Is(err, graph.ErrGone) {
		return nil, err
	}
	// What names an actor that was erased stays, and would be lost with it where an actor must be.
	requestOf(ctx).note("%s", err)
	return &graph.Actor{In: w.State, Key: key, Kind: kindOf(key)}, nil
}

// kindOf tells by its key what an actor is of which nothing else is known.
func kindOf(key graph.ActorKey) graph.ActorKind {
	switch scheme := graph.ParseCode(string(key)).Scheme; {
	case slices.Contains(graph.CodeSchemes, scheme):
		return graph.KindState
	case scheme == "person":
		return graph.KindPerson
	default:
		return graph.KindOrganization
	}
}

// maybeActor gives an actor, or nil where no key is given.
func maybeActor(ctx context.Context, s graph.State, key graph.ActorKey) (*graph.Actor, error) {
	if key == "" {
		return nil, nil //nolint:nilnil // nobody is an answer
	}
	return actor(ctx, s, key)
}

func actors(ctx context.Context, s graph.State, keys []graph.ActorKey) ([]*graph.Actor, error) {
	w, err := in(ctx, s)
	if err != nil {
		return nil, err
	}
	return w.actors.loadAll(ctx, keys)
}

// engagement gives an engagement that something in the graph names, or nil where no key is given or the graph
// does not have it in this state.
func engagement(ctx context.Context, s graph.State, key graph.EngagementKey) (graph.Engagement, error) {
	if key == "" {
		return nil, nil //nolint:nilnil // none is an answer
	}
	w, err := in(ctx, s)
	if err != nil {
		return nil, err
	}
	e, _, err := w.engagements.load(ctx, key)
	return e, err
}

// theEngagement gives an engagement that must be there.
func theEngagement(ctx context.Context, s graph.State, key graph.EngagementKey) (graph.Engagement, error) {
	e, err := engagement(ctx, s, key)
	if err != nil || e != nil {
		return e, err
	}
	w, err := in(ctx, s)
	if err != nil {
		return nil, err
	}
	return nil, missing(ctx, w, graph.StatementEngagement, graph.CodeEngagementNotFound, "engagement", string(key))
}

func engagements(ctx context.Context, s graph.State, keys []graph.EngagementKey) ([]graph.Engagement, error) {
	w, err := in(ctx, s)
	if err != nil {
		return nil, err
	}
	return w.engagements.loadAll(ctx, keys)
}

func assertions(ctx context.Context, e *graph.EngagementBase) ([]*graph.Assertion, error) {
	w, err := in(ctx, e.In)
	if err != nil {
		return nil, err
	}
	found, _, err := w.assertions.load(ctx, e.Key)
	return found, err
}

func source(ctx context.Context, s graph.State, key graph.SourceKey) (*graph.Source, error) {
	w, err := in(ctx, s)
	if err != nil {
		return nil, err
	}
	return w.Source(ctx, key)
}

func sources(ctx context.Context, s graph.State, keys []graph.SourceKey) ([]*graph.Source, error) {
	found := make([]*graph.Source, len(keys))
	for i, k := range keys {
		var err error
		if found[i], err = source(ctx, s, k); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func work(ctx context.Context, s graph.State, key graph.WorkKey) (*graph.Work, error) {
	if key == "" {
		return nil, nil //nolint:nilnil // none is an answer
	}
	w, err := in(ctx, s)
	if err != nil {
		return nil, err
	}
	found, _, err := w.works.load(ctx, key)
	return found, err
}

// tenures gives the tenures of a person on a day; without one, all that the state shows.
func tenures(ctx context.Context, s graph.State, person graph.ActorKey, on *graph.Day) ([]*graph.Tenure, error) {
	w, err := in(ctx, s)
	if err != nil {
		return nil, err
	}
	asked := tenuresOn{person: person, any: on == nil}
	if on != nil {
		asked.day = *on
	}
	found, _, err := w.tenures.load(ctx, asked)
	return found, err
}

// officesOf gives the tenures of the person who takes part, on the day the part begins.
func officesOf(ctx context.Context, p *model.Participation) ([]*graph.Tenure, error) {
	a, err := actor(ctx, p.Engagement.In, p.Actor)
	if err != nil || a.Kind != graph.KindPerson {
		return nil, err
	}
	start := p.Period.Start
	if start.IsZero() {
		start = p.Engagement.Period.Start
	}
	if start.IsZero() {
		return nil, nil
	}
	day := start.Earliest()
	return tenures(ctx, p.Engagement.In, a.Key, &day)
}

// otherKeys gives the keys under which sources have a person beside the one that leads.
func otherKeys(ctx context.Context, a *graph.Actor) ([]*graph.OtherKey, error) {
	if len(a.Others) == 0 {
		return nil, nil
	}
	w, err := in(ctx, a.In)
	if err != nil {
		return nil, err
	}
	i, found, err := w.identities.load(ctx, a.Key)
	if err != nil || !found {
		return nil, err
	}
	others := i.Others()
	all := make([]*graph.OtherKey, len(others))
	for n := range others {
		all[n] = &others[n]
	}
	return all, nil
}

// cites gives citations as an entry has them; one that has none cites its source.
func cites(s graph.State, own []graph.Citation, source graph.SourceKey) []*model.Citation {
	return cited(s, graph.Cites(own, source))
}

func cited(s graph.State, all []graph.Citation) []*model.Citation {
	out := make([]*model.Citation, len(all))
	for i, c := range all {
		out[i] = &model.Citation{Citation: c, In: s}
	}
	return out
}

// effectCitations gives where an effect stands; its engagement is asked for only where it cites nothing itself.
func effectCitations(ctx context.Context, e *graph.Effect) ([]*model.Citation, error) {
	var carrier graph.Engagement
	if len(e.Citations) == 0 {
		var err error
		if carrier, err = engagement(ctx, e.In, e.Carrier); err != nil {
			return nil, err
		}
	}
	return cited(e.In, e.Cites(carrier)), nil
}

// spellCitations gives where a spell stands.
func spellCitations(ctx context.Context, s *graph.Spell) ([]*model.Citation, error) {
	found, err := engagements(ctx, s.In, s.RestsOn())
	if err != nil {
		return nil, err
	}
	at := make(map[graph.EngagementKey]graph.Engagement, len(found))
	for _, e := range found {
		if e != nil {
			at[e.Base().Key] = e
		}
	}
	return cited(s.In, s.Cites(at)), nil
}

// date and period make what is missing null.
func date(d graph.Date) *graph.Date {
	if d.IsZero() {
		return nil
	}
	return &d
}

func period(p graph.Period) *graph.Period {
	if p.IsZero() {
		return nil
	}
	return &p
}

// Ids.

func dyadKey(d graph.DyadKey) string { return string(d.A) + scalar.KeySeparator + string(d.B) }

func tieKey(t *graph.Tie) string {
	return strings.Join([]string{dyadKey(t.Dyad), string(t.Topic), string(t.Nature)}, scalar.KeySeparator)
}

func spellKey(s *graph.Spell) string {
	return strings.Join([]string{dyadKey(s.Dyad), string(s.Topic), string(s.Nature), s.Strand, fmt.Sprint(s.Number)}, scalar.KeySeparator)
}

func idOf(typ string, s graph.State, key string) (*scalar.GlobalID, error) {
	id := scalar.NewID(typ, s, key)
	return &id, nil
}

// missing says that there is nothing of a kind with a key: because it was erased, or because there never was.
func missing(ctx context.Context, w *world, kind graph.StatementKind, code, what, key string) error {
	if kind != "" {
		if err := w.Gone(ctx, kind, key); err != nil {
			return err
		}
	}
	return &graph.Problem{Kind: graph.ErrNotFound, Code: code, Message: fmt.Sprintf("there is no %s %q in this state of the graph", what, key)}
}
