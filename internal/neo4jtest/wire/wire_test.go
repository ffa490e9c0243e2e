package wire

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"go.uber.org/goleak"

	"github.com/entente-graph/entente/internal/neo4jtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// connect returns a driver at an address, and clears the database.
func connect(t *testing.T, server *neo4jtest.Server, uri string) neo4j.DriverWithContext {
	t.Helper()
	if err := server.ClearData(t.Context()); err != nil {
		t.Fatal(err)
	}
	driver, err := neo4j.NewDriverWithContext(uri, server.Auth())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { driver.Close(context.Background()) })
	return driver
}

// ask runs a statement outside of any transaction, and returns its only value.
func ask(ctx context.Context, driver neo4j.DriverWithContext, statement string, parameters map[string]any) (any, error) {
	session := driver.NewSession(ctx, neo4j.SessionConfig{AccessMode: neo4j.AccessModeRead})
	defer session.Close(ctx)
	result, err := session.Run(ctx, statement, parameters)
	if err != nil {
		return nil, err
	}
	one, err := result.Single(ctx)
	if err != nil {
		return nil, err
	}
	return one.Values[0], nil
}

func mustAsk(t *testing.T, driver neo4j.DriverWithContext, statement string, want any) {
	t.Helper()
	got, err := ask(t.Context(), driver, statement, nil)
	if err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
	if got != want {
		t.Errorf("%s: %v, want %v", statement, got, want)
	}
}

func TestRoundTrips(t *testing.T) {
	server := neo4jtest.Start(t)
	proxy := Listen(t, server.URI)
	driver := connect(t, server, proxy.URI)
	mustAsk(t, driver, "RETURN 1", int64(1)) // which connects, and asks who we are
	if hello, logon := proxy.Sent(Hello), proxy.Sent(Logon); hello != 1 || logon != 1 {
		t.Errorf("connecting took %d HELLO, %d LOGON", hello, logon)
	}

	for range 20 { // RUN may be answered before PULL is read, and is not always
		proxy.Forget()
		mustAsk(t, driver, "RETURN 1", int64(1))
		if trips, runs, pulls := proxy.RoundTrips(), proxy.Sent(Run), proxy.Sent(Pull); trips != 1 || runs != 1 || pulls != 1 {
			t.Fatalf("a question took %d round trips, %d RUN, %d PULL", trips, runs, pulls)
		}
	}

	proxy.Forget()
	session := driver.NewSession(t.Context(), neo4j.SessionConfig{FetchSize: 10})
	defer session.Close(t.Context())
	if _, err := session.ExecuteRead(t.Context(), func(tx neo4j.ManagedTransaction) (any, error) {
		result, err := tx.Run(t.Context(), "UNWIND range(1, 35) AS n RETURN n", nil)
		if err != nil {
			return nil, err
		}
		return result.Collect(t.Context())
	}); err != nil {
		t.Fatal(err)
	}
	// BEGIN, RUN with the first PULL, three more PULL, COMMIT.
	if trips, pulls, commits := proxy.RoundTrips(), proxy.Sent(Pull), proxy.Sent(Commit); trips != 6 || pulls != 4 || commits != 1 {
		t.Errorf("a read in a transaction took %d round trips, %d PULL, %d COMMIT", trips, pulls, commits)
	}
}

// write writes in a transaction of two statements.
func write(ctx context.Context, driver neo4j.DriverWithContext) error {
	session := driver.NewSession(ctx, neo4j.SessionConfig{})
	defer session.Close(ctx)
	tx, err := session.BeginTransaction(ctx)
	if err != nil {
		return err
	}
	defer tx.Close(ctx)
	for _, name := range []string{"a", "b"} {
		result, err := tx.Run(ctx, "CREATE (:Thing {name: $name})", map[string]any{"name": name})
		if err != nil {
			return err
		}
		if _, err := result.Consume(ctx); err != nil {
			return err
		}
	}
	return tx.Commit(ctx)
}

// TestCut cuts a transaction everywhere. Only where the server had all of COMMIT may it be there afterwards, and where
// the server answered COMMIT it must.
func TestCut(t *testing.T) {
	server := neo4jtest.Start(t)
	proxy := Listen(t, server.URI)
	driver := connect(t, server, proxy.URI)
	for _, at := range []struct {
		message Message
		nth     int
	}{{Begin, 1}, {Run, 1}, {Pull, 1}, {Run, 2}, {Pull, 2}, {Commit, 1}} {
		for _, when := range []When{Before, Within, Forwarded, Answered} {
			t.Run(fmt.Sprintf("%s of the %d. %s", when, at.nth, at.message), func(t *testing.T) {
				if err := server.ClearData(t.Context()); err != nil {
					t.Fatal(err)
				}
				mustAsk(t, driver, "RETURN 1", int64(1)) // a connection
				proxy.Forget()
				cut := proxy.Cut(at.message, at.nth, when)
				err := write(t.Context(), driver)
				if err == nil || !cut.Happened() {
					t.Fatalf("the transaction was not cut: %v", err)
				}
				if !neo4j.IsConnectivityError(err) {
					t.Errorf("%T: %v", err, err)
				}
				if at.message == Commit && when == Forwarded {
					return // whether it is there is not known, which is what this is for
				}
				want := int64(0)
				if at.message == Commit && when == Answered {
					want = 2
				}
				mustAsk(t, driver, "MATCH (t:Thing) RETURN count(t)", want)
			})
		}
	}
}

func TestForgottenCutDoesNotHappen(t *testing.T) {
	server := neo4jtest.Start(t)
	proxy := Listen(t, server.URI)
	driver := connect(t, server, proxy.URI)
	cut := proxy.Cut(Commit, 2, Before)
	if err := write(t.Context(), driver); err != nil {
		t.Fatal(err)
	}
	proxy.Forget()
	if err := write(t.Context(), driver); err != nil {
		t.Fatal(err)
	}
	if cut.Happened() {
		t.Error("it happened")
	}
	mustAsk(t, driver, "MATCH (t:Thing) RETURN count(t)", int64(4))
}

// TestAt reads through another connection while a COMMIT is on its way.
func TestAt(t *testing.T) {
	server := neo4jtest.Start(t)
	proxy := Listen(t, server.URI)
	driver := connect(t, server, proxy.URI)
	other := server.Driver(t)
	for when, want := range map[When]int64{Before: 0, Answered: 2} {
		if err := server.ClearData(t.Context()); err != nil {
			t.Fatal(err)
		}
		event := proxy.At(Commit, 1, when, func() { mustAsk(t, other, "MATCH (t:Thing) RETURN count(t)", want) })
		if err := write(t.Context(), driver); err != nil {
			t.Fatal(err)
		}
		if !event.Happened() {
			t.Errorf("nothing happened %s COMMIT", when)
		}
	}
}

func TestServerKilledBeforeCommit(t *testing.T) {
	server := neo4jtest.Own(t)
	proxy := Listen(t, server.URI)
	driver := connect(t, server, proxy.URI)
	proxy.At(Commit, 1, Before, func() {
		if err := server.Kill(); err != nil {
			t.Error(err)
		}
	})
	if err := write(t.Context(), driver); !neo4j.IsConnectivityError(err) {
		t.Errorf("%T: %v", err, err)
	}
	if err := server.Restart(t.Context()); err != nil {
		t.Fatal(err)
	}
	mustAsk(t, driver, "MATCH (t:Thing) RETURN count(t)", int64(0))
}

func TestDownAndUp(t *testing.T) {
	server := neo4jtest.Start(t)
	proxy := Listen(t, server.URI)
	driver := connect(t, server, proxy.URI)
	for range 3 {
		mustAsk(t, driver, "RETURN 1", int64(1))
		proxy.Down()
		if got, err := ask(t.Context(), driver, "RETURN 1", nil); !neo4j.IsConnectivityError(err) {
			t.Errorf("a server that is down answers %v, %v", got, err)
		}
		if err := proxy.Up(); err != nil {
			t.Fatal(err)
		}
	}
	mustAsk(t, driver, "RETURN 1", int64(1))
}

// TestLargeMessages is about messages of many chunks, in both directions, from many sides at once.
func TestLargeMessages(t *testing.T) {
	server := neo4jtest.Start(t)
	proxy := Listen(t, server.URI)
	driver := connect(t, server, proxy.URI)
	mustAsk(t, driver, "RETURN 1", int64(1)) // the driver's first connection races with its second
	var work sync.WaitGroup
	for side := range 8 {
		text := strings.Repeat(fmt.Sprintf("%d, ", side), 200_000)
		work.Go(func() {
			got, err := ask(t.Context(), driver, "RETURN $text", map[string]any{"text": text})
			if err != nil || got != text {
				t.Errorf("side %d: another text came back, or %v", side, err)
			}
		})
	}
	work.Wait()

	proxy.Forget()
	cut := proxy.Cut(Run, 1, Within)
	if _, err := ask(t.Context(), driver, "RETURN $text", map[string]any{"text": strings.Repeat("long, ", 100_000)}); !neo4j.IsConnectivityError(err) || !cut.Happened() {
		t.Errorf("cut within a long message: %v", err)
	}
}

// TestRouting is about the addresses that a server gives of itself.
func TestRouting(t *testing.T) {
	server := neo4jtest.Start(t)
	proxy := Listen(t, server.URI)
	driver := connect(t, server, "neo4j"+strings.TrimPrefix(proxy.URI, "bolt"))
	mustAsk(t, driver, "RETURN 1", int64(1))
	if proxy.Sent(Route) == 0 {
		t.Error("nobody asked for the members of the cluster")
	}
	if proxy.Sent(Run) != 1 {
		t.Errorf("the question was not asked through the proxy: %d RUN", proxy.Sent(Run))
	}
}

func TestSlow(t *testing.T) {
	server := neo4jtest.Start(t)
	slow := ListenSlow(t, server.URI)
	driver := connect(t, server, slow.URI)
	mustAsk(t, driver, "RETURN 1", int64(1))

	slow.Latency(300*time.Millisecond, 0)
	before := time.Now()
	mustAsk(t, driver, "RETURN 1", int64(1))
	if took := time.Since(before); took < 300*time.Millisecond {
		t.Errorf("with a latency of 300 ms an answer took %v", took)
	}
	slow.Good()

	slow.Bandwidth(100)
	before = time.Now()
	if _, err := ask(t.Context(), driver, "RETURN $text", map[string]any{"text": strings.Repeat("x", 50_000)}); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(before); took < 400*time.Millisecond {
		t.Errorf("with 100 KB a second, 50 KB took %v", took)
	}
	slow.Good()

	slow.Silence()
	ctx, stop := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer stop()
	// The driver's error does not unwrap to the context's.
	if _, err := ask(ctx, driver, "RETURN 1", nil); !neo4j.IsConnectivityError(err) || ctx.Err() == nil {
		t.Errorf("from a silent server: %v", err)
	}
	slow.Good()
	mustAsk(t, driver, "RETURN 1", int64(1))

	slow.Reset(0)
	if _, err := ask(t.Context(), driver, "RETURN 1", nil); !neo4j.IsConnectivityError(err) {
		t.Errorf("over a connection that was reset: %v", err)
	}
	slow.Good()
	mustAsk(t, driver, "RETURN 1", int64(1))
}
