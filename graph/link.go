package graph

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
)

// A Link says that accounts of several sources are of one engagement: the body of a link statement of OwnSource. Lists
// and counts give the lead; the other accounts stand by it.
type Link struct {
	Key      string          `json:"key"` // the least of the accounts
	Accounts []EngagementKey `json:"accounts"`
	Lead     EngagementKey   `json:"lead"` // mostly that of the most preferred source: the rule says which
	Rule     string          `json:"rule"`
}

// LinkMeetings is the rule by which meetings are linked. Two meetings of different sources are accounts of one where
//
//   - the same states, all of them and no other, met at the same level, and no other is said to have been the host;
//   - both are dated to the day, last no longer than two weeks, begin within three days of each other and share a day;
//   - and among all meetings of these states at this level there is, around those days, exactly one of each source.
//
// It rather leaves two accounts apart than it takes two meetings for one.
const LinkMeetings = "meetings/1"

// A MeetingTrait is what the rule looks at in a meeting.
type MeetingTrait struct {
	Key    EngagementKey `json:"key"`
	Source SourceKey     `json:"source"`
	Who    string        `json:"who"` // the level and the states, sorted
	Host   ActorKey      `json:"host,omitempty"`
	Days   Interval      `json:"days"`
}

// linkDays are how many days apart two accounts may begin, and how many a meeting may last.
const (
	linkApart   = 3
	linkLongest = 14
)

// TraitOf gives what the rule looks at; false for a meeting that it never links.
func TraitOf(m *Meeting, source SourceKey) (MeetingTrait, bool) {
	b := m.Base()
	start, end := b.Period.Start, b.Period.End
	if start.IsZero() || end.IsZero() || start.PossibleEarliest() != start.PossibleLatest() || end.PossibleEarliest() != end.PossibleLatest() {
		return MeetingTrait{}, false
	}
	var states []string
	for _, p := range b.Participations {
		if p.Role == RoleObserver || p.Role == RoleMediator {
			continue
		}
		for _, a := range []ActorKey{p.Actor, p.OnBehalfOf} {
			if scheme, _, _ := cutKey(string(a)); slices.Contains(CodeSchemes, scheme) {
				states = append(states, string(a))
			}
		}
	}
	slices.Sort(states)
	states = slices.Compact(states)
	days := Inclusive(start.Earliest(), end.Latest())
	if len(states) < 2 || days.Empty() || days.To-days.From > linkLongest {
		return MeetingTrait{}, false
	}
	t := MeetingTrait{Key: b.Key, Source: source, Who: string(m.Level) + " " + strings.Join(states, " "), Host: m.Host, Days: days}
	if hosts := b.inRole(RoleHost); t.Host == "" && len(hosts) == 1 {
		t.Host = hosts[0]
	}
	return t, true
}

// states gives who met.
func (t MeetingTrait) states() []ActorKey {
	_, who, _ := strings.Cut(t.Who, " ")
	var keys []ActorKey
	for _, k := range strings.Fields(who) {
		keys = append(keys, ActorKey(k))
	}
	return keys
}

// sharesStates tells whether two of those who met are among those of the other.
func (t MeetingTrait) sharesStates(u MeetingTrait) bool {
	shared := 0
	for _, k := range t.states() {
		if slices.Contains(u.states(), k) {
			shared++
		}
	}
	return shared >= 2
}

// CompareTraits orders traits as ConcludeLinks wants them: by start, then key, then source.
func CompareTraits(a, b MeetingTrait) int {
	return cmp.Or(cmp.Compare(a.Days.From, b.Days.From), cmp.Compare(a.Key, b.Key), cmp.Compare(a.Source, b.Source))
}

// ConcludeLinks links meetings by the rule. Traits come in the order of CompareTraits; rank gives each source's place
// in the order of preference. The links are a pure function of the traits and the ranks. Only what lies within a few
// days of each other is held.
func ConcludeLinks(traits iter.Seq2[MeetingTrait, error], rank func(SourceKey) int) ([]Link, error) {
	var links []Link
	open := map[string][]MeetingTrait{} // by who: meetings that begin within reach of the one before
	closed := func(c []MeetingTrait) {
		if l, ok := linkOf(c, rank); ok {
			links = append(links, l)
		}
	}
	swept := minDay
	for t, err := range traits {
		if err != nil {
			return nil, err
		}
		if c := open[t.Who]; len(c) > 0 && t.Days.From > c[len(c)-1].Days.From+linkApart && t.Days.From >= latest(c) {
			closed(c)
			delete(open, t.Who)
		}
		open[t.Who] = append(open[t.Who], t)
		if t.Days.From > swept+2*linkLongest { // what cannot grow any more is done with
			swept = t.Days.From
			for who, c := range open {
				if t.Days.From > c[len(c)-1].Days.From+linkApart && t.Days.From >= latest(c) {
					closed(c)
					delete(open, who)
				}
			}
		}
	}
	for _, c := range open {
		closed(c)
	}
	slices.SortFunc(links, func(a, b Link) int { return cmp.Compare(a.Key, b.Key) })
	return links, nil
}

func latest(c []MeetingTrait) Day {
	last := minDay
	for _, t := range c {
		last = max(last, t.Days.To)
	}
	return last
}

// linkOf makes a link of meetings of the same states in the same days, if each source has one and they are close.
func linkOf(c []MeetingTrait, rank func(SourceKey) int) (Link, bool) {
	if len(c) < 2 {
		return Link{}, false
	}
	for i, x := range c {
		for _, y := range c[i+1:] {
			if x.Source == y.Source || !x.Days.Overlaps(y.Days) || y.Days.From-x.Days.From > linkApart || x.Key == y.Key ||
				x.Host != "" && y.Host != "" && x.Host != y.Host {
				return Link{}, false
			}
		}
	}
	l := Link{Rule: LinkMeetings}
	best := c[0]
	for _, t := range c {
		l.Accounts = append(l.Accounts, t.Key)
		if cmp.Or(cmp.Compare(rank(t.Source), rank(best.Source)), cmp.Compare(t.Key, best.Key)) < 0 {
			best = t
		}
	}
	slices.Sort(l.Accounts)
	l.Key, l.Lead = string(l.Accounts[0]), best.Key
	return l, true
}

// Accounts gives for each engagement the accounts that other sources have of it: those linked with it, by key.
func (v *View) Accounts(ctx context.Context, keys []EngagementKey) (map[EngagementKey][]Engagement, error) {
	rows, err := v.r.Links(ctx, LinkQuery{Load: v.Load, Accounts: keys})
	if err != nil {
		return nil, fmt.Errorf("links: %w", err)
	}
	var others []EngagementKey
	links := make([]*Link, len(rows))
	for i, row := range rows {
		if links[i], err = Decode[Link](row.Statement); err != nil {
			return nil, err
		}
		others = append(others, links[i].Accounts...)
	}
	found := map[EngagementKey][]Engagement{}
	if len(others) == 0 {
		return found, nil
	}
	at, err := v.EngagementsByKey(ctx, others)
	if err != nil {
		return nil, err
	}
	for _, key := range keys {
		for _, l := range links {
			if !slices.Contains(l.Accounts, key) {
				continue
			}
			for _, other := range l.Accounts {
				if e := at[other]; e != nil && other != key {
					found[key] = append(found[key], e)
				}
			}
		}
	}
	return found, nil
}

// LinkRow is what a link is found by: an account of it, and its lead.
type LinkRow struct{ Account, Lead EngagementKey }

// SortSources orders sources by preference: the registry, dossiers, datasets, and by key among their like.
func SortSources(sources []*Source) {
	slices.SortFunc(sources, func(a, b *Source) int {
		return cmp.Or(cmp.Compare(preference(a.Kind), preference(b.Kind)), cmp.Compare(a.Key, b.Key))
	})
}
