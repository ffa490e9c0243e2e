package sqlitestore

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/entente-graph/entente/graph"
)

// TestWhatALoadLeavesAtItsEnd: of one that was discarded a number, of one that was committed all but where its files were.
func TestWhatALoadLeavesAtItsEnd(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s := newStore(t)
	for _, c := range []struct {
		end  func(lease graph.Lease) error
		want string
	}{
		{func(lease graph.Lease) error { return s.Discard(ctx, lease, nil) }, "discarded|||null|null|0|0|0"},
		{func(lease graph.Lease) error { _, err := s.Commit(ctx, lease, graph.Counts{}); return err }, `committed|||null|[{"file":"f","sha256":"00","line":1,"from":0,"to":3,"text":"secret"}]|1|1|1`},
	} {
		lease, err := s.Open(ctx, graph.LoadInfo{Source: "a", Paths: []string{"/home/me/f"}, Edits: []graph.Edit{{File: "f", SHA256: "00", Line: 1, To: 3, Text: "secret"}}})
		if err != nil {
			t.Fatal(err)
		}
		st := meeting(t, "a:1", "2020", "iso3:JPN", "iso3:KOR")
		err = s.Write(ctx, lease, graph.Batch{Add: []graph.Statement{st}, Quarantine: []graph.Quarantined{{N: 1, Mistakes: []graph.Mistake{{File: "f", Value: "secret"}}}}})
		if err == nil {
			err = c.end(lease)
		}
		if err != nil {
			t.Fatal(err)
		}
		var got string
		err = s.reads.db.QueryRow(`SELECT concat_ws('|', state, token, '', paths, edits, (SELECT count(*) FROM quarantine WHERE load = number),
			(SELECT count(*) FROM batch WHERE load = load.number), (SELECT count(*) FROM statement WHERE recordedFrom = number)) FROM load WHERE number = ?`, lease.Load).Scan(&got)
		if err != nil || got != c.want {
			t.Errorf("of load %d is left %s (%v), not %s", lease.Load, got, err, c.want)
		}
	}
}

// TestTheTimeOfALoadNeverGoesBack even where the clock does.
func TestTheTimeOfALoadNeverGoesBack(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	st := meeting(t, "a:1", "2020", "iso3:JPN", "iso3:KOR")
	load(t, s, st)
	later := time.Now().Add(time.Hour).UTC().Truncate(time.Millisecond)
	if _, err := s.writes.db.Exec("UPDATE load SET recorded = ?", later.UnixMilli()); err != nil {
		t.Fatal(err)
	}
	if l := load(t, s, meeting(t, "a:2", "2020")); !l.Recorded.Equal(later) {
		t.Errorf("the load after one of %s is of %s", later, l.Recorded)
	}
	l, err := s.Erase(context.Background(), graph.EraseOrder{IDs: []graph.StatementID{st.StatementID}, Reason: "a test"})
	if err != nil || !l.Recorded.Equal(later) {
		t.Errorf("the erasure after one of %s is of %s (%v)", later, l.Recorded, err)
	}
}

// TestALeaseIsLengthened by each of its orders.
func TestALeaseIsLengthened(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s := newStore(t)
	lease, err := s.Open(ctx, graph.LoadInfo{Source: "a"})
	if err != nil {
		t.Fatal(err)
	}
	for what, order := range map[string]func() error{
		"renew": func() error { return s.Renew(ctx, lease) },
		"write": func() error { return s.Write(ctx, lease, graph.Batch{}) },
	} {
		if _, err := s.writes.db.Exec(fmt.Sprintf("UPDATE load SET expires = %s - 5", now)); err != nil {
			t.Fatal(err)
		}
		if u, err := s.Unfinished(ctx); err != nil || !u.Expired {
			t.Fatalf("the lease has not run out: %+v, %v", u, err)
		}
		if err := order(); err != nil {
			t.Errorf("%s: %v", what, err)
		}
		if u, err := s.Unfinished(ctx); err != nil || u.Expired || time.Until(u.Until) < s.lease/2 {
			t.Errorf("%s: the lease is %+v, %v", what, u, err)
		}
	}
}

// TestMoreThanOnePage: a discard and a rebuilding of the index rows go on behind the first statements.
func TestMoreThanOnePage(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s := newStore(t)
	var all []graph.Statement
	var ids []graph.StatementID
	for i := range max(discardBatch, rebuildPage) + 50 {
		all = append(all, actor(t, graph.ActorKey(fmt.Sprintf("x:%05d", i)), "Somebody"))
		ids = append(ids, all[i].StatementID)
	}
	load(t, s, all...)
	rows := indexRows(t, s)
	lease, err := s.Open(ctx, graph.LoadInfo{Source: "a"})
	if err == nil {
		err = s.Write(ctx, lease, graph.Batch{Close: ids})
	}
	if err == nil {
		err = s.Discard(ctx, lease, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(rows, indexRows(t, s)); diff != "" {
		t.Errorf("after a discard (-before +after):\n%s", diff)
	}
	deleteIndexRows(t, s)
	if err := s.RebuildIndex(ctx, nil); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(rows, indexRows(t, s)); diff != "" {
		t.Errorf("rebuilt (-before +after):\n%s", diff)
	}
}
