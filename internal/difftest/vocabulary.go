package difftest

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/entente-graph/entente/graph"
)

// A vocabulary is what a graph has that can be asked about: it is read from the store, in an order that does not depend
// on the store.
type vocabulary struct {
	actors      []string // keys, those that take part in most first
	codes       []string // other spellings of actors
	numbers     []string // what datasets call engagements
	dyads       [][2]string
	engagements []string
	sources     []string
	works       []string
	offices     []string
	ofOffice    [][2]string // an actor, and an office of its
	languages   []string
	words       []string // of names and titles, and whole names
	days        []string // at the edges of what the graph dates
	moments     []string // around those at which loads became visible
	loads       []int
	ids         []string // what id fields gave
}

// unknown is what no graph has.
var unknown = []string{"iso3:QQQ", "nobody", "northeast-asia:radar-incidant-2018", "", "XYZ", "cow:99999", "Japan", "x:y:z", "日本"}

// read gathers the vocabulary of a graph at its head; days and words of earlier loads are hardly others.
func read(ctx context.Context, r graph.Reader) (*vocabulary, error) {
	head, err := r.Head(ctx)
	if err != nil {
		return nil, err
	}
	v := &vocabulary{}
	g := gathering{count: map[string]int{}, dyads: map[[2]string]int{}, ofOffice: map[[2]string]bool{}, sets: map[string]map[string]bool{}}
	for _, kind := range graph.StatementKinds {
		found, err := r.Statements(ctx, graph.StatementQuery{Load: head.Load.Number, Kind: kind})
		if err != nil {
			return nil, fmt.Errorf("the vocabulary: %w", err)
		}
		for _, f := range found {
			if err := g.statement(f.Statement); err != nil {
				return nil, err
			}
		}
	}
	v.actors = slices.SortedFunc(maps.Keys(g.sets["actor"]), func(a, b string) int {
		return cmp.Or(cmp.Compare(g.count[b], g.count[a]), cmp.Compare(a, b))
	})
	v.dyads = slices.SortedFunc(maps.Keys(g.dyads), func(a, b [2]string) int {
		return cmp.Or(cmp.Compare(g.dyads[b], g.dyads[a]), slices.Compare(a[:], b[:]))
	})
	v.ofOffice = slices.SortedFunc(maps.Keys(g.ofOffice), func(a, b [2]string) int { return slices.Compare(a[:], b[:]) })
	all := func(set string) []string { return slices.Sorted(maps.Keys(g.sets[set])) }
	v.codes, v.numbers, v.engagements, v.sources, v.works = all("code"), all("number"), all("engagement"), all("source"), all("work")
	v.offices, v.languages, v.words = all("office"), all("language"), all("word")
	days := map[string]bool{"0001-01-01": true, "9999-12-31": true}
	for text := range g.sets["date"] {
		d, err := graph.ParseDate(text)
		if err != nil {
			continue // not every string of four digits is one
		}
		for _, edge := range []graph.Day{d.Earliest() - 1, d.Earliest(), d.Latest(), d.Latest() + 1} {
			days[edge.String()] = true
		}
	}
	v.days = slices.Sorted(maps.Keys(days))
	for n := range head.Load.Number + 1 {
		v.loads = append(v.loads, int(n))
		for _, off := range []time.Duration{-time.Millisecond, 0, time.Hour} {
			v.moments = append(v.moments, recordedAt(n).Add(off).Format(time.RFC3339Nano))
		}
	}
	return v, nil
}

type gathering struct {
	count    map[string]int
	dyads    map[[2]string]int
	ofOffice map[[2]string]bool
	sets     map[string]map[string]bool
}

func (g *gathering) add(set, text string) {
	if g.sets[set] == nil {
		g.sets[set] = map[string]bool{}
	}
	g.sets[set][text] = true
}

func (g *gathering) statement(s graph.Statement) error {
	switch s.Kind {
	case graph.StatementActor, graph.StatementEngagement, graph.StatementSource, graph.StatementWork:
		g.add(string(s.Kind), s.Key)
	default:
	}
	switch s.Kind {
	case graph.StatementActor:
		a, err := graph.Decode[graph.ActorFacts](s)
		if err != nil {
			return err
		}
		for _, id := range a.Identifiers {
			g.add("code", id.Scheme+":"+id.Value)
			if id.Scheme == "iso3" {
				g.add("code", id.Value)
				g.add("code", strings.ToLower(id.Value))
			}
		}
		g.names(a.Names)
	case graph.StatementEngagement:
		e, err := graph.DecodeEngagement(s.Body)
		if err != nil {
			return err
		}
		b := e.Base()
		g.names(b.Titles)
		for _, id := range b.Identifiers {
			g.add("number", id.Scheme+":"+id.Value)
		}
		for i, p := range b.Participations {
			g.count[string(p.Actor)]++
			for _, q := range b.Participations[i+1 : min(len(b.Participations), i+6)] {
				if p.Actor != q.Actor {
					g.dyads[[2]string{string(p.Actor), string(q.Actor)}]++
				}
			}
		}
		for _, f := range b.Effects {
			g.dyads[[2]string{string(f.Between[0]), string(f.Between[1])}] += 20 // ties are rarer than meetings
		}
	case graph.StatementTenure:
		t, err := graph.Decode[graph.Tenure](s)
		if err != nil {
			return err
		}
		g.add("office", t.Office)
		g.ofOffice[[2]string{string(t.Of), t.Office}] = true
		g.count[string(t.Of)]++
		g.count[string(t.Person)]++
	default:
	}
	var body any
	if err := json.Unmarshal(s.Body, &body); err != nil {
		return fmt.Errorf("the body of %s %s: %w", s.Kind, s.Key, err)
	}
	g.dates(body)
	return nil
}

func (g *gathering) names(names []graph.Name) {
	for _, n := range names {
		g.add("language", n.Lang)
		g.add("word", n.Text)
		for _, w := range strings.Fields(n.Text) {
			g.add("word", w)
			if r := []rune(w); len(r) > 3 {
				g.add("word", string(r[:len(r)-2]))
			}
		}
	}
}

// dates takes in every text that begins like a date.
func (g *gathering) dates(v any) {
	switch v := v.(type) {
	case map[string]any:
		for _, inner := range v {
			g.dates(inner)
		}
	case []any:
		for _, inner := range v {
			g.dates(inner)
		}
	case string:
		if len(v) >= 4 && len(v) <= 11 && v[0] >= '0' && v[0] <= '9' {
			g.add("date", v)
		}
	}
}
