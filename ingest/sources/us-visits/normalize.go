package usvisits

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/historian"
)

// usa hosts every visit.
const usa graph.ActorKey = "iso3:USA"

// longest is how many days a visit may have: more than three times the longest there is.
const longest = 200

// A visit is a record as understood.
type visit struct {
	record      historian.Record
	id          int
	text        string // the visitor as printed
	visitors    []visitor
	from        string // the country as its id says
	printed     string // the country as printed
	start, end  string // the dates as printed
	description string
	occasion    string // what it was for, where the description names an occasion
	accompanied string // whom the visitor accompanied, where that is what the description says
	country     historian.Country
	period      graph.Period
	mistakes    ingest.Mistakes
	folded      struct{ text, description, occasion, accompanied string } // to compare
}

func (v *visit) bad() bool { return len(v.mistakes) > 0 }

// normalize understands a record, as far as it can; what it cannot is in the mistakes.
func (s *Source) normalize(rec historian.Record, decade string) (*visit, error) {
	t, err := lookups()
	if err != nil {
		return nil, err
	}
	v := &visit{
		record: rec, mistakes: rec.Mistakes,
		text: rec.Get("visitor").Text, from: rec.Get("from/@id").Text, printed: rec.Get("from").Text,
		start: rec.Get("start-date").Text, end: rec.Get("end-date").Text, description: rec.Get("description").Text,
	}
	if rec.Unknown {
		return v, nil
	}
	v.visitors = t.visitorsOf(v.text)
	v.occasion = t.occasionOf(v.description)
	if m := accompanied.FindStringSubmatch(v.description); m != nil {
		v.accompanied = m[1]
	}
	v.folded.text, v.folded.description = same(v.text), same(v.description)
	v.folded.occasion, v.folded.accompanied = same(v.occasion), same(v.accompanied)
	v.id, err = strconv.Atoi(rec.Get("id").Text)
	if err != nil || v.id < 1 {
		v.id = 0
		v.wrong("id", "this is not a number of a visit", "a whole number above 0")
	}
	if v.text == "" {
		v.wrong("visitor", "nobody is named", "")
	}
	if v.printed == "" {
		v.wrong("from", "no country is named", "")
	}
	v.dates(decade)
	if v.bad() {
		return v, nil
	}
	return v, s.resolve(v)
}

// wrong notes what is wrong with a field, unless its form is wrong already.
func (v *visit) wrong(field, rule, suggestion string) {
	for _, m := range v.mistakes {
		if m.Field == field {
			return
		}
	}
	v.mistakes = append(v.mistakes, v.record.Get(field).Mistake(rule, suggestion))
}

// dates reads the period of the visit, both days included.
func (v *visit) dates(decade string) {
	start, err := graph.ParseDate(v.start)
	if err != nil || start.IsZero() {
		v.wrong("start-date", "this is not a date", "YYYY-MM-DD")
	}
	end, err := graph.ParseDate(v.end)
	if err != nil || end.IsZero() {
		v.wrong("end-date", "this is not a date", "YYYY-MM-DD")
	}
	if v.bad() {
		return
	}
	v.period = graph.Period{Start: start, End: end}
	if err := v.period.Check(); err != nil {
		v.wrong("end-date", err.Error(), "the last day, on or after "+v.start)
		return
	}
	if days := int(end.Earliest() - start.Latest()); days > longest {
		v.wrong("end-date", fmt.Sprintf("the visit would have lasted %d days", days+1), fmt.Sprintf("no visit lasts more than %d", longest))
	}
	if !strings.HasPrefix(v.start, decade[:3]) {
		v.wrong("start-date", "the visit does not begin in the decade of its file", decade[:3]+"0 to "+decade[:3]+"9")
	}
}

// resolve finds the state that the visitor came from.
func (s *Source) resolve(v *visit) error {
	roster, err := s.roster()
	if err != nil {
		return err
	}
	v.country, err = historian.ResolveCountry(roster, v.from, v.period)
	var nobody *ingest.NobodyError
	if errors.As(err, &nobody) {
		v.wrong("from/@id", nobody.Rule, nobody.Suggestion)
		return nil
	}
	return err
}
