package graph

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// The rules by which keys of persons are linked, surest first. A pair is of one person where
//
//   - persons-identifier: both have one identifier of a scheme that names persons;
//   - persons-office: one is said to have acted for a state as its head of state or government, or in an office, on a day on which
//     the other held that office; their names agree; and of those who held it then by one source, no other's name does;
//   - persons-name: both have a full name, and it is one; they acted for one state, no more than twenty years apart;
//   - persons-likeness: full names agree word by word from the first on, where words of the longer may be left out of the other; they
//     acted for one state under one title, no more than five years apart;
//   - persons-title: names of one word are one; they acted for one state under one title, no more than five years apart.
//
// They rather leave two keys apart than they take two persons for one. What a source keeps apart no rule joins: two entries of a
// dossier, two holders of offices of one dataset. docs/matching.md says how precise each is.
const (
	RuleIdentifier = "persons-identifier/1"
	RuleOffice     = "persons-office/1"
	RuleName       = "persons-name/1"
	RuleLikeness   = "persons-likeness/1"
	RuleTitle      = "persons-title/1"
	RuleDecision   = "decision" // a person decided it
)

// PersonRules lists the rules, surest first.
var PersonRules = []string{RuleIdentifier, RuleOffice, RuleName, RuleLikeness, RuleTitle}

// How far apart the days of one person may be.
const (
	nameApart  = 20 * 366
	titleApart = 5 * 366
	nearApart  = 10 * 366 // of a proposal
)

// A PersonTrait is what the rules look at in a person.
type PersonTrait struct {
	Key         ActorKey
	Source      SourceKey // the most preferred that speaks of the person
	Names       []string
	Identifiers []Code
	Spells      []PersonSpell
	// Apart names the sources that keep this person apart from others of theirs.
	Apart []SourceKey
}

// A PersonSpell is a time in which a person acted for a state or an organisation, in an office if it is said.
type PersonSpell struct {
	Of     ActorKey
	Office string // folded; may be empty
	Days   Interval
	Held   SourceKey // who says that it is a tenure of the office; empty: the person acted under this title
}

// headWords begin, or are, titles of heads of state and government; what unmakes them stands before or behind.
var (
	headTitles = []string{
		"president", "prime minister", "premier", "chancellor", "king", "queen", "emperor", "empress", "sultan", "emir", "amir", "shah",
		"sheikh", "chairman", "head of state", "head of government", "chief of state", "leader", "effective leader", "grand duke", "prince", "pope", "taoiseach",
		"first minister", "acting president", "acting prime minister", "interim president", "regent", "ruler",
	}
	noHead = []string{"vice", "deputy", "elect", "former", "designate", "crown", "senate", "assembly", "parliament"}
)

// headed tells whether an office is that of a head of state or government.
func headed(office string) bool {
	if slices.ContainsFunc(noHead, func(w string) bool { return strings.Contains(office, w) }) {
		return false
	}
	return slices.ContainsFunc(headTitles, func(t string) bool { return office == t || strings.HasPrefix(office, t+" ") })
}

// A Proposal is a pair that the rules find likely and do not decide, with what speaks for it and against.
type Proposal struct {
	A       string   `json:"a"`
	B       string   `json:"b"`
	What    string   `json:"what"` // person, or the kind of engagement
	Because []string `json:"because"`
}

// tie is a pair that a rule takes for one.
type personTie struct {
	a, b    int // places among the persons, a < b
	rank    int
	rule    string
	because string
}

// people are the persons as the rules go through them.
type people struct {
	all   []PersonTrait
	names [][]personName
	place map[ActorKey]int
	ties  []personTie
	near  map[[2]int][]string // pairs that are likely
}

// ConcludeIdentities links the keys of persons by the rules and by what people decided, and gives what the rules find likely and
// do not decide. It is a pure function of what it is given, in whatever order; rank gives each source's place in the order of
// preference. All persons are held in memory, a few hundred bytes each.
func ConcludeIdentities(persons []PersonTrait, decisions []Decision, rank func(SourceKey) int) ([]Identity, []Proposal) {
	p := &people{all: slices.Clone(persons), place: map[ActorKey]int{}, near: map[[2]int][]string{}}
	slices.SortFunc(p.all, func(a, b PersonTrait) int { return cmp.Compare(a.Key, b.Key) })
	for i, one := range p.all {
		p.place[one.Key] = i
		var names []personName
		for _, text := range one.Names {
			if n := parsePersonName(text); len(n.words) > 0 {
				names = append(names, n)
			}
		}
		p.names = append(p.names, names)
	}
	p.byIdentifier()
	p.byName()
	p.byOffice()
	p.byLikeness()
	return p.conclude(decisions, rank)
}

func (p *people) tie(rank int, a, b int, because string) {
	if b < a {
		a, b = b, a
	}
	p.ties = append(p.ties, personTie{a, b, rank, PersonRules[rank], because})
}

// grouped gives the groups of places that share a key, in the order of the keys.
func groupedBy[K cmp.Ordered](n int, keys func(i int) []K) [][]int {
	by := map[K][]int{}
	for i := range n {
		seen := map[K]bool{}
		for _, k := range keys(i) {
			if !seen[k] {
				seen[k] = true
				by[k] = append(by[k], i)
			}
		}
	}
	var order []K
	for k, group := range by {
		if len(group) > 1 {
			order = append(order, k)
		}
	}
	slices.Sort(order)
	groups := make([][]int, len(order))
	for i, k := range order {
		groups[i] = by[k]
	}
	return groups
}

// each calls do for each two places that are together in a group, once.
func eachPair(groups [][]int, do func(a, b int)) {
	seen := map[[2]int]bool{}
	for _, g := range groups {
		for i, a := range g {
			for _, b := range g[i+1:] {
				if !seen[[2]int{a, b}] {
					seen[[2]int{a, b}] = true
					do(a, b)
				}
			}
		}
	}
}

func (p *people) byIdentifier() {
	groups := groupedBy(len(p.all), func(i int) (keys []string) {
		for _, c := range p.all[i].Identifiers {
			keys = append(keys, c.String())
		}
		return keys
	})
	eachPair(groups, func(a, b int) {
		for _, c := range p.all[a].Identifiers {
			if slices.Contains(p.all[b].Identifiers, c) {
				p.tie(0, a, b, "both are "+c.String())
				return
			}
		}
	})
}

// byName looks at those with one name: of one state it may be one person.
func (p *people) byName() {
	groups := groupedBy(len(p.all), func(i int) (keys []string) {
		for _, n := range p.names[i] {
			keys = append(keys, n.keys()...)
		}
		return keys
	})
	eachPair(groups, func(a, b int) {
		full, text := p.oneName(a, b)
		days, of, title := p.nearest(a, b)
		switch {
		case text == "":
		case of == "" && full:
			p.near[[2]int{a, b}] = []string{"both are called " + text, p.forWhom(a, b)}
		case of == "":
		case full && days <= nameApart:
			p.tie(2, a, b, fmt.Sprintf("both are called %s and acted for %s%s", text, of, apart(days)))
		case !full && title != "" && days <= titleApart:
			p.tie(4, a, b, fmt.Sprintf("both are called %s and acted for %s as %s%s", text, of, title, apart(days)))
		case full || days <= nearApart:
			p.near[[2]int{a, b}] = []string{fmt.Sprintf("both are called %s and acted for %s%s", text, of, apart(days))}
		}
	})
}

// byLikeness looks at those whose names agree without being one, and who acted for one state under one title, soon one after the
// other. Where the names are not full, or begin otherwise, it proposes: a son may have his father's name in his own.
func (p *people) byLikeness() {
	tied := map[[2]int]bool{}
	for _, t := range p.ties {
		tied[[2]int{t.a, t.b}] = true
	}
	groups := groupedBy(len(p.all), func(i int) (keys []string) {
		for _, s := range p.all[i].Spells {
			if s.Office == "" {
				continue
			}
			for _, n := range p.names[i] {
				for _, w := range n.words {
					if len(w) > 2 {
						keys = append(keys, string(s.Of)+" "+s.Office+" "+w)
					}
				}
			}
		}
		return keys
	})
	eachPair(groups, func(a, b int) {
		_, of, title := p.nearest(a, b)
		if tied[[2]int{a, b}] || title == "" || !p.agree(a, b) || p.near[[2]int{a, b}] != nil {
			return
		}
		text := fmt.Sprintf("%s and %s acted for %s as %s within five years", p.all[a].Names[0], p.all[b].Names[0], of, title)
		if slices.ContainsFunc(p.names[a], func(n personName) bool { return slices.ContainsFunc(p.names[b], n.shortens) }) {
			p.tie(3, a, b, text)
			return
		}
		p.near[[2]int{a, b}] = []string{text}
	})
}

func apart(days Day) string {
	switch {
	case days <= 0:
		return " at one time"
	case days < 366:
		return ", less than a year apart"
	default:
		return fmt.Sprintf(", %s apart", years(days))
	}
}

func years(days Day) string {
	if n := int(days) / 365; n > 1 {
		return fmt.Sprintf("%d years", n)
	}
	return "a year"
}

// oneName gives a name that two have, as written, and whether it is a full one.
func (p *people) oneName(a, b int) (full bool, text string) {
	for i, n := range p.names[a] {
		for _, m := range p.names[b] {
			if !n.equal(m) {
				continue
			}
			if isFull := n.full() && m.full(); text == "" || isFull && !full {
				full, text = isFull, p.all[a].Names[min(i, len(p.all[a].Names)-1)]
			}
		}
	}
	return full, text
}

// nearest gives how many days lie between what two did for one state, for whom, and a title that both had within five years; ""
// where there is no such state.
func (p *people) nearest(a, b int) (days Day, of ActorKey, title string) {
	titled := Day(titleApart + 1)
	for _, s := range p.all[a].Spells {
		for _, t := range p.all[b].Spells {
			if s.Of != t.Of {
				continue
			}
			gap := max(0, t.Days.From-s.Days.Last(), s.Days.From-t.Days.Last())
			if of == "" || gap < days {
				days, of = gap, s.Of
			}
			if s.Office != "" && s.Office == t.Office && gap < titled {
				titled, title = gap, s.Office
			}
		}
	}
	return days, of, title
}

// forWhom says for whom two acted, where that is not one state.
func (p *people) forWhom(a, b int) string {
	who := func(i int) string {
		var all []string
		for _, s := range p.all[i].Spells {
			if !slices.Contains(all, string(s.Of)) {
				all = append(all, string(s.Of))
			}
		}
		if len(all) == 0 {
			return "for nobody that is known"
		}
		slices.Sort(all)
		return "for " + strings.Join(all[:min(3, len(all))], ", ")
	}
	return fmt.Sprintf("%s acted %s, %s %s", p.all[a].Key, who(a), p.all[b].Key, who(b))
}
