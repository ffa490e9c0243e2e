package neo4jtest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
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
	line, err := command(ctx, home, settings{bolt: d.Bolt, http: d.HTTP})
	if errors.Is(err, errLacking) {
		return fmt.Errorf("%w: install Java 17 and Maven (openjdk-17-jre-headless and maven in Debian), or use docker-compose.yml", err)
	}
	if err != nil {
		return err
	}
	out, err := os.Create(filepath.Join(home, "out.log")) //nolint:gosec // a folder that the developer named
	if err != nil {
		return err
	}
	defer out.Close()                                        //nolint:errcheck // the server wrote it
	server := exec.CommandContext(ctx, line[0], line[1:]...) //nolint:gosec // a command of our own
	server.Stdout, server.Stderr = out, out
	server.Cancel = func() error { return server.Process.Signal(os.Interrupt) }
	ownGroup(server)
	s := Server{URI: fmt.Sprintf("bolt://127.0.0.1:%d", d.Bolt)}
	if err := server.Start(); err != nil {
		return err
	}
	awake, stop := context.WithTimeout(ctx, patience)
	defer stop()
	go func() {
		if s.awake(awake) == nil {
			fmt.Fprintf(stdout, `Neo4j %s answers at %s (neo4j://%s), HTTP at http://127.0.0.1:%d, without a password.
Its data are in %s.
  entente serve --store neo4j://%[3]s
  ENTENTE_TEST_NEO4J_URI=%[2]s go test ./…     (tests delete its data)
Ctrl-C stops it.
`, Version, s.URI, strings.TrimPrefix(s.URI, "bolt://"), d.HTTP, home)
		}
	}()
	if err := server.Wait(); err != nil && ctx.Err() == nil {
		time.Sleep(100 * time.Millisecond) // its last words
		p := process{home: home}
		return fmt.Errorf("the Neo4j server ended: %w\n%s", err, p.log())
	}
	return nil
}
