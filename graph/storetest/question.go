package storetest

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// A question is a line that begins with ask, and the answer that stands below it.
type question struct {
	text string
	load graph.LoadNumber // -1: the newest when it is asked
	asOf *graph.Day
	want []string
	ask  func(ctx context.Context, r graph.Reader, q question) ([]string, error)
}

func (q question) answer(ctx context.Context, r graph.Reader) ([]string, error) {
	return q.ask(ctx, r, q)
}

// view opens the state of the graph that the question is about.
func (q question) view(ctx context.Context, r graph.Reader) (*graph.View, error) {
	return graph.In(ctx, r, graph.State{Load: q.load, AsOf: q.asOf})
}

// options reads what stands behind a question's subject, in any order.
func (q *question) options(w *words, known map[string]func()) {
	for len(w.list) > 0 && w.err == nil {
		switch {
		case w.take("at", "load"):
			n, err := strconv.Atoi(w.next("a load"))
			if err != nil {
				w.fail("at load NUMBER: %w", err)
			}
			q.load = graph.LoadNumber(n)
		case w.take("as", "of"):
			d := w.day()
			q.asOf = &d
		case known[w.list[0]] != nil:
			known[w.next("an option")]()
		default:
			w.fail("%q is no option of this question", w.list[0])
		}
	}
}

func parseQuestion(text string, w *words) (*question, error) {
	q := &question{text: text, load: -1}
	subjects := map[string]func(*question, *words){
		"actor": askActor, "actors": askActors, "assertions": askAssertions, "components": askComponents, "digests": askDigests,
		"dyads": askDyads, "engagements": askEngagements, "gatherings": askGatherings, "holders": askHolders, "loads": askLoads, "manifest": askManifest,
		"memberships": askMemberships, "mission": askMission, "representations": askRepresentations,
		"parties": askParties, "search": askSearch, "statements": askStatements, "status": askStatus, "tenures": askTenures, "tie": askTie,
	}
	subject := w.next("what is asked")
	if subjects[subject] == nil {
		return nil, fmt.Errorf("%q cannot be asked", subject)
	}
	subjects[subject](q, w)
	return q, w.err
}

func keys[K ~string](text string) []K {
	var found []K
	for _, s := range strings.Split(text, ",") {
		found = append(found, K(s))
	}
	return found
}

// shown prints an interval as people see it, both ends in.
func shown(i graph.Interval) string {
	text := ""
	if i.From > graph.MinDay {
		text = i.From.String()
	}
	text += ".."
	if i.To < graph.MaxDay {
		text += i.Last().String()
	}
	return text
}

func askLoads(q *question, w *words) {
	q.options(w, nil)
	q.ask = func(ctx context.Context, r graph.Reader, q question) ([]string, error) {
		loads, err := r.Loads(ctx, graph.LoadQuery{Before: q.load + 1})
		var out []string
		for _, l := range loads {
			out = append(out, fmt.Sprintf("%d of %s, %d added", l.Number, l.Source, l.Counts.Added))
		}
		return out, err
	}
}

func askStatements(q *question, w *words) {
	kind, of := graph.StatementKind(w.next("a kind")), []string(nil)
	if len(w.list) > 0 && w.list[0] != "at" {
		of = keys[string](w.next("keys"))
	}
	q.options(w, nil)
	q.ask = func(ctx context.Context, r graph.Reader, q question) ([]string, error) {
		found, err := r.Statements(ctx, graph.StatementQuery{Load: q.load, Kind: kind, Keys: of})
		return recorded(found), err
	}
}

func recorded(found []graph.Recorded) (out []string) {
	for _, f := range found {
		out = append(out, fmt.Sprintf("%s of %s from load %d", f.Key, f.Source, f.Load))
	}
	return out
}

func askManifest(q *question, w *words) {
	var of *graph.Slice
	q.options(w, map[string]func(){"of": func() {
		key := w.next("a source")
		of = &graph.Slice{Source: graph.SourceKey(key), ID: graph.SliceID(key)}
	}})
	q.ask = func(ctx context.Context, r graph.Reader, q question) (out []string, err error) {
		for e, err := range r.Manifest(ctx, graph.ManifestQuery{Load: q.load, Slice: of}) {
			if err != nil {
				return out, err
			}
			out = append(out, fmt.Sprintf("%s %s of %s", e.Kind, e.Key, e.Source))
		}
		return out, nil
	}
}

// askDigests tells which loads have equal graphs: 1=3 2.
func askDigests(q *question, w *words) {
	var loads []graph.LoadNumber
	for _, text := range strings.Split(w.next("loads"), ",") {
		n, err := strconv.Atoi(text)
		if err != nil {
			w.fail("digests LOAD,LOAD: %w", err)
		}
		loads = append(loads, graph.LoadNumber(n))
	}
	q.options(w, nil)
	q.ask = func(ctx context.Context, r graph.Reader, _ question) ([]string, error) {
		groups := map[graph.Hash][]string{}
		var order []graph.Hash
		for _, n := range loads {
			d, _, err := graph.Digest(ctx, r, n)
			if err != nil {
				return nil, err
			}
			if groups[d] == nil {
				order = append(order, d)
			}
			groups[d] = append(groups[d], strconv.Itoa(int(n)))
		}
		var out []string
		for _, d := range order {
			out = append(out, strings.Join(groups[d], " = "))
		}
		return out, nil
	}
}

func askHolders(q *question, w *words) {
	var codes []graph.Code
	for _, c := range keys[string](w.next("codes")) {
		codes = append(codes, graph.ParseCode(c))
	}
	q.options(w, nil)
	q.ask = func(ctx context.Context, r graph.Reader, q question) ([]string, error) {
		found, err := r.Holders(ctx, graph.HolderQuery{Load: q.load, Codes: codes})
		var out []string
		for _, h := range found {
			if q.asOf == nil || h.Valid.Contains(*q.asOf) {
				out = append(out, fmt.Sprintf("%s %s %s", h.Code, h.Actor, shown(h.Valid)))
			}
		}
		return out, err
	}
}

func askComponents(q *question, w *words) {
	var of []graph.ActorKey
	members, joined, wholes := false, false, false
	q.options(w, map[string]func(){
		"of":          func() { of = keys[graph.ActorKey](w.next("actors")) },
		"memberships": func() { members = true },
		"members":     func() { joined = true },
		"wholes":      func() { wholes = true },
	})
	q.ask = func(ctx context.Context, r graph.Reader, q question) ([]string, error) {
		found, err := r.Components(ctx, graph.ComponentQuery{Load: q.load, Of: of, Members: members, Joined: joined, Wholes: wholes})
		var out []string
		for _, c := range found {
			how := "part of"
			switch {
			case c.Member:
				how = "member of"
			case c.Same:
				how = "same as"
			}
			if q.asOf == nil || c.Period.Contains(*q.asOf) {
				out = append(out, fmt.Sprintf("%s %s %s %s", c.Part, how, c.Whole, shown(c.Period)))
			}
		}
		return out, err
	}
}

func askDyads(q *question, w *words) {
	ask := graph.TieDyadQuery{}
	q.options(w, map[string]func(){
		"of":    func() { ask.Of = keys[graph.ActorKey](w.next("actors")) },
		"topic": func() { ask.Topics = keys[graph.Topic](w.upper("topics")) },
	})
	q.ask = func(ctx context.Context, r graph.Reader, q question) ([]string, error) {
		ask := ask
		ask.Load = q.load
		page, err := r.TieDyads(ctx, ask)
		var out []string
		for _, d := range page.Dyads {
			out = append(out, fmt.Sprintf("%s %s", d.A, d.B))
		}
		return out, err
	}
}

// askTie concludes a tie: its spells, one a line.
func askTie(q *question, w *words) {
	tie := tieOf(q, w)
	q.ask = func(ctx context.Context, r graph.Reader, q question) ([]string, error) {
		t, err := tie(ctx, r, q)
		if err != nil {
			return nil, err
		}
		var out []string
		for _, s := range t.Spells {
			line := string(s.Status)
			if s.Extent != "" {
				line += " " + string(s.Extent)
			}
			line += " " + s.Period.EDTF()
			if s.StartedBy != "" {
				line += " by " + string(s.StartedBy)
			}
			if !s.Certain {
				line += " (uncertain)"
			}
			out = append(out, line)
		}
		return out, nil
	}
}

// askStatus concludes how a tie stands.
func askStatus(q *question, w *words) {
	tie := tieOf(q, w)
	q.ask = func(ctx context.Context, r graph.Reader, q question) ([]string, error) {
		t, err := tie(ctx, r, q)
		if err != nil {
			return nil, err
		}
		line := string(t.Status)
		if q.asOf == nil {
			line += " on " + t.StatusOn.String()
		}
		if !t.StatusCertain && t.Status != graph.NoData {
			line += " (uncertain)"
		}
		return []string{line}, nil
	}
}

func tieOf(q *question, w *words) func(context.Context, graph.Reader, question) (*graph.Tie, error) {
	a, b, topic := graph.ActorKey(w.next("an actor")), graph.ActorKey(w.next("another")), graph.Topic(w.upper("a topic"))
	nature := graph.Cooperation
	q.options(w, map[string]func(){"contention": func() { nature = graph.Contention }})
	return func(ctx context.Context, r graph.Reader, q question) (*graph.Tie, error) {
		v, err := q.view(ctx, r)
		if err != nil {
			return nil, err
		}
		d := graph.NewDyadKey(a, b)
		ties, err := v.Ties(ctx, []graph.DyadKey{d}, graph.TieFilter{Topics: []graph.Topic{topic}, Nature: nature})
		if err != nil {
			return nil, err
		}
		if len(ties[d]) != 1 {
			return nil, fmt.Errorf("%d ties of %s and %s on %s; there is exactly one", len(ties[d]), a, b, topic)
		}
		return ties[d][0], nil
	}
}

func askEngagements(q *question, w *words) {
	ask := graph.EngagementQuery{}
	var of []graph.ActorKey
	through := slices.Clone(graph.DefaultInvolvements)
	q.options(w, map[string]func(){
		"of":      func() { of = append(of, graph.ActorKey(w.next("an actor"))) },
		"and":     func() { of = append(of, graph.ActorKey(w.next("an actor"))) },
		"through": func() { through = keys[graph.Involvement](w.upper("involvements")) },
		"kind":    func() { ask.Kinds = keys[graph.EngagementKind](w.upper("kinds")) },
		"topic":   func() { ask.Topics = keys[graph.Topic](w.upper("topics")) },
		"level":   func() { ask.Levels = keys[graph.MeetingLevel](w.upper("levels")) },
		"tagged": func() {
			ask.Where = append(ask.Where, graph.Clause{{Kind: graph.HasTags, Tags: keys[string](w.next("tags"))}})
		},
		"with": func() {
			c := graph.Condition{Kind: graph.HasParts}
			for _, a := range keys[graph.ActorKey](w.next("actors")) {
				c.Groups = append(c.Groups, []graph.Constituent{{Actor: a, Valid: graph.Always}})
			}
			ask.Where = append(ask.Where, graph.Clause{c})
		},
		"keys":      func() { ask.Keys = keys[graph.EngagementKey](w.next("keys")) },
		"opposed":   func() { ask.Alignment = graph.Opposed },
		"same-side": func() { ask.Alignment = graph.SameSide },
		"during":    func() { i := w.days(); ask.During = &i },
		"begun":     func() { i := w.days(); ask.BegunIn = &i },
		"within":    func() { ask.Overlap = graph.OverlapWithin },
		"covers":    func() { ask.Overlap = graph.OverlapCovers },
		"begins":    func() { ask.Overlap = graph.OverlapBegins },
		"ends":      func() { ask.Overlap = graph.OverlapEnds },
		"certain":   func() { ask.Certainty = graph.Certain },
	})
	q.ask = func(ctx context.Context, r graph.Reader, q question) ([]string, error) {
		ask := ask
		ask.Load, ask.Count = q.load, true
		if len(of) > 0 {
			v, err := q.view(ctx, r)
			if err != nil {
				return nil, err
			}
			sides, err := v.Constituents(ctx, of, through)
			if err != nil {
				return nil, err
			}
			if ask.A = sides[of[0]]; len(of) > 1 {
				ask.B = sides[of[1]]
			}
		}
		page, err := r.Engagements(ctx, ask)
		if err != nil {
			return nil, err
		}
		var out []string
		positions := map[graph.Position]bool{}
		for i, f := range page.Items {
			out = append(out, fmt.Sprintf("%s of %s", f.Key, f.Source))
			positions[page.Position[i]] = true
		}
		if *page.Total != len(positions) {
			return nil, fmt.Errorf("the total is %d, but %d were given", *page.Total, len(positions))
		}
		return out, nil
	}
}
