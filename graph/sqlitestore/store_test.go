package sqlitestore

import (
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/storetest"
)

// TestStore holds the store to the law that all stores obey.
func TestStore(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t testing.TB) graph.Store { return newStore(t) })
}

// TestRebuiltFromNothing deletes every index row after each load, by SQL, and rebuilds: all answers are the same.
func TestRebuiltFromNothing(t *testing.T) {
	t.Parallel()
	storetest.Answers(t, storetest.Rebuilt(func(t testing.TB) graph.Store { return newStore(t) }, deleteIndexRows))
}

func deleteIndexRows(t testing.TB, store graph.Store) {
	t.Helper()
	s, ok := store.(*Store)
	if !ok {
		t.Fatalf("the store is a %T", store)
	}
	for _, table := range indexTables() {
		if _, err := s.writes.db.Exec("DELETE FROM " + table); err != nil {
			t.Fatal(err)
		}
	}
}
