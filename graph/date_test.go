package graph

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestDatesAsGiven(t *testing.T) {
	for _, c := range []struct{ text, earliest, latest, possibleEarliest, possibleLatest string }{
		{"2018-12-20", "2018-12-20", "2018-12-20", "2018-12-20", "2018-12-20"},
		{"2018-12-20~", "2018-12-20", "2018-12-20", "2018-12-19", "2018-12-21"},
		{"2018-12", "2018-12-01", "2018-12-31", "2018-12-01", "2018-12-31"},
		{"2016-02?", "2016-02-01", "2016-02-29", "2016-01-01", "2016-03-31"},
		{"1979~", "1979-01-01", "1979-12-31", "1978-01-01", "1980-12-31"},
		{"2018%", "2018-01-01", "2018-12-31", "2017-01-01", "2019-12-31"},
		{"[2018-12-20..2019-01-22]", "2018-12-20", "2019-01-22", "2018-12-20", "2019-01-22"},
		{"[2018..2019-01]", "2018-01-01", "2019-01-31", "2018-01-01", "2019-01-31"},
		{"0001", "0001-01-01", "0001-12-31", "0001-01-01", "0001-12-31"},
		{"9999-12", "9999-12-01", "9999-12-31", "9999-12-01", "9999-12-31"},
	} {
		d, err := ParseDate(c.text)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		got := []string{d.String(), d.Earliest().String(), d.Latest().String(), d.PossibleEarliest().String(), d.PossibleLatest().String()}
		want := []string{c.text, c.earliest, c.latest, c.possibleEarliest, c.possibleLatest}
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("got %v, want %v", got, want)
		}
	}
}

func TestWhatIsNoDate(t *testing.T) {
	for _, text := range []string{
		"", "2018-02-30", "2019-02-29", "2018-13", "2018-00", "2018-1-1", "18", "20181220", "2018-12-20T00:00", " 2018", "2018~~", "~2018",
		"0000", "[2019..2018]", "[2018..", "[2018~..2019]", "2018/2019", "[[2018..2019]..2020]", "-0044", "२०१८", "2018-12-20-01",
	} {
		d, err := ParseDate(text)
		if err == nil {
			t.Errorf("%q was read as %s..%s", text, d.Earliest(), d.Latest())
			continue
		}
		var p *Problem
		if !errors.As(err, &p) || p.Code != CodeInvalidDate || !errors.Is(err, ErrInvalid) || !strings.Contains(err.Error(), text) {
			t.Errorf("%q: the error must be an INVALID_DATE that names the value: %v", text, err)
		}
	}
}

// anyDateText draws dates of every form, as text.
func anyDateText() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		d := Day(rapid.IntRange(-200000, 60000).Draw(t, "day")).String()
		if rapid.IntRange(0, 5).Draw(t, "set") == 0 {
			e := Day(rapid.IntRange(-200000, 60000).Draw(t, "other")).String()
			return "[" + min(d, e) + ".." + max(d, e) + "]"
		}
		return rapid.SampledFrom([]string{d, d[:7], d[:4]}).Draw(t, "precision") + rapid.SampledFrom([]string{"", "~", "?", "%"}).Draw(t, "qualifier")
	})
}

func TestDatesRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := anyDateText().Draw(t, "date")
		d := MustDate(text)
		b, err := d.MarshalText()
		if err != nil || string(b) != text {
			t.Fatalf("%q prints as %q (%v)", text, b, err)
		}
		var again Date
		if err := again.UnmarshalText(b); err != nil || again != d {
			t.Fatalf("%q comes back as %+v (%v)", text, again, err)
		}
		if d.PossibleEarliest() > d.Earliest() || d.Earliest() > d.Latest() || d.Latest() > d.PossibleLatest() {
			t.Fatalf("%q: %s %s %s %s are out of order", text, d.PossibleEarliest(), d.Earliest(), d.Latest(), d.PossibleLatest())
		}
	})
}

func anyPeriod() *rapid.Generator[Period] {
	return rapid.Custom(func(t *rapid.T) Period {
		var p Period
		if rapid.IntRange(0, 5).Draw(t, "open start") > 0 {
			p.Start = anyDate().Draw(t, "start")
		}
		if rapid.Bool().Draw(t, "open end") {
			p.Why = rapid.SampledFrom([]OpenEnd{Ongoing, Unknown, Censored}).Draw(t, "why")
			if until := anyDate().Draw(t, "observed until"); p.Why == Censored && until.Latest() >= p.Start.Earliest() && rapid.Bool().Draw(t, "observed") {
				p.ObservedUntil = until
			}
		} else {
			p.End = anyDate().Draw(t, "end")
			if !p.Start.IsZero() && p.End.Latest() < p.Start.Earliest() {
				p.Start, p.End = p.End, p.Start
			}
		}
		if from := anyDate().Draw(t, "observed from"); p.Start.IsZero() && (p.End.IsZero() || from.Earliest() <= p.End.Latest()) && rapid.Bool().Draw(t, "seen") {
			p.ObservedFrom = from
		}
		return p
	})
}

func anyInterval() *rapid.Generator[Interval] {
	return rapid.Custom(func(t *rapid.T) Interval {
		from := Day(rapid.IntRange(16900, 18600).Draw(t, "from"))
		return Inclusive(from, from+Day(rapid.IntRange(-1, 400).Draw(t, "days")))
	})
}

func TestCertainImpliesPossible(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, i := anyPeriod().Draw(t, "period"), anyInterval().Draw(t, "interval")
		for _, how := range []Overlap{OverlapAny, OverlapWithin, OverlapCovers, OverlapBegins, OverlapEnds} {
			if p.Bounds().Compare(i, how, Certain) && !p.Bounds().Compare(i, how, Possible) {
				t.Fatalf("%s %s certainly, but not possibly, %v", p.EDTF(), how, i)
			}
		}
		d := i.From
		if p.Begun(d, Certain) && !p.Begun(d, Possible) || p.Holds(d, Certain) && !p.Holds(d, Possible) {
			t.Fatalf("%s on %s: certain and not possible", p.EDTF(), d)
		}
	})
}

// coarser gives the dates that say less than d of the same day.
func coarser(d Date) []Date {
	var out []Date
	text := d.String()
	if d.Precision() == PrecisionDay && !d.qualified() {
		out = append(out, MustDate(text[:7]), MustDate(text[:4]), MustDate(text+"~"))
	}
	return out
}

func TestCoarserIsNeverMoreCertain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, i := anyPeriod().Draw(t, "period"), anyInterval().Draw(t, "interval")
		for _, start := range coarser(p.Start) {
			q := p
			q.Start = start
			if p.Start == p.End {
				q.End = start
			}
			for _, how := range []Overlap{OverlapAny, OverlapWithin, OverlapCovers, OverlapBegins, OverlapEnds} {
				if q.Bounds().Compare(i, how, Certain) && !p.Bounds().Compare(i, how, Certain) {
					t.Fatalf("%s is certainly %s to %s..%s, the finer %s is not", q.EDTF(), how, i.First(), i.Last(), p.EDTF())
				}
				if !q.Bounds().Compare(i, how, Possible) && p.Bounds().Compare(i, how, Possible) {
					t.Fatalf("%s is not even possibly %s to %s..%s, the finer %s is", q.EDTF(), how, i.First(), i.Last(), p.EDTF())
				}
			}
		}
	})
}

func TestIntervals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		i, j := anyInterval().Draw(t, "i"), anyInterval().Draw(t, "j")
		if i.Overlaps(j) != j.Overlaps(i) {
			t.Fatal("overlap is not symmetric")
		}
		if i.Overlaps(j) == i.Intersect(j).Empty() {
			t.Fatalf("%v and %v: overlap and intersection disagree", i, j)
		}
		if !i.Empty() && (!i.Contains(i.First()) || !i.Contains(i.Last()) || i.Contains(i.To) || i.Contains(i.From-1)) {
			t.Fatalf("%v: first and last are in, To is out", i)
		}
		if Inclusive(i.First(), i.Last()) != i {
			t.Fatalf("%v is not the interval of its first and last day", i)
		}
	})
}

// TestOneOf: a date that may be any of some days is written and read as such, and what may have begun on any of them holds on
// none for certain, before them not even possibly, and from the first on possibly.
func TestOneOf(t *testing.T) {
	d := OneOf(MustDay("1945-01-01"), MustDay("2020-12-31"))
	if d != MustDate("[1945-01-01..2020-12-31]") {
		t.Errorf("it is %s", d)
	}
	if d := OneOf(MustDay("1945-01-01"), MustDay("1945-01-01")); d != MustDate("1945-01-01") {
		t.Errorf("one of one day is %s", d)
	}
	p := Period{Start: d, Why: Unknown}
	if p.EDTF() != "[1945-01-01..2020-12-31]/" {
		t.Errorf("the period is written %s", p.EDTF())
	}
	for day, want := range map[string]Certainty{"1914-07-28": "", "1944-12-31": "", "1945-01-01": Possible, "1980-01-01": Possible, "2020-12-31": Possible, "2024-01-01": Possible} {
		if got := p.Sure(MustDay(day)); got != want {
			t.Errorf("on %s it holds %q, not %q", day, got, want)
		}
	}
}

func TestPeriodsSayWhatIsWrong(t *testing.T) {
	if err := (Period{Start: MustDate("2020"), End: MustDate("2019")}).Check(); !errors.Is(err, ErrInvalid) {
		t.Errorf("an end before its beginning: %v", err)
	}
	if err := (Period{Start: MustDate("2020-05"), End: MustDate("2020")}).Check(); err != nil {
		t.Errorf("a coarser end that may lie later is no mistake: %v", err)
	}
	if err := (Period{End: MustDate("2019"), Why: Ongoing}).Check(); !errors.Is(err, ErrInvalid) {
		t.Errorf("an end and a reason for none: %v", err)
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2018-12-20~", "[2018..2019]", "2018-02-30", "%", "[..]"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := ParseDate(text)
		if err == nil && (d.String() != text || d.Earliest() > d.Latest()) {
			t.Fatalf("%q was read as %s..%s and prints %q", text, d.Earliest(), d.Latest(), d)
		}
	})
}
