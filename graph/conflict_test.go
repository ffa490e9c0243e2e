package graph

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func (c *comparing) lines() (out []string) {
	for _, f := range c.conflict {
		out = append(out, fmt.Sprintf("%s %s: %s | %s", f.Type, f.Field, f.Values[0].Value, f.Values[1].Value))
	}
	return out
}

func TestAccountsThatContradictEachOther(t *testing.T) {
	meeting := func(change func(*Meeting)) *Meeting {
		m := &Meeting{EngagementBase: EngagementBase{Kind: KindMeeting, Period: On(MustDate("2018-06-02"))}, Level: LevelMinisterial}
		change(m)
		return m
	}
	agreement := func(stages ...Stage) *Agreement {
		return &Agreement{EngagementBase: EngagementBase{Kind: KindAgreement, Period: Period{Start: MustDate("1951"), Why: Ongoing}}, Form: FormTreaty, Stages: stages}
	}
	three, nine, ten := 3, 9, 10
	dispute := func(r *Range, end string) *Dispute {
		d := &Dispute{EngagementBase: EngagementBase{Kind: KindDispute, Period: Period{Start: MustDate("2000"), Why: Ongoing}}, Fatalities: r}
		if end != "" {
			d.Period = Period{Start: MustDate("2000"), End: MustDate(end)}
		}
		return d
	}
	same := func(*Meeting) {}
	for _, c := range []struct {
		name string
		a, b Engagement
		want string
	}{
		{"the same", meeting(same), meeting(same), ""},
		{"a coarser date is no other date", meeting(same), meeting(func(m *Meeting) { m.Period = On(MustDate("2018-06")) }), ""},
		{"about a day is no other day", meeting(same), meeting(func(m *Meeting) { m.Period = On(MustDate("2018-06-03~")) }), ""},
		{
			"another day", meeting(same), meeting(func(m *Meeting) { m.Period = On(MustDate("2018-06-03")) }),
			"CONTRADICTING_DATE period.start: 2018-06-02 | 2018-06-03; CONTRADICTING_DATE period.end: 2018-06-02 | 2018-06-03",
		},
		{
			"another level, and a place only one has", meeting(func(m *Meeting) { m.Place = "Singapore" }), meeting(func(m *Meeting) { m.Level = LevelSummit }),
			"DIFFERENT_VALUE level: MINISTERIAL | SUMMIT",
		},
		{"the place more shortly", meeting(func(m *Meeting) { m.Place = "Singapore (Shangri-La)" }), meeting(func(m *Meeting) { m.Place = "singapore" }), ""},
		{"another place", meeting(func(m *Meeting) { m.Place = "Seoul" }), meeting(func(m *Meeting) { m.Place = "Tokyo" }), "DIFFERENT_VALUE place: Seoul | Tokyo"},
		{
			"stages", agreement(Stage{Stage: StageSigned, Date: MustDate("1951-09-08")}, Stage{Stage: StageInForce, Date: MustDate("1952")}),
			agreement(Stage{Stage: StageSigned, Date: MustDate("1951-09-09")}, Stage{Stage: StageInForce, Date: MustDate("1952-04-28")}),
			"CONTRADICTING_DATE stages[SIGNED].date: 1951-09-08 | 1951-09-09",
		},
		{"numbers that are in both ranges", dispute(&Range{Low: &three, High: &nine}, "2001"), dispute(&Range{Low: &nine}, "2001"), ""},
		{
			"numbers that cannot be the same", dispute(&Range{Low: &three, High: &nine}, "2001"), dispute(&Range{Low: &ten, High: &ten}, "2001"),
			"DIFFERENT_VALUE fatalities: 3 to 9 | 10",
		},
		{"one goes on, and who says so speaks of the time", dispute(nil, ""), dispute(nil, "2009"), "CONTRADICTING_DATE period.end: ONGOING | 2009"},
		{"one went on when its source ended", dispute(nil, ""), dispute(nil, "2015"), ""},
		{
			"who takes part", meeting(func(m *Meeting) { m.Participations = []Participation{{Actor: "A", Role: RoleHost, OnBehalfOf: "B"}} }),
			meeting(func(m *Meeting) { m.Participations = []Participation{{Actor: "A", Role: RoleHost, OnBehalfOf: "C"}} }),
			"DIFFERENT_VALUE participations[A HOST].onBehalfOf: B | C",
		},
		{"effects", meeting(func(m *Meeting) {
			m.Effects = []Effect{{Type: Suspends, Topic: TopicDefense, Between: []ActorKey{"A", "B"}, Date: MustDate("2018")}}
		}), meeting(func(m *Meeting) {
			m.Effects = []Effect{{Type: Ends, Topic: TopicDefense, Between: []ActorKey{"B", "A"}, Date: MustDate("2018-05")}}
		}), "DIFFERENT_VALUE effects[DEFENSE].type: SUSPENDS | ENDS"},
		{"kinds", meeting(same), &Act{EngagementBase: EngagementBase{Kind: KindAct, Period: On(MustDate("2018-06-02"))}}, "DIFFERENT_VALUE kind: MEETING | ACT"},
	} {
		with := comparing{lasts: [2]Day{MustDay("2010-01-01"), MustDay("2010-01-01")}}
		with.compareAccounts(c.a, c.b)
		if got := strings.Join(with.lines(), "; "); got != c.want {
			t.Errorf("%s:\n %s\nnot\n %s", c.name, got, c.want)
		}
		back := comparing{lasts: [2]Day{MustDay("2010-01-01"), MustDay("2010-01-01")}}
		if back.compareAccounts(c.b, c.a); len(back.conflict) != len(with.conflict) {
			t.Errorf("%s: the other way round it is %v", c.name, back.lines())
		}
	}
}

func TestFactsThatContradictEachOther(t *testing.T) {
	state := func(existence ...string) *ActorFacts {
		f := &ActorFacts{Key: "iso3:AAA", Kind: KindState, Identifiers: []Identifier{{Scheme: "cow", Value: "1"}}}
		for _, e := range existence {
			from, to, ended := strings.Cut(e, "/")
			p := Period{Start: MustDate(from), Why: Ongoing}
			if ended {
				p = Period{Start: MustDate(from), End: MustDate(to)}
			}
			f.Existence = append(f.Existence, p)
		}
		return f
	}
	code := func(f *ActorFacts, ids ...Identifier) *ActorFacts {
		f.Identifiers = ids
		return f
	}
	for _, c := range []struct {
		name string
		a, b *ActorFacts
		want string
	}{
		{"the same", state("1900/1950", "1960"), state("1900/1950", "1960"), ""},
		{"one does not say", state("1900"), state(), ""},
		{"other edges", state("1900-05-01/1950", "1960"), state("1900/1951-03", "1960"), "CONTRADICTING_DATE existence[1].end: 1950 | 1951-03"},
		{"a period of which both have everything", state("1900/1950", "1960"), state("1960"), "MISSING_IN_ONE existence[1]: 1900/1950 | "},
		{"a period before either begins", state("1850/1870", "1960"), state("1960"), ""},
		{"one that is two elsewhere", state("1900"), state("1900/1950", "1960"), ""},
		{"codes", code(state("1900"), Identifier{"cow", "1", Period{}}), code(state("1900"), Identifier{"cow", "2", Period{}}), "DIFFERENT_VALUE identifiers[cow]: 1 | 2"},
		{
			"codes at other times", code(state("1900"), Identifier{"cow", "1", Period{Start: MustDate("1900"), End: MustDate("1950")}}),
			code(state("1900"), Identifier{"cow", "2", Period{Start: MustDate("1951"), Why: Ongoing}}), "",
		},
		{"a code more", code(state("1900"), Identifier{"cow", "1", Period{}}), code(state("1900"), Identifier{"cow", "2", Period{}}, Identifier{"cow", "1", Period{}}), ""},
	} {
		with := comparing{lasts: [2]Day{MustDay("2010-01-01"), MustDay("2010-01-01")}}
		with.compareFacts(c.a, c.b, windows{{MustDay("1880-01-01"), MustDay("1920-01-01")}, {MustDay("1915-01-01"), MustDay("2000-01-01")}})
		if got := strings.Join(with.lines(), "; "); got != c.want {
			t.Errorf("%s:\n %s\nnot\n %s", c.name, got, c.want)
		}
	}
}

func TestWindowsThatCover(t *testing.T) {
	day := func(n int) Day { return Day(n) }
	ws := windows{{day(20), day(30)}, {day(0), day(10)}, {day(8), day(15)}}
	for _, c := range []struct {
		from, to Day
		want     bool
	}{{0, 15, true}, {0, 16, false}, {3, 9, true}, {14, 21, false}, {20, 30, true}, {-1, 5, false}, {5, 5, true}} {
		if got := ws.cover(Interval{c.from, c.to}); got != c.want {
			t.Errorf("%d to %d is covered: %t", c.from, c.to, got)
		}
	}
	if both := ws.overlap(windows{{day(9), day(25)}}); !slices.Equal(both, windows{{day(20), day(25)}, {day(9), day(10)}, {day(9), day(15)}}) {
		t.Errorf("both have %v", both)
	}
}

// A part of an engagement contradicts the whole where it does not lie in it, and nowhere else.
func TestPartsThatDoNotLieInTheirWhole(t *testing.T) {
	died := func(n int) *Range { return &Range{Low: &n, High: &n} }
	told := func(from, to string, ended Period, dead *Range) *EngagementBase {
		e := &EngagementBase{Kind: KindDispute, Period: Period{Start: MustDate(from), Why: ended.Why}}
		if to != "" {
			e.Period.End = MustDate(to)
		}
		e.Participations = []Participation{{Actor: "A", Role: RoleParty, Side: SideA, Period: e.Period, Fatalities: dead}}
		return e
	}
	war := told("1950-06-24", "1953-07-27", Period{}, died(100))
	open := Period{Why: Ongoing}
	for _, c := range []struct {
		name        string
		whole, part *EngagementBase
		want        string
	}{
		{"within", war, told("1950-10-29", "1951", Period{}, died(7)), ""},
		{"a coarser date may lie within", war, told("1950", "1953-07", Period{}, nil), ""},
		{"a whole that goes on", told("1950-06-24", "", open, nil), told("1960", "", open, nil), ""},
		{
			"before it", war, told("1950-06-23", "1951", Period{}, nil),
			"period.start: 1950-06-24 | 1950-06-23; participations[A PARTY].period.start: 1950-06-24 | 1950-06-23",
		},
		{
			"after it", war, told("1950-10-29", "1954", Period{}, died(101)),
			"period.end: 1953-07-27 | 1954; participations[A PARTY].period.end: 1953-07-27 | 1954; participations[A PARTY].fatalities: 100 | 101",
		},
		{
			"begun after it ended", war, told("1960", "", Period{Why: Unknown}, nil),
			"period.end: 1953-07-27 | 1960/; participations[A PARTY].period.end: 1953-07-27 | 1960/",
		},
		{
			"going on after it ended", war, told("1951", "", open, nil),
			"period.end: 1953-07-27 | ONGOING; participations[A PARTY].period.end: 1953-07-27 | ONGOING",
		},
	} {
		for _, first := range []bool{false, true} {
			with := &comparing{lasts: [2]Day{MustDate("2007").Latest(), MustDate("2007").Latest()}}
			with.comparePart(c.whole, c.part, first)
			var got []string
			for _, f := range with.conflict {
				a, b := f.Values[0].Value, f.Values[1].Value
				if first {
					a, b = b, a
				}
				got = append(got, fmt.Sprintf("%s: %s | %s", f.Field, a, b))
			}
			if text := strings.Join(got, "; "); text != c.want {
				t.Errorf("%s (part first: %v):\n%s\nnot\n%s", c.name, first, text, c.want)
			}
		}
	}
}
