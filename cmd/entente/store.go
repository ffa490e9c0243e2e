package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/sqlitestore"
)

// howToBegin is what a person does who has no store yet.
const howToBegin = "begin with: entente serve --sample, or: entente ingest states, then: entente ingest dossier FILE"

// openToRead opens the store for questions. One that is not there is an error that says how to begin.
func (a *app) openToRead() (graph.Store, error) {
	store, err := sqlitestore.Open(a.config.Store, sqlitestore.ReadOnly())
	if errors.Is(err, graph.ErrNotFound) {
		return nil, &noStoreError{a.config.Store}
	}
	if err != nil {
		return nil, err
	}
	return store, nil
}

// noStoreError says that there is no store, and how to begin.
type noStoreError struct{ path string }

func (e *noStoreError) Error() string { return "there is no store " + e.path + "; " + howToBegin }
func (e *noStoreError) Unwrap() error { return graph.ErrNotFound }

// openToWrite opens the store for a load, and makes it where there is none.
func (a *app) openToWrite() (graph.Store, error) {
	return sqlitestore.Open(a.config.Store, sqlitestore.Create())
}

// openToChange opens a store that must be there, to change what is in it.
func (a *app) openToChange() (graph.Store, error) {
	store, err := sqlitestore.Open(a.config.Store)
	if errors.Is(err, graph.ErrNotFound) {
		return nil, &noStoreError{a.config.Store}
	}
	if err != nil {
		return nil, err
	}
	return store, nil
}

// changing runs a command's order on the store and closes it.
func (a *app) changing(order func(store graph.Store) error) error {
	store, err := a.openToChange()
	if err != nil {
		return err
	}
	return errors.Join(order(store), store.Close())
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

// reading runs a command's question on the store and closes it.
func (a *app) reading(ask func(store graph.Store) error) error {
	store, err := a.openToRead()
	if err != nil {
		return err
	}
	return errors.Join(ask(store), store.Close())
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
	return v, nil
}
