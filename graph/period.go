package graph

// OpenEnd says why a period has no end.
type OpenEnd string

// Reasons for an absent end.
const (
	Ongoing  OpenEnd = "ONGOING"  // the source says it goes on
	Unknown  OpenEnd = "UNKNOWN"  // it ended, or may have; the source does not know when
	Censored OpenEnd = "CENSORED" // the source's data ends while it goes on: Period.ObservedUntil
)

// Certainty is how sure a comparison of dates must be.
type Certainty string

// The two certainties of a comparison. Certain implies possible.
const (
	Possible Certainty = "POSSIBLE"
	Certain  Certainty = "CERTAIN"
)

// Overlap is how a period must lie to an interval.
type Overlap string

// The ways a period can lie to an interval.
const (
	OverlapAny    Overlap = "ANY"    // they share a day
	OverlapWithin Overlap = "WITHIN" // the period lies in the interval
	OverlapCovers Overlap = "COVERS" // the period holds on every day of the interval
	OverlapBegins Overlap = "BEGINS" // the period's first day is in the interval
	OverlapEnds   Overlap = "ENDS"   // the period's last day is in the interval
)

// Edged tells whether it asks where a period begins or ends.
func (o Overlap) Edged() bool { return o == OverlapWithin || o == OverlapBegins || o == OverlapEnds }

// An Interval is half-open: From is in, To is out. It is the program's inside
// view of time; what people and files see is inclusive (Period, Inclusive).
type Interval struct{ From, To Day }

// Always is the interval without bounds.
var Always = Interval{minDay, maxDay}

// Inclusive makes an interval of its first and its last day.
func Inclusive(first, last Day) Interval { return Interval{first, last + 1} }

// First and Last are the interval's inclusive bounds.
func (i Interval) First() Day { return i.From }

// Last is the last day that is in.
func (i Interval) Last() Day { return i.To - 1 }

// Empty says that no day is in.
func (i Interval) Empty() bool { return i.From >= i.To }

// Contains tells whether the day is in.
func (i Interval) Contains(d Day) bool { return i.From <= d && d < i.To }

// Overlaps tells whether the two share a day.
func (i Interval) Overlaps(j Interval) bool {
	return !i.Empty() && !j.Empty() && i.From < j.To && j.From < i.To
}

// Intersect gives the days in both; perhaps none.
func (i Interval) Intersect(j Interval) Interval {
	return Interval{max(i.From, j.From), min(i.To, j.To)}
}

// A Period is a stretch of the world's time as its source dates it, both ends
// inclusive. Without Start the start is unknown; ObservedFrom may say from when on at the latest it held. Without End,
// Why says why; of a CENSORED one ObservedUntil says until when it was seen to go on, after which nothing is certain.
type Period struct {
	Start         Date    `json:"start,omitzero"`
	ObservedFrom  Date    `json:"observedFrom,omitzero"`
	End           Date    `json:"end,omitzero"`
	Why           OpenEnd `json:"why,omitempty"`
	ObservedUntil Date    `json:"observedUntil,omitzero"`
}

// Observed is the period of what began on a date, or is not known to have, and went on when the source's data ended. Data that
// ends before it begins saw none of it, and says no until when.
func Observed(start Date, until Day) Period {
	p := Period{Start: start, Why: Censored}
	if start.IsZero() || start.Earliest() <= until {
		p.ObservedUntil = DateOf(until)
	}
	return p
}

// EndingAs gives the period with the end of another, or its reason for having none.
func (p Period) EndingAs(q Period) Period {
	p.End, p.Why, p.ObservedUntil = q.End, q.Why, q.ObservedUntil
	return p
}

// EndingOn gives the period with an end.
func (p Period) EndingOn(end Date) Period { return p.EndingAs(Period{End: end}) }

// On is the period of something that happened on a date.
func On(d Date) Period { return Period{Start: d, End: d} }

// IsZero says that nothing is known of the period, not even why it has no end.
func (p Period) IsZero() bool { return p == Period{} }

// Bounds are the days a period's edges may fall on, each inclusive, with
// approximate and uncertain dates widened by one unit. MinDay and MaxDay stand for no bound.
type Bounds struct{ StartMin, StartMax, EndMin, EndMax Day }

// Bounds gives the period's edges for comparisons. An absent start may be any day up to the end, or to the day from which on it
// was observed; an end that is UNKNOWN may be any day from the start, one that is CENSORED any day from the last on which it was
// observed; an ONGOING end is later than any day.
func (p Period) Bounds() Bounds {
	b := Bounds{StartMin: minDay, StartMax: maxDay, EndMin: minDay, EndMax: maxDay}
	switch {
	case !p.Start.IsZero():
		b.StartMin, b.StartMax = p.Start.PossibleEarliest(), p.Start.PossibleLatest()
		b.EndMin = b.StartMin
	case !p.ObservedFrom.IsZero():
		b.StartMax, b.EndMin = p.ObservedFrom.PossibleLatest(), p.ObservedFrom.PossibleEarliest()
	}
	switch {
	case !p.End.IsZero():
		b.EndMin, b.EndMax = p.End.PossibleEarliest(), p.End.PossibleLatest()
	case p.Why == Ongoing:
		b.EndMin = maxDay
	case p.Why == Censored && !p.ObservedUntil.IsZero():
		b.EndMin = max(b.EndMin, p.ObservedUntil.PossibleEarliest())
	}
	if p.Start.IsZero() {
		switch {
		case !p.End.IsZero():
			b.StartMax = min(b.StartMax, b.EndMax)
		case !p.ObservedUntil.IsZero():
			b.StartMax = min(b.StartMax, p.ObservedUntil.PossibleLatest())
		}
	}
	return b
}

// Possible is the interval of the days on which the period may hold.
func (b Bounds) Possible() Interval { return Interval{b.StartMin, satInc(b.EndMax)} }

// Certain is the interval of the days on which the period holds for certain; it may be empty.
func (b Bounds) Certain() Interval { return Interval{b.StartMax, satInc(b.EndMin)} }

func satInc(d Day) Day {
	if d >= maxDay {
		return maxDay
	}
	return d + 1
}

// Compare tells whether a period with these bounds lies to the interval as asked.
// Certain implies possible.
func (b Bounds) Compare(i Interval, how Overlap, c Certainty) bool {
	if i.Empty() {
		return false
	}
	start, end := b.StartMin, b.EndMax // the widest reading
	if c == Certain {
		start, end = b.StartMax, b.EndMin
	}
	switch how {
	case OverlapWithin:
		start, end = b.StartMax, b.EndMin // the narrowest reading is within most easily
		if c == Certain {
			start, end = b.StartMin, b.EndMax
		}
		return start >= i.From && end < i.To
	case OverlapCovers:
		return start <= i.From && satInc(end) >= i.To
	case OverlapBegins:
		return edge(b.StartMin, b.StartMax, i, c)
	case OverlapEnds:
		return edge(b.EndMin, b.EndMax, i, c)
	default:
		return start < i.To && end >= i.From
	}
}

// edge tells whether an edge that may be any of the days from first to last is in the interval.
func edge(first, last Day, i Interval, c Certainty) bool {
	if c == Certain {
		first, last = last, first
	}
	return first < i.To && last >= i.From
}

// Holds tells whether the period holds on the day.
func (p Period) Holds(d Day, c Certainty) bool {
	return p.Bounds().Compare(Interval{d, d + 1}, OverlapAny, c)
}

// Sure tells how sure it is that the period holds on the day: CERTAIN, POSSIBLE, or "" where it does not.
func (p Period) Sure(d Day) Certainty {
	for _, sure := range []Certainty{Certain, Possible} {
		if p.Holds(d, sure) {
			return sure
		}
	}
	return ""
}

// Begun tells whether the period has begun by the day.
func (p Period) Begun(d Day, c Certainty) bool {
	b := p.Bounds()
	if c == Certain {
		return b.StartMax <= d
	}
	return b.StartMin <= d
}

// EDTF prints the period: start/end, start/.. (ongoing or censored), start/ (unknown end), /end (unknown start).
// A period of one date prints as that date.
func (p Period) EDTF() string {
	if p.Start == p.End && !p.Start.IsZero() {
		return p.Start.String()
	}
	end := p.End.String()
	if p.End.IsZero() && (p.Why == Ongoing || p.Why == Censored) {
		end = ".."
	}
	return p.Start.String() + "/" + end
}

// Check says what is wrong with the period: an end before its beginning, an end beside a reason for having none.
func (p Period) Check() error {
	if !p.End.IsZero() && p.Why != "" {
		return BadInput("the period %s has an end and says %s as well: keep one of them", p.EDTF(), p.Why)
	}
	if !p.Start.IsZero() && !p.End.IsZero() && p.End.Latest() < p.Start.Earliest() {
		return BadInput("the period ends (%s) before it begins (%s)", p.End, p.Start)
	}
	switch from, until := p.ObservedFrom, p.ObservedUntil; {
	case !from.IsZero() && !p.Start.IsZero():
		return BadInput("the period %s has a start and was observed from %s as well: keep one of them", p.EDTF(), from)
	case !until.IsZero() && p.Why != Censored:
		return BadInput("the period %s was observed until %s and is not %s: say until when alone of what went on when the data ended", p.EDTF(), until, Censored)
	case !until.IsZero() && !p.Start.IsZero() && until.Latest() < p.Start.Earliest():
		return BadInput("the period was observed until a day (%s) before it begins (%s)", until, p.Start)
	case !from.IsZero() && !p.End.IsZero() && p.End.Latest() < from.Earliest():
		return BadInput("the period ends (%s) before it was observed (%s)", p.End, from)
	}
	return nil
}

// Duration is how long a period lasted, counted half-open in days: from its first
// day to the day after its last. Approximate says that an edge is approximate or uncertain,
// so that the bounds are themselves "about". MaxDays is nil where there is no end.
type Duration struct {
	MinDays     int
	MaxDays     *int
	Approximate bool
}
