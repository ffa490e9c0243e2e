package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/entente-graph/entente/graph"
)

// Config is what a server needs. Reader must be set; every other zero value has a default.
type Config struct {
	Reader graph.Reader
	// GraphQL answers /graphql. It answers wrong methods and bodies in its own form. Nil: there is no such path.
	GraphQL http.Handler
	// Playground answers /playground and what is below; it sees whole paths. Nil: there is no such path, and / says
	// what there is.
	Playground http.Handler
	// Schema is the GraphQL schema as a file, answered at /v1/schema.graphql. Empty: there is no such path.
	Schema  string
	Logger  *slog.Logger // requests, and internal errors with their ids; nil: slog.Default()
	Version string       // of the program; part of what identifies an answer
	// CORSOrigins are the web origins, besides its own, whose pages may ask: https://example.org, or * for all.
	// None by default. It is never about cookies: there are none.
	CORSOrigins []string
	BodyLimit   int64 // bytes of a request's body; default 1 MiB
	Timeouts    Timeouts
}

// Timeouts bound how long a request may take. The zero value of each is its default.
type Timeouts struct {
	Read     time.Duration // a request's header and body; default 10 s
	Request  time.Duration // answering it; default 30 s
	Write    time.Duration // sending the answer; default 60 s
	Idle     time.Duration // a kept connection without a request; default 2 min
	Shutdown time.Duration // open requests when the server ends; default 10 s
}

func (c Config) withDefaults() Config {
	if c.Reader == nil {
		panic("server: New without a Reader")
	}
	if c.Logger == nil {
		c.Logger = slog.Default()
	}
	if c.BodyLimit <= 0 {
		c.BodyLimit = 1 << 20
	}
	for _, d := range []struct {
		value    *time.Duration
		standard time.Duration
	}{
		{&c.Timeouts.Read, 10 * time.Second},
		{&c.Timeouts.Request, 30 * time.Second},
		{&c.Timeouts.Write, time.Minute},
		{&c.Timeouts.Idle, 2 * time.Minute},
		{&c.Timeouts.Shutdown, 10 * time.Second},
	} {
		if *d.value <= 0 {
			*d.value = d.standard
		}
	}
	return c
}

// maxHeader bounds a request's header, and so the length of a URL.
const maxHeader = 64 << 10

// A Server answers HTTP requests about one graph. It keeps nothing from one request to the next but its metrics.
type Server struct {
	config  Config
	metrics *metrics
	handler http.Handler
}

// New makes a server. It panics without a Reader.
func New(c Config) *Server {
	s := &Server{config: c.withDefaults()}
	s.metrics = newMetrics(s.config.Version)
	s.handler = s.observe(s.recovering(s.securing(s.sharing(s.routes()))))
	return s
}

// Handler answers requests as Run does, but leaves the limits of connections (header size, timeouts of reading and
// writing) to whoever serves it.
func (s *Server) Handler() http.Handler { return s.handler }

// Run serves connections of the listener, which it closes, until ctx ends. Then it takes no more, lets open requests
// end, and returns nil, or an error if some did not within Timeouts.Shutdown.
func (s *Server) Run(ctx context.Context, l net.Listener) error {
	t := s.config.Timeouts
	// Requests outlive ctx: they are to end, not to be broken off. What is open after the shutdown's time is.
	base, breakOff := context.WithCancel(context.WithoutCancel(ctx))
	defer breakOff()
	hs := &http.Server{
		Handler:           s.handler,
		ReadHeaderTimeout: t.Read,
		ReadTimeout:       t.Read,
		WriteTimeout:      t.Read + t.Request + t.Write, // it begins to run when the header is read
		IdleTimeout:       t.Idle,
		MaxHeaderBytes:    maxHeader,
		BaseContext:       func(net.Listener) context.Context { return base },
		ErrorLog:          slog.NewLogLogger(s.config.Logger.Handler(), slog.LevelWarn),
	}
	served := make(chan error, 1)
	go func() { served <- hs.Serve(l) }()
	select {
	case err := <-served:
		return fmt.Errorf("serving %s: %w", l.Addr(), err)
	case <-ctx.Done():
	}
	patience, cancel := context.WithTimeout(base, t.Shutdown)
	defer cancel()
	err := hs.Shutdown(patience)
	if err != nil {
		breakOff()
		err = errors.Join(fmt.Errorf("some requests did not end within %s and were broken off", t.Shutdown), hs.Close())
	}
	if served := <-served; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, fmt.Errorf("serving %s: %w", l.Addr(), served))
	}
	return err
}
