package usertable

import (
	"fmt"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/form"
)

// participations reads who takes part by one entry of the mapping, with the stages that are theirs alone.
func (r *reading) participations(p *party, whole graph.Period) (parts []graph.Participation, stages []graph.Stage) {
	like := graph.Participation{Role: p.role}
	if role := r.one(p.texts["role"]); role.text != "" {
		like.Role = form.Model[graph.Role](role.text)
	}
	like.Side, like.Capacity = r.one(p.texts["side"]).text, r.one(p.texts["capacity"]).text
	like.Position, like.Note = r.one(p.texts["position"]).text, r.one(p.texts["note"]).text
	period := r.partPeriod(p, whole)
	any := false
	for _, m := range p.marked {
		if !r.isMarked(p, m.column) || m.of.nobody {
			continue
		}
		found := r.held(m.of, like, period, whole, m.of.code.Value, m.column)
		parts = append(parts, found...)
		r.owed = owing(r.owed, r.obligations(p, found, whole))
		for _, f := range found {
			stages = append(stages, r.stages(p.stages, f.Actor)...)
		}
	}
	for _, of := range p.of {
		column := of.columnOf()
		texts := r.names(p, of)
		for i, text := range texts {
			any = true
			t, ok := r.who(p, text, column)
			if !ok || t.nobody {
				continue
			}
			found := r.held(t, like, period, whole, text, column)
			parts = append(parts, found...)
			parts = append(parts, r.acting(p, found, i, len(texts))...)
			r.owed = owing(r.owed, r.obligations(p, found, whole))
			for _, f := range found {
				stages = append(stages, r.stages(p.stages, f.Actor)...)
			}
		}
	}
	if !any && !p.optional && len(p.of) > 0 {
		r.mistake(p.of[0].columnOf(), "nobody is named here", "optional: true, if that may be")
	}
	return parts, stages
}

// names gives the texts that one column has, each of which names somebody.
func (r *reading) names(p *party, of template) (out []string) {
	if column, ok := of.one(); ok {
		return r.apart(p, r.whole(column, nil, p.separator))
	}
	for _, piece := range of {
		if piece.column != "" && r.get(piece.column, nil) == "" {
			return nil
		}
	}
	return []string{r.fill(of, nil)}
}

// apart takes a cell apart at the separators of a party. What is no name by itself is left together with what stands beside it
// where both are one: with "and" between names, "Bosnia and Herzegovina" is one, and so is "Congo, Dem. Rep. of" among commas.
func (r *reading) apart(p *party, text string) (out []string) {
	spans := pieces(text, p.separator)
	piece := func(i, j int) string { return clean(text[spans[i][0]:spans[j][1]]) }
	for i := 0; i < len(spans); i++ {
		last, alone := i, true
		if p.codes == byName {
			for j := i; j < min(len(spans), i+4); j++ {
				alone = alone && r.isName(p, piece(j, j))
				if j > i && !alone && r.isName(p, piece(i, j)) {
					last = j
				}
			}
		}
		if name := piece(i, last); name != "" {
			out = append(out, name)
		}
		i = last
	}
	return out
}

// isName tells whether a text is a name that the lookup of a party has, or the registry.
func (r *reading) isName(p *party, text string) bool {
	if _, ok := r.lookups[p.lookup][text]; ok {
		return true
	}
	return r.states.names.Known(text)
}

// partPeriod is the time of a part: zero where it is the whole, filled up from the whole where only one end is given.
func (r *reading) partPeriod(p *party, whole graph.Period) graph.Period {
	if p.from == nil && p.to == nil {
		return graph.Period{}
	}
	from, to := r.moment(p.from), r.moment(p.to)
	if from.date.IsZero() && to.date.IsZero() && to.why == "" {
		return graph.Period{}
	}
	own := r.from(from.date, to)
	if own.Start.IsZero() {
		own.Start = whole.Start
	}
	if own.End.IsZero() && own.Why == "" {
		own = own.EndingAs(whole)
	}
	if err := own.Check(); err != nil {
		column := to.column
		if column == "" {
			column = from.column
		}
		r.mistake(column, err.Error(), "")
	}
	return own
}

// who tells whom a text in a column means.
func (r *reading) who(p *party, text, column string) (target, bool) {
	if p.lookup != "" {
		list := r.lookups[p.lookup]
		if t, ok := list[text]; ok {
			return t, true
		}
		if p.codes == "" {
			r.mistake(column, fmt.Sprintf("%q is not in the lookup %s", form.Clip(text), p.lookup), among2(r.states.nearList(text, list), "add it there, or map it to "+nothing))
			return target{}, false
		}
	}
	if p.codes == "ison" && len(text) < 3 && digits.MatchString(text) {
		text = fmt.Sprintf("%03s", text) // 032, of which a spreadsheet keeps 32
	}
	if p.codes != "" {
		return target{code: graph.Code{Scheme: p.codes, Value: text}}, true
	}
	code := graph.ParseCode(text)
	if code.Scheme == "org" || code.Scheme == "person" {
		return target{actor: graph.ActorKey(text)}, true // a constant, which was checked
	}
	return target{code: code}, true
}

// unheard tells of names that are in no lookup and of codes that nobody ever held, for a row whose days are not known.
func (r *reading) unheard(p *party) {
	for _, of := range p.of {
		column := of.columnOf()
		for _, text := range r.names(p, of) {
			t, ok := r.who(p, text, column)
			if ok && t.code.Scheme == byName {
				if !r.states.names.Known(text) {
					r.mistake(column, fmt.Sprintf("the name %q is not known", form.Clip(text)), r.orLines(column, among2(r.states.propose(text), sayByLookup)))
				}
				continue
			}
			if ok && t.code != (graph.Code{}) && !r.states.anybody(t.code) {
				r.mistake(column, fmt.Sprintf("nobody has the %s code %s", t.code.Scheme, t.code.Value), r.otherwise(t.code, text))
			}
		}
	}
}

// sayByLookup is what to do about a name that is no state's, or that is not known.
const sayByLookup = "say by a lookup whom it means, or " + nothing

// orLines proposes to take a cell apart that has several lines.
func (r *reading) orLines(column, or string) string {
	if strings.Contains(breaks.Replace(clean(r.row.Get(column))), lineBreak) || strings.Contains(strings.TrimSpace(r.row.Get(column)), "\u2028") {
		return byLines
	}
	return or
}

func among2(near, or string) string {
	if near == "" {
		return or
	}
	return near + "; " + or
}

// held makes the participations of whoever held a code in the days of the part: one for each holder.
func (r *reading) held(t target, like graph.Participation, period, whole graph.Period, text, column string) []graph.Participation {
	if t.actor != "" {
		like.Actor, like.Period = t.actor, period
		return []graph.Participation{like}
	}
	days := period
	if days.IsZero() {
		days = whole
	}
	if t.code.Scheme == byName {
		return r.named(like, period, days, text, column)
	}
	found, err := r.states.Holders(t.code.Scheme, t.code.Value, days)
	if err != nil {
		rule, suggestion := ingest.Unresolved(err)
		if suggestion == "" {
			suggestion = r.otherwise(t.code, text)
		}
		r.mistake(column, rule, suggestion)
		return nil
	}
	var out []graph.Participation
	for _, h := range found {
		part := like
		part.Actor, part.Period = h.Actor, period
		if len(found) > 1 {
			part.Period = h.Period
		}
		if h.Outside && !r.states.existed(h.Actor, days) { // the only one who ever held it: of a table of unknown care that is more likely a slip
			nobody := r.states.Nobody(t.code.Scheme, t.code.Value, days)
			r.mistake(column, nobody.Rule, nobody.Suggestion)
			return nil
		}
		if h.Outside {
			note := fmt.Sprintf("named by the %s code %s, which the list of states gives to %s", t.code.Scheme, t.code.Value, r.states.Outside(t.code.Scheme, t.code.Value))
			part.Note = strings.TrimPrefix(part.Note+"; "+note, "; ")
		}
		out = append(out, part)
	}
	return out
}

// named makes the participations of whom an English name means in the days of the part.
func (r *reading) named(like graph.Participation, period, days graph.Period, text, column string) []graph.Participation {
	found, err := r.states.names.Find(text, days)
	switch {
	case err != nil:
		rule, suggestion := ingest.Unresolved(err)
		r.mistake(column, rule, r.orLines(column, among2(suggestion, sayByLookup)))
		return nil
	case len(found) == 0:
		r.mistake(column, fmt.Sprintf("%q is the name of no state", form.Clip(text)), sayByLookup)
		return nil
	}
	var out []graph.Participation
	for _, h := range found {
		if h.Outside {
			r.mistake(column, fmt.Sprintf("%s (%s) did not exist in %s", r.states.Name(h.Actor), h.Actor, days.EDTF()), sayByLookup)
			return nil
		}
		part := like
		part.Actor, part.Period = h.Actor, period
		if len(found) > 1 {
			part.Period = h.Period
		}
		out = append(out, part)
	}
	return out
}

// otherwise proposes what a code may be that nobody has.
func (r *reading) otherwise(c graph.Code, text string) string {
	plain := strings.TrimSuffix(strings.TrimLeft(c.Value, "0"), ".0")
	if plain != c.Value && r.states.anybody(graph.Code{Scheme: c.Scheme, Value: plain}) {
		return fmt.Sprintf("write %s", plain)
	}
	if r.states.names.Known(text) {
		return "it is a name, and names are read by codes: " + byName
	}
	return r.states.propose(text)
}

// stages reads the steps of an agreement's life that have a date.
func (r *reading) stages(all []*stage, party graph.ActorKey) (out []graph.Stage) {
	for _, s := range all {
		m := r.moment(s.date)
		if m.date.IsZero() {
			continue
		}
		out = append(out, graph.Stage{Stage: s.kind, Party: party, Date: m.date, Note: r.one(s.note).text})
	}
	return out
}

// joined adds participations that are not there yet: rows of one group name the same state more than once.
func joined(all, more []graph.Participation) []graph.Participation {
	for _, p := range more {
		if !slices.Contains(all, p) {
			all = append(all, p)
		}
	}
	return all
}
