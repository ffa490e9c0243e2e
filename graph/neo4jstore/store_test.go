package neo4jstore

import (
	"context"
	"testing"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/storetest"
	"github.com/entente-graph/entente/internal/neo4jtest"
)

// opened counts the stores that a test has opened: they are on one server and on another in turn, for a test may have two.
var opened = map[string]int{}

// newStore gives an empty store. Tests that open stores do not run in parallel.
func newStore(t testing.TB) *Store {
	t.Helper()
	server := neo4jtest.Start
	if opened[t.Name()]++; opened[t.Name()]%2 == 0 {
		server = neo4jtest.Second
	}
	return openOn(t, server(t))
}

// openOn gives the store on a server, emptied.
func openOn(t testing.TB, server *neo4jtest.Server) *Store {
	t.Helper()
	ctx := context.Background()
	s, err := Open(ctx, optionsOf(server))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	empty(ctx, t, s)
	return s
}

func optionsOf(server *neo4jtest.Server) Options {
	return Options{URI: server.URI, User: server.User, Password: server.Password}
}

// empty deletes all but the schema.
func empty(ctx context.Context, t testing.TB, s *Store) {
	t.Helper()
	send(ctx, t, s, "MATCH ()-[r]->() CALL (r) { DELETE r } IN TRANSACTIONS OF 10000 ROWS") // a hub at once is more than memory holds
	send(ctx, t, s, "MATCH (n) WHERE NOT n:Head AND NOT n:Migration CALL (n) { DELETE n } IN TRANSACTIONS OF 10000 ROWS")
	send(ctx, t, s, "MATCH (h:Head) SET h.load = 0, h.burned = 0, h.open = 0")
}

// send runs a text that is no question of the store.
func send(ctx context.Context, t testing.TB, s *Store, text string) []*neo4j.Record {
	t.Helper()
	session := s.driver.NewSession(ctx, neo4j.SessionConfig{DatabaseName: s.o.Database})
	defer func() { _ = session.Close(ctx) }()
	result, err := session.Run(ctx, text, nil)
	if err != nil {
		t.Fatal(err)
	}
	records, err := result.Collect(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return records
}

// TestStore holds the store to the law that all stores obey.
func TestStore(t *testing.T) {
	storetest.Run(t, func(t testing.TB) graph.Store { return newStore(t) })
}
