package synthetic

import (
	"fmt"

	"github.com/entente-graph/entente/graph"
)

// size is how many take part: mostly two, sometimes a few, of a hundred one conference of many.
func (m *maker) size() int {
	switch n := m.r.IntN(100); {
	case n < 76:
		return 2
	case n < 90:
		return 3
	case n < 99:
		return 4 + m.r.IntN(9)
	default:
		return 21 + m.r.IntN(60)
	}
}

func parts(of []int, role graph.Role) []graph.Participation {
	var all []graph.Participation
	for _, i := range of {
		all = append(all, graph.Participation{Actor: stateKey(i), Role: role})
	}
	return all
}

func (m *maker) agreement() any {
	of := m.parties(m.r, m.size())
	subject := one(m.r, subjects)
	a := &graph.Agreement{
		EngagementBase:  m.base(graph.KindAgreement, fmt.Sprintf("Agreement on %s between %s", subject, m.list(of)), m.span(30)),
		Form:            one(m.r, []graph.AgreementForm{graph.FormTreaty, graph.FormAgreement, graph.FormMemorandum, graph.FormAlliance}),
		PartiesComplete: m.r.IntN(3) > 0,
	}
	a.Participations = parts(of, graph.RoleParty)
	a.Stages = []graph.Stage{{Stage: graph.StageSigned, Date: a.Period.Start}, {Stage: graph.StageInForce, Date: a.Period.Start}}
	for _, i := range of[:min(len(of), 4)] {
		a.Stages = append(a.Stages, graph.Stage{Stage: graph.StageRatified, Party: stateKey(i), Date: a.Period.Start})
	}
	if len(of) < 12 && m.r.IntN(2) == 0 {
		for _, i := range of {
			for _, j := range of {
				if i != j {
					a.Obligations = append(a.Obligations, graph.Obligation{
						Type: one(m.r, []graph.ObligationType{graph.ObligationDefense, graph.ObligationNeutrality, graph.ObligationConsultation}),
						By:   stateKey(i), Toward: stateKey(j),
					})
				}
			}
		}
	}
	if m.r.IntN(4) == 0 {
		a.Effects = []graph.Effect{{
			Type: one(m.r, []graph.EffectType{graph.Establishes, graph.Resumes, graph.Upgrades}), Topic: a.Topics[0],
			Between: []graph.ActorKey{stateKey(of[0]), stateKey(of[1])}, Date: a.Period.Start,
		}}
	}
	return a
}

func (m *maker) dispute() any {
	of := m.parties(m.r, min(m.size(), 12))
	d := &graph.Dispute{
		EngagementBase: m.base(graph.KindDispute, fmt.Sprintf("Dispute of %s over %s at %s", m.list(of), one(m.r, subjects), one(m.r, m.cities)), m.span(8)),
		Form:           one(m.r, []graph.DisputeForm{graph.DisputeMilitarized, graph.DisputeClaim, graph.DisputeTrade}),
		Hostility:      new(int),
		Outcome:        one(m.r, []string{"stalemate", "compromise", "yield by side a", "released"}),
	}
	*d.Hostility = 1 + m.r.IntN(5)
	d.Participations = parts(of, graph.RoleParty)
	for i := range d.Participations {
		p := &d.Participations[i]
		p.Side = "ab"[i%2 : i%2+1]
		p.Originator, p.Revisionist, p.Hostility = new(bool), new(bool), new(int)
		*p.Originator, *p.Revisionist, *p.Hostility = i < 2, m.r.IntN(3) == 0, 1+m.r.IntN(5)
		p.HighestAction = one(m.r, []string{"show of force", "border fortification", "seizure", "clash", "threat to use force"})
		if len(of) > 2 && i > 1 {
			p.Period = d.Period
		}
	}
	if m.r.IntN(5) == 0 {
		d.Effects = []graph.Effect{{
			Type: graph.Suspends, Topic: d.Topics[0], Between: []graph.ActorKey{stateKey(of[0]), stateKey(of[1])}, Date: d.Period.Start, Extent: graph.ExtentPartial,
		}}
	}
	return d
}

func (m *maker) meeting() any {
	of := m.parties(m.r, m.size())
	meet := &graph.Meeting{
		EngagementBase: m.base(graph.KindMeeting, fmt.Sprintf("Talks of %s on %s and %s in %s", m.list(of), one(m.r, subjects), one(m.r, subjects), one(m.r, m.cities)), graph.On(m.date())),
		Level:          one(m.r, []graph.MeetingLevel{graph.LevelSummit, graph.LevelMinisterial, graph.LevelOfficials, graph.LevelMilitary}),
		Format:         graph.FormatBilateral,
		Setting:        one(m.r, []graph.MeetingSetting{graph.SettingVisit, graph.SettingSidelines, graph.SettingConference}),
		Host:           stateKey(of[0]),
	}
	switch {
	case len(of) == 3:
		meet.Format = graph.FormatTrilateral
	case len(of) > 3:
		meet.Format = graph.FormatMultilateral
	}
	meet.Participations = parts(of, graph.RoleParticipant)
	meet.Participations[0].Role = graph.RoleHost
	for _, i := range of[:min(len(of), 2)] { // persons came for the first two
		if m.r.IntN(3) == 0 {
			meet.Participations = append(meet.Participations, graph.Participation{
				Actor: actor(m.below(persons, 0)), Role: graph.RoleRepresentative, OnBehalfOf: stateKey(i), Capacity: "Minister of " + one(m.r, subjects),
			})
		}
	}
	return meet
}

func (m *maker) act() any {
	of := m.parties(m.r, 2)
	meaning := one(m.r, graph.ActTypes)
	a := &graph.Act{
		EngagementBase: m.base(graph.KindAct, fmt.Sprintf("%s: %s %s", m.names[of[0]], meaning.Meaning, m.names[of[1]]), graph.On(m.date())),
		Type:           meaning.Type, CAMEO: meaning.Nearest, QuadClass: 1 + m.r.IntN(4), Goldstein: new(int),
	}
	*a.Goldstein = m.r.IntN(201) - 100
	a.Participations = []graph.Participation{
		{Actor: stateKey(of[0]), Role: graph.RoleBy},
		{Actor: stateKey(of[1]), Role: graph.RoleToward},
	}
	return a
}
