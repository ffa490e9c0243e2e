package api

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/api/model"
)

// engagementPage lists engagements: those of f that where also asks for. only, if not empty, is the kind that the
// field is about.
func engagementPage[T graph.Engagement](
	ctx context.Context, s graph.State, owner string, f graph.EngagementFilter, only graph.EngagementKind, where *model.EngagementWhere, by *model.EngagementOrder, p paging,
) (model.Connection[T], error) {
	var none model.Connection[T]
	l, err := list(ctx, s, owner, p)
	if err != nil {
		return none, err
	}
	if only != "" {
		f.Kinds = []graph.EngagementKind{only}
	}
	if err := narrow(ctx, l.world, &f, only, where, by); err != nil {
		return none, err
	}
	return engagementList[T](ctx, l, func(p graph.Page) (*graph.EngagementList, error) {
		found, err := l.Engagements(ctx, f, p)
		if err == nil && len(found.Items) == 0 && where != nil && where.Period != nil {
			err = absent(ctx, l.world, f.Of, where.Period)
		}
		if err == nil && p.After == nil && p.Before == nil {
			err = undecided(ctx, l.world, f)
		}
		return found, err
	})
}

// absent says beside an answer that is empty whose actors did not exist on any day that was asked about: before Russia, and
// after it, there was the Soviet Union.
func absent(ctx context.Context, w *world, of []graph.ActorKey, asked *model.DuringInput) error {
	actors, err := w.actors.loadAll(ctx, of)
	if err != nil {
		return err
	}
	days, err := intervalOf(ctx, asked)
	if err != nil {
		return err
	}
	for _, a := range actors {
		if a == nil || len(a.Existence) == 0 || slices.ContainsFunc(a.Existence, func(p graph.Period) bool { return p.Bounds().Possible().Overlaps(days) }) {
			continue
		}
		text := fmt.Sprintf("%s, %s, did not exist on any day of the period: it did", a.Key, a.Name("en"))
		for i, p := range a.Existence {
			text += [2]string{" ", " and "}[min(i, 1)] + p.EDTF()
		}
		for i, s := range a.Succeeds {
			text += [2]string{"; it succeeds ", ", "}[min(i, 1)] + string(s.Actor)
		}
		requestOf(ctx).note("%s", text)
	}
	return nil
}

// undecided says beside a first page of what is in force, or not in force, of how many agreements nobody knows.
func undecided(ctx context.Context, w *world, f graph.EngagementFilter) error {
	u, err := w.Undecided(ctx, f)
	if err != nil || len(u.Of) == 0 {
		return err
	}
	var of []string
	for _, source := range u.Sources() {
		of = append(of, fmt.Sprintf("%s %d", source, u.Of[source]))
	}
	if u.More {
		of = append(of, "and more")
	}
	requestOf(ctx).note("inForce: nobody knows of these agreements whether they are in force on the day, so that neither true nor false finds them: %s; stages say when one entered into force",
		strings.Join(of, ", "))
	return nil
}

// engagementList asks for a page and gives it the form of a connection.
func engagementList[T graph.Engagement](
	_ context.Context, l *listing, ask func(graph.Page) (*graph.EngagementList, error),
) (model.Connection[T], error) {
	var none model.Connection[T]
	after, err := position(l.after)
	if err != nil {
		return none, err
	}
	before, err := position(l.before)
	if err != nil {
		return none, err
	}
	found, err := ask(graph.Page{First: l.first, Last: l.last, After: after, Before: before, Count: l.count})
	if err != nil {
		return none, err
	}
	items := make([]T, len(found.Items))
	for i, e := range found.Items {
		item, ok := e.(T)
		if !ok {
			return none, fmt.Errorf("%s is a %T in a list of %T", e.Base().Key, e, item)
		}
		items[i] = item
	}
	c := page(l, items, found.More, func(i int) []string { return placeOf(found.Position[i]) })
	c.Total = found.Total
	return c, nil
}

// fromTo gives the days from one to another, both included; nil is no bound.
func fromTo(first, last *graph.Day) (graph.Interval, error) {
	i := graph.Always
	from, to := "the beginning", "the end"
	if first != nil {
		i.From, from = *first, first.String()
	}
	if last != nil {
		i.To, to = *last+1, last.String()
	}
	if i.Empty() {
		return i, &graph.Problem{
			Kind: graph.ErrInvalid, Code: graph.CodeInvalidDate,
			Message: fmt.Sprintf("the interval ends (%s) before it begins (%s)", to, from),
		}
	}
	return i, nil
}

// intervalOf reads an interval whose days are both in it, and says beside the answer how it was compared.
func intervalOf(ctx context.Context, d *model.DuringInput) (graph.Interval, error) {
	i, err := fromTo(d.From, d.To)
	if err != nil {
		return i, err
	}
	from, to := "the beginning", "the end"
	if d.From != nil {
		from = d.From.String()
	}
	if d.To != nil {
		to = d.To.String()
	}
	requestOf(ctx).note("during %s to %s: overlap %s, certainty %s", from, to, d.Overlap, d.Certainty)
	return i, nil
}

// wrap gives a page the name that its field has.
func wrap[C any, T any](c model.Connection[T], err error, named func(model.Connection[T]) *C) (*C, error) {
	if err != nil {
		return nil, err
	}
	return named(c), nil
}

func engagementConnection(
	ctx context.Context, s graph.State, owner string, f graph.EngagementFilter, where *model.EngagementWhere, by *model.EngagementOrder, p paging,
) (*model.EngagementConnection, error) {
	c, err := engagementPage[graph.Engagement](ctx, s, owner, f, "", where, by, p)
	return wrap(c, err, func(c model.Connection[graph.Engagement]) *model.EngagementConnection {
		return &model.EngagementConnection{Connection: c}
	})
}

func agreementConnection(
	ctx context.Context, s graph.State, owner string, f graph.EngagementFilter, where *model.EngagementWhere, by *model.EngagementOrder, p paging,
) (*model.AgreementConnection, error) {
	c, err := engagementPage[*graph.Agreement](ctx, s, owner, f, graph.KindAgreement, where, by, p)
	return wrap(c, err, func(c model.Connection[*graph.Agreement]) *model.AgreementConnection {
		return &model.AgreementConnection{Connection: c}
	})
}

func disputeConnection(
	ctx context.Context, s graph.State, owner string, f graph.EngagementFilter, where *model.EngagementWhere, by *model.EngagementOrder, p paging,
) (*model.DisputeConnection, error) {
	c, err := engagementPage[*graph.Dispute](ctx, s, owner, f, graph.KindDispute, where, by, p)
	return wrap(c, err, func(c model.Connection[*graph.Dispute]) *model.DisputeConnection {
		return &model.DisputeConnection{Connection: c}
	})
}

func meetingConnection(
	ctx context.Context, s graph.State, owner string, f graph.EngagementFilter, where *model.EngagementWhere, by *model.EngagementOrder, p paging,
) (*model.MeetingConnection, error) {
	c, err := engagementPage[*graph.Meeting](ctx, s, owner, f, graph.KindMeeting, where, by, p)
	return wrap(c, err, func(c model.Connection[*graph.Meeting]) *model.MeetingConnection {
		return &model.MeetingConnection{Connection: c}
	})
}

func summitConnection(
	ctx context.Context, s graph.State, owner string, f graph.EngagementFilter, where *model.EngagementWhere, by *model.EngagementOrder, p paging,
) (*model.MeetingConnection, error) {
	f.Levels = []graph.MeetingLevel{graph.LevelSummit}
	return meetingConnection(ctx, s, owner, f, where, by, p)
}

func actConnection(
	ctx context.Context, s graph.State, owner string, f graph.EngagementFilter, where *model.EngagementWhere, by *model.EngagementOrder, p paging,
) (*model.ActConnection, error) {
	c, err := engagementPage[*graph.Act](ctx, s, owner, f, graph.KindAct, where, by, p)
	return wrap(c, err, func(c model.Connection[*graph.Act]) *model.ActConnection { return &model.ActConnection{Connection: c} })
}

// contactConnection lists the contacts of a spell.
func contactConnection(ctx context.Context, s *graph.Spell, where *model.EngagementWhere, by *model.EngagementOrder, p paging) (*model.MeetingConnection, error) {
	l, err := list(ctx, s.In, spellKey(s), p)
	if err != nil {
		return nil, err
	}
	var f graph.EngagementFilter
	if err := narrow(ctx, l.world, &f, graph.KindMeeting, where, by); err != nil {
		return nil, err
	}
	if where != nil && where.Topics != nil && where.Topics.AnyOf != nil && !slices.Contains(where.Topics.AnyOf, s.Topic) {
		return nil, graph.BadInput("topics %v excludes everything here: contacts are on the topic of the spell, %s", where.Topics.AnyOf, s.Topic)
	}
	c, err := engagementList[*graph.Meeting](ctx, l, func(p graph.Page) (*graph.EngagementList, error) { return l.Contacts(ctx, s, f, p) })
	return wrap(c, err, func(c model.Connection[*graph.Meeting]) *model.MeetingConnection {
		return &model.MeetingConnection{Connection: c}
	})
}

// frameworkConnection lists the frameworks of a tie.
func frameworkConnection(ctx context.Context, t *graph.Tie, p paging) (*model.AgreementConnection, error) {
	l, err := list(ctx, t.In, tieKey(t), p)
	if err != nil {
		return nil, err
	}
	all, err := l.Frameworks(ctx, t)
	if err != nil {
		return nil, err
	}
	c, err := pageOf(l, all)
	return wrap(c, err, func(c model.Connection[*graph.Agreement]) *model.AgreementConnection {
		return &model.AgreementConnection{Connection: c}
	})
}

// participationConnection lists who took part.
func participationConnection(ctx context.Context, e *graph.EngagementBase, roles []graph.Role, p paging) (*model.ParticipationConnection, error) {
	l, err := list(ctx, e.In, string(e.Key), p)
	if err != nil {
		return nil, err
	}
	var all []*model.Participation
	for i := range e.Participations {
		p := &e.Participations[i]
		counts := l.AsOf == nil || e.TookPart(p, *l.AsOf)
		if counts && (len(roles) == 0 || slices.Contains(roles, p.Role)) {
			all = append(all, &model.Participation{Participation: p, Engagement: e})
		}
	}
	c, err := pageOf(l, all)
	return wrap(c, err, func(c model.Connection[*model.Participation]) *model.ParticipationConnection {
		return &model.ParticipationConnection{Connection: c}
	})
}
