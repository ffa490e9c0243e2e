package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"time"

	"github.com/entente-graph/entente/graph"
)

// serveServer serves a store that is kept by a server. It answers from the start on, with 503 and UNAVAILABLE until that
// server answers, so that the two may be started in any order. It ends where the server has not answered for the time of
// neo4j.wait, and at once where waiting does not help.
func (a *app) serveServer(ctx context.Context, withSample bool) error {
	l, err := a.listen(ctx)
	if err != nil {
		return err
	}
	reader := &lateReader{name: a.config.Store}
	serving, end := context.WithCancel(ctx)
	defer end()
	opened := make(chan error, 1)
	var store graph.Store
	go func() {
		var err error
		if store, err = a.openAwaited(serving, withSample); err == nil {
			err = a.greetLate(serving, reader, store, l.Addr())
		}
		if opened <- err; err != nil {
			end() // there is nothing to serve
		}
	}()
	a.say("entente %s serves %s", programVersion(), a.config.Store)
	a.sayPlaces(l.Addr())
	stop := a.sayEnding(ctx)
	defer stop()
	err = a.server(reader).Run(serving, l)
	end()
	if failed := <-opened; failed != nil && ctx.Err() == nil {
		err = errors.Join(failed, err)
	}
	if store != nil {
		err = errors.Join(err, store.Close())
	}
	return err
}

// openAwaited opens the store, as soon as it answers, and loads the sample where that is asked for.
func (a *app) openAwaited(ctx context.Context, withSample bool) (graph.Store, error) {
	var store graph.Store
	err := a.await(ctx, func() (err error) {
		if withSample {
			if err := a.loadSample(ctx); err != nil {
				return err
			}
		}
		store, err = a.openStore(ctx, a.config.Store, toRead)
		return err
	})
	return store, err
}

// Between two attempts to reach a store.
const (
	firstPause = 250 * time.Millisecond
	maxPause   = 5 * time.Second
)

// await tries until it succeeds, fails with something that waiting does not mend, or neo4j.wait is over.
func (a *app) await(ctx context.Context, try func() error) error {
	begun, wait := time.Now(), a.config.Neo4j.Wait
	for pause := firstPause; ; pause = min(2*pause, maxPause) {
		err := try()
		switch {
		case err == nil, ctx.Err() != nil, !errors.Is(err, graph.ErrUnavailable):
			return err
		case time.Since(begun)+pause > wait:
			return fmt.Errorf("%s does not answer, and was waited for for %s (neo4j.wait): %w", a.config.Store, wait, err)
		}
		a.logger().WarnContext(ctx, "waiting for the store", slog.String("store", a.config.Store), slog.Any("error", err), slog.Duration("again in", pause))
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

// greetLate lets questions through, and says that there is something to ask.
func (a *app) greetLate(ctx context.Context, reader *lateReader, store graph.Store, addr net.Addr) error {
	reader.open(store)
	v, err := graph.At(ctx, store, graph.SnapshotQuery{})
	var held []*graph.Source
	if err == nil {
		held, err = v.Sources(ctx)
	}
	switch {
	case errors.Is(err, graph.ErrUnavailable):
		return nil // it has gone again; requests say so until it is back
	case err != nil:
		return err
	}
	a.say("%s answers, load %d", a.config.Store, v.Load)
	a.sayFirst(v, held, addr)
	return nil
}
