package graph

import (
	"cmp"
	"slices"
)

// A Bearing is what an agreement in force, or a dispute, contributes to a tie: the time for which it holds
// between the two. Since is when it began to; Until is what happened on the first day on which it no longer
// did (zero: it has not lapsed, and Why says why). Stated says that its source gives both parties a time of their own in it.
type Bearing struct {
	Key    EngagementKey
	Since  Date
	Until  Date
	Why    OpenEnd
	Seen   Date // of one that is CENSORED, until when it was observed
	Stated bool

	cut bool // it ends with one of the two, and not by itself
}

// A History is a tie's, or a strand's, concluded by rule spells/1 from effects and bearings in any order.
type History struct {
	Spells  []*Spell
	changes []*change
	runs    []*run
}

// change is something that may change a tie's status.
type change struct {
	effect *Effect // nil: implied by a bearing
	key    EngagementKey
	kind   EffectType
	date   Date
	doubt  bool // its dates overlap those of another, so their order is not known
	gone   bool // one of the two ceased to exist; it ends what is open, and says nothing of what was before
	floor  *Day // it happened on this day or later, whatever its date allows: the end of what began the day before
}

// earliest is the first day of the change's date, from its floor on.
func (e *change) earliest() Day {
	if e.floor != nil {
		return max(*e.floor, e.date.Earliest())
	}
	return e.date.Earliest()
}

// run is a stretch of one status between two changes.
type run struct {
	status  TieStatus
	start   *change // nil: presupposed
	end     *change // nil: open
	within  []*change
	implied bool
}

// rank orders effects of one day, as docs/ties.md says.
var rank = map[EffectType]int{Ends: 0, Suspends: 1, Downgrades: 2, Upgrades: 3, Establishes: 4, Resumes: 5}

func (e *change) moves() bool { return e.kind != Upgrades && e.kind != Downgrades }

func (e *change) span() Interval {
	i := e.date.span()
	if e.floor != nil {
		i.From = max(*e.floor, i.From)
	}
	return i
}

func compareChanges(a, b *change) int {
	return cmp.Or(
		cmp.Compare(a.earliest(), b.earliest()),
		cmp.Compare(a.date.Latest(), b.date.Latest()),
		cmp.Compare(btoi(a.gone), btoi(b.gone)),
		cmp.Compare(rank[a.kind], rank[b.kind]),
		cmp.Compare(a.key, b.key),
		cmp.Compare(a.date.String(), b.date.String()),
		cmp.Compare(a.note(), b.note()),
	)
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (e *change) note() string {
	if e.effect == nil {
		return ""
	}
	return string(e.effect.Extent) + e.effect.Note
}

// FoldTie concludes the spells of one tie, or of one strand. The order of its arguments does not matter.
// What it is given is one dyad's, one topic's and one strand's, from sources that are to be folded together.
func FoldTie(effects []*Effect, bearings []Bearing) *History {
	return foldWithin(effects, bearings, nil)
}

// An absence is a time in which one of the two did not exist: from a date on, for good or until it did again (on a date;
// zero: nobody says when).
type absence struct {
	from    Date
	forGood bool
	until   Date
}

// foldWithin folds a tie of actors that were absent: with one of them it ends, whatever is in force, and after
// the last nothing counts. When both are there again it does not come back by itself, only by what is said of them then:
// an agreement to which its source has both party at that time, by their own dates.
func foldWithin(effects []*Effect, bearings []Bearing, absences []absence) *History {
	h := &History{changes: relevant(effects, without(bearings, absences))}
	for _, a := range absences {
		if a.forGood {
			h.changes = slices.DeleteFunc(h.changes, func(e *change) bool { return e.earliest() > a.from.Latest() })
		}
		h.changes = append(h.changes, &change{kind: Ends, date: a.from, gone: true})
	}
	slices.SortFunc(h.changes, compareChanges)
	h.markDoubt()
	h.run()
	h.join()
	for i, r := range h.runs {
		h.Spells = append(h.Spells, r.spell(i+1, bearings))
	}
	return h
}

// without takes the absences out of the bearings. Before an absence all end with it. After it only those go on that are
// stated: of the others nobody says that they counted again.
func without(bearings []Bearing, absences []absence) []Bearing {
	for _, a := range absences {
		var out []Bearing
		for _, b := range bearings {
			over := !b.Until.IsZero() && b.Until.Earliest() <= a.from.Earliest() // before it
			if a.forGood || over || b.Since.IsZero() || b.Since.Earliest() >= a.from.Earliest() && (!b.Stated || a.until.IsZero()) {
				out = append(out, b)
				continue
			}
			if b.Since.Earliest() < a.from.Earliest() {
				before := b
				before.Until, before.Why, before.Seen, before.cut = a.from, "", Date{}, true
				out = append(out, before)
			}
			if !b.Stated || a.until.IsZero() || !b.Until.IsZero() && b.Until.Earliest() <= a.until.Earliest() {
				continue
			}
			if b.Since.Earliest() < a.until.Earliest() {
				b.Since = a.until
			}
			out = append(out, b)
		}
		bearings = out
	}
	return bearings
}

// relevant lists in order the changes that count: all explicit effects, and of the bearings those that come
// before the first explicit effect that moves the tie, which outranks them from then on. What an agreement's own
// effect says is not implied once more.
func relevant(effects []*Effect, bearings []Bearing) []*change {
	var explicit []*change
	for _, e := range effects {
		explicit = append(explicit, &change{effect: e, key: e.Carrier, kind: e.Type, date: e.Date})
	}
	slices.SortFunc(explicit, compareChanges)
	changes := slices.DeleteFunc(implied(bearings), func(i *change) bool {
		return slices.ContainsFunc(explicit, func(e *change) bool { return e.key == i.key && e.kind == i.kind && e.span().Overlaps(i.span()) })
	})
	if first := slices.IndexFunc(explicit, (*change).moves); first >= 0 {
		changes = slices.DeleteFunc(changes, func(e *change) bool { return compareChanges(e, explicit[first]) > 0 })
	}
	changes = append(changes, explicit...)
	slices.SortFunc(changes, compareChanges)
	return changes
}

// implied turns bearings into ESTABLISHES when the first begins and ENDS when the last lapses. What lapsed did so after it
// began, however coarse the dates.
func implied(bearings []Bearing) []*change {
	var edges []*change
	for _, b := range bearings {
		if b.Since.IsZero() || !b.Until.IsZero() && b.Until.Latest() <= b.Since.Earliest() {
			continue // nobody knows since when, or it held on no day
		}
		edges = append(edges, &change{key: b.Key, kind: Establishes, date: b.Since})
		if !b.Until.IsZero() {
			end := &change{key: b.Key, kind: Ends, date: b.Until, gone: b.cut}
			if b.Until.Earliest() <= b.Since.Earliest() {
				floor := b.Since.Earliest() + 1
				end.floor = &floor
			}
			edges = append(edges, end)
		}
	}
	slices.SortFunc(edges, compareChanges)
	var changes []*change
	held := 0
	for _, e := range edges {
		before := held
		if e.kind == Establishes {
			held++
		} else {
			held--
		}
		if (before == 0 || held == 0) && !e.gone { // who is gone ends the tie, not the agreement
			changes = append(changes, e)
		}
	}
	return changes
}

// markDoubt finds effects whose order is not known because their dates overlap.
func (h *History) markDoubt() {
	for i, a := range h.changes {
		for _, b := range h.changes[i+1:] {
			same := sameExactDay(a.date, b.date) && a.outcome() == b.outcome() || a.floor != nil && a.key == b.key || b.floor != nil && a.key == b.key
			if a.moves() && b.moves() && a.span().Overlaps(b.span()) && !same {
				a.doubt, b.doubt = true, true
			}
		}
	}
}

// run makes the runs: the status machine of spells/1.
func (h *History) run() {
	var open, last *run // last: the run that ended before, when none is open
	var ahead []*change // ups and downs of the day on which what comes next begins
	begin := func(status TieStatus, e *change) {
		open = &run{status: status, start: e, implied: e != nil && e.effect == nil, within: ahead}
		ahead = nil
		h.runs = append(h.runs, open)
	}
	presuppose := func(status TieStatus) { begin(status, nil) }
	turn := func(status TieStatus, e *change) {
		open.end = e
		begin(status, e)
	}
	for _, e := range h.changes {
		switch e.kind {
		case Establishes:
			switch {
			case open == nil:
				begin(Active, e)
			case open.status == Suspended:
				turn(Active, e)
			default:
				open.within = append(open.within, e)
			}
		case Resumes:
			switch {
			case open == nil && last == nil:
				presuppose(Suspended)
				turn(Active, e)
			case open == nil:
				begin(Active, e)
			case open.status == Suspended:
				turn(Active, e)
			default:
				open.within = append(open.within, e)
			}
		case Suspends:
			switch {
			case open == nil && last == nil:
				presuppose(Active)
				turn(Suspended, e)
			case open == nil:
				begin(Suspended, e)
			case open.status == Suspended:
				open.within = append(open.within, e)
			default:
				turn(Suspended, e)
			}
		case Ends, Upgrades, Downgrades:
			switch {
			case open == nil && e.gone:
				continue
			case open == nil && last != nil:
				last.within = append(last.within, e) // ended already: it changes nothing
				continue
			case open == nil && h.beginsWith(e):
				ahead = append(ahead, e)
				continue
			case open == nil:
				presuppose(Active)
			}
			if e.kind != Ends {
				open.within = append(open.within, e)
				continue
			}
			open.end = e
			last, open = open, nil
		}
	}
}

// beginsWith tells whether the up or down is of the very day on which the tie was established: then it presupposes nothing.
func (h *History) beginsWith(e *change) bool {
	return !e.moves() && slices.ContainsFunc(h.changes, func(other *change) bool {
		return other.kind == Establishes && sameExactDay(other.date, e.date)
	})
}

// join drops runs of no day and makes one run of two with equal status that touch for certain: where one
// ended and the other began on one exact day. Dates that are merely close never join.
func (h *History) join() {
	var out []*run
	var passed []*change // of a dropped run that nothing came before
	for _, r := range h.runs {
		r.within = append(passed, r.within...)
		passed = nil
		if r.start != nil && r.end != nil && sameExactDay(r.start.date, r.end.date) {
			if last := len(out) - 1; last >= 0 && out[last].end == r.start {
				out[last].within = append(out[last].within, r.changes()...)
				out[last].end = r.end
			} else {
				passed = r.changes()
			}
			continue
		}
		if len(out) > 0 {
			before := out[len(out)-1]
			if before.status == r.status && before.end != nil && r.start != nil && sameExactDay(before.end.date, r.start.date) {
				before.within = append(before.within, before.end)
				if r.start != before.end {
					before.within = append(before.within, r.start)
				}
				before.within = append(before.within, r.within...)
				before.end = r.end
				continue
			}
		}
		out = append(out, r)
	}
	for _, r := range out {
		slices.SortStableFunc(r.within, compareChanges)
		r.within = slices.Compact(r.within)
	}
	h.runs = out
}

func (r *run) changes() []*change {
	out := append([]*change{r.start}, r.within...)
	return out
}

func sameExactDay(a, b Date) bool { return a.Exact() && b.Exact() && a.Earliest() == b.Earliest() }

// spell shows a run.
func (r *run) spell(number int, bearings []Bearing) *Spell {
	s := &Spell{Number: number, Status: r.status, Certain: true}
	s.begins = Interval{minDay, minDay + 1}
	if r.start == nil {
		s.Certain = false
		if r.end != nil {
			s.begins.To = r.end.span().To
		}
	} else {
		s.begins = r.start.span()
		s.Period.Start, s.StartedBy, s.Began = r.start.date, r.start.key, r.start.effect
		s.Certain = !r.start.doubt
		if r.start.effect != nil && r.status == Suspended {
			s.Extent = r.start.effect.Extent
		}
	}
	if r.end != nil {
		s.ends = r.end.span()
		s.Period.End, s.Ended = r.end.date.DayBefore(), r.end.effect
		s.EndedBy = r.end.key
		if r.end.doubt || r.end.date.Precision() != PrecisionDay {
			s.Certain = false
		}
	} else {
		s.Period.Why = openWhy(bearings, r.implied)
		if s.Period.Why == Unknown {
			s.Certain = false
		}
	}
	for i, e := range r.within {
		if e.effect == nil {
			continue
		}
		p := &Phase{Began: e.effect, Period: Period{Start: e.date}.EndingAs(s.Period)}
		for _, next := range r.within[i+1:] {
			if next.effect == nil {
				continue
			}
			p.Period = p.Period.EndingOn(next.date.DayBefore())
			if p.Period.End.Latest() < e.date.Earliest() {
				p.Period.End = e.date // another on the same day
			}
			break
		}
		s.Phases = append(s.Phases, p)
	}
	for _, b := range bearings {
		if bearingSpan(b).Overlaps(s.Possible()) {
			s.Basis = append(s.Basis, b.Key)
		}
	}
	slices.Sort(s.Basis)
	s.Basis = slices.Compact(s.Basis)
	s.Duration = durationOf(r.start, r.end)
	return s
}

// openWhy says why a spell has no end: it goes on as far as is known, unless it rests on bearings alone of
// which none is said to go on.
func openWhy(bearings []Bearing, implied bool) OpenEnd {
	if !implied {
		return Ongoing
	}
	why := Unknown
	for _, b := range bearings {
		if b.Until.IsZero() && b.Why != Unknown {
			why = Ongoing
		}
	}
	return why
}

func bearingSpan(b Bearing) Interval {
	i := Always
	if !b.Since.IsZero() {
		i.From = b.Since.PossibleEarliest()
	}
	if !b.Until.IsZero() {
		i.To = b.Until.PossibleLatest()
	}
	return i
}

// durationOf counts the days from what began a spell to what ended it, half-open.
func durationOf(start, end *change) Duration {
	d := Duration{}
	if start != nil {
		d.Approximate = start.date.qualified() || start.date.Precision() != PrecisionDay
	}
	if end == nil {
		return d
	}
	d.Approximate = d.Approximate || end.date.qualified() || end.date.Precision() != PrecisionDay
	if start == nil {
		d.Approximate = true
		return d
	}
	longest := int(end.date.Latest() - start.date.Earliest())
	d.MinDays = max(0, int(end.date.Earliest()-start.date.Latest()))
	d.MaxDays = &longest
	return d
}
