package states

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

// Actors gives what the shipped registry says of every state and territory, by key. The
// caller may change what it gets.
func Actors() ([]graph.ActorFacts, error) {
	r, err := shipped()
	if err != nil {
		return nil, err
	}
	facts := make([]graph.ActorFacts, len(r.actors))
	for i, a := range r.actors {
		f := a.facts
		f.Names = slices.Clone(f.Names)
		f.Identifiers = slices.Clone(f.Identifiers)
		f.Existence = slices.Clone(f.Existence)
		f.PartOf = slices.Clone(f.PartOf)
		f.Succeeds = slices.Clone(f.Succeeds)
		f.Citations = slices.Clone(f.Citations)
		facts[i] = f
	}
	return facts, nil
}

var shipped = sync.OnceValues(func() (*registry, error) { return build(Files) })

// registry is the tables put together, by actor.
type registry struct {
	actors   []*actor // by key
	byKey    map[string]*actor
	mistakes ingest.Mistakes
}

// actor is one state or territory while the tables are put together.
type actor struct {
	row    row
	name   string // English
	region string // the CLDR region that names it; empty for polities of the past
	facts  graph.ActorFacts
	own    bool // some of its existence is the registry's own dating
	// entries are its withdrawn codes as ISO 3166-3 lists them, of four letters; lapsed those it lost otherwise.
	entries, lapsed []string
}

// build reads the tables and puts them together. All mistakes in them come at once.
func build(files fs.FS) (*registry, error) {
	all, err := read(files)
	if err != nil {
		return nil, err
	}
	r := &registry{byKey: map[string]*actor{}}
	for _, row := range all["actors.csv"] {
		r.addActor(row)
	}
	slices.SortFunc(r.actors, func(a, b *actor) int { return strings.Compare(string(a.facts.Key), string(b.facts.Key)) })
	for _, row := range all["existence.csv"] {
		r.addExistence(row)
	}
	r.observe(all["cow.csv"], all["gw.csv"])
	r.addCodes(all)
	r.addNames(all)
	for _, row := range all["succession.csv"] {
		r.addSuccession(row)
	}
	for _, row := range all["parts.csv"] {
		r.addPart(row)
	}
	for _, a := range r.actors {
		if len(a.facts.Existence) == 0 {
			r.wrong(a.row.mistake("key", "has no line in existence.csv", "write one, with from left empty where the beginning is not known"))
		}
		r.cite(a)
	}
	if len(r.mistakes) > 0 {
		r.mistakes.Sort()
		return nil, r.mistakes
	}
	return r, nil
}

func (r *registry) wrong(m ingest.Mistake) { r.mistakes = append(r.mistakes, m) }

var keyForm = regexp.MustCompile(`^(iso3:[A-Z]{3}|cow:[1-9][0-9]{0,2}|gw:[1-9][0-9]{0,2})$`)

func (r *registry) addActor(row row) {
	key := row.get("key")
	switch {
	case !keyForm.MatchString(key):
		r.wrong(row.mistake("key", "is not the key of a state", "write iso3:XXX where the standard has or had a code, otherwise cow:NNN, otherwise gw:NNN"))
		return
	case r.byKey[key] != nil:
		r.wrong(row.mistake("key", fmt.Sprintf("stands on line %d already", r.byKey[key].row.line), ""))
		return
	case row.get("name") == "":
		r.wrong(row.mistake("name", "an actor needs an English name", ""))
	}
	a := &actor{
		row: row, name: row.get("name"), region: row.get("region"),
		facts: graph.ActorFacts{Key: graph.ActorKey(key), Kind: graph.KindState, Note: row.get("note")},
	}
	r.actors = append(r.actors, a)
	r.byKey[key] = a
}

// actor finds the actor that a column names.
func (r *registry) actor(row row, column string) *actor {
	key := row.get(column)
	if a := r.byKey[key]; a != nil {
		return a
	}
	keys := make([]string, 0, len(r.byKey))
	for k := range r.byKey {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	suggestion := "add it to actors.csv"
	if near := graph.Nearest(key, keys, 1); len(near) > 0 {
		suggestion = fmt.Sprintf("did you mean %s?", near[0])
	}
	r.wrong(row.mistake(column, "is no actor of the registry", suggestion))
	return nil
}

// date reads the date of a column; an empty field is no date.
func (r *registry) date(row row, column string) graph.Date {
	text := row.get(column)
	if text == "" {
		return graph.Date{}
	}
	d, err := graph.ParseDate(text)
	if err != nil {
		r.wrong(row.mistake(column, "is not a date", "write YYYY, YYYY-MM or YYYY-MM-DD"))
	}
	return d
}

// period reads the columns from and to, the last day included. Without an end it is open for the reason given;
// with neither it is zero if whole is allowed.
func (r *registry) period(row row, open graph.OpenEnd) graph.Period {
	p := graph.Period{Start: r.date(row, "from"), End: r.date(row, "to")}
	if p.End.IsZero() {
		p.Why = open
	}
	if err := p.Check(); err != nil {
		r.wrong(row.mistake("to", err.Error(), ""))
	}
	return p
}

func (r *registry) addExistence(row row) {
	a := r.actor(row, "actor")
	if a == nil {
		return
	}
	p := r.period(row, graph.Ongoing)
	switch row.get("basis") {
	case "lists":
	case "own":
		a.own = true
	default:
		r.wrong(row.mistake("basis", "is not where an existence comes from", "write lists or own"))
	}
	if n := len(a.facts.Existence); n > 0 && !before(a.facts.Existence[n-1], p) {
		r.wrong(row.mistake("from", "does not begin after the line before it ends", "order the periods of an actor by time"))
	}
	a.facts.Existence = append(a.facts.Existence, p)
}

// observe says of those whose beginning is not known since when at the latest they existed: since the first day on which one of the
// lists counts them.
func (r *registry) observe(lists ...[]row) {
	for _, row := range slices.Concat(lists...) {
		a, from := r.byKey[row.get("actor")], r.date(row, "from")
		if a == nil || from.IsZero() || row.get("basis") == "own" || len(a.facts.Existence) == 0 {
			continue
		}
		first := &a.facts.Existence[0]
		if first.Start.IsZero() && (first.End.IsZero() || from.Latest() <= first.End.Earliest()) && (first.ObservedFrom.IsZero() || from.Latest() < first.ObservedFrom.Latest()) {
			first.ObservedFrom = from
		}
	}
}

// before tells whether p is over when q begins.
func before(p, q graph.Period) bool {
	return p.Bounds().Possible().To <= q.Bounds().Possible().From
}

func (r *registry) addSuccession(row row) {
	a, b := r.actor(row, "successor"), r.actor(row, "predecessor")
	if a == nil || b == nil {
		return
	}
	if a == b {
		r.wrong(row.mistake("predecessor", "an actor does not succeed itself", ""))
	}
	a.facts.Succeeds = append(a.facts.Succeeds, graph.Succession{Actor: b.facts.Key, Date: r.date(row, "date"), Note: row.get("note")})
}

func (r *registry) addPart(row row) {
	part, whole := r.actor(row, "part"), r.actor(row, "whole")
	if part == nil || whole == nil {
		return
	}
	if part == whole {
		r.wrong(row.mistake("whole", "an actor is not part of itself", ""))
	}
	p := r.period(row, graph.Ongoing)
	if p == (graph.Period{Why: graph.Ongoing}) {
		p = graph.Period{} // the whole life of both
	}
	part.facts.PartOf = append(part.facts.PartOf, graph.PartOf{Actor: whole.facts.Key, Period: p})
}
