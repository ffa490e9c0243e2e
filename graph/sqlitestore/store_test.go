package sqlitestore

import (
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/storetest"
)

// TestStore holds the store to the law that all stores obey.
func TestStore(t *testing.T) {
	storetest.Run(t, func(t testing.TB) graph.Store { return newStore(t) })
}
