// Command neo4j runs the tests' Neo4j server for a developer, until it is interrupted.
//
//	go run ./internal/neo4jtest/neo4j -bolt 7687 -http 7474
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/entente-graph/entente/internal/neo4jtest"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "neo4j:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	cache, err := os.UserCacheDir()
	if err != nil {
		return err
	}
	var d neo4jtest.Development
	flags := flag.NewFlagSet("neo4j", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&d.Home, "home", filepath.Join(cache, "entente", "neo4j-development"), "the `folder` of its data")
	flags.IntVar(&d.Bolt, "bolt", 7687, "the `port` of Bolt")
	flags.IntVar(&d.HTTP, "http", 7474, "the `port` of HTTP")
	if err := flags.Parse(args); err != nil {
		return err
	}
	return d.Run(ctx, stdout)
}
