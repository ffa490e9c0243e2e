package storetest

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/entente-graph/entente/graph"
)

// leases checks who may write an open load, and what is known of it.
func leases(t *testing.T, open func(t testing.TB) graph.Store) {
	for name, check := range map[string]func(*testing.T, graph.Store){
		"what is open is told":                             toldOpen,
		"a running lease is not taken over but by force":   notTaken,
		"who lost the lease writes nothing, in any order":  formerHolder,
		"a lease given back can be taken at once":          released,
		"a load that was taken over goes on":               goesOn,
		"numbers are burned":                               burned,
		"another batch under a number written is refused":  otherBatch,
		"a discard broken off is ended by another":         brokenDiscard,
		"a discard tells how far it is":                    discardTold,
		"an order that is cancelled is done or is not":     cancelledOrders,
		"a load that is being discarded can only be so":    onlyDiscarded,
		"of two that take over at once one has the lease":  raceForLease,
		"of many who open a load at once one has a number": raceToOpen,
	} {
		t.Run(name, func(t *testing.T) { check(t, open(t)) })
	}
}

func unfinished(t testing.TB, s graph.Store) *graph.Unfinished {
	t.Helper()
	u, err := s.Unfinished(context.Background())
	must(t, err)
	return u
}

func wantNoneOpen(t testing.TB, s graph.Store) {
	t.Helper()
	if u := unfinished(t, s); u != nil {
		t.Errorf("no load should be open, and this is: %+v", u)
	}
}

func toldOpen(t *testing.T, s graph.Store) {
	ctx := context.Background()
	wantNoneOpen(t, s)
	info := graph.LoadInfo{
		Source: "test", Importer: "tests", Slices: []graph.Slice{{Source: "test", ID: "a"}}, Files: []graph.File{{Name: "a", SHA256: "00", Size: 1}},
		Program: "entente 1.2.3", Note: "why", Amends: 7, Edits: []graph.Edit{{File: "a", SHA256: "00", Line: 1, From: 2, To: 3, Text: "x"}},
		Paths: []string{"/data/a", "b"},
	}
	lease, err := s.Open(ctx, info)
	must(t, err)
	u := unfinished(t, s)
	if u == nil {
		t.Fatal("the open load is not told")
	}
	if fmt.Sprintf("%+v", u.LoadInfo) != fmt.Sprintf("%+v", info) {
		t.Errorf("it says of itself\n%+v, not\n%+v", u.LoadInfo, info)
	}
	if u.Number != lease.Load || u.Expired || u.Discarding || u.Batches != 0 || u.Holder == "" {
		t.Errorf("the open load is %+v", u)
	}
	if age := time.Since(u.Opened); age < -time.Minute || age > time.Minute || !u.Until.After(u.Opened) || u.Until.Location() != time.UTC {
		t.Errorf("it was opened at %s and its lease runs until %s", u.Opened, u.Until)
	}
	until := u.Until
	time.Sleep(5 * time.Millisecond)
	must(t, s.Renew(ctx, lease))
	if u = unfinished(t, s); !u.Until.After(until) {
		t.Errorf("renewed, the lease runs until %s; it ran until %s", u.Until, until)
	}
	for i := range 3 {
		must(t, s.Write(ctx, lease, graph.Batch{Number: i, Add: []graph.Statement{actorStatement(t, fmt.Sprintf("A%02d", i), "")}}))
		if u = unfinished(t, s); u.Batches != i+1 {
			t.Errorf("after batch %d there are %d", i, u.Batches)
		}
	}
	l, err := s.Commit(ctx, lease, graph.Counts{})
	must(t, err)
	wantNoneOpen(t, s)
	if l.Importer != info.Importer || l.Amends != info.Amends || len(l.Edits) != 1 || l.Edits[0] != info.Edits[0] {
		t.Errorf("the load is remembered as %+v", l)
	}
}

func notTaken(t *testing.T, s graph.Store) {
	ctx := context.Background()
	loadAll(t, s, graph.Batch{Add: []graph.Statement{actorStatement(t, "AAA", "")}})
	for _, n := range []graph.LoadNumber{0, 1, 2, -1} {
		for _, force := range []bool{false, true} {
			_, err := s.TakeOver(ctx, n, force)
			want(t, err, graph.ErrConflict) // committed, or never opened
		}
	}
	lease := openLoad(t, s)
	_, err := s.TakeOver(ctx, lease.Load, false)
	want(t, err, graph.ErrConflict)
	u := unfinished(t, s)
	for _, part := range []string{u.Holder, "load 2", u.Until.Format("15:04:05")} {
		if err != nil && !strings.Contains(err.Error(), part) {
			t.Errorf("who is refused is told who has the lease and until when, not: %v", err)
		}
	}
	_, again := s.Open(ctx, graph.LoadInfo{Source: "other"})
	if want(t, again, graph.ErrConflict); again != nil && !strings.Contains(again.Error(), u.Holder) {
		t.Errorf("who opens beside it is told who has the lease, not: %v", again)
	}
	must(t, s.Write(ctx, lease, graph.Batch{Add: []graph.Statement{actorStatement(t, "BBB", "")}}))
	taken, err := s.TakeOver(ctx, lease.Load, true)
	must(t, err)
	if taken.Load != lease.Load || taken.Token == lease.Token || taken.Token == "" {
		t.Errorf("the lease taken over is %+v; it was %+v", taken, lease)
	}
	must(t, s.Discard(ctx, taken, nil))
	wantNoneOpen(t, s)
}

// formerHolder tries every order with a lease that was lost, at each moment after it was lost.
func formerHolder(t *testing.T, s graph.Store) {
	ctx := context.Background()
	loadAll(t, s, graph.Batch{Add: []graph.Statement{actorStatement(t, "AAA", "")}})
	before := everything(t, s, 1)
	lost := openLoad(t, s)
	first := graph.Batch{Close: []graph.StatementID{actorStatement(t, "AAA", "").StatementID}, Add: []graph.Statement{actorStatement(t, "AAA", "changed")}}
	next := graph.Batch{Number: 1, Add: []graph.Statement{actorStatement(t, "CCC", "")}}
	must(t, s.Write(ctx, lost, first))
	refused := func(when string) {
		t.Helper()
		for what, order := range map[string]func() error{
			"writes a batch": func() error { return s.Write(ctx, lost, next) },
			"writes again":   func() error { return s.Write(ctx, lost, first) },
			"commits":        func() error { _, err := s.Commit(ctx, lost, graph.Counts{}); return err },
			"discards":       func() error { return s.Discard(ctx, lost, nil) },
			"renews":         func() error { return s.Renew(ctx, lost) },
			"releases":       func() error { return s.Release(ctx, lost) },
		} {
			err := order()
			want(t, err, graph.ErrConflict)
			if err != nil && !strings.Contains(err.Error(), "load 2") {
				t.Errorf("%s, who had the lease %s and is not told why not: %v", when, what, err)
			}
		}
	}
	taken, err := s.TakeOver(ctx, lost.Load, true)
	must(t, err)
	refused("taken over")
	if u := unfinished(t, s); u == nil || u.Batches != 1 || u.Discarding || u.Expired {
		t.Errorf("after the former holder's orders the open load is %+v", u)
	}
	if err := s.Write(ctx, lost, next); err == nil || !strings.Contains(err.Error(), "took") {
		t.Errorf("who was taken over is told that somebody took the load over, not: %v", err)
	}
	must(t, s.Release(ctx, taken))
	refused("taken over and released")
	again, err := s.TakeOver(ctx, lost.Load, false)
	must(t, err)
	refused("taken over again")
	want(t, s.Write(ctx, taken, next), graph.ErrConflict)
	must(t, s.Discard(ctx, again, nil))
	refused("taken over and discarded")
	want(t, s.Renew(ctx, again), graph.ErrConflict)
	if now := everything(t, s, 1); now != before {
		t.Errorf("load 1 answers otherwise:\n%s\nit was:\n%s", now, before)
	}
	loadAll(t, s, graph.Batch{Add: []graph.Statement{actorStatement(t, "DDD", "")}})
	refused("discarded, and another committed")
	wantActors(t, s, 3, "AAA", "DDD")
}

func wantActors(t testing.TB, s graph.Store, at graph.LoadNumber, keys ...string) {
	t.Helper()
	found, err := s.Statements(context.Background(), graph.StatementQuery{Load: at, Kind: graph.StatementActor})
	must(t, err)
	var got []string
	for _, f := range found {
		got = append(got, f.Key)
	}
	if fmt.Sprint(got) != fmt.Sprint(keys) {
		t.Errorf("at load %d there are the actors %v, not %v", at, got, keys)
	}
}

func released(t *testing.T, s graph.Store) {
	ctx := context.Background()
	lease := openLoad(t, s)
	must(t, s.Write(ctx, lease, graph.Batch{Add: []graph.Statement{actorStatement(t, "AAA", "")}}))
	must(t, s.Release(ctx, lease))
	want(t, s.Release(ctx, lease), graph.ErrConflict)
	want(t, s.Write(ctx, lease, graph.Batch{Number: 1}), graph.ErrConflict)
	want(t, s.Write(ctx, graph.Lease{Load: lease.Load}, graph.Batch{Number: 1}), graph.ErrConflict) // no token opens nothing
	u := unfinished(t, s)
	if u == nil || u.Number != lease.Load || !u.Expired || u.Batches != 1 {
		t.Fatalf("a load whose lease was given back is %+v", u)
	}
	if _, err := s.Open(ctx, graph.LoadInfo{Source: "other"}); err == nil || !strings.Contains(err.Error(), "broken off") {
		t.Errorf("who opens a load beside one broken off is told so, not: %v", err)
	}
	taken, err := s.TakeOver(ctx, lease.Load, false)
	must(t, err)
	want(t, s.Write(ctx, lease, graph.Batch{Number: 1}), graph.ErrConflict)
	_, err = s.Commit(ctx, taken, graph.Counts{})
	must(t, err)
	wantActors(t, s, 1, "AAA")
}

// goesOn: who takes over writes all batches again, the ones written before too, and all count once.
func goesOn(t *testing.T, s graph.Store) {
	ctx := context.Background()
	loadAll(t, s, graph.Batch{Add: []graph.Statement{actorStatement(t, "AAA", ""), actorStatement(t, "BBB", "")}})
	batches := []graph.Batch{
		{Number: 0, Close: []graph.StatementID{actorStatement(t, "AAA", "").StatementID}, Add: []graph.Statement{actorStatement(t, "AAA", "changed"), actorStatement(t, "CCC", "")}},
		{Number: 1, Close: []graph.StatementID{actorStatement(t, "BBB", "").StatementID}},
		{Number: 2, Add: []graph.Statement{meetingStatement(t, "m", "2000", "AAA", "CCC")}},
		{Number: 3, Quarantine: []graph.Quarantined{{N: 1, Mistakes: []graph.Mistake{{File: "f", Rule: "wrong"}}}}},
	}
	lease := openLoad(t, s)
	for i := range batches {
		for _, b := range batches[:i+1] {
			must(t, s.Write(ctx, lease, b))
		}
		if i%2 == 0 {
			must(t, s.Release(ctx, lease))
		}
		var err error
		lease, err = s.TakeOver(ctx, lease.Load, i%2 == 1)
		must(t, err)
	}
	l, err := s.Commit(ctx, lease, graph.Counts{})
	must(t, err)
	wantActors(t, s, l.Number, "AAA", "CCC")
	page, err := s.Quarantine(ctx, graph.QuarantineQuery{Load: l.Number})
	must(t, err)
	if len(page.Items) != 1 {
		t.Errorf("the quarantine is %+v", page.Items)
	}
}

func burned(t *testing.T, s graph.Store) {
	ctx := context.Background()
	number := graph.LoadNumber(0)
	next := func() graph.Lease {
		t.Helper()
		lease := openLoad(t, s)
		if number++; lease.Load != number {
			t.Fatalf("the load opened has number %d; the next is %d", lease.Load, number)
		}
		return lease
	}
	for range 3 {
		must(t, s.Discard(ctx, next(), nil))
		head, err := s.Head(ctx)
		must(t, err)
		if head.Load.Number != 0 {
			t.Errorf("the head is %d, and every load was discarded", head.Load.Number)
		}
	}
	_, err := s.Commit(ctx, next(), graph.Counts{})
	must(t, err)
	must(t, s.Discard(ctx, next(), nil))
	lease := next()
	must(t, s.Write(ctx, lease, graph.Batch{Add: []graph.Statement{actorStatement(t, "AAA", "")}}))
	_, err = s.Commit(ctx, lease, graph.Counts{})
	must(t, err)
	_, err = s.Erase(ctx, graph.EraseOrder{IDs: []graph.StatementID{{Source: "test", Kind: graph.StatementActor, Key: "none"}}, Reason: "a test"})
	want(t, err, graph.ErrNotFound) // and takes no number
	erased, err := s.Erase(ctx, graph.EraseOrder{IDs: []graph.StatementID{actorStatement(t, "AAA", "").StatementID}, Reason: "a test"})
	must(t, err)
	if number++; erased.Number != number {
		t.Errorf("the erasure has number %d; the next is %d", erased.Number, number)
	}
	next()
}

func otherBatch(t *testing.T, s graph.Store) {
	ctx := context.Background()
	aaa := actorStatement(t, "AAA", "")
	loadAll(t, s, graph.Batch{Add: []graph.Statement{aaa, actorStatement(t, "BBB", "")}})
	lease := openLoad(t, s)
	written := graph.Batch{
		Number: 4, Close: []graph.StatementID{aaa.StatementID}, Add: []graph.Statement{actorStatement(t, "AAA", "changed")},
		Quarantine: []graph.Quarantined{{N: 1, Mistakes: []graph.Mistake{{File: "f", Rule: "wrong"}}}},
	}
	must(t, s.Write(ctx, lease, written))
	other := func(change func(*graph.Batch)) graph.Batch {
		b := written
		change(&b)
		return b
	}
	for what, b := range map[string]graph.Batch{
		"nothing":            {Number: 4},
		"more to add":        other(func(b *graph.Batch) { b.Add = append(b.Add[:1:1], actorStatement(t, "CCC", "")) }),
		"more to close":      other(func(b *graph.Batch) { b.Close = append(b.Close[:1:1], actorStatement(t, "BBB", "").StatementID) }),
		"less to close":      other(func(b *graph.Batch) { b.Close = nil }),
		"another body":       other(func(b *graph.Batch) { b.Add = []graph.Statement{actorStatement(t, "AAA", "otherwise")} }),
		"another quarantine": other(func(b *graph.Batch) { b.Quarantine = nil }),
	} {
		t.Run(what, func(t *testing.T) { want(t, s.Write(ctx, lease, b), graph.ErrConflict) })
	}
	must(t, s.Write(ctx, lease, written))
	l, err := s.Commit(ctx, lease, graph.Counts{})
	must(t, err)
	wantActors(t, s, l.Number, "AAA", "BBB")
}

func onlyDiscarded(t *testing.T, s graph.Store) {
	ctx := context.Background()
	lease, before := superseding(t, s, 20)
	for k := 1; ; k++ {
		if s.Discard(&countdown{Context: ctx, left: k}, lease, nil) == nil {
			t.Skip("the store discards in one step")
		}
		u := unfinished(t, s)
		if u != nil && u.Discarding {
			break
		}
	}
	want(t, s.Write(ctx, lease, graph.Batch{Number: 99}), graph.ErrConflict)
	want(t, s.Renew(ctx, lease), graph.ErrConflict)
	_, err := s.Commit(ctx, lease, graph.Counts{})
	want(t, err, graph.ErrConflict)
	_, err = s.Open(ctx, graph.LoadInfo{Source: "other"})
	want(t, err, graph.ErrConflict)
	want(t, s.RebuildIndex(ctx, nil), graph.ErrConflict)
	// Whoever breaks off a discard gives the lease back, so that the next need not wait.
	must(t, s.Release(ctx, lease))
	if u := unfinished(t, s); u == nil || !u.Discarding || !u.Expired {
		t.Errorf("a discard broken off and released is %+v", u)
	}
	taken, err := s.TakeOver(ctx, lease.Load, false)
	must(t, err)
	want(t, s.Write(ctx, taken, graph.Batch{Number: 99}), graph.ErrConflict)
	_, err = s.Commit(ctx, taken, graph.Counts{})
	want(t, err, graph.ErrConflict)
	want(t, s.Discard(ctx, lease, nil), graph.ErrConflict)
	must(t, s.Discard(ctx, taken, nil))
	wantNoneOpen(t, s)
	if now := everything(t, s, 1); now != before {
		t.Error("after the discard load 1 answers otherwise")
	}
}
