package neo4jstore

import (
	"context"
	"errors"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/neo4jtest/wire"
)

// What toxiproxy leaves behind itself, when a connection ends while a toxic is taken away, is not the store's.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("github.com/Shopify/toxiproxy/v2/toxics.(*ToxicStub).Run"))
}

// TestNothingIsLeft opens, asks, fails and closes in many ways; then no goroutine is left and no connection, which would
// hold the goroutines of the proxy that it goes through.
func TestNothingIsLeft(t *testing.T) {
	w, ctx := theWorld(), context.Background()
	direct, _ := w.store(t)
	gone, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := gone.Close(); err != nil {
		t.Fatal(err)
	}
	ask := func(s *Store, many int) (failed error) {
		var all sync.WaitGroup
		errs := make([]error, many)
		questions := w.someQuestions()
		for i := range many {
			all.Go(func() { _, errs[i] = questions[i%len(questions)].ask(ctx, s) })
		}
		all.Wait()
		return errors.Join(errs...)
	}
	for name, c := range map[string]struct {
		uri string // empty: through the proxy
		do  func(t *testing.T, s *Store, proxy *wire.Proxy)
		err error // of Open
	}{
		"asking": {do: func(t *testing.T, s *Store, _ *wire.Proxy) {
			if err := ask(s, 20); err != nil {
				t.Error(err)
			}
		}},
		"breaking off a stream": {do: func(t *testing.T, s *Store, _ *wire.Proxy) {
			for e, err := range s.Manifest(ctx, graph.ManifestQuery{Load: 2}) {
				if err != nil || e.Key == "" {
					t.Errorf("%v (%v)", e, err)
				}
				break
			}
		}},
		"giving up": {do: func(t *testing.T, s *Store, _ *wire.Proxy) {
			short, cancel := context.WithTimeout(ctx, 20*time.Millisecond)
			defer cancel()
			var err error
			for err == nil {
				_, err = s.Engagements(short, graph.EngagementQuery{Load: 2, Alignment: graph.AnyAlignment, Count: true, First: 1})
			}
			if !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%v, not that the deadline has passed", err)
			}
		}},
		"a cut connection": {do: func(t *testing.T, s *Store, proxy *wire.Proxy) {
			cut := proxy.Cut(wire.Run, 1, wire.Within)
			if err := ask(s, 1); err != nil || !cut.Happened() {
				t.Errorf("cut: %v; asked again by itself: %v", cut.Happened(), err)
			}
		}},
		"a server that is gone": {do: func(t *testing.T, s *Store, proxy *wire.Proxy) {
			proxy.Down()
			if err := ask(s, 5); !errors.Is(err, graph.ErrUnavailable) {
				t.Errorf("%v, not that the store is unavailable", err)
			}
			if _, err := s.Open(ctx, graph.LoadInfo{Source: worldSource}); !errors.Is(err, graph.ErrUnavailable) {
				t.Errorf("%v, not that the store is unavailable", err)
			}
		}},
		"an address where nobody is": {uri: "bolt://" + gone.Addr().String(), err: graph.ErrUnavailable},
		"routing where nobody is":    {uri: "neo4j://" + gone.Addr().String(), err: graph.ErrUnavailable},
		"TLS where there is none":    {uri: "bolt+s", err: graph.ErrUnavailable},
		"no address":                 {uri: "://", err: graph.ErrInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			proxy := wire.Listen(t, direct.o.URI)
			before := goleak.IgnoreCurrent()
			o := direct.o
			o.URI, o.RetryTime, o.ConnectTimeout = c.uri, 200*time.Millisecond, time.Second
			switch c.uri {
			case "":
				o.URI = proxy.URI
			case "bolt+s":
				o.URI = c.uri + strings.TrimPrefix(proxy.URI, "bolt")
			}
			s, err := Open(ctx, o)
			if c.do == nil {
				if !errors.Is(err, c.err) {
					t.Errorf("%v, not %v", err, c.err)
				}
			} else {
				if err != nil {
					t.Fatal(err)
				}
				if _, err := s.Head(ctx); err != nil {
					t.Fatal(err)
				}
				c.do(t, s, proxy)
				if err := s.Close(); err != nil {
					t.Error(err)
				}
				if _, err := s.Head(ctx); err == nil {
					t.Error("a closed store answers")
				}
			}
			if c.do != nil && proxy.Sent(wire.Run) == 0 {
				t.Error("nothing went through the proxy, which would have shown a connection that is left")
			}
			goleak.VerifyNone(t, before) // waits a little for what is ending
		})
	}
}
