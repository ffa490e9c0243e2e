//go:build unix

// Command askbench measures questions: how long each takes, in how much memory, and how that grows with the graph. It makes
// graphs of invented statements in which few actors take part in much (internal/synthetic), and asks each question in ways
// that fetch the same, one after another and over again, so that whatever else the machine does falls on all of them:
//
//	loop      by hand: SQL of its own over database/sql, or Cypher of its own over the driver; rows as they come
//	store     the same questions, put to the store
//	decoded   by hand, and what came decoded
//	question  to a graph.View, which asks the store, decodes, and concludes
//	request   the GraphQL document, through the handler, to the last byte of JSON
//
//	go run ./internal/askbench -max 1000000
//
// Its figures are those of one machine on one day: compare only what was measured in turn, in one run. docs/speed.md has
// some, and says how to read them.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"time"

	"github.com/entente-graph/entente/internal/ownfigures"
)

// sizes are how many participations the graphs have.
var sizes = []int{10_000, 100_000, 1_000_000}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "askbench:", err)
		os.Exit(1)
	}
}

type options struct {
	size, least, most int
	neo4j             string // the address of a server to ask too
	neo4jMost         int
	only              string
	rounds            int
	batch, patience   time.Duration
	dir, keep         string
	cpu               string
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) (err error) {
	var o options
	flags := flag.NewFlagSet("askbench", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.IntVar(&o.size, "size", 0, "one graph of so many `participations`, instead of 10,000, 100,000 and 1,000,000")
	flags.IntVar(&o.least, "min", 0, "leave out graphs of fewer `participations`")
	flags.IntVar(&o.most, "max", sizes[len(sizes)-1], "leave out graphs of more `participations`")
	flags.StringVar(&o.neo4j, "neo4j", "", "ask the Neo4j server at this `address` too; all its data are deleted")
	flags.IntVar(&o.neo4jMost, "neo4j-max", 100_000, "load no graph of more `participations` into the server: a million takes ten minutes")
	flags.StringVar(&o.only, "only", "", "only questions whose name has this `text` in it")
	flags.IntVar(&o.rounds, "rounds", 15, "how `often` each way is measured")
	flags.DurationVar(&o.batch, "batch", 20*time.Millisecond, "ask again and again for so long each time")
	flags.DurationVar(&o.patience, "patience", 30*time.Second, "stop a question after so long and five rounds")
	flags.StringVar(&o.dir, "dir", "", "the `folder` for temporary files: 1.2 GB for a million participations")
	flags.StringVar(&o.keep, "keep", "", "keep the files of graphs in this `folder`, and use those that are there")
	how := "table"
	is := func(to string) func(string) error {
		return func(string) error {
			how = to
			return nil
		}
	}
	flags.BoolFunc("json", "print JSON, one object for each graph in each store", is("json"))
	flags.BoolFunc("markdown", "print the tables of docs/speed.md", is("markdown"))
	flags.StringVar(&o.cpu, "cpuprofile", "", "write CPU profiles that tell the ways apart, by a label, to this `path`")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil
		}
		return err
	}
	if o.rounds < 1 {
		return fmt.Errorf("-rounds %d: measure at least once", o.rounds)
	}
	if o.cpu != "" {
		stop, err := ownfigures.Profile(o.cpu)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, stop()) }()
	}
	wanted := sizes
	if o.size > 0 {
		wanted, o.most = []int{o.size}, max(o.most, o.size)
	}
	p := &printer{to: stdout, how: how, before: map[string]*result{}}
	measured := 0
	for _, n := range wanted {
		if n < o.least || n > o.most {
			continue
		}
		measured++
		if err := graphOf(ctx, o, n, p, stderr); err != nil {
			return fmt.Errorf("%d participations: %w", n, err)
		}
	}
	if measured == 0 {
		return fmt.Errorf("there is no graph of %d to %d participations among %v: -size makes one of any", o.least, o.most, wanted)
	}
	return nil
}

// graphOf makes a graph of so many participations in each store, and measures every question there.
func graphOf(ctx context.Context, o options, n int, p *printer, stderr io.Writer) (err error) {
	dir, err := os.MkdirTemp(o.dir, "askbench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	w, err := look(n)
	if err != nil {
		return err
	}
	path := filepath.Join(dir, "entente.db")
	if o.keep != "" {
		path = filepath.Join(o.keep, fmt.Sprintf("askbench-%d.db", n))
	}
	file, err := inFile(ctx, w, path)
	if err != nil {
		return err
	}
	if err := measureStore(ctx, o, w, file, p, stderr); err != nil {
		return fmt.Errorf("%s: %w", file.name, err)
	}
	if o.neo4j == "" || n > o.neo4jMost {
		return nil
	}
	server, err := inServer(ctx, w, o.neo4j)
	if err != nil {
		return err
	}
	if err := measureStore(ctx, o, w, server, p, stderr); err != nil {
		return fmt.Errorf("%s: %w", server.name, err)
	}
	return nil
}

// measureStore measures every question of one store, and closes it.
func measureStore(ctx context.Context, o options, w *world, s *stored, p *printer, stderr io.Writer) (err error) {
	defer func() { err = errors.Join(err, s.close()) }()
	asked, err := questions(ctx, w, s)
	if err != nil {
		return err
	}
	r := &result{Store: s.name, Asked: w.asked, Participations: w.participations, Engagements: w.engagements, Statements: w.numbers, HubShare: w.share, Loading: s.loading.Seconds(), FileBytes: s.bytes}
	for _, q := range asked {
		if !strings.Contains(q.name, o.only) {
			continue
		}
		_, _ = fmt.Fprintf(stderr, "%s, %d participations: %s\n", s.name, w.asked, q.name)
		f, err := measure(ctx, o, q)
		if err != nil {
			return fmt.Errorf("%s: %w", q.name, err)
		}
		r.Questions = append(r.Questions, f)
	}
	return p.print(r)
}
