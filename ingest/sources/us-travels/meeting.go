package ustravels

import (
	"fmt"

	"github.com/entente-graph/entente/graph"
)

// engagementKey is the key of the meeting of a leg: its number, or the lowest where it stands there more than once.
func engagementKey(same []*leg) graph.EngagementKey {
	if same[0].id == 0 {
		return ""
	}
	return graph.EngagementKey(fmt.Sprintf("%s:%d", key, same[0].id))
}

// personKey is the key of a traveller.
func personKey(who string) graph.ActorKey { return graph.ActorKey(string(key) + ":" + who) }

// meeting makes the meeting of a leg: the United States, through the traveller, in a country that is the host, with the
// states of others whom the remarks name. The country is the host also where the remarks name nobody who was met, since the
// Office lists its legs by country; where they name others alone, it did not take part.
func meeting(same []*leg) (*graph.Meeting, error) {
	t, err := lookups()
	if err != nil {
		return nil, err
	}
	l := same[0]
	m := &graph.Meeting{
		EngagementBase: graph.EngagementBase{
			Key: engagementKey(same), Kind: graph.KindMeeting,
			Titles:  []graph.Name{{Text: title(l), Lang: "en"}},
			Topics:  []graph.Topic{graph.TopicDiplomacy},
			Period:  l.period,
			Place:   l.locale,
			Summary: l.remarks,
		},
		Level: t.level(l), Setting: graph.SettingVisit, Occasion: occasionOf(l.remarks),
	}
	for _, held := range l.country.Held {
		if !l.hosted() {
			break
		}
		p := graph.Participation{Actor: held.Actor, Role: graph.RoleHost}
		if held.Period != l.period {
			p.Period = held.Period
		}
		if m.Level == "" {
			p.Note = "The remarks name nobody who was met."
		}
		m.Participations = append(m.Participations, p)
	}
	person := graph.Participation{Actor: personKey(l.who), Role: graph.RoleRepresentative, OnBehalfOf: usa, Capacity: l.office}
	if len(l.country.Held) == 0 {
		person.Note = "In " + l.printed + ": " + l.country.Note + "."
	} else {
		m.Host = l.country.Held[0].Actor
		if m.Occasion == "" && m.Level != "" && m.Level != graph.LevelMixed { // who else attended an occasion the record does not say
			m.Format = l.format()
		}
	}
	m.Participations = append(m.Participations, graph.Participation{Actor: usa, Role: graph.RoleParticipant}, person)
	m.Participations = append(m.Participations, l.parties...)
	for _, l := range same {
		m.Citations = append(m.Citations, graph.Citation{Source: key, Locator: fmt.Sprintf("trip %d", l.id)})
	}
	return m, nil
}

func title(l *leg) string {
	text := l.office + " " + l.name + " in " + l.printed
	if l.locale != "" {
		text += " (" + l.locale + ")"
	}
	return text
}
