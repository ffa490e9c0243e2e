package api

import (
	"context"
	"slices"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/api/model"
)

// representationFilter is what representations are asked for, as it is typed.
type representationFilter struct {
	senders, receivers []string
	level              []graph.RepresentationLevel
	during             *model.DuringInput
}

// representations lists those of senders at receivers.
func representations(ctx context.Context, s graph.State, owner string, f representationFilter, p paging) (*model.RepresentationConnection, error) {
	if len(f.senders)+len(f.receivers) == 0 {
		return nil, graph.BadInput("representations of nobody at nobody: give sender, or receiver, or both")
	}
	l, err := list(ctx, s, owner, p)
	if err != nil {
		return nil, err
	}
	ask := graph.RepresentationFilter{Levels: f.level}
	keys, err := l.Resolve(ctx, append(slices.Clone(f.senders), f.receivers...)...)
	if err != nil {
		return nil, err
	}
	ask.Senders, ask.Receivers = keys[:len(f.senders)], keys[len(f.senders):]
	return representationPage(ctx, l, ask, f.during)
}

func representationPage(ctx context.Context, l *listing, f graph.RepresentationFilter, during *model.DuringInput) (*model.RepresentationConnection, error) {
	var err error
	if f.During, err = duringOf(ctx, during); err != nil {
		return nil, err
	}
	page, err := l.page()
	if err != nil {
		return nil, err
	}
	found, err := l.Representations(ctx, f, page)
	if err != nil {
		return nil, err
	}
	return &model.RepresentationConnection{Connection: placedPage(l, found.Items, found.Position, found.More, found.Total)}, nil
}

// representationsBeside lists those of an actor: sent, or received.
func representationsBeside(
	ctx context.Context, a *graph.Actor, sent bool, other *string, level []graph.RepresentationLevel, during *model.DuringInput, p paging,
) (*model.RepresentationConnection, error) {
	l, err := list(ctx, a.In, string(a.Key), p)
	if err != nil {
		return nil, err
	}
	f := graph.RepresentationFilter{Levels: level}
	mine, others := &f.Senders, &f.Receivers
	if !sent {
		mine, others = others, mine
	}
	*mine = []graph.ActorKey{a.Key}
	if other != nil {
		if *others, err = l.Resolve(ctx, *other); err != nil {
			return nil, err
		}
	}
	return representationPage(ctx, l, f, during)
}

// representationsBetween lists those of the two at each other, or of the one that is named as the sender.
func representationsBetween(
	ctx context.Context, d *graph.Dyad, sender *string, level []graph.RepresentationLevel, during *model.DuringInput, p paging,
) (*model.RepresentationConnection, error) {
	l, err := list(ctx, d.In, dyadKey(d.Key), p)
	if err != nil {
		return nil, err
	}
	both := []graph.ActorKey{d.Key.A, d.Key.B}
	f := graph.RepresentationFilter{Senders: both, Receivers: both, Levels: level}
	if sender != nil {
		keys, err := l.Resolve(ctx, *sender)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(both, keys[0]) {
			return nil, graph.BadInput("%s is not of this dyad: its two are %s and %s", keys[0], both[0], both[1])
		}
		f.Senders = keys
	}
	return representationPage(ctx, l, f, during)
}

// missions concludes the two missions of a dyad on a day, or in the days from one to another.
func missions(ctx context.Context, d *graph.Dyad, on, from, to *graph.Day, level []graph.RepresentationLevel) ([]*graph.Mission, error) {
	days, err := daysOf(d.In, on, from, to)
	if err != nil {
		return nil, err
	}
	w, err := in(ctx, d.In)
	if err != nil {
		return nil, err
	}
	keys := []graph.MissionKey{{Sender: d.Key.A, Receiver: d.Key.B}, {Sender: d.Key.B, Receiver: d.Key.A}}
	found, err := w.Missions(ctx, keys, graph.MissionQuery{Days: days, Levels: level})
	if err != nil {
		return nil, err
	}
	return []*graph.Mission{found[keys[0]], found[keys[1]]}, nil
}

// daysOf gives the day on which something is asked about, or the days from one to another; with none of them that of the state.
func daysOf(s graph.State, on, from, to *graph.Day) (graph.Interval, error) {
	switch {
	case on != nil && (from != nil || to != nil):
		return graph.Interval{}, graph.BadInput("on a day, or from one to another: give either on, or from and to")
	case (from == nil) != (to == nil):
		return graph.Interval{}, graph.BadInput("from and to go together: give both")
	case from != nil && *to < *from:
		return graph.Interval{}, graph.BadInput("from %s to %s: it ends before it begins", from, to)
	case from != nil:
		return graph.Inclusive(*from, *to), nil
	case on == nil:
		on = s.AsOf
	}
	if on == nil {
		return graph.Interval{}, graph.BadInput("on which day? Give on, or from and to, or ask in a snapshot as of a day")
	}
	return graph.Inclusive(*on, *on), nil
}

// recordsOf gives the records of a representation, as of the state's day unless other days are asked about.
func recordsOf(
	ctx context.Context, r *graph.Representation, level []graph.RepresentationLevel, during *model.DuringInput,
) ([]*graph.RepresentationRecord, error) {
	d, err := duringOf(ctx, during)
	if err != nil {
		return nil, err
	}
	if d == nil {
		d = &graph.During{Overlap: graph.OverlapAny, Certainty: graph.Possible}
		if r.In.AsOf != nil {
			d.Interval = graph.Inclusive(*r.In.AsOf, *r.In.AsOf)
		}
	}
	days := &d.Interval
	if during == nil && r.In.AsOf == nil {
		days = nil
	}
	found := []*graph.RepresentationRecord{}
	for i, record := range r.Records {
		if record.Lies(level, days, d.Overlap, d.Certainty) {
			found = append(found, &r.Records[i])
		}
	}
	return found, nil
}
