//go:build unix

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/url"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/entente-graph/entente/graph/neo4jstore"
	"github.com/entente-graph/entente/internal/neo4jtest"
	"github.com/entente-graph/entente/internal/testneeds"
)

// The tests here share one server, clear it, and so are not parallel.

// withServer makes the program another process that finds the account of the server in its environment.
func withServer(t *testing.T, server *neo4jtest.Server, args ...string) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	c, said := asProcess(t, args...)
	c.Env = append(c.Env, "ENTENTE_NEO4J_PASSWORD="+server.Password)
	return c, said
}

func mustWithServer(t *testing.T, server *neo4jtest.Server, args ...string) {
	t.Helper()
	c, said := withServer(t, server, append(args, "--store", server.URI)...)
	if err := c.Run(); err != nil {
		t.Fatalf("entente %s: %v\n%s", strings.Join(args, " "), err, said)
	}
}

// onServer opens the store beside the program.
func onServer(t *testing.T, server *neo4jtest.Server) *neo4jstore.Store {
	t.Helper()
	s, err := neo4jstore.Open(t.Context(), neo4jstore.Options{URI: server.URI, User: server.User, Password: server.Password})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// anAPI is a process that serves.
type anAPI struct {
	url  string
	said *bytes.Buffer
	cmd  *exec.Cmd
}

// serveProcess starts a process that serves, and stops it when the test ends.
func serveProcess(t *testing.T, server *neo4jtest.Server) *anAPI {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	c, said := withServer(t, server, "serve", "--addr", addr, "--store", server.URI)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = c.Process.Signal(syscall.SIGTERM)
		if err := c.Wait(); err != nil {
			t.Errorf("told to end, it ended with %v\n%s", err, said)
		}
	})
	a := &anAPI{url: "http://" + addr, said: said, cmd: c}
	awaitThat(t, "the process serves", func() bool {
		status, _, err := a.get("/readyz")
		return err == nil && status == http.StatusOK
	})
	return a
}

func awaitThat(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !is(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("it does not come that %s", what)
		}
	}
}

func (a *anAPI) get(path string) (status int, body string, err error) {
	answer, err := http.Get(a.url + path)
	if err != nil {
		return 0, "", err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	return answer.StatusCode, string(text), err
}

func graphQL(document string) string { return "/graphql?query=" + url.QueryEscape(document) }

// pinned are documents about load 2.
func pinned() (paths []string) {
	for _, inside := range []string{
		`load actor(key: "USA") { key names { text } }`,
		`engagements(first: 50) { totalCount pageInfo { hasNextPage } nodes { key } }`,
		`dyad(a: "USA", b: "GBR") { engagements(last: 40) { totalCount nodes { key } } ties { topic } }`,
		`disputes(first: 100, where: {}) { totalCount nodes { key } }`,
		`search(text: "kingdom", first: 20) { nodes { __typename } }`,
	} {
		paths = append(paths, graphQL("{ snapshot(load: 2) { "+inside+" } }"))
	}
	return paths
}

// TestServersDuringALoad: two processes serve while a third loads. What they are asked about the load before is answered the
// same all the time, and when the load is committed both see it.
func TestServersDuringALoad(t *testing.T) {
	testneeds.LongLoop(t)
	server := neo4jtest.Start(t)
	if err := server.Clear(t.Context()); err != nil {
		t.Fatal(err)
	}
	mustWithServer(t, server, "ingest", "states")
	mustWithServer(t, server, append([]string{"ingest", "cow-mid"}, manyDisputes(t, t.TempDir(), 150)...)...)
	loaded := manyDisputes(t, t.TempDir(), 1200)
	apis := []*anAPI{serveProcess(t, server), serveProcess(t, server)}
	want := map[string]string{}
	for _, path := range pinned() {
		status, body, err := apis[0].get(path)
		if err != nil || status != http.StatusOK || strings.Contains(body, `"errors"`) {
			t.Fatalf("%s is answered %d, %v: %s", path, status, err, body)
		}
		want[path] = withoutClock(t, body)
	}
	stop := make(chan struct{})
	var asking sync.WaitGroup
	var asked atomic.Int64
	for _, a := range apis {
		asking.Go(func() {
			for {
				for _, path := range pinned() {
					status, body, err := a.get(path)
					if err != nil || status != http.StatusOK || withoutClock(t, body) != want[path] {
						t.Errorf("during a load, %s is answered %d, %v: %s\nbefore: %s", path, status, err, body, want[path])
						return
					}
					asked.Add(1)
				}
				select {
				case <-stop:
					return
				default:
				}
			}
		})
	}
	began := time.Now()
	mustWithServer(t, server, append([]string{"ingest", "cow-mid"}, loaded...)...)
	t.Logf("the load took %s; meanwhile %d questions were answered", time.Since(began), asked.Load())
	for _, a := range apis {
		if _, body, err := a.get(graphQL("{ meta { load { number } } }")); err != nil || !strings.Contains(body, `"number":3`) {
			t.Errorf("after the commit a server answers %v: %s", err, body)
		}
		if _, body, err := a.get(graphQL("{ disputes(first: 1) { totalCount } }")); err != nil || !strings.Contains(body, `"totalCount":1200`) {
			t.Errorf("after the commit a server answers %v: %s", err, body)
		}
	}
	close(stop)
	asking.Wait()
	if asked.Load() < 20 {
		t.Errorf("only %d questions were answered meanwhile", asked.Load())
	}
}

// withoutClock is the data of an answer: what is beside it tells the time.
func withoutClock(t *testing.T, body string) string {
	t.Helper()
	var answer struct{ Data, Errors json.RawMessage }
	if err := json.Unmarshal([]byte(body), &answer); err != nil {
		t.Errorf("%v: %s", err, body)
	}
	return string(answer.Data) + string(answer.Errors)
}

// TestKilledProgramOnServer kills the program while it loads into a server, and goes on by the command that it names, or
// takes it back and loads anew: what is left is what it leaves in a file.
func TestKilledProgramOnServer(t *testing.T) {
	testneeds.LongLoop(t)
	server := neo4jtest.Start(t)
	if err := server.Clear(t.Context()); err != nil {
		t.Fatal(err)
	}
	files := manyDisputes(t, t.TempDir(), 1200)
	ingest := append([]string{"ingest", "cow-mid"}, files...)
	inFile := filepath.Join(t.TempDir(), "file.db")
	entente(t, "ingest", "states", "--store", inFile)
	entente(t, append(ingest, "--store", inFile)...)
	want := digestOf(t, openStore(t, inFile))
	mustWithServer(t, server, "ingest", "states")
	store := onServer(t, server)
	before := digestOf(t, store)

	kill := func() {
		t.Helper()
		c, said := withServer(t, server, append(ingest, "--store", server.URI)...)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		awaitThat(t, "a load is open", func() bool {
			u, err := store.Unfinished(t.Context())
			return err == nil && u != nil
		})
		if err := c.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = c.Wait()
		if u, err := store.Unfinished(t.Context()); err != nil || u == nil {
			t.Fatalf("killed, it leaves %v, %v: %s", u, err, said)
		}
		if d := digestOf(t, store); d != before {
			t.Errorf("killed, it left the digest %s; before it was %s", d, before)
		}
	}
	kill()
	c, said := withServer(t, server, "resume", "--store", server.URI)
	if err := c.Run(); err == nil || !strings.Contains(said.String(), "its lease runs until") || !strings.Contains(said.String(), "entente resume --take-over") || strings.Contains(said.String(), server.Password) {
		t.Errorf("while the lease of the killed one runs, resume gives %v and says %s", err, said)
	}
	mustWithServer(t, server, "discard", "--take-over")
	kill()
	mustWithServer(t, server, "resume", "--take-over")
	if d := digestOf(t, store); d != want {
		t.Errorf("resumed, it left the digest %s; in a file %s", d, want)
	}
	if u, err := store.Unfinished(t.Context()); err != nil || u != nil {
		t.Errorf("resumed, it leaves open %+v, %v", u, err)
	}
}

// TestServeAndItsServer serves before the server of the store is up, while it is killed, and after.
func TestServeAndItsServer(t *testing.T) {
	testneeds.LongLoop(t)
	before := goleak.IgnoreCurrent()
	server := neo4jtest.Own(t)
	if err := server.Clear(t.Context()); err != nil {
		t.Fatal(err)
	}
	mustWithServer(t, server, "ingest", "states")
	if err := server.Stop(); err != nil {
		t.Fatal(err)
	}
	const request = 3 * time.Second
	s := serveWith(t, map[string]string{"ENTENTE_NEO4J_PASSWORD": server.Password, "ENTENTE_TIMEOUT_REQUEST": request.String()}, "--store", server.URI)
	const question = "{ actor(key: \"USA\") { key } }"
	wantAway := func(when string) {
		t.Helper()
		if status, body := s.get("/healthz"); status != http.StatusOK {
			t.Errorf("%s, /healthz is answered %d: %s", when, status, body)
		}
		began := time.Now()
		if status, body := s.get("/readyz"); status != http.StatusServiceUnavailable || !strings.Contains(body, "the store cannot be asked now") {
			t.Errorf("%s, /readyz is answered %d: %s", when, status, body)
		}
		ready := time.Since(began)
		began = time.Now()
		status, body := s.get(graphQL(question))
		if took := time.Since(began); took > request+2*time.Second || ready > 4*time.Second {
			t.Errorf("%s, /readyz is answered after %s and GraphQL after %s", when, ready, took)
		}
		if status != http.StatusServiceUnavailable && status != http.StatusOK || !strings.Contains(body, `"code":"UNAVAILABLE"`) || strings.Contains(body, "127.0.0.1") || strings.Contains(body, "onnectivity") {
			t.Errorf("%s, GraphQL is answered %d: %s", when, status, body)
		}
	}
	wantBack := func(when string) {
		t.Helper()
		awaitThat(t, when+" it is ready", func() bool { status, _ := s.get("/readyz"); return status == http.StatusOK })
		awaitThat(t, when+" questions are answered", func() bool {
			_, body := s.get(graphQL(question))
			return strings.Contains(body, `"key":"iso3:USA"`)
		})
	}
	wantAway("before the server is up")
	if err := server.Restart(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantBack("once the server is up")
	if err := server.Kill(); err != nil {
		t.Fatal(err)
	}
	wantAway("when the server was killed")
	if err := server.Restart(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantBack("once the server is back")
	s.stop()
	if said := s.text(); strings.Contains(said, server.Password) || strings.Contains(said, "panic") {
		t.Errorf("it said\n%s", said)
	}
	s.client.CloseIdleConnections()
	http.DefaultClient.CloseIdleConnections()
	goleak.VerifyNone(t, before)
}

// TestRefusedByTheServer: what waiting does not mend ends every command at once, with what is wrong and no secret in it.
func TestRefusedByTheServer(t *testing.T) {
	server := neo4jtest.Start(t)
	const secret = "wrong-and-secret"
	for name, c := range map[string]struct {
		store string
		env   string
		more  string // of the environment
		code  int
		says  string
	}{
		"a wrong password":      {server.URI, "ENTENTE_NEO4J_PASSWORD=" + secret, "", exitError, "the database does not accept the user and password"},
		"an unknown user":       {server.URI, "ENTENTE_NEO4J_PASSWORD=" + secret, "ENTENTE_NEO4J_USER=nobody", exitError, "the database does not accept the user and password"},
		"an unknown database":   {server.URI, "ENTENTE_NEO4J_PASSWORD=" + server.Password, "ENTENTE_NEO4J_DATABASE=nowhere", exitError, "the server has no database of that name"},
		"through routing":       {server.RoutingURI(), "ENTENTE_NEO4J_PASSWORD=" + server.Password, "ENTENTE_NEO4J_DATABASE=nowhere", exitError, "the server has no database of that name"},
		"an address of no host": {"neo4j://:7687", "ENTENTE_NEO4J_PASSWORD=" + secret, "", exitUsage, "it is not an address"},
		"a secret in it":        {"neo4j://neo4j:" + secret + "@127.0.0.1:7687", "", "", exitUsage, "names and passwords are not written into an address"},
	} {
		if server.Password == "" && strings.Contains(c.env, secret) && c.code == exitError {
			continue // a server that asks for no account accepts all
		}
		for _, order := range [][]string{{"serve", "--addr", "127.0.0.1:0"}, {"loads"}, {"ingest", "states"}} {
			t.Run(name+" "+order[0], func(t *testing.T) {
				p, said := asProcess(t, append(order, "--store", c.store)...)
				p.Env = append(p.Env, c.env, c.more)
				ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
				defer stop()
				kill := context.AfterFunc(ctx, func() { _ = p.Process.Kill() })
				defer kill()
				if p.Run(); p.ProcessState.ExitCode() != c.code || !strings.Contains(said.String(), c.says) {
					t.Errorf("exit code %d: %s", p.ProcessState.ExitCode(), said)
				}
				for _, inside := range []string{secret, "goroutine", "Neo4jError", "Neo.ClientError", "neo4jstore"} {
					if strings.Contains(said.String(), inside) {
						t.Errorf("it says %q: %s", inside, said)
					}
				}
			})
		}
	}
}
