package cowwars

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/cow"
	"github.com/entente-graph/entente/ingest/table"
)

// dyads yields the dyadic wars: of each two opponents one, from the rows of every year and of both directions.
func (r *reader) dyads(ctx context.Context, files fs.FS, name string, yield func(ingest.Row, error) bool) error {
	info := dyadicInfo()
	own, err := r.statement(&info, "source.go")
	if err != nil || !yield(own, nil) {
		return err
	}
	all, err := gather(ctx, files, name, dyadic, "dyindex", isIndex)
	if err != nil {
		return err
	}
	slices.SortStableFunc(all, func(a, b *war) int { return strings.Compare(a.number, b.number) })
	for _, w := range all {
		row, err := r.dyadRow(w)
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		if !yield(row, nil) {
			return nil
		}
	}
	return nil
}

// dyadRow makes the statement of a dyadic war, or puts it in quarantine.
func (r *reader) dyadRow(w *war) (ingest.Row, error) {
	d, bad := r.dyad(w)
	records := table.Records(w.rows)
	if len(bad) > 0 {
		key := ""
		if isIndex(w.number) {
			key = string(dyadKey(w.number))
		}
		return ingest.Quarantine(r.of, graph.StatementEngagement, key, records, bad), nil
	}
	row, err := r.statement(d, w.rows[0].Locator())
	row.Records = records
	return row, err
}

func dyadKey(index string) graph.EngagementKey {
	return graph.EngagementKey(string(Dyadic) + ":" + index)
}

// isIndex tells whether a text is the number of a dyadic war: that of its dispute, a point and digits.
func isIndex(text string) bool {
	dispute, dyad, ok := strings.Cut(text, ".")
	return ok && table.IsNumber(dispute) && dyad != "" && strings.Trim(dyad, "0123456789") == ""
}

// direction is the rows of one direction of a dyad: the stretches of its war, each once, in order.
type direction struct {
	rows    []table.Row
	periods []graph.Period
}

// missing gives the first year of the war for which no row stands, or 0.
func (d *direction) missing() int {
	for _, p := range d.periods {
		for year := p.Start.Earliest().Time().Year(); year <= p.End.Latest().Time().Year(); year++ {
			if !slices.ContainsFunc(d.rows, func(row table.Row) bool { return row.Get("year") == strconv.Itoa(year) }) {
				return year
			}
		}
	}
	return 0
}

// dyad makes a dispute of the rows of one dyad. Every stretch stands there twice, once for each direction, and both must say
// the same.
func (r *reader) dyad(w *war) (*graph.Dispute, []graph.Mistake) {
	first := w.rows[0]
	for _, row := range w.rows {
		if m := row.Bad(); m != nil {
			return nil, []graph.Mistake{*m}
		}
	}
	c := &cow.Cells{Row: first, Span: cow.Span{First: firstYear, Last: lastYear, Of: "the dataset"}}
	if !isIndex(w.number) {
		c.Mistake("dyindex", "this is not the number of a dyadic war", "that of its dispute, a point and digits")
	}
	number, mid := first.Get("warnum"), first.Get("disno")
	for _, column := range []string{"warnum", "disno"} {
		if !table.IsNumber(first.Get(column)) {
			c.Mistake(column, "this is not a number of the project", "a whole number")
		}
	}
	a, b := first.Get("statea"), first.Get("stateb")
	if table.CompareNumbers(a, b) > 0 {
		a, b = b, a
	}
	ways := map[string]*direction{a: {}, b: {}}
	for _, row := range w.rows {
		c.Row = row
		x, y := row.Get("statea"), row.Get("stateb")
		switch {
		case row.Get("warnum") != number || row.Get("disno") != mid:
			c.Mistake("warnum", fmt.Sprintf("line %d gives the dyad to war %s and dispute %s", first.Line, number, mid), "")
		case x == y, x != a && x != b, y != a && y != b:
			c.Mistake("statea", fmt.Sprintf("line %d has the states %s and %s under this number", first.Line, a, b), "")
		default:
			way := ways[x]
			way.rows = append(way.rows, row)
			if p, ok := dyadPeriod(c); ok && !slices.Contains(way.periods, p) {
				way.periods = append(way.periods, p)
			}
		}
	}
	if len(c.Bad) > 0 {
		return nil, c.Bad
	}
	for _, way := range ways {
		slices.SortFunc(way.periods, func(p, q graph.Period) int { return cow.CompareDates(p.Start, q.Start) })
	}
	there, back := ways[a], ways[b]
	c.Row = first
	switch {
	case len(there.rows) == 0 || len(back.rows) == 0:
		c.Mistake("statea", "the dyad stands here in one direction only", fmt.Sprintf("rows of %s and %s, and of %s and %s", a, b, b, a))
	case !slices.Equal(there.periods, back.periods):
		c.Row = back.rows[0]
		c.Mistake("warstrtyr", fmt.Sprintf("the two directions differ: the war is %s for %s and %s, and %s the other way round", texts(there.periods), a, b, texts(back.periods)), "correct one of them")
	default:
		c.Row = there.rows[len(there.rows)-1]
		if year := there.missing(); year != 0 {
			c.Mistake("warendyr", fmt.Sprintf("the war is %s, and there is no row of %d: the file has one for each year of a war", texts(there.periods), year), "is a date wrong, or a row missing?")
		}
	}
	if len(c.Bad) > 0 {
		return nil, c.Bad
	}
	return r.dyadic(c, w, there.periods)
}

// dyadic makes the dispute of what was read.
func (r *reader) dyadic(c *cow.Cells, w *war, periods []graph.Period) (*graph.Dispute, []graph.Mistake) {
	number, mid := c.Row.Get("warnum"), c.Row.Get("disno")
	period := periods[0]
	period.End = periods[len(periods)-1].End
	d := &graph.Dispute{
		EngagementBase: graph.EngagementBase{
			Key:         dyadKey(w.number),
			Kind:        graph.KindDispute,
			Identifiers: []graph.Identifier{{Scheme: NumberScheme, Value: number}},
			Topics:      []graph.Topic{graph.TopicDefense},
			Period:      period,
			PartOf:      []graph.EngagementKey{warKey(number)},
			Related:     []graph.EngagementKey{midKey(mid)},
			Citations:   []graph.Citation{{Source: Dyadic, Locator: fmt.Sprintf("war %s, dyad %s", number, w.number)}},
		},
		Form: graph.DisputeWar,
	}
	columns := []string{"statea", "stateb"}
	if table.CompareNumbers(c.Row.Get("statea"), c.Row.Get("stateb")) > 0 {
		slices.Reverse(columns)
	}
	var names []string
	for i, column := range columns {
		for n, p := range periods {
			stay := c.Holders(r.states, column, "warstrtyr", p, p)
			for _, h := range stay.Held {
				d.Participations = append(d.Participations, graph.Participation{
					Actor: h.Actor, Role: graph.RoleParty, Side: []string{graph.SideA, graph.SideB}[i], Period: h.Period,
					Note: cow.Sentences(stay.Split(r.states), stay.Counted),
				})
			}
			if n == 0 && len(stay.Held) > 0 {
				names = append(names, r.states.NameOn(stay.Held[0].Actor, cow.StartOf(p)))
			}
		}
	}
	if len(c.Bad) > 0 {
		return nil, c.Bad
	}
	d.Titles = []graph.Name{{Text: fmt.Sprintf("War %s between %s, %s", number, strings.Join(names, " and "), cow.Years(period)), Lang: "en"}}
	return d, nil
}

func dyadPeriod(c *cow.Cells) (graph.Period, bool) {
	before := len(c.Bad)
	p := graph.Period{Start: c.Date("warstrtyr", "warstrtmnth", "warstrtday"), End: c.Date("warendyr", "warendmnth", "warenday")}
	if len(c.Bad) > before {
		return p, false
	}
	if p.Start.IsZero() || p.End.IsZero() {
		c.Mistake("warstrtyr", "a war without a beginning or an end", "a year at least")
		return p, false
	}
	if err := p.Check(); err != nil {
		c.Mistake("warendyr", err.Error(), "")
		return p, false
	}
	return p, true
}

func texts(periods []graph.Period) string {
	var all []string
	for _, p := range periods {
		all = append(all, p.EDTF())
	}
	return strings.Join(all, " and ")
}
