package graph

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// What people decide joins accounts that no rule does and parts what one did; a refusal outranks what would join.
func TestDecideLinks(t *testing.T) {
	rank := func(k EngagementKey) (int, bool) { return strings.Index("abcdef", string(k)[:1]), k != "z:gone" }
	links := []Link{
		{Key: "a:1", Accounts: []EngagementKey{"a:1", "b:1", "c:1"}, Lead: "a:1", Rule: "meetings/1"},
		{Key: "b:2", Accounts: []EngagementKey{"b:2", "c:2"}, Lead: "b:2", Rule: "meetings/1"},
	}
	for name, c := range map[string]struct {
		decided []*Decision
		want    string
	}{
		"nothing":               {nil, "a:1=a:1,b:1,c:1 meetings/1; b:2=b:2,c:2 meetings/1"},
		"two that stood alone":  {[]*Decision{NewDecision(VerdictSame, "d:3", "c:3", "")}, "a:1=a:1,b:1,c:1 meetings/1; b:2=b:2,c:2 meetings/1; c:3=c:3,d:3 decision"},
		"one more":              {[]*Decision{NewDecision(VerdictSame, "d:3", "b:2", "")}, "a:1=a:1,b:1,c:1 meetings/1; b:2=b:2,c:2,d:3 decision"},
		"two links":             {[]*Decision{NewDecision(VerdictSame, "c:1", "c:2", "")}, "a:1=a:1,b:1,b:2,c:1,c:2 decision"},
		"already":               {[]*Decision{NewDecision(VerdictSame, "c:1", "b:1", "")}, "a:1=a:1,b:1,c:1 meetings/1; b:2=b:2,c:2 meetings/1"},
		"of what is not there":  {[]*Decision{NewDecision(VerdictSame, "z:gone", "b:2", ""), NewDecision(VerdictDifferent, "z:gone", "b:2", "")}, "a:1=a:1,b:1,c:1 meetings/1; b:2=b:2,c:2 meetings/1"},
		"apart, of three":       {[]*Decision{NewDecision(VerdictDifferent, "b:1", "c:1", "")}, "a:1=a:1,b:1 meetings/1; b:2=b:2,c:2 meetings/1"},
		"apart from the lead":   {[]*Decision{NewDecision(VerdictDifferent, "b:2", "c:2", "")}, "a:1=a:1,b:1,c:1 meetings/1"},
		"contradicting":         {[]*Decision{NewDecision(VerdictSame, "d:3", "b:2", ""), NewDecision(VerdictSame, "d:3", "e:4", ""), NewDecision(VerdictDifferent, "b:2", "e:4", "")}, "a:1=a:1,b:1,c:1 meetings/1; b:2=b:2,c:2,d:3 decision"},
		"the lead of a new one": {[]*Decision{NewDecision(VerdictSame, "a:9", "b:2", "")}, "a:1=a:1,b:1,c:1 meetings/1; a:9=a:9,b:2,c:2 decision"},
	} {
		var decisions []Decision
		for _, d := range c.decided {
			decisions = append(decisions, *d)
		}
		for range 2 { // in either order
			var got []string
			for _, l := range DecideLinks(links, decisions, rank) {
				if l.Key != string(l.Accounts[0]) || !slices.IsSorted(l.Accounts) {
					t.Errorf("%s: a link is %+v", name, l)
				}
				got = append(got, fmt.Sprintf("%s=%s %s", l.Lead, strings.Join(texts(l.Accounts), ","), l.Rule))
			}
			if g := strings.Join(got, "; "); g != c.want {
				t.Errorf("%s:\n got %s\nwant %s", name, g, c.want)
			}
			slices.Reverse(decisions)
			slices.Reverse(links)
		}
	}
}

// What is proposed of meetings disagrees in one thing alone; two things, one source, or another week are too little.
func TestLikelyMeetings(t *testing.T) {
	on := func(from, to string) Interval { return Inclusive(MustDay(from), MustDay(to)) }
	base := MeetingTrait{Key: "a:1", Source: "a", Who: "SUMMIT iso3:JPN iso3:KOR", Host: "iso3:JPN", Days: on("2011-12-17", "2011-12-18")}
	for name, c := range map[string]struct {
		other MeetingTrait
		want  string
	}{
		"another level":           {MeetingTrait{"b:1", "b", "MIXED iso3:JPN iso3:KOR", "", on("2011-12-17", "2011-12-18")}, "levels differ"},
		"another host":            {MeetingTrait{"b:1", "b", "SUMMIT iso3:JPN iso3:KOR", "iso3:KOR", on("2011-12-18", "2011-12-18")}, "hosts differ"},
		"one more":                {MeetingTrait{"b:1", "b", "SUMMIT iso3:CHN iso3:JPN iso3:KOR", "iso3:JPN", on("2011-12-18", "2011-12-18")}, "alone names iso3:CHN"},
		"a few days later":        {MeetingTrait{"b:1", "b", "SUMMIT iso3:JPN iso3:KOR", "iso3:JPN", on("2011-12-22", "2011-12-22")}, "share no day"},
		"as the rule would":       {MeetingTrait{"b:1", "b", "SUMMIT iso3:JPN iso3:KOR", "iso3:JPN", on("2011-12-17", "2011-12-18")}, "as near"},
		"of one source":           {MeetingTrait{"a:2", "a", "MIXED iso3:JPN iso3:KOR", "", on("2011-12-17", "2011-12-18")}, ""},
		"two things":              {MeetingTrait{"b:1", "b", "MIXED iso3:JPN iso3:KOR", "iso3:KOR", on("2011-12-17", "2011-12-18")}, ""},
		"two more":                {MeetingTrait{"b:1", "b", "SUMMIT iso3:CHN iso3:JPN iso3:KOR iso3:USA", "", on("2011-12-17", "2011-12-18")}, ""},
		"other states":            {MeetingTrait{"b:1", "b", "SUMMIT iso3:CHN iso3:JPN", "", on("2011-12-17", "2011-12-18")}, ""},
		"more than a week later":  {MeetingTrait{"b:1", "b", "SUMMIT iso3:JPN iso3:KOR", "iso3:JPN", on("2011-12-26", "2011-12-26")}, ""},
		"another level, days off": {MeetingTrait{"b:1", "b", "MIXED iso3:JPN iso3:KOR", "", on("2011-12-20", "2011-12-20")}, ""},
	} {
		found := LikelyMeetings([]MeetingTrait{c.other, base})
		switch {
		case c.want == "" && len(found) > 0:
			t.Errorf("%s: proposed %v", name, found)
		case c.want != "" && (len(found) != 1 || found[0].What != "meeting" || found[0].A != "a:1" || !strings.Contains(strings.Join(found[0].Because, "; "), c.want)):
			t.Errorf("%s: proposed %v, want %s", name, found, c.want)
		}
	}
}
