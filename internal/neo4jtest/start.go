package neo4jtest

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/gofrs/flock"

	"github.com/entente-graph/entente/internal/testneeds"
)

// one is a server that is started once in a test binary, or the reason why there is none.
type one struct {
	mu     sync.Mutex
	tried  bool
	server *Server
	err    error
}

// shared is the server of Start, own that of Own: the same where Start's is run by Java. second is another beside it.
var shared, own, second one

// Start returns the test binary's server. It runs, and holds what the tests before have left in it. When the test
// fails, the end of the server's log is in the test's.
func Start(t testing.TB) *Server {
	t.Helper()
	return shared.use(t, find)
}

// Own returns a server that the test may stop, kill and restart: a process of Java on this machine, even where Start's
// server is another.
func Own(t testing.TB) *Server {
	t.Helper()
	return own.use(t, startProcess)
}

// Second returns another server than Start's and Own's, for tests that need two databases at once. It is run by Java.
func Second(t testing.TB) *Server {
	t.Helper()
	return second.use(t, startProcess)
}

// find starts a server, or finds one.
func find(ctx context.Context) (*Server, error) {
	if uri := os.Getenv("ENTENTE_TEST_NEO4J_URI"); uri != "" {
		return borrow(ctx, uri)
	}
	if dockerAnswers(ctx) {
		s, err := startContainer(ctx)
		if err != nil {
			return nil, err
		}
		return s, s.awake(ctx)
	}
	return own.start(ctx, startProcess)
}

func (o *one) start(ctx context.Context, begin func(context.Context) (*Server, error)) (*Server, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.tried {
		o.tried = true
		o.server, o.err = begin(ctx)
	}
	if o.err == nil && o.server.process != nil && !o.server.process.running() {
		return o.server, o.server.Restart(ctx)
	}
	return o.server, o.err
}

func (o *one) use(t testing.TB, begin func(context.Context) (*Server, error)) *Server {
	t.Helper()
	testneeds.Server(t)
	ctx, stop := context.WithTimeout(t.Context(), patience)
	defer stop()
	s, err := o.start(ctx, begin)
	if errors.Is(err, errLacking) {
		testneeds.Missing(t, "a Neo4j server", howToGet+"; "+err.Error())
	}
	if err != nil {
		t.Fatalf("a Neo4j server for tests: %v", err)
	}
	t.Cleanup(func() {
		if t.Failed() && s.log != nil {
			t.Logf("what the Neo4j server said:\n%s", s.log())
		}
	})
	return s
}

// held keeps the lock on a borrowed server until this process ends.
var held *flock.Flock

// borrow takes the server that the environment names, once no other test binary has it.
func borrow(ctx context.Context, uri string) (*Server, error) {
	s := &Server{URI: uri, User: os.Getenv("ENTENTE_TEST_NEO4J_USER"), Password: os.Getenv("ENTENTE_TEST_NEO4J_PASSWORD"), foreign: true}
	sum := fnv.New64a()
	_, _ = sum.Write([]byte(uri))
	held = flock.New(filepath.Join(temporary, fmt.Sprintf("entente-neo4j-%x.lock", sum.Sum64())))
	if err := held.Lock(); err != nil {
		return nil, fmt.Errorf("locking %s: %w", held.Path(), err)
	}
	if err := s.awake(ctx); err != nil {
		return nil, fmt.Errorf("ENTENTE_TEST_NEO4J_URI: %w", err)
	}
	return s, s.mark(ctx)
}
