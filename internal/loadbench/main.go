//go:build unix

// Command loadbench measures loading: how fast, how large, in how much memory, and how that grows. It writes files of
// invented statements, loads each as a person's would be (read, sorted, compared, written into a SQLite file), loads
// it again, loads it with a line more at the top, undoes that, and copies the store to another. Where the field's datasets are at
// hand (-data), all of them are loaded into one store first. Every step is a process of its own, held to GOMEMLIMIT, of which
// the system tells the most memory it ever had.
//
//	go run ./internal/loadbench -max 1000000
//	go run ./internal/loadbench -data FOLDER -max 0    # the field's datasets alone
//
// Its figures are those of one machine on one day: compare only what was measured in turn, in one run.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"

	"github.com/entente-graph/entente/internal/fielddata"
)

// sizes are how many statements are loaded.
var sizes = []int{10_000, 30_000, 100_000, 300_000, 1_000_000, 2_000_000}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "loadbench:", err)
		os.Exit(1)
	}
}

type options struct {
	least  int
	most   int
	memory string
	dir    string
	json   bool
	step   string // in the process of one step: which
	files  string
	store  string
	to     string
	cpu    string
	neo4j  string // the address of a server to load into
	events bool
	data   string // the folder of the field's datasets
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	var o options
	flags := flag.NewFlagSet("loadbench", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.IntVar(&o.least, "min", 0, "leave out sizes of fewer `statements`")
	flags.IntVar(&o.most, "max", sizes[len(sizes)-1], "leave out sizes of more `statements`")
	flags.StringVar(&o.memory, "memory", "512MiB", "GOMEMLIMIT of every process")
	flags.StringVar(&o.dir, "dir", "", "the `folder` for temporary files: of the largest size, up to four times the store")
	flags.BoolVar(&o.json, "json", false, "print JSON, one object a size")
	flags.StringVar(&o.step, "step", "", "do one step and print its figures: load, events, real, undo or copy")
	flags.StringVar(&o.files, "files", "", "the `path` of the file to load, for -step load; the name of the dataset, for -step real")
	flags.StringVar(&o.store, "store", "", "the `path` of the store, for -step")
	flags.StringVar(&o.to, "to", "", "the `path` of the store to copy to, for -step copy")
	flags.StringVar(&o.cpu, "cpuprofile", "", "write a CPU profile of the step to this `path`")
	flags.StringVar(&o.neo4j, "neo4j", "", "load into the Neo4j server at this `address` instead, with batches of several sizes; all its data are deleted")
	flags.BoolVar(&o.events, "events", false, "measure raw day files of coded events, in the layout of GDELT, instead")
	flags.StringVar(&o.data, "data", os.Getenv("ENTENTE_TEST_DATA"), "the `folder` with the field's datasets, all of which are loaded into one store; none where this is empty")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil
		}
		return err
	}
	if o.step != "" {
		s, err := step(ctx, o)
		if err != nil {
			return err
		}
		return json.NewEncoder(stdout).Encode(s)
	}
	if o.events {
		return events(ctx, o, stdout, stderr)
	}
	if o.data != "" {
		if err := realData(ctx, o, fielddata.All(), stdout, stderr); err != nil {
			return fmt.Errorf("the field's datasets: %w", err)
		}
	} else {
		fmt.Fprintln(stderr, "the field's datasets are left out: -data or ENTENTE_TEST_DATA says where they are") //nolint:errcheck // nobody to tell
	}
	if o.neo4j != "" && o.most >= sizes[0] {
		return onServer(ctx, o, min(o.most, 100_000), stdout)
	}
	var before *result
	for _, n := range sizes {
		if n < o.least || n > o.most {
			continue
		}
		r, err := measure(ctx, o, n, stderr)
		if err != nil {
			return fmt.Errorf("%d statements: %w", n, err)
		}
		if err := r.print(stdout, o.json, before); err != nil {
			return err
		}
		before = &r
	}
	return nil
}
