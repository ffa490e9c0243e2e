package cowwars

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/cow"
	"github.com/entente-graph/entente/ingest/historian"
	"github.com/entente-graph/entente/ingest/table"
)

// A war is all rows of one number.
type war struct {
	number string
	rows   []table.Row
}

// wars yields the wars of one file, by number. A file has less than 100 KB: it is kept in memory.
func (r *reader) wars(ctx context.Context, files fs.FS, have map[string]string, k kind, yield func(ingest.Row, error) bool) error {
	all, err := gather(ctx, files, have[k.part], k.part, "WarNum", table.IsNumber)
	if err != nil {
		return err
	}
	for _, w := range all {
		rows, err := r.war(w, k)
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		for _, row := range rows {
			if !yield(row, nil) {
				return nil
			}
		}
	}
	return nil
}

// gather puts the rows of one number together; a row without a number that is one belongs to nothing.
func gather(ctx context.Context, files fs.FS, name string, p string, column string, is func(string) bool) ([]*war, error) {
	byNumber := map[string]*war{}
	var all []*war
	for row, err := range table.Read(ctx, files, name, dataset.Format(p)) {
		if err != nil {
			return nil, err
		}
		number := row.Get(column)
		w := byNumber[number]
		if w == nil || !is(number) {
			w = &war{number: number}
			byNumber[number] = w
			all = append(all, w)
		}
		w.rows = append(w.rows, row)
	}
	slices.SortStableFunc(all, func(a, b *war) int { return table.CompareNumbers(a.number, b.number) })
	return all, nil
}

// war makes the statements of a war and of its parties that are no states, or puts it in quarantine whole.
func (r *reader) war(w *war, k kind) ([]ingest.Row, error) {
	d, actors, bad := r.dispute(w, k)
	records := table.Records(w.rows)
	if len(bad) > 0 {
		key := ""
		if table.IsNumber(w.number) {
			key = string(warKey(w.number))
		}
		return []ingest.Row{ingest.Quarantine(r.of, graph.StatementEngagement, key, records, bad)}, nil
	}
	locator := w.rows[0].Locator()
	row, err := r.statement(d, locator)
	if err != nil {
		return nil, err
	}
	row.Records = records
	rows := []ingest.Row{row}
	for _, a := range actors {
		made, err := r.statement(a, locator)
		if err != nil {
			return nil, err
		}
		rows = append(rows, made)
	}
	return rows, nil
}

// dispute reads all rows of a war.
func (r *reader) dispute(w *war, k kind) (*graph.Dispute, []*graph.ActorFacts, []graph.Mistake) {
	if bad := w.judge(); len(bad) > 0 {
		return nil, nil, bad
	}
	var all []*party
	var bad []graph.Mistake
	of := shared{name: w.rows[0].Get("WarName")}
	for _, row := range w.rows {
		c := r.cells(row, k)
		periods := c.periods()
		parties := k.parties(r, c)
		for _, p := range parties {
			p.periods, p.note = periods, cow.Sentences(append([]string{p.note}, c.notes...)...)
			r.hold(p)
			r.nameState(w.number, p)
		}
		of.read(c)
		if v := row.Get("Version"); v != k.version {
			c.Mistake("Version", "this source reads version "+k.version+" of these wars", k.version)
		}
		bad = append(bad, c.Bad...)
		all = append(all, parties...)
	}
	if len(bad) == 0 {
		bad = append(oneSided(all), twiceAtOnce(all)...)
	}
	if len(bad) > 0 {
		return nil, nil, bad
	}
	slices.SortStableFunc(all, func(a, b *party) int {
		return cmp.Or(cmp.Compare(a.side, b.side), cow.CompareDates(a.periods[0].Start, b.periods[0].Start), table.CompareNumbers(a.ccode, b.ccode), cmp.Compare(a.name, b.name))
	})
	period := whole(all)
	d := &graph.Dispute{
		EngagementBase: graph.EngagementBase{
			Key:         warKey(w.number),
			Kind:        graph.KindDispute,
			Identifiers: []graph.Identifier{{Scheme: NumberScheme, Value: w.number}},
			Titles:      []graph.Name{{Text: fmt.Sprintf("%s (%s, %s)", of.name, k.words, cow.Years(period)), Lang: "en"}},
			Topics:      []graph.Topic{graph.TopicDefense},
			Period:      period,
			Place:       strings.Join(of.regions, ", "),
			Related:     of.related(),
			Citations:   []graph.Citation{{Source: Key, Locator: "war " + w.number}},
		},
		Form:       graph.DisputeWar,
		Outcome:    of.outcome(k, all),
		Fatalities: sum(all),
	}
	var actors []*graph.ActorFacts
	for _, p := range all {
		if p.name != "" && p.state == "" && !slices.ContainsFunc(actors, func(a *graph.ActorFacts) bool { return a.Key == partyKey(w.number, p.name) }) {
			actors = append(actors, &graph.ActorFacts{
				Key: partyKey(w.number, p.name), Kind: graph.KindOrganization, Names: []graph.Name{{Text: p.name, Lang: "en"}},
				Note: "Party to a war that is no member of the state system.", Citations: d.Citations,
			})
		}
		d.Participations = append(d.Participations, p.participations(r, w.number)...)
	}
	d.Summary = cow.Sentences(of.summary(k)...)
	if k.deaths != nil {
		c := r.cells(w.rows[0], k)
		deaths, begun := k.deaths(c)
		if len(c.Bad) > 0 {
			return nil, nil, c.Bad
		}
		d.Fatalities, d.Summary = deaths, cow.Sentences(d.Summary, begun)
	}
	return d, actors, nil
}

// judge says what is wrong with how the rows of a war stand to each other.
func (w *war) judge() (bad []graph.Mistake) {
	for _, row := range w.rows {
		if m := row.Bad(); m != nil {
			return append(bad, *m)
		}
	}
	first := w.rows[0]
	if !table.IsNumber(w.number) {
		return append(bad, first.Mistake("WarNum", "this is not the number of a war", "a whole number"))
	}
	for _, row := range w.rows[1:] {
		if row.Get("WarName") != first.Get("WarName") {
			bad = append(bad, row.Mistake("WarName", fmt.Sprintf("line %d has another name for the war of this number", first.Line), "is the number wrong?"))
		}
	}
	return bad
}

// hold finds who held the number of a state in each stretch.
func (r *reader) hold(p *party) {
	if p.ccode == "" {
		return
	}
	for _, period := range p.periods {
		coded := period
		if period.Why == graph.Censored { // looked up by the last day that the data has
			coded = period.EndingOn(graph.DateOf(cow.LastDay(lastYear)))
		}
		p.stays = append(p.stays, p.Holders(r.states, p.column, p.kind.spells[0][2], coded, period))
	}
}

// participations makes one of each stretch and each holder. The deaths of a row that comes to several are at most each
// one's, and at least nobody's.
func (p *party) participations(r *reader, number string) []graph.Participation {
	var all []graph.Participation
	base := graph.Participation{Role: graph.RoleParty, Side: p.side, Fatalities: p.deaths, Note: p.note}
	for i, period := range p.periods {
		if p.ccode == "" {
			part := base
			part.Actor, part.Period = cmp.Or(p.state, partyKey(number, p.name)), period
			all = append(all, part)
			continue
		}
		for _, h := range p.stays[i].Held {
			part := base
			part.Actor, part.Period = h.Actor, h.Period
			part.Note = cow.Sentences(base.Note, p.stays[i].Split(r.states), p.stays[i].Counted)
			all = append(all, part)
		}
	}
	if len(all) > 1 && p.deaths != nil {
		none := 0
		for i := range all {
			all[i].Fatalities = &graph.Range{Low: &none, High: p.deaths.High}
			all[i].Note = cow.Sentences(all[i].Note, fmt.Sprintf("%d deaths in all its time in the war.", *p.deaths.Low))
		}
	}
	return all
}

// partyKey names a party that is no state: by its war, for nothing says that those called Liberals in one are those in
// another.
func partyKey(number, name string) graph.ActorKey {
	return graph.ActorKey(fmt.Sprintf("%s:%s-%s", Key, number, historian.Slug(name)))
}

// oneSided is a war that nobody has with anybody.
func oneSided(all []*party) []graph.Mistake {
	if len(all) > 0 && slices.ContainsFunc(all, func(p *party) bool { return p.side != all[0].side }) {
		return nil
	}
	p := all[0]
	return []graph.Mistake{p.Row.Mistake(p.column, fmt.Sprintf("all parties to the war are on side %s, and a war has two", strings.ToUpper(p.side)), "is a row missing?")}
}

// twiceAtOnce are rows of one state that certainly share a day.
func twiceAtOnce(all []*party) (bad []graph.Mistake) {
	for i, p := range all {
		for _, q := range all[:i] {
			if p.ccode == "" || p.ccode != q.ccode {
				continue
			}
			for _, x := range p.periods {
				for _, y := range q.periods {
					if x.Bounds().Certain().Overlaps(y.Bounds().Certain()) {
						bad = append(bad, p.Row.Mistake(p.column, fmt.Sprintf("the state has another row for the same days, in line %d", q.Row.Line), "leave one of them out, or correct the dates"))
					}
				}
			}
		}
	}
	return bad
}

// whole is the time from the first day of any party's to the last.
func whole(all []*party) graph.Period {
	w := all[0].periods[0]
	for _, p := range all {
		for _, q := range p.periods {
			if cow.CompareDates(q.Start, w.Start) < 0 {
				w.Start = q.Start
			}
			switch {
			case w.Why == graph.Censored, w.Why == graph.Unknown && q.Why != graph.Censored:
			case q.End.IsZero():
				w = w.EndingAs(q)
			case q.End.Latest() > w.End.Latest():
				w.End = q.End
			}
		}
	}
	return w
}

// sum adds up the deaths of the parties: what is known of them is the least.
func sum(all []*party) *graph.Range {
	low, known, every := 0, false, true
	for _, p := range all {
		if p.deaths == nil {
			every = false
			continue
		}
		low, known = low+*p.deaths.Low, true
	}
	switch {
	case !known:
		return nil
	case !every:
		return &graph.Range{Low: &low}
	default:
		return &graph.Range{Low: &low, High: &low}
	}
}

// midKey names a militarized dispute, as the source cow-mid does.
func midKey(number string) graph.EngagementKey { return graph.EngagementKey("cow-mid:" + number) }
