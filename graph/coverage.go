package graph

import "slices"

// coverage is what the sources of a tie say of its topic between its actors: in which days, and whether they say all.
type coverage struct {
	any, complete windows
	last          Day // the last day that is covered
	born          Day // the first day on which both existed
}

type windows []Interval

func (ws windows) contains(d Day) bool {
	return slices.ContainsFunc(ws, func(w Interval) bool { return w.Contains(d) })
}

// covered gathers the windows of the sources a tie rests on; where it rests on none, of all that speak of the
// topic and the two. Complete windows count whoever's they are.
func (b *binder) covered(topic Topic, from []SourceKey) coverage {
	c := coverage{born: b.born}
	first := true
	widest := minDay
	for _, s := range b.sources {
		ws := b.windows(s, topic)
		complete := b.completeWindows(s, topic)
		for _, w := range s.Coverage {
			widest = max(widest, w.Days().Last())
		}
		if len(from) > 0 && !slices.Contains(from, s.Key) {
			ws = nil // what another source covers does not lengthen what these say
		}
		c.any = append(c.any, ws...)
		c.complete = append(c.complete, complete...)
		for _, w := range ws {
			if first || w.Last() > c.last {
				c.last, first = w.Last(), false
			}
		}
	}
	if first {
		c.last = widest
		if len(b.sources) == 0 || widest == minDay {
			c.last = b.view.made
		}
	}
	if c.last >= maxDay-1 { // a source that never ends: as far as was known when it was loaded
		c.last = b.view.made
	}
	return c
}

// windows gives the days in which a source speaks of the topic between the two.
func (b *binder) windows(s *Source, topic Topic) windows {
	return b.pick(s, topic, func(Coverage) bool { return true })
}

// completeWindows gives the days for which a source says all: of agreements, or for contention of disputes. That its
// meetings are complete says nothing of ties.
func (b *binder) completeWindows(s *Source, topic Topic) windows {
	kind := KindAgreement
	if b.nature == Contention {
		kind = KindDispute
	}
	return b.pick(s, topic, func(w Coverage) bool {
		return w.Complete && (len(w.Forms) == 0 || slices.Contains(w.Forms, kind))
	})
}

func (b *binder) pick(s *Source, topic Topic, want func(Coverage) bool) windows {
	var ws windows
	kinds := []EngagementKind{KindAgreement, KindAct, KindMeeting}
	if b.nature == Contention {
		kinds = []EngagementKind{KindDispute}
	}
	for _, w := range s.Coverage {
		if len(w.Kinds) > 0 && !slices.Contains(w.Kinds, StatementEngagement) {
			continue
		}
		if len(w.Forms) > 0 && !slices.ContainsFunc(kinds, func(k EngagementKind) bool { return slices.Contains(w.Forms, k) }) {
			continue
		}
		if len(w.Topics) > 0 && !slices.Contains(w.Topics, topic) {
			continue
		}
		if len(w.Actors) > 0 && (!slices.Contains(w.Actors, b.dyad.A) || !slices.Contains(w.Actors, b.dyad.B)) {
			continue
		}
		if want(w) {
			ws = append(ws, w.Days())
		}
	}
	return ws
}

// status tells how a history stands on a day, given what is covered. Past the last covered day, and where
// nothing is known outside what is covered, the answer is NO_DATA.
func (c coverage) status(h *History, d Day) (TieStatus, bool) {
	if d > c.last {
		return NoData, false
	}
	s := h.On(d)
	known := s.Spell != nil && !s.Spell.Period.Start.IsZero()
	switch {
	case s.Status == Ended, known:
		return s.Status, s.Certain
	case s.Spell != nil && c.any.contains(d) && d >= c.born:
		return s.Status, s.Certain // presupposed, and the source speaks of the day
	case s.Spell == nil && c.complete.contains(d):
		return None, s.Certain
	default:
		return NoData, false
	}
}

// spoken is what a source may speak of: things of a kind, engagements of a form, on topics, of actors.
type spoken struct {
	kind     StatementKind
	form     EngagementKind // empty: not of engagements
	topics   []Topic        // none: on any
	actors   []ActorKey
	complete bool // and says everything of it
}

// speaks gives the days in which a source speaks of it. Everything on some topics is said only where a window has all of
// them; everything on any, where it is bound to none.
func (s *Source) speaks(of spoken) windows {
	var ws windows
	for _, w := range s.Coverage {
		has := func(t Topic) bool { return slices.Contains(w.Topics, t) }
		lacks := func(t Topic) bool { return !has(t) }
		switch {
		case len(w.Kinds) > 0 && !slices.Contains(w.Kinds, of.kind),
			of.form != "" && len(w.Forms) > 0 && !slices.Contains(w.Forms, of.form),
			of.form == "" && len(w.Forms) > 0,
			len(w.Actors) > 0 && slices.ContainsFunc(of.actors, func(a ActorKey) bool { return !slices.Contains(w.Actors, a) }),
			of.complete && !w.Complete,
			of.complete && len(w.Topics) > 0 && (len(of.topics) == 0 || slices.ContainsFunc(of.topics, lacks)),
			!of.complete && len(w.Topics) > 0 && len(of.topics) > 0 && !slices.ContainsFunc(of.topics, has):
		default:
			ws = append(ws, w.Days())
		}
	}
	return ws
}
