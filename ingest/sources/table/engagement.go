package usertable

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/form"
)

// A made is what one row becomes: an engagement, and which of its values are of which column, for a group to compare.
type made struct {
	graph.Engagement
	values map[string]said // by field
}

// own is the key of the row's thing in the table; empty where a cell of it says nothing.
func (r *reading) own() string {
	var parts []string
	for _, column := range r.key {
		text := r.get(column, nil)
		if text == "" {
			r.mistake(column, "this is part of the key of the row, and says nothing", "name other columns under rows: key, or leave such rows out: except: {"+column+`: ""}`)
			return ""
		}
		parts = append(parts, plain(text))
	}
	return strings.Join(parts, "-")
}

// plain writes a cell so that it can stand in a key: blanks are underlines, and what moves a cursor is left out.
func plain(text string) string {
	text = strings.Join(strings.Fields(norm.NFC.String(text)), "_")
	return strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || unicode.Is(unicode.Cf, c) {
			return -1
		}
		return c
	}, text)
}

// entryOf finds what the row becomes: the one entry that is for such rows.
func (r *reading) entryOf() *entry {
	var found []*entry
	for _, e := range r.entries {
		if r.matches(e.when) {
			found = append(found, e)
		}
	}
	if len(found) == 1 {
		return found[0]
	}
	column := ""
	if len(r.entries[0].when) > 0 {
		column = r.entries[0].when[0].column
	}
	rule := "no entry of the mapping is for such a row"
	if len(found) > 1 {
		rule = fmt.Sprintf("%d entries of the mapping are for such a row", len(found))
	}
	r.mistake(column, rule, "each row is of one entry (when); leave it out on purpose under rows: except")
	return nil
}

// engagement makes the engagement of the row.
func (r *reading) engagement(own string) *made {
	e := r.entryOf()
	if e == nil {
		return nil
	}
	m := &made{values: map[string]said{}}
	text := func(field string) string {
		s := r.one(e.texts[field])
		m.values[field] = s
		return s.text
	}
	base := graph.EngagementBase{Key: graph.EngagementKey(string(r.source.Key) + ":" + own), Kind: e.kind}
	title := r.one(e.title)
	if title.text == "" && len(r.bad) == 0 {
		r.mistake(e.title.of.columnOf(), "there is no title here", "a title may be made of several columns: \"{Guest} in {Host}, {Date}\"")
	}
	m.values["title"] = title
	base.Titles = []graph.Name{{Text: title.text, Lang: r.source.Language}}
	period, column := r.period(e.date, e.from, e.to)
	base.Period = period
	m.values["date"] = said{period.EDTF() + string(period.Why), column}
	for _, t := range e.topics {
		for _, s := range r.all(t) {
			if topic := form.Model[graph.Topic](s.text); !slices.Contains(base.Topics, topic) {
				base.Topics = append(base.Topics, topic)
			}
		}
	}
	base.Place, base.Summary = text("place"), text("summary")
	if len(r.bad) > 0 { // who held which code depends on the days; who never did, does not
		for _, p := range e.parties {
			r.unheard(p)
		}
		return nil
	}
	var stages []graph.Stage
	for _, p := range e.parties {
		parts, own := r.participations(p, period)
		base.Participations = joined(base.Participations, parts)
		stages = append(stages, own...)
	}
	base.Citations = r.citations(e)
	switch e.kind {
	case graph.KindAgreement:
		a := &graph.Agreement{EngagementBase: base, Form: form.Model[graph.AgreementForm](text("form")), PartiesComplete: !e.open}
		a.Stages = append(r.stages(e.stages, ""), stages...)
		a.Obligations = r.owed
		m.Engagement = a
		r.required("form", string(a.Form), e)
	case graph.KindDispute:
		d := &graph.Dispute{EngagementBase: base, Form: form.Model[graph.DisputeForm](text("form")), Outcome: text("outcome"), Settlement: text("settlement")}
		m.Engagement = d
		r.required("form", string(d.Form), e)
	case graph.KindMeeting:
		g := &graph.Meeting{
			EngagementBase: base, Level: form.Model[graph.MeetingLevel](text("level")), Format: form.Model[graph.MeetingFormat](text("format")),
			Setting: form.Model[graph.MeetingSetting](text("setting")), Occasion: text("occasion"),
		}
		r.hosted(g, e.host)
		m.values["host"] = said{text: string(g.Host)}
		m.Engagement = g
		r.required("level", string(g.Level), e)
	default:
		a := &graph.Act{EngagementBase: base, Type: form.Model[graph.ActType](text("type")), CAMEO: text("cameo")}
		m.Engagement = a
		r.required("type", string(a.Type), e)
	}
	return m
}

// hosted tells whose guests they were.
func (r *reading) hosted(g *graph.Meeting, by *party) {
	if by == nil {
		return
	}
	hosts, _ := r.participations(by, g.Period)
	if len(hosts) == 0 {
		return
	}
	g.Host = hosts[0].Actor
	for _, p := range hosts {
		if p.Role == graph.RoleRepresentative {
			g.Participations = joined(g.Participations, []graph.Participation{p})
		}
	}
	for i, p := range g.Participations {
		if p.Actor == g.Host && p.Role == graph.RoleParticipant {
			g.Participations[i].Role = graph.RoleHost
		}
	}
}

// required says that a value is missing that the kind of engagement cannot be without.
func (r *reading) required(field, value string, e *entry) {
	if value == "" && len(r.bad) == 0 {
		r.mistake(e.texts[field].of.columnOf(), "nothing says its "+field, "say by values what an empty cell means: {\"\": …}, or give else")
	}
}

// citations cite the row, by its key, and what it cites itself.
func (r *reading) citations(e *entry) []graph.Citation {
	var where []string
	for _, column := range r.key {
		where = append(where, column+" "+clean(r.row.Get(column)))
	}
	out := []graph.Citation{{Source: r.source.Key, Locator: strings.Join(where, ", ")}}
	for _, c := range e.cites {
		work, locator := r.one(c.work).text, r.one(c.locator).text
		if work == "" && locator == "" {
			continue
		}
		q := graph.Citation{Source: r.source.Key, Locator: locator, Supports: c.supports, Quote: r.one(c.quote).text}
		if work != "" {
			q.Work = graph.WorkKey(string(r.source.Key) + ":" + work)
			if !slices.ContainsFunc(r.works, func(w graph.Work) bool { return w.Key == q.Work }) {
				r.mistake(c.work.of.columnOf(), fmt.Sprintf("there is no work %q in the mapping", form.Clip(work)), "list it under works, or say by values which one it is")
			}
		}
		out = append(out, q)
	}
	return out
}
