package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/testrun"
)

func TestMain(m *testing.M) {
	end := testrun.Hurry()
	goleak.VerifyTestMain(m, goleak.Cleanup(func(code int) {
		end()
		os.Exit(code)
	}))
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	database := func(name string, orders ...string) string {
		path := filepath.Join(dir, name)
		db, err := sql.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range orders {
			if _, err := db.Exec(o); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for _, c := range []struct {
		name, path string
		opts       []Option
		kind       error
		says       string
	}{
		{"missing", filepath.Join(dir, "none.db"), nil, graph.ErrNotFound, "no such file"},
		{"missing, to read", filepath.Join(dir, "none.db"), []Option{Create(), ReadOnly()}, graph.ErrNotFound, "no such file"},
		{"folder", dir, []Option{Create()}, graph.ErrInvalid, "folder"},
		{"no path", "", []Option{Create()}, graph.ErrInvalid, "path"},
		{"text", write("text.db", strings.Repeat("not a database\n", 100)), []Option{Create()}, graph.ErrInvalid, "not an Entente store"},
		{"another's", database("other.db", "CREATE TABLE t (a)"), []Option{Create()}, graph.ErrInvalid, "not an Entente store"},
		{"another's, to read", database("other.db"), []Option{ReadOnly()}, graph.ErrInvalid, "not an Entente store"},
		{"empty", write("empty.db", ""), nil, graph.ErrInvalid, "empty"},
		{"a little newer", database("next.db", fmt.Sprintf("PRAGMA application_id = %d", applicationID), fmt.Sprintf("PRAGMA user_version = %d", schemaVersion+1)), nil, graph.ErrInvalid, "newer program"},
		{"newer", database("newer.db", fmt.Sprintf("PRAGMA application_id = %d", applicationID), "PRAGMA user_version = 99"), nil, graph.ErrInvalid, "newer program"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := Open(c.path, c.opts...)
			if err == nil {
				t.Fatal("it opened", s.Close())
			}
			if !errors.Is(err, c.kind) || !strings.Contains(err.Error(), c.says) || !strings.HasPrefix(err.Error(), "open store "+c.path) {
				t.Errorf("the error is %q; it should be %q and say %q", err, c.kind, c.says)
			}
		})
	}
	if _, err := os.Stat(filepath.Join(dir, "none.db")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("opening what is not there has made it: %v", err)
	}
}

// TestOpenAgain opens one file several times, also for reading only, under a name that an address would misread.
func TestOpenAgain(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "a graph? 100%25 #1.db")
	open := func(opts ...Option) *Store {
		s, err := Open(path, opts...)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	first := open(Create())
	load(t, first, meeting(t, "a:1", "2020", "iso3:JPN", "iso3:KOR"))
	head, err := first.Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	second, reader := open(Create()), open(ReadOnly())
	lease, err := second.Open(ctx, graph.LoadInfo{Source: "a"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := first.Open(ctx, graph.LoadInfo{Source: "a"}); !errors.Is(err, graph.ErrConflict) || !strings.Contains(err.Error(), "load 2") {
		t.Errorf("a second load beside an open one: %v", err)
	}
	if err := second.Write(ctx, lease, graph.Batch{Add: []graph.Statement{meeting(t, "a:2", "2021", "iso3:JPN", "iso3:KOR")}}); err != nil {
		t.Fatal(err)
	}
	if _, err := second.Commit(ctx, lease, graph.Counts{}); err != nil {
		t.Fatal(err)
	}
	for _, s := range []*Store{first, second, reader} {
		h, err := s.Head(ctx)
		if err != nil || h.StoreID != head.StoreID || h.Load.Number != 2 {
			t.Errorf("the head is %+v (%v)", h, err)
		}
		page, err := s.Engagements(ctx, graph.EngagementQuery{Load: 2})
		if err != nil || len(page.Items) != 2 {
			t.Errorf("%d engagements (%v)", len(page.Items), err)
		}
	}
	if _, err := reader.Open(ctx, graph.LoadInfo{}); !errors.Is(err, graph.ErrUnavailable) {
		t.Errorf("an order to a store opened for reading: %v", err)
	}
	for _, s := range []*Store{first, second, reader} {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, err := os.Stat(path); err != nil {
		t.Errorf("the store is not in the file of that name: %v", err)
	}
	again := open()
	if _, err := again.Statements(ctx, graph.StatementQuery{Load: 2, Kind: graph.StatementEngagement}); err != nil {
		t.Error(err)
	}
	if err := again.Close(); err != nil {
		t.Error(err)
	}
}

// TestAbandonedLoad: what a loader that died has written can be taken over and discarded once its lease has run out.
func TestAbandonedLoad(t *testing.T) {
	ctx := context.Background()
	s := newStore(t, Lease(300*time.Millisecond))
	load(t, s, meeting(t, "a:1", "2020", "iso3:JPN", "iso3:KOR"))
	dead, err := s.Open(ctx, graph.LoadInfo{Source: "a"})
	if err != nil {
		t.Fatal(err)
	}
	st := meeting(t, "a:1", "2021", "iso3:JPN", "iso3:KOR")
	if err := s.Write(ctx, dead, graph.Batch{Close: []graph.StatementID{st.StatementID}, Add: []graph.Statement{st}}); err != nil {
		t.Fatal(err)
	}
	var taken graph.Lease
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if taken, err = s.TakeOver(ctx, dead.Load, false); err == nil {
			break
		}
		if !errors.Is(err, graph.ErrConflict) || time.Now().After(end) {
			t.Fatal(err)
		}
	}
	if err := s.Discard(ctx, taken, nil); err != nil {
		t.Fatal(err)
	}
	lease, err := s.Open(ctx, graph.LoadInfo{Source: "b"})
	if err != nil {
		t.Fatal(err)
	}
	if lease.Load != dead.Load+1 {
		t.Errorf("the load after the abandoned %d is %d", dead.Load, lease.Load)
	}
	if err := s.Write(ctx, dead, graph.Batch{Number: 1}); !errors.Is(err, graph.ErrConflict) {
		t.Errorf("a loader that woke after it was taken over: %v", err)
	}
	if _, err := s.Commit(ctx, lease, graph.Counts{}); err != nil {
		t.Fatal(err)
	}
	page, err := s.Engagements(ctx, graph.EngagementQuery{Load: lease.Load})
	if err != nil || len(page.Items) != 1 || page.Items[0].Load != 1 {
		t.Errorf("after the takeover there are %v (%v)", page.Items, err)
	}
	var left int
	if err := s.reads.db.QueryRow("SELECT (SELECT count(*) FROM statement WHERE recordedFrom = ?) + (SELECT count(*) FROM dyad WHERE recordedFrom = ?) + (SELECT count(*) FROM batch WHERE load = ?)",
		dead.Load, dead.Load, dead.Load).Scan(&left); err != nil || left != 0 {
		t.Errorf("%d rows of the abandoned load are left (%v)", left, err)
	}
}

// TestViews: what people read with a SQL tool is the head.
func TestViews(t *testing.T) {
	s := newStore(t)
	load(t, s, meeting(t, "a:1", "2020-01-01", "iso3:JPN", "iso3:KOR"))
	for _, view := range []string{"statements", "sources", "actors", "engagements", "participations", "effects", "tenures", "memberships", "representations", "assertions", "loads"} {
		rows, err := s.reads.db.Query("SELECT * FROM " + view)
		if err != nil {
			t.Errorf("%s: %v", view, err)
			continue
		}
		if err := errors.Join(rows.Close(), rows.Err()); err != nil {
			t.Errorf("%s: %v", view, err)
		}
	}
	var title, start, actors string
	err := s.reads.db.QueryRow("SELECT e.title, e.start, group_concat(p.actor) FROM engagements e JOIN participations p ON p.engagement = e.key").Scan(&title, &start, &actors)
	if err != nil || title != "Meeting a:1" || start != "2020-01-01" || actors != "iso3:JPN,iso3:KOR" {
		t.Errorf("the view gives %q %q %q (%v)", title, start, actors, err)
	}
}

// TestBits: every value of a closed list has its bit.
func TestBits(t *testing.T) {
	if _, err := bits(topicBits, graph.Topics); err != nil {
		t.Error(err)
	}
	if len(topicBits) > 62 {
		t.Error("there are more topics than bits")
	}
}
