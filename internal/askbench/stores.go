//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/neo4jstore"
	"github.com/entente-graph/entente/graph/sqlitestore"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/internal/neo4jtest"
	"github.com/entente-graph/entente/internal/synthetic"
)

// A stored graph can be asked as a store, and by hand.
type stored struct {
	name    string
	store   graph.Store
	hand    hand
	loading time.Duration
	bytes   int64 // of the file; 0: the system of the server knows
}

func (s *stored) close() error {
	var errs []error
	if s.hand != nil {
		errs = append(errs, s.hand.close())
	}
	return errors.Join(append(errs, s.store.Close())...)
}

// fill loads the world, as a person's files are.
func (s *stored) fill(ctx context.Context, w *world) error {
	var text bytes.Buffer
	if err := synthetic.WriteFile(&text, w.numbers); err != nil {
		return err
	}
	begun := time.Now()
	report, err := ingest.Load(ctx, ingest.Options{
		Source: synthetic.Source{}, Files: ingest.OneFile(synthetic.FileName, text.Bytes()), Reader: s.store, Writer: s.store, Program: "askbench",
	})
	s.loading = time.Since(begun)
	if err == nil && report.Counts.Added != w.numbers+1 {
		err = fmt.Errorf("loading added %d statements, not %d", report.Counts.Added, w.numbers+1)
	}
	return err
}

// inFile makes the graph in a SQLite file, or takes it from there where it was made before.
func inFile(ctx context.Context, w *world, path string) (_ *stored, err error) {
	s := &stored{name: "SQLite"}
	if _, err := os.Stat(path); err != nil {
		store, err := sqlitestore.Open(path, sqlitestore.Create())
		if err != nil {
			return nil, err
		}
		s.store = store
		// Closed and opened, it has no log beside it, as one that is only served.
		if err := errors.Join(s.fill(ctx, w), store.Close()); err != nil {
			return nil, err
		}
	}
	store, err := sqlitestore.Open(path, sqlitestore.ReadOnly())
	if err != nil {
		return nil, err
	}
	s.store = store
	defer func() {
		if err != nil {
			err = errors.Join(err, s.close())
		}
	}()
	head, err := store.Head(ctx)
	if err != nil {
		return nil, err
	}
	if there := head.Load.Counts.Added; head.Load.Source != synthetic.Key || there != w.numbers+1 {
		return nil, fmt.Errorf("%s has %d statements of %s, not %d of %s: name another file", path, there, head.Load.Source, w.numbers+1, synthetic.Key)
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	s.bytes = info.Size()
	s.hand, err = byFile(path)
	return s, err
}

// inServer makes the graph in a Neo4j server, which is emptied before.
func inServer(ctx context.Context, w *world, address string) (_ *stored, err error) {
	user, password := os.Getenv("ENTENTE_NEO4J_USER"), os.Getenv("ENTENTE_NEO4J_PASSWORD")
	auth := neo4j.NoAuth()
	if user != "" {
		auth = neo4j.BasicAuth(user, password, "")
	}
	driver, err := neo4j.NewDriverWithContext(address, auth)
	if err != nil {
		return nil, err
	}
	h := &byDriver{driver: driver}
	if err := h.alone(ctx, neo4jtest.ClearSession); err != nil {
		return nil, errors.Join(err, h.close())
	}
	store, err := neo4jstore.Open(ctx, neo4jstore.Options{URI: address, User: user, Password: password})
	if err != nil {
		return nil, errors.Join(err, h.close())
	}
	s := &stored{name: "Neo4j", store: store, hand: h}
	err = s.fill(ctx, w)
	if err == nil { // what the planner knows is brought up to date, so that a world has the same plans each time
		err = h.alone(ctx, func(ctx context.Context, session neo4j.SessionWithContext) error {
			for _, text := range []string{"CALL db.resampleOutdatedIndexes()", "CALL db.prepareForReplanning(600)", "CALL db.clearQueryCaches()"} {
				result, err := session.Run(ctx, text, nil)
				if err != nil {
					return err
				}
				if _, err := result.Consume(ctx); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err != nil {
		return nil, errors.Join(err, s.close())
	}
	return s, nil
}
