package neo4jstore

import (
	"context"
	"os"
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/storetest"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

func newStore(t testing.TB) *Store {
	t.Helper()
	uri := os.Getenv("ENTENTE_TEST_NEO4J_URI")
	if uri == "" {
		t.Skip("no server")
	}
	ctx := context.Background()
	s, err := Open(ctx, Options{URI: uri})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	session := s.driver.NewSession(ctx, neo4j.SessionConfig{})
	defer session.Close(ctx)
	for _, q := range []string{"MATCH (n) WHERE NOT n:Head AND NOT n:Migration CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS", "MATCH (h:Head) SET h.load = 0, h.burned = 0, h.open = 0"} {
		r, err := session.Run(ctx, q, nil)
		if err == nil {
			_, err = r.Consume(ctx)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func TestStore(t *testing.T) {
	storetest.Run(t, func(t testing.TB) graph.Store { return newStore(t) })
}
