package neo4jtest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

func count(t *testing.T, driver neo4j.DriverWithContext, statement string) int64 {
	t.Helper()
	result, err := neo4j.ExecuteQuery(t.Context(), driver, statement, nil, neo4j.EagerResultTransformer)
	if err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
	return result.Records[0].Values[0].(int64)
}

func do(t *testing.T, driver neo4j.DriverWithContext, statements ...string) {
	t.Helper()
	for _, statement := range statements {
		if _, err := neo4j.ExecuteQuery(t.Context(), driver, statement, nil, neo4j.EagerResultTransformer); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}

func TestClear(t *testing.T) {
	server := Start(t)
	driver := server.Driver(t)
	if err := server.Clear(t.Context()); err != nil {
		t.Fatal(err)
	}
	do(t, driver,
		"CREATE CONSTRAINT thing_key FOR (t:Thing) REQUIRE t.key IS UNIQUE",
		"CREATE INDEX `a name` FOR (t:Thing) ON (t.name)",
		"UNWIND range(1, 6000) AS n CREATE (:Thing {key: n})-[:NEXT]->(:Thing {key: -n})")

	if err := server.ClearData(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := count(t, driver, "MATCH (n) RETURN count(n)"); n != 0 {
		t.Errorf("%d nodes after ClearData", n)
	}
	const schema = "SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' AND name <> '" + marker + "' RETURN count(*)"
	if n := count(t, driver, schema); n != 2 {
		t.Errorf("%d indexes after ClearData, want the two that were made", n)
	}
	if err := server.Clear(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := count(t, driver, schema); n != 0 {
		t.Errorf("%d indexes after Clear", n)
	}
}

// TestStopKillRestart also holds that committed data outlive a crash, and that a test finds the server running even if
// the one before left it killed.
func TestStopKillRestart(t *testing.T) {
	server := Own(t)
	driver := server.Driver(t)
	do(t, driver, "CREATE (:Kept)")
	gone := func(what string) {
		t.Helper()
		ctx, stop := context.WithTimeout(t.Context(), 2*time.Second)
		defer stop()
		if err := driver.VerifyConnectivity(ctx); err == nil {
			t.Errorf("a server that was %s answers", what)
		}
		if err := server.Kill(); err == nil {
			t.Errorf("a server that was %s was killed again", what)
		}
	}
	back := func(what string) {
		t.Helper()
		if n := count(t, driver, "MATCH (k:Kept) RETURN count(k)"); n != 1 {
			t.Errorf("after the server was %s, what was committed is there %d times", what, n)
		}
	}

	if err := server.Stop(); err != nil {
		t.Fatal(err)
	}
	gone("stopped")
	if err := server.Restart(t.Context()); err != nil {
		t.Fatal(err)
	}
	back("stopped")
	if err := server.Restart(t.Context()); err == nil {
		t.Error("a running server was restarted")
	}

	if err := server.Kill(); err != nil {
		t.Fatal(err)
	}
	gone("killed")
	if again := Own(t); again != server {
		t.Error("the next test has another server")
	}
	back("killed")
	if err := server.Clear(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestPasswordIsAsked(t *testing.T) {
	server := Own(t)
	for range 5 { // Neo4j locks an account after three wrong passwords, unless told otherwise
		driver, err := neo4j.NewDriverWithContext(server.URI, neo4j.BasicAuth(server.User, "wrong", ""))
		if err != nil {
			t.Fatal(err)
		}
		var told *neo4j.Neo4jError
		if err := driver.VerifyConnectivity(t.Context()); !errors.As(err, &told) || told.Code != "Neo.ClientError.Security.Unauthorized" {
			t.Errorf("a wrong password: %v", err)
		}
		driver.Close(t.Context())
	}
	if err := server.Driver(t).VerifyConnectivity(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestRoutingAddress(t *testing.T) {
	server := Own(t)
	driver, err := neo4j.NewDriverWithContext(server.RoutingURI(), server.Auth())
	if err != nil {
		t.Fatal(err)
	}
	defer driver.Close(t.Context())
	if n := count(t, driver, "RETURN 1"); n != 1 {
		t.Error(n)
	}
}

// TestMark is about servers that ENTENTE_TEST_NEO4J_URI names.
func TestMark(t *testing.T) {
	server := Own(t)
	driver := server.Driver(t)
	defer do(t, driver, "DROP INDEX "+marker+" IF EXISTS")
	do(t, driver, "CREATE (:Treasure)")
	if err := server.mark(t.Context()); err == nil || !strings.Contains(err.Error(), "nodes that no test made") {
		t.Errorf("a database with data may be cleared: %v", err)
	}
	if err := server.Clear(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := server.mark(t.Context()); err != nil {
		t.Errorf("an empty database may not be cleared: %v", err)
	}
	do(t, driver, "CREATE (:Leftover)")
	if err := server.Clear(t.Context()); err != nil {
		t.Fatal(err)
	}
	do(t, driver, "CREATE (:Leftover)")
	if err := server.mark(t.Context()); err != nil {
		t.Errorf("a database that tests used may not be cleared: %v", err)
	}
}

// orphan makes the test binary start a server, say which process it is, and wait to be killed.
const orphan = "ENTENTE_NEO4JTEST_ORPHAN"

func TestMain(m *testing.M) {
	if os.Getenv(orphan) == "" {
		os.Exit(m.Run())
	}
	p, err := launch(context.Background(), settings{bolt: 1})
	if err == nil {
		err = p.order("start")
	}
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	pid, err := p.pid()
	fmt.Println(pid, p.home, err)
	select {}
}

// TestNoServerIsLeft kills a test binary that has a server.
func TestNoServerIsLeft(t *testing.T) {
	Own(t) // or the test is skipped
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	binary := exec.Command(self)
	binary.Env = append(os.Environ(), orphan+"=1")
	out, err := binary.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := binary.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	var pid int
	var home string
	if _, scanErr := fmt.Sscan(line, &pid, &home); scanErr != nil || pid == 0 {
		t.Fatalf("it said %q, %v", line, err)
	}
	if err := syscall.Kill(pid, 0); err != nil {
		t.Fatalf("the server is not there: %v", err)
	}
	if err := binary.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = binary.Wait()
	for range 200 {
		_, folder := os.Stat(home)
		if errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) && errors.Is(folder, os.ErrNotExist) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Errorf("ten seconds after the test binary was killed, its server, process %d, or the folder %s is still there", pid, home)
}

// TestVersion keeps the two places that name the version together.
func TestVersion(t *testing.T) {
	if !strings.Contains(string(pom), "<neo4j.version>"+Version+"</neo4j.version>") {
		t.Errorf("pom.xml names another version than %s", Version)
	}
}
