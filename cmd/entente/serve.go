package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/api"
	"github.com/entente-graph/entente/internal/config"
	"github.com/entente-graph/entente/internal/sample"
	"github.com/entente-graph/entente/internal/server"
	"github.com/entente-graph/entente/schema"
	"github.com/entente-graph/entente/web"
)

func (a *app) serveCommand() *cobra.Command {
	var withSample bool
	c := &cobra.Command{
		Use:   "serve",
		Short: "serve the graph: a playground, GraphQL and plain URLs",
		Long: "Serves the graph over HTTP until it is interrupted; then open requests end first. It only reads: another\n" +
			"entente may load into the same store meanwhile.\n\n" +
			"With --sample it makes the store if there is none and loads what it does not hold yet of the sample: the\n" +
			"registry of states, an earlier edition of the dossier northeast-asia, the dossier, and visits to and by the\n" +
			"United States.\n\n" +
			"Where --store is the address of a server, it may be started before that: it answers from the start on, with 503\n" +
			"until the store does (--neo4j-wait says for how long).\n\n" +
			"What one request may ask is bounded by the --limit settings; besides, an operation may have 40 fields at its\n" +
			"root, and the same field under 3 names in one place. GraphQL's errors say which limit it was.",
		Example: "  entente serve --sample\n" +
			"  entente serve --sample --addr localhost:9090\n" +
			"  entente serve --store entente.db --log-format json",
		Args: exactly(),
		RunE: func(c *cobra.Command, _ []string) error { return a.serve(c.Context(), withSample) },
	}
	c.Flags().BoolVar(&withSample, "sample", false, "load the sample first, as far as the store does not hold it")
	config.AddFlags(c.Flags())
	return c
}

func (a *app) serve(ctx context.Context, withSample bool) error {
	if config.IsNeo4j(a.config.Store) {
		return a.serveServer(ctx, withSample)
	}
	if !withSample {
		// A store that is missing is said before anything else.
		if _, err := os.Stat(a.config.Store); errors.Is(err, fs.ErrNotExist) {
			return &noStoreError{a.config.Store}
		}
	}
	// The port comes before the sample: where it is in use, nothing is made.
	l, err := a.listen(ctx)
	if err != nil {
		return err
	}
	if withSample {
		if err := a.loadSample(ctx); err != nil {
			return errors.Join(err, l.Close())
		}
	}
	store, err := a.openStore(ctx, a.config.Store, toRead)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	return errors.Join(a.serveStore(ctx, store, l), store.Close())
}

// listen takes the address, or says in one line why it cannot.
func (a *app) listen(ctx context.Context) (net.Listener, error) {
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", a.config.Addr)
	var where *net.OpError
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("%s is in use by another program; choose another address with --addr or ENTENTE_ADDR, such as localhost:8081", a.config.Addr)
	case errors.As(err, &where):
		return nil, fmt.Errorf("cannot listen on %s: %w", a.config.Addr, where.Err)
	case err != nil:
		return nil, fmt.Errorf("cannot listen on %s: %w", a.config.Addr, err)
	}
	return l, nil
}

// answerFirst is how much longer the server waits than GraphQL does, so that GraphQL answers a question that takes
// too long in its own form.
const answerFirst = time.Second

// serveStore serves a store that answers.
func (a *app) serveStore(ctx context.Context, store graph.Store, l net.Listener) error {
	if err := a.greet(ctx, store, l.Addr()); err != nil {
		return errors.Join(err, l.Close())
	}
	stop := a.sayEnding(ctx)
	defer stop()
	return a.server(store).Run(ctx, l)
}

func (a *app) sayEnding(ctx context.Context) (stop func() bool) {
	return context.AfterFunc(ctx, func() { a.say("ending; open requests have %s", a.config.Timeout.Shutdown) })
}

func (a *app) server(r graph.Reader) *server.Server {
	log, c := a.logger(), a.config
	contract := schema.Text()
	if !c.Introspection {
		contract = "" // it would say what introspection may not
	}
	return server.New(server.Config{
		Reader: r,
		Schema: contract,
		GraphQL: api.New(api.Config{
			Reader: r, Logger: log, Version: programVersion(), HideSchema: !c.Introspection, NoGet: !c.GraphQLGet,
			Limits: api.Limits{
				Body: c.Limit.Body, Tokens: c.Limit.Tokens, Depth: c.Limit.Depth, Aliases: c.Limit.Aliases,
				Cost: c.Limit.Cost, Questions: c.Limit.Questions, Rows: c.Limit.Rows, Timeout: c.Timeout.Request,
			},
		}),
		Playground:  a.playground(),
		Logger:      log,
		Version:     programVersion(),
		CORSOrigins: c.CORSOrigins,
		BodyLimit:   c.Limit.Body,
		Timeouts: server.Timeouts{
			Read: c.Timeout.Read, Request: c.Timeout.Request + answerFirst, Write: c.Timeout.Write,
			Idle: c.Timeout.Idle, Shutdown: c.Timeout.Shutdown,
		},
	})
}

// playground is nil where it is switched off.
func (a *app) playground() http.Handler {
	if !a.config.Playground {
		return nil
	}
	return web.Handler()
}

// greet prints what is served, where, and one thing to try.
func (a *app) greet(ctx context.Context, r graph.Reader, addr net.Addr) error {
	v, err := graph.At(ctx, r, graph.SnapshotQuery{})
	if err != nil {
		return err
	}
	held, err := v.Sources(ctx)
	if err != nil {
		return err
	}
	a.say("entente %s serves %s, load %d", programVersion(), a.config.Store, v.Load)
	a.sayPlaces(addr)
	a.sayFirst(v, held, addr)
	return nil
}

// sayPlaces prints where it is served.
func (a *app) sayPlaces(addr net.Addr) {
	base := "http://" + a.reachable(addr)
	if a.config.Playground {
		a.say("  playground  %s/playground", base)
	}
	a.say("  GraphQL     %s/graphql", base)
	if a.config.Playground && !web.Built() {
		a.say("The playground is not built into this program: make run builds it, and needs Node.")
	}
}

// sayFirst prints one thing to try.
func (a *app) sayFirst(v *graph.View, held []*graph.Source, addr net.Addr) {
	if v.Load == 0 {
		a.say("The store is empty; load something, meanwhile or first: entente ingest states, then: entente ingest dossier FILE")
		return
	}
	base := "http://" + a.reachable(addr)
	try := base + "/graphql?query=%7Bmeta%7Bload%7Bnumber%7D%7D%7D" // {meta{load{number}}}, as curl takes it
	if !a.config.GraphQLGet {
		try = base + "/readyz"
	}
	for _, s := range held {
		if s.Key == sample.Dossier {
			try = base + "/v1/dyads/JPN/KOR/ties.csv?topic=defense"
		}
	}
	a.say("Try:  curl '%s'", try)
}

// reachable is the address as a person types it: a listener on all addresses is reached at localhost.
func (a *app) reachable(addr net.Addr) string {
	_, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return addr.String()
	}
	host, _, err := net.SplitHostPort(a.config.Addr)
	if ip := net.ParseIP(host); err != nil || host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}

// logger writes the log to standard error, as configured.
func (a *app) logger() *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(strings.ToUpper(a.config.Log.Level))); err != nil {
		level = slog.LevelInfo // config has checked it
	}
	options := &slog.HandlerOptions{Level: level}
	if a.config.Log.Format == "json" {
		return slog.New(slog.NewJSONHandler(a.stderr, options))
	}
	return slog.New(slog.NewTextHandler(a.stderr, options))
}
