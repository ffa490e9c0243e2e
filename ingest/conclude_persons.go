package ingest

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/entente-graph/entente/graph"
)

// DecisionsSlice is where the decisions of people stand.
var DecisionsSlice = graph.Slice{Source: graph.OwnSource, ID: "decisions"}

// persons are what the rules look at in the persons of a graph, and what people decided about them.
type persons struct {
	kinds   map[graph.SourceKey]graph.SourceKind
	ranks   map[graph.SourceKey]int
	said    map[graph.ActorKey][]saidOf
	wholes  map[graph.ActorKey][]graph.ActorKey
	acts    []act
	decided []graph.Decision
}

// saidOf is what one source says of a person.
type saidOf struct {
	source graph.SourceKey
	facts  *graph.ActorFacts
}

// An act is a time in which somebody, perhaps a person, acted for an actor.
type act struct {
	who, of graph.ActorKey
	office  string
	days    graph.Interval
	held    graph.SourceKey
}

// conclude links the keys of persons, and gives what is likely and not decided.
func (p *persons) conclude() ([]graph.Identity, []graph.Proposal) {
	return graph.ConcludeIdentities(p.traits(), withShipped(p.decided), p.rank)
}

// persons reads what is said of persons: by whom, under which names, for whom they acted and which offices they held.
func (a after) persons(ctx context.Context, sources []*graph.Source) (*persons, error) {
	p := &persons{
		kinds: map[graph.SourceKey]graph.SourceKind{}, ranks: map[graph.SourceKey]int{}, said: map[graph.ActorKey][]saidOf{},
		wholes: map[graph.ActorKey][]graph.ActorKey{},
	}
	for i, s := range sources {
		p.kinds[s.Key], p.ranks[s.Key] = s.Kind, i
	}
	if a.fresh != nil {
		for s, err := range a.fresh {
			if err != nil {
				return nil, err
			}
			if err := p.read(s); err != nil {
				return nil, err
			}
		}
	}
	a.fresh = nil
	for _, kind := range []graph.StatementKind{graph.StatementDecision, graph.StatementActor, graph.StatementTenure, graph.StatementEngagement} {
		if kind == graph.StatementTenure && len(p.said) < 2 {
			return p, nil // nobody to be linked
		}
		for s, err := range a.statements(ctx, kind, []graph.EngagementKind{graph.KindMeeting}) {
			if err != nil {
				return nil, err
			}
			if err := p.read(s); err != nil {
				return nil, err
			}
		}
	}
	return p, nil
}

func (p *persons) rank(s graph.SourceKey) int {
	if r, ok := p.ranks[s]; ok {
		return r
	}
	return math.MaxInt
}

// read takes in a statement.
func (p *persons) read(s graph.Statement) error {
	switch s.Kind {
	case graph.StatementDecision:
		d, err := graph.Decode[graph.Decision](s)
		if err != nil {
			return err
		}
		p.decided = append(p.decided, *d)
	case graph.StatementActor:
		facts, err := graph.Decode[graph.ActorFacts](s)
		if err != nil {
			return err
		}
		if facts.Kind == graph.KindPerson {
			p.said[facts.Key] = append(p.said[facts.Key], saidOf{s.Source, facts})
		}
		for _, of := range facts.PartOf {
			if facts.Kind == graph.KindState { // who acts for a state does not act for the one it was a part of
				break
			}
			p.wholes[facts.Key] = append(p.wholes[facts.Key], of.Actor)
		}
	case graph.StatementTenure:
		t, err := graph.Decode[graph.Tenure](s)
		if err != nil {
			return err
		}
		p.acted(t.Person, t.Of, t.Office, t.Period, s.Source)
	case graph.StatementEngagement:
		if fieldOf(s.Body, "kind") != string(graph.KindMeeting) {
			return nil
		}
		m, err := graph.Decode[graph.Meeting](s)
		if err != nil {
			return err
		}
		for _, part := range m.Participations {
			if part.OnBehalfOf == "" {
				continue
			}
			days := part.Period
			if days.IsZero() {
				days = m.Period
			}
			p.acted(part.Actor, part.OnBehalfOf, part.Capacity, days, "")
		}
	default: // nothing else is said of persons
	}
	return nil
}

// acted notes that somebody acted for an actor.
func (p *persons) acted(who, of graph.ActorKey, office string, period graph.Period, held graph.SourceKey) {
	days := period.Bounds().Possible()
	if days.From <= graph.MinDay || days.To >= graph.MaxDay { // from a day, or to one, that nobody knows
		days = known(period)
	}
	if !days.Empty() {
		p.acts = append(p.acts, act{who, of, graph.Fold(office), days, held})
	}
}

// spells gives the times in which persons acted for actors, and for all that these are part of. An office counts for the actor
// whose it is alone.
func (p *persons) spells() map[graph.ActorKey][]graph.PersonSpell {
	found := map[graph.ActorKey][]graph.PersonSpell{}
	for _, a := range p.acts {
		if p.said[a.who] == nil {
			continue
		}
		all := []graph.PersonSpell{{Of: a.of, Office: a.office, Days: a.days, Held: a.held}}
		for i := 0; i < len(all); i++ {
			for _, whole := range p.wholes[all[i].Of] {
				if !slices.ContainsFunc(all, func(s graph.PersonSpell) bool { return s.Of == whole }) {
					all = append(all, graph.PersonSpell{Of: whole, Days: a.days})
				}
			}
		}
		found[a.who] = append(found[a.who], all...)
	}
	return found
}

// lastingOffice is for how long one who is still in office counts as having held it; no source is of the future.
var lastingOffice = graph.MustDay("2100-01-01")

// known gives the days of a period of which an edge is open: from its start on, or the day of the edge that is known.
func known(p graph.Period) graph.Interval {
	switch {
	case !p.Start.IsZero() && (p.Why == graph.Ongoing || p.Why == graph.Censored):
		return graph.Interval{From: p.Start.PossibleEarliest(), To: lastingOffice}
	case !p.Start.IsZero():
		return graph.Inclusive(p.Start.PossibleEarliest(), p.Start.PossibleLatest())
	case !p.End.IsZero():
		return graph.Inclusive(p.End.PossibleEarliest(), p.End.PossibleLatest())
	default:
		return graph.Interval{}
	}
}

// traits gives what the rules look at, the same in whatever order it was read.
func (p *persons) traits() []graph.PersonTrait {
	var all []graph.PersonTrait
	spells := p.spells()
	for key, said := range p.said {
		slices.SortFunc(said, func(a, b saidOf) int {
			return cmp.Or(cmp.Compare(p.rank(a.source), p.rank(b.source)), cmp.Compare(a.source, b.source))
		})
		t := graph.PersonTrait{Key: key, Source: said[0].source, Spells: spells[key]}
		for _, s := range said {
			for _, n := range s.facts.Names {
				if !slices.Contains(t.Names, n.Text) {
					t.Names = append(t.Names, n.Text)
				}
			}
			for _, id := range s.facts.Identifiers {
				if c := (graph.Code{Scheme: id.Scheme, Value: id.Value}); !slices.Contains(t.Identifiers, c) {
					t.Identifiers = append(t.Identifiers, c)
				}
			}
			if p.kinds[s.source] == graph.SourceDossier {
				t.Apart = append(t.Apart, s.source)
			}
		}
		for _, s := range t.Spells {
			if s.Held != "" && !slices.Contains(t.Apart, s.Held) {
				t.Apart = append(t.Apart, s.Held)
			}
		}
		slices.SortFunc(t.Spells, func(a, b graph.PersonSpell) int {
			return cmp.Or(cmp.Compare(a.Of, b.Of), cmp.Compare(a.Days.From, b.Days.From), cmp.Compare(a.Days.To, b.Days.To),
				cmp.Compare(a.Office, b.Office), cmp.Compare(a.Held, b.Held))
		})
		t.Spells = slices.Compact(t.Spells)
		slices.Sort(t.Apart)
		all = append(all, t)
	}
	return all
}

// heldKind gives the decisions, what is said of actors, or the tenures that the store holds at a load.
func heldKind(ctx context.Context, r graph.Reader, at graph.LoadNumber, kind graph.StatementKind, yield func(graph.Statement, error) bool) {
	each := func(rows []graph.Recorded) bool {
		for _, row := range rows {
			if !yield(row.Statement, nil) {
				return false
			}
		}
		return true
	}
	failed := func(err error) { yield(graph.Statement{}, fmt.Errorf("the %s statements: %w", kind, err)) }
	switch kind {
	case graph.StatementTenure:
		q := graph.TenureQuery{Load: at, First: heldPage}
		for {
			page, err := r.Tenures(ctx, q)
			if err != nil {
				failed(err)
				return
			}
			if !each(page.Items) || !page.More {
				return
			}
			q.After = &page.Position[len(page.Position)-1]
		}
	case graph.StatementActor:
		q := graph.ActorQuery{Load: at, Apart: true, First: heldPage}
		for {
			page, err := r.ActorKeys(ctx, q)
			if err != nil {
				failed(err)
				return
			}
			keys := make([]string, len(page.Keys))
			for i, k := range page.Keys {
				keys[i] = string(k)
			}
			rows, err := r.Statements(ctx, graph.StatementQuery{Load: at, Kind: kind, Keys: keys})
			if err != nil {
				failed(err)
				return
			}
			if !each(rows) || !page.More {
				return
			}
			q.After = &page.Position[len(page.Position)-1]
		}
	default: // few
		rows, err := r.Statements(ctx, graph.StatementQuery{Load: at, Kind: kind})
		if err != nil {
			failed(err)
			return
		}
		each(rows)
	}
}
