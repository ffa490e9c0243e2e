package storetest

import (
	"context"
	"fmt"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// What is asked of actors, of who takes part, of tenures and assertions, and of names.

func askActors(q *question, w *words) {
	ask := graph.ActorQuery{Count: true}
	not := false
	that := func(c graph.Condition) {
		c.Not, not = not, false
		ask.Where = append(ask.Where, graph.Clause{c})
	}
	named := func(how graph.TextMatch) func() {
		return func() {
			text, _ := w.text()
			that(graph.Condition{Kind: graph.HasTitle, Match: how, Text: graph.Fold(text)})
		}
	}
	during := func(how graph.Overlap, sure graph.Certainty) func() {
		return func() { that(graph.Condition{Kind: graph.LiesSo, Days: w.days(), Overlap: how, Certainty: sure}) }
	}
	q.options(w, map[string]func(){
		"kind": func() {
			for _, k := range w.uppers("kinds") {
				ask.Kinds = append(ask.Kinds, graph.ActorKind(k))
			}
		},
		"not":      func() { not = true },
		"called":   named(graph.MatchEquals),
		"begins":   named(graph.MatchStartsWith),
		"contains": named(graph.MatchContains),
		"among":    func() { that(graph.Condition{Kind: graph.HasKey, Keys: keys[graph.ActorKey](w.next("keys"))}) },
		"keyed": func() {
			that(graph.Condition{Kind: graph.HasKey, Match: graph.MatchStartsWith, Text: w.next("the beginning of a key")})
		},
		"tagged":  func() { that(graph.Condition{Kind: graph.HasTags, Tags: keys[string](w.next("tags"))}) },
		"exists":  during(graph.OverlapAny, graph.Possible),
		"surely":  during(graph.OverlapAny, graph.Certain),
		"covers":  during(graph.OverlapCovers, graph.Certain),
		"born":    during(graph.OverlapBegins, graph.Possible),
		"gone":    during(graph.OverlapEnds, graph.Certain),
		"by-name": func() { ask.Order.By = graph.ByName },
		"down":    func() { ask.Order.Descending = true },
		"prefer":  func() { ask.Sources = keys[graph.SourceKey](w.next("sources")) },
	})
	q.ask = func(ctx context.Context, r graph.Reader, q question) ([]string, error) {
		ask := ask
		ask.Load, ask.AsOf = q.load, q.asOf
		page, err := r.ActorKeys(ctx, ask)
		if err != nil {
			return nil, err
		}
		var out []string
		for _, k := range page.Keys {
			out = append(out, string(k))
		}
		return counted(out, page.Position, page.Total)
	}
}

// askActor resolves a key or code as a person would type it.
func askActor(q *question, w *words) {
	text := w.next("a key or code")
	q.options(w, nil)
	q.ask = func(ctx context.Context, r graph.Reader, q question) ([]string, error) {
		v, err := q.view(ctx, r)
		if err != nil {
			return nil, err
		}
		found, err := v.Resolve(ctx, text)
		if err != nil {
			return nil, err
		}
		return []string{string(found[0])}, nil
	}
}

// askParties lists who takes part in an engagement, possibly, on the day.
func askParties(q *question, w *words) {
	key := w.next("an engagement")
	q.options(w, nil)
	q.ask = func(ctx context.Context, r graph.Reader, q question) ([]string, error) {
		found, err := r.Statements(ctx, graph.StatementQuery{Load: q.load, Kind: graph.StatementEngagement, Keys: []string{key}})
		var out []string
		for _, f := range found {
			e, err := graph.DecodeEngagement(f.Body)
			if err != nil {
				return nil, err
			}
			b := e.Base()
			for _, p := range b.Participations {
				span := p.Period
				if span.IsZero() {
					span = b.Period
				}
				if q.asOf != nil && !span.Holds(*q.asOf, graph.Possible) {
					continue
				}
				line := fmt.Sprintf("%s %s", p.Actor, strings.ToLower(string(p.Role)))
				if p.Side != "" {
					line += " side " + p.Side
				}
				out = append(out, line)
			}
		}
		return out, err
	}
}

func askAssertions(q *question, w *words) {
	ask := graph.AssertionQuery{Count: true}
	days := graph.Always
	var by []graph.ActorKey
	q.options(w, map[string]func(){
		"about": func() { ask.About = keys[graph.EngagementKey](w.next("engagements")) },
		"by":    func() { by = keys[graph.ActorKey](w.next("authors")) },
		"when":  func() { days = w.days() },
	})
	q.ask = func(ctx context.Context, r graph.Reader, q question) ([]string, error) {
		ask := ask
		ask.Load, ask.By = q.load, q.asOf
		for _, a := range by {
			ask.Authors = append(ask.Authors, graph.Constituent{Actor: a, Valid: days})
		}
		page, err := r.Assertions(ctx, ask)
		if err != nil {
			return nil, err
		}
		return counted(recorded(page.Items), page.Position, page.Total)
	}
}

// counted checks a total against the places that were given.
func counted(lines []string, at []graph.Position, total *int) ([]string, error) {
	places := map[graph.Position]bool{}
	for _, p := range at {
		places[p] = true
	}
	if *total != len(places) {
		return nil, fmt.Errorf("the total is %d, but %d were given", *total, len(places))
	}
	return lines, nil
}

func askTenures(q *question, w *words) {
	ask := graph.TenureQuery{Count: true}
	days := graph.Always
	var of []graph.ActorKey
	q.options(w, map[string]func(){
		"of":      func() { of = keys[graph.ActorKey](w.next("actors")) },
		"when":    func() { days = w.days() },
		"by":      func() { ask.Persons = keys[graph.ActorKey](w.next("persons")) },
		"office":  func() { text, _ := w.text(); ask.Offices = append(ask.Offices, graph.Fold(text)) },
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
		for _, a := range of {
			ask.Of = append(ask.Of, graph.Constituent{Actor: a, Valid: days})
		}
		page, err := r.Tenures(ctx, ask)
		if err != nil {
			return nil, err
		}
		var out []string
		for _, f := range page.Items {
			t, err := graph.Decode[graph.Tenure](f.Statement)
			if err != nil {
				return nil, err
			}
			out = append(out, fmt.Sprintf("%s %s", t.Person, t.Office))
		}
		return counted(out, page.Position, page.Total)
	}
}

// askSearch lists hits; marked, each with the names in which something was found: 1 actor JPN [Jap]an; 日本.
func askSearch(q *question, w *words) {
	text, _ := w.text()
	var kinds []graph.SearchKind
	marked := false
	q.options(w, map[string]func(){
		"kind":   func() { kinds = keys[graph.SearchKind](w.upper("kinds")) },
		"marked": func() { marked = true },
	})
	q.ask = func(ctx context.Context, r graph.Reader, q question) ([]string, error) {
		terms := graph.SearchTerms(text)
		page, err := r.Search(ctx, graph.SearchQuery{Load: q.load, Whole: graph.Fold(text), Terms: terms, Kinds: kinds})
		if err != nil {
			return nil, err
		}
		var found map[graph.Hit][]graph.Match
		if marked {
			if found, err = matchesOf(ctx, r, q, page.Hits, terms); err != nil {
				return nil, err
			}
		}
		var out []string
		for _, h := range page.Hits {
			line := fmt.Sprintf("%d %s %s", h.Rank, strings.ToLower(string(h.Kind)), h.Key)
			for i, m := range found[h] {
				line += []string{" ", "; "}[min(i, 1)] + piecesText(m)
			}
			out = append(out, line)
		}
		return out, nil
	}
}

// matchesOf gives where terms stand in the names of what was found.
func matchesOf(ctx context.Context, r graph.Reader, q question, hits []graph.Hit, terms []graph.Term) (map[graph.Hit][]graph.Match, error) {
	v, err := q.view(ctx, r)
	if err != nil {
		return nil, err
	}
	actors, engagements := []graph.ActorKey{}, []graph.EngagementKey{}
	for _, h := range hits {
		if h.Kind == graph.SearchActor {
			actors = append(actors, graph.ActorKey(h.Key))
		} else {
			engagements = append(engagements, graph.EngagementKey(h.Key))
		}
	}
	byKey, err := v.Actors(ctx, actors)
	if err != nil {
		return nil, err
	}
	accounts, err := v.EngagementsByKey(ctx, engagements)
	if err != nil {
		return nil, err
	}
	found := map[graph.Hit][]graph.Match{}
	for _, h := range hits {
		if h.Kind == graph.SearchActor {
			found[h] = byKey[graph.ActorKey(h.Key)].Matches(terms)
		} else {
			found[h] = accounts[graph.EngagementKey(h.Key)].Base().Matches(terms)
		}
	}
	return found, nil
}

func piecesText(m graph.Match) (text string) {
	for _, p := range m.Pieces {
		if p.Marked {
			text += "[" + p.Text + "]"
		} else {
			text += p.Text
		}
	}
	return text
}
