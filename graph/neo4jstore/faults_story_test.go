package neo4jstore

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/entente-graph/entente/graph"
)

// A story is orders given one after the other, by whom everything else is told apart: the same story leaves the same in
// every store, whatever disturbed it.
type story struct {
	t       testing.TB
	batches int // of its second load
	lease   graph.Lease
	open    func() (graph.Store, error) // a store of one's own, as another process has
	store   graph.Store
}

// A step is one order. done tells, to whom it gave nothing but an error, whether it was carried out; nil: it can be given again.
type step struct {
	name string
	give func(ctx context.Context) error
	done func(ctx context.Context) (bool, error)
}

const (
	storyActors = 24 // more than 20, so that a meeting of all is kept without dyads
	storySource = "story"
)

func (st *story) statement(v any) graph.Statement {
	st.t.Helper()
	s, err := graph.NewStatement(storySource, "all", v, "story:1")
	if err != nil {
		st.t.Fatal(err)
	}
	return s
}

func storyActor(i int) graph.ActorKey { return graph.ActorKey(fmt.Sprintf("actor:%02d", i)) }

func (st *story) actor(i int, note string) graph.Statement {
	return st.statement(&graph.ActorFacts{
		Key: storyActor(i), Kind: graph.KindState, Names: []graph.Name{{Text: fmt.Sprintf("The Actor %d", i), Lang: "en"}}, Note: note,
		Identifiers: []graph.Identifier{{Scheme: "iso3", Value: fmt.Sprintf("A%02d", i)}}, PartOf: []graph.PartOf{{Actor: "world"}},
	})
}

func (st *story) meeting(key string, year int, actors ...graph.ActorKey) graph.Statement {
	date := graph.MustDate(fmt.Sprintf("%d-03-01", year))
	m := &graph.Meeting{EngagementBase: graph.EngagementBase{
		Key: graph.EngagementKey(key), Kind: graph.KindMeeting, Titles: []graph.Name{{Text: "Meeting " + key, Lang: "en"}},
		Topics: []graph.Topic{graph.TopicDefense}, Period: graph.On(date),
	}, Level: graph.LevelOfficials}
	for _, a := range actors {
		m.Participations = append(m.Participations, graph.Participation{Actor: a, Role: graph.RoleParticipant})
	}
	m.Effects = []graph.Effect{{Type: graph.Establishes, Topic: graph.TopicDefense, Between: actors[:2], Date: date}}
	return st.statement(m)
}

// first is what the first load holds.
func (st *story) first() graph.Batch {
	var b graph.Batch
	var all []graph.ActorKey
	for i := range storyActors {
		all = append(all, storyActor(i))
		b.Add = append(b.Add, st.actor(i, ""), st.meeting(fmt.Sprintf("first:%02d", i), 1950+i, storyActor(i), storyActor((i+1)%storyActors)))
	}
	b.Add = append(b.Add, st.meeting("wide", 1990, all...), st.statement(&graph.Tenure{
		Key: "tenure:1", Person: "person:1", Of: storyActor(0), Office: "President", Period: graph.On(graph.MustDate("1999")),
	}))
	return b
}

// batch is one of the second load: it supersedes, retracts, adds, and puts something in quarantine.
func (st *story) batch(n int) graph.Batch {
	actor := st.actor(n, "changed")
	gone := graph.StatementID{Source: storySource, Kind: graph.StatementEngagement, Key: fmt.Sprintf("first:%02d", n)}
	return graph.Batch{
		Number: n, Close: []graph.StatementID{actor.StatementID, gone},
		Add: []graph.Statement{actor, st.meeting(fmt.Sprintf("second:%02d", n), 2000+n, storyActor(n), graph.ActorKey(fmt.Sprintf("new:%02d", n)), storyActor((n+7)%storyActors))},
		Quarantine: []graph.Quarantined{{
			N: n + 1, Of: graph.StatementID{Source: storySource, Kind: graph.StatementActor, Key: "?"},
			Mistakes: []graph.Mistake{{File: "a", Line: n + 1, Rule: "it is a question"}},
		}},
	}
}

func (st *story) info(note string) graph.LoadInfo {
	return graph.LoadInfo{Source: storySource, Importer: "story", Slices: []graph.Slice{{Source: storySource, ID: "all"}}, Program: "faults", Note: note}
}

// The names of steps that are looked for.
const (
	stepOpen    = "Open the store"
	stepBegin   = "Open the second load"
	stepTake    = "TakeOver"
	stepRelease = "Release"
	stepCommit  = "Commit the second load"
	stepDiscard = "Discard"
	stepErase   = "Erase"
	stepRebuild = "RebuildIndex"
)

func stepWrite(n int) string { return fmt.Sprintf("Write batch %d", n) }

// steps are all orders: a first load, a second that is given to another halfway, a third that is taken back, an erasure, and
// index rows made anew.
func (st *story) steps() []step {
	openLoad := func(name, note string) step {
		return step{name, func(ctx context.Context) (err error) {
			st.lease, err = st.store.Open(ctx, st.info(note))
			return err
		}, func(ctx context.Context) (bool, error) {
			u, err := st.store.Unfinished(ctx)
			if err != nil || u == nil {
				return false, err
			}
			// Nobody knows its lease: it is taken from whoever had it.
			st.lease, err = st.store.TakeOver(ctx, u.Number, true)
			return err == nil, err
		}}
	}
	write := func(name string, b graph.Batch) step {
		return step{name, func(ctx context.Context) error { return st.store.Write(ctx, st.lease, b) }, nil}
	}
	commit := func(name string, counts graph.Counts) step {
		return step{name, func(ctx context.Context) error {
			l, err := st.store.Commit(ctx, st.lease, counts)
			if err == nil && l.Number != st.lease.Load {
				st.t.Errorf("%s gave load %d, not %d", name, l.Number, st.lease.Load)
			}
			return err
		}, func(ctx context.Context) (bool, error) {
			loads, err := st.store.Loads(ctx, graph.LoadQuery{Number: st.lease.Load})
			return len(loads) == 1, err
		}}
	}
	erased := graph.StatementID{Source: storySource, Kind: graph.StatementEngagement, Key: "second:00"}
	all := []step{
		{stepOpen, func(context.Context) (err error) {
			st.store, err = st.open()
			return err
		}, nil},
		openLoad("Open the first load", "first"), write("Write the first load", st.first()), commit("Commit the first load", graph.Counts{Added: 50}),
		openLoad(stepBegin, "second"),
	}
	for n := range st.batches {
		if n == st.batches/2 {
			all = append(all,
				step{stepRelease, func(ctx context.Context) error { return st.store.Release(ctx, st.lease) }, func(ctx context.Context) (bool, error) {
					u, err := st.store.Unfinished(ctx)
					return err == nil && u != nil && u.Expired, err
				}},
				step{stepTake, func(ctx context.Context) (err error) {
					lease, err := st.store.TakeOver(ctx, 2, false)
					if err == nil {
						st.lease = lease
					}
					return err
				}, func(ctx context.Context) (bool, error) {
					lease, err := st.store.TakeOver(ctx, 2, true)
					if err == nil {
						st.lease = lease
					}
					return err == nil, err
				}})
		}
		all = append(all, write(stepWrite(n), st.batch(n)))
	}
	return append(all,
		commit(stepCommit, graph.Counts{Added: st.batches, Changed: st.batches, Retracted: st.batches, Quarantined: st.batches}),
		openLoad("Open the third load", "third"),
		write("Write the third load", graph.Batch{
			Close: []graph.StatementID{{Source: storySource, Kind: graph.StatementEngagement, Key: "wide"}},
			Add:   []graph.Statement{st.meeting("third", 2020, storyActor(1), "third:1"), st.actor(storyActors+1, "")},
		}),
		step{stepDiscard, func(ctx context.Context) error { return st.store.Discard(ctx, st.lease, nil) }, func(ctx context.Context) (bool, error) {
			u, err := st.store.Unfinished(ctx)
			return u == nil, err
		}},
		step{stepErase, func(ctx context.Context) error {
			l, err := st.store.Erase(ctx, graph.EraseOrder{IDs: []graph.StatementID{erased}, Reason: "a person asked", Program: "faults", Head: 2})
			if err == nil && l.Number != 4 {
				st.t.Errorf("the erasure is load %d, not 4", l.Number)
			}
			return err
		}, func(ctx context.Context) (bool, error) {
			gone, err := st.store.Erasures(ctx, graph.ErasureQuery{Keys: []string{erased.Key}})
			return len(gone) > 0, err
		}},
		step{stepRebuild, func(ctx context.Context) error { return st.store.RebuildIndex(ctx, nil) }, nil},
		openLoad("Open the last load", "last"),
		write("Write the last load", graph.Batch{Add: []graph.Statement{st.meeting("last", 2021, storyActor(1), storyActor(2))}}),
		commit("Commit the last load", graph.Counts{Added: 1}),
	)
}

// tell gives all orders, and ends with the first that fails.
func (st *story) tell(ctx context.Context, around func(s step, give func() error) error) error {
	for _, s := range st.steps() {
		if err := around(s, func() error { return s.give(ctx) }); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	return nil
}

// left is what a reader finds in a store: the digest and loads at every number, what each did, quarantines and erasures.
func left(ctx context.Context, s graph.Store) (string, error) {
	var b strings.Builder
	head, err := s.Head(ctx)
	if err != nil {
		return "", err
	}
	fmt.Fprintf(&b, "head %d, burned %d\n", head.Load.Number, head.Burned)
	for n := range head.Load.Number + 1 {
		d, count, err := graph.Digest(ctx, s, n)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&b, "load %d: %d statements, digest %s\n", n, count, d)
	}
	loads, err := s.Loads(ctx, graph.LoadQuery{})
	if err != nil {
		return "", err
	}
	for i, l := range loads {
		if i > 0 && l.Recorded.After(loads[i-1].Recorded) {
			fmt.Fprintf(&b, "load %d was recorded after the next\n", l.Number)
		}
		l.Recorded = time.Time{}
		fmt.Fprintf(&b, "%+v\n", l)
		page, err := s.Quarantine(ctx, graph.QuarantineQuery{Load: l.Number})
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&b, "  quarantine %+v\n", page.Items)
	}
	for c, err := range s.Changes(ctx, graph.ChangeQuery{Upto: head.Load.Number}) {
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&b, "load %d: %s %s, added %t, closed %t\n", c.Load, c.Kind, c.Key, c.Added != nil, c.Closed != nil)
	}
	gone, err := s.Erasures(ctx, graph.ErasureQuery{})
	if err != nil {
		return "", err
	}
	fmt.Fprintf(&b, "erased %+v\n", gone)
	u, err := s.Unfinished(ctx)
	if err != nil {
		return "", err
	}
	if u != nil {
		fmt.Fprintf(&b, "load %d is open\n", u.Number)
	}
	return b.String(), nil
}

// whole is everything in the database, node by node and row by row, but for names drawn at random and the clock.
func whole(ctx context.Context, t testing.TB, s *Store) []string {
	t.Helper()
	drawn := []string{"token", "order", "holder", "expires", "opened", "recorded", "touched"}
	var lines []string
	line := func(r *neo4j.Record) {
		values := r.AsMap()
		props, _ := values["props"].(map[string]any)
		if what := fmt.Sprint(values["what"]); what == "[Load]" || what == "[Head]" {
			for _, name := range drawn {
				delete(props, name)
			}
			if what == "[Head]" {
				delete(props, "id")
			}
		}
		lines = append(lines, fmt.Sprintf("%v %v %v %v", values["what"], values["from"], values["to"], props))
	}
	const name = "coalesce(%[1]s.key, %[1]s.id, %[1]s.number, %[1]s.at, '')"
	for _, r := range send(ctx, t, s, "MATCH (n) WHERE NOT n:Migration RETURN labels(n) AS what, properties(n) AS props") {
		line(r)
	}
	for _, r := range send(ctx, t, s, "MATCH (a)-[r]->(b) RETURN type(r) AS what, "+fmt.Sprintf(name, "a")+" AS from, "+fmt.Sprintf(name, "b")+" AS to, properties(r) AS props") {
		line(r)
	}
	slices.Sort(lines)
	return lines
}

// difference shows the first lines that one list has and the other has not.
func difference(got, want []string) string {
	var b strings.Builder
	shown := 0
	for _, side := range []struct {
		sign      string
		of, other []string
	}{{"+", got, want}, {"-", want, got}} {
		counts := map[string]int{}
		for _, l := range side.other {
			counts[l]++
		}
		for _, l := range side.of {
			if counts[l]--; counts[l] < 0 && shown < 12 {
				shown++
				fmt.Fprintf(&b, "%s %s\n", side.sign, l)
			}
		}
	}
	return b.String()
}

var errWrongKind = errors.New("the error is of another kind than unavailable")
