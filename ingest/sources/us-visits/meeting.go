package usvisits

import (
	"fmt"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest/historian"
)

// engagementKey is the key of the meeting of a group of visits: the lowest of their numbers. The Office gives numbers
// upward, so a visit added later to an occasion never changes it.
func engagementKey(group []*visit) graph.EngagementKey {
	for _, v := range group { // in the order of ids, those without one first
		if v.id > 0 {
			return graph.EngagementKey(fmt.Sprintf("%s:%d", key, v.id))
		}
	}
	return ""
}

// personKey is the key of a visitor within a decade. It is made of what identifies a person in this list, the name and
// the country, and of the slice: what is loaded apart must not share statements.
func personKey(name, country, decade string) graph.ActorKey {
	return graph.ActorKey(fmt.Sprintf("%s:%s-%s-%ss", key, historian.Slug(name), country, decade))
}

// meeting makes the meeting of visits that were one.
func meeting(group []*visit, decade string) *graph.Meeting {
	first := group[0]
	m := &graph.Meeting{
		EngagementBase: graph.EngagementBase{
			Key: engagementKey(group), Kind: graph.KindMeeting,
			Titles:  []graph.Name{{Text: title(group), Lang: "en"}},
			Topics:  []graph.Topic{graph.TopicDiplomacy},
			Period:  whole(group),
			Summary: first.description,
		},
		Level: level(group), Setting: graph.SettingVisit, Host: usa,
	}
	for _, v := range group {
		if m.Occasion == "" {
			m.Occasion = v.occasion
		}
		m.Citations = append(m.Citations, graph.Citation{Source: key, Locator: fmt.Sprintf("visit %d", v.id)})
	}
	m.Participations = participations(group, m.Period, decade)
	m.Format = formatOf(group)
	return m
}

// title names the occasion that brought several here, or else who came.
func title(group []*visit) string {
	if len(group) > 1 && group[0].occasion != "" {
		return group[0].occasion
	}
	var who []string
	for i, v := range group {
		one := v.text
		if i+1 == len(group) || group[i+1].printed != v.printed {
			one += " (" + v.printed + ")"
		}
		who = append(who, one)
	}
	return "Visit of " + strings.Join(who, " and ")
}

// whole is the time from the first beginning to the last end.
func whole(group []*visit) graph.Period {
	p := group[0].period
	for _, v := range group[1:] {
		if v.period.Start.Earliest() < p.Start.Earliest() {
			p.Start = v.period.Start
		}
		if v.period.End.Latest() > p.End.Latest() {
			p.End = v.period.End
		}
	}
	return p
}

// participations are the host, and for each visit its state and, on its behalf, its visitors, each for the visit's own
// days. Where the registry has no state the visitors stand for nobody, and a note says why.
func participations(group []*visit, of graph.Period, decade string) []graph.Participation {
	parts := []graph.Participation{{Actor: usa, Role: graph.RoleHost}}
	add := func(p graph.Participation) {
		if p.Period == of {
			p.Period = graph.Period{}
		}
		if !slices.ContainsFunc(parts, func(o graph.Participation) bool {
			return o.Actor == p.Actor && o.Role == p.Role && o.Period == p.Period && o.OnBehalfOf == p.OnBehalfOf
		}) {
			parts = append(parts, p)
		}
	}
	for _, v := range group {
		note := ""
		if v.description != group[0].description {
			note = v.description
		}
		for _, held := range v.country.Held {
			add(graph.Participation{Actor: held.Actor, Role: graph.RoleParticipant, Period: held.Period})
		}
		for _, person := range v.visitors {
			p := graph.Participation{
				Actor: personKey(person.name, v.country.ID, decade), Role: graph.RoleRepresentative,
				Capacity: person.title, Period: v.period, Note: note,
			}
			if len(v.country.Held) == 0 {
				p.Note = strings.TrimSpace(note + " From " + v.printed + ": " + v.country.Note + ".")
			}
			for _, held := range v.country.Held {
				p.OnBehalfOf, p.Period = held.Actor, held.Period
				add(p)
			}
			if len(v.country.Held) == 0 {
				add(p)
			}
		}
	}
	return parts
}

// level is SUMMIT where all visitors have the title of a head of state or government: the President received them.
// Otherwise it is MIXED, which claims nothing of the visitor.
func level(group []*visit) graph.MeetingLevel {
	t, err := lookups()
	if err != nil {
		return graph.LevelMixed // cannot be: the visits were understood by them
	}
	for _, v := range group {
		for _, person := range v.visitors {
			if !t.head[person.title] {
				return graph.LevelMixed
			}
		}
	}
	return graph.LevelSummit
}

// formatOf counts the countries that met. Of a visitor who came alone to an occasion it is not known who else was there.
func formatOf(group []*visit) graph.MeetingFormat {
	var guests []string
	for _, v := range group {
		if len(v.country.Held) == 0 {
			return "" // it is not known whether that was a state
		}
		if !slices.Contains(guests, v.country.ID) {
			guests = append(guests, v.country.ID)
		}
	}
	switch {
	case len(group) == 1 && group[0].occasion != "":
		return ""
	case len(guests) == 1:
		return graph.FormatBilateral
	case len(guests) == 2:
		return graph.FormatTrilateral
	default:
		return graph.FormatMultilateral
	}
}
