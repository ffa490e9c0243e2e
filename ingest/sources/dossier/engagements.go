package dossier

import (
	"fmt"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/form"
)

// engagements checks what must fit together within an engagement, and between two of them.
func (r *reader) engagements() {
	for _, section := range engagementSections {
		for _, e := range r.root.List(section) {
			if e.Is != form.Mapping {
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
func (r *reader) parts(e *form.Node, section string) {
	whole := engagementPeriod(section, e)
	for _, list := range []string{"parties", "participants", "by", "toward"} {
		type part struct {
			actor, role string
			period      graph.Period
		}
		var seen []part
		for _, p := range e.List(list) {
			key := form.TextOf(p, "actor")
			if key == "" {
				continue
			}
			this := part{key, p.Str("role"), partPeriod(p, whole)}
			if slices.ContainsFunc(seen, func(o part) bool {
				return o.actor == this.actor && o.role == this.role && overlap(o.period, this.period)
			}) && p.Is == form.Mapping {
				r.Add(p, key, fmt.Sprintf("it is in %q twice for the same time", list), "give each its from and to, or keep one")
			}
			seen = append(seen, this)
			if !this.period.IsZero() && !overlap(this.period, whole) {
				r.Add(p, key, fmt.Sprintf("its time (%s) lies outside that of the %s (%s)", this.period.EDTF(), singular(section), whole.EDTF()), "")
			}
		}
	}
}

// effects checks that an effect is dated within the period of the entry that carries it, and between two.
func (r *reader) effects(e *form.Node, section string) {
	whole := engagementPeriod(section, e)
	for _, f := range e.List("effects") {
		between := f.Get("between")
		if between != nil && between.Is == form.List && len(between.Items) == 1 {
			r.Add(between, between.Items[0].Text, "an effect is between two actors, or more", "name the other too")
		}
		date := f.Get("date")
		d, err := graph.ParseDate(f.Str("date"))
		if err != nil || whole.IsZero() {
			continue
		}
		if !overlap(graph.On(d), whole) {
			r.Addf(date, "", "the effect lies outside the period of the %s that carries it (%s)", singular(section), whole.EDTF())
		}
	}
}

// withinDisputes checks that an act lies within the period of a dispute it is part of.
func (r *reader) withinDisputes(act *form.Node) {
	own := engagementPeriod("acts", act).Bounds()
	for _, ref := range act.List("part_of") {
		dispute := r.ids[ref.Text]
		if dispute == nil || dispute.section != "disputes" {
			continue
		}
		period := engagementPeriod("disputes", dispute.at)
		whole := period.Bounds()
		if own.StartMax < whole.StartMin || own.EndMin > whole.EndMax || own.StartMin > whole.EndMax {
			r.Addf(ref, "name it under the dispute's related instead", "the act (%s) lies outside the dispute it is part of (%s)",
				engagementPeriod("acts", act).EDTF(), period.EDTF())
		}
	}
}

// agreement checks its stages, and that those who owe or take a step are parties.
func (r *reader) agreement(e *form.Node) {
	var begun graph.Date
	for _, s := range e.List("stages") {
		d, err := graph.ParseDate(s.Str("date"))
		if err == nil && (begun.IsZero() || d.Earliest() < begun.Earliest()) && !ends(s.Str("stage")) {
			begun = d
		}
	}
	for _, s := range e.List("stages") {
		d, err := graph.ParseDate(s.Str("date"))
		if err == nil && !begun.IsZero() && ends(s.Str("stage")) && d.Latest() < begun.Earliest() {
			r.Addf(s.Get("date"), "", "the agreement %q ends (%s) before it begins (%s)", e.Str("id"), s.Str("stage"), begun)
		}
		r.party(e, s.Get("party"), "takes a step in its life")
	}
	for _, o := range e.List("obligations") {
		r.party(e, o.Get("by"), "owes something under it")
		r.party(e, o.Get("toward"), "is owed something under it")
	}
}

func (r *reader) party(agreement, key *form.Node, does string) {
	if key == nil || key.Is != form.Scalar {
		return
	}
	var parties []string
	for _, p := range agreement.List("parties") {
		parties = append(parties, form.TextOf(p, "actor"))
	}
	if !slices.Contains(parties, key.Text) {
		r.Addf(key, "the parties are "+strings.Join(parties, ", "), "it %s, but is not among the parties", does)
	}
}

// ends tells whether a stage ends an agreement.
func ends(stage string) bool {
	return slices.Contains(form.Words(graph.StageTerminated, graph.StageExpired, graph.StageReplaced), stage)
}

// engagementPeriod is the period of an entry as its fields state it; zero where they are mistaken.
//
// A dispute states it. A meeting or an act has a date, or from and to. An agreement runs from
// its first stage to the one that ends it; one that came into force, wholly or for the time being,
// and has no such stage goes on; one of which nothing but its signing is said ends with its last stage.
func engagementPeriod(section string, e *form.Node) graph.Period {
	if section != "agreements" {
		if e.Get("date") != nil {
			d, err := graph.ParseDate(e.Str("date"))
			if err != nil {
				return graph.Period{}
			}
			return graph.On(d)
		}
		return form.PeriodOf(e, graph.Unknown)
	}
	var p graph.Period
	var last graph.Date
	standing, ended := false, false
	for _, s := range e.List("stages") {
		d, err := graph.ParseDate(s.Str("date"))
		if err != nil || s.Get("party") != nil {
			continue
		}
		stage := s.Str("stage")
		if p.Start.IsZero() || d.Earliest() < p.Start.Earliest() {
			p.Start = d
		}
		switch {
		case ends(stage):
			if !ended || d.Latest() > p.End.Latest() {
				p.End = d
			}
			ended = true
		case stage == form.Say(graph.StageInForce) || stage == form.Say(graph.StageProvisional):
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

// partPeriod is the period of a part of something: zero where it is the whole, filled up from the whole where only one end is given.
func partPeriod(n *form.Node, whole graph.Period) graph.Period {
	if n.Get("from") == nil && n.Get("to") == nil {
		return graph.Period{}
	}
	p := form.PeriodOf(n, "")
	if p.Start.IsZero() {
		p.Start = whole.Start
	}
	if n.Get("to") == nil {
		p.End, p.Why = whole.End, whole.Why
	}
	return p
}

// identifier reads one code of a scheme.
func identifier(scheme string, n *form.Node) graph.Identifier {
	return graph.Identifier{Scheme: scheme, Value: form.TextOf(n, "value"), Period: ownPeriod(n)}
}

// ownPeriod is the time of a name, a code or a belonging: zero where none is given; without "to" it goes on.
func ownPeriod(n *form.Node) graph.Period {
	if n.Get("from") == nil && n.Get("to") == nil {
		return graph.Period{}
	}
	return form.PeriodOf(n, graph.Ongoing)
}
