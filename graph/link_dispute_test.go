package graph

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
)

// disputeTraits reads lines "key source number first last side:actor+actor side:actor …".
func disputeTraits(lines string) []DisputeTrait {
	var out []DisputeTrait
	for line := range strings.Lines(lines) {
		f := strings.Fields(line)
		if len(f) < 5 {
			continue
		}
		t := DisputeTrait{
			Key: EngagementKey(f[0]), Source: SourceKey(f[1]), Number: ParseCode(f[2]),
			From: int(MustDate(f[3]).Earliest()), To: int(MustDate(f[4]).Latest()) + 1,
		}
		for _, side := range f[5:] {
			name, who, _ := strings.Cut(side, "=")
			for _, a := range strings.Split(who, "+") {
				t.Parts = append(t.Parts, SideTrait{ActorKey(a), name})
			}
		}
		out = append(out, t)
	}
	slices.SortFunc(out, CompareDisputeTraits)
	return out
}

func TestDisputesAreLinkedByNumberDatesAndParties(t *testing.T) {
	t.Parallel()
	const lead = "d:1 d mid:1 1950 1953-07 a=USA+GBR b=CHN\n"
	for name, c := range map[string]struct{ traits, want string }{
		"number, dates and parties":           {lead + "v:9 v mid:1 1951-02 1955 a=CHN b=USA", "d:1 leads [d:1 v:9]"},
		"three sources":                       {lead + "v:9 v mid:1 1951 1955 a=CHN b=USA\nw:1 w mid:1 1950 1950 a=GBR b=CHN", "d:1 leads [d:1 v:9 w:1]"},
		"coarse dates that may touch":         {lead + "v:9 v mid:1 1953-07 1955 a=USA b=CHN", "d:1 leads [d:1 v:9]"},
		"no day in common, within a year":     {lead + "v:9 v mid:1 1954 1955 a=USA b=CHN", "d:1 leads [d:1 v:9]"},
		"a year before":                       {lead + "v:9 v mid:1 1948-12-31 1948-12-31 a=USA b=CHN", "d:1 leads [d:1 v:9]"},
		"more than a year before":             {lead + "v:9 v mid:1 1948 1948-12-29 a=USA b=CHN", ""},
		"more than a year after":              {lead + "v:9 v mid:1 1954-08-03 1955 a=USA b=CHN", ""},
		"others":                              {lead + "v:9 v mid:1 1951 1955 a=USA b=PRK", ""},
		"the same, on one side":               {lead + "v:9 v mid:1 1951 1955 a=USA+CHN b=PRK", ""},
		"nobody":                              {lead + "v:9 v mid:1 1951 1955", ""},
		"another number":                      {lead + "v:9 v mid:2 1951 1955 a=USA b=CHN", ""},
		"another dataset's number":            {lead + "v:9 v war:1 1951 1955 a=USA b=CHN", ""},
		"one source alone":                    {lead + "d:2 d mid:1 1951 1955 a=USA b=CHN", ""},
		"a source that tells by dyads":        {lead + "v:1 v mid:1 1950 1951 a=USA b=CHN\nv:2 v mid:1 1950 1953 a=GBR b=CHN\nv:3 v mid:1 1950 1953 a=FRA b=CHN", "d:1 leads [d:1 v:1 v:2]"},
		"the preferred source tells by dyads": {"d:1 d mid:1 1950 1951 a=USA b=CHN\nd:2 d mid:1 1950 1951 a=GBR b=CHN\nv:1 v mid:1 1950 1951 a=USA+GBR b=CHN", "v:1 leads [d:1 d:2 v:1]"},
		"both tell by dyads":                  {"d:1 d mid:1 1950 1951 a=USA b=CHN\nd:2 d mid:1 1950 1951 a=GBR b=CHN\nv:1 v mid:1 1950 1951 a=USA b=CHN\nv:2 v mid:1 1950 1951 a=GBR b=CHN", ""},
		"two numbers, the first counts":       {lead + "v:9 v mid:1 1951 1955 a=CHN b=USA\nv:9 v mid:2 1951 1955 a=CHN b=USA\nd:2 d mid:2 1951 1951 a=CHN b=USA", "d:1 leads [d:1 v:9]"},
		"several disputes":                    {lead + "v:1 v mid:1 1950 1950 a=USA b=CHN\nd:2 d mid:2 1960 1960 a=USA b=CHN\nv:2 v mid:2 1960 1961 a=USA b=CHN", "d:1 leads [d:1 v:1]; d:2 leads [d:2 v:2]"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			links, err := ConcludeDisputeLinks(inSequence(disputeTraits(c.traits)), preferred)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, l := range links {
				got = append(got, fmt.Sprintf("%s leads %s", l.Lead, l.Accounts))
				if l.Rule != LinkDisputes || l.Key != string(l.Accounts[0]) {
					t.Errorf("%+v", l)
				}
			}
			if text := strings.Join(got, "; "); text != c.want {
				t.Errorf("%q, not %q", text, c.want)
			}
		})
	}
}

func inSequence[T any](all []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, t := range all {
			if !yield(t, nil) {
				return
			}
		}
	}
}

func TestTraitsOfADispute(t *testing.T) {
	t.Parallel()
	d := &Dispute{EngagementBase: EngagementBase{
		Key: "x:1", Kind: KindDispute, Period: Period{Start: MustDate("1950"), End: MustDate("1951-02")},
		Identifiers: []Identifier{{Scheme: "cow-mid", Value: "7"}, {Scheme: "cow-war", Value: "151"}},
		Participations: []Participation{
			{Actor: "iso3:USA", Role: RoleParty, Side: SideA},
			{Actor: "iso3:USA", Role: RoleParty, Side: SideA},
			{Actor: "org:x", Role: RoleParty, Side: SideB, OnBehalfOf: "iso3:CHN"},
			{Actor: "iso3:IND", Role: RoleMediator},
		},
	}}
	got := fmt.Sprint(DisputeTraits(d, "v"))
	from, to := int(MustDay("1950-01-01")), int(MustDay("1951-03-01"))
	parts := []SideTrait{{"iso3:USA", "a"}, {"org:x", "b"}, {"iso3:CHN", "b"}}
	want := fmt.Sprint([]DisputeTrait{{Code{"cow-mid", "7"}, "x:1", "v", from, to, parts}, {Code{"cow-war", "151"}, "x:1", "v", from, to, parts}})
	if got != want {
		t.Errorf("%s, not %s", got, want)
	}
}

func TestWhatDisagreesIsSaid(t *testing.T) {
	t.Parallel()
	ts := disputeTraits("d:1 d m:1 1950 1953-07 a=USA b=CHN\nv:1 v m:1 1955 1955 a=USA b=CHN\nw:1 w m:1 1953 1953 a=USA b=PRK\nx:1 x m:1 1953 1953 a=CHN b=USA")
	for i, want := range []string{"", "more than a year lies between them: 1950-01-01 to 1953-07-31, and 1955-01-01 to 1955-12-31", "no two actors are on opposed sides in both", ""} {
		if got := ts[0].Disagrees(ts[i]); got != want {
			t.Errorf("%s: %q, not %q", ts[i].Key, got, want)
		}
	}
}
