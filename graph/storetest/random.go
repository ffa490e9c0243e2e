package storetest

import (
	"context"
	"flag"
	"fmt"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/testneeds"
)

// random compares a store's answers about random graphs with plain evaluations of the questions.
func random(t *testing.T, open func(t testing.TB) graph.Store) {
	graphs := 1 // on a server every text that a question may become is planned anew: minutes
	if testneeds.Long() {
		graphs = 40
	}
	must(t, draws())
	for seed := range uint64(graphs) {
		t.Run(fmt.Sprintf("graph %d", seed), func(t *testing.T) {
			s := open(t)
			m := generate(t, s, seed, 60)
			for n := range m.loads {
				now := map[graph.StatementID]graph.Statement{}
				for _, r := range m.loads[n] {
					now[r.StatementID] = r.Statement
				}
				must(t, sameManifest(context.Background(), s, graph.LoadNumber(n), now))
			}
			for name, property := range map[string]func(*rapid.T, graph.Store, *model){
				"engagements": engagementPages, "tenures": tenurePages, "memberships": membershipPages, "representations": representationPages, "assertions": assertionPages, "actors": actorPages, "search": searchPages, "ties": tiePages, "manifest": manifestSlices, "links": linksOf, "components": componentsOf, "accounts": accountsOf, "gatherings": gatherings, "series": seriesOf,
			} {
				t.Run(name, func(t *testing.T) { rapid.Check(t, func(rt *rapid.T) { property(rt, s, m) }) })
			}
		})
	}
}

// draws lets the everyday loop ask a third as many questions of each kind, unless the test was told how many.
var draws = sync.OnceValue(func() error {
	if n := flag.Lookup("rapid.checks"); !testneeds.Whole() && n.Value.String() == n.DefValue {
		return n.Value.Set("33")
	}
	return nil
})

func draw[T any](t *rapid.T, name string, of []T) T { return rapid.SampledFrom(of).Draw(t, name) }

func some[T any](t *rapid.T, name string, of []T) []T {
	return rapid.SliceOfN(rapid.SampledFrom(of), 0, 2).Draw(t, name)
}

func drawLoad(t *rapid.T, m *model) graph.LoadNumber {
	return graph.LoadNumber(rapid.IntRange(0, len(m.loads)-1).Draw(t, "load"))
}

// drawDays gives an interval whose edges lie at those of the generator's dates, or none.
func drawDays(t *rapid.T, name string) *graph.Interval {
	edge := func(which string) graph.Day {
		d := graph.MustDay(fmt.Sprintf("%04d-%02d-%02d", rapid.IntRange(1999, 2003).Draw(t, which+" year"),
			draw(t, which+" month", []int{1, 2, 12}), draw(t, which+" day", []int{1, 2, 28})))
		return d + graph.Day(rapid.IntRange(-1, 1).Draw(t, which+" off"))
	}
	from := edge(name + " from")
	i := graph.Interval{From: from, To: draw(t, name+" to", []graph.Day{from + 1, edge(name + " to"), edge(name + " to")})}
	always := graph.Always
	return draw(t, name+" asked", []*graph.Interval{nil, &i, &i, &always})
}

func drawSide(t *rapid.T, name string, m *model) (side []graph.Constituent) {
	for _, a := range rapid.SliceOfN(rapid.SampledFrom(append(slices.Clone(m.actors), "crowd:01", "actor:nobody")), 1, 3).Draw(t, name) {
		valid := graph.Always
		if i := drawDays(t, name+" valid"); i != nil {
			valid = *i
		}
		side = append(side, graph.Constituent{Actor: a, Valid: valid})
	}
	return side
}

// drawEngagementQuery draws one with few filters, so that most have answers.
func drawEngagementQuery(t *rapid.T, m *model) graph.EngagementQuery {
	q := graph.EngagementQuery{Load: drawLoad(t, m), Count: true}
	sometimes := func(name string, f func()) {
		if rapid.IntRange(0, 4).Draw(t, name) == 0 {
			f()
		}
	}
	sometimes("all accounts?", func() { q.AllAccounts = true })
	sometimes("kinds?", func() {
		q.Kinds = some(t, "kinds", []graph.EngagementKind{graph.KindAgreement, graph.KindDispute, graph.KindMeeting, graph.KindAct})
	})
	sometimes("topics?", func() { q.Topics = some(t, "topics", graph.Topics[:4]) })
	sometimes("levels?", func() { q.Levels = []graph.MeetingLevel{graph.LevelSummit} })
	if draw(t, "where?", []bool{true, true, false}) {
		q.Where = drawFilter(t, m)
	}
	if draw(t, "order?", []bool{true, false}) {
		q.Order = graph.Order{
			By:         draw(t, "order", []graph.OrderBy{"", graph.ByStart, graph.ByEnd, graph.ByTitle, graph.ByRecorded}),
			Descending: draw(t, "descending", []bool{false, true}),
		}
	}
	sometimes("begun?", func() { q.BegunIn = drawDays(t, "begun") })
	sometimes("during?", func() {
		q.During = drawDays(t, "during")
		q.Overlap = draw(t, "overlap", []graph.Overlap{"", graph.OverlapAny, graph.OverlapWithin, graph.OverlapCovers, graph.OverlapCovers, graph.OverlapBegins, graph.OverlapEnds})
		q.Certainty = draw(t, "certainty", []graph.Certainty{"", graph.Possible, graph.Certain})
	})
	sometimes("keys?", func() {
		q.Keys = []graph.EngagementKey{}
		for range rapid.IntRange(0, 30).Draw(t, "keys") {
			q.Keys = append(q.Keys, graph.EngagementKey(fmt.Sprintf("e:%03d", rapid.IntRange(0, 60).Draw(t, "key"))))
		}
	})
	if sides := draw(t, "sides", []int{0, 1, 2, 2, 2}); sides > 0 {
		q.A = drawSide(t, "a", m)
		if sides > 1 {
			q.B = drawSide(t, "b", m)
			q.Alignment = draw(t, "alignment", []graph.Alignment{"", graph.AnyAlignment, graph.SameSide, graph.Opposed})
		}
	}
	return q
}

func placedOf(items []graph.Recorded, at []graph.Position) []placed {
	found := make([]placed, len(items))
	for i := range items {
		found[i] = placed{at[i], items[i].Source}
	}
	return found
}

func same[T comparable](t *rapid.T, what string, got, want []T) {
	if !slices.Equal(got, want) {
		t.Fatalf("%s:\n got %v\nwant %v", what, got, want)
	}
}

// positionsOf counts the places: several sources' accounts at one are one item of a page.
func positionsOf(items []placed) (at []graph.Position) {
	for _, p := range items {
		if len(at) == 0 || at[len(at)-1] != p.at {
			at = append(at, p.at)
		}
	}
	return at
}

// engagementsIn counts, whatever the order: accounts with one start and key are one engagement.
func engagementsIn(items []placed) int {
	type one struct {
		start graph.Day
		key   string
	}
	all := map[one]bool{}
	for _, p := range items {
		all[one{p.at.Start, p.at.Key}] = true
	}
	return len(all)
}

func engagementPages(t *rapid.T, s graph.Store, m *model) {
	ctx := context.Background()
	q := drawEngagementQuery(t, m)
	whole := naiveEngagements(t, m.loads[q.Load], q)
	page, err := s.Engagements(ctx, q)
	must(t, err)
	same(t, "all", placedOf(page.Items, page.Position), whole)
	if total := engagementsIn(whole); *page.Total != total || page.More {
		t.Fatalf("total %d, more %v; there are %d", *page.Total, page.More, total)
	}
	for i, r := range page.Items {
		if !slices.ContainsFunc(m.loads[q.Load], func(o graph.Recorded) bool {
			return o.StatementID == r.StatementID && o.Hash == r.Hash && string(o.Body) == string(r.Body) && o.Load == r.Load
		}) {
			t.Fatalf("item %d, %v, is not what was recorded", i, r.StatementID)
		}
	}
	size := rapid.IntRange(1, 9).Draw(t, "size")
	left := len(whole) + 2 // pages that do not come to an end fail
	turn := func() {
		if left--; left < 0 {
			t.Fatal("the pages do not end")
		}
	}
	forward := q
	forward.First, forward.Count = size, false
	var got []placed
	for ; ; turn() {
		page, err := s.Engagements(ctx, forward)
		must(t, err)
		items := placedOf(page.Items, page.Position)
		if n := len(positionsOf(items)); n > size || page.More && n != size {
			t.Fatalf("a page of %d has %d places (more: %v)", size, n, page.More)
		}
		if got = append(got, items...); !page.More {
			break
		}
		forward.After = &page.Position[len(page.Position)-1]
	}
	same(t, "pages forward", got, whole)
	backward := q
	backward.Last, backward.Count = size, false
	got, left = nil, len(whole)+2
	for ; ; turn() {
		page, err := s.Engagements(ctx, backward)
		must(t, err)
		if got = append(placedOf(page.Items, page.Position), got...); !page.More {
			break
		}
		backward.Before = &page.Position[0]
	}
	same(t, "pages backward", got, whole)
	if len(whole) < 2 {
		return
	}
	from := rapid.IntRange(0, len(whole)-1).Draw(t, "from")
	between := q
	between.After, between.Before = &whole[from].at, &whole[rapid.IntRange(from, len(whole)-1).Draw(t, "to")].at
	page, err = s.Engagements(ctx, between)
	must(t, err)
	after, before := *between.After, *between.Before
	if q.Order.Descending {
		after, before = before, after
	}
	same(t, "between two", placedOf(page.Items, page.Position), slices.DeleteFunc(slices.Clone(whole), func(p placed) bool {
		return p.at.Compare(after) <= 0 || p.at.Compare(before) >= 0
	}))
}

func tenurePages(t *rapid.T, s graph.Store, m *model) {
	q := graph.TenureQuery{
		Load: drawLoad(t, m), Persons: some(t, "persons", m.actors), Offices: some(t, "offices", []string{"minister", "president", "nobody"}),
		During: drawDays(t, "during"), Count: true,
	}
	if rapid.Bool().Draw(t, "of?") {
		q.Of = drawSide(t, "of", m)
	}
	q.Overlap = draw(t, "overlap", []graph.Overlap{"", graph.OverlapAny, graph.OverlapWithin, graph.OverlapCovers, graph.OverlapBegins, graph.OverlapEnds})
	q.Certainty = draw(t, "certainty", []graph.Certainty{"", graph.Possible, graph.Certain})
	bothWays(t, naiveTenures(t, m.loads[q.Load], q), func(size, last int, after, before *graph.Position) ([]placed, []graph.Position, bool, *int) {
		q.First, q.Last, q.After, q.Before = size, last, after, before
		page, err := s.Tenures(context.Background(), q)
		must(t, err)
		return placedOf(page.Items, page.Position), page.Position, page.More, page.Total
	})
}

func assertionPages(t *rapid.T, s graph.Store, m *model) {
	q := graph.AssertionQuery{Load: drawLoad(t, m), Count: true}
	for range rapid.IntRange(0, 9).Draw(t, "about") {
		q.About = append(q.About, graph.EngagementKey(fmt.Sprintf("e:%03d", rapid.IntRange(0, 9).Draw(t, "engagement"))))
	}
	if rapid.Bool().Draw(t, "authors?") {
		q.Authors = drawSide(t, "authors", m)
	}
	if i := drawDays(t, "by"); i != nil {
		q.By = &i.From
	}
	bothWays(t, naiveAssertions(t, m.loads[q.Load], q), func(size, last int, after, before *graph.Position) ([]placed, []graph.Position, bool, *int) {
		q.First, q.Last, q.After, q.Before = size, last, after, before
		page, err := s.Assertions(context.Background(), q)
		must(t, err)
		return placedOf(page.Items, page.Position), page.Position, page.More, page.Total
	})
}

// bothWays reads a list whole, page by page from its beginning, and from its end, and compares it and its total with what is in it.
func bothWays(t *rapid.T, whole []placed, ask func(first, last int, after, before *graph.Position) ([]placed, []graph.Position, bool, *int)) {
	all, _, more, total := ask(0, 0, nil, nil)
	same(t, "all", all, whole)
	if more || *total != len(positionsOf(whole)) {
		t.Fatalf("total %d, more %v; there are %d places", *total, more, len(positionsOf(whole)))
	}
	size := rapid.IntRange(1, 5).Draw(t, "size")
	left := len(whole) + 2 // pages that do not come to an end fail
	for _, backward := range []bool{false, true} {
		var got []placed
		var edge *graph.Position
		for turns := 0; ; turns++ {
			first, last, after, before := size, 0, edge, (*graph.Position)(nil)
			if backward {
				first, last, after, before = 0, size, nil, edge
			}
			items, at, more, total := ask(first, last, after, before)
			if n := len(positionsOf(items)); n > size || more && n != size || *total != len(positionsOf(whole)) || turns > left {
				t.Fatalf("page %d of %d has %d places (more: %v), of %d", turns, size, n, more, *total)
			}
			if backward {
				items = append(items, got...)
				got = nil
			}
			if got = append(got, items...); !more {
				break
			}
			edge = &at[len(at)-1]
			if backward {
				edge = &at[0]
			}
		}
		same(t, "pages", got, whole)
	}
}

func actorPages(t *rapid.T, s graph.Store, m *model) {
	q := graph.ActorQuery{Load: drawLoad(t, m), Kinds: some(t, "kinds", []graph.ActorKind{graph.KindState, graph.KindOrganization, graph.KindPerson}), Count: true}
	if i := drawDays(t, "as of"); i != nil {
		q.AsOf = &i.From
	}
	for range rapid.IntRange(0, 3).Draw(t, "clauses") {
		var clause graph.Clause
		for range rapid.IntRange(1, 2).Draw(t, "conditions") {
			clause = append(clause, drawActorCondition(t, m))
		}
		q.Where = append(q.Where, clause)
	}
	q.Order = graph.Order{By: draw(t, "by", []graph.OrderBy{"", graph.ByKey, graph.ByName, graph.ByName}), Descending: rapid.Bool().Draw(t, "descending")}
	q.Sources = draw(t, "sources", [][]graph.SourceKey{nil, {"two", "one"}, {"two"}})
	whole := naiveActors(t, m.loads[q.Load], q)
	places := func(at []graph.Position) (all []placed) {
		for _, p := range at {
			all = append(all, placed{at: p})
		}
		return all
	}
	bothWays(t, places(whole), func(first, last int, after, before *graph.Position) ([]placed, []graph.Position, bool, *int) {
		q.First, q.Last, q.After, q.Before = first, last, after, before
		page, err := s.ActorKeys(context.Background(), q)
		must(t, err)
		for i, k := range page.Keys {
			if page.Position[i].Key != string(k) {
				t.Fatalf("%s is at %v", k, page.Position[i])
			}
		}
		return places(page.Position), page.Position, page.More, page.Total
	})
}

func drawActorCondition(t *rapid.T, m *model) graph.Condition {
	c := graph.Condition{Kind: draw(t, "condition", []graph.ConditionKind{graph.HasTags, graph.HasTitle, graph.HasKey, graph.LiesSo}), Not: rapid.IntRange(0, 3).Draw(t, "not") == 0}
	c.Match = draw(t, "match", []graph.TextMatch{graph.MatchContains, graph.MatchStartsWith, graph.MatchEquals})
	switch c.Kind {
	case graph.HasTags:
		c.Tags = some(t, "tags", []string{"kind:STATE", "kind:ORGANIZATION", "source:one", "source:two"})
	case graph.HasTitle:
		c.Text = draw(t, "text", []string{"treaty", "tre", "sea", "a", "日本海", "本", "elysee", ""})
	case graph.HasKey:
		c.Keys, c.Text = some(t, "keys", append(m.actors, "actor:nobody")), draw(t, "prefix", []string{"actor:", "actor:c", "b", ""})
	default:
		c.Days, c.Overlap = graph.Always, draw(t, "overlap", []graph.Overlap{graph.OverlapAny, graph.OverlapWithin, graph.OverlapCovers, graph.OverlapBegins, graph.OverlapEnds})
		if i := drawDays(t, "days"); i != nil && !i.Empty() {
			c.Days = *i
		}
		c.Certainty = draw(t, "certainty", []graph.Certainty{graph.Possible, graph.Certain})
	}
	return c
}

func searchPages(t *rapid.T, s graph.Store, m *model) {
	text := draw(t, "text", []string{"treaty", "tre", "sea", "of sea", "sea of", "日本", "本海", "日", "日 本海", "海条", "한국", "한", "elysee", "treaty of", "se", "o", "Treaty Sea ", "numbers a1", "sea a2"})
	q := graph.SearchQuery{Load: drawLoad(t, m), Whole: graph.Fold(text), Terms: graph.SearchTerms(text), First: rapid.IntRange(1, 9).Draw(t, "size")}
	q.Kinds = draw(t, "kinds", [][]graph.SearchKind{nil, {graph.SearchActor}, {graph.SearchActor, graph.SearchEngagement}})
	whole := slices.DeleteFunc(naiveSearch(t, m.loads[q.Load], text), func(h graph.Hit) bool {
		return len(q.Kinds) > 0 && !slices.Contains(q.Kinds, h.Kind)
	})
	var got []graph.Hit
	for {
		page, err := s.Search(context.Background(), q)
		must(t, err)
		if got = append(got, page.Hits...); !page.More {
			break
		}
		q.After = &page.Hits[len(page.Hits)-1]
	}
	same(t, "hits for "+text, got, whole)
	found, err := matchesOf(context.Background(), s, question{load: q.Load}, got, q.Terms)
	must(t, err)
	for _, h := range got {
		if len(found[h]) == 0 {
			t.Fatalf("%v was found for %q, and nothing is marked in its names", h, text)
		}
	}
}

func tiePages(t *rapid.T, s graph.Store, m *model) {
	ctx := context.Background()
	q := graph.TieDyadQuery{Load: drawLoad(t, m), Topics: some(t, "topics", graph.Topics[:4]), Of: some(t, "of", m.actors)}
	dyad := graph.TieDyad{Key: graph.DyadKey{A: "x", B: "y"}, A: drawSide(t, "a", m), B: drawSide(t, "b", m)}
	dyads, records := naiveTies(t, m.loads[q.Load], q, dyad)
	q.First = rapid.IntRange(1, 9).Draw(t, "size")
	var got []graph.DyadKey
	for {
		page, err := s.TieDyads(ctx, q)
		must(t, err)
		if got = append(got, page.Dyads...); !page.More {
			break
		}
		q.After = page.Dyads[len(page.Dyads)-1]
	}
	same(t, "dyads", got, dyads)
	again := graph.TieDyad{Key: graph.DyadKey{A: "a", B: "y"}, A: dyad.B, B: dyad.A}
	found, err := s.TieRecords(ctx, graph.TieQuery{Load: q.Load, Topics: q.Topics, Dyads: []graph.TieDyad{dyad, again}})
	must(t, err)
	var keys [2][]string
	var last graph.DyadKey
	for _, r := range found {
		if compareDyads(r.Dyad, last) < 0 {
			t.Fatalf("the records of %v come after those of %v", r.Dyad, last)
		}
		last = r.Dyad
		n := 0
		if r.Dyad == again.Key {
			n = 1
		}
		keys[n] = append(keys[n], r.Key+" of "+string(r.Source))
	}
	var want []string
	for _, r := range records {
		want = append(want, r.at.Key+" of "+string(r.source))
	}
	same(t, "tie records", keys[0], want)
	same(t, "tie records of the dyad turned round", keys[1], want)
}

func manifestSlices(t *rapid.T, s graph.Store, m *model) {
	slice := draw(t, "slice", []graph.Slice{{Source: "one", ID: "one-0"}, {Source: "one", ID: "one-1"}, {Source: "two", ID: "two-0"}, {Source: "two", ID: "one-0"}})
	at := drawLoad(t, m)
	var got, want []graph.ManifestEntry
	for e, err := range s.Manifest(context.Background(), graph.ManifestQuery{Load: at, Slice: &slice}) {
		must(t, err)
		got = append(got, e)
	}
	for _, r := range m.loads[at] {
		if r.Source == slice.Source && r.Slice == slice.ID {
			want = append(want, graph.ManifestEntry{StatementID: r.StatementID, Slice: r.Slice, Hash: r.Hash})
		}
	}
	same(t, "manifest", got, want)
}
