package gmlmid

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/cow"
	"github.com/entente-graph/entente/ingest/table"
)

// ofDispute are the columns that say something of the whole dispute, and so the same in all its rows.
var ofDispute = strings.Split("hiact,hostlev,mindur,maxdur,outcome,settle,fatality,fatalpre,stmon,endmon,recip,numa,numb,ongo2010,version", ",")

// ofState are those that say something of either state: the column of the first and of the second.
var ofState = [][2]string{
	{"ccode1", "ccode2"},
	{"sidea1", "sidea2"},
	{"revstate1", "revstate2"},
	{"revtype11", "revtype12"},
	{"revtype21", "revtype22"},
	{"fatality1", "fatality2"},
	{"fatalpre1", "fatalpre2"},
	{"hiact1", "hiact2"},
	{"hostlev1", "hostlev2"},
	{"orig1", "orig2"},
}

// dispute makes a dispute of its rows, or says why it cannot.
func (r *reader) dispute(t *thing) (*graph.Dispute, []graph.Mistake) {
	if bad := t.judge(); len(bad) > 0 {
		return nil, bad
	}
	c := r.cells(t.rows[0])
	if v := c.Row.Get("version"); v != "gml-"+version {
		c.Mistake("version", "this source reads version "+version, "gml-"+version)
	}
	outcome, settle := c.Code("outcome", "outcome"), c.Code("settle", "settle")
	level, precise := c.Code("fatality", "fatality"), c.Count("fatalpre")
	shortest, longest := c.Count("mindur"), c.Count("maxdur")
	if longest >= 0 && shortest > longest {
		c.Mistake("mindur", "the shortest duration is longer than the longest (maxdur)", "")
	}
	action := c.Code("hiact", "action")
	hostility := c.Hostility(action)
	reciprocated := c.Flag("recip")
	sideA, sideB := c.Count("numa"), c.Count("numb")
	p := t.period(c)
	if len(c.Bad) > 0 {
		return nil, c.Bad
	}
	parties, bad := r.parties(t, p)
	if len(bad) > 0 {
		return nil, bad
	}
	fatalities, contradiction := cow.Deaths(level, precise)
	d := &graph.Dispute{
		EngagementBase: graph.EngagementBase{
			Key:         disputeKey(t.number),
			Kind:        graph.KindDispute,
			Identifiers: []graph.Identifier{{Scheme: numberScheme, Value: t.number}},
			Titles:      []graph.Name{{Text: fmt.Sprintf("Militarized dispute %s: %s, %s", t.number, r.sides(parties), cow.Years(p.shown)), Lang: "en"}},
			Topics:      []graph.Topic{graph.TopicDefense},
			Period:      p.shown,
			Citations:   []graph.Citation{{Source: Key, Locator: "dispute " + t.number}},
		},
		Form:       graph.DisputeMilitarized,
		Hostility:  hostility,
		Fatalities: fatalities,
		Outcome:    outcome.Words,
		Settlement: settle.Words,
	}
	if now := renumbered()[t.number]; now != "" {
		d.Identifiers = append(d.Identifiers, graph.Identifier{Scheme: numberScheme, Value: now})
	}
	numbers := map[string]map[string]bool{graph.SideA: {}, graph.SideB: {}}
	for _, x := range parties {
		d.Participations = append(d.Participations, x.participations(r)...)
		if x.territory && !slices.Contains(d.Topics, graph.TopicTerritory) {
			d.Topics = append(d.Topics, graph.TopicTerritory)
		}
		numbers[x.side][x.number] = true
	}
	a, b := len(numbers[graph.SideA]), len(numbers[graph.SideB])
	d.Summary = cow.Sentences(
		cow.Say(action.Words != "", "Highest action: %s (%d).", action.Words, action.Code),
		cow.Reciprocity(reciprocated),
		cow.Duration(shortest, longest),
		cow.Say(p.shown.Why == graph.Censored, "It went on when the data ended."),
		cow.Say(sideA >= 0 && sideB >= 0 && (a != sideA || b != sideB), "The dataset counts %s on side A and %d on side B, and has rows of %d and %d.", cow.Count(sideA, "state"), sideB, a, b),
		contradiction,
	)
	return d, nil
}

func (r *reader) cells(row table.Row) *cow.Cells {
	return &cow.Cells{Row: row, Book: r.book, Span: cow.Span{First: firstYear, Last: lastYear, Of: "version " + version}}
}

// judge says what is wrong with how the rows stand to each other: each two opponents and year must stand there twice, once
// for each direction, and say the same; and all rows the same of the dispute.
func (t *thing) judge() (bad []graph.Mistake) {
	for _, row := range t.rows {
		if m := row.Bad(); m != nil {
			return append(bad, *m)
		}
	}
	first := t.rows[0]
	if !table.IsNumber(t.number) {
		return append(bad, first.Mistake("dispnum", "this is not the number of a dispute", "a whole number"))
	}
	at := func(a, b, year string) string { return a + " " + b + " " + year }
	byPlace := map[string]table.Row{}
	for _, row := range t.rows {
		place := at(row.Get("ccode1"), row.Get("ccode2"), row.Get("year"))
		if before, ok := byPlace[place]; ok {
			bad = append(bad, row.Mistake("year", fmt.Sprintf("line %d has these states in this year already", before.Line), "leave one of them out"))
		}
		byPlace[place] = row
		for _, column := range ofDispute {
			if row.Get(column) != first.Get(column) {
				bad = append(bad, row.Mistake(column, fmt.Sprintf("line %d says something else of the dispute: %s", first.Line, first.Get(column)), "correct one of them"))
			}
		}
		if row.Get("sidea1") == row.Get("sidea2") {
			bad = append(bad, row.Mistake("sidea2", "both states are on one side", "1 and 0"))
		}
	}
	for _, row := range t.rows {
		mirror, ok := byPlace[at(row.Get("ccode2"), row.Get("ccode1"), row.Get("year"))]
		if !ok {
			bad = append(bad, row.Mistake("ccode1", "the other direction of this row is missing: every two states stand there twice", ""))
			continue
		}
		for _, columns := range ofState {
			if row.Get(columns[0]) != mirror.Get(columns[1]) && row.Line < mirror.Line {
				bad = append(bad, row.Mistake(columns[0], fmt.Sprintf("line %d, the other direction, says %q", mirror.Line, mirror.Get(columns[1])), "correct one of them"))
			}
		}
	}
	return bad
}

// A span is when a dispute was.
type span struct {
	shown       graph.Period
	coded       graph.Period // with its last coded month, if it went on when the data ended
	first, last int          // years
}

// period makes the dispute's of the years of its rows, the month of its start in the first of them and that of its end in
// the last: days are not there.
func (t *thing) period(c *cow.Cells) (s span) {
	first, last := c.Row, c.Row
	for _, row := range t.rows {
		y := &cow.Cells{Row: row, Span: c.Span}
		if y.Date("year", "", ""); len(y.Bad) > 0 {
			c.Bad = append(c.Bad, y.Bad...)
			return s
		}
		if row.Get("year") < first.Get("year") {
			first = row
		}
		if row.Get("year") > last.Get("year") {
			last = row
		}
	}
	ends := cow.Cells{Row: first, Span: c.Span}
	s.coded.Start = ends.Date("year", "stmon", "")
	ends.Row = last
	s.coded.End = ends.Date("year", "endmon", "")
	if err := s.coded.Check(); err != nil && len(ends.Bad) == 0 {
		ends.Mistake("endmon", err.Error(), "")
	}
	s.first, _ = strconv.Atoi(first.Get("year"))
	s.last, _ = strconv.Atoi(last.Get("year"))
	s.shown = s.coded
	if ongoing := c.Flag("ongo2010"); ongoing != nil && *ongoing {
		s.shown = graph.Observed(s.coded.Start, cow.LastDay(lastYear))
	}
	c.Bad = append(c.Bad, ends.Bad...)
	return s
}

// A party is a state on a side with what the rows say of it, in years that follow on one another.
type party struct {
	cow.Stay
	number, side string
	is           graph.Participation
	territory    bool
	start        graph.Date
	key          string // what the rows say of it, for an order
}

// parties makes one of each state, side and what is said of it: where that differs from opponent to opponent, as for the
// Soviet Union in the Second World War, there are several at a time. Years that do not follow on one another make several.
func (r *reader) parties(t *thing, s span) (all []*party, bad []graph.Mistake) {
	type told struct {
		row   table.Row
		years []int
	}
	groups := map[string]*told{}
	var order []string
	opponents := map[string]bool{}
	for _, row := range t.rows {
		var said []string
		for _, columns := range ofState {
			said = append(said, row.Get(columns[0]))
		}
		key := strings.Join(said, ",")
		if groups[key] == nil {
			groups[key] = &told{row: row}
			order = append(order, key)
		}
		year, _ := strconv.Atoi(row.Get("year")) // checked with the period
		if g := groups[key]; !slices.Contains(g.years, year) {
			g.years = append(g.years, year)
		}
		opponents[row.Get("ccode1")] = true
	}
	for _, key := range order {
		g := groups[key]
		c := r.cells(g.row)
		is, territory := r.said(c)
		slices.Sort(g.years)
		stretches := runs(g.years)
		if f := is.Fatalities; f != nil && len(stretches) > 1 { // they are of all of them
			none := 0
			is.Fatalities, is.Note = &graph.Range{Low: &none, High: f.High}, cow.Sentences(is.Note, "The deaths are those of all its time in the dispute.")
		}
		for _, years := range stretches {
			coded, shown := s.stay(years, is.Originator != nil && *is.Originator, len(opponents) == 2)
			stay := c.Holders(r.states, "ccode1", "year", coded, shown)
			all = append(all, &party{Stay: stay, number: g.row.Get("ccode1"), side: is.Side, is: is, territory: territory, start: coded.Start, key: key})
		}
		bad = append(bad, c.Bad...)
	}
	slices.SortStableFunc(all, func(a, b *party) int {
		return cmp.Or(
			cmp.Compare(a.side, b.side), cmp.Compare(rank(a), rank(b)), cow.CompareDates(a.start, b.start), table.CompareNumbers(a.number, b.number),
			cmp.Compare(a.key, b.key),
		)
	})
	return all, bad
}

func rank(p *party) int {
	if p.is.Originator != nil && *p.is.Originator {
		return 0
	}
	return 1
}

// runs cuts sorted years where one is left out.
func runs(years []int) (all [][2]int) {
	for _, y := range years {
		if n := len(all); n > 0 && all[n-1][1] == y-1 {
			all[n-1][1] = y
			continue
		}
		all = append(all, [2]int{y, y})
	}
	return all
}

// stay is the time of a state in a dispute, known by years: who was in it from the beginning came with it, of two opponents
// both left with it; of anybody else the file says the year.
func (s span) stay(years [2]int, original, alone bool) (coded, shown graph.Period) {
	coded = graph.Period{Start: cow.Year(years[0]), End: cow.Year(years[1])}
	if years[0] == s.first && (original || alone) {
		coded.Start = s.coded.Start
	}
	if years[1] == s.last && alone {
		coded.End = s.coded.End
	}
	shown = coded
	if years[1] == s.last && s.shown.Why == graph.Censored {
		shown = coded.EndingAs(s.shown)
	}
	return coded, shown
}

// said reads what a row says of its first state.
func (r *reader) said(c *cow.Cells) (is graph.Participation, territory bool) {
	is = graph.Participation{Role: graph.RoleParty, Side: c.Side("sidea1"), Originator: c.Flag("orig1")}
	if c.Row.Get("revstate1") != "" { // empty where it is not known
		is.Revisionist = c.Flag("revstate1")
	}
	action := c.Code("hiact1", "action")
	is.HighestAction = action.Words
	if m := c.Code("hostlev1", "hostlev"); m.Code > 0 {
		is.Hostility = &m.Code
		if action.Words != "" && action.Hostlev != m.Code {
			c.Mistake("hostlev1", fmt.Sprintf("action %d (%s) has the hostility level %d in the codebook", action.Code, action.Words, action.Hostlev), strconv.Itoa(action.Hostlev))
		}
	}
	is.Fatalities, is.Note = cow.Deaths(c.Code("fatality1", "fatality"), c.Count("fatalpre1"))
	var sought []string
	for _, column := range []string{"revtype11", "revtype21"} {
		m := c.Code(column, "revtype")
		territory = territory || m.Code == 1
		if m.Words != "" && !slices.Contains(sought, m.Words) {
			sought = append(sought, m.Words)
		}
	}
	if len(sought) > 0 {
		is.Position = "seeks revision: " + strings.Join(sought, ", ")
	}
	return is, territory
}

// participations makes one of each holder of the state's number. The deaths of a party that is divided are at most each
// part's, and at least nobody's.
func (p *party) participations(r *reader) (all []graph.Participation) {
	for _, h := range p.Held {
		part := p.is
		part.Actor, part.Period = h.Actor, h.Period
		part.Note = cow.Sentences(part.Note, p.Split(r.states), p.Counted)
		if f := part.Fatalities; len(p.Held) > 1 && f != nil {
			none := 0
			part.Fatalities = &graph.Range{Low: &none, High: f.High}
		}
		all = append(all, part)
	}
	return all
}

// sides names who stands against whom.
func (r *reader) sides(parties []*party) string {
	return cow.Against(r.states, parties, func(p *party) (string, cow.Stay) { return p.side, p.Stay }, " versus ")
}
