package dossier

import (
	"fmt"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// engagements checks what must fit together within an engagement, and between two of them.
func (r *reader) engagements() {
	for _, section := range engagementSections {
		for _, e := range r.root.list(section) {
			if e.is != mappingNode {
				continue
			}
			r.parts(e, section)
			r.effects(e, section)
			if section == "acts" {
				r.withinDisputes(e)
			}
			if section == "agreements" {
				r.agreement(e)
			}
		}
	}
}

// parts finds an actor listed twice for the same time in one role, and times outside the engagement's own.
func (r *reader) parts(e *node, section string) {
	whole := engagementPeriod(section, e)
	for _, list := range []string{"parties", "participants", "by", "toward"} {
		type part struct {
			actor, role string
			period      graph.Period
		}
		var seen []part
		for _, p := range e.list(list) {
			key := textOf(p, "actor")
			if key == "" {
				continue
			}
			this := part{key, p.str("role"), partPeriod(p, whole)}
			if slices.ContainsFunc(seen, func(o part) bool {
				return o.actor == this.actor && o.role == this.role && overlap(o.period, this.period)
			}) && p.is == mappingNode {
				r.add(p, key, fmt.Sprintf("it is in %q twice for the same time", list), "give each its from and to, or keep one")
			}
			seen = append(seen, this)
			if !this.period.IsZero() && !overlap(this.period, whole) {
				r.add(p, key, fmt.Sprintf("its time (%s) lies outside that of the %s (%s)", this.period.EDTF(), singular(section), whole.EDTF()), "")
			}
		}
	}
}

// effects checks that an effect is dated within the period of the entry that carries it, and between two.
func (r *reader) effects(e *node, section string) {
	whole := engagementPeriod(section, e)
	for _, f := range e.list("effects") {
		between := f.get("between")
		if between != nil && between.is == listNode && len(between.items) == 1 {
			r.add(between, between.items[0].text, "an effect is between two actors, or more", "name the other too")
		}
		date := f.get("date")
		d, err := graph.ParseDate(f.str("date"))
		if err != nil || whole.IsZero() {
			continue
		}
		if !overlap(graph.On(d), whole) {
			r.addf(date, "", "the effect lies outside the period of the %s that carries it (%s)", singular(section), whole.EDTF())
		}
	}
}

// withinDisputes checks that an act lies within the period of a dispute it is part of.
func (r *reader) withinDisputes(act *node) {
	own := engagementPeriod("acts", act).Bounds()
	for _, ref := range act.list("part_of") {
		dispute := r.ids[ref.text]
		if dispute == nil || dispute.section != "disputes" {
			continue
		}
		period := engagementPeriod("disputes", dispute.at)
		whole := period.Bounds()
		if own.StartMax < whole.StartMin || own.EndMin > whole.EndMax || own.StartMin > whole.EndMax {
			r.addf(ref, "name it under the dispute's related instead", "the act (%s) lies outside the dispute it is part of (%s)",
				engagementPeriod("acts", act).EDTF(), period.EDTF())
		}
	}
}

// agreement checks its stages, and that those who owe or take a step are parties.
func (r *reader) agreement(e *node) {
	var begun graph.Date
	for _, s := range e.list("stages") {
		d, err := graph.ParseDate(s.str("date"))
		if err == nil && (begun.IsZero() || d.Earliest() < begun.Earliest()) && !ends(s.str("stage")) {
			begun = d
		}
	}
	for _, s := range e.list("stages") {
		d, err := graph.ParseDate(s.str("date"))
		if err == nil && !begun.IsZero() && ends(s.str("stage")) && d.Latest() < begun.Earliest() {
			r.addf(s.get("date"), "", "the agreement %q ends (%s) before it begins (%s)", e.str("id"), s.str("stage"), begun)
		}
		r.party(e, s.get("party"), "takes a step in its life")
	}
	for _, o := range e.list("obligations") {
		r.party(e, o.get("by"), "owes something under it")
		r.party(e, o.get("toward"), "is owed something under it")
	}
}

func (r *reader) party(agreement, key *node, does string) {
	if key == nil || key.is != scalarNode {
		return
	}
	var parties []string
	for _, p := range agreement.list("parties") {
		parties = append(parties, textOf(p, "actor"))
	}
	if !slices.Contains(parties, key.text) {
		r.addf(key, "the parties are "+strings.Join(parties, ", "), "it %s, but is not among the parties", does)
	}
}

// ends tells whether a stage ends an agreement.
func ends(stage string) bool {
	return slices.Contains(words(graph.StageTerminated, graph.StageExpired, graph.StageReplaced), stage)
}

// engagementPeriod is the period of an entry as its fields state it; zero where they are mistaken.
//
// A dispute states it. A meeting or an act has a date, or from and to. An agreement runs from
// its first stage to the one that ends it; one that came into force, wholly or for the time being,
// and has no such stage goes on; one of which nothing but its signing is said ends with its last stage.
func engagementPeriod(section string, e *node) graph.Period {
	if section != "agreements" {
		if e.get("date") != nil {
			d, err := graph.ParseDate(e.str("date"))
			if err != nil {
				return graph.Period{}
			}
			return graph.On(d)
		}
		return period(e, graph.Unknown)
	}
	var p graph.Period
	var last graph.Date
	standing, ended := false, false
	for _, s := range e.list("stages") {
		d, err := graph.ParseDate(s.str("date"))
		if err != nil || s.get("party") != nil {
			continue
		}
		stage := s.str("stage")
		if p.Start.IsZero() || d.Earliest() < p.Start.Earliest() {
			p.Start = d
		}
		switch {
		case ends(stage):
			if !ended || d.Latest() > p.End.Latest() {
				p.End = d
			}
			ended = true
		case stage == word(graph.StageInForce) || stage == word(graph.StageProvisional):
			standing = true
		}
		if last.IsZero() || d.Latest() > last.Latest() {
			last = d
		}
	}
	switch {
	case ended || p.Start.IsZero():
	case standing:
		p.Why = graph.Ongoing
	default:
		p.End = last
	}
	return p
}

// period reads from and to; why is the reason for an end that is left out. Dates that are none are left out.
func period(n *node, why graph.OpenEnd) graph.Period {
	var p graph.Period
	if d, err := graph.ParseDate(n.str("from")); err == nil {
		p.Start = d
	}
	switch to := n.str("to"); to {
	case endOngoing:
		p.Why = graph.Ongoing
	case endUnknown:
		p.Why = graph.Unknown
	case "":
		p.Why = why
	default:
		if d, err := graph.ParseDate(to); err == nil {
			p.End = d
		}
	}
	return p
}

// partPeriod is the period of a part of something: zero where it is the whole, filled up from the whole where only one end is given.
func partPeriod(n *node, whole graph.Period) graph.Period {
	if n.get("from") == nil && n.get("to") == nil {
		return graph.Period{}
	}
	p := period(n, "")
	if p.Start.IsZero() {
		p.Start = whole.Start
	}
	if n.get("to") == nil {
		p.End, p.Why = whole.End, whole.Why
	}
	return p
}

// identifier reads one code of a scheme.
func identifier(scheme string, n *node) graph.Identifier {
	return graph.Identifier{Scheme: scheme, Value: textOf(n, "value"), Period: ownPeriod(n)}
}

// ownPeriod is the time of a name, a code or a belonging: zero where none is given; without "to" it goes on.
func ownPeriod(n *node) graph.Period {
	if n.get("from") == nil && n.get("to") == nil {
		return graph.Period{}
	}
	return period(n, graph.Ongoing)
}
