package graph

import (
	"slices"
	"time"
)

// Measure is what a series measures of a dyad, unit by unit.
type Measure string

// The measures. What is counted counts in every unit that it possibly touches.
const (
	CountEngagements    Measure = "ENGAGEMENTS" // of all four kinds
	CountAgreements     Measure = "AGREEMENTS"
	CountDisputes       Measure = "DISPUTES" // in which the two are opposed
	CountMeetings       Measure = "MEETINGS"
	CountSummits        Measure = "SUMMITS"
	CountActs           Measure = "ACTS"
	CountContacts       Measure = "CONTACTS"    // meetings begun in the unit
	CountObligations    Measure = "OBLIGATIONS" // in force between the two
	VerbalCooperation   Measure = "VERBAL_COOPERATION"
	MaterialCooperation Measure = "MATERIAL_COOPERATION"
	VerbalConflict      Measure = "VERBAL_CONFLICT"
	MaterialConflict    Measure = "MATERIAL_CONFLICT"
	MeanGoldstein       Measure = "MEAN_GOLDSTEIN"
	HighestHostility    Measure = "HOSTILITY"
	StatusOfTie         Measure = "TIE_STATUS"
	DaysSuspended       Measure = "DAYS_SUSPENDED"
)

// Measures lists them all.
var Measures = []Measure{
	CountEngagements, CountAgreements, CountDisputes, CountMeetings, CountSummits, CountActs, CountContacts, CountObligations,
	VerbalCooperation, MaterialCooperation, VerbalConflict, MaterialConflict, MeanGoldstein, HighestHostility, StatusOfTie, DaysSuspended,
}

// ofTie tells whether the measure is one of a tie, and so of one topic.
func (m Measure) ofTie() bool { return m == StatusOfTie || m == DaysSuspended }

// forms gives the kinds of engagement that a measure is made of.
func (m Measure) forms() []EngagementKind {
	switch m {
	case CountAgreements, CountObligations:
		return []EngagementKind{KindAgreement}
	case CountDisputes, HighestHostility:
		return []EngagementKind{KindDispute}
	case CountMeetings, CountSummits, CountContacts:
		return []EngagementKind{KindMeeting}
	case CountActs, VerbalCooperation, MaterialCooperation, VerbalConflict, MaterialConflict, MeanGoldstein:
		return []EngagementKind{KindAct}
	case CountEngagements:
		return []EngagementKind{KindAgreement, KindDispute, KindMeeting, KindAct}
	case StatusOfTie, DaysSuspended:
	}
	return nil
}

// quad is the quad class whose acts the measure counts; 0: it counts no one class.
func (m Measure) quad() int {
	return 1 + slices.Index([]Measure{VerbalCooperation, MaterialCooperation, VerbalConflict, MaterialConflict}, m)
}

// Unit is how long a point of a series is.
type Unit string

// The units.
const (
	UnitDay     Unit = "DAY"
	UnitMonth   Unit = "MONTH"
	UnitQuarter Unit = "QUARTER"
	UnitYear    Unit = "YEAR"
)

// Units lists them.
var Units = []Unit{UnitDay, UnitMonth, UnitQuarter, UnitYear}

// NoValue is why a point has no value.
type NoValue string

// Reasons for having no value.
const (
	NotCovered  NoValue = "NOT_COVERED"  // no source speaks of any of its days
	Incomplete  NoValue = "INCOMPLETE"   // a source speaks of it, not of everything or not of all days, and has nothing
	PastSources NoValue = "CENSORED"     // it lies past the last day of which a source speaks
	AfterAsOf   NoValue = "AFTER_AS_OF"  // it begins after the day as of which the question is asked
	NotExisting NoValue = "NOT_EXISTING" // one of the two did not exist on any of its days
	NotCoded    NoValue = "NOT_CODED"    // there is something, and its source does not code this of it
	NoActs      NoValue = "NO_ACTS"      // there is nothing to take the mean of, and all is covered
)

// MaxPoints bounds how many points one question gives: units times measures times topics.
const MaxPoints = 100_000

// A SeriesQuery asks for series of a dyad: one for each measure and topic, in that order; without topics over all.
type SeriesQuery struct {
	Measures  []Measure
	Topics    []Topic
	Sources   []SourceKey // what these say, and no others; none: all
	From, To  Day         // both in
	Unit      Unit
	Certainty Certainty // which days count; default POSSIBLE
}

// Check says what is wrong with the question.
func (q SeriesQuery) Check() error {
	switch {
	case len(q.Measures) == 0:
		return BadInput("series of nothing: name measures")
	case q.From > q.To:
		return BadInput("series from %s to %s: name the earlier first", q.From, q.To)
	case !slices.Contains(Units, q.Unit):
		return BadInput("%q is not a unit: it is one of DAY, MONTH, QUARTER, YEAR", q.Unit)
	case q.Certainty != Possible && q.Certainty != Certain:
		return BadInput("%q is not a certainty: it is POSSIBLE or CERTAIN", q.Certainty)
	}
	for _, m := range q.Measures {
		if !slices.Contains(Measures, m) {
			return BadInput("%q is not a measure", m)
		}
		if m.ofTie() && len(q.Topics) == 0 {
			return BadInput("%s is of a tie: name its topics", m)
		}
		if m.ofTie() && len(q.Sources) > 0 {
			return BadInput("%s is of a tie, which is concluded from all sources: ask for it without sources", m)
		}
	}
	if n := q.Points(); n > MaxPoints {
		return BadInput("series of %d points: the largest is %d; ask for a longer unit, fewer years, measures or topics", n, MaxPoints)
	}
	return checkTopics(q.Topics)
}

// Points is how many points there are in all.
func (q SeriesQuery) Points() int {
	if q.From > q.To {
		return 0
	}
	return (q.Unit.index(q.To) - q.Unit.index(q.From) + 1) * len(q.Measures) * max(1, len(q.Topics))
}

// index numbers units, so that the unit of a later day has a number that is not smaller.
func (u Unit) index(d Day) int {
	if u == UnitDay {
		return int(d)
	}
	t := d.Time()
	switch u {
	case UnitMonth:
		return t.Year()*12 + int(t.Month()) - 1
	case UnitQuarter:
		return t.Year()*4 + (int(t.Month())-1)/3
	default:
		return t.Year()
	}
}

// first is the first day of the unit with a number.
func (u Unit) first(index int) Day {
	at := func(year, month int) Day {
		return Day(time.Date(year, time.Month(month), 1, 0, 0, 0, 0, time.UTC).Unix() / 86400)
	}
	switch u {
	case UnitDay:
		return Day(index)
	case UnitMonth:
		return at(index/12, index%12+1)
	case UnitQuarter:
		return at(index/4, index%4*3+1)
	default:
		return at(index, 1)
	}
}

// A Series is one measure of a dyad, over all topics or on one, unit by unit.
type Series struct {
	In        State
	Dyad      DyadKey
	Measure   Measure
	Topic     Topic // empty: all
	Unit      Unit
	Certainty Certainty
	Rule      string // by which the tie was concluded; empty: it is of no tie
	Coverage  []Covered
	Points    []Point
}

// Covered is a window in which a source speaks of what a series measures.
type Covered struct {
	In       State
	Source   SourceKey
	Days     Interval
	Complete bool // it says everything
}

// From and To are its days, both in.
func (c *Covered) From() Day { return c.Days.From }

// To is the last day.
func (c *Covered) To() Day { return c.Days.Last() }

// A Point is a unit of a series, cut to what was asked for; both days are in it.
type Point struct {
	From, To Day
	Status   TieStatus // of a tie, on the last day; otherwise empty
	N        int       // how many engagements, or for days suspended how many days, it is made of
	Complete bool      // all of it is covered completely: the value is neither too small nor of a selection
	Certain  bool      // of a tie: no day's status is in doubt; otherwise that whatever counts counts for certain
	Reason   NoValue   // empty: it has a value
	// Thousandths is the value times 1,000, rounded to the nearest, halves away from zero.
	Thousandths int64
}

// Value is the point's number; nil where it has none.
func (p *Point) Value() *float64 {
	if p.Reason != "" || p.Status != "" {
		return nil
	}
	v := float64(p.Thousandths) / 1000
	return &v
}

// Starts are the first days of the points.
func (s *Series) Starts() []Day {
	out := make([]Day, len(s.Points))
	for i := range s.Points {
		out[i] = s.Points[i].From
	}
	return out
}

// Values are nil where there is none.
func (s *Series) Values() []*float64 {
	out := make([]*float64, len(s.Points))
	for i := range s.Points {
		out[i] = s.Points[i].Value()
	}
	return out
}

// Reasons are nil where there is a value.
func (s *Series) Reasons() []*NoValue {
	out := make([]*NoValue, len(s.Points))
	for i := range s.Points {
		if p := &s.Points[i]; p.Reason != "" {
			out[i] = &p.Reason
		}
	}
	return out
}

// thousandths of a sum of tenths over a number of them.
func thousandths(tenths, n int64) int64 {
	t, half := tenths*100, n/2
	if t < 0 {
		half = -half
	}
	return (t + half) / n
}

// grid is the units of a question.
type grid struct {
	unit     Unit
	from, to Day // both in
	base     int // the number of the first unit
	n        int
	last     Day // the last day that counts: as of a day, that
}

func newGrid(q SeriesQuery, asOf *Day) grid {
	g := grid{unit: q.Unit, from: q.From, to: q.To, base: q.Unit.index(q.From), last: q.To}
	g.n = q.Unit.index(q.To) - g.base + 1
	if asOf != nil {
		g.last = min(g.last, *asOf)
	}
	return g
}

// at gives the days of a unit, cut to what was asked for.
func (g grid) at(i int) Interval {
	return Interval{max(g.from, g.unit.first(g.base+i)), min(g.to+1, g.unit.first(g.base+i+1))}
}

// A stretch is some units, one after the other; both are in it.
type stretch struct{ first, last int }

// touched gives the units that something with these bounds touches, possibly or for certain.
func (g grid) touched(b Bounds, c Certainty) (stretch, bool) {
	first, last := b.StartMin, b.EndMax
	if first > last {
		return stretch{}, false
	}
	if c == Certain {
		first, last = b.StartMax, b.EndMin
	}
	if first > last && c == Certain { // it is within these days, and nobody knows when: certain of a unit that has them all
		first, last = last, first
		if first < g.from || last > g.last || g.unit.index(first) != g.unit.index(last) {
			return stretch{}, false
		}
	}
	first, last = max(first, g.from), min(last, g.last)
	if first > last {
		return stretch{}, false
	}
	return stretch{g.unit.index(first) - g.base, g.unit.index(last) - g.base}, true
}

// merged puts stretches that touch or overlap together.
func merged(all []stretch) []stretch {
	slices.SortFunc(all, func(a, b stretch) int { return a.first - b.first })
	var out []stretch
	for _, s := range all {
		if n := len(out); n > 0 && s.first <= out[n-1].last+1 {
			out[n-1].last = max(out[n-1].last, s.last)
			continue
		}
		out = append(out, s)
	}
	return out
}

// A tally adds up over units: what is added to stretches is summed once, at the end.
type tally []int64

func (t tally) add(all []stretch, n int64) {
	for _, s := range all {
		t[s.first] += n
		t[s.last+1] -= n
	}
}

// sum makes of what changes from unit to unit what each unit has.
func (t tally) sum() {
	for i := 1; i < len(t); i++ {
		t[i] += t[i-1]
	}
}
