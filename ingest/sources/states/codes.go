package states

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// A holding is an actor having a code for a time, and the row that says so.
type holding struct {
	actor  *actor
	id     graph.Identifier
	row    row
	column string
}

// Schemes of codes, in the order in which an actor has them.
var schemes = []string{"iso3", "iso2", "ison", "cow", "cowc", "gw", "gwc"}

var (
	alpha2 = regexp.MustCompile(`^[A-Z]{2}$`)
	alpha3 = regexp.MustCompile(`^[A-Z]{3}$`)
	number = regexp.MustCompile(`^[1-9][0-9]{0,2}$`)
	digits = regexp.MustCompile(`^[0-9]{3}$`)
)

// addCodes gives the actors their codes, and holds that a code has one holder on a day.
func (r *registry) addCodes(all tables) {
	var held []holding
	for _, row := range all["iso-withdrawn.csv"] {
		held = append(held, r.withdrawn(row)...)
	}
	for _, row := range all["iso.csv"] {
		held = append(held, r.iso(row, held)...)
	}
	held = append(held, r.list(all["cow.csv"], "cow", cowLast)...)
	held = append(held, r.list(all["gw.csv"], "gw", gwLast)...)
	r.oneHolder(held)

	// An actor's last code of a scheme is the one to show. Withdrawn codes stand before the one of today, as
	// in held; spells of the lists, which are ordered by number there, by time.
	slices.SortStableFunc(held, func(a, b holding) int {
		return cmp.Or(cmp.Compare(slices.Index(schemes, a.id.Scheme), slices.Index(schemes, b.id.Scheme)), cmp.Compare(a.listed(), b.listed()))
	})
	for _, h := range held {
		h.actor.facts.Identifiers = append(h.actor.facts.Identifiers, h.id)
	}
}

// isoCodes are the codes of the standard: the scheme of each, and its column in both tables.
var isoCodes = []struct{ scheme, column string }{{"iso3", "alpha3"}, {"iso2", "alpha2"}, {"ison", "numeric"}}

// iso gives an actor of today its three codes, for every period in which it exists: the standard is of 1974, but
// people use its codes for the whole life of what they name. Where a withdrawn row already says so, it is
// not said twice (BY, of Belarus under both its names).
func (r *registry) iso(row row, sofar []holding) []holding {
	a := r.byKey["iso3:"+row.get("alpha3")]
	if a == nil {
		r.wrong(row.mistake("alpha3", "has no actor", "add iso3:"+row.get("alpha3")+" to actors.csv"))
		return nil
	}
	var held []holding
	for _, code := range isoCodes {
		r.form(row, code.column, code.scheme)
		value := row.get(code.column)
		if slices.ContainsFunc(sofar, func(h holding) bool {
			return h.actor == a && h.id.Scheme == code.scheme && h.id.Value == value
		}) {
			r.wrong(row.mistake(code.column, "is withdrawn from this actor in iso-withdrawn.csv", "leave it out of one of the tables"))
			continue
		}
		held = append(held, wholeLife(a, code.scheme, value, row, code.column)...)
	}
	return held
}

// wholeLife makes a code hold for as long as its actor exists: no period where that is one stretch, one
// for each where there are several, so that nobody holds it in between.
func wholeLife(a *actor, scheme, value string, row row, column string) []holding {
	if len(a.facts.Existence) < 2 {
		return []holding{{a, graph.Identifier{Scheme: scheme, Value: value}, row, column}}
	}
	var held []holding
	for _, p := range a.facts.Existence {
		held = append(held, holding{a, graph.Identifier{Scheme: scheme, Value: value, Period: p}, row, column})
	}
	return held
}

// withdrawn reads a code that the standard no longer has, and why it ended where it did. A code whose other half is
// still in the standard for the same actor (BYS with BY, ATF with FQ) is left to iso.csv, and so is a number that was kept when
// the letters changed; its cell is empty.
func (r *registry) withdrawn(row row) []holding {
	a := r.actor(row, "actor")
	if a == nil {
		return nil
	}
	if row.get("reason") == "" {
		r.wrong(row.mistake("reason", "is empty: every withdrawn code says why it ends where it does", ""))
	}
	if entry := row.get("entry"); entry != "" {
		a.entries = append(a.entries, entry)
	} else {
		a.lapsed = append(a.lapsed, row.get("alpha3"))
	}
	r.date(row, "standard_from")
	r.date(row, "standard_to")
	var held []holding
	for _, code := range isoCodes {
		value := row.get(code.column)
		if code.scheme == "ison" && value == "" {
			continue
		}
		r.form(row, code.column, code.scheme)
		if a.region != "" && (value == a.region || "iso3:"+value == string(a.facts.Key)) {
			continue
		}
		if row.get("from") == "" && row.get("to") == "" {
			held = append(held, wholeLife(a, code.scheme, value, row, code.column)...)
			continue
		}
		held = append(held, holding{a, graph.Identifier{Scheme: code.scheme, Value: value, Period: r.period(row, graph.Unknown)}, row, code.column})
	}
	if row.get("from") != "" && row.get("to") == "" { // to the end of the actor
		end := a.facts.Existence[len(a.facts.Existence)-1]
		for i := range held {
			held[i].id.Period = held[i].id.Period.EndingAs(end)
		}
	}
	return held
}

// list reads the spells of a list of states: numbers and abbreviations, both optional, the last day included. Where
// there is no last day the actor is a member on the last day of the list, which says no more.
func (r *registry) list(rows []row, scheme, last string) []holding {
	var held []holding
	for _, row := range rows {
		a := r.actor(row, "actor")
		if a == nil {
			continue
		}
		if b := row.get("basis"); b != "" && b != "own" {
			r.wrong(row.mistake("basis", "is not where a code comes from", "leave it empty for what the list has, or write own"))
		}
		if row.get("from") == "" {
			r.wrong(row.mistake("from", "is empty: the lists give the first day of every spell", ""))
		}
		p := r.period(row, graph.Censored)
		if p.Why == graph.Censored {
			p = graph.Observed(p.Start, graph.MustDay(last))
		}
		if row.get("number") == "" && row.get("abbreviation") == "" {
			r.wrong(row.mistake("number", "is empty, and so is the abbreviation", "give one of them"))
		}
		if n := row.get("number"); n != "" {
			r.form(row, "number", scheme)
			held = append(held, holding{a, graph.Identifier{Scheme: scheme, Value: n, Period: p}, row, "number"})
		}
		if c := row.get("abbreviation"); c != "" {
			r.form(row, "abbreviation", scheme+"c")
			held = append(held, holding{a, graph.Identifier{Scheme: scheme + "c", Value: c, Period: p}, row, "abbreviation"})
		}
	}
	return held
}

// listed is the first day of a spell of the lists, for ordering; codes of the standard all have the same.
func (h holding) listed() graph.Day {
	if strings.HasPrefix(h.id.Scheme, "iso") || h.id.Period.Start.IsZero() {
		return graph.MinDay
	}
	return h.id.Period.Start.Earliest()
}

// form holds a code to the form of its scheme.
func (r *registry) form(row row, column, scheme string) {
	form, say := alpha3, "three capital letters"
	switch scheme {
	case "iso2":
		form, say = alpha2, "two capital letters"
	case "ison":
		form, say = digits, "three digits"
	case "cow", "gw":
		form, say = number, "a number of up to three digits, without zeros before it"
	}
	if !form.MatchString(row.get(column)) {
		r.wrong(row.mistake(column, "is not a code of the scheme "+scheme, "write "+say))
	}
}

// oneHolder holds that no two actors have one code on one day, that the number in a key
// is that actor's alone, and that a code's time touches its holder's.
func (r *registry) oneHolder(held []holding) {
	byCode := map[graph.Code][]holding{}
	for _, h := range held {
		code := graph.Code{Scheme: h.id.Scheme, Value: h.id.Value}
		if owner := r.byKey[code.String()]; owner != nil && owner != h.actor && h.id.Scheme != "iso3" {
			r.wrong(h.row.mistake(h.column, fmt.Sprintf("is the key of %s, so %s cannot hold it", owner.facts.Key, h.actor.facts.Key), ""))
		}
		if len(h.actor.facts.Existence) > 0 && !h.time().Overlaps(h.actor.life()) {
			r.wrong(h.row.mistake(h.column, fmt.Sprintf("holds at no time at which %s exists", h.actor.facts.Key), "see existence.csv"))
		}
		for _, other := range byCode[code] {
			if other.time().Overlaps(h.time()) {
				r.wrong(h.row.mistake(h.column, fmt.Sprintf("already names %s on some of these days, by %s", other.actor.facts.Key, other.row.locator()), "end one of them before the other begins"))
				break
			}
		}
		byCode[code] = append(byCode[code], h)
	}
}

// life is the time from the actor's first to its last possible day.
func (a *actor) life() graph.Interval {
	e := a.facts.Existence
	return graph.Interval{From: e[0].Bounds().Possible().From, To: e[len(e)-1].Bounds().Possible().To}
}

// time is when the holding may hold: its period within the life of its actor.
func (h holding) time() graph.Interval {
	t := h.actor.life()
	if !h.id.Period.IsZero() {
		t = h.id.Period.Bounds().Possible().Intersect(t)
	}
	return t
}
