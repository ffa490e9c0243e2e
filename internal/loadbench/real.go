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
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/neo4jstore"
	"github.com/entente-graph/entente/graph/sqlitestore"
	"github.com/entente-graph/entente/internal/fielddata"
)

// loaded is what is measured of one of the field's datasets.
type loaded struct {
	Dataset   string  `json:"dataset"`
	Load      figures `json:"load"`
	Again     figures `json:"again"`               // of the same files: nothing is written; none of an older version of what is held
	FileBytes int64   `json:"fileBytes,omitempty"` // of the whole store so far; none of a server
}

// whole is what is measured of all of them together.
type whole struct {
	Statements int     `json:"statements"`
	Seconds    float64 `json:"seconds"`
	CPU        float64 `json:"cpuSeconds"`
	PeakBytes  int64   `json:"peakBytes"`
	FileBytes  int64   `json:"fileBytes,omitempty"`
	Again      float64 `json:"againSeconds"`
	Digest     string  `json:"digest"` // of all open statements: the same on every machine, in every store
}

const (
	realHead = `                                                                                                    | the same again
dataset                    statements  in quarantine  seconds  of processors  peak MB  MB of file by then | seconds  peak MB
`
	realLine = "%-25s  %10d  %13d  %7.1f  %13.1f  %7.0f  %18.0f | %7.1f  %7.0f\n"
)

// realData loads all of the field's datasets, one after the other, into one store, and then each once more.
func realData(ctx context.Context, o options, datasets []fielddata.Dataset, stdout, stderr io.Writer) error {
	all, w, err := measureReal(ctx, o, datasets, stderr)
	if err != nil {
		return err
	}
	return printReal(stdout, o.json, all, w)
}

// measureReal loads every dataset into one store, and then each again, which must write nothing.
func measureReal(ctx context.Context, o options, datasets []fielddata.Dataset, stderr io.Writer) (all []loaded, w whole, err error) {
	dir, err := os.MkdirTemp(o.dir, "loadbench-")
	if err != nil {
		return nil, w, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	store := filepath.Join(dir, "entente.db")
	if o.neo4j != "" {
		store = o.neo4j
		if err := clearServer(ctx, neo4jAt(store)); err != nil {
			return nil, w, err
		}
	}
	all = make([]loaded, len(datasets))
	for i, d := range datasets {
		all[i].Dataset = d.Name
		if all[i].Load, err = o.loadOne(ctx, d, dir, store, stderr); err != nil {
			return nil, w, fmt.Errorf("%s: %w", d.Name, err)
		}
		all[i].FileBytes = size(store)
	}
	for i, d := range datasets {
		if d.Name != fielddata.OlderMID { // refused where the newer is held
			if all[i].Again, err = o.loadOne(ctx, d, dir, store, stderr); err != nil {
				return nil, w, fmt.Errorf("%s again: %w", d.Name, err)
			}
		}
		if c := all[i].Again.Counts; c.Added+c.Changed+c.Retracted > 0 {
			return nil, w, fmt.Errorf("%s again wrote %+v", d.Name, c)
		}
	}
	w, err = sum(ctx, store, all)
	return all, w, err
}

func (o options) loadOne(ctx context.Context, d fielddata.Dataset, dir, store string, stderr io.Writer) (figures, error) {
	return child(ctx, o.memory, dir, []string{"-step", "real", "-files", d.Name, "-data", o.data, "-store", store}, stderr)
}

func sum(ctx context.Context, at string, all []loaded) (w whole, err error) {
	store, err := open(ctx, at)
	if err != nil {
		return w, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	head, err := store.Head(ctx)
	if err != nil {
		return w, err
	}
	digest, n, err := graph.Digest(ctx, store, head.Load.Number)
	w = whole{Statements: n, Digest: digest.String(), FileBytes: size(at)}
	for _, l := range all {
		w.Seconds, w.CPU, w.Again = w.Seconds+l.Load.Seconds, w.CPU+l.Load.CPU, w.Again+l.Again.Seconds
		w.PeakBytes = max(w.PeakBytes, l.Load.PeakBytes, l.Again.PeakBytes)
	}
	return w, err
}

// printReal prints a table, or JSON.
func printReal(to io.Writer, asJSON bool, all []loaded, w whole) error {
	if asJSON {
		return json.NewEncoder(to).Encode(map[string]any{"datasets": all, "all": w})
	}
	if _, err := io.WriteString(to, realHead); err != nil {
		return fmt.Errorf("printing: %w", err)
	}
	for _, l := range all {
		c := l.Load.Counts
		_, err := fmt.Fprintf(to, realLine, l.Dataset, c.Added+c.Changed, c.Quarantined, l.Load.Seconds, l.Load.CPU, l.Load.megabytes(),
			float64(l.FileBytes)/mega, l.Again.Seconds, l.Again.megabytes())
		if err != nil {
			return fmt.Errorf("printing: %w", err)
		}
	}
	_, err := fmt.Fprintf(to, "all: %d statements in %.1f seconds (%.1f of processors), at most %.0f MB of memory, %.0f MB of file; again in %.1f seconds; digest %s\n\n",
		w.Statements, w.Seconds, w.CPU, float64(w.PeakBytes)/mega, float64(w.FileBytes)/mega, w.Again, w.Digest)
	if err != nil {
		return fmt.Errorf("printing: %w", err)
	}
	return nil
}

// open opens the store that a path or an address names.
func open(ctx context.Context, at string) (graph.Store, error) {
	if strings.Contains(at, "://") {
		return neo4jstore.Open(ctx, neo4jAt(at))
	}
	return sqlitestore.Open(at, sqlitestore.Create())
}

func neo4jAt(uri string) neo4jstore.Options {
	return neo4jstore.Options{URI: uri, User: os.Getenv("ENTENTE_NEO4J_USER"), Password: os.Getenv("ENTENTE_NEO4J_PASSWORD")}
}

// size gives that of a file, 0 of a server.
func size(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}
