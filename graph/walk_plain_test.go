package graph_test

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
)

// invented draws a small graph: states, navies that are part of them for a time, persons who act for them, engagements of
// few and of many, and links between accounts.
func invented(seed uint64) map[graph.SourceKey][]any {
	r := rand.New(rand.NewPCG(seed, 7)) //nolint:gosec // the same every time
	day := func() graph.Date {
		return graph.MustDate((graph.MustDay("2000-01-01") + graph.Day(r.IntN(1500))).String())
	}
	span := func() graph.Period {
		from, to := day(), day()
		if to.Earliest() < from.Earliest() {
			from, to = to, from
		}
		return graph.Period{Start: from, End: to}
	}
	var states, all []graph.ActorKey
	bodies := map[graph.SourceKey][]any{}
	for i := range 12 {
		states = append(states, graph.ActorKey(fmt.Sprintf("state:%c", 'a'+i)))
		s := state(states[i], "1950")
		switch i {
		case 3: // its organisation is part of it since nobody knows when
			s.Existence = []graph.Period{{Start: graph.MustDate("2000-09-01"), Why: graph.Ongoing}}
		case 5:
			s.Existence = []graph.Period{{End: graph.MustDate("2001-02")}, {Start: graph.MustDate("2002-02-01"), End: graph.MustDate("2003-05-31")}}
		}
		bodies["one"] = append(bodies["one"], s)
		if i == 5 { // what one source rules out another may allow
			bodies["two"] = append(bodies["two"], &graph.ActorFacts{Key: states[i], Kind: graph.KindState, Existence: []graph.Period{graph.On(graph.MustDate("2001-08"))}})
		}
	}
	all = append(all, states...)
	for i := range 6 {
		key := graph.ActorKey(fmt.Sprintf("org:%c", 'a'+i))
		o := &graph.ActorFacts{Key: key, Kind: graph.KindOrganization, PartOf: []graph.PartOf{{Actor: states[i]}}}
		switch i {
		case 1:
			o.PartOf = []graph.PartOf{{Actor: "org:a"}} // of org:a, and so of state:a
		case 2, 3:
			o.PartOf = []graph.PartOf{{Actor: states[i], Period: graph.Period{End: graph.MustDate("2001-12-31")}}, {Actor: states[i+4], Period: graph.Period{Start: graph.MustDate("2002-06-01"), Why: graph.Ongoing}}}
		case 4:
			o.PartOf = nil
		}
		all = append(all, key)
		bodies["one"] = append(bodies["one"], o)
	}
	for i := range 4 {
		key := graph.ActorKey(fmt.Sprintf("person:%c", 'a'+i))
		all = append(all, key)
		bodies["one"] = append(bodies["one"], &graph.ActorFacts{Key: key, Kind: graph.KindPerson})
	}
	for i := range 45 {
		b := graph.EngagementBase{Key: graph.EngagementKey(fmt.Sprintf("e:%02d", i)), Topics: graph.Topics[i%3 : i%3+1], Period: span()}
		n := 2 + r.IntN(2)
		if i%9 == 0 {
			n = 4 + r.IntN(9)
		}
		for range n {
			p := graph.Participation{Actor: all[r.IntN(len(all))], Role: graph.RoleParty, Side: []string{"a", "b", ""}[r.IntN(3)]}
			if r.IntN(4) == 0 {
				p.Period = span()
			}
			if strings.HasPrefix(string(p.Actor), "person:") {
				p.OnBehalfOf = states[r.IntN(len(states))]
			}
			b.Participations = append(b.Participations, p)
		}
		var e any
		switch i % 3 {
		case 0:
			b.Kind = graph.KindAgreement
			e = &graph.Agreement{EngagementBase: b}
		case 1:
			b.Kind = graph.KindDispute
			e = &graph.Dispute{EngagementBase: b}
		default:
			b.Kind, b.Period = graph.KindMeeting, graph.On(b.Period.Start)
			e = &graph.Meeting{EngagementBase: b, Level: graph.LevelSummit}
		}
		bodies["one"] = append(bodies["one"], e)
		if i%10 == 0 { // another account under the same key
			bodies["two"] = append(bodies["two"], e)
		}
	}
	bodies[graph.OwnSource] = []any{&graph.Link{Key: "e:03", Accounts: []graph.EngagementKey{"e:03", "e:06"}, Lead: "e:06", Rule: "drawn"}}
	return bodies
}

// An edge of the plain evaluation: the engagements that link two actors.
type edges map[graph.DyadKey][]graph.EngagementKey

// plainly finds the links between each two of the actors in the plainest way: day by day, by what every statement says.
func plainly(t *testing.T, v *graph.View, actors []graph.ActorKey, f graph.LinkFilter) edges {
	t.Helper()
	rows, err := v.Reader().Statements(context.Background(), graph.StatementQuery{Load: v.Load, Kind: graph.StatementEngagement})
	if err != nil {
		t.Fatal(err)
	}
	edgesOf, err := v.Reader().Components(context.Background(), graph.ComponentQuery{Load: v.Load, Of: actors})
	if err != nil {
		t.Fatal(err)
	}
	lives := livesIn(t, v)
	first, last := graph.MustDay("1999-12-01"), graph.MustDay("2004-04-01")
	if f.During != nil {
		first, last = max(first, f.During.Interval.From), min(last, f.During.Interval.To-1)
	}
	if v.AsOf != nil {
		if last = min(last, *v.AsOf); f.During == nil {
			first = *v.AsOf
		}
	}
	found := edges{}
	for _, row := range rows {
		e, err := graph.DecodeEngagement(row.Body)
		if err != nil {
			t.Fatal(err)
		}
		b := e.Base()
		in := map[graph.ActorKey]bool{}
		for _, p := range b.Participations {
			in[p.Actor] = true
			if p.OnBehalfOf != "" {
				in[p.OnBehalfOf] = true
			}
		}
		if len(in) > cmp.Or(f.MaxParties, graph.DefaultLinkParties) || b.Key == "e:03" || len(f.Kinds) > 0 && !slices.Contains(f.Kinds, b.Kind) ||
			len(f.Topics) > 0 && !slices.Contains(f.Topics, b.Topics[0]) || v.AsOf != nil && f.During == nil && b.Kind == graph.KindMeeting {
			continue
		}
		if v.AsOf != nil && f.During == nil && !b.Period.Holds(*v.AsOf, graph.Possible) {
			continue
		}
		if f.During != nil && (b.Period.Start.Earliest() >= f.During.Interval.To || b.Period.End.Latest() < f.During.Interval.From) || v.AsOf != nil && b.Period.Start.Earliest() > *v.AsOf {
			continue
		}
		for _, d := range changes(b, edgesOf, lives, first, last) {
			linksOn(d, b, actors, edgesOf, lives, f.Alignment, func(k graph.DyadKey) {
				if !slices.Contains(found[k], b.Key) {
					found[k] = append(found[k], b.Key)
				}
			})
		}
	}
	return found
}

// lives are the periods of existence that any source gives of actors.
type lives map[graph.ActorKey][]graph.Period

func livesIn(t *testing.T, v *graph.View) lives {
	t.Helper()
	rows, err := v.Reader().Statements(context.Background(), graph.StatementQuery{Load: v.Load, Kind: graph.StatementActor})
	if err != nil {
		t.Fatal(err)
	}
	all := lives{}
	for _, row := range rows {
		a, err := graph.Decode[graph.ActorFacts](row.Statement)
		if err != nil {
			t.Fatal(err)
		}
		all[a.Key] = append(all[a.Key], a.Existence...)
	}
	return all
}

// on tells whether all the actors possibly existed on a day.
func (l lives) on(d graph.Day, actors ...graph.ActorKey) bool {
	return !slices.ContainsFunc(actors, func(a graph.ActorKey) bool {
		return len(l[a]) > 0 && !slices.ContainsFunc(l[a], func(p graph.Period) bool { return p.Holds(d, graph.Possible) })
	})
}

// changes gives the days from first to last on which something about an engagement, about who is part of whom or who is there may begin.
func changes(b *graph.EngagementBase, parts []graph.Component, existed lives, first, last graph.Day) (days []graph.Day) {
	all := []graph.Day{first, b.Period.Start.Earliest()}
	for _, p := range b.Participations {
		if !p.Period.IsZero() {
			all = append(all, p.Period.Start.Earliest())
		}
	}
	for _, c := range parts {
		all = append(all, c.Period.From, c.Period.To)
	}
	for _, periods := range existed {
		for _, p := range periods {
			all = append(all, p.Bounds().StartMin, p.Bounds().EndMax+1)
		}
	}
	for _, d := range all {
		if d >= first && d <= last && !slices.Contains(days, d) {
			days = append(days, d)
		}
	}
	return days
}

// linksOn gives each two actors for whom different actors were in the engagement on a day.
func linksOn(d graph.Day, b *graph.EngagementBase, actors []graph.ActorKey, parts []graph.Component, existed lives, how graph.Alignment, found func(graph.DyadKey)) {
	type role struct {
		actor graph.ActorKey
		side  string
	}
	var there []role
	for _, p := range b.Participations {
		span := p.Period
		if span.IsZero() {
			span = b.Period
		}
		if !span.Holds(d, graph.Possible) {
			continue
		}
		there = append(there, role{p.Actor, p.Side})
		if p.OnBehalfOf != "" {
			there = append(there, role{p.OnBehalfOf, p.Side})
		}
	}
	var counts func(part, whole graph.ActorKey) bool
	counts = func(part, whole graph.ActorKey) bool {
		return part == whole || slices.ContainsFunc(parts, func(c graph.Component) bool {
			return c.Part == part && c.Period.Contains(d) && existed.on(d, c.Part, c.Whole) && counts(c.Whole, whole)
		})
	}
	for i, x := range there {
		for _, y := range there[i+1:] {
			if x.actor == y.actor || how != "" && how != graph.AnyAlignment && graph.AlignmentOf(x.side, y.side) != how {
				continue
			}
			for _, a := range actors {
				for _, b := range actors {
					if a != b && existed.on(d, a, b) && counts(x.actor, a) && counts(y.actor, b) {
						found(graph.NewDyadKey(a, b))
					}
				}
			}
		}
	}
}

func drawnFilter(r *rand.Rand) graph.LinkFilter {
	f := graph.LinkFilter{MaxParties: []int{0, 3, 20}[r.IntN(3)], Alignment: []graph.Alignment{"", "", graph.Opposed, graph.SameSide}[r.IntN(4)]}
	if r.IntN(3) == 0 {
		f.Kinds = []graph.EngagementKind{graph.KindAgreement, graph.KindMeeting}
	}
	if r.IntN(3) == 0 {
		f.Topics = graph.Topics[:2]
	}
	if r.IntN(2) == 0 {
		from := graph.MustDay("2000-01-01") + graph.Day(r.IntN(1000))
		f.During = &graph.During{Interval: graph.Interval{From: from, To: from + 1 + graph.Day(r.IntN(600))}}
	}
	return f
}

// drawnViews calls do with views of invented graphs, as of a day or not, and drawn filters.
func drawnViews(t *testing.T, do func(t *testing.T, r *rand.Rand, v *graph.View, f graph.LinkFilter)) {
	for seed := range uint64(6) {
		bodies := invented(seed)
		head := viewOf(t, "", bodies)
		r := rand.New(rand.NewPCG(seed, 8)) //nolint:gosec // the same every time
		for n := range 8 {
			v := head
			if n%2 == 1 {
				day := graph.MustDay("2000-06-01") + graph.Day(r.IntN(1000))
				var err error
				if v, err = graph.In(context.Background(), head.Reader(), graph.State{Load: 1, AsOf: &day}); err != nil {
					t.Fatal(err)
				}
			}
			f := drawnFilter(r)
			t.Run(fmt.Sprintf("seed %d, %d", seed, n), func(t *testing.T) { do(t, r, v, f) })
		}
	}
}

// wholesOnly are the actors that links lead to in the invented graphs, and one that is asked about though it is a part.
func wholesOnly(extra ...graph.ActorKey) []graph.ActorKey {
	all := []graph.ActorKey{"org:e"}
	for i := range 12 {
		all = append(all, graph.ActorKey(fmt.Sprintf("state:%c", 'a'+i)))
	}
	return append(all, extra...)
}
