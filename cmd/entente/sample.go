package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/internal/config"
	"github.com/entente-graph/entente/internal/sample"
)

// loadSample loads what the store does not hold of the sample, and makes the store where there is none.
func (a *app) loadSample(ctx context.Context) error {
	if config.IsNeo4j(a.config.Store) {
		return a.applySample(ctx, a.config.Store)
	}
	if err := removeAbandoned(a.config.Store); err != nil {
		return err
	}
	if _, err := os.Stat(a.config.Store); errors.Is(err, fs.ErrNotExist) {
		if err := a.makeSample(ctx); err != nil {
			return err
		}
	}
	return a.applySample(ctx, a.config.Store)
}

func (a *app) applySample(ctx context.Context, path string) error {
	store, err := a.openStore(ctx, path, toWrite)
	if err != nil {
		return err
	}
	err = sample.Apply(ctx, store, programVersion(), sample.Teller{
		Loaded: func(r ingest.Report) { a.say("%s", summary(r)) },
		Waiting: func(error) {
			a.say("another program is loading into %s, or was ended while it did: waiting up to half a minute", path)
		},
	})
	return errors.Join(err, store.Close())
}

// building marks the files of stores that are being made.
const building = ".new-"

// makeSample makes a new store beside its place and puts it there whole, so that a first run that is broken off, by whatever
// means, leaves no store, and the sample's loads are 1 to 5 wherever it was made.
func (a *app) makeSample(ctx context.Context) (err error) {
	place := a.config.Store
	made, err := os.CreateTemp(filepath.Dir(place), filepath.Base(place)+building+"*")
	if err != nil {
		return fmt.Errorf("making the store %s: %w", place, errors.Unwrap(err))
	}
	path := made.Name()
	// The name is taken; the store makes the file itself.
	if err := errors.Join(made.Close(), os.Remove(path)); err != nil {
		return fmt.Errorf("making the store %s: %w", place, err)
	}
	defer func() {
		for _, ending := range []string{"", "-wal", "-shm"} {
			if gone := os.Remove(path + ending); gone != nil && !errors.Is(gone, fs.ErrNotExist) {
				err = errors.Join(err, fmt.Errorf("making the store %s: %w", place, gone))
			}
		}
	}()
	if err := a.applySample(ctx, path); err != nil {
		return err
	}
	// A link never replaces: where another program made the store meanwhile, that one stays.
	if err := os.Link(path, place); err != nil && !errors.Is(err, fs.ErrExist) {
		if err := os.Rename(path, place); err != nil { // a file system without links
			return fmt.Errorf("making the store %s: %w", place, err)
		}
	}
	return nil
}

// removeAbandoned removes what a program left that was ended while it made a store here.
func removeAbandoned(place string) error {
	left, err := filepath.Glob(place + building + "*")
	if err != nil {
		return nil //nolint:nilerr // a path that is no pattern: nothing of ours has such a name
	}
	for _, path := range left {
		info, err := os.Stat(path)
		if err != nil || time.Since(info.ModTime()) < time.Minute {
			continue // gone, or at work
		}
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("removing what is left of a store that was not made: %w", err)
		}
	}
	return nil
}
