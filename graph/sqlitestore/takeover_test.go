package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/entente-graph/entente/graph"
)

// TestALoaderStoppedInTheMiddleOfABatch has the right to write for ever. Who may not take its load over is told so at
// once, and who may is told what is in the way.
func TestALoaderStoppedInTheMiddleOfABatch(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s := newStore(t)
	lease, err := s.Open(ctx, graph.LoadInfo{Source: "a"})
	if err != nil {
		t.Fatal(err)
	}
	stopped, err := sql.Open("sqlite", "file:"+escape(s.path)+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	batch, err := stopped.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	u, err := s.Unfinished(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for what, order := range map[string]func() error{
		"take over": func() error { _, err := s.TakeOver(ctx, lease.Load, false); return err },
		"erase": func() error {
			_, err := s.Erase(ctx, graph.EraseOrder{IDs: []graph.StatementID{meeting(t, "a:1", "2020").StatementID}, Reason: "a test"})
			return err
		},
		"rebuild the index": func() error { return s.RebuildIndex(ctx, nil) },
	} {
		begun := time.Now()
		err := order()
		if took := time.Since(begun); took > busyWait/2 {
			t.Errorf("%s: it waited %s to be refused", what, took)
		}
		if !errors.Is(err, graph.ErrConflict) || !strings.Contains(err.Error(), u.Holder) || !strings.Contains(err.Error(), u.Until.Format("15:04:05")) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := s.writes.db.Exec("PRAGMA busy_timeout = 20"); err != nil {
		t.Fatal(err)
	}
	_, err = s.TakeOver(ctx, lease.Load, true)
	if !errors.Is(err, graph.ErrUnavailable) || !strings.Contains(err.Error(), "most likely "+u.Holder+", which has this load: it was stopped, or is very slow; let it go on, or end it") {
		t.Errorf("taking over by force: %v", err)
	}
	if err := errors.Join(batch.Rollback(), stopped.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := s.TakeOver(ctx, lease.Load, true); err != nil {
		t.Errorf("once it goes on: %v", err)
	}
}
