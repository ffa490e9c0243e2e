package storetest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"github.com/entente-graph/entente/graph"
)

// Representations: how cases write them, what is asked of them and of the missions that follow, what is answered plainly, and what
// is drawn.

func parseRepresentation(w *words, below []string) (any, error) {
	r := &graph.Representation{Key: graph.RepresentationKey(w.next("a key")), Sender: graph.ActorKey(w.next("a sender"))}
	if !w.take("in") {
		w.fail("in RECEIVER is missing")
	}
	r.Receiver = graph.ActorKey(w.next("a receiver"))
	return r, details(w, below, func(w *words) {
		record := graph.RepresentationRecord{Level: graph.RepresentationLevel(w.upper("a level"))}
		if w.take("observed") {
			record.Observed = w.date()
		} else {
			record.Period = w.period()
		}
		r.Records = append(r.Records, record)
	})
}

func levels(w *words) (all []graph.RepresentationLevel) {
	for _, l := range w.uppers("levels") {
		all = append(all, graph.RepresentationLevel(l))
	}
	return all
}

func askRepresentations(q *question, w *words) {
	ask := graph.RepresentationQuery{Count: true}
	q.options(w, map[string]func(){
		"of":      func() { ask.Senders = keys[graph.ActorKey](w.next("senders")) },
		"in":      func() { ask.Receivers = keys[graph.ActorKey](w.next("receivers")) },
		"level":   func() { ask.Levels = levels(w) },
		"during":  func() { i := w.days(); ask.During = &i },
		"within":  func() { ask.Overlap = graph.OverlapWithin },
		"covers":  func() { ask.Overlap = graph.OverlapCovers },
		"begins":  func() { ask.Overlap = graph.OverlapBegins },
		"ends":    func() { ask.Overlap = graph.OverlapEnds },
		"certain": func() { ask.Certainty = graph.Certain },
	})
	q.ask = func(ctx context.Context, r graph.Reader, q question) ([]string, error) {
		ask := ask
		if ask.Load = q.load; q.asOf != nil {
			day := graph.Inclusive(*q.asOf, *q.asOf)
			ask.During = &day
		}
		page, err := r.Representations(ctx, ask)
		if err != nil {
			return nil, err
		}
		return counted(recorded(page.Items), page.Position, page.Total)
	}
}

// askMission concludes a mission on a day, or at some time in days: how it stands, how sure that is, at which levels, and of which sources.
func askMission(q *question, w *words) {
	key := graph.MissionKey{Sender: graph.ActorKey(w.next("a sender")), Receiver: graph.ActorKey(w.next("a receiver"))}
	var ask graph.MissionQuery
	q.options(w, map[string]func(){
		"level":  func() { ask.Levels = levels(w) },
		"during": func() { ask.Days = w.days() },
	})
	q.ask = func(ctx context.Context, r graph.Reader, q question) ([]string, error) {
		v, err := q.view(ctx, r)
		if err != nil {
			return nil, err
		}
		ask := ask
		if q.asOf != nil {
			ask.Days = graph.Inclusive(*q.asOf, *q.asOf)
		}
		found, err := v.Missions(ctx, []graph.MissionKey{key}, ask)
		if err != nil {
			return nil, err
		}
		m := found[key]
		line := string(m.Status)
		if m.Certain {
			line += " certainly"
		}
		for _, l := range m.Levels {
			line += " " + strings.ToLower(string(l))
		}
		for _, of := range m.Basis {
			line += fmt.Sprintf(", %s", of.Source)
		}
		return []string{line}, nil
	}
}

func naiveRepresentations(t failer, open []graph.Recorded, q graph.RepresentationQuery) []placed {
	t.Helper()
	var found []placed
	for _, r := range open {
		if r.Kind != graph.StatementRepresentation || len(q.Senders)+len(q.Receivers) == 0 {
			continue
		}
		n := remember(t, r.Hash, func() (*graph.Representation, error) { return graph.Decode[graph.Representation](r.Statement) })
		start, meets := graph.MaxDay, false
		for _, record := range n.Records {
			when := record.Period
			observed := !record.Observed.IsZero()
			if observed {
				when = graph.On(record.Observed)
			}
			start = min(start, startOf(when))
			lies := q.During == nil || when.Bounds().Compare(*q.During, q.Overlap, q.Certainty)
			if q.During != nil && q.Overlap.Edged() && observed {
				lies = false
			}
			meets = meets || lies && (len(q.Levels) == 0 || slices.Contains(q.Levels, record.Level))
		}
		if len(q.Senders) > 0 && !slices.Contains(q.Senders, n.Sender) || len(q.Receivers) > 0 && !slices.Contains(q.Receivers, n.Receiver) || !meets {
			continue
		}
		found = append(found, placed{graph.Position{Start: start, Key: r.Key}, r.Source})
	}
	slices.SortFunc(found, comparePlaced)
	return found
}

func representationPages(t *rapid.T, s graph.Store, m *model) {
	q := graph.RepresentationQuery{
		Load: drawLoad(t, m), Levels: some(t, "levels", graph.RepresentationLevels), During: drawDays(t, "during"), Count: true,
	}
	q.Senders = rapid.SliceOfN(rapid.SampledFrom(m.actors), 0, 4).Draw(t, "senders")
	q.Receivers = rapid.SliceOfN(rapid.SampledFrom(m.actors), 0, 4).Draw(t, "receivers")
	q.Overlap = draw(t, "overlap", []graph.Overlap{"", graph.OverlapAny, graph.OverlapWithin, graph.OverlapCovers, graph.OverlapBegins, graph.OverlapEnds})
	q.Certainty = draw(t, "certainty", []graph.Certainty{"", graph.Possible, graph.Certain})
	bothWays(t, naiveRepresentations(t, m.loads[q.Load], q), func(size, last int, after, before *graph.Position) ([]placed, []graph.Position, bool, *int) {
		q.First, q.Last, q.After, q.Before = size, last, after, before
		page, err := s.Representations(context.Background(), q)
		must(t, err)
		return placedOf(page.Items, page.Position), page.Position, page.More, page.Total
	})
}

// representation draws one of few actors and levels.
func (g *generator) representation(key string) *graph.Representation {
	at := g.IntN(len(g.actors))
	r := &graph.Representation{
		Key: graph.RepresentationKey(key), Sender: g.actors[at], Receiver: g.actors[(at+1+g.IntN(len(g.actors)-1))%len(g.actors)],
	}
	for range 1 + g.IntN(3) {
		record := graph.RepresentationRecord{Level: pick(g, graph.RepresentationLevels), Period: g.period()}
		if g.IntN(2) == 0 {
			record.Period, record.Observed = graph.Period{}, g.date()
		}
		r.Records = append(r.Records, record)
	}
	return r
}
