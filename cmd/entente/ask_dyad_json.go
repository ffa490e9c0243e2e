package main

import (
	"context"

	"github.com/entente-graph/entente/graph"
)

type dyadJSON struct {
	State stateJSON `json:"state"`
	A     actorRef  `json:"a"`
	B     actorRef  `json:"b"`
	Ties  []tieJSON `json:"ties"`
}

type actorRef struct {
	Key  graph.ActorKey `json:"key"`
	Name string         `json:"name"`
}

type engagementRef struct {
	Key    graph.EngagementKey `json:"key"`
	Title  string              `json:"title"`
	Period string              `json:"period,omitempty"`
}

type tieJSON struct {
	Topic         graph.Topic       `json:"topic"`
	Nature        graph.TieNature   `json:"nature"`
	Status        graph.TieStatus   `json:"status"`
	StatusOn      graph.Day         `json:"statusOn"`
	StatusCertain bool              `json:"statusCertain"`
	Rule          string            `json:"rule"`
	Sources       []graph.SourceKey `json:"sources"`
	Spells        []spellJSON       `json:"spells"`
	Strands       []strandJSON      `json:"strands,omitempty"`
	Contested     []effectJSON      `json:"contested,omitempty"`
}

type strandJSON struct {
	Name   string          `json:"name"`
	Status graph.TieStatus `json:"status"`
	Spells []spellJSON     `json:"spells"`
}

type spellJSON struct {
	Number    int             `json:"number"`
	Status    graph.TieStatus `json:"status"`
	Extent    graph.Extent    `json:"extent,omitempty"`
	Certain   bool            `json:"certain"`
	Start     *dateJSON       `json:"start"` // null: unknown
	End       *dateJSON       `json:"end"`   // null: endWhy says why
	EndWhy    graph.OpenEnd   `json:"endWhy,omitempty"`
	Duration  *durationJSON   `json:"duration,omitempty"`
	StartedBy *engagementRef  `json:"startedBy"`
	EndedBy   *engagementRef  `json:"endedBy"`
	Began     *effectJSON     `json:"began"`
	Ended     *effectJSON     `json:"ended"`
	Phases    []effectJSON    `json:"phases,omitempty"`
	Basis     []engagementRef `json:"basis,omitempty"`
	Contacts  []engagementRef `json:"contacts,omitempty"`
	Citations []citationJSON  `json:"citations"`
}

type dateJSON struct {
	EDTF     string    `json:"edtf"`
	Earliest graph.Day `json:"earliest"`
	Latest   graph.Day `json:"latest"`
}

type durationJSON struct {
	MinDays     int  `json:"minDays"`
	MaxDays     *int `json:"maxDays"`
	Approximate bool `json:"approximate"`
}

type effectJSON struct {
	Type      graph.EffectType `json:"type"`
	Date      *dateJSON        `json:"date"`
	Extent    graph.Extent     `json:"extent,omitempty"`
	Source    graph.SourceKey  `json:"source"`
	By        *engagementRef   `json:"by"`
	Because   []engagementRef  `json:"because,omitempty"`
	Note      string           `json:"note,omitempty"`
	Citations []citationJSON   `json:"citations"`
}

func dateOf(d graph.Date) *dateJSON {
	if d.IsZero() {
		return nil
	}
	return &dateJSON{d.EDTF(), d.Earliest(), d.Latest()}
}

// printJSON prints the ties for programs, with the words of the GraphQL schema.
func (q *dyadQuestion) printJSON(ctx context.Context, d *dyadAnswer) error {
	j := &dyadWriter{dyadAnswer: d}
	var keys []graph.WorkKey
	for _, t := range d.ties {
		for _, s := range allSpells(t) {
			began, ended := d.cites(s)
			for _, c := range append(began, ended...) {
				keys = append(keys, c.Work)
			}
			for _, p := range s.Phases {
				keys = append(keys, worksOf(d.citesOf(p.Began, p.Began.Carrier))...)
			}
		}
		for _, e := range t.Contested {
			keys = append(keys, worksOf(d.citesOf(e, e.Carrier))...)
		}
	}
	var err error
	if j.works, err = byKey(ctx, keys, d.view.Works); err != nil {
		return err
	}
	out := dyadJSON{
		State: stateOf(d.view), Ties: make([]tieJSON, len(d.ties)),
		A: actorRef{d.a, d.names.actor(d.a)}, B: actorRef{d.b, d.names.actor(d.b)},
	}
	for i, t := range d.ties {
		out.Ties[i] = j.tie(t)
	}
	return q.app.printJSON(out)
}

func worksOf(cites []graph.Citation) []graph.WorkKey {
	keys := make([]graph.WorkKey, len(cites))
	for i, c := range cites {
		keys[i] = c.Work
	}
	return keys
}

// dyadWriter turns an answer into what is printed for programs.
type dyadWriter struct {
	*dyadAnswer
	works map[graph.WorkKey]*graph.Work
}

func (j *dyadWriter) tie(t *graph.Tie) tieJSON {
	out := tieJSON{
		Topic: t.Topic, Nature: t.Nature, Status: t.Status, StatusOn: t.StatusOn, StatusCertain: t.StatusCertain,
		Rule: t.Rule, Sources: append([]graph.SourceKey{}, t.Sources...), Spells: j.spells(t.Spells),
	}
	for _, s := range t.Strands {
		out.Strands = append(out.Strands, strandJSON{Name: s.Name, Status: s.Status, Spells: j.spells(s.Spells)})
	}
	for _, e := range t.Contested {
		out.Contested = append(out.Contested, *j.effect(e))
	}
	return out
}

func (j *dyadWriter) spells(spells []*graph.Spell) []spellJSON {
	out := make([]spellJSON, len(spells))
	for i, s := range spells {
		began, ended := j.cites(s)
		o := spellJSON{
			Number: s.Number, Status: s.Status, Extent: s.Extent, Certain: s.Certain,
			Start: dateOf(s.Period.Start), End: dateOf(s.Period.End), EndWhy: s.Period.Why,
			StartedBy: j.ref(s.StartedBy), EndedBy: j.ref(s.EndedBy), Began: j.effect(s.Began), Ended: j.effect(s.Ended),
			Basis: j.refs(s.Basis), Citations: citationsJSON(distinct(began, ended), j.works),
		}
		if s.Duration.MaxDays != nil {
			o.Duration = &durationJSON{s.Duration.MinDays, s.Duration.MaxDays, s.Duration.Approximate}
		}
		for _, p := range s.Phases {
			o.Phases = append(o.Phases, *j.effect(p.Began))
		}
		for _, m := range j.contacts[s] {
			b := m.Base()
			o.Contacts = append(o.Contacts, engagementRef{b.Key, b.Title(j.names.lang), b.Period.EDTF()})
		}
		out[i] = o
	}
	return out
}

func (j *dyadWriter) ref(key graph.EngagementKey) *engagementRef {
	if key == "" {
		return nil
	}
	return &engagementRef{Key: key, Title: j.names.title(key)}
}

func (j *dyadWriter) refs(keys []graph.EngagementKey) []engagementRef {
	var out []engagementRef
	for _, k := range keys {
		out = append(out, *j.ref(k))
	}
	return out
}

func (j *dyadWriter) effect(e *graph.Effect) *effectJSON {
	if e == nil {
		return nil
	}
	return &effectJSON{
		Type: e.Type, Date: dateOf(e.Date), Extent: e.Extent, Source: e.Source, By: j.ref(e.Carrier),
		Because: j.refs(e.Because), Note: e.Note, Citations: citationsJSON(j.citesOf(e, e.Carrier), j.works),
	}
}
