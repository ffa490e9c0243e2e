package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/internal/config"
	"github.com/entente-graph/entente/internal/terminal"
)

// copyingStore is one call of entente copy.
type copyingStore struct {
	app      *app
	from, to string
	takeOver bool
	json     bool
}

func (a *app) copyCommand() *cobra.Command {
	k := &copyingStore{app: a}
	c := &cobra.Command{
		Use:   "copy --to STORE",
		Short: "copy every load of a store to another",
		Long: "Copies every load of a store to another, of whatever kind: with its number, its time, its files, what it changed,\n" +
			"what is in its quarantine and what was erased. Each load is read back and compared, and numbers that were burned\n" +
			"stay burned: the copy answers at every load as the store it is of.\n\n" +
			"Again, it compares what is there and copies what is new; broken off, it goes on where it stopped. A target that\n" +
			"holds anything else is refused and left as it is. Programs that read or load the source go on meanwhile.",
		Example: "  entente copy --to copy.db\n" +
			"  entente copy --from entente.db --to other.db --json",
		Args: exactly(),
		RunE: func(c *cobra.Command, _ []string) error {
			if err := k.check(c); err != nil {
				return err
			}
			return a.failed(k.json, k.advise(k.copy(c.Context())))
		},
	}
	f := c.Flags()
	f.StringVar(&k.from, "from", "", "the store to copy (default: the store that every command uses)")
	f.StringVar(&k.to, "to", "", "where to copy it: a store that is not there yet, that is empty, or an earlier copy")
	takeOverFlag(c, &k.takeOver)
	jsonFlag(c, &k.json)
	return c
}

// check refuses names that are none, and one store for both.
func (k *copyingStore) check(c *cobra.Command) error {
	if k.from == "" && !c.Flags().Changed("from") {
		k.from = k.app.config.Store
	}
	if !c.Flags().Changed("to") {
		return usage(c, "--to is missing: where to copy %s", k.from)
	}
	for _, name := range []struct{ flag, store string }{{"from", k.from}, {"to", k.to}} {
		if err := config.CheckStore(name.store); err != nil {
			return usage(c, "--%s: %q does not work: %s", name.flag, config.Redact(name.store), err)
		}
	}
	same := k.from == k.to
	if !config.IsNeo4j(k.from) && !config.IsNeo4j(k.to) {
		from, fromErr := os.Stat(k.from)
		to, toErr := os.Stat(k.to)
		same = same || fromErr == nil && toErr == nil && os.SameFile(from, to)
	}
	if same {
		return usage(c, "--from and --to are one store, %s: name another for the copy", k.to)
	}
	return nil
}

func (k *copyingStore) copy(ctx context.Context) (err error) {
	from, err := k.app.openStore(ctx, k.from, toRead)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	to, err := k.app.openStore(ctx, k.to, toWrite)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	progress := newProgress(k.app)
	report, err := ingest.Copy(ctx, ingest.CopyOptions{From: from, To: to, Force: k.takeOver, Progress: progress.show})
	progress.clear()
	if err != nil {
		return err
	}
	return k.tell(report)
}

// advise adds what to do: to go on, or to copy to a place where there is nothing else.
func (k *copyingStore) advise(err error) error {
	var broken *ingest.BrokenOffError
	var other *ingest.NotACopyError
	switch {
	case errors.As(err, &other):
		return &advised{err, "it was left as it is; name another by --to, one that is not there yet or is empty", nil}
	case errors.As(err, &broken):
		again := k.again()
		return &advised{err, "go on with it: " + again, []string{again}}
	}
	return err
}

// again is the command as it was typed.
func (k *copyingStore) again() string {
	return fmt.Sprintf("entente copy --from %s --to %s", quoted(k.from), quoted(k.to))
}

func (k *copyingStore) tell(r ingest.CopyReport) error {
	if k.json {
		return k.app.printJSON(struct {
			From string `json:"from"`
			To   string `json:"to"`
			ingest.CopyReport
		}{k.from, k.to, r})
	}
	if r.Resumed > 0 {
		k.app.say("The copy of load %d had been broken off; it went on from there.", r.Resumed)
	}
	s := k.app.screen()
	loads := func(n int) string { return counted(n, "load", "loads") }
	switch {
	case r.Copied == 0 && r.Held == 0:
		s.Wrapped("", fmt.Sprintf("The store %s is empty: nothing was copied.", k.from))
	case r.Copied == 0:
		s.Wrapped("", fmt.Sprintf("%s holds %s of %s already; they were compared, and nothing was written.", k.to, loads(r.Held), k.from))
	default:
		held := ""
		if r.Held > 0 {
			held = fmt.Sprintf("; it held %s before, which were compared", loads(r.Held))
		}
		s.Wrapped("", fmt.Sprintf("%s of %s, with %s statements, copied to %s, read back and compared%s.",
			loads(r.Copied), k.from, terminal.Comma(r.Statements), k.to, held))
	}
	if r.Load > 0 {
		s.Wrapped("", fmt.Sprintf("At load %d both have the digest %s, of %s statements.", r.Load, r.Digest, terminal.Comma(r.Open)))
	}
	return s.Err()
}
