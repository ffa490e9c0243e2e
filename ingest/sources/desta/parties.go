package desta

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// A stay is one time for which a state was party to a treaty: from the beginning or from its accession, to its withdrawal.
type stay struct {
	number   string        // as the rows write it
	row      table.Row     // the one that names it first
	acceded  graph.Date    // zero: party from the beginning
	inForce  graph.Date    // of its accession, where the row says it
	from     graph.Date    // when it became a party, where that was not the beginning
	withdrew graph.Date    // zero: not that the file says
	held     []ingest.Held // who it is
}

// An event is a row of an accession or a withdrawal.
type event struct {
	cells
	kind    entry
	number  string
	year    graph.Date
	inForce graph.Date
	members []string
}

func (r *reader) event(row table.Row) *event {
	e := &event{cells: cells{row: row}, kind: entry(row.Get("entry_type")), number: row.Get("number")}
	e.year, e.inForce = e.cells.year("year"), e.cells.year("entryforceyear")
	if _, ok := r.decided.of("entryforceyear", row.Get("entryforceyear"), e.number, e.year); ok {
		e.inForce = graph.Date{}
	}
	e.members = e.cells.members()
	if of, base := eventForm.FindStringSubmatch(e.number)[1], row.Get("base_treaty"); of != base {
		e.mistake("base_treaty", fmt.Sprintf("the number of the row says that it belongs to treaty %s", of), of)
	}
	if e.year.IsZero() && len(e.bad) == 0 {
		e.mistake("year", fmt.Sprintf("the %s has no year", e.kind), "")
	}
	if !e.inForce.IsZero() && !e.year.IsZero() && e.inForce.Latest() < e.year.Earliest() {
		e.mistake("entryforceyear", fmt.Sprintf("it entered into force before it was agreed (%s)", e.year), "NA, or a year from then on")
	}
	return e
}

// stays finds who was a party when. The head names the first parties; an accession those that were none before; a
// withdrawal, in its title alone, those that were none after.
func (r *reader) stays(t *treaty, begun graph.Date, members []string) (stays []*stay, bad []ingest.Mistake) {
	for _, n := range members {
		stays = append(stays, &stay{number: n, row: t.heads[0]})
	}
	var events []*event
	for _, row := range t.events {
		if _, ok := r.decided.of("row", row.Get("number"), "", graph.Date{}); ok {
			continue
		}
		e := r.event(row)
		bad = append(bad, e.bad...)
		events = append(events, e)
	}
	if len(bad) > 0 {
		return nil, bad
	}
	slices.SortStableFunc(events, func(a, b *event) int {
		return cmp.Or(cmp.Compare(a.year.Earliest(), b.year.Earliest()), cmp.Compare(a.kind, b.kind))
	})
	for _, e := range events {
		if !begun.IsZero() && e.year.Latest() < begun.Earliest() {
			e.mistake("year", fmt.Sprintf("the %s is of before the treaty (%s)", e.kind, begun), "")
		} else if e.kind == accession {
			stays = r.accede(e, stays)
		} else {
			r.withdraw(e, stays)
		}
		bad = append(bad, e.bad...)
	}
	for _, s := range stays {
		bad = append(bad, r.resolve(s, begun)...)
	}
	return stays, bad
}

// current finds the stay of a party that has not withdrawn.
func current(stays []*stay, number string) *stay {
	i := slices.IndexFunc(stays, func(s *stay) bool { return s.number == number && s.withdrew.IsZero() })
	if i < 0 {
		return nil
	}
	return stays[i]
}

// accede adds the parties that an accession brings. Each must be named in the title, but where that speaks of an
// enlargement: rows repeat the other parties, and some have one that is not meant.
func (r *reader) accede(e *event, stays []*stay) []*stay {
	title := e.row.Get("name")
	for _, n := range e.members {
		if meaning, ok := r.decided.of("member", n, e.number, e.year); ok && meaning == "" {
			continue // decided to be a slip
		}
		if current(stays, n) != nil {
			continue
		}
		s := &stay{number: n, row: e.row, acceded: e.year, inForce: e.inForce, from: e.year}
		if !e.inForce.IsZero() {
			s.from = e.inForce
		}
		held, err := r.holders(s, graph.On(e.year))
		if err == nil && !strings.HasSuffix(title, "Enlargement") && !slices.Contains(r.named(title, e.year), held[0].Actor) {
			e.mistake(columnOf(e.row, n), fmt.Sprintf("%s was no party before, and the title does not say that it acceded", r.names.Name(held[0].Actor, e.year.Earliest())), "who acceded stands in the title")
			continue
		}
		stays = append(stays, s) // who it is not known is said by resolve
	}
	return stays
}

// withdraw ends the stays of those whom the title names behind the word.
func (r *reader) withdraw(e *event, stays []*stay) {
	title := e.row.Get("name")
	_, who, ok := strings.Cut(title, "withdrawal")
	actors := r.named(who, e.year)
	if !ok || len(actors) == 0 {
		e.mistake("name", "the title does not say who withdrew", "the name of the treaty, the word withdrawal, and the names of states")
		return
	}
	for _, actor := range actors {
		i := slices.IndexFunc(stays, func(s *stay) bool {
			if !s.withdrew.IsZero() {
				return false
			}
			held, err := r.holders(s, graph.On(e.year))
			return err == nil && held[0].Actor == actor
		})
		if i < 0 {
			e.mistake("name", fmt.Sprintf("%s is said to withdraw, and was no party then", r.names.Name(actor, e.year.Earliest())), "is the row of its accession missing?")
			continue
		}
		stays[i].withdrew = e.year
	}
}

// named gives the states that a text names, in its order.
func (r *reader) named(text string, year graph.Date) (actors []graph.ActorKey) {
	for _, word := range r.names.List(text) {
		if !word.Known {
			continue
		}
		if held, err := r.names.Find(word.Text, graph.On(year)); err == nil && len(held) > 0 {
			actors = append(actors, held[0].Actor)
		}
	}
	return actors
}

// resolve finds who a party is, for the year of the row that names it.
func (r *reader) resolve(s *stay, begun graph.Date) []ingest.Mistake {
	at := begun
	if !s.from.IsZero() {
		at = s.from
	}
	p := graph.Period{Start: at, End: s.withdrew}
	if p.End.IsZero() && !at.IsZero() {
		p.Why = graph.Unknown
	}
	held, err := r.holders(s, p)
	if err != nil {
		rule, suggestion := ruleOf(err)
		return []ingest.Mistake{s.row.Mistake(columnOf(s.row, s.number), rule, suggestion)}
	}
	s.held = held
	return nil
}

// holders gives the holder of a party's number in a period: by a decision, else the number of ISO 3166-1, which
// the file writes without zeros before it.
func (r *reader) holders(s *stay, p graph.Period) ([]ingest.Held, error) {
	scheme, value := "ison", fmt.Sprintf("%03s", s.number)
	year := s.row.Get("year")
	date, err := graph.ParseDate(year)
	if err != nil {
		date = graph.Date{} // a negotiation
	}
	if meaning, ok := r.decided.of("member", s.number, s.row.Get("number"), date); ok {
		code := graph.ParseCode(meaning)
		scheme, value = code.Scheme, code.Value
	}
	return r.names.Holders(scheme, value, p)
}
