package graph

import (
	"context"
	"fmt"
	"slices"
)

// Bounds of how many engagements are read for series: at once, and in all.
const (
	seriesAhead = 2000
	maxSeries   = 200_000
)

// Series gives series of a dyad. Engagements are read once, page by page, and counted; nothing of them is kept. As of a day,
// what began by it counts, and units that begin after it have no value.
func (v *View) Series(ctx context.Context, d DyadKey, q SeriesQuery) ([]*Series, error) {
	if q.Certainty == "" {
		q.Certainty = Possible
	}
	if err := q.Check(); err != nil {
		return nil, err
	}
	m := &measuring{view: v, dyad: d, q: q, grid: newGrid(q, v.AsOf)}
	var err error
	if m.sources, err = v.sourcesAmong(ctx, q.Sources); err != nil {
		return nil, err
	}
	if err := m.both(ctx); err != nil {
		return nil, err
	}
	var counted []Measure
	tied := false
	for _, measure := range q.Measures {
		if measure.ofTie() {
			tied = true
		} else {
			counted = append(counted, measure)
		}
	}
	if len(counted) > 0 {
		if err := m.count(ctx, counted); err != nil {
			return nil, err
		}
	}
	ties := map[Topic]*Tie{}
	if tied {
		found, err := v.Ties(ctx, []DyadKey{d}, TieFilter{Topics: q.Topics})
		if err != nil {
			return nil, err
		}
		for _, t := range found[d] {
			ties[t.Topic] = t
		}
	}
	var all []*Series
	for _, measure := range q.Measures {
		for _, topic := range orAll(q.Topics) {
			s := &Series{In: v.State, Dyad: d, Measure: measure, Topic: topic, Unit: q.Unit, Certainty: q.Certainty, Points: make([]Point, m.grid.n)}
			if measure.ofTie() {
				s.Rule = RuleSpells
				m.ofTie(s, ties[topic])
			} else {
				m.ofCounts(s)
			}
			all = append(all, s)
		}
	}
	return all, nil
}

// orAll gives the topics, or the empty one, which is all of them.
func orAll(topics []Topic) []Topic {
	if len(topics) == 0 {
		return []Topic{""}
	}
	return topics
}

// measuring is what series of one dyad are made with.
type measuring struct {
	view    *View
	dyad    DyadKey
	q       SeriesQuery
	grid    grid
	sources []*Source
	x, y    []Constituent
	exist   windows // when both possibly existed
	counts  map[countKey]*seriesCounts
}

type countKey struct {
	measure Measure
	topic   Topic
}

// seriesCounts are what is counted for one series.
type seriesCounts struct {
	n       tally    // engagements
	sure    tally    // those that count for certain
	uncoded tally    // those of which the source does not code what is asked
	sum     tally    // of Goldstein scores, in tenths
	levels  [6]tally // disputes by hostility
}

// both asks through whom the two count, and when they existed.
func (m *measuring) both(ctx context.Context) error {
	actors := []ActorKey{m.dyad.A, m.dyad.B}
	cons, err := m.view.Constituents(ctx, actors, nil)
	if err != nil {
		return err
	}
	parts := Always
	if m.view.AsOf != nil {
		parts = Interval{minDay, *m.view.AsOf + 1}
	}
	m.x, m.y = Within(cons[m.dyad.A], parts), Within(cons[m.dyad.B], parts)
	known, err := m.view.Actors(ctx, actors)
	if err != nil {
		return err
	}
	life := func(a *Actor) (ws windows) {
		if a == nil || len(a.Existence) == 0 {
			return windows{Always}
		}
		for _, p := range a.Existence {
			ws = append(ws, p.Bounds().Possible())
		}
		return ws
	}
	m.exist = life(known[m.dyad.A]).overlap(life(known[m.dyad.B]))
	return nil
}

// count reads the engagements, and counts them for every measure and topic.
func (m *measuring) count(ctx context.Context, measures []Measure) error {
	m.counts = map[countKey]*seriesCounts{}
	for _, measure := range measures {
		for _, topic := range orAll(m.q.Topics) {
			c := &seriesCounts{n: make(tally, m.grid.n+1), sure: make(tally, m.grid.n+1), uncoded: make(tally, m.grid.n+1)}
			if measure == MeanGoldstein {
				c.sum = make(tally, m.grid.n+1)
			}
			if measure == HighestHostility {
				for i := range c.levels {
					c.levels[i] = make(tally, m.grid.n+1)
				}
			}
			m.counts[countKey{measure, topic}] = c
		}
	}
	ranks, err := m.view.ranks(ctx)
	if err != nil {
		return err
	}
	owed := slices.DeleteFunc(slices.Clone(measures), func(measure Measure) bool { return measure != CountObligations })
	rest := slices.DeleteFunc(slices.Clone(measures), func(measure Measure) bool { return measure == CountObligations })
	if len(m.q.Topics) == 0 {
		owed, rest = nil, measures
	}
	for _, topic := range orAll(m.q.Topics) { // each as a list of that topic has it: which account leads there may depend on it
		if err := m.read(ctx, ranks, rest, topic); err != nil {
			return err
		}
	}
	if err := m.read(ctx, ranks, owed, ""); err != nil { // obligations have topics of their own
		return err
	}
	for _, c := range m.counts {
		for _, t := range append([]tally{c.n, c.sure, c.uncoded, c.sum}, c.levels[:]...) {
			t.sum()
		}
	}
	return nil
}

// read reads the engagements that a list of a topic has, or of all, and counts them.
func (m *measuring) read(ctx context.Context, ranks map[SourceKey]int, measures []Measure, topic Topic) error {
	var kinds []EngagementKind
	for _, measure := range measures {
		kinds = append(kinds, measure.forms()...)
	}
	if len(kinds) == 0 {
		return nil
	}
	slices.Sort(kinds)
	f := EngagementFilter{
		Of: []ActorKey{m.dyad.A, m.dyad.B}, Kinds: slices.Compact(kinds), During: &During{Interval: Inclusive(m.q.From, m.q.To)},
	}
	if len(m.q.Sources) > 0 {
		f.Where = Tagged(TagSource, m.q.Sources...)
	}
	topics := orAll(m.q.Topics)
	if topic != "" {
		f.Topics, topics = []Topic{topic}, []Topic{topic}
	}
	page := Page{First: seriesAhead}
	for read := 0; ; read += seriesAhead {
		if read >= maxSeries {
			return BadInput("more than %d engagements of %s and %s from %s to %s: ask for fewer years, or fewer measures", maxSeries, m.dyad.A, m.dyad.B, m.q.From, m.q.To)
		}
		list, err := m.view.engagementList(ctx, f, page)
		if err != nil {
			return fmt.Errorf("series: %w", err)
		}
		var best Engagement // of several accounts with one key the preferred
		for i, e := range list.Items {
			if best == nil || ranks[e.Base().Source] < ranks[best.Base().Source] {
				best = e
			}
			if i+1 == len(list.Items) || list.Items[i+1].Base().Key != e.Base().Key {
				m.take(best, measures, topics)
				best = nil
			}
		}
		if !list.More {
			break
		}
		page.After = &list.Position[len(list.Position)-1]
	}
	return nil
}

// take counts one engagement.
func (m *measuring) take(e Engagement, measures []Measure, topics []Topic) {
	for _, measure := range measures {
		if !slices.Contains(measure.forms(), e.Base().Kind) {
			continue
		}
		for _, topic := range topics {
			c := m.counts[countKey{measure, topic}]
			if measure == CountObligations {
				m.obligations(c, e, topic)
			} else if topic == "" || slices.Contains(e.Base().Topics, topic) {
				m.takeFor(c, measure, e)
			}
		}
	}
}

func (m *measuring) takeFor(c *seriesCounts, measure Measure, e Engagement) {
	opposed := false
	switch e := e.(type) {
	case *Dispute:
		opposed = measure == CountDisputes || measure == HighestHostility
	case *Meeting:
		if measure == CountSummits && e.Level != LevelSummit {
			return
		}
	case *Act:
		if q := measure.quad(); q > 0 && e.QuadClass > 0 && e.QuadClass != q {
			return
		}
	}
	together := m.together(e.Base(), opposed)
	if measure == CountContacts {
		together = m.begun(e.Base())
	}
	possible, sure := m.stretches(together, Possible), m.stretches(together, Certain)
	counting := possible
	if m.q.Certainty == Certain {
		counting = sure
	}
	coded := true
	switch a := e.(type) {
	case *Act:
		if measure.quad() > 0 && a.QuadClass == 0 || measure == MeanGoldstein && a.Goldstein == nil {
			coded = false
		} else if measure == MeanGoldstein {
			c.sum.add(counting, int64(*a.Goldstein))
		}
	case *Dispute:
		if measure == HighestHostility {
			level := m.hostility(a)
			if coded = level > 0; coded {
				c.levels[level].add(counting, 1)
			}
		}
	}
	if !coded {
		c.uncoded.add(counting, 1)
		return
	}
	c.n.add(counting, 1)
	c.sure.add(sure, 1)
}

func (m *measuring) stretches(all []Bounds, c Certainty) []stretch {
	var found []stretch
	for _, b := range all {
		if s, ok := m.grid.touched(b, c); ok {
			found = append(found, s)
		}
	}
	return merged(found)
}

// pairs calls f with every two participations through which the two take part, and their bounds together.
func (m *measuring) pairs(b *EngagementBase, f func(p, q Participation, together Bounds)) {
	for _, p := range b.Participations {
		for _, cx := range m.x {
			if cx.Actor != p.Actor && cx.Actor != p.OnBehalfOf {
				continue
			}
			for _, q := range b.Participations {
				for _, cy := range m.y {
					if cy.Actor != q.Actor && cy.Actor != q.OnBehalfOf || cx.Actor == cy.Actor {
						continue
					}
					f(p, q, b.bounds(p).cut(b.bounds(q)).within(cx.Valid).within(cy.Valid))
				}
			}
		}
	}
}

// together gives when both take part; where they must be opposed, when both do on sides against each other.
func (m *measuring) together(b *EngagementBase, opposed bool) (all []Bounds) {
	m.pairs(b, func(p, q Participation, together Bounds) {
		if opposed && (p.Role != RoleParty || q.Role != RoleParty || AlignmentOf(p.Side, q.Side) != Opposed) {
			return
		}
		if !slices.Contains(all, together) {
			all = append(all, together)
		}
	})
	return all
}

// begun gives when both began to take part. That no day is certainly both's leaves the days on which that may have been.
func (m *measuring) begun(b *EngagementBase) (all []Bounds) {
	m.pairs(b, func(p, q Participation, together Bounds) {
		latest := min(max(b.bounds(p).StartMax, b.bounds(q).StartMax, together.StartMin), together.StartMax, together.EndMax)
		if began := (Bounds{together.StartMin, together.StartMax, together.StartMin, latest}); !slices.Contains(all, began) {
			all = append(all, began)
		}
	})
	return all
}

// hostility is the highest that one of the two reached, or where that is not coded, that of the dispute.
func (m *measuring) hostility(d *Dispute) int {
	level := 0
	m.pairs(&d.EngagementBase, func(p, q Participation, _ Bounds) {
		for _, h := range []*int{p.Hostility, q.Hostility} {
			if h != nil {
				level = max(level, *h)
			}
		}
	})
	if level == 0 && d.Hostility != nil {
		level = *d.Hostility
	}
	return min(max(level, 0), 5)
}

// obligations counts those that an agreement in force lays on one of the two toward the other.
func (m *measuring) obligations(c *seriesCounts, e Engagement, topic Topic) {
	a, ok := e.(*Agreement)
	if !ok {
		return
	}
	for _, o := range a.Obligations {
		if topic != "" && !slices.Contains(topicsOfObligation(o.Type), topic) {
			continue
		}
		var times []Bounds
		for _, px := range a.partiesAmong(m.x) {
			for _, py := range a.partiesAmong(m.y) {
				if px.party.Actor == py.party.Actor || !o.binds(px.party.Actor, py.party.Actor) {
					continue
				}
				for _, b := range a.bears(nil, px.party, py.party, px.valid, py.valid, orAlways(o.Period)) {
					times = append(times, Period{Start: b.Since, End: b.Until.DayBefore(), Why: b.Why, ObservedUntil: b.Seen}.Bounds())
				}
			}
		}
		sure := m.stretches(times, Certain)
		if c.sure.add(sure, 1); m.q.Certainty == Certain {
			c.n.add(sure, 1)
		} else {
			c.n.add(m.stretches(times, Possible), 1)
		}
	}
}

// bounds are those of a participation: its own time, or the engagement's.
func (b *EngagementBase) bounds(p Participation) Bounds {
	if p.Period.IsZero() {
		return b.Period.Bounds()
	}
	return p.Period.Bounds()
}

// cut gives the bounds of the time in which two things go on. Two that are each on some day, nobody knows which, are
// together on none for certain.
func (b Bounds) cut(c Bounds) Bounds {
	both := Bounds{max(b.StartMin, c.StartMin), max(b.StartMax, c.StartMax), min(b.EndMin, c.EndMin), min(b.EndMax, c.EndMax)}
	if both.StartMax > both.EndMin && !both.leaves(b) && !both.leaves(c) {
		both.StartMax, both.EndMin = maxDay, minDay
	}
	return both
}

// leaves tells whether cutting left something that is on some day, nobody knows which, all its days.
func (b Bounds) leaves(whole Bounds) bool {
	return b.StartMax == whole.StartMax && b.EndMin == whole.EndMin && b.StartMin == whole.StartMin && b.EndMax >= min(whole.StartMax, whole.EndMax)
}

// within cuts bounds to an interval.
func (b Bounds) within(i Interval) Bounds {
	return b.cut(Bounds{i.From, i.From, i.To - 1, i.To - 1})
}
