package graph

import (
	"cmp"
	"iter"
	"slices"
)

// LinkIndependences is the rule by which acts of independence are linked. Two of different sources are accounts of one where
//
//   - the same state, and it alone, became independent by both, and both are on TERRITORY;
//   - they begin no more than a year apart: sources take the declaration, the treaty or the recognition for the day;
//   - and in those years, one after the other with no more than a year between, there is exactly one of each source.
//
// From whom a state became independent does not count: sources name the former ruler, who occupied it last, or nobody.
const LinkIndependences = "independences/1"

// independencesApart is how many days apart two accounts of one independence may begin.
const independencesApart = 366

// An IndependenceTrait is what the rule looks at in an act of independence.
type IndependenceTrait struct {
	Key    EngagementKey `json:"key"`
	Source SourceKey     `json:"source"`
	Who    ActorKey      `json:"who"`
	Begins Day           `json:"begins"` // at the earliest
}

// IndependenceTraits gives what the rule looks at; nothing for other acts and topics, and where nobody
// says who or when.
func IndependenceTraits(a *Act, source SourceKey) []IndependenceTrait {
	by := a.By()
	if a.Type != ActIndependence || len(by) != 1 || a.Period.Start.IsZero() || !slices.Contains(a.Topics, TopicTerritory) {
		return nil
	}
	return []IndependenceTrait{{a.Key, source, by[0], a.Period.Start.Earliest()}}
}

// CompareIndependenceTraits orders traits as ConcludeIndependenceLinks wants them: by who, then when, then key and source.
func CompareIndependenceTraits(a, b IndependenceTrait) int {
	return cmp.Or(cmp.Compare(a.Who, b.Who), cmp.Compare(a.Begins, b.Begins), cmp.Compare(a.Key, b.Key), cmp.Compare(a.Source, b.Source))
}

// ConcludeIndependenceLinks links acts of independence by the rule. Traits come in the order of CompareIndependenceTraits; rank
// gives each source's place in the order of preference. The links are a pure function of the traits and the ranks. Only what
// lies within a year of the one before is held.
func ConcludeIndependenceLinks(traits iter.Seq2[IndependenceTrait, error], rank func(SourceKey) int) ([]Link, error) {
	var links []Link
	var near []IndependenceTrait
	done := func() {
		if l, ok := independenceLink(near, rank); ok {
			links = append(links, l)
		}
		near = near[:0]
	}
	for t, err := range traits {
		if err != nil {
			return nil, err
		}
		if n := len(near); n > 0 && (near[n-1].Who != t.Who || t.Begins-near[n-1].Begins > independencesApart) {
			done()
		}
		near = append(near, t)
	}
	done()
	slices.SortFunc(links, func(a, b Link) int { return cmp.Compare(a.Key, b.Key) })
	return links, nil
}

// independenceLink makes a link of acts that follow one another, if each source has one of them.
func independenceLink(near []IndependenceTrait, rank func(SourceKey) int) (Link, bool) {
	if len(near) < 2 {
		return Link{}, false
	}
	l := Link{Rule: LinkIndependences}
	lead := near[0]
	for i, t := range near {
		if slices.ContainsFunc(near[:i], func(o IndependenceTrait) bool { return o.Source == t.Source || o.Key == t.Key }) {
			return Link{}, false
		}
		l.Accounts = append(l.Accounts, t.Key)
		if cmp.Or(cmp.Compare(rank(t.Source), rank(lead.Source)), cmp.Compare(t.Key, lead.Key)) < 0 {
			lead = t
		}
	}
	slices.Sort(l.Accounts)
	l.Key, l.Lead = string(l.Accounts[0]), lead.Key
	return l, true
}
