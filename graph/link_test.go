package graph

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func traitsOf(lines string) []MeetingTrait {
	var out []MeetingTrait
	for line := range strings.Lines(lines) {
		f := strings.Fields(line) // key source who@host first last
		if len(f) != 5 {
			continue
		}
		who, host, _ := strings.Cut(f[2], "@")
		out = append(out, MeetingTrait{EngagementKey(f[0]), SourceKey(f[1]), who, ActorKey(host), Inclusive(MustDay(f[3]), MustDay(f[4]))})
	}
	slices.SortFunc(out, CompareTraits)
	return out
}

func inOrder(ts []MeetingTrait) iter.Seq2[MeetingTrait, error] {
	return func(yield func(MeetingTrait, error) bool) {
		for _, t := range ts {
			if !yield(t, nil) {
				return
			}
		}
	}
}

// preferred ranks sources by name: d before v before w.
func preferred(s SourceKey) int { return strings.Index("dvw", string(s)) }

func linksOf(t *testing.T, ts []MeetingTrait) string {
	t.Helper()
	links, err := ConcludeLinks(inOrder(ts), preferred)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, l := range links {
		out = append(out, fmt.Sprintf("%s leads %s", l.Lead, l.Accounts))
	}
	return strings.Join(out, "; ")
}

func TestMeetingsAreLinkedOnlyWhereNothingElseIsPossible(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ traits, want string }{
		"one of each, the same day":        {"v:1 v JPN+USA 2023-08-18 2023-08-18\nd:1 d JPN+USA 2023-08-18 2023-08-18", "d:1 leads [d:1 v:1]"},
		"a visit around a meeting":         {"v:1 v JPN+USA 2015-04-26 2015-05-02\nd:1 d JPN+USA 2015-04-28 2015-04-28", "d:1 leads [d:1 v:1]"},
		"three sources":                    {"v:1 v A 2020-01-01 2020-01-03\nd:1 d A 2020-01-02 2020-01-02\nw:1 w A 2020-01-02 2020-01-03", "d:1 leads [d:1 v:1 w:1]"},
		"the same host":                    {"v:1 v A@USA 2020-01-01 2020-01-01\nd:1 d A@USA 2020-01-01 2020-01-01", "d:1 leads [d:1 v:1]"},
		"a host, and none":                 {"v:1 v A@USA 2020-01-01 2020-01-01\nd:1 d A 2020-01-01 2020-01-01", "d:1 leads [d:1 v:1]"},
		"over and back across a border":    {"v:1 v A@USA 1909-10-16 1909-10-16\nd:1 d A@MEX 1909-10-16 1909-10-16", ""},
		"others met":                       {"v:1 v JPN+USA 2023-08-18 2023-08-18\nd:1 d JPN+KOR+USA 2023-08-18 2023-08-18", ""},
		"no day in common":                 {"v:1 v A 2020-01-01 2020-01-02\nd:1 d A 2020-01-03 2020-01-03", ""},
		"begun too long after":             {"v:1 v A 2020-01-01 2020-01-09\nd:1 d A 2020-01-05 2020-01-05", ""},
		"two of one source":                {"v:1 v A 2020-01-01 2020-01-03\nd:1 d A 2020-01-02 2020-01-02\nd:2 d A 2020-01-03 2020-01-03", ""},
		"two of one source, one day apart": {"d:1 d A 2020-01-02 2020-01-02\nd:2 d A 2020-01-03 2020-01-03", ""},
		"one source alone":                 {"v:1 v A 2020-01-01 2020-01-03", ""},
		"two meetings weeks apart":         {"v:1 v A 2020-01-01 2020-01-01\nd:1 d A 2020-01-01 2020-01-01\nv:2 v A 2020-02-01 2020-02-01\nd:2 d A 2020-02-01 2020-02-01", "d:1 leads [d:1 v:1]; d:2 leads [d:2 v:2]"},
		"a chain across sources":           {"v:1 v A 2020-01-01 2020-01-03\nd:1 d A 2020-01-03 2020-01-05\nw:1 w A 2020-01-05 2020-01-06", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := linksOf(t, traitsOf(c.traits)); got != c.want {
				t.Errorf("%q, not %q", got, c.want)
			}
		})
	}
}

// What is held for years is swept now and then: the sweep must not change what is linked.
func TestLinksDoNotDependOnWhatLiesFarAway(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 1)) //nolint:gosec // the same every time
	var all []MeetingTrait
	for i := range 2000 {
		from := MustDay("2000-01-01") + Day(r.IntN(4000))
		source := SourceKey("dvw"[i%3 : i%3+1])
		all = append(all, MeetingTrait{EngagementKey(fmt.Sprintf("%s:%d", source, i)), source, fmt.Sprint(r.IntN(9)), "", Interval{from, from + 1 + Day(r.IntN(5))}})
	}
	slices.SortFunc(all, CompareTraits)
	whole := linksOf(t, all)
	if strings.Count(whole, "leads") < 20 {
		t.Fatalf("too few links to tell: %s", whole)
	}
	parts := map[string]bool{}
	for who := range 9 { // each by itself
		one := slices.DeleteFunc(slices.Clone(all), func(m MeetingTrait) bool { return m.Who != fmt.Sprint(who) })
		for _, l := range strings.Split(linksOf(t, one), "; ") {
			if l != "" {
				parts[l] = true
			}
		}
	}
	for _, l := range strings.Split(whole, "; ") {
		if !parts[l] {
			t.Errorf("%s is linked only beside others", l)
		}
		delete(parts, l)
	}
	for l := range parts {
		t.Errorf("%s is not linked beside others", l)
	}
}

func TestTraits(t *testing.T) {
	t.Parallel()
	meeting := func(period Period, ps ...Participation) *Meeting {
		return &Meeting{EngagementBase: EngagementBase{Key: "x:1", Kind: KindMeeting, Period: period, Participations: ps}, Level: LevelSummit}
	}
	on := On(MustDate("2020-01-02"))
	jpn, usa := Participation{Actor: "iso3:JPN", Role: RoleParticipant}, Participation{Actor: "iso3:USA", Role: RoleHost}
	for name, c := range map[string]struct {
		m    *Meeting
		want string
	}{
		"states, sorted":        {meeting(on, usa, jpn), "SUMMIT iso3:JPN iso3:USA"},
		"through persons":       {meeting(on, Participation{Actor: "person:abe", Role: RoleRepresentative, OnBehalfOf: "iso3:JPN"}, usa, jpn), "SUMMIT iso3:JPN iso3:USA"},
		"observers do not meet": {meeting(on, usa, jpn, Participation{Actor: "iso3:KOR", Role: RoleObserver}), "SUMMIT iso3:JPN iso3:USA"},
		"one state":             {meeting(on, usa), ""},
		"a month":               {meeting(On(MustDate("2020-01")), usa, jpn), ""},
		"about a day":           {meeting(On(MustDate("2020-01-02~")), usa, jpn), ""},
		"no end":                {meeting(Period{Start: MustDate("2020-01-02"), Why: Ongoing}, usa, jpn), ""},
		"a month long":          {meeting(Period{Start: MustDate("2020-01-02"), End: MustDate("2020-02-02")}, usa, jpn), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, ok := TraitOf(c.m, "v")
			if got.Who != c.want || ok != (c.want != "") {
				t.Errorf("%+v %t", got, ok)
			}
		})
	}
}
