package cowmid

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// A party is a row of MIDB as it is understood: a state, for a time, on a side.
type party struct {
	stay
	cells
	period graph.Period
	side   string
	is     graph.Participation // what its participations share
	topics []graph.Topic
}

// dispute makes a dispute of a row of MIDA and its rows of MIDB, or says why it cannot: all that is wrong with any of
// them at once.
func (r *reader) dispute(t *thing) (*graph.Dispute, []graph.Mistake) {
	if bad := t.judge(midA, midB); len(bad) > 0 {
		return nil, bad
	}
	c := cells{row: t.heads[0], book: r.book}
	c.version()
	coded := c.period()
	outcome, settle := c.code("outcome", "outcome"), c.code("settle", "settle")
	level, precise := c.code("fatality", "fatality"), c.count("fatalpre")
	shortest, longest := c.count("mindur"), c.count("maxdur")
	action := c.code("hiact", "action")
	hostility := c.hostility(action)
	reciprocated, ongoing := c.flag("recip"), c.flag("ongo2014")
	sideA, sideB := c.count("numa"), c.count("numb")
	if longest >= 0 && shortest > longest {
		c.mistake("mindur", "the shortest duration is longer than the longest (maxdur)", "")
	}

	period := coded
	if ongoing != nil && *ongoing {
		period.End, period.Why = graph.Date{}, graph.Censored
	}
	parties, bad := r.parties(t, coded, period)
	if bad = append(c.bad, bad...); len(bad) > 0 {
		return nil, bad
	}
	fatalities, contradiction := deaths(level, precise)
	d := &graph.Dispute{
		EngagementBase: graph.EngagementBase{
			Key:            disputeKey(t.number),
			Kind:           graph.KindDispute,
			Titles:         []graph.Name{{Text: fmt.Sprintf("Militarized dispute %s: %s, %s", t.number, r.sides(parties, " versus "), years(period)), Lang: "en"}},
			Topics:         topics(parties),
			Period:         period,
			Participations: participations(parties),
			Citations:      []graph.Citation{{Source: Key, Locator: "dispute " + t.number}},
		},
		Form:       graph.DisputeMilitarized,
		Hostility:  hostility,
		Fatalities: fatalities,
		Outcome:    outcome.words,
		Settlement: settle.words,
	}
	d.Summary = sentences(
		say(action.words != "", "Highest action: %s (%d).", action.words, action.code),
		reciprocity(reciprocated),
		duration(shortest, longest),
		say(period.Why == graph.Censored && !coded.End.IsZero(), "It went on when the data ended; its last coded day is %s.", coded.End),
		miscount(parties, sideA, sideB),
		contradiction,
	)
	return d, nil
}

// parties reads the rows of MIDB of one dispute. They come in an order of their own, not that of the file: side
// A first, on each side those who were in it from the beginning, then by start and number.
func (r *reader) parties(t *thing, coded, period graph.Period) ([]party, []graph.Mistake) {
	var all []party
	var bad []graph.Mistake
	for _, row := range t.parts {
		p := party{cells: cells{row: row, book: r.book}}
		p.version()
		own := p.cells.period()
		p.period = own
		if !own.End.IsZero() && own.End == coded.End {
			p.period.End, p.period.Why = period.End, period.Why // it stayed as long as the dispute went on
		}
		p.stay = p.holders(r.states, own, p.period)
		p.side = p.cells.side("sidea")
		action := p.code("hiact", "action")
		level, precise := p.code("fatality", "fatality"), p.count("fatalpre")
		p.is = graph.Participation{
			Role: graph.RoleParty, Side: p.side,
			Originator: p.flag("orig"), Revisionist: p.flag("revstate"),
			HighestAction: action.words, Hostility: p.hostility(action),
		}
		p.is.Fatalities, p.is.Note = deaths(level, precise)
		p.is.Position, p.topics = p.revision()
		p.is.Note = sentences(p.is.Note, p.split(r.states), p.listed())
		bad = append(bad, p.bad...)
		all = append(all, p)
	}
	if len(bad) > 0 {
		return nil, bad
	}
	slices.SortStableFunc(all, func(a, b party) int {
		return cmp.Or(
			cmp.Compare(a.side, b.side), cmp.Compare(rank(a), rank(b)), compareDates(a.period.Start, b.period.Start),
			cmp.Compare(a.ccode, b.ccode), compareDates(a.period.End, b.period.End),
		)
	})
	return all, append(overlaps(all), oneSided(all)...)
}

func rank(p party) int {
	if p.is.Originator != nil && *p.is.Originator {
		return 0
	}
	return 1
}

// revision reads which changes a state sought, in the codebook's words, and the topics that makes of the dispute.
func (c *cells) revision() (position string, of []graph.Topic) {
	var sought []string
	for _, field := range []string{"revtype1", "revtype2"} {
		m := c.code(field, "revtype")
		if m.code == territory {
			of = []graph.Topic{graph.TopicTerritory}
		}
		if m.words != "" && !slices.Contains(sought, m.words) {
			sought = append(sought, m.words)
		}
	}
	if len(sought) > 0 {
		position = "seeks revision: " + strings.Join(sought, ", ")
	}
	return position, of
}

// territory is the revision type that makes a dispute one about territory.
const territory = 1

// topics are those of every militarized dispute, and of what its parties sought.
func topics(parties []party) []graph.Topic {
	of := []graph.Topic{graph.TopicDefense}
	for _, p := range parties {
		for _, t := range p.topics {
			if !slices.Contains(of, t) {
				of = append(of, t)
			}
		}
	}
	return of
}

// participations makes one of each holder of each row. The deaths of a row that is divided are at most each
// part's, and at least nobody's.
func participations(parties []party) []graph.Participation {
	var all []graph.Participation
	for _, p := range parties {
		for _, h := range p.held {
			part := p.is
			part.Actor, part.Period = h.actor, h.period
			if f := part.Fatalities; len(p.held) > 1 && f != nil {
				none := 0
				part.Fatalities = &graph.Range{Low: &none, High: f.High}
			}
			all = append(all, part)
		}
	}
	return all
}

// overlaps are rows of one state that certainly share a day: it cannot be in one dispute twice at once.
func overlaps(all []party) (bad []graph.Mistake) {
	for i := range all {
		for j := range all[:i] {
			a, b := &all[j], &all[i]
			if a.ccode == b.ccode && a.period.Bounds().Certain().Overlaps(b.period.Bounds().Certain()) {
				b.bad = nil
				b.mistake("ccode", fmt.Sprintf("the state has another row for the same days, in line %d", a.row.Line), "leave one of them out, or correct the dates")
				bad = append(bad, b.bad...)
			}
		}
	}
	return bad
}

// oneSided is a dispute that nobody has with anybody.
func oneSided(all []party) []graph.Mistake {
	for _, p := range all {
		if p.side != all[0].side {
			return nil
		}
	}
	p := &all[0]
	p.mistake("sidea", fmt.Sprintf("all of the dispute's %d rows are on side %s, and a dispute has two", len(all), strings.ToUpper(p.side)), "is a row missing?")
	return p.bad
}
