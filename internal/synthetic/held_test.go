package synthetic_test

import (
	"context"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/entente-graph/entente/graph/sqlitestore"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/internal/synthetic"
	"github.com/entente-graph/entente/internal/testneeds"
)

// TestALoadHoldsTheSameHoweverLargeItIs counts what is reachable at many moments of reading and comparing, once with
// enough statements for what is held to reach its bounds, once with twice as many. It is not parallel: what other tests
// hold would count.
func TestALoadHoldsTheSameHoweverLargeItIs(t *testing.T) {
	testneeds.NotEveryday(t) // TestASpoolHasFlatMemory of ingest runs every day
	const n = 45_000
	once, twice := held(t, n), held(t, 2*n)
	t.Logf("%d statements: %d MB at most; %d: %d MB", n, once>>20, 2*n, twice>>20)
	if twice > once+once/10+4<<20 {
		t.Errorf("of %d statements %d MB are held at once, of %d it is %d MB", n, once>>20, 2*n, twice>>20)
	}
}

// held gives the most memory that was reachable while so many statements were compared with an empty store.
func held(t *testing.T, n int) (most uint64) {
	t.Helper()
	store, err := sqlitestore.Open(filepath.Join(t.TempDir(), "entente.db"), sqlitestore.Create())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	}()
	from, before := files(t, n), reachable()
	steps := 0
	report, err := ingest.Load(context.Background(), ingest.Options{
		Source: synthetic.Source{}, Files: from, Reader: store, DryRun: true,
		Each: func(ingest.Change) error { return nil },
		Progress: func(p ingest.Progress) {
			if steps++; p.Stage == ingest.StageReading && steps%32 == 0 || p.Stage == ingest.StageComparing && p.Done%15_000 == 1 {
				most = max(most, reachable())
			}
		},
	})
	if err != nil || report.Counts.Added != n+1 {
		t.Fatalf("%+v (%v)", report.Counts, err)
	}
	if most < before {
		t.Fatalf("%d bytes are reachable at most, and %d were before: nothing was counted", most, before)
	}
	return most - before
}

func reachable() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
