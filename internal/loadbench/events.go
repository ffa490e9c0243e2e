//go:build unix

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/sqlitestore"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/sources/gdelt"
	"github.com/entente-graph/entente/ingest/sources/states"
	"github.com/entente-graph/entente/internal/synthetic"
)

// eventDay is the day whose news are made up.
var eventDay, _ = graph.NewDay(2017, 5, 1)

// events measures how fast raw day files of coded events are loaded, of several sizes: rows read, of which a part
// becomes statements.
func events(ctx context.Context, o options, stdout, stderr io.Writer) error {
	if !o.json {
		fmt.Fprintln(stdout, "      rows       acts   rows/s  rows/s of a processor  seconds    MB of file  peak MB  the same again: rows/s") //nolint:errcheck // told by the next
	}
	for _, n := range []int{100_000, 300_000, 1_000_000} {
		if n < o.least || n > o.most {
			continue
		}
		if err := eventsOf(ctx, o, n, stdout, stderr); err != nil {
			return fmt.Errorf("%d rows: %w", n, err)
		}
	}
	return nil
}

func eventsOf(ctx context.Context, o options, n int, stdout, stderr io.Writer) (err error) {
	dir, err := os.MkdirTemp(o.dir, "loadbench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	path, store := filepath.Join(dir, "20170501.export.CSV"), filepath.Join(dir, "entente.db")
	file, err := os.Create(path) //nolint:gosec // in our own folder
	if err != nil {
		return err
	}
	if err := errors.Join(synthetic.WriteEvents(file, n, eventDay), file.Close()); err != nil {
		return err
	}
	if err := withStates(ctx, store); err != nil {
		return err
	}
	first, err := child(ctx, o.memory, dir, []string{"-step", "events", "-files", path, "-store", store}, stderr)
	if err != nil {
		return err
	}
	again, err := child(ctx, o.memory, dir, []string{"-step", "events", "-files", path, "-store", store}, stderr)
	if err != nil {
		return err
	}
	if again.Counts.Added+again.Counts.Changed+again.Counts.Retracted > 0 || first.Counts.Added < n/10 {
		return fmt.Errorf("loaded it does %+v, and again %+v", first.Counts, again.Counts)
	}
	if o.json {
		return json.NewEncoder(stdout).Encode(map[string]any{"rows": n, "load": first, "again": again})
	}
	info, err := os.Stat(store)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(stdout, "%10d %10d %8.0f  %21.0f  %7.1f  %12.0f  %7.0f  %22.0f\n", n, first.Counts.Added-1, float64(n)/first.Seconds, float64(n)/first.CPU,
		first.Seconds, float64(info.Size())/mega, first.megabytes(), float64(n)/again.Seconds)
	return err
}

// withStates makes a store that holds the registry.
func withStates(ctx context.Context, path string) (err error) {
	store, err := sqlitestore.Open(path, sqlitestore.Create())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	registry := states.Source{}
	_, err = ingest.Load(ctx, ingest.Options{Source: registry, Files: registry.Shipped(), Reader: store, Writer: store, Program: "loadbench"})
	return err
}

var theEvents ingest.Source = gdelt.New(states.Actors)
