package storetest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/entente-graph/entente/graph"
)

// A model is what a store was told, load by load.
type model struct {
	actors []graph.ActorKey
	loads  [][]graph.Recorded // at each load the open statements; loads[0] is empty
}

// generate makes a random graph of several loads in a store; the seed makes it again.
func generate(t testing.TB, s graph.Store, seed uint64, engagements int) *model {
	t.Helper()
	g := &generator{Rand: rand.New(rand.NewPCG(seed, 1)), t: t} //nolint:gosec // a test wants the same graph again, not secrets
	for i := range 7 {
		g.actors = append(g.actors, graph.ActorKey(fmt.Sprintf("actor:%c", 'a'+i)))
	}
	m := &model{actors: g.actors, loads: [][]graph.Recorded{nil}}
	open := map[graph.StatementID]graph.Recorded{}
	for n := graph.LoadNumber(1); n <= 4; n++ {
		var changes []graph.Batch
		for i := range engagements {
			changes = g.change(changes, open, "one", fmt.Sprintf("e:%03d", i), n)
			if i%5 == 0 {
				changes = g.change(changes, open, "two", fmt.Sprintf("e:%03d", i), n)
			}
		}
		for i := range 30 {
			changes = g.change(changes, open, "one", fmt.Sprintf("t:%02d", i), n)
		}
		for i := range 30 {
			changes = g.change(changes, open, pick(g, []graph.SourceKey{"one", "one", "two"}), fmt.Sprintf("m:%02d", i), n)
		}
		for i := range 30 {
			changes = g.change(changes, open, pick(g, []graph.SourceKey{"one", "one", "two"}), fmt.Sprintf("r:%02d", i), n)
		}
		for i := range 8 {
			changes = g.change(changes, open, "one", fmt.Sprintf("l:%02d", i), n)
		}
		for i := range 2 {
			changes = g.change(changes, open, "one", fmt.Sprintf("i:%d", i), n)
		}
		for i := range 30 {
			changes = g.change(changes, open, pick(g, []graph.SourceKey{"one", "one", "two"}), fmt.Sprintf("s:%02d", i), n)
		}
		for i, a := range g.actors {
			changes = g.change(changes, open, "one", string(a), n)
			if i%2 == 0 {
				changes = g.change(changes, open, "two", string(a), n)
			}
		}
		g.load(s, n, changes)
		var now []graph.Recorded
		for _, r := range open {
			now = append(now, r)
		}
		slices.SortFunc(now, func(a, b graph.Recorded) int { return a.Compare(b.StatementID) })
		m.loads = append(m.loads, now)
	}
	return m
}

type generator struct {
	*rand.Rand
	t      testing.TB
	actors []graph.ActorKey
}

// change adds, supersedes or retracts one thing, or leaves it.
func (g *generator) change(to []graph.Batch, open map[graph.StatementID]graph.Recorded, source graph.SourceKey, key string, load graph.LoadNumber) []graph.Batch {
	if g.IntN(3) == 0 {
		return to
	}
	st, err := graph.NewStatement(source, graph.SliceID(fmt.Sprintf("%s-%d", source, g.IntN(2))), g.noun(key), "")
	must(g.t, err)
	var b graph.Batch
	if _, ok := open[st.StatementID]; ok {
		b.Close = []graph.StatementID{st.StatementID}
		delete(open, st.StatementID)
		if g.IntN(4) == 0 {
			return append(to, b) // retracted
		}
	}
	b.Add = []graph.Statement{st}
	open[st.StatementID] = graph.Recorded{Statement: st, Load: load}
	return append(to, b)
}

func (g *generator) load(s graph.Store, n graph.LoadNumber, changes []graph.Batch) {
	ctx := context.Background()
	lease, err := s.Open(ctx, graph.LoadInfo{Source: "one"})
	must(g.t, err)
	if lease.Load != n {
		g.t.Fatalf("the load has number %d, not %d", lease.Load, n)
	}
	number := 0
	for chunk := range slices.Chunk(changes, 50) {
		b := graph.Batch{Number: number}
		for _, c := range chunk {
			b.Close, b.Add = append(b.Close, c.Close...), append(b.Add, c.Add...)
		}
		must(g.t, s.Write(ctx, lease, b))
		number++
	}
	_, err = s.Commit(ctx, lease, graph.Counts{})
	must(g.t, err)
}

func pick[T any](g *generator, of []T) T { return of[g.IntN(len(of))] }

func (g *generator) noun(key string) any {
	switch key[:2] {
	case "ac":
		a := &graph.ActorFacts{Key: graph.ActorKey(key), Kind: pick(g, []graph.ActorKind{graph.KindState, graph.KindOrganization})}
		if g.IntN(3) > 0 {
			a.Existence = []graph.Period{g.period()}
		}
		for range g.IntN(3) {
			a.Names = append(a.Names, graph.Name{Text: g.name(), Lang: pick(g, []string{"en", "ja"})})
		}
		return a
	case "t:":
		return &graph.Tenure{
			Key: graph.TenureKey(key), Person: pick(g, g.actors), Of: pick(g, g.actors),
			Office: pick(g, []string{"Minister", "President"}), Period: g.period(),
		}
	case "m:":
		return &graph.Membership{
			Key: graph.MembershipKey(key), Member: pick(g, g.actors), Organization: pick(g, g.actors),
			Status: pick(g, graph.MembershipStatuses), Period: g.period(),
		}
	case "r:":
		return g.representation(key)
	case "s:":
		a := &graph.Assertion{
			Key: graph.AssertionKey(key), About: graph.EngagementKey(fmt.Sprintf("e:%03d", g.IntN(10))), Stance: "ASSERTS", Text: g.name(),
		}
		if g.IntN(4) > 0 {
			a.Date = g.date()
		}
		if g.IntN(5) > 0 {
			a.Author = pick(g, g.actors)
		} else {
			a.Work = "work:1"
		}
		return a
	case "l:":
		l := &graph.Link{Key: key, Rule: "drawn"}
		for range 2 + g.IntN(2) {
			l.Accounts = append(l.Accounts, graph.EngagementKey(fmt.Sprintf("e:%03d", g.IntN(60))))
		}
		l.Lead = pick(g, l.Accounts)
		return l
	case "i:": // no key is in two
		some := g.actors[:3]
		if key == "i:1" {
			some = g.actors[3:5]
		}
		i := &graph.Identity{Key: key, Persons: some[:2+g.IntN(len(some)-1)]}
		i.Lead = pick(g, i.Persons)
		return i
	}
	return g.engagement(graph.EngagementKey(key))
}

func (g *generator) name() string {
	words := []string{"Treaty", "treasure", "Sea", "of", "日本海", "한국", "Élysée", "Search"}
	text := pick(g, words)
	for g.IntN(2) == 0 {
		text += " " + pick(g, words)
	}
	return text
}

// day gives one of few days, so that dates often meet.
func (g *generator) day() string {
	return fmt.Sprintf("%04d-%02d-%02d", 2000+g.IntN(3), pick(g, []int{1, 2, 12}), pick(g, []int{1, 2, 28}))
}

func (g *generator) date() graph.Date {
	d := g.day()
	switch g.IntN(6) {
	case 0:
		d = d[:4]
	case 1:
		d = d[:7]
	case 2:
		d += "~"
	case 3:
		d = d[:4] + "?"
	}
	return graph.MustDate(d)
}

func (g *generator) period() graph.Period {
	start, end := g.date(), g.date()
	if end.Earliest() < start.Earliest() {
		start, end = end, start
	}
	switch g.IntN(12) {
	case 0:
		return graph.On(start)
	case 9: // on one of these days
		return graph.Period{Start: graph.OneOf(start.Earliest(), end.Latest()), Why: graph.Unknown}
	case 1:
		return graph.Period{Start: start, Why: graph.Ongoing}
	case 2:
		return graph.Period{Start: start, Why: graph.Unknown}
	case 3:
		return graph.Period{End: end}
	case 4:
		return graph.Period{Start: graph.MustDate(start.String()[:4]), End: graph.MustDate(start.String()[:4])}
	case 5:
		return graph.Period{Why: graph.Unknown}
	case 6:
		return graph.Observed(start, end.Latest())
	case 7:
		return graph.Period{ObservedFrom: start, Why: graph.Ongoing}
	case 8:
		return graph.Period{ObservedFrom: start, End: end}
	default:
		return graph.Period{Start: start, End: end}
	}
}

func (g *generator) engagement(key graph.EngagementKey) graph.Engagement {
	b := graph.EngagementBase{Key: key, Titles: []graph.Name{{Text: g.name(), Lang: "en"}}, Period: g.period()}
	for range g.IntN(3) {
		b.Topics = append(b.Topics, pick(g, graph.Topics[:4]))
	}
	n := 0
	if _, err := fmt.Sscanf(string(key), "e:%d", &n); err == nil && n > 0 && n%5 < 2 { // a few are parts of few
		b.PartOf = []graph.EngagementKey{graph.EngagementKey(fmt.Sprintf("e:%03d", n%5+n/12))}
	}
	if n%4 == 1 {
		b.Related = []graph.EngagementKey{graph.EngagementKey(fmt.Sprintf("e:%03d", n%8))}
	}
	if n%3 > 0 {
		b.Identifiers = []graph.Identifier{{Scheme: "Numbers", Value: fmt.Sprintf("A%d", n%6)}}
	}
	parties := 1 + g.IntN(4)
	for range parties {
		p := graph.Participation{Actor: pick(g, g.actors), Role: pick(g, []graph.Role{graph.RoleParty, graph.RoleParty, graph.RoleHost, graph.RoleBy, graph.RoleToward}), Side: pick(g, []string{"", "", "a", "b"})}
		if g.IntN(3) == 0 {
			p.Period = g.period()
		}
		if g.IntN(6) == 0 {
			p.OnBehalfOf = pick(g, g.actors)
		}
		b.Participations = append(b.Participations, p)
	}
	if g.IntN(6) == 0 { // so many parties that no store can keep every two of them
		for i := range 30 {
			b.Participations = append(b.Participations, graph.Participation{Actor: graph.ActorKey(fmt.Sprintf("crowd:%02d", i)), Role: graph.RoleParty})
		}
	}
	if g.IntN(4) == 0 {
		b.Effects = []graph.Effect{{
			Type: graph.Establishes, Topic: pick(g, graph.Topics[:4]), Between: []graph.ActorKey{pick(g, g.actors), pick(g, g.actors)}, Date: g.date(),
		}}
	}
	hostility, goldstein := 1+g.IntN(5), pick(g, []int{-50, 34})
	switch g.IntN(4) {
	case 0:
		b.Kind = graph.KindAgreement
		a := &graph.Agreement{EngagementBase: b, Form: pick(g, []graph.AgreementForm{graph.FormTreaty, graph.FormProtocol})}
		switch n % 4 {
		case 1:
			a.Replaces = []graph.EngagementKey{"e:001"}
		case 2:
			a.Amends = []graph.EngagementKey{"e:001", "e:002"}
		}
		for range g.IntN(3) {
			o := graph.Obligation{Type: pick(g, []graph.ObligationType{graph.ObligationDefense, graph.ObligationConsultation}), By: pick(g, g.actors)}
			if g.IntN(2) == 0 {
				o.Toward = pick(g, g.actors)
			}
			if g.IntN(3) == 0 {
				o.Period = g.period()
			}
			a.Obligations = append(a.Obligations, o)
		}
		for range g.IntN(4) {
			st := graph.Stage{Stage: pick(g, []graph.StageKind{graph.StageSigned, graph.StageInForce, graph.StageInForce, graph.StageSuspension, graph.StageTerminated}), Date: g.date()}
			if g.IntN(4) == 0 {
				st.Party = pick(g, g.actors)
			}
			a.Stages = append(a.Stages, st)
		}
		return a
	case 1:
		b.Kind = graph.KindDispute
		d := &graph.Dispute{EngagementBase: b, Form: pick(g, []graph.DisputeForm{graph.DisputeClaim, graph.DisputeWar})}
		if g.IntN(3) > 0 {
			d.Hostility = &hostility
		}
		return d
	case 2:
		b.Kind = graph.KindAct
		a := &graph.Act{EngagementBase: b, Type: pick(g, []graph.ActType{"PROTEST", "RECALL", "SANCTION"})}
		if g.IntN(2) == 0 {
			a.CAMEO, a.QuadClass, a.Goldstein = pick(g, []string{"190", "114"}), 1+g.IntN(4), &goldstein
		}
		return a
	default:
		b.Kind = graph.KindMeeting
		return &graph.Meeting{
			EngagementBase: b, Level: pick(g, []graph.MeetingLevel{graph.LevelSummit, graph.LevelMinisterial, ""}),
			Format: pick(g, []graph.MeetingFormat{"", graph.FormatBilateral}), Setting: pick(g, []graph.MeetingSetting{"", graph.SettingCall}),
		}
	}
}
