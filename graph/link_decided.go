package graph

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// DecideLinks gives the links as they are by what people decided: accounts that they said are one are in one link, whatever the
// rules say, and accounts that they said are not are in none together. Where decisions contradict each other, what is to be
// apart stays apart. rank gives the place in the order of preference of those sources that have an account, and false for a key
// of which there is none: what was decided of it counts once it is there.
func DecideLinks(links []Link, decisions []Decision, rank func(EngagementKey) (int, bool)) []Link {
	decisions = slices.Clone(decisions)
	slices.SortFunc(decisions, func(x, y Decision) int { return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B)) })
	links = slices.Clone(links)
	for _, d := range decisions {
		a, b := EngagementKey(d.A), EngagementKey(d.B)
		_, knownA := rank(a)
		_, knownB := rank(b)
		if d.Verdict == VerdictSame && knownA && knownB {
			links = joined(links, a, b, rank)
		}
	}
	for _, d := range decisions {
		if d.Verdict == VerdictDifferent {
			links = parted(links, EngagementKey(d.A), EngagementKey(d.B))
		}
	}
	slices.SortFunc(links, func(x, y Link) int { return cmp.Compare(x.Key, y.Key) })
	return links
}

// joined puts two accounts into one link, with all that either is linked with.
func joined(links []Link, a, b EngagementKey, rank func(EngagementKey) (int, bool)) []Link {
	if slices.ContainsFunc(links, func(l Link) bool { return slices.Contains(l.Accounts, a) && slices.Contains(l.Accounts, b) }) {
		return links
	}
	l := Link{Accounts: []EngagementKey{a, b}, Rule: RuleDecision}
	leads := []EngagementKey{a, b}
	var others []Link
	for _, o := range links {
		if !slices.Contains(o.Accounts, a) && !slices.Contains(o.Accounts, b) {
			others = append(others, o)
			continue
		}
		l.Accounts = append(l.Accounts, o.Accounts...)
		leads = append(leads, o.Lead)
	}
	slices.Sort(l.Accounts)
	l.Accounts = slices.Compact(l.Accounts)
	l.Key = string(l.Accounts[0])
	l.Lead = slices.MinFunc(leads, func(x, y EngagementKey) int {
		rx, _ := rank(x)
		ry, _ := rank(y)
		return cmp.Or(cmp.Compare(rx, ry), cmp.Compare(x, y))
	})
	return append(others, l)
}

// parted takes out of every link with both accounts that which does not lead.
func parted(links []Link, a, b EngagementKey) (left []Link) {
	for _, l := range links {
		if slices.Contains(l.Accounts, a) && slices.Contains(l.Accounts, b) {
			goes := b
			if goes == l.Lead {
				goes = a
			}
			l.Accounts = slices.DeleteFunc(slices.Clone(l.Accounts), func(k EngagementKey) bool { return k == goes })
			l.Key = string(l.Accounts[0])
		}
		if len(l.Accounts) > 1 {
			left = append(left, l)
		}
	}
	return left
}

// LikelyMeetings gives pairs of accounts that may be of one meeting and that the rule leaves apart, by keys: of two sources, within
// a week of each other, where the states are the same and the level, the host or the days are not, or one state more is
// named by one of them.
func LikelyMeetings(traits []MeetingTrait) []Proposal {
	traits = slices.Clone(traits)
	slices.SortFunc(traits, CompareTraits)
	var found []Proposal
	for i, t := range traits {
		for _, u := range traits[i+1:] {
			if u.Days.From > t.Days.From+likelyApart {
				break
			}
			if t.Source == u.Source || t.Key == u.Key {
				continue
			}
			if because := t.nearly(u); len(because) > 0 {
				a, b := string(t.Key), string(u.Key)
				found = append(found, Proposal{A: min(a, b), B: max(a, b), What: "meeting", Because: because})
			}
		}
	}
	slices.SortFunc(found, func(x, y Proposal) int { return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B)) })
	return found
}

// likelyApart is how many days apart accounts may begin that are proposed.
const likelyApart = 7

// nearly says what speaks for two accounts being of one meeting, and what against; it is empty where too little speaks for it: they
// may disagree in one thing alone.
func (t MeetingTrait) nearly(u MeetingTrait) []string {
	more := t.onlyOne(u)
	if len(more) > 1 || !t.sharesStates(u) {
		return nil
	}
	because := []string{fmt.Sprintf("%s from %s, %s from %s, of %s", t.Key, t.Days.From, u.Key, u.Days.From, strings.Join(texts(t.states()), " "))}
	against := func(is bool, format string, args ...any) {
		if is {
			because = append(because, fmt.Sprintf(format, args...))
		}
	}
	levelT, _, _ := strings.Cut(t.Who, " ")
	levelU, _, _ := strings.Cut(u.Who, " ")
	against(levelT != levelU, "their levels differ: %s, %s", strings.ToLower(levelT), strings.ToLower(levelU))
	against(t.Host != "" && u.Host != "" && t.Host != u.Host, "their hosts differ: %s, %s", t.Host, u.Host)
	against(len(more) == 1, "one of them alone names %s", strings.Join(texts(more), " "))
	against(!t.Days.Overlaps(u.Days), "they share no day")
	switch len(because) {
	case 1:
		return append(because, "others of these states are as near")
	case 2:
		return because
	default:
		return nil
	}
}

// onlyOne gives the states that took part by one of two accounts and not by the other.
func (t MeetingTrait) onlyOne(u MeetingTrait) (keys []ActorKey) {
	for _, way := range [][2]MeetingTrait{{t, u}, {u, t}} {
		theirs := way[1].states()
		for _, k := range way[0].states() {
			if !slices.Contains(theirs, k) {
				keys = append(keys, k)
			}
		}
	}
	return keys
}

// LikelyDisputes gives pairs of accounts that bear one number and that the rule leaves apart, by keys.
func LikelyDisputes(traits []DisputeTrait) []Proposal {
	traits = slices.Clone(traits)
	slices.SortFunc(traits, CompareDisputeTraits)
	var found []Proposal
	for i, t := range traits {
		for _, u := range traits[i+1:] {
			if u.Number != t.Number {
				break
			}
			if because := t.Disagrees(u); because != "" && t.Source != u.Source && t.Key != u.Key {
				a, b := string(t.Key), string(u.Key)
				found = append(found, Proposal{A: min(a, b), B: max(a, b), What: "dispute", Because: []string{"both bear the number " + t.Number.String(), because}})
			}
		}
	}
	slices.SortFunc(found, func(x, y Proposal) int { return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B)) })
	return slices.CompactFunc(found, func(x, y Proposal) bool { return x.A == y.A && x.B == y.B })
}
