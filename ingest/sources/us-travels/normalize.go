package ustravels

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/historian"
)

// usa is on whose behalf they travel.
const usa graph.ActorKey = "iso3:USA"

// longest is how many days a leg may have: about twice the longest there is, at the peace conference of 1919.
const longest = 400

// firstYear and lastYear bound what can be a travel: the first office holders, and a day that will be long past the
// producer's files.
const firstYear, lastYear = "1789", "2099"

// A leg is a record as understood: a stay of a traveller in one country.
type leg struct {
	record          historian.Record
	id              int
	who, role, name string
	office          string
	printed         string // the country as printed
	locale, remarks string
	country         historian.Country
	met             met                   // whom the remarks name
	parties         []graph.Participation // the states of these, but for the host's
	period          graph.Period
	mistakes        ingest.Mistakes
}

func (l *leg) bad() bool { return len(l.mistakes) > 0 }

// normalize understands a record, as far as it can; what it cannot is in the mistakes.
func (s *Source) normalize(rec historian.Record) (*leg, error) {
	t, err := lookups()
	if err != nil {
		return nil, err
	}
	l := &leg{
		record: rec, mistakes: rec.Mistakes,
		who: rec.Get("@who").Text, role: rec.Get("@role").Text, name: rec.Get("name").Text,
		printed: rec.Get("country").Text, locale: rec.Get("locale").Text, remarks: rec.Get("remarks").Text,
	}
	if rec.Unknown {
		return l, nil
	}
	l.id, err = strconv.Atoi(rec.Get("id").Text)
	if err != nil || l.id < 1 {
		l.id = 0
		l.wrong("id", "this is not a number of a trip", "a whole number above 0")
	}
	if want := travellerOf(rec.File); l.who != want {
		l.wrong("@who", "this is not the traveller after whom the file is called", want)
	}
	l.office = t.offices[l.role]
	if l.office == "" {
		l.wrong("@role", "this office is not known", "president or secretary")
	}
	if folder := path.Base(path.Dir(rec.File)); strings.HasSuffix(folder, "-travels") && folder != l.role+"-travels" {
		l.wrong("@role", "this is not the office of the folder "+folder, "")
	}
	if rec.Get("role").Text != l.role {
		l.wrong("role", "this is not the role that stands in the attribute", l.role)
	}
	if l.name == "" {
		l.wrong("name", "nobody is named", "")
	}
	if l.printed == "" {
		l.wrong("country", "no country is named", "")
	}
	if m := elect.FindStringSubmatch(l.remarks); m != nil {
		l.office = m[1]
	}
	l.dates()
	if l.bad() {
		return l, nil
	}
	if err := s.resolve(l); err != nil || l.bad() {
		return l, err
	}
	return l, s.resolveNamed(l)
}

// wrong notes what is wrong with a field, unless its form is wrong already.
func (l *leg) wrong(field, rule, suggestion string) {
	if !slices.ContainsFunc(l.mistakes, func(m ingest.Mistake) bool { return m.Field == field }) {
		l.mistakes = append(l.mistakes, l.record.Get(field).Mistake(rule, suggestion))
	}
}

// dates reads the period of the leg, both days included: on the day of a crossing the traveller was in both countries.
func (l *leg) dates() {
	first, last := l.record.Get("start-date").Text, l.record.Get("end-date").Text
	start, err := graph.ParseDate(first)
	if err != nil || start.IsZero() {
		l.wrong("start-date", "this is not a date", "YYYY-MM-DD")
	}
	end, err := graph.ParseDate(last)
	if err != nil || end.IsZero() {
		l.wrong("end-date", "this is not a date", "YYYY-MM-DD")
	}
	if l.bad() {
		return
	}
	l.period = graph.Period{Start: start, End: end}
	if err := l.period.Check(); err != nil {
		l.wrong("end-date", err.Error(), "the last day, on or after "+first)
		return
	}
	if first < firstYear || last > lastYear+"-12-31" {
		l.wrong("start-date", "no holder of the office can have travelled then", firstYear+" to "+lastYear)
	}
	if days := int(end.Earliest() - start.Latest()); days > longest {
		l.wrong("end-date", fmt.Sprintf("the stay would have lasted %d days", days+1), fmt.Sprintf("none lasts more than %d", longest))
	}
}

// resolve finds the state of the country.
func (s *Source) resolve(l *leg) error {
	roster, err := s.roster()
	if err != nil {
		return err
	}
	id := l.record.Get("country/@id").Text
	l.country, err = historian.ResolveCountry(roster, id, l.period)
	var nobody *ingest.NobodyError
	if errors.As(err, &nobody) {
		l.wrong("country/@id", nobody.Rule, nobody.Suggestion)
		return nil
	}
	return err
}

// twice tells whether two records say the same of one traveller: the file has a few legs under two numbers. Two that
// have one number are a mistake, and go together.
func twice(a, b *leg) bool {
	if a.id > 0 && a.id == b.id {
		return true
	}
	return !a.bad() && !b.bad() && a.role == b.role && a.country.ID == b.country.ID && a.period == b.period &&
		a.locale == b.locale && a.remarks == b.remarks
}
