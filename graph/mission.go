package graph

import (
	"context"
	"fmt"
	"slices"
)

// MissionStatus is whether a sender had a mission at a receiver, on a day or at some time in an interval.
type MissionStatus string

// The statuses of a mission.
const (
	MissionOpen   MissionStatus = "OPEN"
	MissionClosed MissionStatus = "NONE"    // none was there, on none of the days
	MissionNoData MissionStatus = "NO_DATA" // no source says, of all the days
)

// RuleMission concludes missions. Each source says of the days what its records say:
//
//   - OPEN, where one at a level that is asked for possibly holds on any of them; certain, where one certainly does.
//   - NONE, where those at other levels, NONE among them, and windows in which the source says everything possibly hold on all of
//     them; certain, where they certainly do.
//   - Otherwise NO_DATA. What was observed in a year says something of that year alone, and of no day in it for certain; UNKNOWN
//     says nothing; and what was still so when the data ends says nothing of later.
//
// Sources that say nothing do not count. Where the others say the same, that is it, certain if it is for one of them;
// where they do not, it is OPEN, and not certain.
const RuleMission = "mission/1"

// A MissionKey names a sender's mission at a receiver.
type MissionKey struct{ Sender, Receiver ActorKey }

// A Mission is a sender's at a receiver, concluded of all sources, on the days asked about.
type Mission struct {
	In      State
	Key     MissionKey
	Days    Interval
	Status  MissionStatus
	Certain bool
	Levels  []RepresentationLevel // those that possibly hold on any of the days, in the order of the list
	Basis   []*Representation     // what has them
}

// A MissionQuery asks about missions on a day, or at some time in an interval. Levels are those at which one counts; none: all but NONE
// and UNKNOWN.
type MissionQuery struct {
	Days   Interval
	Levels []RepresentationLevel
}

// Missions concludes missions.
func (v *View) Missions(ctx context.Context, keys []MissionKey, q MissionQuery) (map[MissionKey]*Mission, error) {
	if q.Days.Empty() {
		return nil, BadInput("a mission on no day: the interval ends (%s) before it begins (%s)", q.Days.Last(), q.Days.First())
	}
	if len(q.Levels) == 0 {
		q.Levels = slices.DeleteFunc(slices.Clone(RepresentationLevels), func(l RepresentationLevel) bool { return l == MissionNone || l == MissionUnknown })
	}
	ask := RepresentationQuery{Load: v.Load}
	for _, k := range keys {
		ask.Senders, ask.Receivers = append(ask.Senders, k.Sender), append(ask.Receivers, k.Receiver)
	}
	for _, list := range []*[]ActorKey{&ask.Senders, &ask.Receivers} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	page, err := v.r.Representations(ctx, ask)
	if err != nil {
		return nil, fmt.Errorf("the missions of %d senders at %d receivers: %w", len(ask.Senders), len(ask.Receivers), err)
	}
	all, err := v.representations(page.Items)
	if err != nil {
		return nil, err
	}
	sources, err := v.sources(ctx)
	if err != nil {
		return nil, err
	}
	found := make(map[MissionKey]*Mission, len(keys))
	for _, k := range keys {
		m := &Mission{In: v.State, Key: k, Days: q.Days}
		m.conclude(all, sources, q.Levels)
		found[k] = m
	}
	return found, nil
}

// recordOf is a record of a representation, with the days on which its edges may fall as far as its source knows.
type recordOf struct {
	level  RepresentationLevel
	bounds Bounds
	of     *Representation
}

// conclude finds what follows of all that the sources say.
func (m *Mission) conclude(all []*Representation, sources []*Source, levels []RepresentationLevel) {
	type word struct {
		status  MissionStatus
		certain bool
	}
	var words []word
	has := map[RepresentationLevel]bool{}
	for _, s := range sources {
		records, everything := m.saidBy(s, all)
		for _, r := range records {
			if !r.bounds.Compare(m.Days, OverlapAny, Possible) {
				continue
			}
			has[r.level] = true
			if !slices.Contains(m.Basis, r.of) {
				m.Basis = append(m.Basis, r.of)
			}
		}
		if status, certain := missionOf(records, everything, m.Days, levels); status != MissionNoData {
			words = append(words, word{status, certain})
		}
	}
	for _, l := range RepresentationLevels {
		if has[l] {
			m.Levels = append(m.Levels, l)
		}
	}
	switch other := func(w word) bool { return w.status != words[0].status }; {
	case len(words) == 0:
		m.Status = MissionNoData
	case slices.ContainsFunc(words, other):
		m.Status = MissionOpen
	default:
		m.Status, m.Certain = words[0].status, slices.ContainsFunc(words, func(w word) bool { return w.certain })
	}
}

// saidBy gives what a source says of the mission, and the days of which it says everything.
func (m *Mission) saidBy(s *Source, all []*Representation) (records []recordOf, everything windows) {
	of := spoken{kind: StatementRepresentation, actors: []ActorKey{m.Key.Sender, m.Key.Receiver}}
	var last *Day // on which it speaks
	for _, w := range s.speaks(of) {
		if d := w.Last(); last == nil || d > *last {
			last = &d
		}
	}
	for _, r := range all {
		if r.Source != s.Key || r.Sender != m.Key.Sender || r.Receiver != m.Key.Receiver {
			continue
		}
		for _, record := range r.Records {
			b := record.When().Bounds()
			if record.Period.Why == Censored && last != nil {
				b.EndMin, b.EndMax = *last, *last
			}
			records = append(records, recordOf{record.Level, b, r})
		}
	}
	of.complete = true
	return records, s.speaks(of)
}

// missionOf is what one source's records say of days.
func missionOf(records []recordOf, everything windows, days Interval, levels []RepresentationLevel) (status MissionStatus, certain bool) {
	open, unsaid := false, false
	var possibly, surely []Interval // the days without one
	for _, r := range records {
		switch {
		case r.level == MissionUnknown:
			unsaid = unsaid || r.bounds.Compare(days, OverlapAny, Possible)
		case slices.Contains(levels, r.level):
			open = open || r.bounds.Compare(days, OverlapAny, Possible)
			certain = certain || r.bounds.Compare(days, OverlapAny, Certain)
		default:
			possibly, surely = append(possibly, r.bounds.Possible()), append(surely, r.bounds.Certain())
		}
	}
	if !unsaid {
		possibly, surely = append(possibly, everything...), append(surely, everything...)
	}
	switch {
	case open:
		return MissionOpen, certain
	case covers(possibly, days):
		return MissionClosed, covers(surely, days)
	default:
		return MissionNoData, false
	}
}

// covers tells whether intervals have all the days, together.
func covers(intervals []Interval, days Interval) bool {
	var within []Interval
	for _, i := range intervals {
		if i = i.Intersect(days); !i.Empty() {
			within = append(within, i)
		}
	}
	return len(gaps(days, within)) == 0
}
