package difftest

import (
	"testing"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/neo4jstore"
	"github.com/entente-graph/entente/internal/neo4jtest"
)

// TestNeo4j compares the embedded store with one in Neo4j: byte for byte the same answers.
func TestNeo4j(t *testing.T) {
	servers := []func(testing.TB) *neo4jtest.Server{neo4jtest.Start, neo4jtest.Second}
	Run(t, "neo4j", openSQLite, func(t testing.TB) graph.Store {
		if len(servers) == 0 {
			t.Fatal("a third store in Neo4j is asked for")
		}
		server := servers[0](t)
		servers = servers[1:]
		if err := server.Clear(t.Context()); err != nil {
			t.Fatal(err)
		}
		s, err := neo4jstore.Open(t.Context(), neo4jstore.Options{URI: server.URI, User: server.User, Password: server.Password})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
		return s
	})
}
