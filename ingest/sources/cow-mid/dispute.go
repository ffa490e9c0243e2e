package cowmid

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/cow"
)

// A party is a row of MIDB as it is understood: a state, for a time, on a side.
type party struct {
	cow.Stay
	cow.Cells
	period graph.Period
	side   string
	is     graph.Participation // what its participations share
	topics []graph.Topic
}

// dispute makes a dispute of a row of MIDA and its rows of MIDB, or says why it cannot: all that is wrong with any of
// them at once.
func (r *reader) dispute(t *thing) (*graph.Dispute, []graph.Mistake) {
	if bad := t.judge(r.edition, midA, midB); len(bad) > 0 {
		return nil, bad
	}
	c := r.cells(t.heads[0])
	r.edition.checkVersion(&c)
	r.edition.checkNumber(&c)
	coded := c.Period()
	outcome, settle := c.Code("outcome", "outcome"), c.Code("settle", "settle")
	level, precise := c.Code("fatality", "fatality"), c.Count("fatalpre")
	shortest, longest := c.Count("mindur"), c.Count("maxdur")
	action := c.Code("hiact", "action")
	hostility := c.Hostility(action)
	reciprocated, ongoing := c.Flag("recip"), c.Flag(r.edition.ongoing)
	sideA, sideB := c.Count("numa"), c.Count("numb")
	links, lost := r.edition.linked(&c)
	if longest >= 0 && shortest > longest {
		c.Mistake("mindur", "the shortest duration is longer than the longest (maxdur)", "")
	}

	period := coded
	if ongoing != nil && *ongoing {
		period = graph.Observed(period.Start, cow.LastDay(r.edition.last))
	}
	parties, bad := r.parties(t, coded, period)
	if bad = append(c.Bad, bad...); len(bad) > 0 {
		return nil, bad
	}
	fatalities, contradiction := cow.Deaths(level, precise)
	d := &graph.Dispute{
		EngagementBase: graph.EngagementBase{
			Key:            disputeKey(t.number),
			Kind:           graph.KindDispute,
			Identifiers:    identifiers(t.number),
			Titles:         []graph.Name{{Text: fmt.Sprintf("Militarized dispute %s: %s, %s", t.number, r.sides(parties, " versus "), cow.Years(period)), Lang: "en"}},
			Topics:         topics(parties),
			Period:         period,
			Participations: participations(parties),
			Related:        links,
			Citations:      []graph.Citation{{Source: Key, Locator: "dispute " + t.number}},
		},
		Form:       graph.DisputeMilitarized,
		Hostility:  hostility,
		Fatalities: fatalities,
		Outcome:    outcome.Words,
		Settlement: settle.Words,
	}
	d.Summary = cow.Sentences(
		cow.Say(action.Words != "", "Highest action: %s (%d).", action.Words, action.Code),
		cow.Reciprocity(reciprocated),
		cow.Duration(shortest, longest),
		cow.Say(period.Why == graph.Censored && !coded.End.IsZero(), "It went on when the data ended; its last coded day is %s.", coded.End),
		miscount(parties, sideA, sideB),
		contradiction,
		lost,
	)
	return d, nil
}

// parties reads the rows of MIDB of one dispute. They come in an order of their own, not that of the file: side
// A first, on each side those who were in it from the beginning, then by start and number.
func (r *reader) parties(t *thing, coded, period graph.Period) ([]party, []graph.Mistake) {
	var all []party
	var bad []graph.Mistake
	for _, row := range t.parts {
		p := party{Cells: r.cells(row)}
		r.edition.checkVersion(&p.Cells)
		r.edition.checkNumber(&p.Cells)
		own := p.Period()
		p.period = own
		if !own.End.IsZero() && own.End == coded.End {
			p.period = p.period.EndingAs(period) // it stayed as long as the dispute went on
		}
		p.Stay = p.Holders(r.states, "ccode", "styear", own, p.period)
		p.side = p.Side("sidea")
		action := p.Code("hiact", "action")
		level, precise := p.Code("fatality", "fatality"), p.Count("fatalpre")
		p.is = graph.Participation{
			Role: graph.RoleParty, Side: p.side,
			Originator: p.Flag("orig"), Revisionist: p.Flag("revstate"),
			HighestAction: action.Words, Hostility: p.Hostility(action),
		}
		p.is.Fatalities, p.is.Note = cow.Deaths(level, precise)
		p.is.Position, p.topics = revision(&p.Cells)
		p.is.Note = cow.Sentences(p.is.Note, p.Split(r.states), p.Counted)
		bad = append(bad, p.Bad...)
		all = append(all, p)
	}
	if len(bad) > 0 {
		return nil, bad
	}
	slices.SortStableFunc(all, func(a, b party) int {
		return cmp.Or(
			cmp.Compare(a.side, b.side), cmp.Compare(rank(a), rank(b)), cow.CompareDates(a.period.Start, b.period.Start),
			cmp.Compare(a.Ccode, b.Ccode), cow.CompareDates(a.period.End, b.period.End),
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
func revision(c *cow.Cells) (position string, of []graph.Topic) {
	var sought []string
	for _, field := range []string{"revtype1", "revtype2"} {
		m := c.Code(field, "revtype")
		if m.Code == territory {
			of = []graph.Topic{graph.TopicTerritory}
		}
		if m.Words != "" && !slices.Contains(sought, m.Words) {
			sought = append(sought, m.Words)
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
		for _, h := range p.Held {
			part := p.is
			part.Actor, part.Period = h.Actor, h.Period
			if f := part.Fatalities; len(p.Held) > 1 && f != nil {
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
			if a.Ccode == b.Ccode && a.period.Bounds().Certain().Overlaps(b.period.Bounds().Certain()) {
				b.Bad = nil
				b.Mistake("ccode", fmt.Sprintf("the state has another row for the same days, in line %d", a.Row.Line), "leave one of them out, or correct the dates")
				bad = append(bad, b.Bad...)
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
	p.Mistake("sidea", fmt.Sprintf("all of the dispute's %d rows are on side %s, and a dispute has two", len(all), strings.ToUpper(p.side)), "is a row missing?")
	return p.Bad
}
