package graph

import (
	"slices"
)

// bearingOf tells whether an agreement bears on a tie between two actors, each given by its constituents, on a
// topic, and for how long. It bears if it reached IN_FORCE, and either carries an obligation between the two
// of a type that counts for the topic, or, where no obligations are coded, has exactly these two parties at a time in a
// list that is complete. What only forswears force ties nobody in defence; an open treaty ties nobody at all.
func bearingOf(a *Agreement, topic Topic, x, y []Constituent) (Bearing, bool) {
	if !slices.Contains(a.Topics, topic) && !obliges(a, topic, x, y) {
		return Bearing{}, false
	}
	px, okx := a.partyAmong(x)
	py, oky := a.partyAmong(y)
	if !okx || !oky {
		return Bearing{}, false
	}
	if len(a.Obligations) > 0 && topic == TopicDefense {
		if !obliges(a, topic, x, y) {
			return Bearing{}, false
		}
	} else if !a.onlyTwo(px, py) {
		return Bearing{}, false
	}
	since := a.stageFor(StageInForce, px.Actor, py.Actor, true)
	if since.IsZero() {
		return Bearing{}, false
	}
	b := Bearing{Key: a.Key, Since: since, Why: Unknown}
	for _, k := range []StageKind{StageTerminated, StageExpired, StageReplaced} {
		if d := a.stageFor(k, px.Actor, py.Actor, false); !d.IsZero() && (b.Until.IsZero() || d.Earliest() < b.Until.Earliest()) {
			b.Until = d
		}
	}
	for _, p := range []Participation{px, py} {
		if !p.Period.Start.IsZero() && p.Period.Start.Earliest() > b.Since.Earliest() {
			b.Since = p.Period.Start
		}
		if end := p.Period.End; !end.IsZero() && (b.Until.IsZero() || end.DayAfter().Earliest() < b.Until.Earliest()) {
			b.Until = end.DayAfter()
		}
	}
	if b.Until.IsZero() {
		if !a.Period.End.IsZero() {
			b.Until = a.Period.End.DayAfter()
		} else if a.Period.Why != "" {
			b.Why = a.Period.Why
		}
	}
	if !b.Until.IsZero() {
		b.Why = ""
	}
	return b, true
}

// partyAmong finds the first party that is one of the constituents, at a time when it was.
func (a *Agreement) partyAmong(cons []Constituent) (Participation, bool) {
	for _, p := range a.Participations {
		if p.Role.party() && slices.ContainsFunc(cons, func(c Constituent) bool { return c.Actor == p.Actor && a.span(p).Overlaps(c.Valid) }) {
			return p, true
		}
	}
	return Participation{}, false
}

func (b *EngagementBase) span(p Participation) Interval {
	if p.Period.IsZero() {
		return b.Period.Bounds().Possible()
	}
	return p.Period.Bounds().Possible()
}

// onlyTwo tells whether, while both were party, nobody else was, in a list said to be complete.
func (a *Agreement) onlyTwo(x, y Participation) bool {
	if !a.PartiesComplete {
		return false
	}
	both := a.span(x).Intersect(a.span(y))
	if both.Empty() {
		return false // one took the other's place
	}
	for _, p := range a.Participations {
		if p.Role.party() && p.Actor != x.Actor && p.Actor != y.Actor && a.span(p).Overlaps(both) {
			return false
		}
	}
	return true
}

// stageFor gives the date of a stage as it counts between two parties: the agreement's own, or the two parties'
// own (the later one if both must have it, else the earlier).
func (a *Agreement) stageFor(kind StageKind, x, y ActorKey, both bool) Date {
	var whole, dx, dy Date
	for _, s := range a.Stages {
		if s.Stage != kind || s.Date.IsZero() {
			continue
		}
		switch s.Party {
		case "":
			whole = s.Date
		case x:
			dx = s.Date
		case y:
			dy = s.Date
		}
	}
	own := dx
	if own.IsZero() || !dy.IsZero() && (dy.Earliest() > own.Earliest()) == both {
		if !dy.IsZero() {
			own = dy
		}
	}
	switch {
	case both && (dx.IsZero() || dy.IsZero()):
		return whole
	case own.IsZero():
		return whole
	case whole.IsZero() || both:
		return own
	case whole.Earliest() < own.Earliest():
		return whole
	default:
		return own
	}
}

// obliges tells whether the agreement carries, in one direction or the other, an obligation between the two that
// counts for the topic.
func obliges(a *Agreement, topic Topic, x, y []Constituent) bool {
	among := func(cons []Constituent, k ActorKey) bool {
		return slices.ContainsFunc(cons, func(c Constituent) bool { return c.Actor == k })
	}
	for _, o := range a.Obligations {
		if !slices.Contains(topicsOfObligation(o.Type), topic) {
			continue
		}
		if among(x, o.By) && (o.Toward == "" || among(y, o.Toward)) || among(y, o.By) && (o.Toward == "" || among(x, o.Toward)) {
			return true
		}
	}
	return false
}

// contentionOf gives the time for which a dispute opposes two actors.
func contentionOf(d *Dispute, x, y []Constituent) []Bearing {
	var found []Bearing
	for _, p := range d.Participations {
		for _, q := range d.Participations {
			if p.Role != RoleParty || q.Role != RoleParty || AlignmentOf(p.Side, q.Side) != Opposed || !matches(d, p, x) || !matches(d, q, y) {
				continue
			}
			period := later(later(d.Period, p.Period), q.Period)
			b := Bearing{Key: d.Key, Since: period.Start, Why: period.Why}
			if !period.End.IsZero() {
				b.Until = period.End.DayAfter()
			}
			found = append(found, b)
		}
	}
	return found
}

func matches(d *Dispute, p Participation, cons []Constituent) bool {
	return slices.ContainsFunc(cons, func(c Constituent) bool {
		return (c.Actor == p.Actor || c.Actor == p.OnBehalfOf && p.OnBehalfOf != "") && d.span(p).Overlaps(c.Valid)
	})
}

// later cuts a period to another, if that says anything.
func later(p, q Period) Period {
	if q.IsZero() {
		return p
	}
	if !q.Start.IsZero() && (p.Start.IsZero() || q.Start.Earliest() > p.Start.Earliest()) {
		p.Start = q.Start
	}
	if !q.End.IsZero() && (p.End.IsZero() || q.End.Earliest() < p.End.Earliest()) {
		p.End, p.Why = q.End, ""
	}
	return p
}

// InForce tells whether the agreement is in force on a day: nil where no source says.
func (a *Agreement) InForce(d Day) *bool {
	answer := func(b bool) *bool { return &b }
	since := a.stageFor(StageInForce, "", "", false)
	if since.IsZero() {
		for _, s := range a.Stages {
			if s.Stage == StageInForce && (since.IsZero() || s.Date.Earliest() < since.Earliest()) {
				since = s.Date
			}
		}
	}
	if since.IsZero() {
		if !a.Period.Start.IsZero() && d < a.Period.Start.PossibleEarliest() {
			return answer(false)
		}
		return nil
	}
	if d < since.PossibleEarliest() {
		return answer(false)
	}
	if d < since.PossibleLatest() {
		return nil
	}
	state := answer(true)
	for _, s := range a.Stages {
		if s.Party != "" || s.Date.IsZero() || s.Date.PossibleEarliest() > d {
			continue
		}
		sure := s.Date.PossibleLatest() <= d
		switch s.Stage {
		case StageTerminated, StageExpired, StageReplaced, StageSuspension:
			if !sure {
				return nil
			}
			state = answer(false)
		default:
		}
	}
	return state
}
