package neo4jtest

import (
	"bufio"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"
)

//go:embed supervise.sh
var supervise string

// patience is how long a server may take to start. It takes six seconds, more on a busy machine.
const patience = 3 * time.Minute

// temporary is the folder of temporary files as it was when this process began: that of a test program in a hurry is in
// memory, is its own, and ends with it (internal/testrun).
var temporary = os.TempDir()

// process is a server run by Java on this machine, in a folder of its own, under a supervising shell.
type process struct {
	home string

	mu      sync.Mutex // an order at a time
	orders  io.WriteCloser
	answers *bufio.Reader
}

// settings are what neo4j.conf says. The ports are on 127.0.0.1; http is 0 for none.
type settings struct {
	bolt, http int
	auth       bool
}

func (s settings) text() string {
	var b strings.Builder
	line := func(key, value string) { fmt.Fprintf(&b, "%s=%s\n", key, value) }
	listen := func(connector string, port int) {
		line("server."+connector+".listen_address", "127.0.0.1:"+strconv.Itoa(port))
		line("server."+connector+".advertised_address", "127.0.0.1:"+strconv.Itoa(port))
	}
	listen("bolt", s.bolt)
	line("server.http.enabled", strconv.FormatBool(s.http != 0))
	if s.http != 0 {
		listen("http", s.http)
	}
	line("dbms.security.auth_enabled", strconv.FormatBool(s.auth))
	line("dbms.security.auth_max_failed_attempts", "0") // tests give wrong passwords on purpose
	line("dbms.usage_report.enabled", "false")
	line("server.memory.pagecache.size", "128m")
	line("db.tx_log.preallocate", "false") // a fresh folder takes 2 MB, not 500
	line("db.logs.query.enabled", "OFF")
	line("dbms.cypher.min_replan_interval", "1h")                      // a test empties the database and fills it again: that is no reason to plan anew
	line("internal.dbms.bolt.netty_server_shutdown_quiet_period", "0") // stopping would take ten seconds
	return b.String()
}

// command is the server's command line for a folder in which conf/neo4j.conf is written.
func command(ctx context.Context, home string, s settings) ([]string, error) {
	java, err := findJava(ctx)
	if err != nil {
		return nil, err
	}
	classPath, err := jars(ctx)
	if err != nil {
		return nil, err
	}
	conf := filepath.Join(home, "conf")
	if err := os.MkdirAll(conf, 0o750); err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(conf, "neo4j.conf"), []byte(s.text()), 0o600); err != nil {
		return nil, err
	}
	line := []string{java, "-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"} // quick to start, on few cores
	for _, name := range []string{"java.nio", "java.io", "sun.nio.ch", "java.lang"} {
		line = append(line, "--add-opens=java.base/"+name+"=ALL-UNNAMED")
	}
	return append(line, "-cp", classPath, "org.neo4j.server.CommunityEntryPoint", "--home-dir="+home, "--config-dir="+conf), nil
}

// launch makes a folder and a supervisor for a server, which start then starts.
func launch(ctx context.Context, s settings) (_ *process, err error) {
	home, err := os.MkdirTemp(temporary, "entente-neo4j-")
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			_ = os.RemoveAll(home)
		}
	}()
	line, err := command(ctx, home, s)
	if err != nil {
		return nil, err
	}
	cmd := exec.Command("sh", append([]string{"-c", supervise, "supervise", home}, line...)...) //nolint:noctx // it outlives the test
	ownGroup(cmd)
	orders, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	answers, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return &process{home: home, orders: orders, answers: bufio.NewReader(answers)}, nil
}

// end stops or kills the server, and waits until it has ended.
func (p *process) end(how string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.running() {
		return fmt.Errorf("%s the Neo4j server: it is not running", how)
	}
	return p.order(how)
}

// start starts the server and waits until it says that it has.
func (p *process) start(ctx context.Context) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.running() {
		return errors.New("start the Neo4j server: it is running")
	}
	if err := forget(p.home); err != nil {
		return err
	}
	if err := p.order("start"); err != nil {
		return err
	}
	return started(ctx, p.home, p.running)
}

// order has the supervisor do something, and waits until it is done.
func (p *process) order(what string) error {
	if _, err := fmt.Fprintln(p.orders, what); err != nil {
		return fmt.Errorf("%s the Neo4j server: %w", what, err)
	}
	if answer, err := p.answers.ReadString('\n'); err != nil {
		return fmt.Errorf("%s the Neo4j server: the supervisor answered %q: %w", what, answer, err)
	}
	return nil
}

// forget removes the log of an earlier run, in which started would find what that run said.
func forget(home string) error {
	if err := os.Remove(filepath.Join(home, "logs", "neo4j.log")); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// started waits until the server in a folder says that it has started. That its port answers would not do: another
// process may have taken it.
func started(ctx context.Context, home string, running func() bool) error {
	for {
		if said, err := os.ReadFile(filepath.Join(home, "logs", "neo4j.log")); err == nil && strings.Contains(string(said), " Started.\n") {
			return nil
		}
		if !running() {
			return fmt.Errorf("the Neo4j server ended while it started:\n%s", lastWords(home))
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the Neo4j server did not start: %w\n%s", context.Cause(ctx), lastWords(home))
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// running tells whether the server was started and has not ended since, by itself or otherwise.
func (p *process) running() bool {
	_, started := os.Stat(p.file("pid"))
	_, ended := os.Stat(p.file("ended"))
	return started == nil && ended != nil
}

func (p *process) pid() (int, error) {
	text, err := os.ReadFile(p.file("pid"))
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(strings.TrimSpace(string(text)))
}

// lastWords is the end of what the server in a folder said.
func lastWords(home string) string {
	var b strings.Builder
	for _, name := range []string{"out.log", "logs/neo4j.log"} {
		name = filepath.Join(home, filepath.FromSlash(name))
		if text, err := os.ReadFile(name); err == nil && len(text) > 0 {
			fmt.Fprintf(&b, "== %s, its end\n%s\n", name, tail(text, 4000))
		}
	}
	return b.String()
}

// leave closes the supervisor's pipe, as the end of the test binary does.
func (p *process) leave() error { return p.orders.Close() }

func (p *process) file(parts ...string) string {
	return filepath.Join(append([]string{p.home}, parts...)...)
}

// freePort finds a port that nobody listens on. Another process may take it before the server does.
func freePort() (int, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // it does not wait
	if err != nil {
		return 0, err
	}
	defer listener.Close() //nolint:errcheck // nothing was sent
	return listener.Addr().(*net.TCPAddr).Port, nil
}
