package neo4jstore

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/neo4jtest"
	"github.com/entente-graph/entente/internal/neo4jtest/wire"
	"github.com/entente-graph/entente/internal/testneeds"
)

// underRace tells that the race detector runs. It finds that the driver (5.28.4, Router.InvalidateServer) takes a server that
// is gone out of a routing table while others read it: harmless where the table has one server, and not ours to mend.
var underRace bool

// TestServerEnds kills the server, or stops it, while it commits a batch and many read. Readers are told in time that the
// store cannot be asked, who opens it is told nothing else, and once the server is back all goes on by itself: an order that
// waits for as long as it takes succeeds, and one that gives up can be given again.
func TestServerEnds(t *testing.T) {
	testneeds.LongLoop(t)
	for _, c := range []struct {
		name    string
		when    wire.When
		end     func(*neo4jtest.Server) error
		retry   time.Duration
		routing bool
	}{
		{"killed, and waited for", wire.Forwarded, (*neo4jtest.Server).Kill, 2 * time.Minute, false},
		{"killed, and not waited for", wire.Answered, (*neo4jtest.Server).Kill, 2 * time.Second, true},
		{"stopped, and not waited for", wire.Before, (*neo4jtest.Server).Stop, 2 * time.Second, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := neo4jtest.Own(t)
			u := tellUndisturbed(t, server, fewBatches)
			proxy := wire.Listen(t, server.URI)
			uri := server.URI
			if c.routing && !underRace {
				uri = server.RoutingURI()
			}
			st, reading := newStory(t, server, proxy.URI, fewBatches, Options{RetryTime: c.retry}), newStory(t, server, uri, fewBatches, Options{})
			rest, want := begun(t, server, st)
			var err error
			if reading.store, err = reading.open(); err != nil {
				t.Fatal(err)
			}
			r := readAt(t, reading.store, 1, 8, 3*time.Second, want)
			var around sync.WaitGroup
			var failures int
			for i, s := range rest {
				if s.name == stepWrite(2) {
					// The commit waits until the server has ended, and another starts it anew.
					proxy.At(wire.Commit, 1, c.when, func() {
						if err := c.end(server); err != nil {
							t.Error(err)
						}
						proxy.CutAll() // what the server answered before its end is not heard
						around.Go(func() {
							time.Sleep(time.Second) // in which readers ask in vain
							if err := server.Restart(context.Background()); err != nil {
								t.Error(err)
							}
						})
						around.Go(func() { opens(t, server, uri) })
					})
					began := time.Now()
					failures = insist(t, rest[i:i+1], c.retry+5*time.Second)
					t.Logf("the batch took %s, and was given again %d times", time.Since(began), failures)
					break
				}
				insist(t, rest[i:i+1], time.Minute)
			}
			around.Wait()
			before := r.right.Load()
			for end := time.Now().Add(time.Minute); r.right.Load() < before+8; time.Sleep(20 * time.Millisecond) {
				if time.Now().After(end) {
					t.Fatal("readers have no answers though the server is back")
				}
			}
			right, refusals := r.end()
			t.Logf("readers had %d right answers and %d refusals", right, refusals)
			if refusals == 0 {
				t.Error("the server was gone, and no reader was told so")
			}
			if c.retry > time.Minute && failures > 0 {
				t.Errorf("an order that may wait for %s failed %d times", c.retry, failures)
			}
			for i, s := range rest {
				if s.name == stepWrite(2) {
					insist(t, rest[i:], time.Minute) // this batch too, once more
				}
			}
			u.want(t, server)
		})
	}
}

// opens opens the store in a loop until it opens: a server that is starting is never taken for one that refuses.
func opens(t *testing.T, server *neo4jtest.Server, uri string) {
	o := optionsOf(server)
	o.URI, o.ReadOnly = uri, true
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		s, err := Open(context.Background(), o)
		if err == nil {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
			return
		}
		if !errors.Is(err, graph.ErrUnavailable) {
			t.Errorf("while the server starts, opening says %v", err)
		}
	}
	t.Error("the store does not open though the server is back")
}
