package graph

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
)

// LinkDisputes is the rule by which disputes are linked. Two disputes of different sources are accounts of one where
//
//   - both bear the same number of the same dataset: the number alone is not enough, for datasets are numbered anew;
//   - two actors are on opposed sides in both;
//   - and some days are possible by both, or no more than a year lies between them: who goes over another's disputes
//     corrects dates, and keeps the number.
//
// The account of the most preferred source that has exactly one of that number leads, and what agrees with it stands by
// it. A source may have several: it tells by dyads, or in parts, what the lead tells whole. What bears the number and does
// not agree stays by itself, and is proposed to people.
const LinkDisputes = "disputes/1"

// disputesApart is how many days may lie between two accounts of one dispute.
const disputesApart = 366

// A DisputeTrait is what the rule looks at in a dispute, for one of its numbers.
type DisputeTrait struct {
	Number Code          `json:"number"`
	Key    EngagementKey `json:"key"`
	Source SourceKey     `json:"source"`
	From   int           `json:"from"` // the first day on which it is possible, and that after the last, as numbers
	To     int           `json:"to"`
	Parts  []SideTrait   `json:"parts"`
}

// A SideTrait is an actor on a side of a dispute.
type SideTrait struct {
	Actor ActorKey `json:"actor"`
	Side  string   `json:"side"`
}

// DisputeTraits gives what the rule looks at: one trait for each number that the dispute bears.
func DisputeTraits(d *Dispute, source SourceKey) []DisputeTrait {
	t := disputeTrait(d, source)
	var traits []DisputeTrait
	for _, n := range d.Identifiers {
		one := t
		one.Number = Code{n.Scheme, n.Value}
		traits = append(traits, one)
	}
	return traits
}

// disputeTrait gives what the rule looks at beside the number.
func disputeTrait(d *Dispute, source SourceKey) DisputeTrait {
	days := d.Period.Bounds().Possible()
	t := DisputeTrait{Key: d.Key, Source: source, From: int(days.From), To: int(days.To)}
	for _, p := range d.Participations {
		for _, a := range []ActorKey{p.Actor, p.OnBehalfOf} {
			if s := (SideTrait{a, p.Side}); a != "" && p.Role == RoleParty && p.Side != "" && !slices.Contains(t.Parts, s) {
				t.Parts = append(t.Parts, s)
			}
		}
	}
	return t
}

// CompareDisputeTraits orders traits as ConcludeDisputeLinks wants them: by number, then key, then source.
func CompareDisputeTraits(a, b DisputeTrait) int {
	return cmp.Or(cmp.Compare(a.Number.Scheme, b.Number.Scheme), cmp.Compare(a.Number.Value, b.Number.Value), cmp.Compare(a.Key, b.Key), cmp.Compare(a.Source, b.Source))
}

// Disagrees says in words what keeps two disputes of one number apart; it is empty where nothing does.
func (t DisputeTrait) Disagrees(with DisputeTrait) string {
	switch {
	case with.From-t.To > disputesApart || t.From-with.To > disputesApart:
		return fmt.Sprintf("more than a year lies between them: %s, and %s", t.days(), with.days())
	case !t.sharesOpponents(with):
		return "no two actors are on opposed sides in both"
	default:
		return ""
	}
}

func (t DisputeTrait) days() string { return Day(t.From).String() + " to " + Day(t.To-1).String() }

// sharesOpponents tells whether two actors that are opposed here are opposed there too, on whatever side.
func (t DisputeTrait) sharesOpponents(with DisputeTrait) bool {
	for i, a := range t.Parts {
		for _, b := range t.Parts[i+1:] {
			if a.Actor != b.Actor && AlignmentOf(a.Side, b.Side) == Opposed && with.opposes(a.Actor, b.Actor) {
				return true
			}
		}
	}
	return false
}

func (t DisputeTrait) opposes(x, y ActorKey) bool {
	for _, a := range t.Parts {
		for _, b := range t.Parts {
			if a.Actor == x && b.Actor == y && AlignmentOf(a.Side, b.Side) == Opposed {
				return true
			}
		}
	}
	return false
}

// ConcludeDisputeLinks links disputes by the rule. Traits come in the order of CompareDisputeTraits; rank gives each
// source's place in the order of preference. The links are a pure function of the traits and the ranks. Only what bears
// one number is held. An account is of one dispute: of the first number, in that order, by which it is linked.
func ConcludeDisputeLinks(traits iter.Seq2[DisputeTrait, error], rank func(SourceKey) int) ([]Link, error) {
	var links []Link
	taken := map[EngagementKey]bool{}
	done := func(same []DisputeTrait) {
		same = slices.DeleteFunc(same, func(t DisputeTrait) bool { return taken[t.Key] })
		if l, ok := disputeLink(same, rank); ok {
			links = append(links, l)
			for _, a := range l.Accounts {
				taken[a] = true
			}
		}
	}
	var same []DisputeTrait
	for t, err := range traits {
		if err != nil {
			return nil, err
		}
		if len(same) > 0 && same[0].Number != t.Number {
			done(same)
			same = same[:0]
		}
		same = append(same, t)
	}
	done(same)
	slices.SortFunc(links, func(a, b Link) int { return cmp.Compare(a.Key, b.Key) })
	return links, nil
}

// disputeLink makes a link of the disputes of one number: the lead, and what agrees with it.
func disputeLink(same []DisputeTrait, rank func(SourceKey) int) (Link, bool) {
	lead, ok := leadOf(same, rank)
	if !ok {
		return Link{}, false
	}
	l := Link{Lead: lead.Key, Rule: LinkDisputes, Accounts: []EngagementKey{lead.Key}}
	for _, t := range same {
		if t.Source != lead.Source && t.Disagrees(lead) == "" && !slices.Contains(l.Accounts, t.Key) {
			l.Accounts = append(l.Accounts, t.Key)
		}
	}
	slices.Sort(l.Accounts)
	l.Key = string(l.Accounts[0])
	return l, len(l.Accounts) > 1
}

// leadOf gives the only account of the most preferred source that has exactly one.
func leadOf(same []DisputeTrait, rank func(SourceKey) int) (lead DisputeTrait, ok bool) {
	has := map[SourceKey]int{}
	for _, t := range same {
		has[t.Source]++
	}
	for _, t := range same {
		if has[t.Source] == 1 && (!ok || cmp.Or(cmp.Compare(rank(t.Source), rank(lead.Source)), cmp.Compare(t.Key, lead.Key)) < 0) {
			lead, ok = t, true
		}
	}
	return lead, ok
}
