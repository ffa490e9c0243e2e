package api

import (
	"context"
	"slices"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/api/model"
	"github.com/entente-graph/entente/internal/api/scalar"
)

// Offices, who held them, and what they did in them.

func officeByTitle(ctx context.Context, s graph.State, of string, titles []string) (*graph.Office, error) {
	w, err := in(ctx, s)
	if err != nil {
		return nil, err
	}
	keys, err := w.Resolve(ctx, of)
	if err != nil {
		return nil, err
	}
	key := graph.NewOfficeKey(keys[0], titles...)
	held, _, err := w.holdings.load(ctx, key)
	if err != nil {
		return nil, err
	}
	if len(held) == 0 {
		return w.Office(ctx, keys[0], titles) // says what is near
	}
	o := graph.NewOffice(w.State, key, held)
	for _, t := range titles {
		if !o.Called(t) {
			requestOf(ctx).note("no source names an office %q of %s", t, keys[0])
		}
	}
	return o, nil
}

func officeHolders(
	ctx context.Context, s graph.State, of string, office *string, during *model.DuringInput, p paging,
) (*model.TenureConnection, error) {
	l, err := list(ctx, s, "", p)
	if err != nil {
		return nil, err
	}
	f := graph.TenureFilter{}
	if f.Of, err = l.Resolve(ctx, of); err != nil {
		return nil, err
	}
	if office != nil && graph.Fold(*office) != "" {
		f.Offices = []string{*office}
	}
	if f.During, err = duringOf(ctx, during); err != nil {
		return nil, err
	}
	page, err := l.page()
	if err != nil {
		return nil, err
	}
	found, err := l.Tenures(ctx, f, page)
	if err != nil {
		return nil, err
	}
	c := placedPage(l, found.Items, found.Position, found.More, found.Total)
	return &model.TenureConnection{Connection: c}, nil
}

// duringOf reads an interval and how a period must lie to it.
func duringOf(ctx context.Context, d *model.DuringInput) (*graph.During, error) {
	if d == nil {
		return nil, nil //nolint:nilnil // nothing is asked
	}
	i, err := intervalOf(ctx, d)
	return &graph.During{Interval: i, Overlap: d.Overlap, Certainty: d.Certainty}, err
}

// page reads the places between which the list is wanted, by start and key.
func (l *listing) page() (graph.Page, error) {
	p := graph.Page{First: l.first, Last: l.last, Count: l.count}
	var err error
	if p.After, err = position(l.after); err != nil {
		return p, err
	}
	p.Before, err = position(l.before)
	return p, err
}

// placedPage makes a page of what has places by start and key.
func placedPage[T any](l *listing, items []T, at []graph.Position, more bool, total *int) model.Connection[T] {
	c := page(l, items, more, func(i int) []string { return placeOf(at[i]) })
	c.Total = total
	return c
}

// assertionConnection lists what an actor asserts.
func assertionConnection(ctx context.Context, a *graph.Actor, through []graph.Involvement, p paging) (*model.AssertionConnection, error) {
	l, err := list(ctx, a.In, string(a.Key), p)
	if err != nil {
		return nil, err
	}
	page, err := l.page()
	if err != nil {
		return nil, err
	}
	if a.Kind == graph.KindPerson { // nothing is part of a person
		through = []graph.Involvement{graph.Direct}
	}
	found, err := l.AssertionsBy(ctx, a.Key, through, page)
	if err != nil {
		return nil, err
	}
	return &model.AssertionConnection{Connection: placedPage(l, found.Items, found.Position, found.More, found.Total)}, nil
}

// offices lists the offices of an actor; of a person, those it held.
func offices(ctx context.Context, a *graph.Actor, p paging) (*model.OfficeConnection, error) {
	l, err := list(ctx, a.In, string(a.Key), p)
	if err != nil {
		return nil, err
	}
	loader := l.officesOf
	if a.Kind == graph.KindPerson {
		loader = l.officesHeld
	}
	all, _, err := loader.load(ctx, a.Key)
	if err != nil {
		return nil, err
	}
	c, err := pageOf(l, all)
	return wrap(c, err, func(c model.Connection[*graph.Office]) *model.OfficeConnection {
		return &model.OfficeConnection{Connection: c}
	})
}

func officeKey(k graph.OfficeKey) string { return string(k.Of) + scalar.KeySeparator + k.Joined() }

func findOffice(ctx context.Context, w *world, p []string) (model.Node, bool, error) {
	key := graph.JoinedOfficeKey(graph.ActorKey(p[0]), p[1])
	held, _, err := w.holdings.load(ctx, key)
	if err != nil || len(held) == 0 {
		return nil, false, err
	}
	return graph.NewOffice(w.State, key, held), true, nil
}

// holdings gives the holdings of an office, at any time.
func holdings(ctx context.Context, o *graph.Office) ([]graph.Holding, error) {
	w, err := in(ctx, o.In)
	if err != nil {
		return nil, err
	}
	held, _, err := w.holdings.load(ctx, o.Key)
	return held, err
}

// heldOn gives the tenures of an office that possibly hold on a day.
func heldOn(ctx context.Context, o *graph.Office, on *graph.Day) ([]*graph.Tenure, error) {
	if on == nil {
		on = o.In.AsOf
	}
	if on == nil {
		return nil, graph.BadInput("holder(on:) without a day: give one, or ask in a snapshot as of a day")
	}
	held, err := holdings(ctx, o)
	return graph.Tenures(held, func(h graph.Holding) bool { return h.Days.Contains(*on) }), err
}

// officeTenures lists who held an office.
func officeTenures(ctx context.Context, o *graph.Office, during *model.DuringInput, p paging) (*model.TenureConnection, error) {
	l, err := list(ctx, o.In, officeKey(o.Key), p)
	if err != nil {
		return nil, err
	}
	d, err := duringOf(ctx, during)
	if err != nil {
		return nil, err
	}
	held, err := holdings(ctx, o)
	if err != nil {
		return nil, err
	}
	c, err := pageOf(l, graph.Tenures(held, func(h graph.Holding) bool {
		switch {
		case d != nil:
			return d.Lies(h.Period)
		case l.AsOf != nil:
			return h.Days.Contains(*l.AsOf)
		default:
			return true
		}
	}))
	return wrap(c, err, func(c model.Connection[*graph.Tenure]) *model.TenureConnection {
		return &model.TenureConnection{Connection: c}
	})
}

// heldMeanwhile gives the tenures of an office of whoever takes part, that were possibly held while it did.
func heldMeanwhile(ctx context.Context, p *model.Participation, titles []string) ([]*graph.Tenure, error) {
	key, err := graph.CheckedOfficeKey(p.Actor, titles)
	if err != nil {
		return nil, err
	}
	period := p.Period
	if period.IsZero() {
		period = p.Engagement.Period
	}
	if period.IsZero() {
		return nil, nil
	}
	w, err := in(ctx, p.Engagement.In)
	if err != nil {
		return nil, err
	}
	days := period.Bounds().Possible()
	if w.AsOf != nil {
		days.To = min(days.To, *w.AsOf+1)
	}
	held, _, err := w.holdings.load(ctx, key)
	return graph.Tenures(held, func(h graph.Holding) bool { return h.Days.Overlaps(days) }), err
}

// ofOffice asks for the engagements in which the holders of an office took part while they held it.
func ofOffice[C any](ctx context.Context, o *graph.Office, ask func(s graph.State, owner string, f graph.EngagementFilter) (*C, error)) (*C, error) {
	held, err := holdings(ctx, o)
	if err != nil {
		return nil, err
	}
	f := graph.EngagementFilter{Among: graph.Acting(held)}
	return ask(o.In, officeKey(o.Key), f)
}

// tenuresDuring gives the tenures of a person on a day, and those that lie so to an interval; with neither, all that the state shows.
func tenuresDuring(ctx context.Context, a *graph.Actor, on *graph.Day, during *model.DuringInput) ([]*graph.Tenure, error) {
	d, err := duringOf(ctx, during)
	if err != nil {
		return nil, err
	}
	if d == nil {
		return tenures(ctx, a.In, a.Key, on)
	}
	w, err := in(ctx, a.In)
	if err != nil {
		return nil, err
	}
	all, _, err := w.tenures.load(ctx, tenuresOn{person: a.Key, ever: true})
	return slices.DeleteFunc(slices.Clone(all), func(t *graph.Tenure) bool {
		return !d.Lies(t.Period) || on != nil && t.Holds(*on) == ""
	}), err
}
