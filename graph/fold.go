package graph

import (
	"cmp"
	"slices"
)

// A Bearing is what an agreement in force, or a dispute, contributes to a tie: the time for which it holds
// between the two. Since is when it began to; Until is what happened on the first day on which it no longer
// did (zero: it has not lapsed, and Why says why).
type Bearing struct {
	Key   EngagementKey
	Since Date
	Until Date
	Why   OpenEnd
}

// A History is a tie's, or a strand's, concluded by rule spells/1 from effects and bearings in any order.
type History struct {
	Spells []*Spell
	events []*event
	runs   []*run
}

// event is something that may change a tie's status.
type event struct {
	effect *Effect // nil: implied by a bearing
	key    EngagementKey
	kind   EffectType
	date   Date
	doubt  bool // its dates overlap those of another, so their order is not known
}

// run is a stretch of one status between two events.
type run struct {
	status  TieStatus
	start   *event // nil: presupposed
	end     *event // nil: open
	within  []*event
	implied bool
}

// rank orders effects of one day, as docs/ties.md says.
var rank = map[EffectType]int{Ends: 0, Suspends: 1, Downgrades: 2, Upgrades: 3, Establishes: 4, Resumes: 5}

// lastKey sorts behind every key: of events on one day the end of an actor comes last.
const lastKey = EngagementKey("\U0010FFFF")

func (e *event) moves() bool { return e.kind != Upgrades && e.kind != Downgrades }

func (e *event) span() Interval {
	return Interval{e.date.PossibleEarliest(), e.date.PossibleLatest() + 1}
}

func compareEvents(a, b *event) int {
	return cmp.Or(
		cmp.Compare(a.date.Earliest(), b.date.Earliest()),
		cmp.Compare(a.date.Latest(), b.date.Latest()),
		cmp.Compare(rank[a.kind], rank[b.kind]),
		cmp.Compare(a.key, b.key),
		cmp.Compare(a.date.String(), b.date.String()),
		cmp.Compare(a.note(), b.note()),
	)
}

func (e *event) note() string {
	if e.effect == nil {
		return ""
	}
	return string(e.effect.Extent) + e.effect.Note
}

// FoldTie concludes the spells of one tie, or of one strand. The order of its arguments does not matter.
// What it is given is one dyad's, one topic's and one strand's, from sources that are to be folded together.
func FoldTie(effects []*Effect, bearings []Bearing) *History {
	return foldUntil(effects, bearings, Date{})
}

// foldUntil folds a tie of which one actor was gone from a date on (zero: neither): there it ends, whatever is in
// force, and nothing later counts.
func foldUntil(effects []*Effect, bearings []Bearing, gone Date) *History {
	h := &History{events: relevant(effects, bearings)}
	if !gone.IsZero() {
		h.events = slices.DeleteFunc(h.events, func(e *event) bool { return e.date.Earliest() > gone.Latest() })
		if len(h.events) > 0 {
			h.events = append(h.events, &event{kind: Ends, date: gone, key: lastKey})
		}
	}
	h.markDoubt()
	h.run()
	h.join()
	for i, r := range h.runs {
		h.Spells = append(h.Spells, r.spell(i+1, bearings))
	}
	return h
}

// relevant lists in order the events that count: all explicit effects, and of the bearings those that come
// before the first explicit effect, which outranks them from then on. What an agreement's own effect says is
// not implied once more.
func relevant(effects []*Effect, bearings []Bearing) []*event {
	var explicit []*event
	for _, e := range effects {
		explicit = append(explicit, &event{effect: e, key: e.Carrier, kind: e.Type, date: e.Date})
	}
	slices.SortFunc(explicit, compareEvents)
	events := slices.DeleteFunc(implied(bearings), func(i *event) bool {
		return slices.ContainsFunc(explicit, func(e *event) bool { return e.key == i.key && e.kind == i.kind && e.span().Overlaps(i.span()) })
	})
	if len(explicit) > 0 {
		events = slices.DeleteFunc(events, func(e *event) bool { return compareEvents(e, explicit[0]) > 0 })
	}
	events = append(events, explicit...)
	slices.SortFunc(events, compareEvents)
	return events
}

// implied turns bearings into ESTABLISHES when the first begins and ENDS when the last lapses.
func implied(bearings []Bearing) []*event {
	var edges []*event
	for _, b := range bearings {
		if b.Since.IsZero() {
			continue
		}
		edges = append(edges, &event{key: b.Key, kind: Establishes, date: b.Since})
		if !b.Until.IsZero() {
			edges = append(edges, &event{key: b.Key, kind: Ends, date: b.Until})
		}
	}
	slices.SortFunc(edges, compareEvents)
	var events []*event
	held := map[EngagementKey]int{}
	for _, e := range edges {
		before := len(held)
		if e.kind == Establishes {
			held[e.key]++
		} else if held[e.key]--; held[e.key] == 0 {
			delete(held, e.key)
		}
		if (before == 0) != (len(held) == 0) {
			events = append(events, e)
		}
	}
	return events
}

// markDoubt finds effects whose order is not known because their dates overlap.
func (h *History) markDoubt() {
	for i, a := range h.events {
		for _, b := range h.events[i+1:] {
			same := sameExactDay(a.date, b.date) && a.outcome() == b.outcome()
			if a.moves() && b.moves() && a.span().Overlaps(b.span()) && !same {
				a.doubt, b.doubt = true, true
			}
		}
	}
}

// run makes the runs: the status machine of spells/1.
func (h *History) run() {
	var open, last *run // last: the run that ended before, when none is open
	begin := func(status TieStatus, e *event) {
		open = &run{status: status, start: e, implied: e != nil && e.effect == nil}
		h.runs = append(h.runs, open)
	}
	presuppose := func(status TieStatus) { begin(status, nil) }
	turn := func(status TieStatus, e *event) {
		open.end = e
		begin(status, e)
	}
	for _, e := range h.events {
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
			if open == nil && last != nil {
				last.within = append(last.within, e) // ended already: it changes nothing
				continue
			}
			if open == nil {
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

// join drops runs of no day and makes one run of two with equal status that touch for certain: where one
// ended and the other began on one exact day. Dates that are merely close never join.
func (h *History) join() {
	var out []*run
	var passed []*event // of a dropped run that nothing came before
	for _, r := range h.runs {
		r.within = append(passed, r.within...)
		passed = nil
		if r.start != nil && r.end != nil && sameExactDay(r.start.date, r.end.date) {
			if last := len(out) - 1; last >= 0 && out[last].end == r.start {
				out[last].within = append(out[last].within, r.events()...)
				out[last].end = r.end
			} else {
				passed = r.events()
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
		slices.SortStableFunc(r.within, compareEvents)
		r.within = slices.Compact(r.within)
	}
	h.runs = out
}

func (r *run) events() []*event {
	out := append([]*event{r.start}, r.within...)
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
		if r.end.effect != nil || r.end.kind != Ends {
			s.EndedBy = r.end.key
		}
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
		p := &Phase{Began: e.effect, Period: Period{Start: e.date, End: s.Period.End, Why: s.Period.Why}}
		for _, next := range r.within[i+1:] {
			if next.effect == nil {
				continue
			}
			p.Period.End, p.Period.Why = next.date.DayBefore(), ""
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
func durationOf(start, end *event) Duration {
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

// Standing is what a fold says of one day.
type Standing struct {
	Status   TieStatus // ACTIVE, SUSPENDED, ENDED, or NONE where nothing is there
	Certain  bool
	Possible []TieStatus // every status the dates allow on the day, Status among them
	Spell    *Spell      // the spell it stands in; nil: none
}

// On tells how the tie stands on a day by its events alone; what the sources cover is for the caller
// to say. An event counts from the earliest day of its date; while it may or may not have happened yet, or
// where its order against another is not known, the status is not certain.
func (h *History) On(d Day) Standing {
	s := Standing{Status: None, Certain: true}
	var made *event    // what made the status
	evidence := maxDay // of a presupposed run: from here on it had begun for certain
	for i, r := range h.runs {
		if r.start != nil && r.start.date.Earliest() > d {
			break
		}
		s.Status, s.Spell, made = r.status, h.Spells[i], r.start
		for _, e := range r.within {
			evidence = min(evidence, e.span().Last())
		}
		if r.end == nil || r.end.date.Earliest() > d {
			break
		}
		if r.end.kind == Ends {
			s.Status, s.Spell, made = Ended, nil, r.end
		}
	}
	s.Possible = []TieStatus{s.Status}
	or := func(t TieStatus) {
		s.Certain = s.Certain && t == s.Status
		if !slices.Contains(s.Possible, t) {
			s.Possible = append(s.Possible, t)
		}
	}
	if s.Spell != nil && made == nil && d < evidence {
		or(None) // its start is not known
	}
	for _, e := range h.events {
		if e.moves() && (e.openOn(d) || made != nil && made.doubt && e.span().Overlaps(made.span())) {
			or(e.outcome())
		}
		if !e.moves() && s.Status == None && e.openOn(d) {
			or(Active) // if it came first, it presupposes a tie
		}
	}
	before := None
	for _, r := range h.runs {
		if r.start != nil && r.start.openOn(d) {
			or(before)
		}
		before = r.status
		if r.end != nil && r.end.kind == Ends {
			if r.end.openOn(d) {
				or(r.status)
			}
			before = Ended
		}
	}
	return s
}

// openOn tells whether the event may or may not have happened by the day.
func (e *event) openOn(d Day) bool {
	i := e.span()
	return i.From <= d && d < i.Last()
}

func (e *event) outcome() TieStatus {
	switch e.kind {
	case Suspends:
		return Suspended
	case Ends:
		return Ended
	default:
		return Active
	}
}
