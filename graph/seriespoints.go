package graph

import "slices"

// ofCounts makes a series of what was counted.
func (m *measuring) ofCounts(s *Series) {
	c := m.counts[countKey{s.Measure, s.Topic}]
	topics := []Topic{s.Topic}
	switch {
	case s.Measure == CountObligations:
		topics = []Topic{TopicDefense} // the only one on which obligations bear
	case s.Topic == "":
		topics = nil
	}
	spoken, complete := m.covered(s, topics)
	for i := range s.Points {
		p, days := m.point(s, i)
		if p.Reason != "" {
			continue
		}
		p.N = int(c.n[i])
		p.Complete = complete.cover(days) && c.uncoded[i] == 0
		p.Certain = c.sure[i] >= c.n[i] || m.q.Certainty == Certain
		why := spoken.lack(days)
		switch {
		case c.n[i] == 0 && c.uncoded[i] > 0:
			p.Reason = NotCoded
		case c.n[i] == 0 && p.Complete && s.Measure == MeanGoldstein:
			p.Reason = NoActs
		case c.n[i] == 0 && !p.Complete:
			p.Reason = why
		case s.Measure == MeanGoldstein:
			p.Thousandths = thousandths(c.sum[i], c.n[i])
		case s.Measure == HighestHostility:
			p.Thousandths = 1000 * int64(c.highest(i))
		default:
			p.Thousandths = 1000 * c.n[i]
		}
		p.Certain = p.Certain && p.Reason == ""
	}
}

func (c *seriesCounts) highest(i int) int {
	for level := len(c.levels) - 1; level > 0; level-- {
		if c.levels[level][i] > 0 {
			return level
		}
	}
	return 0
}

// point gives a point its days, and a reason where nothing can be said of them whatever the sources cover.
func (m *measuring) point(s *Series, i int) (*Point, Interval) {
	p := &s.Points[i]
	days := m.grid.at(i)
	p.From, p.To = days.From, days.Last()
	days.To = min(days.To, m.grid.last+1) // as of a day within it, what is up to then
	switch {
	case days.Empty():
		p.Reason = AfterAsOf
	case !slices.ContainsFunc(m.exist, days.Overlaps):
		p.Reason = NotExisting
	}
	return p, days
}

// lack says why there is no zero where not all is covered.
func (ws windows) lack(days Interval) NoValue {
	last := minDay
	for _, w := range ws {
		if w.Overlaps(days) {
			return Incomplete
		}
		last = max(last, w.Last())
	}
	if len(ws) > 0 && days.From > last {
		return PastSources
	}
	return NotCovered
}

// covered gathers the windows in which sources speak of what is counted; complete are the days for which one says
// everything of each kind of engagement that counts.
func (m *measuring) covered(s *Series, topics []Topic) (spoken, complete windows) {
	asked := Inclusive(m.q.From, m.q.To)
	complete = windows{asked}
	for _, form := range s.Measure.forms() {
		var whole windows
		for _, source := range m.sources {
			of := spokenOf(form, topics, m.dyad)
			any := source.speaks(of)
			of.complete = true
			all := source.speaks(of)
			spoken, whole = append(spoken, any...), append(whole, all...)
			for _, w := range any {
				c := Covered{In: m.view.State, Source: source.Key, Days: w.Intersect(asked), Complete: slices.Contains(all, w)}
				if !c.Days.Empty() && !slices.Contains(s.Coverage, c) {
					s.Coverage = append(s.Coverage, c)
				}
			}
		}
		complete = complete.overlap(whole)
	}
	return spoken, complete
}

func spokenOf(form EngagementKind, topics []Topic, d DyadKey) spoken {
	return spoken{kind: StatementEngagement, form: form, topics: topics, actors: []ActorKey{d.A, d.B}}
}

// ofTie makes a series of a tie's status.
func (m *measuring) ofTie(s *Series, t *Tie) {
	asked := Inclusive(m.q.From, m.q.To)
	for _, source := range m.sources {
		for _, w := range source.Coverage {
			if !slices.Contains(t.Sources, source.Key) {
				break
			}
			c := Covered{In: m.view.State, Source: source.Key, Days: w.Days().Intersect(asked), Complete: w.Complete}
			if !c.Days.Empty() && !slices.Contains(s.Coverage, c) {
				s.Coverage = append(s.Coverage, c)
			}
		}
	}
	standings := t.standings(asked)
	at := 0
	for i := range s.Points {
		p, days := m.point(s, i)
		if p.Reason != "" {
			continue
		}
		for at+1 < len(standings) && standings[at+1].from <= days.From {
			at++
		}
		suspended := 0
		p.Certain, p.Complete = true, true
		var last standing
		for j := at; j < len(standings) && standings[j].from < days.To; j++ {
			last = standings[j]
			part := Interval{last.from, asked.To}
			if j+1 < len(standings) {
				part.To = standings[j+1].from
			}
			p.Certain = p.Certain && (last.certain || last.status == NoData)
			p.Complete = p.Complete && last.status != NoData
			if last.status == Suspended && (last.certain || m.q.Certainty == Possible) {
				part = part.Intersect(days)
				suspended += int(part.To - part.From)
			}
		}
		m.tied(s.Measure, p, last, suspended, t)
	}
}

// tied gives a point what the tie was in it: last is how it stood on its last day.
func (m *measuring) tied(measure Measure, p *Point, last standing, suspended int, t *Tie) {
	lack := NotCovered
	if p.From > t.cover.last {
		lack = PastSources
	}
	if measure == StatusOfTie {
		p.Certain, p.Complete = last.certain, last.status != NoData
		if p.Status = last.status; p.Status == NoData {
			p.Status, p.Reason = "", lack
		}
		return
	}
	p.N, p.Thousandths = suspended, 1000*int64(suspended)
	if suspended == 0 && !p.Complete {
		p.Reason = lack
		if last.status != NoData || p.From <= t.cover.last && t.cover.any.lack(Inclusive(p.From, p.To)) == Incomplete {
			p.Reason = Incomplete
		}
		p.Certain = false
	}
}

// A standing is how a tie stands from a day on, until the next.
type standing struct {
	from    Day
	status  TieStatus
	certain bool
}

// standings gives how the tie stands on all days of an interval. It can only change at the edges of the dates of its changes
// and of what is covered.
func (t *Tie) standings(asked Interval) []standing {
	edges := []Day{asked.From, t.cover.last + 1, t.cover.born}
	for _, ws := range []windows{t.cover.any, t.cover.complete} {
		for _, w := range ws {
			edges = append(edges, w.From, w.To)
		}
	}
	for _, e := range t.history.changes {
		i := e.span()
		edges = append(edges, e.earliest(), i.From, i.Last(), i.To)
	}
	slices.Sort(edges)
	var all []standing
	for _, d := range slices.Compact(edges) {
		if !asked.Contains(d) {
			continue
		}
		status, certain := t.cover.status(t.history, d)
		if n := len(all); n == 0 || all[n-1].status != status || all[n-1].certain != certain {
			all = append(all, standing{d, status, certain})
		}
	}
	return all
}
