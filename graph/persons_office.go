package graph

import (
	"cmp"
	"fmt"
	"slices"
)

// An officeSpell is a spell of one of the persons.
type officeSpell struct {
	person int
	PersonSpell
}

// An officeOf is an office of an actor by its title; those of heads of state and government count as one.
type officeOf struct {
	of    ActorKey
	title string
}

// anyHead stands for the titles of heads of state and government.
const anyHead = "\x00head"

func (s PersonSpell) officeOf() officeOf {
	if headed(s.Office) {
		return officeOf{s.Of, anyHead}
	}
	return officeOf{s.Of, s.Office}
}

// byOffice looks at who held an office on the days on which another is said to have acted in it, or held it by another source.
func (p *people) byOffice() {
	by := map[officeOf][]officeSpell{} // those that held it
	for i, one := range p.all {
		for _, s := range one.Spells {
			if s.Held != "" && s.Office != "" {
				by[s.officeOf()] = append(by[s.officeOf()], officeSpell{i, s})
			}
		}
	}
	for i, one := range p.all {
		found := map[int]string{}
		var doubtful []int
		for _, s := range one.Spells {
			if s.Office == "" || s.Days.Empty() {
				continue
			}
			holders := p.holders(i, s, by[s.officeOf()])
			for _, h := range holders {
				others := slices.ContainsFunc(holders, func(o officeSpell) bool { return o.Held == h.Held && o.person != h.person })
				if others {
					doubtful = append(doubtful, h.person)
					continue
				}
				if found[h.person] == "" {
					found[h.person] = fmt.Sprintf("%s acted for %s as %s on %s, when %s held the office", one.Key, s.Of, s.Office, daysOf(s.Days, h.Days), p.all[h.person].Key)
				}
			}
		}
		for _, h := range doubtful {
			if delete(found, h); p.near[pairOf(i, h)] == nil {
				p.near[pairOf(i, h)] = []string{fmt.Sprintf("%s held an office of those days, and so did another of this name", p.all[h].Key)}
			}
		}
		var order []int
		for h := range found {
			order = append(order, h)
		}
		slices.Sort(order)
		for _, h := range order {
			p.tie(1, i, h, found[h])
		}
		p.unlikeHolders(i, by)
	}
}

// holders gives those that held the office of a spell on its days and whose names agree with the person's. Of two tenures it
// takes half of the shorter, for the day on which one follows the other is both's.
func (p *people) holders(i int, s PersonSpell, held []officeSpell) (found []officeSpell) {
	for _, h := range held {
		shared := s.Days.Intersect(h.Days)
		if shared.Empty() || h.person == i || h.Held == s.Held || !p.agree(i, h.person) {
			continue
		}
		if s.Held != "" && 2*(shared.To-shared.From) < min(s.Days.To-s.Days.From, h.Days.To-h.Days.From) {
			continue
		}
		found = append(found, h)
	}
	return found
}

// unlikeHolders proposes who alone held the office in which another acted, where their names do not agree and yet share a word, or
// are of different scripts.
func (p *people) unlikeHolders(i int, by map[officeOf][]officeSpell) {
	for _, s := range p.all[i].Spells {
		if s.Office == "" || s.Held != "" {
			continue
		}
		for _, h := range by[s.officeOf()] {
			if h.person == i || h.Office != s.Office || !s.Days.Overlaps(h.Days) || p.agree(i, h.person) || p.near[pairOf(i, h.person)] != nil {
				continue
			}
			if p.alike(i, h.person) {
				p.near[pairOf(i, h.person)] = []string{
					fmt.Sprintf("%s acted for %s as %s on %s, when %s held the office", p.all[i].Key, s.Of, s.Office, daysOf(s.Days, h.Days), p.all[h.person].Key),
					fmt.Sprintf("their names differ: %s, %s", p.all[i].Names[0], p.all[h.person].Names[0]),
				}
			}
		}
	}
}

// agree tells whether some name of the one agrees with some name of the other.
func (p *people) agree(a, b int) bool {
	return slices.ContainsFunc(p.names[a], func(n personName) bool { return slices.ContainsFunc(p.names[b], n.agrees) })
}

// alike tells whether names share a word, or whether no two of them are of one script.
func (p *people) alike(a, b int) bool {
	comparable := false
	for _, n := range p.names[a] {
		for _, m := range p.names[b] {
			comparable = comparable || n.runes == m.runes
			if slices.ContainsFunc(n.words, func(w string) bool {
				return len(w) > 2 && slices.ContainsFunc(m.words, func(o string) bool { return len(o) > 2 && likeWord(w, o) })
			}) {
				return true
			}
		}
	}
	return !comparable
}

func pairOf(a, b int) [2]int { return [2]int{min(a, b), max(a, b)} }

// daysOf writes the first day that two intervals share.
func daysOf(a, b Interval) string { return a.Intersect(b).From.String() }

// conclude joins what the ties and the decisions say is one, the surest first, but never what a decision or a source keeps apart.
func (p *people) conclude(decisions []Decision, rank func(SourceKey) int) ([]Identity, []Proposal) {
	slices.SortFunc(p.ties, func(a, b personTie) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.a, b.a), cmp.Compare(a.b, b.b), cmp.Compare(a.because, b.because))
	})
	var decided []personTie
	refused := map[int][]int{}
	decisions = slices.Clone(decisions)
	slices.SortFunc(decisions, func(a, b Decision) int { return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B)) })
	for _, d := range decisions {
		a, known := p.place[ActorKey(d.A)]
		b, both := p.place[ActorKey(d.B)]
		switch {
		case !known || !both:
		case d.Verdict == VerdictDifferent:
			refused[a], refused[b] = append(refused[a], b), append(refused[b], a)
		case d.Verdict == VerdictSame:
			decided = append(decided, personTie{a, b, -1, RuleDecision, d.Because})
		}
	}
	g := newGroups(p, refused)
	for _, t := range slices.Concat(decided, p.ties) {
		if !g.join(t) && t.rank >= 0 && !slices.Contains(refused[t.a], t.b) {
			p.near[pairOf(t.a, t.b)] = []string{t.because, "but that would join what a decision, or a source, keeps apart"}
		}
	}
	return g.identities(rank), p.proposals(g, refused)
}

// proposals gives the likely pairs that are still apart and of which nobody decided, by key.
func (p *people) proposals(g *groups, refused map[int][]int) []Proposal {
	var found []Proposal
	for pair, because := range p.near {
		if g.root(pair[0]) == g.root(pair[1]) || slices.Contains(refused[pair[0]], pair[1]) {
			continue
		}
		found = append(found, Proposal{A: string(p.all[pair[0]].Key), B: string(p.all[pair[1]].Key), What: "person", Because: because})
	}
	slices.SortFunc(found, func(a, b Proposal) int { return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B)) })
	return found
}

// groups are persons as they are joined.
type groups struct {
	*people
	parent  []int
	members map[int][]int
	because map[int][]Sameness
	refused map[int][]int
}

func newGroups(p *people, refused map[int][]int) *groups {
	g := &groups{people: p, parent: make([]int, len(p.all)), members: map[int][]int{}, because: map[int][]Sameness{}, refused: refused}
	for i := range g.parent {
		g.parent[i] = i
		g.members[i] = []int{i}
	}
	return g
}

func (g *groups) root(i int) int {
	for g.parent[i] != i {
		i = g.parent[i]
	}
	return i
}

// join makes one group of two, unless a decision keeps some of them apart or, against a rule, a source does.
func (g *groups) join(t personTie) bool {
	a, b := g.root(t.a), g.root(t.b)
	if a == b {
		return true
	}
	for _, x := range g.members[a] {
		for _, y := range g.members[b] {
			byDecision := slices.Contains(g.refused[x], y)
			bySource := t.rank >= 0 && slices.ContainsFunc(g.all[x].Apart, func(s SourceKey) bool { return slices.Contains(g.all[y].Apart, s) })
			if byDecision || bySource {
				return false
			}
		}
	}
	a, b = min(a, b), max(a, b)
	g.parent[b] = a
	g.members[a] = append(g.members[a], g.members[b]...)
	g.because[a] = append(append(g.because[a], g.because[b]...), Sameness{A: g.all[t.a].Key, B: g.all[t.b].Key, Rule: t.rule, Because: t.because})
	delete(g.members, b)
	delete(g.because, b)
	return true
}

// identities gives the groups of several, by the key that leads: that of the most preferred source.
func (g *groups) identities(rank func(SourceKey) int) []Identity {
	var found []Identity
	for root, members := range g.members {
		if len(members) < 2 {
			continue
		}
		slices.Sort(members)
		lead := slices.MinFunc(members, func(x, y int) int {
			return cmp.Or(cmp.Compare(rank(g.all[x].Source), rank(g.all[y].Source)), cmp.Compare(g.all[x].Key, g.all[y].Key))
		})
		i := Identity{Key: string(g.all[lead].Key), Lead: g.all[lead].Key, Because: g.because[root]}
		for _, m := range members {
			i.Persons = append(i.Persons, g.all[m].Key)
		}
		slices.SortFunc(i.Because, func(a, b Sameness) int { return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B)) })
		found = append(found, i)
	}
	slices.SortFunc(found, func(a, b Identity) int { return cmp.Compare(a.Key, b.Key) })
	return found
}
