package graph

import (
	"context"
	"fmt"
	"slices"
)

// A TieFilter says which ties of a dyad are wanted. With Topics: exactly one tie per topic, in that order, also where
// there is nothing. Without: those on which there is an effect, a bearing agreement or (for contention) a dispute.
type TieFilter struct {
	Topics []Topic
	Nature TieNature // default COOPERATION

	resting bool // leave out, of Topics too, those that rest on nothing
}

// all tells whether ties are wanted that rest on nothing.
func (f TieFilter) all() bool { return len(f.Topics) > 0 && !f.resting }

// Ties concludes the ties of dyads, each dyad's in the order of its topics. As of a day, spells and effects that possibly
// began by it, and the status on it; otherwise the status of the last day that the tie's sources cover.
func (v *View) Ties(ctx context.Context, dyads []DyadKey, f TieFilter) (map[DyadKey][]*Tie, error) {
	r, err := v.readTies(ctx, dyads)
	if err != nil {
		return nil, err
	}
	return r.ties(ctx, dyads, f)
}

// tieReading holds what the ties of many dyads are concluded from, so that they can be a part after the other.
type tieReading struct {
	view    *View
	sources []*Source // most preferred first
	cons    map[ActorKey][]Constituent
	known   map[ActorKey]*Actor
	read    map[StatementID]Engagement // an alliance of thirty is a record of four hundred dyads
}

// readTies reads the actors of the dyads.
func (v *View) readTies(ctx context.Context, dyads []DyadKey) (*tieReading, error) {
	r := &tieReading{view: v, read: map[StatementID]Engagement{}}
	var err error
	if r.sources, err = v.sources(ctx); err != nil {
		return nil, err
	}
	var actors []ActorKey
	for _, d := range dyads {
		actors = append(actors, d.A, d.B)
	}
	slices.Sort(actors)
	actors = slices.Compact(actors)
	if r.cons, err = v.Constituents(ctx, actors, nil); err != nil {
		return nil, err
	}
	r.known, err = v.Actors(ctx, actors)
	return r, err
}

// ties concludes the ties of dyads that are among those of the reading.
func (r *tieReading) ties(ctx context.Context, dyads []DyadKey, f TieFilter) (map[DyadKey][]*Tie, error) {
	if f.Nature == "" {
		f.Nature = Cooperation
	}
	v, cons, known := r.view, r.cons, r.known
	q := TieQuery{Load: v.Load, Topics: f.Topics}
	for _, d := range dyads {
		q.Dyads = append(q.Dyads, TieDyad{Key: d, A: cons[d.A], B: cons[d.B]})
	}
	rows, err := v.r.TieRecords(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("ties of %d dyads: %w", len(dyads), err)
	}
	records := map[DyadKey][]Engagement{}
	read := map[StatementID]Engagement{}
	for _, row := range rows {
		e := r.read[row.StatementID]
		if e == nil {
			if e, err = v.engagement(row.Recorded); err != nil {
				return nil, err
			}
			r.read[row.StatementID] = e
		}
		read[row.StatementID] = e
	}
	led, err := v.led(ctx, f.Nature, read)
	if err != nil {
		return nil, err
	}
	of := map[DyadKey]map[EngagementKey]bool{}
	for _, row := range rows {
		if of[row.Dyad] == nil {
			of[row.Dyad] = map[EngagementKey]bool{}
		}
		of[row.Dyad][read[row.StatementID].Base().Key] = true
	}
	for _, row := range rows {
		e := read[row.StatementID]
		if !slices.ContainsFunc(led[e.Base().Key], func(lead EngagementKey) bool { return of[row.Dyad][lead] }) {
			records[row.Dyad] = append(records[row.Dyad], e)
		}
	}
	found := make(map[DyadKey][]*Tie, len(dyads))
	for _, d := range dyads {
		b := &binder{view: v, sources: r.sources, dyad: d, x: cons[d.A], y: cons[d.B], nature: f.Nature, records: records[d]}
		b.born = max(known[d.A].born(), known[d.B].born())
		b.absences = append(known[d.A].absences(), known[d.B].absences()...)
		topics := f.Topics
		if len(topics) == 0 {
			topics = Topics
		}
		for _, topic := range topics {
			effects, bearings, from := b.material(topic)
			if !f.all() && len(effects)+len(bearings) == 0 {
				continue
			}
			if t := b.tie(topic, effects, bearings, from); f.all() || t.rest() {
				found[d] = append(found[d], t)
			}
		}
	}
	return found, nil
}

// led gives, of the disputes of which another account leads, which do: where the lead bears on a dyad, contention is as it has it, in
// its days, as lists have it. What accounts of other kinds did to ties is theirs: where sources differ, that is contested.
func (v *View) led(ctx context.Context, nature TieNature, read map[StatementID]Engagement) (map[EngagementKey][]EngagementKey, error) {
	led := map[EngagementKey][]EngagementKey{}
	var keys []EngagementKey
	from := map[SourceKey]bool{}
	for id, e := range read {
		if _, ok := e.(*Dispute); ok && nature == Contention {
			keys, from[id.Source] = append(keys, e.Base().Key), true
		}
	}
	if len(from) < 2 { // links are between sources
		return led, nil
	}
	slices.Sort(keys)
	rows, err := v.r.Links(ctx, LinkQuery{Load: v.Load, Accounts: slices.Compact(keys)})
	if err != nil {
		return nil, fmt.Errorf("links: %w", err)
	}
	for _, row := range rows {
		l, err := Decode[Link](row.Statement)
		if err != nil {
			return nil, err
		}
		for _, a := range l.Accounts {
			if a != l.Lead {
				led[a] = append(led[a], l.Lead)
			}
		}
	}
	return led, nil
}

// rest tells whether the tie rests on anything.
func (t *Tie) rest() bool {
	return len(t.Spells) > 0 || len(t.Strands) > 0 || len(t.Effects) > 0 || len(t.Contested) > 0
}

// binder concludes the ties of one dyad from the records that may bear on them.
type binder struct {
	view     *View
	sources  []*Source // most preferred first
	dyad     DyadKey
	x, y     []Constituent
	nature   TieNature
	born     Day       // the first day on which both existed
	absences []absence // when one of the two did not exist
	records  []Engagement
}

func (b *binder) tie(topic Topic, effects []*Effect, bearings []Bearing, from []SourceKey) *Tie {
	t := &Tie{In: b.view.State, Dyad: b.dyad, Topic: topic, Nature: b.nature, Rule: RuleSpells}
	strands := []string{""}
	for _, e := range effects {
		if !slices.Contains(strands, e.Strand) {
			strands = append(strands, e.Strand)
		}
	}
	slices.Sort(strands)
	for _, name := range strands {
		own := slices.DeleteFunc(slices.Clone(effects), func(e *Effect) bool { return e.Strand != name })
		folded, contested := b.prefer(topic, own)
		t.Contested = append(t.Contested, b.begun(contested)...)
		held := bearings
		if name != "" {
			held = nil // an agreement bears on its topic, never on a strand
		}
		h := foldWithin(folded, held, b.absences)
		for _, e := range folded {
			from = append(from, e.Source)
		}
		slices.Sort(from)
		from = slices.Compact(from)
		c := b.covered(topic, from)
		spells := b.show(h, held, c, topic, name)
		status, certain := c.status(h, b.day(c))
		if name == "" {
			t.Spells, t.Status, t.StatusCertain = spells, status, certain
			t.StatusOn, t.history, t.cover = b.day(c), h, c
			t.Effects = b.begun(h.effects())
			continue
		}
		t.Strands = append(t.Strands, &Strand{
			In: t.In, Dyad: t.Dyad, Topic: topic, Name: name, Status: status, StatusCertain: certain,
			Spells: spells, Effects: b.begun(h.effects()),
		})
	}
	t.Sources = from
	return t
}

// day is the day of the status: the one asked for, or the last that is covered.
func (b *binder) day(c coverage) Day {
	if b.view.AsOf != nil {
		return *b.view.AsOf
	}
	return c.last
}

// material gathers what bears on the topic between the two: effects, bearings, and the sources of the bearings.
func (b *binder) material(topic Topic) (effects []*Effect, bearings []Bearing, from []SourceKey) {
	for _, e := range b.records {
		base := e.Base()
		if b.nature == Cooperation {
			for i := range base.Effects {
				if f := &base.Effects[i]; f.Topic == topic && b.between(f) {
					effects = append(effects, f)
				}
			}
			if a, ok := e.(*Agreement); ok {
				if held := bearingsOf(a, topic, b.x, b.y); len(held) > 0 {
					bearings = append(bearings, held...)
					from = append(from, base.Source)
				}
			}
			continue
		}
		if d, ok := e.(*Dispute); ok && slices.Contains(base.Topics, topic) {
			if held := contentionOf(d, b.x, b.y); len(held) > 0 {
				bearings = append(bearings, held...)
				from = append(from, base.Source)
			}
		}
	}
	return effects, bearings, from
}

// between tells whether the effect names both sides of the dyad, or what was part of them on its day.
func (b *binder) between(f *Effect) bool {
	on := f.Date.span()
	names := func(cons []Constituent) bool {
		return slices.ContainsFunc(cons, func(c Constituent) bool {
			return slices.Contains(f.Between, c.Actor) && c.Valid.Overlaps(on)
		})
	}
	return names(b.x) && names(b.y)
}

func (d Date) span() Interval { return Interval{d.PossibleEarliest(), d.PossibleLatest() + 1} }

// prefer chooses the effects to fold where sources disagree: each day belongs to the most preferred source that
// has effects on this tie and covers the day. Other sources' effects on it are contested, unless they say the same.
func (b *binder) prefer(topic Topic, effects []*Effect) (folded, contested []*Effect) {
	var speaking []*Source
	for _, s := range b.sources {
		if slices.ContainsFunc(effects, func(e *Effect) bool { return e.Source == s.Key }) {
			speaking = append(speaking, s)
		}
	}
	for i, s := range speaking {
		for _, e := range effects {
			if e.Source != s.Key {
				continue
			}
			outranked := slices.ContainsFunc(speaking[:i], func(better *Source) bool {
				return b.windows(better, topic).contains(e.Date.Earliest())
			})
			switch {
			case !outranked:
				folded = append(folded, e)
			case !slices.ContainsFunc(folded, func(f *Effect) bool { return f.Type == e.Type && f.Date.span().Overlaps(e.Date.span()) }):
				contested = append(contested, e)
			}
		}
	}
	return folded, contested
}

// begun leaves, as of a day, the effects that possibly happened by it.
func (b *binder) begun(effects []*Effect) []*Effect {
	if b.view.AsOf == nil {
		return effects
	}
	return slices.DeleteFunc(effects, func(e *Effect) bool { return e.Date.PossibleEarliest() > *b.view.AsOf })
}

// show gives a history's spells as the view sees them.
func (b *binder) show(h *History, bearings []Bearing, c coverage, topic Topic, strand string) []*Spell {
	var shown []*Spell
	for _, s := range h.Spells {
		if b.view.AsOf != nil && s.begins.From > *b.view.AsOf {
			continue
		}
		s.In, s.Dyad, s.Topic, s.Nature, s.Strand = b.view.State, b.dyad, topic, b.nature, strand
		if s.Period.End.IsZero() && s.Period.Why == Ongoing && c.last < maxDay {
			s.Period.Why, s.Period.ObservedUntil = Censored, DateOf(c.last)
		}
		if known := min(c.last, b.day(c)); s.ends.Empty() && !s.Period.Start.IsZero() && s.Period.Why != Unknown && c.last < maxDay {
			s.Duration.MinDays = max(0, int(known-s.Period.Start.Latest())+1)
		}
		if b.view.AsOf != nil {
			s.Basis = slices.DeleteFunc(s.Basis, func(k EngagementKey) bool {
				return !slices.ContainsFunc(bearings, func(held Bearing) bool {
					return held.Key == k && (held.Since.IsZero() || held.Since.PossibleEarliest() <= *b.view.AsOf)
				})
			})
			s.Phases = slices.DeleteFunc(s.Phases, func(p *Phase) bool { return p.Began.Date.PossibleEarliest() > *b.view.AsOf })
		}
		for _, p := range s.Phases {
			if p.Period.End.IsZero() {
				p.Period = p.Period.EndingAs(s.Period)
			}
		}
		shown = append(shown, s)
	}
	return shown
}

// effects gives the explicit effects in their order.
func (h *History) effects() []*Effect {
	var effects []*Effect
	for _, e := range h.changes {
		if e.effect != nil {
			effects = append(effects, e.effect)
		}
	}
	return effects
}

// InForce tells whether an agreement is in force on the view's day, or without one on the last day its source
// covers; nil where no source says, and past what its source covers.
func (v *View) InForce(ctx context.Context, a *Agreement) (*bool, error) {
	source, err := v.Source(ctx, a.Source)
	if err != nil {
		return nil, err
	}
	if day, covered := source.coveredOn(v.AsOf); covered {
		return a.InForce(day), nil
	}
	return nil, nil //nolint:nilnil // "no source says" is an answer
}

// coveredOn gives the day on which a source is asked what is in force: the one asked for, as far as the source goes, or the
// last that it covers.
func (s *Source) coveredOn(asked *Day) (Day, bool) {
	if len(s.Coverage) == 0 {
		return 0, false
	}
	last := minDay
	for _, w := range s.Coverage {
		last = max(last, w.Days().Last())
	}
	if asked == nil {
		return last, true
	}
	return *asked, *asked <= last
}

// inForceOn gives for each source that says so the day on which it is asked what is in force.
func (v *View) inForceOn(ctx context.Context, asked *Day) (map[SourceKey]Day, error) {
	if asked == nil {
		asked = v.AsOf
	}
	all, err := v.sources(ctx)
	if err != nil {
		return nil, err
	}
	days := map[SourceKey]Day{}
	for _, s := range all {
		if day, covered := s.coveredOn(asked); covered {
			days[s.Key] = day
		}
	}
	return days, nil
}
