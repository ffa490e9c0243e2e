package faults

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/neo4jstore"
	"github.com/entente-graph/entente/graph/sqlitestore"
)

// The account on a server, told to loaders too.
const (
	userVariable     = "ENTENTE_FAULTS_USER"
	passwordVariable = "ENTENTE_FAULTS_PASSWORD"
)

// isServer tells whether a store is on a server, and not in a file.
func isServer(store string) bool { return strings.Contains(store, "://") }

func onServer(address string) neo4jstore.Options {
	return neo4jstore.Options{URI: address, User: os.Getenv(userVariable), Password: os.Getenv(passwordVariable)}
}

// openToWrite opens a store as a loader does.
func openToWrite(ctx context.Context, store string, lease time.Duration, pages int64, together int) (graph.Store, error) {
	if isServer(store) {
		o := onServer(store)
		o.Lease = lease
		return neo4jstore.Open(ctx, o)
	}
	options := []sqlitestore.Option{sqlitestore.Create(), sqlitestore.Lease(lease)}
	if pages > 0 {
		options = append(options, sqlitestore.MaxPages(pages))
	}
	if together > 0 {
		options = append(options, sqlitestore.PutOff(0, together))
	}
	return sqlitestore.Open(store, options...)
}

// openToRead opens a store beside a loader.
func openToRead(t testing.TB, store string) (opened graph.Store) {
	t.Helper()
	var err error
	if isServer(store) {
		o := onServer(store)
		o.ReadOnly = true
		opened, err = neo4jstore.Open(context.Background(), o)
	} else {
		opened, err = sqlitestore.Open(store, sqlitestore.ReadOnly())
	}
	if err != nil {
		t.Fatalf("the store does not open: %v", err)
	}
	return opened
}
