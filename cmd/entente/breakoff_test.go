package main

import (
	"context"
	"errors"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/sqlitestore"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/sources"
)

// interrupting is a store on which a load is interrupted once its first batch is written.
type interrupting struct {
	graph.Store
	interrupt context.CancelFunc
}

func (i interrupting) Write(ctx context.Context, l graph.Lease, b graph.Batch) error {
	err := i.Store.Write(ctx, l, b)
	i.interrupt()
	return errors.Join(err, ctx.Err())
}

// breakOff begins a load of files as entente ingest does, and breaks it off.
func breakOff(path, source string, paths ...string) (n graph.LoadNumber, err error) {
	src, err := sources.ByKey(graph.SourceKey(source))
	if err != nil {
		return 0, err
	}
	store, err := sqlitestore.Open(path, sqlitestore.Create())
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	files, err := ingest.OpenPaths(ingest.DefaultLimits, paths...)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, files.Close()) }()
	from, err := absolute(paths)
	if err != nil {
		return 0, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	_, err = ingest.Load(ctx, ingest.Options{
		Source: src, Files: files, Reader: store, Writer: interrupting{store, cancel}, Program: programVersion(), Paths: from,
		MaxQuarantine: &ingest.Share{Percent: 100},
	})
	var broken *ingest.BrokenOffError
	if !errors.As(err, &broken) {
		return 0, errors.Join(errors.New("the load was not broken off"), err)
	}
	return broken.Load, nil
}

func breakOffInScript(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: breakoff STORE SOURCE PATH...")
	}
	var paths []string
	for _, p := range args[2:] {
		paths = append(paths, ts.MkAbs(p))
	}
	_, err := breakOff(ts.MkAbs(args[0]), args[1], paths...)
	ts.Check(err)
}

func mustBreakOff(t *testing.T, path, source string, paths ...string) graph.LoadNumber {
	t.Helper()
	n, err := breakOff(path, source, paths...)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// breakCopy begins a copy and breaks it off when its first batch is written.
func breakCopy(from, to string) (err error) {
	source, err := sqlitestore.Open(from, sqlitestore.ReadOnly())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	target, err := sqlitestore.Open(to, sqlitestore.Create())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, target.Close()) }()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	_, err = ingest.Copy(ctx, ingest.CopyOptions{From: source, To: interrupting{target, cancel}})
	var broken *ingest.BrokenOffError
	if !errors.As(err, &broken) {
		return errors.Join(errors.New("the copy was not broken off"), err)
	}
	return nil
}

func breakCopyInScript(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: breakcopy FROM TO")
	}
	ts.Check(breakCopy(ts.MkAbs(args[0]), ts.MkAbs(args[1])))
}
