package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/neo4jstore"
	"github.com/entente-graph/entente/graph/sqlitestore"
	"github.com/entente-graph/entente/internal/config"
)

// howToBegin is what a person does who has no store yet.
const howToBegin = "begin with: entente serve --sample, or: entente ingest states, then: entente ingest dossier FILE"

// openMode is what a store is opened for.
type openMode int

const (
	toRead   openMode = iota // questions
	toChange                 // orders about what is in it: it must be there
	toWrite                  // loads: it is made where there is none
)

// openStore opens a store: at the address of a Neo4j server, or else in a file. A file that is not there is an error that
// says how to begin, unless it is opened to write.
func (a *app) openStore(ctx context.Context, store string, mode openMode) (graph.Store, error) {
	if config.IsNeo4j(store) {
		return a.openNeo4j(ctx, store, mode)
	}
	var opts []sqlitestore.Option
	switch mode {
	case toRead:
		opts = append(opts, sqlitestore.ReadOnly())
	case toWrite:
		opts = append(opts, sqlitestore.Create())
	case toChange:
	}
	opened, err := sqlitestore.Open(store, opts...)
	if errors.Is(err, graph.ErrNotFound) {
		return nil, &noStoreError{store}
	}
	if err != nil {
		return nil, err
	}
	return opened, nil
}

// openNeo4jStore opens a Neo4j store. A server that does not answer is graph.ErrUnavailable, and asked again by serve; a
// wrong password, a database that is not there or anything else that waiting does not mend is another kind.
var openNeo4jStore = func(ctx context.Context, o neo4jstore.Options) (graph.Store, error) {
	s, err := neo4jstore.Open(ctx, o)
	if err != nil {
		return nil, err
	}
	return s, nil
}

func (a *app) openNeo4j(ctx context.Context, address string, mode openMode) (graph.Store, error) {
	c := a.config.Neo4j
	password, err := c.Password()
	if err != nil {
		return nil, err
	}
	return openNeo4jStore(ctx, neo4jstore.Options{
		URI: address, User: c.User, Password: password, Database: c.Database, CAFile: c.CAFile,
		Pool: c.Pool, ConnectTimeout: c.ConnectTimeout, ReadOnly: mode == toRead,
	})
}

// noStoreError says that there is no store, and how to begin.
type noStoreError struct{ path string }

func (e *noStoreError) Error() string { return "there is no store " + e.path + "; " + howToBegin }
func (e *noStoreError) Unwrap() error { return graph.ErrNotFound }

// reading runs a command's question on the store and closes it.
func (a *app) reading(ctx context.Context, ask func(store graph.Store) error) error {
	return a.with(ctx, toRead, ask)
}

// changing runs a command's order on the store and closes it.
func (a *app) changing(ctx context.Context, order func(store graph.Store) error) error {
	return a.with(ctx, toChange, order)
}

func (a *app) with(ctx context.Context, mode openMode, do func(store graph.Store) error) error {
	store, err := a.openStore(ctx, a.config.Store, mode)
	if err != nil {
		return err
	}
	return errors.Join(do(store), store.Close())
}

// emptyStore makes a store that holds nothing, for a dry run where there is none; done removes it.
func emptyStore() (store graph.Store, done func() error, err error) {
	dir, err := os.MkdirTemp("", "entente-")
	if err != nil {
		return nil, nil, fmt.Errorf("a place for an empty store: %w", err)
	}
	made, err := sqlitestore.Open(filepath.Join(dir, "empty.db"), sqlitestore.Create())
	if err != nil {
		return nil, nil, errors.Join(err, os.RemoveAll(dir))
	}
	return made, func() error { return errors.Join(made.Close(), os.RemoveAll(dir)) }, nil
}

// view opens the state of the graph that --as-of, --known-at and --load ask for. An empty store is an error.
func (a *app) view(ctx context.Context, r graph.Reader, q graph.SnapshotQuery) (*graph.View, error) {
	v, err := graph.At(ctx, r, q)
	if err != nil {
		return nil, err
	}
	if v.Head().Load.Number == 0 {
		return nil, fmt.Errorf("the store %s is empty; %s", a.config.Store, howToBegin)
	}
	v.Renamed = func(asked, lead graph.ActorKey) { a.say("%s is %s; entente ask actor says why.", asked, lead) }
	return v, nil
}
