package storetest

import (
	"context"
	"slices"

	"pgregory.net/rapid"

	"github.com/entente-graph/entente/graph"
)

// seriesOf compares series of a dyad with what each of its units has when it is looked at by itself.
func seriesOf(t *rapid.T, s graph.Store, m *model) {
	ctx := context.Background()
	at := graph.State{Load: drawLoad(t, m)}
	if rapid.Bool().Draw(t, "as of a day") {
		day := graph.MustDay("1999-06-01") + graph.Day(rapid.IntRange(0, 1800).Draw(t, "day"))
		at.AsOf = &day
	}
	v, err := graph.In(ctx, s, at)
	must(t, err)
	a, b := draw(t, "a", m.actors), draw(t, "b", m.actors)
	if a == b {
		return
	}
	from := graph.MustDay("1999-01-01") + graph.Day(rapid.IntRange(0, 900).Draw(t, "from"))
	q := graph.SeriesQuery{
		Measures: []graph.Measure{graph.CountEngagements, graph.CountAgreements, graph.CountMeetings, graph.CountSummits, graph.CountActs, graph.CountDisputes, graph.CountContacts},
		From:     from, To: from + graph.Day(rapid.IntRange(0, 1000).Draw(t, "days")), Unit: draw(t, "unit", graph.Units),
		Certainty: draw(t, "certainty", []graph.Certainty{graph.Possible, graph.Certain}),
	}
	if rapid.Bool().Draw(t, "on a topic") {
		q.Topics = []graph.Topic{draw(t, "topic", []graph.Topic{graph.TopicDefense, graph.TopicTrade})}
		q.Measures = append(q.Measures, graph.StatusOfTie, graph.DaysSuspended)
	}
	dyad := graph.NewDyadKey(a, b)
	found, err := v.Series(ctx, dyad, q)
	must(t, err)
	if len(found) != len(q.Measures) || len(found)*len(found[0].Points) != q.Points() {
		t.Fatalf("%+v gives %d series, of %d points, not %d", q, len(found), len(found[0].Points), q.Points())
	}
	naive := newNaiveSeries(t, v, m, dyad, q)
	for _, one := range found {
		next := q.From
		for i, p := range one.Points {
			if p.From != next || p.To < p.From {
				t.Fatalf("point %d of %+v is from %s to %s, behind %s", i, q, p.From, p.To, next-1)
			}
			next = p.To + 1
			switch days := (graph.Interval{From: p.From, To: p.To + 1}); {
			case at.AsOf != nil && p.From > *at.AsOf:
				if p.Reason != graph.AfterAsOf || p.N != 0 {
					t.Fatalf("%s from %s, as of %s: %+v", one.Measure, p.From, *at.AsOf, p)
				}
			case p.Reason == graph.NotExisting:
				if naive.exist(days) {
					t.Fatalf("%s from %s: both exist: %+v", one.Measure, p.From, p)
				}
			case one.Rule != "" && (i < 5 || i%101 == 0): // a question each
				naive.tie(t, one, p)
			case one.Rule != "":
			default:
				least, most := naive.count(one.Measure, days)
				if p.N < least || p.N > most {
					for _, e := range naive.all {
						if po, ce := naive.touches(one.Measure, e.Base(), days); po || ce {
							t.Logf("%s, %s, touches it (certainly: %t)", e.Base().Key, e.Base().Period.EDTF(), ce)
						}
					}
					t.Fatalf("%s of %v on %v from %s to %s (%s) counts %d, not %d to %d", one.Measure, dyad, q.Topics, p.From, p.To, q.Certainty, p.N, least, most)
				}
			}
		}
		if next != q.To+1 {
			t.Fatalf("the points of %+v end on %s", q, next-1)
		}
	}
}

type naiveSeries struct {
	v        *graph.View
	dyad     graph.DyadKey
	q        graph.SeriesQuery
	x, y     []graph.Constituent
	all      []graph.Engagement
	lives    [2][]graph.Period
	standing map[graph.Day]graph.TieStatus
}

func newNaiveSeries(t *rapid.T, v *graph.View, m *model, dyad graph.DyadKey, q graph.SeriesQuery) *naiveSeries {
	n := &naiveSeries{v: v, dyad: dyad, q: q, standing: map[graph.Day]graph.TieStatus{}}
	cons, err := v.Constituents(context.Background(), []graph.ActorKey{dyad.A, dyad.B}, nil)
	must(t, err)
	n.x, n.y = cons[dyad.A], cons[dyad.B]
	actors, err := v.Actors(context.Background(), []graph.ActorKey{dyad.A, dyad.B})
	must(t, err)
	for i, k := range []graph.ActorKey{dyad.A, dyad.B} {
		if actors[k] != nil {
			n.lives[i] = actors[k].Existence
		}
	}
	open := m.loads[v.Load]
	led := ledByAnother(t, open, graph.EngagementQuery{Topics: q.Topics, A: n.x, B: n.y})
	seen := map[graph.Position]bool{}
	for _, r := range open { // by source: of two accounts at one place in the list of the topic the first source's counts
		if r.Kind != graph.StatementEngagement || led[r.Key] {
			continue
		}
		e := engagementOf(t, r)
		if len(q.Topics) > 0 && !slices.Contains(e.Base().Topics, q.Topics[0]) {
			continue
		}
		bounds := e.Base().Period.Bounds()
		begun := v.AsOf == nil || bounds.StartMin <= *v.AsOf
		place := graph.Position{Start: startOf(e.Base().Period), Key: r.Key}
		if together, _ := n.touches(graph.CountEngagements, e.Base(), graph.Always); !together {
			continue
		}
		if begun && !seen[place] && bounds.Compare(graph.Inclusive(q.From, q.To), graph.OverlapAny, graph.Possible) {
			seen[place] = true
			n.all = append(n.all, e)
		}
	}
	return n
}

func (n *naiveSeries) exist(days graph.Interval) bool {
	if n.v.AsOf != nil {
		days.To = min(days.To, *n.v.AsOf+1)
	}
	for d := days.From; d < days.To; d++ {
		both := true
		for _, life := range n.lives {
			both = both && (len(life) == 0 || slices.ContainsFunc(life, func(p graph.Period) bool { return p.Holds(d, graph.Possible) }))
		}
		if both {
			return true
		}
	}
	return false
}

// count gives how many engagements a unit has at least and at most. What is certain of two who take part for times of their
// own is not looked at.
func (n *naiveSeries) count(measure graph.Measure, days graph.Interval) (least, most int) {
	if n.v.AsOf != nil {
		days.To = min(days.To, *n.v.AsOf+1)
	}
	for _, e := range n.all {
		if len(n.q.Topics) > 0 && !slices.Contains(e.Base().Topics, n.q.Topics[0]) || !naiveMeasured(measure, e) {
			continue
		}
		possible, certain := n.touches(measure, e.Base(), days)
		if certain {
			least++
		}
		if possible {
			most++
		}
	}
	if n.q.Certainty == graph.Possible {
		least = most
	}
	return least, most
}

func naiveMeasured(measure graph.Measure, e graph.Engagement) bool {
	kind := e.Base().Kind
	switch measure {
	case graph.CountAgreements:
		return kind == graph.KindAgreement
	case graph.CountDisputes:
		return kind == graph.KindDispute
	case graph.CountActs:
		return kind == graph.KindAct
	case graph.CountMeetings, graph.CountContacts:
		return kind == graph.KindMeeting
	case graph.CountSummits:
		m, ok := e.(*graph.Meeting)
		return ok && m.Level == graph.LevelSummit
	default:
		return true
	}
}

func (n *naiveSeries) touches(measure graph.Measure, b *graph.EngagementBase, days graph.Interval) (possible, certain bool) {
	own := func(p graph.Participation) graph.Period {
		if p.Period.IsZero() {
			return b.Period
		}
		return p.Period
	}
	for _, p := range b.Participations {
		for _, q := range b.Participations {
			if measure == graph.CountDisputes && (p.Role != graph.RoleParty || q.Role != graph.RoleParty || graph.AlignmentOf(p.Side, q.Side) != graph.Opposed) {
				continue
			}
			for _, cx := range n.x {
				for _, cy := range n.y {
					if cx.Actor != p.Actor && cx.Actor != p.OnBehalfOf || cy.Actor != q.Actor && cy.Actor != q.OnBehalfOf || cx.Actor == cy.Actor {
						continue
					}
					together := own(p).Bounds().Possible().Intersect(own(q).Bounds().Possible()).Intersect(cx.Valid).Intersect(cy.Valid)
					if n.v.AsOf != nil {
						together.To = min(together.To, *n.v.AsOf+1)
					}
					if together.Empty() {
						continue
					}
					touched := together
					bounds := own(p).Bounds()
					alike := own(p) == own(q) && cx.Valid == graph.Always && cy.Valid == graph.Always
					if measure == graph.CountContacts {
						latest := min(max(own(p).Bounds().StartMax, own(q).Bounds().StartMax, cx.Valid.From, cy.Valid.From), together.To-1)
						touched.To = latest + 1
						bounds.EndMin, bounds.EndMax = bounds.StartMin, bounds.StartMax
					}
					possible = possible || touched.Overlaps(days)
					certain = certain || alike && bounds.Compare(days, graph.OverlapAny, graph.Certain)
				}
			}
		}
	}
	return possible, certain
}

// tie compares a point with the tie as of its last day, or of each of its days.
func (n *naiveSeries) tie(t *rapid.T, s *graph.Series, p graph.Point) {
	last := p.To
	if n.v.AsOf != nil {
		last = min(last, *n.v.AsOf)
	}
	on := func(d graph.Day) graph.TieStatus {
		if n.standing[d] == "" {
			v, err := graph.In(context.Background(), n.v.Reader(), graph.State{Load: n.v.Load, AsOf: &d})
			must(t, err)
			ties, err := v.Ties(context.Background(), []graph.DyadKey{n.dyad}, graph.TieFilter{Topics: n.q.Topics})
			must(t, err)
			n.standing[d] = ties[n.dyad][0].Status
		}
		return n.standing[d]
	}
	if s.Measure == graph.StatusOfTie {
		want := on(last)
		if want == graph.NoData {
			want = ""
		}
		if p.Status != want || (p.Status == "") != (p.Reason != "") {
			t.Fatalf("on %s the tie of %v on %s is %s: %+v", last, n.dyad, s.Topic, want, p)
		}
		return
	}
	if n.q.Certainty == graph.Certain || last-p.From > 31 {
		return // to look at each day takes too long
	}
	days := 0
	for d := p.From; d <= last; d++ {
		if on(d) == graph.Suspended {
			days++
		}
	}
	if p.N != days {
		t.Fatalf("from %s to %s the tie of %v on %s is suspended on %d days: %+v", p.From, last, n.dyad, s.Topic, days, p)
	}
}
