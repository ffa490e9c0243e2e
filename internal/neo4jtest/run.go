package neo4jtest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync/atomic"
)

// Development is a server for a developer: without a password, on this machine's ports alone.
type Development struct {
	Home       string // a folder for its data, which stay
	Bolt, HTTP int
}

// Run runs the server until the context ends, and says on stdout when it answers and how to use it.
func (d Development) Run(ctx context.Context, stdout io.Writer) error {
	home, err := filepath.Abs(d.Home)
	if err != nil {
		return err
	}
	for _, port := range []int{d.Bolt, d.HTTP} {
		if err := free(port); err != nil {
			return err
		}
	}
	line, err := command(ctx, home, settings{bolt: d.Bolt, http: d.HTTP})
	if errors.Is(err, errLacking) {
		return fmt.Errorf("%w: install Java 17 and Maven (openjdk-17-jre-headless and maven in Debian)", err)
	}
	if err != nil {
		return err
	}
	if err := forget(home); err != nil {
		return err
	}
	out, err := os.Create(filepath.Join(home, "out.log"))
	if err != nil {
		return err
	}
	defer out.Close() //nolint:errcheck // the server wrote it
	server := exec.CommandContext(ctx, line[0], line[1:]...)
	server.Stdout, server.Stderr = out, out
	server.Cancel = func() error { return server.Process.Signal(os.Interrupt) }
	ownGroup(server)
	if err := server.Start(); err != nil {
		return err
	}
	var over atomic.Bool
	ended := make(chan error)
	go func() {
		err := server.Wait()
		over.Store(true)
		ended <- err
	}()
	if err := started(ctx, home, func() bool { return !over.Load() }); err != nil && ctx.Err() == nil {
		return errors.Join(err, <-ended)
	}
	if ctx.Err() == nil {
		_, err = fmt.Fprintf(stdout, `Neo4j %s answers at neo4j://127.0.0.1:%d, HTTP at http://127.0.0.1:%d, without a password.
Its data are in %s.
  entente serve --store neo4j://127.0.0.1:%[2]d
  ENTENTE_TEST_NEO4J_URI=bolt://127.0.0.1:%[2]d go test ./...     (tests delete its data)
Ctrl-C stops it.
`, Version, d.Bolt, d.HTTP, home)
	}
	if end := <-ended; end != nil && ctx.Err() == nil {
		return fmt.Errorf("the Neo4j server ended: %w\n%s", end, lastWords(home))
	}
	return err
}

// free tells whether nobody listens on a port.
func free(port int) error {
	listener, err := net.Listen("tcp", "127.0.0.1:"+strconv.Itoa(port)) //nolint:noctx // it does not wait
	if err != nil {
		return fmt.Errorf("port %d is taken, name others with -bolt and -http: %w", port, err)
	}
	return listener.Close()
}
