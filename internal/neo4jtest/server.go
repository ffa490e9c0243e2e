package neo4jtest

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// The account of the servers that we start.
const user, password = "neo4j", "entente-test"

// Server is a Neo4j server for this test binary alone.
type Server struct {
	URI            string // bolt://…
	User, Password string // both empty where the server asks for none

	process *process  // ours, run by Java, or nil
	guard   *exec.Cmd // removes a container, or nil
	log     func() string
	foreign bool // not started by us
}

// RoutingURI is the server's address with the scheme neo4j://, with which a driver asks for the members of a cluster.
func (s *Server) RoutingURI() string { return "neo4j" + strings.TrimPrefix(s.URI, "bolt") }

// Auth is the server's account, for a driver.
func (s *Server) Auth() neo4j.AuthToken {
	if s.User == "" && s.Password == "" {
		return neo4j.NoAuth()
	}
	return neo4j.BasicAuth(s.User, s.Password, "")
}

// Driver returns a driver that is closed when the test ends.
func (s *Server) Driver(t testing.TB) neo4j.DriverWithContext {
	t.Helper()
	driver, err := neo4j.NewDriverWithContext(s.URI, s.Auth())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = driver.Close(context.WithoutCancel(t.Context())) })
	return driver
}

// Stop ends the server in good order, Kill at once as a crash would. Restart brings it back, with its data and under its
// address. They work on a server from Own; a test need not bring back what it stopped, the next call of Start
// or Own does.
func (s *Server) Stop() error { return s.tell("stop") }

// Kill is told with Stop.
func (s *Server) Kill() error { return s.tell("kill") }

// Restart is told with Stop. It returns once the server answers.
func (s *Server) Restart(ctx context.Context) error {
	if s.process == nil {
		return errNotOurs
	}
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	return s.process.start(ctx)
}

// PID is the server's process, of a server from Own.
func (s *Server) PID() (int, error) {
	if s.process == nil {
		return 0, errNotOurs
	}
	return s.process.pid()
}

var errNotOurs = errors.New("this Neo4j server is no process of ours: take one from neo4jtest.Own")

func (s *Server) tell(what string) error {
	if s.process == nil {
		return errNotOurs
	}
	return s.process.end(what)
}

// startProcess starts a server by Java.
func startProcess(ctx context.Context) (*Server, error) {
	var last error
	for range 3 { // another process may take the port that we found free
		port, err := freePort()
		if err != nil {
			return nil, err
		}
		p, err := launch(ctx, settings{bolt: port, auth: true})
		if err != nil {
			return nil, err
		}
		if last = p.start(ctx); last == nil {
			s := &Server{URI: fmt.Sprintf("bolt://127.0.0.1:%d", port), User: user, Password: password, process: p, log: func() string { return lastWords(p.home) }}
			return s, s.setPassword(ctx)
		}
		_ = p.leave()
	}
	return nil, last
}

// setPassword changes the password that a new server comes with.
func (s *Server) setPassword(ctx context.Context) error {
	driver, err := neo4j.NewDriverWithContext(s.URI, neo4j.BasicAuth(user, "neo4j", ""))
	if err != nil {
		return err
	}
	defer driver.Close(ctx) //nolint:errcheck // what was asked was answered
	_, err = neo4j.ExecuteQuery(ctx, driver, "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $password",
		map[string]any{"password": s.Password}, neo4j.EagerResultTransformer, neo4j.ExecuteQueryWithDatabase("system"))
	if err != nil {
		return fmt.Errorf("setting the password of the new Neo4j server: %w", err)
	}
	return nil
}

// awake waits until a server answers.
func (s *Server) awake(ctx context.Context) error {
	driver, err := neo4j.NewDriverWithContext(s.URI, s.Auth())
	if err != nil {
		return err
	}
	defer driver.Close(ctx) //nolint:errcheck // what was asked was answered
	for {
		err := driver.VerifyConnectivity(ctx)
		var told *neo4j.Neo4jError
		if err == nil || errors.As(err, &told) && strings.HasPrefix(told.Code, "Neo.ClientError.Security.") {
			return err // a password that is refused now is refused later
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%s does not answer: %w", s.URI, err)
		case <-time.After(200 * time.Millisecond):
		}
	}
}
