package ingest

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// A Roster finds actors by the codes that datasets use: the number decides, never the name beside it, and a number
// names its holder on the day.
type Roster struct {
	byCode  map[graph.Code][]graph.Holder
	names   map[graph.ActorKey]string
	english map[graph.ActorKey][]graph.Name
}

// NewRoster makes a roster of the registry's actors.
func NewRoster(actors []graph.ActorFacts) (*Roster, error) {
	r := &Roster{byCode: map[graph.Code][]graph.Holder{}, names: map[graph.ActorKey]string{}, english: map[graph.ActorKey][]graph.Name{}}
	for _, a := range actors {
		coded := a
		coded.Names = a.Names[:min(1, len(a.Names))] // no code comes from a name, and splitting them all into terms takes long
		s, err := graph.NewStatement("roster", "roster", &coded, "")
		if err != nil {
			return nil, fmt.Errorf("the roster of states: %w", err)
		}
		rows, err := graph.Index(s)
		if err != nil {
			return nil, fmt.Errorf("the roster of states: the codes of %s: %w", a.Key, err)
		}
		r.names[a.Key] = graph.NameIn(a.Names, "en", string(a.Key))
		for _, n := range a.Names {
			if n.Lang == "en" {
				r.english[a.Key] = append(r.english[a.Key], n)
			}
		}
		for _, c := range rows.Codes {
			code := fold(c.Code)
			r.byCode[code] = append(r.byCode[code], graph.Holder(c))
		}
	}
	for _, held := range r.byCode {
		slices.SortFunc(held, func(a, b graph.Holder) int {
			return cmp.Or(cmp.Compare(a.Valid.From, b.Valid.From), cmp.Compare(a.Actor, b.Actor))
		})
	}
	return r, nil
}

func fold(c graph.Code) graph.Code {
	return graph.Code{Scheme: strings.ToLower(c.Scheme), Value: strings.ToLower(c.Value)}
}

// Name gives the English name of an actor, or its key.
func (r *Roster) Name(key graph.ActorKey) string { return cmp.Or(r.names[key], string(key)) }

// Ever gives everyone who ever held the code, by the start of validity.
func (r *Roster) Ever(scheme, value string) []graph.Holder {
	return slices.Clone(r.byCode[fold(graph.Code{Scheme: scheme, Value: value})])
}

// Held is who held a code for a part of a period.
type Held struct {
	Actor   graph.ActorKey
	Period  graph.Period // the part, cut only where the code certainly changed hands within the period
	Outside bool         // nobody held the code in the period, and nobody else ever did: the source should say so
}

// Holders gives who held a code during a period, in order of time: one holder, or where the period certainly runs
// across a change of holder one for each, the period cut at that day. Where dates are too coarse to tell whether it
// ran across, the holder on its earliest day has it whole: a cut would be more certain than the source.
//
// A code that nobody held on these days names the only one who ever held it, Outside: that a list admits a state later than
// a dataset counts it leaves no doubt who is meant. Where several held it at other times, nobody is an error with
// the rule it breaks and a suggestion, as a Mistake has them.
func (r *Roster) Holders(scheme, value string, p graph.Period) ([]Held, error) {
	ever := r.Ever(scheme, value)
	if len(ever) == 0 {
		return nil, &NobodyError{Rule: fmt.Sprintf("nobody has the %s code %s", scheme, value)}
	}
	b := p.Bounds()
	// The days on which the period certainly holds decide; one that may be of a single unknown day is as good as its start.
	certain := graph.Interval{From: b.StartMin, To: max(b.EndMin, b.StartMin) + 1}
	if p.Start.IsZero() {
		certain = graph.Interval{From: b.EndMin, To: b.EndMin + 1}
		if p.End.IsZero() {
			return nil, &NobodyError{Rule: fmt.Sprintf("the %s code %s cannot be resolved without a date", scheme, value), Suggestion: r.whoEver(ever)}
		}
	}
	var found []graph.Holder
	for _, h := range ever {
		if h.Valid.Overlaps(certain) {
			found = append(found, h)
		}
	}
	if len(found) == 0 { // coarse dates: anyone in the days on which it may have held
		for _, h := range ever {
			if h.Valid.Overlaps(b.Possible()) && found == nil {
				found = append(found, h)
			}
		}
	}
	if len(found) == 0 && only(ever) {
		return []Held{{Actor: ever[0].Actor, Period: p, Outside: true}}, nil
	}
	if len(found) == 0 {
		return nil, r.Nobody(scheme, value, p)
	}
	found = stretches(found)
	if len(found) == 1 {
		return []Held{{Actor: found[0].Actor, Period: p}}, nil
	}
	var out []Held
	for i, h := range found {
		part := p
		if i > 0 {
			if found[i-1].Valid.To > h.Valid.From {
				return nil, &NobodyError{Rule: fmt.Sprintf("the %s code %s has two holders in %s", scheme, value, p.EDTF()), Suggestion: r.whoEver(ever)}
			}
			part.Start = graph.DateOf(h.Valid.From)
		}
		if i < len(found)-1 {
			part = part.EndingOn(graph.DateOf(h.Valid.To - 1))
		}
		out = append(out, Held{Actor: h.Actor, Period: part})
	}
	return out, nil
}

// stretches makes one of the stretches of one holder that nobody else's come between: a state that was out of the
// list for some years (France under occupation) is no change of holder.
func stretches(found []graph.Holder) []graph.Holder {
	var out []graph.Holder
	for _, h := range found {
		if n := len(out); n > 0 && out[n-1].Actor == h.Actor {
			out[n-1].Valid.To = max(out[n-1].Valid.To, h.Valid.To)
			continue
		}
		out = append(out, h)
	}
	return out
}

// Nobody says that no one held a code in a period, and who did at other times: for a source in which even the only holder ever,
// Outside, is more likely a slip.
func (r *Roster) Nobody(scheme, value string, p graph.Period) *NobodyError {
	return &NobodyError{Rule: fmt.Sprintf("nobody held the %s code %s in %s", scheme, value, p.EDTF()), Suggestion: r.whoEver(r.Ever(scheme, value))}
}

// only tells whether one actor alone ever held a code.
func only(ever []graph.Holder) bool {
	return !slices.ContainsFunc(ever, func(h graph.Holder) bool { return h.Actor != ever[0].Actor })
}

// Outside says in words, for a note, when the only holder of a code did hold it: "Canada from 1920-01-10". It is
// empty for a code that nobody or several ever held.
func (r *Roster) Outside(scheme, value string) string {
	ever := r.Ever(scheme, value)
	if len(ever) == 0 || !only(ever) {
		return ""
	}
	var when []string
	for _, h := range ever {
		var words []string
		if h.Valid.From > graph.Always.From {
			words = append(words, "from "+h.Valid.First().String())
		}
		if h.Valid.To < graph.Always.To {
			words = append(words, "to "+h.Valid.Last().String())
		}
		when = append(when, strings.Join(words, " "))
	}
	last := len(when) - 1
	text := when[last]
	if last > 0 {
		text = strings.Join(when[:last], ", ") + " and " + text
	}
	return r.Name(ever[0].Actor) + " " + text
}

// Counted says in a note that a dataset counts a holder in days on which, as the list of states has it, nobody held the code; it
// is empty of all others.
func (r *Roster) Counted(h Held, scheme, value string) string {
	if !h.Outside {
		return ""
	}
	return fmt.Sprintf("Counted by the dataset under number %s, which the list of states gives to %s.", value, r.Outside(scheme, value))
}

// whoEver lists the holders of a code with their days.
func (r *Roster) whoEver(ever []graph.Holder) string {
	var who []string
	for _, h := range ever {
		who = append(who, fmt.Sprintf("%s (%s) %s", h.Actor, r.Name(h.Actor), days(h.Valid)))
	}
	return "held by " + strings.Join(who, ", ")
}

func days(i graph.Interval) string {
	from, to := "", ""
	if i.From > graph.Always.From {
		from = i.First().String()
	}
	if i.To < graph.Always.To {
		to = i.Last().String()
	}
	return from + ".." + to
}

// NobodyError says that a code could not be resolved: Rule and Suggestion are those of the Mistake to make of it.
type NobodyError struct{ Rule, Suggestion string }

// Error prints the rule and the suggestion.
func (e *NobodyError) Error() string {
	if e.Suggestion == "" {
		return e.Rule
	}
	return e.Rule + " (" + e.Suggestion + ")"
}

// Unresolved gives the rule and the suggestion of the mistake to make of an error of Holders, and of whatever else finds actors.
func Unresolved(err error) (rule, suggestion string) {
	var nobody *NobodyError
	if errors.As(err, &nobody) {
		return nobody.Rule, nobody.Suggestion
	}
	return err.Error(), ""
}
