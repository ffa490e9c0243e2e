package dossier

import "github.com/entente-graph/entente/graph"

// engagement makes an agreement, a dispute, a meeting or an act of its entry.
func (m *maker) engagement(section string, n *node) graph.Engagement {
	period := engagementPeriod(section, n)
	base := graph.EngagementBase{
		Key:       graph.EngagementKey(m.key(n.str("id"))),
		Titles:    append([]graph.Name{{Text: n.str("title"), Lang: m.root.get("dossier").str("language")}}, namesOf(n.get("names"))...),
		Topics:    wordsOf[graph.Topic](n.list("topics")),
		Period:    period,
		Place:     n.str("place"),
		Summary:   n.str("summary"),
		PartOf:    m.entries(n, "part_of"),
		Related:   m.related[n.str("id")],
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
			Form:           model[graph.DisputeForm](n.str("form")),
			Outcome:        n.str("outcome"),
			Settlement:     n.str("settlement"),
		}
	case "meetings":
		base.Kind = graph.KindMeeting
		base.Participations = m.participations(n, "participants", graph.RoleParticipant, period)
		return &graph.Meeting{
			EngagementBase: base,
			Level:          model[graph.MeetingLevel](n.str("level")),
			Format:         model[graph.MeetingFormat](n.str("format")),
			Setting:        model[graph.MeetingSetting](n.str("setting")),
			Host:           graph.ActorKey(n.str("host")),
			Occasion:       n.str("occasion"),
			Outcomes:       m.entries(n, "outcomes"),
		}
	default:
		base.Kind = graph.KindAct
		base.Participations = append(m.participations(n, "by", graph.RoleBy, period), m.participations(n, "toward", graph.RoleToward, period)...)
		return &graph.Act{EngagementBase: base, Type: model[graph.ActType](n.str("type"))}
	}
}

func (m *maker) agreement(n *node, base graph.EngagementBase) *graph.Agreement {
	a := &graph.Agreement{
		EngagementBase:  base,
		Form:            model[graph.AgreementForm](n.str("form")),
		Amends:          m.entries(n, "amends"),
		Replaces:        m.entries(n, "replaces"),
		PartiesComplete: n.str("parties_complete") != "false",
	}
	for _, s := range n.list("stages") {
		a.Stages = append(a.Stages, graph.Stage{
			Stage:     model[graph.StageKind](s.str("stage")),
			Party:     graph.ActorKey(s.str("party")),
			Date:      dateOf(s, "date"),
			Note:      s.str("note"),
			Citations: m.ownCitations(s),
		})
	}
	for _, o := range n.list("obligations") {
		a.Obligations = append(a.Obligations, graph.Obligation{
			Type:       model[graph.ObligationType](o.str("type")),
			By:         graph.ActorKey(o.str("by")),
			Toward:     graph.ActorKey(o.str("toward")),
			Conditions: o.str("conditions"),
			Period:     partPeriod(o, base.Period),
		})
	}
	return a
}

// participations gives the actors of a list, each followed by the persons who represented it.
func (m *maker) participations(n *node, list string, usual graph.Role, whole graph.Period) []graph.Participation {
	var out []graph.Participation
	for _, p := range n.list(list) {
		part := graph.Participation{
			Actor:    graph.ActorKey(textOf(p, "actor")),
			Role:     usual,
			Side:     p.str("side"),
			Period:   partPeriod(p, whole),
			Capacity: p.str("capacity"),
			Position: p.str("position"),
		}
		if role := p.str("role"); role != "" {
			part.Role = model[graph.Role](role)
		} else if list == "participants" && string(part.Actor) == n.str("host") {
			part.Role = graph.RoleHost
		}
		out = append(out, part)
		for _, person := range p.list("represented_by") {
			out = append(out, graph.Participation{
				Actor:      graph.ActorKey(person.text),
				Role:       graph.RoleRepresentative,
				Side:       part.Side,
				Period:     part.Period,
				OnBehalfOf: part.Actor,
			})
		}
	}
	return out
}

func (m *maker) effects(n *node) []graph.Effect {
	var out []graph.Effect
	for _, f := range n.list("effects") {
		out = append(out, graph.Effect{
			Type:      model[graph.EffectType](f.str("effect")),
			Topic:     model[graph.Topic](f.str("topic")),
			Strand:    f.str("strand"),
			Between:   keysOf[graph.ActorKey](f.list("between")),
			Date:      dateOf(f, "date"),
			Extent:    model[graph.Extent](f.str("extent")),
			Because:   m.entries(f, "because"),
			Note:      f.str("note"),
			Citations: m.ownCitations(f),
		})
	}
	return out
}

// entries gives the keys of the entries that a list names.
func (m *maker) entries(n *node, list string) []graph.EngagementKey {
	var out []graph.EngagementKey
	for _, ref := range n.list(list) {
		out = append(out, graph.EngagementKey(m.key(ref.text)))
	}
	return out
}
