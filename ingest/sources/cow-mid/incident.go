package cowmid

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// incident makes an act of a row of MIDI and its rows of MIDIP. Who did it and toward whom is the incident's own
// (insidea): in a quarter of the rows it is not the side of the dispute.
func (r *reader) incident(t *thing) (*graph.Act, []graph.Mistake) {
	if bad := t.judge(midI, midIP); len(bad) > 0 {
		return nil, bad
	}
	c := cells{row: t.heads[0], book: r.book}
	c.version()
	dispute := c.row.Get("dispnum")
	if !isNumber(dispute) {
		c.mistake("dispnum", "this is not the number of a dispute", "a whole number")
	}
	period := c.period()
	action := c.code("action", "action")
	hostility := c.hostility(action)
	level, precise := c.code("fatality", "fatality"), c.count("fatalpre")
	c.count("duration")
	c.count("tbi")
	c.count("numa")
	if len(c.bad) == 0 && action.act == "" {
		c.mistake("action", "an incident is an action", r.book.known("action")+", of which an incident has 1 to 21")
	}
	parties, bad := r.involved(t, dispute)
	if bad = append(c.bad, bad...); len(bad) > 0 {
		return nil, bad
	}
	fatalities, contradiction := deaths(level, precise)
	a := &graph.Act{
		EngagementBase: graph.EngagementBase{
			Key:            incidentKey(t.number),
			Kind:           graph.KindAct,
			Titles:         []graph.Name{{Text: fmt.Sprintf("Incident %s: %s, %s, %s", t.number, strings.ToLower(action.words[:1])+action.words[1:], r.sides(parties, " toward "), period.Start), Lang: "en"}},
			Topics:         topics(parties),
			Period:         period,
			Participations: participations(parties),
			PartOf:         []graph.EngagementKey{disputeKey(dispute)},
			Citations:      []graph.Citation{{Source: Key, Locator: "incident " + t.number}},
		},
		Type: action.act,
	}
	a.Summary = sentences(
		fmt.Sprintf("Action: %s (%d).", action.words, action.code),
		say(hostility != nil, "Hostility level %d.", value(hostility)),
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
		p := party{cells: cells{row: row, book: r.book}}
		p.version()
		if d := row.Get("dispnum"); d != dispute {
			p.mistake("dispnum", fmt.Sprintf("the incident is of another dispute in MIDI (line %d)", t.heads[0].Line), dispute)
		}
		p.period = p.cells.period()
		p.stay = p.holders(r.states, p.period, p.period)
		p.side = p.cells.side("insidea")
		p.cells.side("sidea")
		action := p.code("action", "action")
		level, precise := p.code("fatality", "fatality"), p.count("fatalpre")
		p.is = graph.Participation{
			Role: graph.RoleToward, Side: p.side,
			HighestAction: action.words, Hostility: p.hostility(action),
		}
		if p.side == graph.SideA {
			p.is.Role = graph.RoleBy
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
		return cmp.Or(cmp.Compare(a.side, b.side), compareDates(a.period.Start, b.period.Start), cmp.Compare(a.ccode, b.ccode), compareDates(a.period.End, b.period.End))
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
