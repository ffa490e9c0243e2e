package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/graph/neo4jstore"
	"github.com/entente-graph/entente/graph/sqlitestore"
)

// pretended are Neo4j servers that are none, by address: an embedded store answers in their place, or an error.
var pretended sync.Map

func init() {
	open := openNeo4jStore
	openNeo4jStore = func(ctx context.Context, o neo4jstore.Options) (graph.Store, error) {
		if f, ok := pretended.Load(o.URI); ok {
			return f.(func(neo4jstore.Options) (graph.Store, error))(o) //nolint:forcetypeassert // pretend stored it
		}
		return open(ctx, o)
	}
}

// pretend lets an address of a Neo4j server be opened by f.
func pretend(t *testing.T, address string, f func(o neo4jstore.Options) (graph.Store, error)) {
	t.Helper()
	pretended.Store(address, f)
	t.Cleanup(func() { pretended.Delete(address) })
}

var errNoAnswer = fmt.Errorf("%w: connection refused", graph.ErrUnavailable)

// TestServeBeforeTheServerOfTheStore: started first, it says to all who ask that the store does not answer, until it does.
func TestServeBeforeTheServerOfTheStore(t *testing.T) {
	t.Parallel()
	const address = "neo4j://late.example:7687"
	path := copySample(t)
	var up atomic.Bool
	pretend(t, address, func(neo4jstore.Options) (graph.Store, error) {
		if !up.Load() {
			return nil, errNoAnswer
		}
		return sqlitestore.Open(path)
	})
	s := serve(t, "--store", address)
	for place, want := range map[string]struct {
		status int
		body   string
	}{
		"/healthz": {http.StatusOK, "ok"},
		"/readyz":  {http.StatusServiceUnavailable, "the store cannot be asked now"},
		"/v1/dyads/JPN/KOR/ties.csv?topic=defense":        {http.StatusServiceUnavailable, `"code": "UNAVAILABLE"`},
		"/graphql?query=%7Bmeta%7Bload%7Bnumber%7D%7D%7D": {http.StatusServiceUnavailable, `"code":"UNAVAILABLE"`},
		"/playground": {http.StatusOK, "<"},
	} {
		if status, body := s.get(place); status != want.status || !strings.Contains(body, want.body) {
			t.Errorf("while the store does not answer, %s is answered %d: %s", place, status, body)
		}
	}
	if text := s.text(); !strings.Contains(text, "serves "+address) || strings.Contains(text, "answers, load") {
		t.Errorf("it says\n%s", text)
	}
	up.Store(true)
	for begun := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		if status, body := s.get("/readyz"); status == http.StatusOK && strings.Contains(body, "ready, load 5") {
			break
		}
		if time.Since(begun) > 20*time.Second {
			t.Fatalf("it does not get ready:\n%s", s.text())
		}
	}
	if _, body := s.get("/graphql?query=%7Bmeta%7Bload%7Bnumber%7D%7D%7D"); !strings.Contains(body, `"load":{"number":5}`) {
		t.Errorf("once the store answers, GraphQL answers %s", body)
	}
	s.stop()
	if text := s.text(); !strings.Contains(text, address+" answers, load 5") || !strings.Contains(text, "connection refused") || !strings.Contains(text, "Try:  curl") {
		t.Errorf("it said\n%s", text)
	}
}

// TestServeASampleOfAServer: the sample is loaded as soon as the store answers.
func TestServeASampleOfAServer(t *testing.T) {
	t.Parallel()
	const address = "bolt://sample.example"
	path := copySample(t)
	var readOnly []bool
	pretend(t, address, func(o neo4jstore.Options) (graph.Store, error) {
		if readOnly = append(readOnly, o.ReadOnly); len(readOnly) == 1 {
			return nil, errNoAnswer
		}
		return sqlitestore.Open(path)
	})
	s := serve(t, "--sample", "--store", address)
	for begun := time.Now(); !strings.Contains(s.text(), "answers, load 5"); time.Sleep(20 * time.Millisecond) {
		if time.Since(begun) > 20*time.Second {
			t.Fatalf("it does not get ready:\n%s", s.text())
		}
	}
	s.stop()
	if fmt.Sprint(readOnly) != "[false false true]" {
		t.Errorf("the store was opened to read only: %v", readOnly)
	}
}

func TestServeEndsWhereWaitingDoesNotHelp(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fails error
		env   map[string]string
		want  string
	}{
		"a wrong password":       {fmt.Errorf("%w: the server refuses neo4j: the password is wrong", graph.ErrInvalid), nil, "entente: invalid: the server refuses neo4j: the password is wrong\n"},
		"no answer for too long": {errNoAnswer, map[string]string{"ENTENTE_NEO4J_WAIT": "600ms"}, "does not answer, and was waited for for 600ms (neo4j.wait): store unavailable: connection refused\n"},
		"no waiting":             {errNoAnswer, map[string]string{"ENTENTE_NEO4J_WAIT": "0s"}, "does not answer, and was waited for for 0s (neo4j.wait)"},
		"no file of a password":  {errNoAnswer, map[string]string{"ENTENTE_NEO4J_PASSWORD": "", "ENTENTE_NEO4J_PASSWORD_FILE": "/nowhere/password"}, "the password cannot be read: neo4j.password-file: /nowhere/password: no such file or directory\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address := "neo4j+s://" + strings.ReplaceAll(name, " ", "-") + ".example"
			pretend(t, address, func(neo4jstore.Options) (graph.Store, error) { return nil, c.fails })
			env := map[string]string{"ENTENTE_NEO4J_PASSWORD": "secret", "ENTENTE_STORE": address, "ENTENTE_LOG_LEVEL": "debug"}
			for k, v := range c.env {
				env[k] = v
			}
			var said bytes.Buffer
			begun := time.Now()
			err := run(context.Background(), []string{"serve", "--addr", "localhost:0"}, nil, io.Discard, &said, func(k string) string { return env[k] })
			if code := exitCode(err, &said); code != exitError || !strings.Contains(said.String(), c.want) {
				t.Errorf("exit code %d: %s", code, &said)
			}
			if took := time.Since(begun); took > 10*time.Second {
				t.Errorf("it ended after %s", took)
			}
			if strings.Contains(said.String(), "secret") {
				t.Errorf("it says the password: %s", &said)
			}
		})
	}
}

func TestServeInterruptedWhileItWaits(t *testing.T) {
	t.Parallel()
	const address = "neo4j://never.example"
	pretend(t, address, func(neo4jstore.Options) (graph.Store, error) { return nil, errNoAnswer })
	serve(t, "--store", address).stop()
}

// TestHowAServerIsReached: settings come to the store as they are, and other commands do not wait.
func TestHowAServerIsReached(t *testing.T) {
	t.Parallel()
	const address = "neo4j+ssc://db.example:7777"
	var got []neo4jstore.Options
	pretend(t, address, func(o neo4jstore.Options) (graph.Store, error) {
		got = append(got, o)
		return nil, errNoAnswer
	})
	password := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(password, []byte("secret\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	env := map[string]string{
		"ENTENTE_NEO4J_USER": "reader", "ENTENTE_NEO4J_PASSWORD_FILE": password, "ENTENTE_NEO4J_DATABASE": "graph",
		"ENTENTE_NEO4J_POOL": "3", "ENTENTE_NEO4J_CONNECT_TIMEOUT": "2s", "ENTENTE_NEO4J_CA_FILE": "ca.pem",
	}
	want := neo4jstore.Options{
		URI: address, User: "reader", Password: "secret", Database: "graph", CAFile: "ca.pem", Pool: 3, ConnectTimeout: 2 * time.Second,
	}
	for _, c := range []struct {
		args     []string
		readOnly bool
	}{
		{[]string{"loads", "--store", address}, true},
		{[]string{"ask", "actor", "KOR", "--store", address}, true},
		{[]string{"discard", "--store", address}, false},
		{[]string{"ingest", "states", "--store", address}, false},
		{[]string{"ingest", "states", "--dry-run", "--store", address}, true},
		{[]string{"copy", "--from", address, "--to", filepath.Join(t.TempDir(), "x.db")}, true},
	} {
		got = nil
		var said bytes.Buffer
		err := run(context.Background(), c.args, nil, &said, &said, func(k string) string { return env[k] })
		want.ReadOnly = c.readOnly
		if !errors.Is(err, graph.ErrUnavailable) || len(got) != 1 || got[0] != want {
			t.Errorf("%v: %v; opened with %+v, not %+v", c.args, err, got, want)
		}
		if exitCode(err, &said); strings.Contains(said.String(), "secret") {
			t.Errorf("%v says the password: %s", c.args, &said)
		}
	}
	var out bytes.Buffer
	if err := run(context.Background(), []string{"config", "--store", address}, nil, &out, &out, func(k string) string { return env[k] }); err != nil {
		t.Fatal(err)
	}
	if text := out.String(); strings.Contains(text, "secret") || !strings.Contains(text, password) || !strings.Contains(text, "reader") {
		t.Errorf("entente config shows\n%s", text)
	}
}
