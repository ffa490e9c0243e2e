package cowmid

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/cow"
	"github.com/entente-graph/entente/ingest/table"
)

// incident makes an act of a row of MIDI and its rows of MIDIP. Who did it and toward whom is the incident's own
// (insidea): in a quarter of the rows it is not the side of the dispute.
func (r *reader) incident(t *thing) (*graph.Act, []graph.Mistake) {
	if bad := t.judge(r.edition, midI, midIP); len(bad) > 0 {
		return nil, bad
	}
	c := r.cells(t.heads[0])
	r.edition.checkVersion(&c)
	r.edition.checkNumber(&c)
	dispute := r.edition.numberOf(c.Row.Get)
	if !table.IsNumber(dispute) {
		c.Mistake(r.edition.number, "this is not the number of a dispute", "a whole number")
	}
	period := c.Period()
	action := c.Code("action", "action")
	hostility := c.Hostility(action)
	level, precise := c.Code("fatality", "fatality"), c.Count("fatalpre")
	c.Count("duration")
	c.Count("tbi")
	c.Count("numa")
	if len(c.Bad) == 0 && action.Act == "" {
		c.Mistake("action", "an incident is an action", r.book.Known("action")+", of which an incident has 1 to 21")
	}
	parties, bad := r.involved(t, dispute)
	if bad = append(c.Bad, bad...); len(bad) > 0 {
		return nil, bad
	}
	fatalities, contradiction := cow.Deaths(level, precise)
	a := &graph.Act{
		EngagementBase: graph.EngagementBase{
			Key:            incidentKey(t.number),
			Kind:           graph.KindAct,
			Titles:         []graph.Name{{Text: fmt.Sprintf("Incident %s: %s, %s, %s", t.number, strings.ToLower(action.Words[:1])+action.Words[1:], r.sides(parties, " toward "), period.Start), Lang: "en"}},
			Topics:         topics(parties),
			Period:         period,
			Participations: participations(parties),
			PartOf:         []graph.EngagementKey{disputeKey(dispute)},
			Citations:      []graph.Citation{{Source: Key, Locator: "incident " + t.number}},
		},
		Type: action.Act,
	}
	a.Summary = cow.Sentences(
		fmt.Sprintf("Action: %s (%d).", action.Words, action.Code),
		cow.Say(hostility != nil, "Hostility level %d.", value(hostility)),
		toll(fatalities),
		contradiction,
	)
	return a, nil
}

// involved reads the rows of MIDIP of one incident, and orders them as those of a dispute.
func (r *reader) involved(t *thing, dispute string) ([]party, []graph.Mistake) {
	var all []party
	var bad []graph.Mistake
	for _, row := range t.parts {
		p := party{Cells: r.cells(row)}
		r.edition.checkVersion(&p.Cells)
		r.edition.checkNumber(&p.Cells)
		if d := r.edition.numberOf(row.Get); d != dispute {
			p.Mistake(r.edition.number, fmt.Sprintf("the incident is of another dispute in MIDI (line %d)", t.heads[0].Line), dispute)
		}
		p.period = p.Period()
		p.Stay = p.Holders(r.states, "ccode", "styear", p.period, p.period)
		p.side = p.Side("insidea")
		p.Side("sidea")
		action := p.Code("action", "action")
		level, precise := p.Code("fatality", "fatality"), p.Count("fatalpre")
		p.is = graph.Participation{
			Role: graph.RoleToward, Side: p.side,
			HighestAction: action.Words, Hostility: p.Hostility(action),
		}
		if p.side == graph.SideA {
			p.is.Role = graph.RoleBy
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
		return cmp.Or(cmp.Compare(a.side, b.side), cow.CompareDates(a.period.Start, b.period.Start), cmp.Compare(a.Ccode, b.Ccode), cow.CompareDates(a.period.End, b.period.End))
	})
	return all, append(overlaps(all), oneSided(all)...)
}

func toll(f *graph.Range) string {
	switch {
	case f == nil:
		return "Deaths are not known."
	case f.High == nil:
		return fmt.Sprintf("Deaths: %d or more.", *f.Low)
	case *f.Low == *f.High:
		return fmt.Sprintf("Deaths: %d.", *f.Low)
	default:
		return fmt.Sprintf("Deaths: %d to %d.", *f.Low, *f.High)
	}
}

func value(n *int) int {
	if n == nil {
		return 0
	}
	return *n
}
