package synthetic

import (
	"fmt"
	"math/rand/v2"

	"github.com/entente-graph/entente/graph"
)

// The things of each hundred numbers, by their place in it.
const (
	persons     = 4
	offices     = persons + 1
	tenures     = offices + 5
	memberships = tenures + 2
	agreements  = memberships + 10
	disputes    = agreements + 7
	meetings    = disputes + 40
	acts        = meetings + 25
)

// Thing gives what a number makes: something that graph.NewStatement takes. The first numbers make the states; of
// each hundred after them 62 make meetings, acts, agreements or disputes, and the rest persons, ministries, tenures,
// memberships and assertions about the others. Each ten thousand run from 1960 to 2024, as datasets that are loaded
// one after another do.
func Thing(number, edition int) any {
	m := maker{world: theWorld(), number: number, edition: edition, r: rand.New(rand.NewPCG(1960, uint64(number)))} //nolint:gosec // the same every time
	if number <= states {
		return m.state()
	}
	switch at := number % 100; {
	case at < persons:
		return m.person()
	case at < offices:
		return m.ministry()
	case at < tenures:
		return m.tenure()
	case at < memberships:
		return m.membership()
	case at < agreements:
		return m.agreement()
	case at < disputes:
		return m.dispute()
	case at < meetings:
		return m.meeting()
	case at < acts:
		return m.act()
	default:
		return m.assertion()
	}
}

type maker struct {
	*world
	r               *rand.Rand
	number, edition int
}

const statePrefix = "synthetic:state-"

func stateKey(i int) graph.ActorKey { return graph.ActorKey(fmt.Sprintf(statePrefix+"%03d", i)) }

// actor names the actor that a number makes; below is one of the same hundred.
func actor(number int) graph.ActorKey {
	if number <= states {
		return stateKey(number - 1)
	}
	return graph.ActorKey(fmt.Sprintf("synthetic:actor-%07d", number))
}

func (m *maker) below(places, from int) int {
	n := m.number - m.number%100 + from + m.r.IntN(places)
	if n <= states {
		n += 200 // the first hundreds are states
	}
	return n
}

func engagement(number int) graph.EngagementKey {
	return graph.EngagementKey(fmt.Sprintf("synthetic:%07d", number))
}

// date is about where in the 65 years the number stands, and now and then no more than a month or a year.
func (m *maker) date() graph.Date {
	const from, days, run = -3653, 65 * 365, 10_000 // 1960-01-01
	day := graph.Day(from + (m.number%run)*days/run + m.r.IntN(90)).String()
	switch m.r.IntN(20) {
	case 0:
		day = day[:4]
	case 1, 2:
		day = day[:7]
	case 3:
		day += "~"
	}
	return graph.MustDate(day)
}

// span begins on a date and ends some years later, or goes on.
func (m *maker) span(years int) graph.Period {
	start := m.date()
	if m.r.IntN(4) == 0 {
		return graph.Period{Start: start, Why: graph.Ongoing}
	}
	end := start.Earliest() + 366 + graph.Day(m.r.IntN(years*365))
	return graph.Period{Start: start, End: graph.MustDate(end.String())}
}

func (m *maker) base(kind graph.EngagementKind, title string, period graph.Period) graph.EngagementBase {
	if m.edition > 1 {
		title = fmt.Sprintf("%s, edition %d", title, m.edition)
	}
	b := graph.EngagementBase{
		Key: engagement(m.number), Kind: kind, Titles: english(title), Topics: some(m.r, 1+m.r.IntN(3)/2, graph.Topics), Period: period,
		Citations: []graph.Citation{{Locator: fmt.Sprintf("record %d", m.number)}},
	}
	if m.r.IntN(2) == 0 {
		b.Place = one(m.r, m.cities)
	}
	if m.r.IntN(3) == 0 {
		b.Summary = m.sentence()
	}
	return b
}

func (m *maker) sentence() string {
	w := some(m.r, 6, subjects)
	return fmt.Sprintf("The sides spoke of %s and %s in %s, left %s and %s aside, and agreed to come back to %s within the year; %s was not mentioned.",
		w[0], w[1], one(m.r, m.cities), w[2], w[3], w[4], w[5])
}

func (m *maker) state() any {
	i := m.number - 1
	a := &graph.ActorFacts{
		Key: stateKey(i), Kind: graph.KindState,
		Names:       []graph.Name{{Text: m.names[i], Lang: "en"}, {Text: "Republic of " + m.names[i], Lang: "en"}},
		Identifiers: []graph.Identifier{{Scheme: "synthetic", Value: fmt.Sprint(i)}},
	}
	if i%5 == 0 {
		a.Existence = []graph.Period{{Start: graph.MustDate(fmt.Sprint(1960 + i/5)), Why: graph.Ongoing}}
	}
	return a
}

func (m *maker) person() any {
	return &graph.ActorFacts{Key: actor(m.number), Kind: graph.KindPerson, Names: english(name(m.r) + " " + name(m.r))}
}

func (m *maker) ministry() any {
	of := m.parties(m.r, 1)[0]
	return &graph.ActorFacts{
		Key: actor(m.number), Kind: graph.KindOrganization, Names: english("Ministry of " + one(m.r, subjects) + " of " + m.names[of]),
		PartOf: []graph.PartOf{{Actor: stateKey(of)}},
	}
}

func (m *maker) tenure() any {
	of := m.parties(m.r, 1)[0]
	return &graph.Tenure{
		Key: graph.TenureKey(fmt.Sprintf("synthetic:%07d", m.number)), Person: actor(m.below(persons, 0)), Office: "Minister of " + one(m.r, subjects),
		Of: stateKey(of), Period: m.span(6), Citations: []graph.Citation{{Locator: fmt.Sprintf("record %d", m.number)}},
	}
}

func (m *maker) membership() any {
	return &graph.Membership{
		Key: graph.MembershipKey(fmt.Sprintf("synthetic:%07d", m.number)), Member: stateKey(m.parties(m.r, 1)[0]), Organization: actor(m.below(1, persons)),
		Status: graph.MemberFull, Period: m.span(30),
	}
}

func (m *maker) assertion() any {
	return &graph.Assertion{
		Key: graph.AssertionKey(fmt.Sprintf("synthetic:%07d", m.number)), About: engagement(m.below(50, memberships)), Author: stateKey(m.parties(m.r, 1)[0]),
		Stance: one(m.r, []graph.Stance{graph.Asserts, graph.Denies, graph.DoesNotConfirm}), Text: m.sentence(), Date: m.date(),
	}
}
