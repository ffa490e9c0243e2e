package storetest

import (
	"context"
	"testing"

	"github.com/entente-graph/entente/graph"
)

func linkStatement(t testing.TB, lead graph.EngagementKey, others ...graph.EngagementKey) graph.Statement {
	t.Helper()
	l := &graph.Link{Key: string(lead), Accounts: append([]graph.EngagementKey{lead}, others...), Lead: lead, Rule: "a test"}
	st, err := graph.NewStatement(graph.OwnSource, "links", l, "")
	must(t, err)
	return st
}

// linked is a store with four accounts, of which three are linked; another link is between two of them.
func linked(t *testing.T, s graph.Store, without ...graph.StatementID) {
	var b graph.Batch
	for _, st := range []graph.Statement{
		meetingStatement(t, "a", "2000", "AAA", "BBB"), meetingStatement(t, "b", "2000", "AAA", "BBB"), meetingStatement(t, "c", "2000", "AAA", "BBB"),
		meetingStatement(t, "d", "2001", "AAA", "CCC"), linkStatement(t, "a", "b", "c"), linkStatement(t, "d", "b"),
	} {
		told := true
		for _, id := range without {
			told = told && st.StatementID != id
		}
		if told {
			b.Add = append(b.Add, st)
		}
	}
	loadAll(t, s, b)
}

// whatFollows erases an account and its link, and concludes in the same load: the link as it is without the account, and
// another one ends.
func whatFollows(t *testing.T, open func(t testing.TB) graph.Store) {
	ctx := context.Background()
	gone := []graph.StatementID{meetingStatement(t, "c", "2000").StatementID, linkStatement(t, "a").StatementID}
	follows := graph.Batch{Close: []graph.StatementID{linkStatement(t, "d").StatementID}, Add: []graph.Statement{linkStatement(t, "a", "b")}}
	s, never := open(t), open(t)
	linked(t, s)
	linked(t, never, gone...)
	l, err := s.Erase(ctx, graph.EraseOrder{IDs: gone, Reason: "a person asked", Head: 1, Close: follows.Close, Add: follows.Add})
	must(t, err)
	if l.Number != 2 || l.Counts != (graph.Counts{Retracted: 2}) {
		t.Errorf("the erasure is the load %+v", l)
	}
	loadAll(t, never, follows)
	for at := graph.LoadNumber(1); at <= 2; at++ {
		if got, other := everything(t, s, at), everything(t, never, at); got != other {
			t.Errorf("load %d answers\n%s\nit should be\n%s", at, got, other)
		}
	}
	for at, want := range map[graph.LoadNumber]int{1: 1, 2: 1} {
		found, err := s.Links(ctx, graph.LinkQuery{Load: at, Accounts: []graph.EngagementKey{"b"}})
		must(t, err)
		if len(found) != want || found[0].Load != at {
			t.Errorf("at load %d b is in the links %v", at, found)
		}
	}
	// The link was erased as it was, and stands as it is: the next load may end it like any other.
	loadAll(t, s, graph.Batch{Close: []graph.StatementID{linkStatement(t, "a").StatementID}})
	if found, err := s.Links(ctx, graph.LinkQuery{Load: 3, Accounts: []graph.EngagementKey{"a", "b", "c", "d"}}); err != nil || len(found) != 0 {
		t.Errorf("links of the accounts are %v (%v)", found, err)
	}
}

// whatCannotFollow is refused, and then nothing is erased.
func whatCannotFollow(t *testing.T, open func(t testing.TB) graph.Store) {
	ctx := context.Background()
	s := open(t)
	linked(t, s)
	before := everything(t, s, 1)
	id := meetingStatement(t, "c", "2000").StatementID
	for what, order := range map[string]graph.EraseOrder{
		"closing what was never there": {Close: []graph.StatementID{linkStatement(t, "x").StatementID}},
		"closing what is erased":       {Close: []graph.StatementID{id}},
		"adding what is open":          {Add: []graph.Statement{linkStatement(t, "d", "a")}},
		"adding twice":                 {Add: []graph.Statement{linkStatement(t, "x", "a"), linkStatement(t, "x", "b")}},
		"another head":                 {Head: 2},
		"a head that never was":        {Head: -1},
	} {
		t.Run(what, func(t *testing.T) {
			order.IDs, order.Reason = []graph.StatementID{id}, "a person asked"
			_, err := s.Erase(ctx, order)
			want(t, err, graph.ErrConflict)
			head, err := s.Head(ctx)
			must(t, err)
			erasures, err := s.Erasures(ctx, graph.ErasureQuery{})
			must(t, err)
			if now := everything(t, s, 1); head.Load.Number != 1 || len(erasures) > 0 || now != before {
				t.Errorf("an order that failed left load %d, %v and\n%s", head.Load.Number, erasures, now)
			}
		})
	}
}

// onlyInQuarantine: what was never understood is erased from quarantines, and leaves an erasure like all else.
func onlyInQuarantine(t *testing.T, open func(t testing.TB) graph.Store) {
	s := open(t)
	ctx := context.Background()
	loadAll(t, s, graph.Batch{Add: []graph.Statement{actorStatement(t, "AAA", "")}, Quarantine: entries(1, 4)})
	id := actorStatement(t, "Q02", "").StatementID
	for _, none := range []graph.StatementID{
		{Source: "other", Kind: id.Kind, Key: id.Key}, {Source: id.Source, Kind: graph.StatementEngagement, Key: id.Key}, {Source: id.Source, Kind: id.Kind, Key: "Q05"},
	} {
		_, err := s.Erase(ctx, graph.EraseOrder{IDs: []graph.StatementID{id, none}, Reason: "a person asked"})
		want(t, err, graph.ErrNotFound)
	}
	if ns, _, _ := quarantineOf(t, s, graph.QuarantineQuery{Load: 1}); len(ns) != 4 {
		t.Errorf("erasures that failed left the entries %v", ns)
	}
	l, err := s.Erase(ctx, graph.EraseOrder{IDs: []graph.StatementID{id}, Reason: "a person asked"})
	must(t, err)
	if l.Counts != (graph.Counts{}) {
		t.Errorf("no statement went, and the load counts %+v", l.Counts)
	}
	if ns, _, _ := quarantineOf(t, s, graph.QuarantineQuery{Load: 1}); len(ns) != 3 || ns[1] != 3 {
		t.Errorf("the entries that are left are %v", ns)
	}
	erasures, err := s.Erasures(ctx, graph.ErasureQuery{})
	must(t, err)
	if len(erasures) != 1 || erasures[0] != (graph.Erasure{StatementID: id, Load: 2, Reason: "a person asked"}) {
		t.Errorf("what was erased is %+v", erasures)
	}
	_, err = s.Erase(ctx, graph.EraseOrder{IDs: []graph.StatementID{id}, Reason: "again"})
	want(t, err, graph.ErrNotFound)
}

// erasedAgain: what was erased, told again and erased again is of the later erasure.
func erasedAgain(t *testing.T, open func(t testing.TB) graph.Store) {
	s := open(t)
	ctx := context.Background()
	id := actorStatement(t, "AAA", "").StatementID
	for _, reason := range []string{"a person asked", "a court"} {
		loadAll(t, s, graph.Batch{Add: []graph.Statement{actorStatement(t, "AAA", "")}})
		_, err := s.Erase(ctx, graph.EraseOrder{IDs: []graph.StatementID{id}, Reason: reason})
		must(t, err)
	}
	erasures, err := s.Erasures(ctx, graph.ErasureQuery{})
	must(t, err)
	if len(erasures) != 1 || erasures[0] != (graph.Erasure{StatementID: id, Load: 4, Reason: "a court"}) {
		t.Errorf("what was erased is %+v", erasures)
	}
}

// discardTold tells how far a discard is, of all that the load added and closed.
func discardTold(t *testing.T, s graph.Store) {
	lease, _ := superseding(t, s, 92)
	last, times := -1, 0
	must(t, s.Discard(context.Background(), lease, func(done, total int) {
		if total != 200 || done < last || done > total {
			t.Errorf("it tells of %d of %d after %d", done, total, last)
		}
		last = done
		times++
	}))
	if last != 200 || times < 2 {
		t.Errorf("it told %d times, and %d at last", times, last)
	}
}
