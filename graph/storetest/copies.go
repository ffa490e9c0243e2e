package storetest

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/testneeds"
)

// copies checks what loads are told to have done, and copies of loads from one store to another.
func copies(t *testing.T, open func(t testing.TB) graph.Store) {
	for name, check := range map[string]func(*testing.T, func(t testing.TB) graph.Store){
		"a history is copied":                    copiedHistory,
		"a copy has the number it is given":      copiedNumber,
		"a copy is recorded when its original":   copiedTime,
		"wrong copies change nothing":            wrongCopies,
		"a copy that is discarded leaves a gap":  discardedCopy,
		"what was erased is copied once":         copiedErasures,
		"the newest number taken is told":        burnedTold,
		"changes of many statements":             manyChanges,
		"changes of large statements":            largeChanges,
		"changes asked wrongly":                  wrongChanges,
		"what no number shows is no change":      unseenChanges,
		"changes while others ask, and are read": changesBeside,
	} {
		t.Run(name, func(t *testing.T) { check(t, open) })
	}
}

// copiedHistory copies random histories load by load, some loads in two goes, and compares both stores.
func copiedHistory(t *testing.T, open func(t testing.TB) graph.Store) {
	histories := 2
	if testneeds.Long() {
		histories = 30
	}
	for seed := range uint64(histories) {
		t.Run(fmt.Sprint("history ", seed), func(t *testing.T) {
			from, to := open(t), open(t)
			makeHistory(t, from, seed)
			loads, err := from.Loads(context.Background(), graph.LoadQuery{})
			must(t, err)
			slices.Reverse(loads)
			for i, l := range loads {
				if i == len(loads)/2 {
					sameHistory(t, from, to, loads[:i])
				}
				copyLoad(t, from, to, l, 1+i%7, i%3 == int(seed%3))
			}
			sameHistory(t, from, to, loads)
			for n := graph.LoadNumber(1); n <= loads[len(loads)-1].Number; n++ {
				if got, want := changes(t, to, n-1, n), changesSeen(t, from, n); !slices.Equal(got, want) {
					t.Errorf("load %d is told to have done\n%v, not\n%v", n, got, want)
				}
			}
		})
	}
}

// original gives what a copy of a load says of itself.
func original(l graph.Load) graph.LoadInfo {
	return graph.LoadInfo{
		Source: l.Source, Importer: l.Importer, Slices: l.Slices, Files: l.Files, Program: l.Program, Note: l.Note,
		Undoes: l.Undoes, Amends: l.Amends, Edits: l.Edits, Copy: &graph.Original{Number: l.Number, Recorded: l.Recorded},
	}
}

// batchesOf gives a load's changes in batches of so many, then its quarantine and its erasures.
func batchesOf(t testing.TB, from graph.Reader, l graph.Load, size int) (all []graph.Batch) {
	t.Helper()
	ctx := context.Background()
	n := 0
	for c, err := range from.Changes(ctx, graph.ChangeQuery{After: l.Number - 1, Upto: l.Number}) {
		must(t, err)
		if n++; n%size == 1 || size == 1 {
			all = append(all, graph.Batch{Number: len(all)})
		}
		b := &all[len(all)-1]
		if c.Closed != nil {
			b.Close = append(b.Close, c.StatementID)
		}
		if c.Added != nil {
			b.Add = append(b.Add, c.Added.Statement)
		}
	}
	page, err := from.Quarantine(ctx, graph.QuarantineQuery{Load: l.Number})
	must(t, err)
	erasures, err := from.Erasures(ctx, graph.ErasureQuery{})
	must(t, err)
	return append(all, graph.Batch{
		Number: len(all), Quarantine: page.Items,
		Erased: slices.DeleteFunc(erasures, func(e graph.Erasure) bool { return e.Load != l.Number }),
	})
}

// copyLoad copies one load; in two goes it is broken off in the middle and begun again by another.
func copyLoad(t testing.TB, from graph.Reader, to graph.Store, l graph.Load, size int, inTwo bool) {
	t.Helper()
	ctx := context.Background()
	lease, err := to.Open(ctx, original(l))
	must(t, err)
	if lease.Load != l.Number {
		t.Fatalf("the copy of load %d has number %d", l.Number, lease.Load)
	}
	all := batchesOf(t, from, l, size)
	if inTwo {
		for _, b := range all[len(all)/2:] {
			must(t, to.Write(ctx, lease, b))
		}
		must(t, to.Release(ctx, lease))
		u := unfinished(t, to)
		if u == nil || u.Copy == nil || u.Copy.Number != l.Number || !u.Copy.Recorded.Equal(l.Recorded) {
			t.Fatalf("the copy that was broken off is %+v", u)
		}
		lease, err = to.TakeOver(ctx, l.Number, false)
		must(t, err)
	}
	for _, b := range all {
		must(t, to.Write(ctx, lease, b))
	}
	got, err := to.Commit(ctx, lease, l.Counts)
	must(t, err)
	if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", l) {
		t.Fatalf("the copy is\n%+v, not\n%+v", got, l)
	}
}

// sameHistory compares a copy of the first loads with its original, in everything that can be asked at their numbers.
func sameHistory(t testing.TB, from, to graph.Store, loads []graph.Load) {
	t.Helper()
	ctx := context.Background()
	copied, err := to.Loads(ctx, graph.LoadQuery{})
	must(t, err)
	slices.Reverse(copied)
	if got, want := fmt.Sprintf("%+v", copied), fmt.Sprintf("%+v", loads); len(loads) > 0 && got != want {
		t.Fatalf("the loads are\n%s, not\n%s", got, want)
	}
	last := graph.LoadNumber(0)
	for _, l := range loads {
		for n := last + 1; n <= l.Number; n++ {
			if got, want := everything(t, to, n), everything(t, from, n); got != want {
				t.Fatalf("the copy answers at load %d\n%s, not\n%s", n, got, want)
			}
		}
		last = l.Number
		got, err := to.Quarantine(ctx, graph.QuarantineQuery{Load: l.Number})
		must(t, err)
		want, err := from.Quarantine(ctx, graph.QuarantineQuery{Load: l.Number})
		must(t, err)
		if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
			t.Fatalf("the quarantine of load %d is\n%+v, not\n%+v", l.Number, got, want)
		}
	}
	want, err := from.Erasures(ctx, graph.ErasureQuery{})
	must(t, err)
	want = slices.DeleteFunc(want, func(e graph.Erasure) bool { return e.Load > last })
	got, err := to.Erasures(ctx, graph.ErasureQuery{})
	must(t, err)
	if !slices.Equal(got, want) {
		t.Fatalf("what was erased is\n%+v, not\n%+v", got, want)
	}
}

// changes prints what loads are told to have done.
func changes(t testing.TB, r graph.Reader, after, upto graph.LoadNumber) (all []string) {
	t.Helper()
	for c, err := range r.Changes(context.Background(), graph.ChangeQuery{After: after, Upto: upto}) {
		must(t, err)
		all = append(all, changed(c))
	}
	return all
}

func changed(c graph.Change) string {
	text := fmt.Sprintf("%d: %v", c.Load, c.StatementID)
	if c.Closed != nil {
		text += fmt.Sprintf(" closed: %+v", *c.Closed)
	}
	if c.Added != nil {
		text += fmt.Sprintf(" added: %+v", *c.Added)
	}
	return text
}

// changesSeen finds what a load did by comparing all there is before and after it.
func changesSeen(t testing.TB, r graph.Reader, n graph.LoadNumber) (all []string) {
	t.Helper()
	did := map[graph.StatementID]graph.Change{}
	for _, kind := range graph.StatementKinds {
		now, err := r.Statements(context.Background(), graph.StatementQuery{Load: n, Kind: kind})
		must(t, err)
		for _, s := range now {
			if s.Load == n {
				did[s.StatementID] = graph.Change{StatementID: s.StatementID, Load: n, Added: &s}
			}
		}
		before, err := r.Statements(context.Background(), graph.StatementQuery{Load: n - 1, Kind: kind})
		must(t, err)
		for _, s := range before {
			c, again := did[s.StatementID]
			if !again && slices.ContainsFunc(now, func(o graph.Recorded) bool { return o.StatementID == s.StatementID }) {
				continue
			}
			c.StatementID, c.Load, c.Closed = s.StatementID, n, &graph.Version{Slice: s.Slice, Hash: s.Hash, Load: s.Load}
			did[s.StatementID] = c
		}
	}
	var found []graph.Change
	for _, c := range did {
		found = append(found, c)
	}
	slices.SortFunc(found, func(a, b graph.Change) int { return a.Compare(b.StatementID) })
	for _, c := range found {
		all = append(all, changed(c))
	}
	return all
}

func copiedNumber(t *testing.T, open func(t testing.TB) graph.Store) {
	s := open(t)
	ctx := context.Background()
	at := time.Date(2001, 2, 3, 4, 5, 6, int(7*time.Millisecond), time.UTC)
	for _, n := range []graph.LoadNumber{3, 4, 900} {
		lease, err := s.Open(ctx, graph.LoadInfo{Source: "test", Copy: &graph.Original{Number: n, Recorded: at}})
		must(t, err)
		must(t, s.Write(ctx, lease, graph.Batch{Add: []graph.Statement{actorStatement(t, fmt.Sprint("A", n), "")}}))
		l, err := s.Commit(ctx, lease, graph.Counts{Added: 1, Unchanged: 5})
		must(t, err)
		if l.Number != n || !l.Recorded.Equal(at) || l.Recorded.Location() != time.UTC || l.Counts != (graph.Counts{Added: 1, Unchanged: 5}) {
			t.Errorf("the copy of load %d is %+v", n, l)
		}
	}
	wantActors(t, s, 2)
	wantActors(t, s, 3, "A3")
	wantActors(t, s, 899, "A3", "A4")
	if l := loadAll(t, s, graph.Batch{}); l.Number != 901 {
		t.Errorf("the load after a copy of load 900 has number %d", l.Number)
	}
}

// copiedTime: a copy may be of a load from another clock's future, and what comes after it is never recorded before it.
func copiedTime(t *testing.T, open func(t testing.TB) graph.Store) {
	s := open(t)
	ctx := context.Background()
	ahead := time.Now().UTC().Add(48 * time.Hour).Truncate(time.Millisecond)
	lease, err := s.Open(ctx, graph.LoadInfo{Source: "test", Copy: &graph.Original{Number: 1, Recorded: ahead}})
	must(t, err)
	_, err = s.Commit(ctx, lease, graph.Counts{})
	must(t, err)
	if l := loadAll(t, s, graph.Batch{Add: []graph.Statement{actorStatement(t, "AAA", "")}}); l.Recorded.Before(ahead) {
		t.Errorf("after a copy recorded at %s a load is recorded at %s", ahead, l.Recorded)
	}
	l, err := s.Erase(ctx, graph.EraseOrder{IDs: []graph.StatementID{actorStatement(t, "AAA", "").StatementID}, Reason: "a person asked"})
	must(t, err)
	if l.Recorded.Before(ahead) {
		t.Errorf("after a copy recorded at %s an erasure is recorded at %s", ahead, l.Recorded)
	}
	lease, err = s.Open(ctx, graph.LoadInfo{Source: "test", Copy: &graph.Original{Number: 9, Recorded: l.Recorded}}) // at the same time
	must(t, err)
	must(t, s.Discard(ctx, lease, nil))
}

func wrongCopies(t *testing.T, open func(t testing.TB) graph.Store) {
	s := open(t)
	ctx := context.Background()
	gap := openLoad(t, s)
	must(t, s.Discard(ctx, gap, nil))
	first := loadAll(t, s, graph.Batch{Add: []graph.Statement{actorStatement(t, "AAA", "")}})
	gap = openLoad(t, s)
	must(t, s.Discard(ctx, gap, nil))
	at := first.Recorded
	for what, c := range map[string]struct {
		of   graph.Original
		want error
	}{
		"number 0":               {graph.Original{Recorded: at}, graph.ErrInvalid},
		"a negative number":      {graph.Original{Number: -4, Recorded: at}, graph.ErrInvalid},
		"a number without end":   {graph.Original{Number: graph.OpenLoad, Recorded: at}, graph.ErrInvalid},
		"beyond every number":    {graph.Original{Number: math.MaxInt64, Recorded: at}, graph.ErrInvalid},
		"no time":                {graph.Original{Number: 9}, graph.ErrInvalid},
		"a part of a moment":     {graph.Original{Number: 9, Recorded: at.Add(time.Microsecond)}, graph.ErrInvalid},
		"the number of the head": {graph.Original{Number: 2, Recorded: at}, graph.ErrConflict},
		"a number burned below":  {graph.Original{Number: 1, Recorded: at}, graph.ErrConflict},
		"a number burned above":  {graph.Original{Number: 3, Recorded: at}, graph.ErrConflict},
		"before the newest load": {graph.Original{Number: 9, Recorded: at.Add(-time.Millisecond)}, graph.ErrConflict},
	} {
		t.Run(what, func(t *testing.T) {
			_, err := s.Open(ctx, graph.LoadInfo{Source: "test", Copy: &c.of})
			want(t, err, c.want)
			wantNoneOpen(t, s)
		})
	}
	lease := openLoad(t, s)
	if lease.Load != 4 {
		t.Errorf("copies that were refused have taken numbers: the next is %d", lease.Load)
	}
	gone := graph.Erasure{StatementID: actorStatement(t, "ZZZ", "").StatementID, Load: 4, Reason: "a person asked"}
	want(t, s.Write(ctx, lease, graph.Batch{Erased: []graph.Erasure{gone}}), graph.ErrInvalid)
	must(t, s.Discard(ctx, lease, nil))
	if erasures, err := s.Erasures(ctx, graph.ErasureQuery{}); err != nil || len(erasures) != 0 {
		t.Errorf("erased is %v (%v)", erasures, err)
	}
	wantActors(t, s, 2, "AAA")
}

func discardedCopy(t *testing.T, open func(t testing.TB) graph.Store) {
	s := open(t)
	ctx := context.Background()
	l := loadAll(t, s, graph.Batch{Add: []graph.Statement{actorStatement(t, "AAA", "")}})
	before := everything(t, s, 1)
	lease, err := s.Open(ctx, graph.LoadInfo{Source: "test", Copy: &graph.Original{Number: 5, Recorded: l.Recorded.Add(time.Hour)}})
	must(t, err)
	gone := graph.Erasure{StatementID: actorStatement(t, "ZZZ", "").StatementID, Reason: "a person asked"}
	must(t, s.Write(ctx, lease, graph.Batch{
		Close: []graph.StatementID{actorStatement(t, "AAA", "").StatementID}, Add: []graph.Statement{actorStatement(t, "AAA", "other")},
		Quarantine: entries(1, 2), Erased: []graph.Erasure{gone},
	}))
	none := func(when string) {
		t.Helper()
		if erasures, err := s.Erasures(ctx, graph.ErasureQuery{}); err != nil || len(erasures) != 0 {
			t.Errorf("%s, erased is %v (%v)", when, erasures, err)
		}
		if now := everything(t, s, 1); now != before {
			t.Errorf("%s, load 1 answers\n%s, not\n%s", when, now, before)
		}
	}
	none("before the commit")
	must(t, s.Discard(ctx, lease, nil))
	none("discarded")
	_, err = s.Open(ctx, graph.LoadInfo{Source: "test", Copy: &graph.Original{Number: 5, Recorded: l.Recorded.Add(time.Hour)}})
	want(t, err, graph.ErrConflict)
	if next := loadAll(t, s, graph.Batch{}); next.Number != 6 || next.Recorded.After(l.Recorded.Add(30*time.Minute)) {
		t.Errorf("the load after a copy that was discarded is %+v", next)
	}
}

func copiedErasures(t *testing.T, open func(t testing.TB) graph.Store) {
	s := open(t)
	ctx := context.Background()
	loadAll(t, s, graph.Batch{Add: []graph.Statement{actorStatement(t, "AAA", ""), actorStatement(t, "BBB", "")}})
	loadAll(t, s, graph.Batch{Close: []graph.StatementID{actorStatement(t, "BBB", "").StatementID}})
	l, err := s.Erase(ctx, graph.EraseOrder{IDs: []graph.StatementID{actorStatement(t, "AAA", "").StatementID}, Reason: "a person asked"})
	must(t, err)
	lease, err := s.Open(ctx, graph.LoadInfo{Source: graph.OwnSource, Copy: &graph.Original{Number: 8, Recorded: l.Recorded}})
	must(t, err)
	erased := func(key string) graph.Erasure {
		return graph.Erasure{StatementID: actorStatement(t, key, "").StatementID, Load: 8, Reason: "another asked"}
	}
	for i, held := range []string{"AAA", "BBB"} { // erased before; held, if only at another number
		want(t, s.Write(ctx, lease, graph.Batch{Number: i, Erased: []graph.Erasure{erased("CCC"), erased(held)}}), graph.ErrConflict)
	}
	first := graph.Batch{Number: 2, Erased: []graph.Erasure{erased("CCC"), erased("DDD")}}
	must(t, s.Write(ctx, lease, first))
	must(t, s.Write(ctx, lease, first)) // a batch twice is a batch once
	want(t, s.Write(ctx, lease, graph.Batch{Number: 2, Erased: []graph.Erasure{erased("CCC")}}), graph.ErrConflict)
	_, err = s.Commit(ctx, lease, graph.Counts{Retracted: 2})
	must(t, err)
	found, err := s.Erasures(ctx, graph.ErasureQuery{})
	must(t, err)
	if len(found) != 3 || found[0].Key != "AAA" || found[0].Load != 3 || found[1] != erased("CCC") || found[2] != erased("DDD") {
		t.Errorf("what was erased is %+v", found)
	}
	v, err := graph.At(ctx, s, graph.SnapshotQuery{})
	must(t, err)
	want(t, v.Gone(ctx, graph.StatementActor, "CCC"), graph.ErrGone)
}

func burnedTold(t *testing.T, open func(t testing.TB) graph.Store) {
	s := open(t)
	ctx := context.Background()
	wantBurned := func(n graph.LoadNumber) {
		t.Helper()
		if h, err := s.Head(ctx); err != nil || h.Burned != n {
			t.Errorf("the newest number taken is %d (%v), not %d", h.Burned, err, n)
		}
	}
	wantBurned(0)
	lease := openLoad(t, s)
	wantBurned(1)
	must(t, s.Discard(ctx, lease, nil))
	wantBurned(1)
	l := loadAll(t, s, graph.Batch{})
	wantBurned(2)
	lease, err := s.Open(ctx, graph.LoadInfo{Source: "test", Copy: &graph.Original{Number: 7, Recorded: l.Recorded}})
	must(t, err)
	wantBurned(7)
	must(t, s.Discard(ctx, lease, nil))
	wantBurned(7)
	if l := loadAll(t, s, graph.Batch{Add: []graph.Statement{actorStatement(t, "AAA", "")}}); l.Number != 8 {
		t.Errorf("the next load is %d", l.Number)
	}
	_, err = s.Erase(ctx, graph.EraseOrder{IDs: []graph.StatementID{actorStatement(t, "AAA", "").StatementID}, Reason: "a person asked"})
	must(t, err)
	wantBurned(9)
}
