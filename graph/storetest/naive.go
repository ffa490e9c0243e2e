package storetest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/entente-graph/entente/graph"
)

// This file answers questions in the plainest way: it decodes every statement and looks. Stores
// must give the same.

// decoded remembers what statements decode to; the same few are looked at again and again.
var decoded sync.Map // of what by hash

func remember[T any](t failer, h graph.Hash, what func() (T, error)) T {
	t.Helper()
	type key struct {
		graph.Hash
		t any
	}
	var zero T
	k := key{h, fmt.Sprintf("%T", &zero)}
	if v, ok := decoded.Load(k); ok {
		return v.(T) //nolint:forcetypeassert // the key names the type
	}
	v, err := what()
	must(t, err)
	decoded.Store(k, v)
	return v
}

func engagementOf(t failer, r graph.Recorded) graph.Engagement {
	t.Helper()
	return remember(t, r.Hash, func() (graph.Engagement, error) { return graph.DecodeEngagement(r.Body) })
}

type placed struct {
	at     graph.Position
	source graph.SourceKey
}

func comparePlaced(a, b placed) int {
	return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.source, b.source))
}

// placeIn gives the place of an account, recorded by a load, in an order.
func placeIn(o graph.Order, b *graph.EngagementBase, recorded graph.LoadNumber) graph.Position {
	p := graph.Position{Start: startOf(b.Period), Key: string(b.Key)}
	switch o.By {
	case graph.ByEnd:
		p.Number = int64(b.Period.Bounds().EndMax)
	case graph.ByTitle:
		p.Title = graph.TitleKey(b.Title("en"))
	case graph.ByRecorded:
		p.Number = int64(recorded)
	default:
	}
	return p
}

func startOf(p graph.Period) graph.Day {
	if p.Start.IsZero() {
		return graph.MinDay
	}
	return p.Start.Earliest()
}

// naiveEngagements lists all accounts that the question asks for, whatever page it wants.
func naiveEngagements(t failer, open []graph.Recorded, q graph.EngagementQuery) []placed {
	t.Helper()
	var found []placed
	led := ledByAnother(t, open, q)
	for _, r := range open {
		if r.Kind != graph.StatementEngagement || q.Keys == nil && !q.AllAccounts && led[r.Key] {
			continue
		}
		e := engagementOf(t, r)
		if naiveMatch(e, q) && naiveFilter(e, r.Source, q.Where) {
			found = append(found, placed{placeIn(q.Order, e.Base(), r.Load), r.Source})
		}
	}
	slices.SortFunc(found, func(a, b placed) int {
		if c := a.at.Compare(b.at); q.Order.Descending && c != 0 {
			return -c
		}
		return comparePlaced(a, b)
	})
	return found
}

// ledByAnother gives the accounts that a link says another leads, which is on one of the topics, of one of the sources, and has one
// of the handles and the parties that are asked for.
func ledByAnother(t failer, open []graph.Recorded, q graph.EngagementQuery) map[string]bool {
	t.Helper()
	sources, handles, parties := q.OfSources(), q.Handles(), naiveParties(q.Where)
	all := len(q.Topics)+len(sources)+len(handles)+len(q.A)+len(parties) == 0
	on := map[graph.EngagementKey]bool{}
	for _, r := range open {
		if r.Kind == graph.StatementEngagement && !all {
			e := engagementOf(t, r)
			b := e.Base()
			is := len(q.Topics) == 0 || slices.ContainsFunc(b.Topics, func(topic graph.Topic) bool { return slices.Contains(q.Topics, topic) })
			is = is && (len(sources) == 0 || slices.Contains(sources, r.Source)) && naiveInvolved(b, q) && naiveFilter(e, r.Source, parties)
			for _, tags := range handles {
				is = is && slices.ContainsFunc(tags, func(tag string) bool { return naiveTag(e, r.Source, tag) })
			}
			on[b.Key] = on[b.Key] || is
		}
	}
	led := map[string]bool{}
	for _, r := range open {
		if r.Kind != graph.StatementLink {
			continue
		}
		l := remember(t, r.Hash, func() (*graph.Link, error) { return graph.Decode[graph.Link](r.Statement) })
		for _, a := range l.Accounts {
			led[string(a)] = led[string(a)] || a != l.Lead && (all || on[l.Lead])
		}
	}
	return led
}

// naiveParties gives what a filter asks of parties and of nothing else.
func naiveParties(f graph.Filter) (asked graph.Filter) {
	for _, clause := range f {
		ofParties := true
		for _, c := range clause {
			ofParties = ofParties && !c.Not && (c.Kind == graph.HasParts || c.Kind == graph.StandsSo)
		}
		if ofParties {
			asked = append(asked, clause)
		}
	}
	return asked
}

func naiveMatch(e graph.Engagement, q graph.EngagementQuery) bool {
	b := e.Base()
	if q.Keys != nil && !slices.Contains(q.Keys, b.Key) {
		return false
	}
	if len(q.Kinds) > 0 && !slices.Contains(q.Kinds, b.Kind) {
		return false
	}
	if m, ok := e.(*graph.Meeting); len(q.Levels) > 0 && (!ok || !slices.Contains(q.Levels, m.Level)) {
		return false
	}
	if len(q.Topics) > 0 && !slices.ContainsFunc(b.Topics, func(t graph.Topic) bool { return slices.Contains(q.Topics, t) }) {
		return false
	}
	bounds := b.Period.Bounds()
	if q.During != nil && !bounds.Compare(*q.During, q.Overlap, q.Certainty) {
		return false
	}
	if i := q.BegunIn; i != nil && (i.Empty() || bounds.StartMin >= i.To || bounds.StartMax < i.From) {
		return false
	}
	return naiveInvolved(b, q)
}

// role is one actor's part, itself or represented.
type role struct {
	actor graph.ActorKey
	side  string
	span  graph.Interval
}

func naiveRoles(b *graph.EngagementBase) (roles []role) {
	for _, p := range b.Participations {
		span := p.Period
		if span.IsZero() {
			span = b.Period
		}
		roles = append(roles, role{p.Actor, p.Side, span.Bounds().Possible()})
		if p.OnBehalfOf != "" {
			roles = append(roles, role{p.OnBehalfOf, p.Side, span.Bounds().Possible()})
		}
	}
	return roles
}

func naiveInvolved(b *graph.EngagementBase, q graph.EngagementQuery) bool {
	if len(q.A) == 0 {
		return true
	}
	roles := naiveRoles(b)
	counts := func(r role, side []graph.Constituent) bool {
		return slices.ContainsFunc(side, func(c graph.Constituent) bool { return c.Actor == r.actor && c.Valid.Overlaps(r.span) })
	}
	for _, x := range roles {
		if !counts(x, q.A) {
			continue
		}
		if len(q.B) == 0 {
			return true
		}
		for _, y := range roles {
			if x.actor != y.actor && counts(y, q.B) && x.span.Overlaps(y.span) && aligned(x.side, y.side, q.Alignment) {
				return true
			}
		}
	}
	return false
}

func aligned(side, other string, how graph.Alignment) bool {
	switch how {
	case graph.SameSide:
		return side == other
	case graph.Opposed:
		return side == "a" && other == "b" || side == "b" && other == "a"
	default:
		return true
	}
}

func naiveTenures(t failer, open []graph.Recorded, q graph.TenureQuery) []placed {
	t.Helper()
	var found []placed
	for _, r := range open {
		if r.Kind != graph.StatementTenure {
			continue
		}
		n := remember(t, r.Hash, func() (*graph.Tenure, error) { return graph.Decode[graph.Tenure](r.Statement) })
		switch {
		case len(q.Persons) > 0 && !slices.Contains(q.Persons, n.Person),
			len(q.Of) > 0 && !slices.ContainsFunc(q.Of, func(c graph.Constituent) bool {
				return c.Actor == n.Of && c.Valid.Overlaps(n.Period.Bounds().Possible())
			}),
			len(q.Offices) > 0 && !slices.Contains(q.Offices, graph.Fold(n.Office)),
			q.During != nil && !n.Period.Bounds().Compare(*q.During, q.Overlap, q.Certainty):
			continue
		}
		found = append(found, placed{graph.Position{Start: startOf(n.Period), Key: r.Key}, r.Source})
	}
	slices.SortFunc(found, comparePlaced)
	return found
}

func naiveAssertions(t failer, open []graph.Recorded, q graph.AssertionQuery) []placed {
	t.Helper()
	var found []placed
	for _, r := range open {
		if r.Kind != graph.StatementAssertion || len(q.About)+len(q.Authors) == 0 {
			continue
		}
		n := remember(t, r.Hash, func() (*graph.Assertion, error) { return graph.Decode[graph.Assertion](r.Statement) })
		start, days := graph.MinDay, graph.Always
		if !n.Date.IsZero() {
			start, days = n.Date.Earliest(), graph.Inclusive(n.Date.PossibleEarliest(), n.Date.PossibleLatest())
		}
		switch {
		case len(q.About) > 0 && !slices.Contains(q.About, n.About),
			len(q.Authors) > 0 && !slices.ContainsFunc(q.Authors, func(c graph.Constituent) bool { return c.Actor == n.Author && c.Valid.Overlaps(days) }),
			q.By != nil && days.From > *q.By:
			continue
		}
		found = append(found, placed{graph.Position{Start: start, Key: r.Key}, r.Source})
	}
	slices.SortFunc(found, comparePlaced)
	return found
}

// naiveLeads gives for every key of a person the one that leads.
func naiveLeads(t failer, open []graph.Recorded) map[graph.ActorKey]graph.ActorKey {
	t.Helper()
	leads := map[graph.ActorKey]graph.ActorKey{}
	for _, r := range open {
		if r.Kind != graph.StatementIdentity {
			continue
		}
		i := remember(t, r.Hash, func() (*graph.Identity, error) { return graph.Decode[graph.Identity](r.Statement) })
		for _, p := range i.Persons {
			leads[p] = i.Lead
		}
	}
	return leads
}

// naiveActors lists the actors that the question asks for, in its order, with their places.
func naiveActors(t failer, open []graph.Recorded, q graph.ActorQuery) []graph.Position {
	t.Helper()
	accounts, leads := map[graph.ActorKey][]graph.Recorded{}, naiveLeads(t, open)
	if q.Apart {
		leads = nil
	}
	for _, r := range open {
		if r.Kind == graph.StatementActor {
			accounts[graph.ActorKey(r.Key)] = append(accounts[graph.ActorKey(r.Key)], r)
		}
	}
	var found []graph.Position
	for key, said := range accounts {
		if lead, ok := leads[key]; ok && lead != key {
			continue
		}
		var facts []*graph.ActorFacts
		var tags []string
		slices.SortFunc(said, func(a, b graph.Recorded) int {
			rank := func(s graph.SourceKey) int {
				if i := slices.Index(q.Sources, s); i >= 0 {
					return i
				}
				return len(q.Sources)
			}
			return cmp.Or(cmp.Compare(rank(a.Source), rank(b.Source)), cmp.Compare(a.Source, b.Source))
		})
		merged := graph.Actor{Key: key}
		for _, r := range said {
			a := remember(t, r.Hash, func() (*graph.ActorFacts, error) { return graph.Decode[graph.ActorFacts](r.Statement) })
			facts = append(facts, a)
			tags = append(tags, "kind:"+string(a.Kind), "source:"+string(r.Source))
			merged.Names = append(merged.Names, a.Names...)
		}
		for other, lead := range leads { // said under another key, it counts, but for the name it is ordered by
			if lead != key || other == key {
				continue
			}
			for _, r := range accounts[other] {
				a := remember(t, r.Hash, func() (*graph.ActorFacts, error) { return graph.Decode[graph.ActorFacts](r.Statement) })
				facts, tags = append(facts, a), append(tags, "kind:"+string(a.Kind), "source:"+string(r.Source))
			}
		}
		if !naiveActorMeets(key, facts, tags, q) {
			continue
		}
		at := graph.Position{Key: string(key)}
		if q.Order.By == graph.ByName {
			at.Title = graph.TitleKey(merged.Name("en"))
		}
		found = append(found, at)
	}
	slices.SortFunc(found, func(a, b graph.Position) int {
		c := cmp.Or(cmp.Compare(a.Title, b.Title), cmp.Compare(a.Key, b.Key))
		if q.Order.Descending {
			c = -c
		}
		return c
	})
	return found
}

func naiveActorMeets(key graph.ActorKey, facts []*graph.ActorFacts, tags []string, q graph.ActorQuery) bool {
	exists := func(days graph.Interval, how graph.Overlap, sure graph.Certainty) bool {
		var lives []graph.Period
		for _, a := range facts {
			lives = append(lives, slices.DeleteFunc(slices.Clone(a.Existence), func(p graph.Period) bool {
				return p.Bounds().Possible() == graph.Always && p.Bounds().Certain().Empty()
			})...)
		}
		if len(lives) == 0 {
			lives = []graph.Period{{}}
		}
		return slices.ContainsFunc(lives, func(p graph.Period) bool { return p.Bounds().Compare(days, how, sure) })
	}
	is := func(c graph.Condition) bool {
		switch c.Kind {
		case graph.HasTags:
			return slices.ContainsFunc(c.Tags, func(tag string) bool { return slices.Contains(tags, tag) })
		case graph.HasTitle:
			return slices.ContainsFunc(facts, func(a *graph.ActorFacts) bool {
				return slices.ContainsFunc(a.Names, func(n graph.Name) bool { return stands(graph.Fold(n.Text), c.Match, c.Text) })
			})
		case graph.HasKey:
			if c.Match == graph.MatchStartsWith {
				return strings.HasPrefix(string(key), c.Text)
			}
			return slices.Contains(c.Keys, key)
		default:
			return exists(c.Days, c.Overlap, c.Certainty)
		}
	}
	for _, clause := range q.Where {
		if !slices.ContainsFunc(clause, func(c graph.Condition) bool { return is(c) != c.Not }) {
			return false
		}
	}
	return (len(q.Kinds) == 0 || slices.ContainsFunc(q.Kinds, func(k graph.ActorKind) bool { return slices.Contains(tags, "kind:"+string(k)) })) &&
		(q.AsOf == nil || exists(graph.Inclusive(*q.AsOf, *q.AsOf), graph.OverlapAny, graph.Possible))
}

func stands(text string, how graph.TextMatch, in string) bool {
	switch how {
	case graph.MatchEquals:
		return text == in
	case graph.MatchStartsWith:
		return strings.HasPrefix(text, in)
	default:
		return strings.Contains(text, in)
	}
}

// naiveSearch looks into every name of every thing.
func naiveSearch(t failer, open []graph.Recorded, text string) []graph.Hit {
	t.Helper()
	names, leads := map[graph.Hit][]string{}, naiveLeads(t, open) // of rank 0
	for _, r := range open {
		var of []graph.Name
		hit := graph.Hit{Key: r.Key}
		switch r.Kind {
		case graph.StatementActor:
			a := remember(t, r.Hash, func() (*graph.ActorFacts, error) { return graph.Decode[graph.ActorFacts](r.Statement) })
			of, hit.Kind = a.Names, graph.SearchActor
			if lead, ok := leads[a.Key]; ok {
				hit.Key = string(lead)
			}
		case graph.StatementEngagement:
			e := engagementOf(t, r)
			of, hit.Kind = slices.Clone(e.Base().Titles), graph.SearchEngagement
			for _, i := range e.Base().Identifiers {
				of = append(of, graph.Name{Text: i.Scheme + " " + i.Value})
			}
		default:
			continue
		}
		for _, n := range of {
			names[hit] = append(names[hit], n.Text)
		}
	}
	var found []graph.Hit
	for hit, texts := range names {
		if hit.Rank = naiveRank(texts, text); hit.Rank >= 0 {
			found = append(found, hit)
		}
	}
	slices.SortFunc(found, compareHits)
	return found
}

func compareHits(a, b graph.Hit) int {
	return cmp.Or(cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Key, b.Key))
}

// naiveRank gives -1 where a term is not found.
func naiveRank(names []string, text string) int {
	var terms []string
	whole := false
	for _, n := range names {
		terms = append(terms, graph.NameTerms(n)...)
		whole = whole || graph.Fold(n) == graph.Fold(text)
	}
	rank := 1
	for _, wanted := range graph.SearchTerms(text) {
		if slices.Contains(terms, wanted.Text) {
			continue
		}
		if !wanted.Prefix || !slices.ContainsFunc(terms, func(s string) bool { return strings.HasPrefix(s, wanted.Text) }) {
			return -1
		}
		rank = 2
	}
	if whole {
		return 0
	}
	return rank
}

// naiveTies lists the dyads with tie records, and the records of one dyad.
func naiveTies(t failer, open []graph.Recorded, q graph.TieDyadQuery, of graph.TieDyad) (dyads []graph.DyadKey, records []placed) {
	t.Helper()
	for _, r := range open {
		rows := remember(t, r.Hash, func() (graph.IndexRows, error) { return graph.Index(r.Statement) })
		if rows.Engagement == nil {
			continue
		}
		bears := false
		for _, row := range rows.Engagement.Ties {
			if len(q.Topics) > 0 && !slices.Contains(q.Topics, row.Topic) {
				continue
			}
			if len(q.Of) == 0 || slices.Contains(q.Of, row.Dyad.A) || slices.Contains(q.Of, row.Dyad.B) {
				dyads = append(dyads, row.Dyad)
			}
			for _, x := range of.A {
				for _, y := range of.B {
					bears = bears || x.Actor != y.Actor && graph.NewDyadKey(x.Actor, y.Actor) == row.Dyad &&
						x.Valid.Overlaps(row.Possible) && y.Valid.Overlaps(row.Possible)
				}
			}
		}
		if bears {
			records = append(records, placed{graph.Position{Start: rows.Engagement.Start, Key: r.Key}, r.Source})
		}
	}
	slices.SortFunc(dyads, compareDyads)
	slices.SortFunc(records, comparePlaced)
	return slices.Compact(dyads), records
}

func compareDyads(a, b graph.DyadKey) int {
	return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
}
