package api

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/entente-graph/entente/graph"
)

// A request is what the fields of one answer share: a reader that holds one head, the states of the graph that were
// asked about, and what is said beside the answer.
type request struct {
	ctx    context.Context
	reader *memoReader
	wait   time.Duration

	mu     sync.Mutex
	loads  *loader[graph.LoadNumber, *graph.Load]
	worlds map[worldKey]*world
	order  []graph.State // the states asked about, in order
	notes  []string

	// Of the document; set before anything is executed.
	doc      *ast.QueryDocument
	foreseen amount
	asked    *graphql.RawParams
	address  memo[struct{}, string]
}

type requestKey struct{}

// withRequest begins a request. newest, if not nil, is the load that counts as the newest for all of it.
func withRequest(ctx context.Context, s *service, newest *graph.LoadNumber, asked *graphql.RawParams) (context.Context, *request) {
	ctx, breakOff := context.WithCancelCause(ctx)
	q := &request{
		reader: &memoReader{Reader: s.reader, newest: newest, limits: s.limits, over: breakOff},
		wait:   s.wait, worlds: map[worldKey]*world{}, asked: asked,
	}
	ctx = context.WithValue(ctx, requestKey{}, q)
	q.ctx = ctx
	q.loads = newLoader(ctx, q.wait, func(ctx context.Context, numbers []graph.LoadNumber) (map[graph.LoadNumber]*graph.Load, error) {
		return askLoads(ctx, q.reader, numbers)
	})
	return ctx, q
}

func requestOf(ctx context.Context) *request {
	q, ok := ctx.Value(requestKey{}).(*request)
	if !ok {
		panic("api: a resolver outside of a request")
	}
	return q
}

// note says something beside the answer, once.
func (q *request) note(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	q.mu.Lock()
	defer q.mu.Unlock()
	if !slices.Contains(q.notes, text) {
		q.notes = append(q.notes, text)
	}
}

// A world is a state of the graph with its view and its loaders.
type world struct {
	*graph.View
	actors             *loader[graph.ActorKey, *graph.Actor]
	engagements        *loader[graph.EngagementKey, graph.Engagement]
	works              *loader[graph.WorkKey, *graph.Work]
	assertions         *loader[graph.EngagementKey, []*graph.Assertion]
	accounts           *loader[graph.EngagementKey, []graph.Engagement]
	namedBy            *loader[graph.EngagementKey, []graph.Naming]
	positions          *loader[graph.EngagementKey, []*graph.Standpoint]
	tenures            *loader[tenuresOn, []*graph.Tenure]
	identities         *loader[graph.ActorKey, *graph.Identity]
	tenureKeys         *loader[graph.TenureKey, *graph.Tenure]
	memberKeys         *loader[graph.MembershipKey, *graph.Membership]
	holdings           *loader[graph.OfficeKey, []graph.Holding]
	officesOf          *loader[graph.ActorKey, []*graph.Office]
	officesHeld        *loader[graph.ActorKey, []*graph.Office]
	ties               *loader[tiesOf, []*graph.Tie]
	representationKeys *loader[graph.RepresentationKey, *graph.Representation]
}

type worldKey struct {
	load   graph.LoadNumber
	asOf   graph.Day
	cut    bool
	pinned bool
}

func keyOf(s graph.State) worldKey {
	k := worldKey{load: s.Load, pinned: s.Pinned}
	if s.AsOf != nil {
		k.asOf, k.cut = *s.AsOf, true
	}
	return k
}

// head is the world at the newest load, without a day.
func head(ctx context.Context) (*world, error) {
	q := requestOf(ctx)
	h, err := q.reader.Head(ctx)
	if err != nil {
		return nil, err
	}
	return in(ctx, graph.State{Load: h.Load.Number})
}

// in is the world of a state, made once in a request.
func in(ctx context.Context, s graph.State) (*world, error) {
	q := requestOf(ctx)
	q.mu.Lock()
	defer q.mu.Unlock()
	if w := q.worlds[keyOf(s)]; w != nil {
		return w, nil
	}
	v, err := graph.In(ctx, q.reader, s)
	if err != nil {
		return nil, err
	}
	v.Renamed = func(asked, lead graph.ActorKey) { q.note("%s is %s: otherKeys says why", asked, lead) }
	w := &world{View: v}
	// What leads on is asked a little before what it leads to, so that the latter is asked once for both levels. No
	// two waits are alike, and none is twice another.
	wait := func(percent time.Duration) time.Duration { return q.wait * percent / 100 }
	w.ties = newLoader(q.ctx, wait(101), w.askTies)
	w.assertions = newLoader(q.ctx, wait(103), v.Assertions)
	w.accounts = newLoader(q.ctx, wait(139), v.Accounts)
	w.namedBy = newLoader(q.ctx, wait(127), v.NamedBy)
	w.positions = newLoader(q.ctx, wait(137), v.Positions)
	w.engagements = newLoader(q.ctx, wait(107), v.EngagementsByKey)
	w.tenureKeys = newLoader(q.ctx, wait(109), v.TenuresByKey)
	w.memberKeys = newLoader(q.ctx, wait(111), v.MembershipsByKey)
	w.representationKeys = newLoader(q.ctx, wait(117), v.RepresentationsByKey)
	w.tenures = newLoader(q.ctx, wait(113), w.askTenures)
	w.holdings = newLoader(q.ctx, wait(149), v.Holdings)
	w.officesOf = newLoader(q.ctx, wait(151), v.OfficesOf)
	w.officesHeld = newLoader(q.ctx, wait(157), v.OfficesHeld)
	w.actors = newLoader(q.ctx, wait(127), v.Actors)
	w.identities = newLoader(q.ctx, wait(163), v.Identities)
	w.works = newLoader(q.ctx, wait(131), v.Works)
	q.worlds[keyOf(s)] = w
	q.order = append(q.order, s)
	return w, nil
}

// tenuresOn asks for the tenures of a person that possibly hold on a day; without one, for all that the view shows, or for
// those of any time.
type tenuresOn struct {
	person graph.ActorKey
	day    graph.Day
	any    bool
	ever   bool
}

// askTenures asks for the tenures of all these persons at once, in the days from the first asked for to the last.
func (w *world) askTenures(ctx context.Context, asked []tenuresOn) (map[tenuresOn][]*graph.Tenure, error) {
	found := map[tenuresOn][]*graph.Tenure{}
	var days, whole, ever []tenuresOn
	for _, a := range asked {
		switch {
		case a.ever:
			ever = append(ever, a)
		case a.any:
			whole = append(whole, a)
		default:
			days = append(days, a)
		}
	}
	for _, part := range [][]tenuresOn{days, whole, ever} {
		if len(part) == 0 {
			continue
		}
		f := graph.TenureFilter{}
		span := graph.Interval{From: graph.MaxDay, To: graph.MinDay}
		for _, a := range part {
			if !slices.Contains(f.Persons, a.person) {
				f.Persons = append(f.Persons, a.person)
			}
			span = graph.Interval{From: min(span.From, a.day), To: max(span.To, a.day+1)}
		}
		slices.Sort(f.Persons)
		switch {
		case part[0].ever:
			f.During = &graph.During{Interval: graph.Always}
		case !part[0].any:
			f.During = &graph.During{Interval: span}
		}
		held, err := allTenures(ctx, w.View, f)
		if err != nil {
			return nil, err
		}
		for _, a := range part {
			for _, t := range held {
				if t.Person == a.person && (a.any || a.ever || t.Period.Holds(a.day, graph.Possible)) {
					found[a] = append(found[a], t)
				}
			}
		}
	}
	return found, nil
}

// allTenures goes through all pages.
func allTenures(ctx context.Context, v *graph.View, f graph.TenureFilter) ([]*graph.Tenure, error) {
	var all []*graph.Tenure
	page := graph.Page{First: graph.MaxPage}
	for {
		list, err := v.Tenures(ctx, f, page)
		if err != nil {
			return nil, err
		}
		all = append(all, list.Items...)
		if !list.More {
			return all, nil
		}
		page.After = &list.Position[len(list.Position)-1]
	}
}

// tiesOf asks for ties of a dyad; topics are joined by spaces.
type tiesOf struct {
	dyad   graph.DyadKey
	topics string
	nature graph.TieNature
}

func tiesKey(d graph.DyadKey, topics []graph.Topic, nature graph.TieNature) tiesOf {
	words := make([]string, len(topics))
	for i, t := range topics {
		words[i] = string(t)
	}
	return tiesOf{d, strings.Join(words, " "), nature}
}

// askTies concludes the ties of dyads, those with one filter together.
func (w *world) askTies(ctx context.Context, asked []tiesOf) (map[tiesOf][]*graph.Tie, error) {
	dyads := map[tiesOf][]graph.DyadKey{}
	for _, a := range asked {
		filter := tiesOf{topics: a.topics, nature: a.nature}
		dyads[filter] = append(dyads[filter], a.dyad)
	}
	found := map[tiesOf][]*graph.Tie{}
	for filter, keys := range dyads {
		f := graph.TieFilter{Nature: filter.nature}
		for _, t := range strings.Fields(filter.topics) {
			f.Topics = append(f.Topics, graph.Topic(t))
		}
		ties, err := w.Ties(ctx, keys, f)
		if err != nil {
			return nil, err
		}
		for d, held := range ties {
			found[tiesOf{d, filter.topics, filter.nature}] = held
		}
	}
	return found, nil
}
