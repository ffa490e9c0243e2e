package graph

import "slices"

// bearingsOf tells whether an agreement bears on a tie between two actors, each given by its constituents, on a
// topic, and for which stretches. It bears if it reached IN_FORCE, and either carries an obligation between the two
// of a type that counts for the topic, or, where no such obligations are coded, has exactly these two parties at a time
// in a list that is complete. What only forswears force ties nobody in defence; an open treaty ties nobody at all.
// A stretch lies within the times for which the two were party, for which the constituents were theirs, and for which the
// obligation held.
func bearingsOf(a *Agreement, topic Topic, x, y []Constituent) []Bearing {
	coded := topic == TopicDefense && len(a.Obligations) > 0
	if !coded && !slices.Contains(a.Topics, topic) {
		return nil
	}
	var found []Bearing
	for _, px := range a.partiesAmong(x) {
		for _, py := range a.partiesAmong(y) {
			if px.party.Actor == py.party.Actor {
				continue
			}
			limits := []Interval{px.valid, py.valid}
			if !coded {
				if a.onlyTwo(px.party, py.party) {
					found = a.bears(found, px.party, py.party, limits...)
				}
				continue
			}
			for _, o := range a.Obligations {
				if slices.Contains(topicsOfObligation(o.Type), topic) && o.binds(px.party.Actor, py.party.Actor) {
					found = a.bears(found, px.party, py.party, append(limits, orAlways(o.Period))...)
				}
			}
		}
	}
	return found
}

// binds tells whether the obligation stands between the two, in one direction or the other.
func (o Obligation) binds(x, y ActorKey) bool {
	return o.By == x && (o.Toward == "" || o.Toward == y) || o.By == y && (o.Toward == "" || o.Toward == x)
}

// bears adds the stretch in which the agreement was in force between two of its parties, within limits.
func (a *Agreement) bears(found []Bearing, x, y Participation, limits ...Interval) []Bearing {
	b := Bearing{Key: a.Key, Since: a.stageFor(StageInForce, x, y, true), Why: Unknown, Stated: !x.Period.IsZero() && !y.Period.IsZero()}
	if b.Since.IsZero() {
		return found
	}
	for _, k := range []StageKind{StageTerminated, StageExpired, StageReplaced} {
		b.until(a.stageFor(k, x, y, false))
	}
	for _, p := range []Participation{x, y} {
		if start := p.Period.Start; !start.IsZero() && start.Earliest() > b.Since.Earliest() {
			b.Since = start
		}
		b.until(p.Period.End.DayAfter())
	}
	if b.Until.IsZero() && !a.Period.End.IsZero() {
		b.until(a.Period.End.DayAfter())
	}
	for _, i := range limits {
		if i.From > b.Since.Latest() {
			b.Since = DateOf(i.From)
		}
		if i.To < maxDay {
			b.until(DateOf(i.To))
		}
	}
	switch {
	case !b.Until.IsZero():
		if b.Until.Latest() <= b.Since.Earliest() {
			return found // on no day
		}
		b.Why = ""
	case a.Period.Why != "":
		b.Why, b.Seen = a.Period.Why, a.Period.ObservedUntil
	}
	return append(found, b)
}

// until ends the bearing on a date, if that is before its end.
func (b *Bearing) until(d Date) {
	if !d.IsZero() && (b.Until.IsZero() || d.Earliest() < b.Until.Earliest()) {
		b.Until = d
	}
}

// A partyAs is a party to an agreement that counts for an actor, with the days for which it does.
type partyAs struct {
	party Participation
	valid Interval
}

// partiesAmong finds the parties that are, or act for, one of the constituents, at a time when it was one.
func (a *Agreement) partiesAmong(cons []Constituent) []partyAs {
	var found []partyAs
	for _, p := range a.Participations {
		for _, c := range cons {
			if p.Role.party() && (c.Actor == p.Actor || c.Actor == p.OnBehalfOf) && a.span(p).Overlaps(c.Valid) {
				found = append(found, partyAs{p, c.Valid})
			}
		}
	}
	return found
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

// stageFor gives the date of a stage as it counts between two participations: the agreement's own, or the two parties'
// own (the later one if both must have it, else the earlier). Of the stages of a party that left and came back, those
// count that lie in this time of it; of the whole agreement, where it ended and began again, those of the time
// in which both were party.
func (a *Agreement) stageFor(kind StageKind, x, y Participation, both bool) Date {
	var whole, dx, dy Date
	since := max(began(x), began(y))
	for _, s := range a.Stages {
		if s.Stage != kind || s.Date.IsZero() {
			continue
		}
		switch {
		case s.Party == "":
			whole = ofWhole(whole, s.Date, since, both)
		case s.Party == x.Actor && a.within(s.Date, x):
			dx = s.Date
		case s.Party == y.Actor && a.within(s.Date, y):
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

// began is the first day of a participation of its own time; minDay where it has the agreement's.
func began(p Participation) Day {
	if p.Period.Start.IsZero() {
		return minDay
	}
	return p.Period.Start.Earliest()
}

// within tells whether a party's stage belongs to this participation of it. What ends it may be dated by the day after.
func (a *Agreement) within(d Date, p Participation) bool {
	if p.Period.IsZero() {
		return true
	}
	i := a.span(p)
	i.To = satInc(i.To)
	return i.Overlaps(d.span())
}

// ofWhole chooses between two dates of one stage of the whole agreement for a stretch that began on a day. Of its
// beginnings the last one by then counts, or the first after; of its endings the first after.
func ofWhole(sofar, next Date, began Day, beginning bool) Date {
	if !beginning {
		switch {
		case began > minDay && next.Latest() <= began:
			return sofar
		case sofar.IsZero() || next.Earliest() < sofar.Earliest():
			return next
		}
		return sofar
	}
	if sofar.IsZero() {
		return next
	}
	switch past, before := next.Earliest() <= began, sofar.Earliest() <= began; {
	case past && before && next.Earliest() > sofar.Earliest(), past && !before, !past && !before && next.Earliest() < sofar.Earliest():
		return next
	}
	return sofar
}

// contentionOf gives the times for which a dispute opposes two actors.
func contentionOf(d *Dispute, x, y []Constituent) []Bearing {
	var found []Bearing
	for _, p := range d.Participations {
		for _, q := range d.Participations {
			if p.Role != RoleParty || q.Role != RoleParty || AlignmentOf(p.Side, q.Side) != Opposed {
				continue
			}
			for _, i := range d.counting(p, x) {
				for _, j := range d.counting(q, y) {
					found = d.opposes(found, p, q, i, j)
				}
			}
		}
	}
	return found
}

// opposes adds the stretch for which two participations oppose each other, within limits.
func (d *Dispute) opposes(found []Bearing, p, q Participation, limits ...Interval) []Bearing {
	period := later(later(d.Period, p.Period), q.Period)
	b := Bearing{Key: d.Key, Since: period.Start, Why: period.Why, Seen: period.ObservedUntil}
	b.until(period.End.DayAfter())
	for _, i := range limits {
		if i.From > minDay && (b.Since.IsZero() || i.From > b.Since.Latest()) {
			b.Since = DateOf(i.From)
		}
		if i.To < maxDay {
			b.until(DateOf(i.To))
		}
	}
	if !b.Until.IsZero() {
		b.Why, b.Seen = "", Date{}
		if !b.Since.IsZero() && b.Until.PossibleLatest() <= b.Since.PossibleEarliest() {
			return found // on no day
		}
	}
	return append(found, b)
}

// counting gives the days for which a participation counts for the constituents.
func (d *Dispute) counting(p Participation, cons []Constituent) []Interval {
	var found []Interval
	for _, c := range cons {
		if (c.Actor == p.Actor || c.Actor == p.OnBehalfOf) && d.span(p).Overlaps(c.Valid) {
			found = append(found, c.Valid)
		}
	}
	return found
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
		p = p.EndingOn(q.End)
	}
	return p
}

// InForce tells whether the agreement as a whole is in force on a day: nil where no source says. Where it entered into force, or may have
// by then, that is that it may be.
func (a *Agreement) InForce(d Day) *bool { return a.inForce(a.inForceStages(), d) }

// inForce is InForce by the stages that tell, in order.
func (a *Agreement) inForce(stages []Stage, d Day) *bool {
	answer := func(b bool) *bool { return &b }
	if !entered(stages) {
		if !a.Period.Start.IsZero() && d < a.Period.Start.PossibleEarliest() {
			return answer(false)
		}
		return nil
	}
	state := answer(false)
	for _, s := range stages {
		if s.Date.PossibleEarliest() > d {
			continue
		}
		next := s.Stage == StageInForce
		if s.Date.PossibleLatest() > d && (state == nil || *state != next) {
			return nil // it may or may not have happened yet
		}
		state = answer(next)
	}
	if state != nil && *state {
		switch end := a.Period.End; {
		case !end.IsZero() && d > end.PossibleLatest():
			return answer(false)
		case !end.IsZero() && d > end.PossibleEarliest(), end.IsZero() && a.Period.Why == Unknown:
			return nil
		}
	}
	return state
}
