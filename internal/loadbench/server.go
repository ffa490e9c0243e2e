//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/neo4jstore"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/internal/neo4jtest"
	"github.com/entente-graph/entente/internal/ownfigures"
	"github.com/entente-graph/entente/internal/synthetic"
)

// batchSizes are the sizes of batches that are tried on a server.
var batchSizes = []int{500, 1000, 2000, 5000, 10_000}

// serverLoad is what is measured of one load into a server.
type serverLoad struct {
	Seconds, Writing float64
	RoundTrips       int64
	PeakBytes        int64 // of this process, so far
}

// onServer loads so many statements into a Neo4j server, with batches of each size: its data are deleted before each.
func onServer(ctx context.Context, o options, n int, stdout io.Writer) (err error) {
	dir, err := os.MkdirTemp(o.dir, "loadbench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	whole := filepath.Join(dir, synthetic.FileName)
	if err := file(whole, n); err != nil {
		return err
	}
	at := neo4jAt(o.neo4j)
	if _, err := fmt.Fprintln(stdout, "statements   batch  seconds  writing  a second  round trips  peak MB"); err != nil {
		return err
	}
	few := filepath.Join(dir, "few", synthetic.FileName)
	if err := errors.Join(os.Mkdir(filepath.Dir(few), 0o755), file(few, min(n, 4000))); err != nil {
		return err
	}
	if _, err := serverStep(ctx, at, few, 2000); err != nil { // plans every text
		return err
	}
	for _, size := range batchSizes {
		l, err := serverStep(ctx, at, whole, size)
		if err != nil {
			return fmt.Errorf("batches of %d: %w", size, err)
		}
		_, err = fmt.Fprintf(stdout, "%10d  %6d  %7.1f  %7.1f  %8.0f  %11d  %7.0f\n", n, size, l.Seconds, l.Writing, float64(n)/l.Writing, l.RoundTrips, float64(l.PeakBytes)/mega)
		if err != nil {
			return err
		}
	}
	return nil
}

func serverStep(ctx context.Context, at neo4jstore.Options, path string, size int) (l serverLoad, err error) {
	if err := clearServer(ctx, at); err != nil {
		return l, err
	}
	store, err := neo4jstore.Open(ctx, at)
	if err != nil {
		return l, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	before := store.RoundTrips()
	begun := time.Now()
	clock := stages{at: map[ingest.Stage]time.Duration{}, last: begun}
	if _, err := load(ctx, synthetic.Source{}, path, &rebatched{Store: store, size: size}, clock.progress); err != nil {
		return l, err
	}
	clock.end()
	l = serverLoad{Seconds: time.Since(begun).Seconds(), Writing: clock.at[ingest.StageWriting].Seconds(), RoundTrips: store.RoundTrips() - before}
	l.PeakBytes = ownfigures.Most()
	return l, nil
}

// clearServer deletes all data.
func clearServer(ctx context.Context, at neo4jstore.Options) (err error) {
	auth := neo4j.NoAuth()
	if at.User != "" {
		auth = neo4j.BasicAuth(at.User, at.Password, "")
	}
	driver, err := neo4j.NewDriverWithContext(at.URI, auth)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, driver.Close(ctx)) }()
	session := driver.NewSession(ctx, neo4j.SessionConfig{})
	defer func() { err = errors.Join(err, session.Close(ctx)) }()
	return neo4jtest.ClearSession(ctx, session)
}

// rebatched writes what it is given in batches of another size.
type rebatched struct {
	graph.Store
	size int
	next graph.Batch
}

// Write keeps what is not enough for a batch.
func (r *rebatched) Write(ctx context.Context, lease graph.Lease, b graph.Batch) error {
	r.next.Close, r.next.Add, r.next.Quarantine = append(r.next.Close, b.Close...), append(r.next.Add, b.Add...), append(r.next.Quarantine, b.Quarantine...)
	for len(r.next.Add) >= r.size {
		rest := r.next.Add[r.size:]
		r.next.Add = r.next.Add[:r.size]
		if err := r.flush(ctx, lease); err != nil {
			return err
		}
		r.next.Add = rest
	}
	return r.Renew(ctx, lease)
}

func (r *rebatched) flush(ctx context.Context, lease graph.Lease) error {
	err := r.Store.Write(ctx, lease, r.next)
	r.next = graph.Batch{Number: r.next.Number + 1}
	return err
}

// Commit writes what is left.
func (r *rebatched) Commit(ctx context.Context, lease graph.Lease, counts graph.Counts) (graph.Load, error) {
	if err := r.flush(ctx, lease); err != nil {
		return graph.Load{}, err
	}
	return r.Store.Commit(ctx, lease, counts)
}
