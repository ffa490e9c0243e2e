// Package names finds states by the English names that datasets print in place of codes.
//
// What a name means is what the registry of states calls somebody, or what a person has decided and written into a
// table: a line for each spelling, with the code it stands for. A code is then held on the days the row is about, as
// everywhere (ingest.Roster): "Russia" is cow:365, which is the Soviet Union in 1960. A name that is in neither is
// a mistake that comes with candidates, never a guess.
package names

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

// Columns are those of a table of decisions. A name stands for the code; where it has an until, up to that day or year, and a
// line below says for what then. A line without a code is of a name that is no state's: an organisation, a word.
var Columns = []string{"name", "code", "until", "why"}

// A Book knows the names of states. It is safe for concurrent use.
type Book struct {
	roster  *ingest.Roster
	decided map[string][]decision       // by folded name, in order of time
	called  map[string][]graph.ActorKey // by the registry
	facts   map[graph.ActorKey]graph.ActorFacts
	known   []string // all names, for candidates
}

type decision struct {
	code  graph.Code
	until graph.Date
}

// New makes a book of the registry and of tables of decisions, each as the text of a CSV file. A name that two lines
// decide, and a code that nobody ever held, are errors.
func New(registry ingest.Registry, tables ...string) (*Book, error) {
	all, err := registry()
	if err != nil {
		return nil, fmt.Errorf("asking the registry of states: %w", err)
	}
	b := &Book{decided: map[string][]decision{}, called: map[string][]graph.ActorKey{}, facts: map[graph.ActorKey]graph.ActorFacts{}}
	if b.roster, err = ingest.NewRoster(all); err != nil {
		return nil, err
	}
	for _, a := range all {
		b.facts[a.Key] = a
		for _, n := range a.Names {
			if n.Lang != "en" {
				continue
			}
			name := fold(n.Text)
			if !slices.Contains(b.called[name], a.Key) {
				b.called[name] = append(b.called[name], a.Key)
				b.known = append(b.known, n.Text)
			}
		}
	}
	for _, t := range tables {
		if err := b.decide(t); err != nil {
			return nil, err
		}
	}
	slices.Sort(b.known)
	b.known = slices.Compact(b.known)
	return b, nil
}

func (b *Book) decide(table string) error {
	rows, err := csv.NewReader(strings.NewReader(table)).ReadAll()
	if err != nil {
		return fmt.Errorf("a table of names: %w", err)
	}
	if len(rows) == 0 || !slices.Equal(rows[0], Columns) {
		return fmt.Errorf("a table of names has not the columns %s", strings.Join(Columns, ", "))
	}
	here := map[string]bool{}
	for i, r := range rows[1:] {
		d := decision{code: graph.ParseCode(r[1])}
		if r[1] != "" && len(b.roster.Ever(d.code.Scheme, d.code.Value)) == 0 {
			return fmt.Errorf("a table of names, row %d: %s stands for %s, which nobody ever held", i+2, r[0], r[1])
		}
		if r[2] != "" {
			if d.until, err = graph.ParseDate(r[2]); err != nil {
				return fmt.Errorf("a table of names, row %d: %w", i+2, err)
			}
		}
		name := fold(r[0])
		sofar := b.decided[name]
		if !here[name] {
			sofar = nil // a later table decides anew
		}
		here[name] = true
		if n := len(sofar); n > 0 && (sofar[n-1].until.IsZero() || !d.until.IsZero() && d.until.Latest() <= sofar[n-1].until.Latest()) {
			return fmt.Errorf("a table of names, row %d: %s is decided above", i+2, r[0])
		}
		b.decided[name] = append(sofar, d)
		b.known = append(b.known, r[0])
	}
	return nil
}

// fold takes from a name what people change without meaning it: case and the number of blanks.
func fold(name string) string { return strings.ToLower(strings.Join(strings.Fields(name), " ")) }

// Roster gives who held which code when.
func (b *Book) Roster() *ingest.Roster { return b.roster }

// Known tells whether a name is decided, as a state's or as nobody's, or is one that the registry has.
func (b *Book) Known(name string) bool {
	_, decided := b.decided[fold(name)]
	return decided || len(b.called[fold(name)]) > 0
}

// NoState tells whether it is decided that a name is no state's.
func (b *Book) NoState(name string) bool {
	d := b.decided[fold(name)]
	return len(d) > 0 && d[0].code.Value == ""
}

// Find gives whom a name means in a period: one holder, or where the period certainly runs across a change of holder one for
// each (ingest.Roster.Holders). A name that is no state's is nobody and no error. An unknown one, or one that
// several have then, is an *ingest.NobodyError with candidates.
func (b *Book) Find(name string, p graph.Period) ([]ingest.Held, error) {
	if of := b.decided[fold(name)]; len(of) > 0 {
		for _, d := range of {
			if !d.until.IsZero() && !p.Start.IsZero() && p.Start.Earliest() > d.until.Latest() {
				continue
			}
			if d.code.Value == "" {
				return nil, nil
			}
			return b.Holders(d.code.Scheme, d.code.Value, p)
		}
		return nil, &ingest.NobodyError{Rule: fmt.Sprintf("%q is decided only for an earlier time", name)}
	}
	switch of := b.called[fold(name)]; len(of) {
	case 0:
		return nil, &ingest.NobodyError{Rule: fmt.Sprintf("the name %q is not known", name), Suggestion: b.candidates(name)}
	case 1:
		return b.holds(of[0], p)
	default:
		return b.several(name, of, p)
	}
}

// Holders is Roster.Holders, and of a period without any date the only holder there ever was.
func (b *Book) Holders(scheme, value string, p graph.Period) ([]ingest.Held, error) {
	if !p.Start.IsZero() || !p.End.IsZero() {
		return b.roster.Holders(scheme, value, p)
	}
	ever := b.roster.Ever(scheme, value)
	for _, h := range ever {
		if h.Actor != ever[0].Actor {
			return b.roster.Holders(scheme, value, p) // says that it takes a date
		}
	}
	if len(ever) == 0 {
		return b.roster.Holders(scheme, value, p)
	}
	return []ingest.Held{{Actor: ever[0].Actor, Period: p}}, nil
}

// Forever is the last day of what is not known to have one.
var Forever = graph.Always.Last()

// Sometime gives the times of a party of which a source says no more than that it was one: it became one on some of the days, and
// was one on no day after the last, which is not before these (Forever: nobody knows). It was none while the registry does not have
// it: there is a time for each stretch in which it has, and it was one in one of them, or in several.
func (b *Book) Sometime(key graph.ActorKey, began graph.Interval, until graph.Day) (times []graph.Period) {
	for _, life := range b.lives(key, began) {
		first, last := max(began.First(), life.First()), min(until, life.Last())
		p := graph.Period{Start: graph.OneOf(first, min(began.Last(), last)), Why: graph.Unknown}
		if last < Forever {
			p = graph.Period{Start: p.Start, End: graph.OneOf(first, last)}
		}
		times = append(times, p)
	}
	return times
}

// lives gives the stretches in which the registry has an actor that share a day with some; where none does, or it does not say when it
// has it, all days.
func (b *Book) lives(key graph.ActorKey, days graph.Interval) (lives []graph.Interval) {
	for _, e := range b.facts[key].Existence {
		life := e.Bounds().Possible()
		if n := len(lives); n > 0 && life.From <= lives[n-1].To {
			lives[n-1].To = max(lives[n-1].To, life.To)
		} else if life.Overlaps(days) {
			lives = append(lives, life)
		}
	}
	if len(lives) == 0 {
		return []graph.Interval{graph.Always}
	}
	return lives
}

// Undated gives to the parties of what a dataset lists without a date, which began on some of the days, the times in which each can have
// been one. Whom the registry has on all of these days keeps the time of the whole.
func (b *Book) Undated(parties []graph.Participation, began graph.Interval) (all []graph.Participation) {
	for _, p := range parties {
		if lives := b.lives(p.Actor, began); len(lives) == 1 && began.Intersect(lives[0]) == began && lives[0].Last() == Forever {
			all = append(all, p)
			continue
		}
		for _, time := range b.Sometime(p.Actor, began, Forever) {
			p.Period = time
			all = append(all, p)
		}
	}
	return all
}

// holds gives an actor whom a name means beyond doubt; Outside where it did not exist then.
func (b *Book) holds(key graph.ActorKey, p graph.Period) ([]ingest.Held, error) {
	held := ingest.Held{Actor: key, Period: p}
	if !p.Start.IsZero() || !p.End.IsZero() {
		held.Outside = !b.exists(key, p)
	}
	return []ingest.Held{held}, nil
}

// exists tells whether an actor may have existed on a day of the period's beginning.
func (b *Book) exists(key graph.ActorKey, p graph.Period) bool {
	at := p.Start
	if at.IsZero() {
		at = p.End
	}
	day := graph.Interval{From: at.PossibleEarliest(), To: at.PossibleLatest() + 1}
	return slices.ContainsFunc(b.facts[key].Existence, func(e graph.Period) bool {
		return e.Bounds().Possible().Overlaps(day)
	})
}

// several finds the one of those with a name who existed then.
func (b *Book) several(name string, of []graph.ActorKey, p graph.Period) ([]ingest.Held, error) {
	var then []graph.ActorKey
	if !p.Start.IsZero() || !p.End.IsZero() {
		for _, key := range of {
			if b.exists(key, p) {
				then = append(then, key)
			}
		}
	}
	if len(then) == 1 {
		return b.holds(then[0], p)
	}
	var who []string
	for _, key := range of {
		who = append(who, string(key))
	}
	rule := fmt.Sprintf("%q is the name of several", name)
	if p.Start.IsZero() && p.End.IsZero() {
		rule += ", and there is no date that would tell which"
	}
	return nil, &ingest.NobodyError{Rule: rule, Suggestion: "it may be " + strings.Join(who, " or ")}
}

// maxCandidates is how many names are suggested.
const maxCandidates = 3

// candidates suggests names that are known, with whom they mean now.
func (b *Book) candidates(name string) string {
	if code := graph.ParseCode(strings.TrimSpace(name)); code.Bare() {
		if ever := b.roster.Ever("iso3", code.Value); len(ever) > 0 {
			return fmt.Sprintf("this is a code where names stand: write %q", b.roster.Name(ever[len(ever)-1].Actor))
		}
	}
	near := graph.Nearest(strings.Join(strings.Fields(name), " "), b.known, maxCandidates)
	for i, n := range near {
		near[i] = fmt.Sprintf("%q (%s)", n, b.meant(n))
	}
	if len(near) == 0 {
		return "write a name that the registry of states has"
	}
	return "did you mean " + strings.Join(near, " or ") + "?"
}

func (b *Book) meant(name string) string {
	if of := b.decided[fold(name)]; len(of) > 0 {
		if code := of[len(of)-1].code; code.Value != "" {
			return code.String()
		}
		return "no state"
	}
	var keys []string
	for _, key := range b.called[fold(name)] {
		keys = append(keys, string(key))
	}
	return strings.Join(keys, ", ")
}

// Name gives what an actor was called in English on a day, or its key.
func (b *Book) Name(key graph.ActorKey, day graph.Day) string { return b.roster.NameOn(key, day) }

// Outside says for the note of a participation since when the registry has an actor that a dataset counts before or after
// that; it is empty where it has it then.
func (b *Book) Outside(h ingest.Held) string {
	if !h.Outside {
		return ""
	}
	var when []string
	for _, e := range b.facts[h.Actor].Existence {
		when = append(when, e.EDTF())
	}
	return fmt.Sprintf("named by the dataset at a time when the registry of states does not have %s (%s)", b.roster.Name(h.Actor), strings.Join(when, ", "))
}
