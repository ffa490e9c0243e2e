package storetest

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/entente-graph/entente/graph"
)

// erasing checks what is removed from every number, and the quarantine.
func erasing(t *testing.T, open func(t testing.TB) graph.Store) {
	for name, check := range map[string]func(t *testing.T, open func(t testing.TB) graph.Store){
		"what was erased was never there":              neverThere,
		"several are erased whole or not at all":       eraseWhole,
		"an open load is in the way of erasing":        eraseBesideLoad,
		"an erasure is a load":                         erasureIsALoad,
		"wrong orders to erase":                        wrongErasures,
		"who asks for what was erased is told so":      toldGone,
		"what was mended of what was erased goes":      mendedTextErased,
		"a quarantine is paged":                        quarantinePages,
		"a quarantine is seen with its load":           quarantineVisible,
		"entries of what was erased leave quarantines": quarantineErased,
		"what follows is concluded in the same load":   whatFollows,
		"what is erased again is of the later erasure": erasedAgain,
		"what cannot follow is refused":                whatCannotFollow,
		"what stands only in a quarantine is erased":   onlyInQuarantine,
	} {
		t.Run(name, func(t *testing.T) { check(t, open) })
	}
}

// neverThere erases two things from a store that has them in several versions, open and closed, and compares it at
// every number with a store to which they were never told.
func neverThere(t *testing.T, open func(t testing.TB) graph.Store) {
	ctx := context.Background()
	many := []graph.ActorKey{"AAA", "BBB"}
	for i := range 30 {
		many = append(many, graph.ActorKey(fmt.Sprintf("X%02d", i)))
	}
	tell := func(s graph.Store, without func(graph.StatementID) bool) {
		held := map[graph.StatementID]bool{}
		for n, all := range [][]graph.Statement{
			{actorStatement(t, "AAA", ""), actorStatement(t, "BBB", ""), meetingStatement(t, "gone", "2000", "AAA", "BBB"), meetingStatement(t, "stays", "2001", "AAA", "BBB")},
			{actorStatement(t, "BBB", "changed"), meetingStatement(t, "gone", "2002", "BBB", "AAA"), meetingStatement(t, "stays", "2003", "AAA", "BBB")},
			{meetingStatement(t, "gone", "1999", many...), meetingStatement(t, "also stays", "1999", many...)},
			{actorStatement(t, "BBB", ""), actorStatement(t, "AAA", "changed")},
		} {
			var b graph.Batch
			for _, st := range all {
				if without(st.StatementID) {
					continue
				}
				if held[st.StatementID] {
					b.Close = append(b.Close, st.StatementID)
				}
				b.Add, held[st.StatementID] = append(b.Add, st), true
			}
			if l := loadAll(t, s, b); l.Number != graph.LoadNumber(n+1) {
				t.Fatalf("the load has number %d", l.Number)
			}
		}
	}
	for _, ids := range [][]graph.StatementID{
		{actorStatement(t, "BBB", "").StatementID, meetingStatement(t, "gone", "2000").StatementID},
		{meetingStatement(t, "gone", "2000").StatementID},
		{actorStatement(t, "AAA", "").StatementID},
	} {
		among := func(id graph.StatementID) bool {
			for _, i := range ids {
				if i == id {
					return true
				}
			}
			return false
		}
		with, without := open(t), open(t)
		tell(with, func(graph.StatementID) bool { return false })
		tell(without, among)
		l, err := with.Erase(ctx, graph.EraseOrder{IDs: append(ids, ids[0]), Reason: "a person asked"}) // naming one twice does nothing more
		must(t, err)
		loadAll(t, without, graph.Batch{})
		for at := graph.LoadNumber(0); at <= l.Number; at++ {
			if got, never := everything(t, with, at), everything(t, without, at); got != never {
				t.Errorf("%v erased, load %d answers\n%s\nit should be as if they had never been told:\n%s", ids, at, got, never)
			}
		}
		erasures, err := with.Erasures(ctx, graph.ErasureQuery{})
		must(t, err)
		if len(erasures) != len(ids) {
			t.Errorf("what was erased is %v", erasures)
		}
		// What was erased can be told again: whether it may is for who tells it to decide.
		again := loadAll(t, with, graph.Batch{Add: []graph.Statement{actorStatement(t, "ZZZ", ""), meetingStatement(t, "gone 2", "2000", "AAA", "ZZZ")}})
		if again.Number != l.Number+1 {
			t.Errorf("the load after an erasure is %d", again.Number)
		}
	}
}

func eraseWhole(t *testing.T, open func(t testing.TB) graph.Store) {
	s := open(t)
	ctx := context.Background()
	loadAll(t, s, graph.Batch{Add: []graph.Statement{actorStatement(t, "AAA", ""), actorStatement(t, "BBB", ""), meetingStatement(t, "m", "2000", "AAA", "BBB")}})
	loadAll(t, s, graph.Batch{Close: []graph.StatementID{actorStatement(t, "BBB", "").StatementID}})
	before := everything(t, s, 2)
	there, closed := actorStatement(t, "AAA", "").StatementID, actorStatement(t, "BBB", "").StatementID
	for _, none := range []graph.StatementID{
		{Source: "test", Kind: graph.StatementActor, Key: "CCC"},
		{Source: "other", Kind: graph.StatementActor, Key: "AAA"},
		{Source: "test", Kind: graph.StatementEngagement, Key: "AAA"},
	} {
		_, err := s.Erase(ctx, graph.EraseOrder{IDs: []graph.StatementID{there, none, closed}, Reason: "a person asked"})
		if want(t, err, graph.ErrNotFound); err != nil && !strings.Contains(err.Error(), none.Key) {
			t.Errorf("it is not said what is not there: %v", err)
		}
	}
	if now := everything(t, s, 2); now != before {
		t.Errorf("an erasure that failed has changed\n%s\nto\n%s", before, now)
	}
	if found, err := s.Erasures(ctx, graph.ErasureQuery{}); err != nil || len(found) != 0 {
		t.Errorf("an erasure that failed left %v (%v)", found, err)
	}
	l, err := s.Erase(ctx, graph.EraseOrder{IDs: []graph.StatementID{closed, there}, Reason: "a person asked"})
	must(t, err)
	if l.Number != 3 || l.Counts.Retracted != 1 {
		t.Errorf("the erasure of one open statement and one closed is %+v", l)
	}
	for at := graph.LoadNumber(1); at <= 3; at++ {
		wantActors(t, s, at)
	}
	_, err = s.Erase(ctx, graph.EraseOrder{IDs: []graph.StatementID{there}, Reason: "again"})
	want(t, err, graph.ErrNotFound)
}

func eraseBesideLoad(t *testing.T, open func(t testing.TB) graph.Store) {
	s := open(t)
	ctx := context.Background()
	loadAll(t, s, graph.Batch{Add: []graph.Statement{actorStatement(t, "AAA", "")}})
	order := graph.EraseOrder{IDs: []graph.StatementID{actorStatement(t, "AAA", "").StatementID}, Reason: "a person asked"}
	lease := openLoad(t, s)
	for range 2 {
		_, err := s.Erase(ctx, order)
		want(t, err, graph.ErrConflict)
		want(t, s.RebuildIndex(ctx, nil), graph.ErrConflict)
		must(t, s.Write(ctx, lease, graph.Batch{Add: []graph.Statement{actorStatement(t, "BBB", "")}}))
	}
	must(t, s.Release(ctx, lease))
	if _, err := s.Erase(ctx, order); err == nil || !strings.Contains(err.Error(), "load 2") {
		t.Errorf("erasing beside a load that was broken off: %v", err)
	}
	want(t, s.RebuildIndex(ctx, nil), graph.ErrConflict)
	wantActors(t, s, 1, "AAA")
	lease, err := s.TakeOver(ctx, 2, false)
	must(t, err)
	must(t, s.Discard(ctx, lease, nil))
	_, err = s.Erase(ctx, order)
	must(t, err)
	must(t, s.RebuildIndex(ctx, nil))
	wantActors(t, s, 1)
}

// erasureIsALoad: it has a number, is the head, is found by its time, and an answer at a load before keeps its number.
func erasureIsALoad(t *testing.T, open func(t testing.TB) graph.Store) {
	s := open(t)
	ctx := context.Background()
	first := loadAll(t, s, graph.Batch{Add: []graph.Statement{actorStatement(t, "AAA", ""), actorStatement(t, "BBB", "")}})
	l, err := s.Erase(ctx, graph.EraseOrder{IDs: []graph.StatementID{actorStatement(t, "AAA", "").StatementID}, Reason: "a person asked", Program: "entente 1.2.3"})
	must(t, err)
	if l.Number != 2 || l.Source != graph.OwnSource || l.Note != "a person asked" || l.Program != "entente 1.2.3" || len(l.Slices) != 0 || l.Recorded.Before(first.Recorded) {
		t.Errorf("the erasure is the load %+v", l)
	}
	second := loadAll(t, s, graph.Batch{Add: []graph.Statement{actorStatement(t, "CCC", "")}})
	for _, c := range []struct {
		q    graph.LoadQuery
		want []graph.LoadNumber
	}{
		{graph.LoadQuery{}, []graph.LoadNumber{3, 2, 1}},
		{graph.LoadQuery{Before: 3}, []graph.LoadNumber{2, 1}},
		{graph.LoadQuery{Number: 2}, []graph.LoadNumber{2}},
	} {
		found, err := s.Loads(ctx, c.q)
		must(t, err)
		var got []graph.LoadNumber
		for _, f := range found {
			got = append(got, f.Number)
			if f.Number == 2 && fmt.Sprintf("%+v", f) != fmt.Sprintf("%+v", l) {
				t.Errorf("the erasure is remembered as %+v", f)
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("loads %+v are %v, not %v", c.q, got, c.want)
		}
	}
	found, err := s.Loads(ctx, graph.LoadQuery{KnownAt: &l.Recorded, First: 1})
	must(t, err)
	if len(found) != 1 || found[0].Number < 2 || found[0].Number > 2 && !second.Recorded.Equal(l.Recorded) {
		t.Errorf("what was known when it was erased is load %v", found)
	}
	erasures, err := s.Erasures(ctx, graph.ErasureQuery{Keys: []string{"AAA", "BBB"}})
	must(t, err)
	if len(erasures) != 1 || erasures[0] != (graph.Erasure{StatementID: actorStatement(t, "AAA", "").StatementID, Load: 2, Reason: "a person asked"}) {
		t.Errorf("what was erased is %+v", erasures)
	}
	for _, keys := range [][]string{{}, {"BBB"}, {"aaa"}} {
		if none, err := s.Erasures(ctx, graph.ErasureQuery{Keys: keys}); err != nil || len(none) != 0 {
			t.Errorf("erasures of %v are %v (%v)", keys, none, err)
		}
	}
}

func wrongErasures(t *testing.T, open func(t testing.TB) graph.Store) {
	s := open(t)
	loadAll(t, s, graph.Batch{Add: []graph.Statement{actorStatement(t, "AAA", "")}})
	id := actorStatement(t, "AAA", "").StatementID
	for what, order := range map[string]graph.EraseOrder{
		"nothing":       {Reason: "a person asked"},
		"no reason":     {IDs: []graph.StatementID{id}},
		"half an id":    {IDs: []graph.StatementID{id, {Source: "test", Key: "AAA"}}, Reason: "a person asked"},
		"without a key": {IDs: []graph.StatementID{{Source: "test", Kind: graph.StatementActor}}, Reason: "a person asked"},
	} {
		t.Run(what, func(t *testing.T) {
			_, err := s.Erase(context.Background(), order)
			want(t, err, graph.ErrInvalid)
		})
	}
	wantActors(t, s, 1, "AAA")
}

func entries(from, to int) (all []graph.Quarantined) {
	for n := from; n <= to; n++ {
		all = append(all, graph.Quarantined{
			N:        n,
			Of:       graph.StatementID{Source: "test", Kind: graph.StatementActor, Key: fmt.Sprintf("Q%02d", n)},
			Mistakes: []graph.Mistake{{File: "f.csv", Line: n, Column: 2, Byte: 30, Field: "year", Value: "19\x00\"x", Rule: "is not a year", Suggestion: "1990"}, {File: "g.csv", Rule: "is wrong too"}},
			Records:  []graph.Record{{File: "f.csv", Line: 1, To: 10, Text: "a,b\r\n", Frame: true}, {File: "f.csv", Line: n, From: 10, To: 20, Text: "日本,\n"}},
		})
	}
	return all
}

func quarantineOf(t testing.TB, s graph.Store, q graph.QuarantineQuery) (ns []int, more bool, all []graph.Quarantined) {
	t.Helper()
	page, err := s.Quarantine(context.Background(), q)
	must(t, err)
	for _, i := range page.Items {
		ns = append(ns, i.N)
	}
	return ns, page.More, page.Items
}

func quarantinePages(t *testing.T, open func(t testing.TB) graph.Store) {
	s := open(t)
	ctx := context.Background()
	lease := openLoad(t, s)
	must(t, s.Write(ctx, lease, graph.Batch{Number: 0, Quarantine: entries(1, 4)}))
	must(t, s.Write(ctx, lease, graph.Batch{Number: 1, Quarantine: entries(5, 7)}))
	_, err := s.Commit(ctx, lease, graph.Counts{Quarantined: 7})
	must(t, err)
	for _, c := range []struct {
		q    graph.QuarantineQuery
		want string
	}{
		{graph.QuarantineQuery{Load: 1}, "[1 2 3 4 5 6 7] false"},
		{graph.QuarantineQuery{Load: 1, First: 7}, "[1 2 3 4 5 6 7] false"},
		{graph.QuarantineQuery{Load: 1, First: 6}, "[1 2 3 4 5 6] true"},
		{graph.QuarantineQuery{Load: 1, First: 2, After: 3}, "[4 5] true"},
		{graph.QuarantineQuery{Load: 1, First: 2, After: 5}, "[6 7] false"},
		{graph.QuarantineQuery{Load: 1, After: 7}, "[] false"},
	} {
		if ns, more, _ := quarantineOf(t, s, c.q); fmt.Sprint(ns, more) != c.want {
			t.Errorf("%+v gives %v, more: %t; not %s", c.q, ns, more, c.want)
		}
	}
	if _, _, all := quarantineOf(t, s, graph.QuarantineQuery{Load: 1}); fmt.Sprintf("%+v", all) != fmt.Sprintf("%+v", entries(1, 7)) {
		t.Errorf("the entries come back as\n%+v, not\n%+v", all, entries(1, 7))
	}
	for _, q := range []graph.QuarantineQuery{{}, {Load: -1}, {Load: 1, First: -1}, {Load: 1, After: -1}, {Load: 2}} {
		_, err := s.Quarantine(ctx, q)
		want(t, err, graph.ErrInvalid)
	}
}

func quarantineVisible(t *testing.T, open func(t testing.TB) graph.Store) {
	s := open(t)
	ctx := context.Background()
	lease := openLoad(t, s)
	must(t, s.Write(ctx, lease, graph.Batch{Quarantine: entries(1, 3)}))
	_, err := s.Quarantine(ctx, graph.QuarantineQuery{Load: 1})
	want(t, err, graph.ErrInvalid) // above the head
	must(t, s.Discard(ctx, lease, nil))
	lease = openLoad(t, s)
	must(t, s.Write(ctx, lease, graph.Batch{Quarantine: entries(1, 2)}))
	_, err = s.Commit(ctx, lease, graph.Counts{Quarantined: 2})
	must(t, err)
	lease = openLoad(t, s)
	must(t, s.Write(ctx, lease, graph.Batch{Quarantine: entries(1, 5)}))
	for n, want := range map[graph.LoadNumber]string{1: "[]", 2: "[1 2]"} {
		if ns, _, _ := quarantineOf(t, s, graph.QuarantineQuery{Load: n}); fmt.Sprint(ns) != want {
			t.Errorf("the quarantine of load %d is %v, not %s", n, ns, want)
		}
	}
	must(t, s.Discard(ctx, lease, nil))
	l := loadAll(t, s, graph.Batch{})
	for n, want := range map[graph.LoadNumber]string{1: "[]", 2: "[1 2]", 3: "[]", l.Number: "[]"} {
		if ns, _, _ := quarantineOf(t, s, graph.QuarantineQuery{Load: n}); fmt.Sprint(ns) != want {
			t.Errorf("the quarantine of load %d is %v, not %s", n, ns, want)
		}
	}
}

func quarantineErased(t *testing.T, open func(t testing.TB) graph.Store) {
	s := open(t)
	ctx := context.Background()
	loadAll(t, s, graph.Batch{Add: []graph.Statement{actorStatement(t, "Q02", ""), actorStatement(t, "Q03", "")}, Quarantine: entries(1, 4)})
	loadAll(t, s, graph.Batch{Quarantine: entries(2, 3)})
	_, err := s.Erase(ctx, graph.EraseOrder{IDs: []graph.StatementID{actorStatement(t, "Q02", "").StatementID}, Reason: "a person asked"})
	must(t, err)
	for n, want := range map[graph.LoadNumber]string{1: "[1 3 4]", 2: "[3]", 3: "[]"} {
		if ns, _, _ := quarantineOf(t, s, graph.QuarantineQuery{Load: n}); fmt.Sprint(ns) != want {
			t.Errorf("after the erasure the quarantine of load %d is %v, not %s", n, ns, want)
		}
	}
	if found, err := s.Loads(ctx, graph.LoadQuery{Number: 1}); err != nil || len(found) != 1 {
		t.Errorf("load 1 is %v (%v)", found, err)
	}
}
