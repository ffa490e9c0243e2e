package atop

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// A part is one actor's part of one row: the whole row, or where the number changed hands that of one holder.
type part struct {
	*member
	actor       graph.ActorKey
	period      graph.Period
	first, last bool // it begins with the row, and ends with it
}

// A stay is one actor's uninterrupted time in an alliance, of one or several parts: phases that follow one another, or
// two numbers of one actor (260 and 255).
type stay struct {
	actor       graph.ActorKey
	period      graph.Period
	parts       []part
	first, last bool
}

// agreement makes the agreement of an alliance whose rows are understood.
func (r *reader) agreement(t *thing, h *head, members []*member) *graph.Agreement {
	parts := partsOf(members)
	stays := staysOf(parts)
	a := &graph.Agreement{
		EngagementBase: graph.EngagementBase{
			Key:       keyOf(t.number),
			Kind:      graph.KindAgreement,
			Titles:    []graph.Name{{Text: r.title(h, stays), Lang: "en"}},
			Topics:    []graph.Topic{graph.TopicDefense},
			Period:    h.period,
			Summary:   summary(h, members),
			Citations: []graph.Citation{{Source: Key, Locator: "alliance " + t.number}},
		},
		Form:            graph.FormAlliance,
		Stages:          r.stages(h, parts, stays),
		Obligations:     obligationsOf(parts),
		PartiesComplete: true,
	}
	for _, s := range stays {
		a.Participations = append(a.Participations, graph.Participation{
			Actor: s.actor, Role: graph.RoleParty, Period: s.period, Note: r.note(h, s),
		})
	}
	return a
}

// partsOf cuts the rows where numbers changed hands, and orders them: by when they begin, then by number and phase. The
// order of the file's rows does not matter.
func partsOf(members []*member) []part {
	var parts []part
	for _, m := range members {
		for i, held := range m.held {
			parts = append(parts, part{member: m, actor: held.Actor, period: held.Period, first: i == 0, last: i == len(m.held)-1})
		}
	}
	slices.SortStableFunc(parts, func(a, b part) int {
		return cmp.Or(
			compareDates(a.period.Start, b.period.Start),
			cmp.Compare(len(a.number), len(b.number)), cmp.Compare(a.number, b.number),
			cmp.Compare(a.phase, b.phase),
		)
	})
	return parts
}

func compareDates(a, b graph.Date) int {
	return cmp.Or(cmp.Compare(a.Earliest(), b.Earliest()), cmp.Compare(a.Latest(), b.Latest()))
}

// staysOf joins the parts of one actor that touch. They are in the order of their beginnings, and so are the stays.
func staysOf(parts []part) []stay {
	var stays []stay
	for _, p := range parts {
		i := slices.IndexFunc(stays, func(s stay) bool { return s.actor == p.actor && touch(s.period, p.period) })
		if i < 0 {
			stays = append(stays, stay{actor: p.actor, period: p.period, parts: []part{p}, first: p.first, last: p.last})
			continue
		}
		s := &stays[i]
		s.parts = append(s.parts, p)
		if later(p.period, s.period) {
			s.period, s.last = s.period.EndingAs(p.period), p.last
		}
	}
	return stays
}

// touch tells whether a period that begins later leaves no day between.
func touch(p, next graph.Period) bool {
	return p.End.IsZero() || next.Start.Earliest() <= p.End.Latest()+1
}

// later tells whether p ends after q.
func later(p, q graph.Period) bool {
	switch {
	case q.End.IsZero():
		return false
	case p.End.IsZero():
		return true
	default:
		return p.End.Latest() > q.End.Latest()
	}
}

// note says of a member what no other field holds: its phases, its number where that is not the one it has now, what
// the file says of it in codes.
func (r *reader) note(h *head, s stay) string {
	var notes, phases, numbers, unlisted []string
	add := func(to *[]string, text string) {
		if !slices.Contains(*to, text) {
			*to = append(*to, text)
		}
	}
	outside, limited, varies := false, false, false
	for _, p := range s.parts {
		if h.maxphase > 0 {
			add(&phases, fmt.Sprint(p.phase))
		}
		add(&numbers, p.number)
		outside = outside || !p.inSystem
		for _, held := range p.held {
			if held.Outside {
				add(&unlisted, fmt.Sprintf("counted by the dataset under number %s, which the list of states gives to %s", p.number, r.states.Outside("cow", p.number)))
			}
		}
		limited = limited || p.limits
		varies = varies || p.varies
	}
	if len(phases) > 0 {
		add(&notes, phaseWords(phases, h.maxphase))
	}
	if len(numbers) > 1 {
		add(&notes, "numbers "+list(numbers))
	}
	switch one := s.parts[0]; {
	case !one.first:
		add(&notes, fmt.Sprintf("goes on for %s, whose number %s it has", r.states.NameOn(one.held[0].Actor, one.period.Start.Earliest()-1), one.number))
	case !s.last:
		last := s.parts[len(s.parts)-1]
		add(&notes, fmt.Sprintf("goes on in %s, which has its number %s", r.states.NameOn(last.held[len(last.held)-1].Actor, last.period.End.Latest()+1), last.number))
	}
	if outside {
		add(&notes, "not in the COW state system all the time (cowsys 0)")
	}
	for _, text := range unlisted {
		add(&notes, text)
	}
	if limited {
		add(&notes, "olimob 1")
	}
	if varies {
		add(&notes, "owes not every member the same (obvary 1)")
	}
	return strings.Join(notes, "; ")
}
