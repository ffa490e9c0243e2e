package archigos

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// onePerson holds what is said of a leader to what one person can have done: nobody governs before birth or after death. Where
// that is so, two persons have one leadid, or a year is wrong; a person has to look.
func (u *understood) onePerson() {
	for _, t := range u.tenures {
		began := t.period.Start.Earliest()
		for _, born := range u.born {
			if born.Earliest() > began {
				u.mistake(t.row, "leadid", fmt.Sprintf("of this leader a row says born %s, and this tenure began %s", born, t.period.Start), "are there two persons of one leadid?")
			}
		}
		for _, died := range u.died {
			if died.Latest() < began {
				u.mistake(t.row, "leadid", fmt.Sprintf("of this leader a row says died %s, and this tenure began %s", died, t.period.Start), "are there two persons of one leadid?")
			}
		}
	}
}

// person makes the statement of the person.
func (r *reader) person(l *leader, u *understood) *graph.ActorFacts {
	a := &graph.ActorFacts{
		Key: l.key, Kind: graph.KindPerson,
		Citations: []graph.Citation{{Source: Key, Locator: "leadid " + l.rows[0].Get("leadid")}},
	}
	var notes []string
	for _, t := range u.tenures {
		name := graph.Name{Text: strings.TrimSpace(t.row.Get("leader")), Lang: "en"}
		if !slices.Contains(a.Names, name) {
			a.Names = append(a.Names, name)
		}
		if page, ok := strings.CutPrefix(t.row.Get("dbpedia.uri"), "http://dbpedia.org/resource/"); ok {
			id := graph.Identifier{Scheme: "dbpedia", Value: page}
			if !slices.Contains(a.Identifiers, id) {
				a.Identifiers = append(a.Identifiers, id)
			}
		}
		if t.row.Get("gender") == "F" {
			notes = appendNew(notes, "Female.")
		}
		if ties := t.row.Get("fties"); ties != missing {
			for _, tie := range strings.Split(ties, ";") {
				who, id, _ := strings.Cut(tie, "%")
				notes = appendNew(notes, fmt.Sprintf("%s (leadid %s).", who, id))
			}
		}
	}
	a.Note = strings.Join(notes, " ")
	life := graph.Period{Start: oneDate(u.born), End: oneDate(u.died)}
	if life.End.IsZero() {
		if life.Why = u.alive(); life.Why == graph.Censored {
			life.ObservedUntil = graph.MustDate(lastDay)
		}
	}
	if !life.Start.IsZero() || !life.End.IsZero() {
		a.Existence = []graph.Period{life}
	}
	return a
}

// alive says why there is no day of death: whoever is coded as living lived when the data ends, unless an exit says otherwise.
func (u *understood) alive() graph.OpenEnd {
	for _, t := range u.tenures {
		if t.row.Get("yrdied") != living || t.exit == graph.ExitDeath || t.exit == graph.ExitSuicide {
			return graph.Unknown
		}
	}
	return graph.Censored
}

func appendNew(list []string, text string) []string {
	if slices.Contains(list, text) {
		return list
	}
	return append(list, text)
}

// oneDate makes one date of all that is said: the finest, where the others hold it; where rows differ, one of the days from
// the earliest to the latest of them.
func oneDate(dates []graph.Date) graph.Date {
	var finest []graph.Date
	for _, d := range dates {
		holdsOther := func(o graph.Date) bool {
			return o != d && d.Earliest() <= o.Earliest() && o.Latest() <= d.Latest()
		}
		if !slices.ContainsFunc(dates, holdsOther) && !slices.Contains(finest, d) {
			finest = append(finest, d)
		}
	}
	if len(finest) < 2 {
		return append(finest, graph.Date{})[0]
	}
	first := slices.MinFunc(finest, func(a, b graph.Date) int { return cmp.Compare(a.Earliest(), b.Earliest()) })
	last := slices.MaxFunc(finest, func(a, b graph.Date) int { return cmp.Compare(a.Latest(), b.Latest()) })
	date, err := graph.ParseDate(fmt.Sprintf("[%s..%s]", first, last))
	if err != nil {
		panic(err) // both are dates, and the first is not after the last
	}
	return date
}
