package difftest

import (
	"fmt"

	"github.com/entente-graph/entente/graph"
)

// engagementsMade is how many engagements the generated graph has, about: some come and go.
const engagementsMade = 120

func engagementKey(i int) graph.EngagementKey { return graph.EngagementKey(fmt.Sprintf("e:%03d", i)) }

func (w *world) anyEngagement() graph.EngagementKey { return engagementKey(w.IntN(engagementsMade)) }

func (w *world) someEngagements() []graph.EngagementKey {
	var keys []graph.EngagementKey
	for w.sometimes(3) {
		keys = append(keys, w.anyEngagement())
	}
	return keys
}

// anyone is mostly a state, or else what stands for one.
func (w *world) anyone() graph.ActorKey {
	switch w.IntN(8) {
	case 0:
		return one(w.Rand, w.parts)
	case 1:
		return one(w.Rand, w.orgs)
	default:
		return early(w.Rand, w.states)
	}
}

func (w *world) engagement(i int) graph.Engagement {
	b := graph.EngagementBase{
		Key: engagementKey(i), Titles: w.names(), Topics: some(w, 3, graph.Topics[:6]), Period: w.period(), PartOf: w.someEngagements(),
		Related: w.someEngagements(), Citations: w.citations(),
	}
	if w.sometimes(2) {
		b.Place, b.Summary = w.words(), w.words()
	}
	if w.sometimes(3) {
		b.Identifiers = []graph.Identifier{{Scheme: "mid", Value: string(b.Key)}}
	}
	for w.sometimes(2) {
		b.Effects = append(b.Effects, w.effect())
	}
	switch i % 4 {
	case 0:
		return w.agreement(b)
	case 1:
		return w.dispute(b)
	case 2:
		return w.meeting(b)
	default:
		return w.act(b)
	}
}

func (w *world) effect() graph.Effect {
	e := graph.Effect{
		Type:  one(w.Rand, []graph.EffectType{graph.Establishes, graph.Suspends, graph.Resumes, graph.Ends, graph.Upgrades, graph.Downgrades}),
		Topic: one(w.Rand, graph.Topics[:3]), Date: w.date(), Because: w.someEngagements(), Citations: w.citations(),
	}
	for _, i := range w.Perm(4)[:2+b2i(w.sometimes(4))] { // few, so that much happens between two
		e.Between = append(e.Between, w.states[i])
	}
	if w.sometimes(3) {
		e.Strand = one(w.Rand, []string{"shuttle", "hotline"})
	}
	if w.sometimes(3) {
		e.Extent, e.Note = one(w.Rand, []graph.Extent{graph.ExtentFull, graph.ExtentPartial}), w.words()
	}
	return e
}

// take makes those take part who do in a role, mostly two.
func (w *world) take(b *graph.EngagementBase, role graph.Role) {
	n := 1 + w.IntN(3)
	if w.sometimes(9) {
		n = 0
		for i := range 30 { // more than any store keeps by twos
			b.Participations = append(b.Participations, graph.Participation{Actor: w.states[i%len(w.states)], Role: role, Side: "ab"[i%2 : i%2+1]})
		}
	}
	for range n {
		p := graph.Participation{Actor: w.anyone(), Role: role, Side: one(w.Rand, []string{"", "", "a", "b", "c"})}
		if w.sometimes(3) {
			p.Period = w.period()
		}
		if w.sometimes(5) {
			p.Actor, p.OnBehalfOf = one(w.Rand, w.persons), one(w.Rand, w.states)
			p.Capacity, p.Note = "Minister", w.words()
		}
		b.Participations = append(b.Participations, p)
	}
}

func (w *world) agreement(b graph.EngagementBase) *graph.Agreement {
	b.Kind = graph.KindAgreement
	w.take(&b, one(w.Rand, []graph.Role{graph.RoleParty, graph.RoleParty, graph.RoleIssuer}))
	w.take(&b, graph.RoleParty)
	a := &graph.Agreement{EngagementBase: b, PartiesComplete: w.sometimes(2), Amends: w.someEngagements(), Replaces: w.someEngagements()}
	a.Form = one(w.Rand, []graph.AgreementForm{graph.FormTreaty, graph.FormMemorandum, graph.FormAlliance, graph.FormJointStatement})
	a.Stages = []graph.Stage{{Stage: graph.StageInForce, Date: b.Period.Start}}
	for w.sometimes(2) {
		s := graph.Stage{
			Stage: one(w.Rand, []graph.StageKind{graph.StageSigned, graph.StageRatified, graph.StageNotice, graph.StageTerminated}),
			Note:  w.words(), Citations: w.citations(), Date: w.date(),
		}
		if w.sometimes(2) {
			s.Party = one(w.Rand, w.states)
		}
		a.Stages = append(a.Stages, s)
	}
	for w.sometimes(2) {
		o := graph.Obligation{
			Type: one(w.Rand, []graph.ObligationType{graph.ObligationDefense, graph.ObligationOffense, graph.ObligationConsultation}),
			By:   one(w.Rand, w.states),
		}
		if w.sometimes(2) {
			o.Toward, o.Conditions, o.Period = one(w.Rand, w.states), w.words(), w.period()
		}
		a.Obligations = append(a.Obligations, o)
	}
	return a
}

func (w *world) dispute(b graph.EngagementBase) *graph.Dispute {
	b.Kind = graph.KindDispute
	w.take(&b, graph.RoleParty)
	w.take(&b, graph.RoleParty)
	w.take(&b, one(w.Rand, []graph.Role{graph.RoleParty, graph.RoleMediator}))
	for i := range b.Participations {
		p := &b.Participations[i]
		p.Originator, p.Revisionist, p.Hostility = maybe(w, w.sometimes(2)), maybe(w, w.sometimes(2)), maybe(w, 1+w.IntN(5))
		p.Fatalities = w.fatalities()
		if w.sometimes(2) {
			p.HighestAction, p.Position = "show of force", w.words()
		}
	}
	d := &graph.Dispute{EngagementBase: b, Hostility: maybe(w, 1+w.IntN(5)), Fatalities: w.fatalities()}
	d.Form = one(w.Rand, []graph.DisputeForm{graph.DisputeClaim, graph.DisputeMilitarized, graph.DisputeWar})
	if w.sometimes(2) {
		d.Outcome, d.Settlement = "stalemate", "negotiated"
	}
	return d
}

func (w *world) fatalities() *graph.Range {
	return maybe(w, graph.Range{Low: maybe(w, w.IntN(10)), High: maybe(w, 10+w.IntN(90))})
}

func (w *world) meeting(b graph.EngagementBase) *graph.Meeting {
	b.Kind = graph.KindMeeting
	w.take(&b, graph.RoleParticipant)
	w.take(&b, one(w.Rand, []graph.Role{graph.RoleParticipant, graph.RoleHost, graph.RoleObserver}))
	m := &graph.Meeting{EngagementBase: b, Outcomes: w.someEngagements()}
	m.Level = one(w.Rand, []graph.MeetingLevel{graph.LevelSummit, graph.LevelMinisterial, graph.LevelOfficials, graph.LevelMilitary, graph.LevelMixed})
	if w.sometimes(2) {
		m.Format, m.Setting = graph.FormatBilateral, one(w.Rand, []graph.MeetingSetting{graph.SettingVisit, graph.SettingCall})
		m.Host, m.Occasion = one(w.Rand, w.states), w.words()
	}
	return m
}

func (w *world) act(b graph.EngagementBase) *graph.Act {
	b.Kind = graph.KindAct
	w.take(&b, graph.RoleBy)
	w.take(&b, graph.RoleToward)
	meaning := one(w.Rand, graph.ActTypes)
	a := &graph.Act{EngagementBase: b, Type: meaning.Type, QuadClass: w.IntN(5), Goldstein: maybe(w, w.IntN(201)-100)}
	if w.sometimes(2) {
		a.CAMEO = meaning.Nearest
	}
	return a
}

// link says of two or three engagements of a kind that they are accounts of one.
func (w *world) link(i int) *graph.Link {
	l := &graph.Link{Rule: graph.LinkMeetings}
	for n := range 2 + w.IntN(2) {
		l.Accounts = append(l.Accounts, engagementKey(4*(3*i+n)+i%4)) // no two links have one in common
	}
	l.Key, l.Lead = string(l.Accounts[0]), one(w.Rand, l.Accounts)
	return l
}

// identity says that two persons are one; no two identities have one in common.
func (w *world) identity(i int) *graph.Identity {
	two := w.persons[2*i : 2*i+2]
	return &graph.Identity{
		Key: string(two[0]), Lead: two[0], Persons: two,
		Because: []graph.Sameness{{A: two[0], B: two[1], Rule: one(w.Rand, graph.PersonRules), Because: one(w.Rand, []string{"", w.words()})}},
	}
}
