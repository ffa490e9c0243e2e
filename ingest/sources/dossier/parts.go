package dossier

import (
	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/form"
)

// engagement makes an agreement, a dispute, a meeting or an act of its entry.
func (m *maker) engagement(section string, n *form.Node) graph.Engagement {
	period := engagementPeriod(section, n)
	base := graph.EngagementBase{
		Key:       graph.EngagementKey(m.key(n.Str("id"))),
		Titles:    append([]graph.Name{{Text: n.Str("title"), Lang: m.root.Get("dossier").Str("language")}}, namesOf(n.Get("names"))...),
		Topics:    form.WordsOf[graph.Topic](n.List("topics")),
		Period:    period,
		Place:     n.Str("place"),
		Summary:   n.Str("summary"),
		PartOf:    m.entries(n, "part_of"),
		Related:   m.related[n.Str("id")],
		Effects:   m.effects(n),
		Citations: m.citations(n),
	}
	switch section {
	case "agreements":
		base.Kind = graph.KindAgreement
		base.Participations = m.participations(n, "parties", graph.RoleParty, period)
		return m.agreement(n, base)
	case "disputes":
		base.Kind = graph.KindDispute
		base.Participations = m.participations(n, "parties", graph.RoleParty, period)
		return &graph.Dispute{
			EngagementBase: base,
			Form:           form.Model[graph.DisputeForm](n.Str("form")),
			Outcome:        n.Str("outcome"),
			Settlement:     n.Str("settlement"),
		}
	case "meetings":
		base.Kind = graph.KindMeeting
		base.Participations = m.participations(n, "participants", graph.RoleParticipant, period)
		return &graph.Meeting{
			EngagementBase: base,
			Level:          form.Model[graph.MeetingLevel](n.Str("level")),
			Format:         form.Model[graph.MeetingFormat](n.Str("format")),
			Setting:        form.Model[graph.MeetingSetting](n.Str("setting")),
			Host:           graph.ActorKey(n.Str("host")),
			Occasion:       n.Str("occasion"),
			Outcomes:       m.entries(n, "outcomes"),
		}
	default:
		base.Kind = graph.KindAct
		base.Participations = append(m.participations(n, "by", graph.RoleBy, period), m.participations(n, "toward", graph.RoleToward, period)...)
		return &graph.Act{EngagementBase: base, Type: form.Model[graph.ActType](n.Str("type"))}
	}
}

func (m *maker) agreement(n *form.Node, base graph.EngagementBase) *graph.Agreement {
	a := &graph.Agreement{
		EngagementBase:  base,
		Form:            form.Model[graph.AgreementForm](n.Str("form")),
		Amends:          m.entries(n, "amends"),
		Replaces:        m.entries(n, "replaces"),
		PartiesComplete: n.Str("parties_complete") != "false",
	}
	for _, s := range n.List("stages") {
		a.Stages = append(a.Stages, graph.Stage{
			Stage:     form.Model[graph.StageKind](s.Str("stage")),
			Party:     graph.ActorKey(s.Str("party")),
			Date:      form.DateOf(s, "date"),
			Note:      s.Str("note"),
			Citations: m.ownCitations(s),
		})
	}
	for _, o := range n.List("obligations") {
		a.Obligations = append(a.Obligations, graph.Obligation{
			Type:       form.Model[graph.ObligationType](o.Str("type")),
			By:         graph.ActorKey(o.Str("by")),
			Toward:     graph.ActorKey(o.Str("toward")),
			Conditions: o.Str("conditions"),
			Period:     partPeriod(o, base.Period),
		})
	}
	return a
}

// participations gives the actors of a list, each followed by the persons who represented it.
func (m *maker) participations(n *form.Node, list string, usual graph.Role, whole graph.Period) []graph.Participation {
	var out []graph.Participation
	for _, p := range n.List(list) {
		part := graph.Participation{
			Actor:    graph.ActorKey(form.TextOf(p, "actor")),
			Role:     usual,
			Side:     p.Str("side"),
			Period:   partPeriod(p, whole),
			Capacity: p.Str("capacity"),
			Position: p.Str("position"),
		}
		if role := p.Str("role"); role != "" {
			part.Role = form.Model[graph.Role](role)
		} else if list == "participants" && string(part.Actor) == n.Str("host") {
			part.Role = graph.RoleHost
		}
		out = append(out, part)
		for _, person := range p.List("represented_by") {
			out = append(out, graph.Participation{
				Actor:      graph.ActorKey(person.Text),
				Role:       graph.RoleRepresentative,
				Side:       part.Side,
				Period:     part.Period,
				OnBehalfOf: part.Actor,
			})
		}
	}
	return out
}

func (m *maker) effects(n *form.Node) []graph.Effect {
	var out []graph.Effect
	for _, f := range n.List("effects") {
		out = append(out, graph.Effect{
			Type:      form.Model[graph.EffectType](f.Str("effect")),
			Topic:     form.Model[graph.Topic](f.Str("topic")),
			Strand:    f.Str("strand"),
			Between:   form.TextsOf[graph.ActorKey](f.List("between")),
			Date:      form.DateOf(f, "date"),
			Extent:    form.Model[graph.Extent](f.Str("extent")),
			Because:   m.entries(f, "because"),
			Note:      f.Str("note"),
			Citations: m.ownCitations(f),
		})
	}
	return out
}

// entries gives the keys of the entries that a list names.
func (m *maker) entries(n *form.Node, list string) []graph.EngagementKey {
	var out []graph.EngagementKey
	for _, ref := range n.List(list) {
		out = append(out, graph.EngagementKey(m.key(ref.Text)))
	}
	return out
}
