package archigos

import (
	"fmt"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// understood is what the rows of a leader say, or what is wrong with them.
type understood struct {
	cells
	tenures    []*tenure
	born, died []graph.Date // all that is said
}

// A tenure is a time in office, of one or several rows.
type tenure struct {
	id     string
	row    table.Row // its first
	period graph.Period
	last   graph.Date // the last day that is coded, also where it is no end
	held   []ingest.Held
	entry  graph.TenureEntry
	exit   graph.TenureExit
	how    string
	fate   string
}

// Rows after the first have no entry, and rows before the last no exit.
const (
	fromLastYear = "(p_year)"
	intoNextYear = "(n_year)"
)

// same are the columns that say one thing in all rows of a tenure.
var same = strings.Split("leadid,ccode,idacr,leader,gender,yrborn,yrdied,borndate,deathdate,dbpedia.uri,fties,ftcur", ",")

// understand reads all rows of a leader.
func (r *reader) understand(l *leader) *understood {
	u := &understood{cells: cells{book: r.book}}
	for _, row := range l.rows {
		if m := row.Bad(); m != nil {
			u.bad = append(u.bad, *m)
		}
	}
	if len(u.bad) > 0 {
		return u
	}
	for _, rows := range l.spells() {
		u.spell(r.roster, rows)
	}
	if len(u.bad) == 0 {
		u.onePerson()
	}
	return u
}

// spell reads the rows of one tenure.
func (u *understood) spell(roster *ingest.Roster, rows []table.Row) {
	before := len(u.bad)
	first, last := rows[0], rows[len(rows)-1]
	t := &tenure{id: first.Get("obsid"), row: first}
	if !leadIDs.MatchString(first.Get("leadid")) { // then the rows do not stand together, and nothing else can be said of them
		u.mistake(first, "leadid", "this is not the id of a leader", "as 81dcc176-1e42-11e4-b4cd-db5882bf8def")
		return
	}
	if !obsIDs.MatchString(t.id) {
		u.mistake(first, "obsid", "this is not the id of a tenure", "three letters and a year, as USA-1869 or HAI-1876-2")
	}
	if !u.years(t, rows) {
		return
	}
	t.entry = graph.TenureEntry(u.code(first, "entry"))
	t.exit = graph.TenureExit(u.code(last, "exit"))
	t.how = u.code(last, "exitcode")
	t.fate = u.code(last, "posttenurefate")
	if g := first.Get("gender"); g != "M" && g != "F" {
		u.mistake(first, "gender", "this is not in the codebook", "M or F")
	}
	if stays := last.Get("exit") == stillThere; stays != (last.Get("exitcode") == stillThere) {
		u.mistake(last, "exitcode", fmt.Sprintf("exit says %q, and this does not agree", last.Get("exit")), "")
	} else if stays {
		t.period = graph.Observed(t.period.Start, graph.MustDay(lastDay))
	}
	u.born = append(u.born, u.life(first, "yrborn", "borndate")...)
	u.died = append(u.died, u.life(first, "yrdied", "deathdate")...)
	u.tenures = append(u.tenures, t)
	if len(u.bad) == before {
		u.hold(roster, t)
	}
}

const stillThere = "Still in Office"

// years holds the rows of a tenure to one another: a row for each year, from its first day or that of the year to its last
// or that of the year; all of one person in one state. It is false where dates cannot be read, so that the rows have no order.
func (u *understood) years(t *tenure, rows []table.Row) bool {
	dates := make([][2]graph.Date, len(rows))
	legible := true
	for i, row := range rows {
		dates[i] = [2]graph.Date{u.day(row, "startdate"), u.day(row, "enddate")}
		legible = legible && !dates[i][0].IsZero() && !dates[i][1].IsZero()
	}
	if !legible {
		return false
	}
	for i, row := range rows {
		start, end := dates[i][0], dates[i][1]
		switch {
		case end.Earliest() < start.Earliest():
			u.mistake(row, "enddate", fmt.Sprintf("it ends (%s) before it begins (%s)", end, start), "")
		case start.EDTF()[:4] != end.EDTF()[:4]:
			u.mistake(row, "enddate", "a row is of one year, and this ends in another than it begins", "the last day of the year, and a row for the next")
		}
		for _, column := range same {
			if row.Get(column) != rows[0].Get(column) {
				u.mistake(row, column, fmt.Sprintf("another row of the tenure (line %d) has %q here", rows[0].Line, rows[0].Get(column)), "")
			}
		}
		if i == 0 {
			t.period.Start = start
		} else {
			if want := t.last.DayAfter(); want != start {
				u.mistake(row, "startdate", fmt.Sprintf("the row before (line %d) ends on %s", rows[i-1].Line, t.last), want.EDTF())
			}
			if row.Get("entry") != fromLastYear {
				u.mistake(row, "entry", "this is a further year of the tenure", fromLastYear)
			}
		}
		if i < len(rows)-1 {
			for column, want := range map[string]string{"exit": intoNextYear, "exitcode": dot, "posttenurefate": dot} {
				if row.Get(column) != want {
					u.mistake(row, column, "the tenure goes on in the next year", want)
				}
			}
		}
		t.last = end
	}
	t.period.End = t.last
	return true
}

// hold finds whose leader it was: the holder of the number in those days; where the number changed hands, each in turn.
func (u *understood) hold(roster *ingest.Roster, t *tenure) {
	number := t.row.Get("ccode")
	held, err := roster.Holders("gw", number, graph.Period{Start: t.period.Start, End: t.last})
	if err != nil {
		rule, suggestion := ingest.Unresolved(err)
		u.mistake(t.row, "ccode", rule, suggestion)
		return
	}
	held[len(held)-1].Period = held[len(held)-1].Period.EndingAs(t.period)
	t.held = held
}

// tenures makes the statements of a tenure: one, or where the number of the state changed hands one for each holder.
func (r *reader) tenures(l *leader, t *tenure) []*graph.Tenure {
	var all []*graph.Tenure
	for i, held := range t.held {
		st := &graph.Tenure{
			Key: graph.TenureKey(string(Key) + ":" + t.id), Person: l.key, Office: office, Of: held.Actor, Period: held.Period,
			Citations: []graph.Citation{{Source: Key, Locator: "obsid " + t.id}},
		}
		var notes []string
		if i == 0 {
			st.Entry = t.entry
		} else {
			st.Key += graph.TenureKey("/" + string(held.Actor))
			notes = append(notes, fmt.Sprintf("Goes on from %s: the state's number %s passed on.", r.roster.NameOn(t.held[i-1].Actor, held.Period.Start.Earliest()-1), t.row.Get("ccode")))
		}
		if i == len(t.held)-1 {
			st.Exit, st.ExitHow = t.exit, t.how
			if t.fate != "" {
				notes = append(notes, t.fate)
			}
			if t.period.Why == graph.Censored && t.last.EDTF() != lastDay {
				notes = append(notes, fmt.Sprintf("Counted by the dataset up to %s, and then as still in office.", t.last))
			}
		} else {
			notes = append(notes, fmt.Sprintf("Goes on in %s: the state's number %s passed on.", r.roster.NameOn(t.held[i+1].Actor, t.held[i+1].Period.Start.Earliest()), t.row.Get("ccode")))
		}
		if held.Outside {
			notes = append(notes, r.roster.Counted(held, "gw", t.row.Get("ccode")))
		}
		st.Note = strings.Join(notes, " ")
		all = append(all, st)
	}
	return all
}
