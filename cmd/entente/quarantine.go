package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/terminal"
)

// quarantining is one call of entente quarantine.
type quarantining struct {
	app  *app
	csv  bool
	all  bool
	json bool
}

func (a *app) quarantineCommand() *cobra.Command {
	q := &quarantining{app: a}
	c := &cobra.Command{
		Use:   "quarantine [LOAD]",
		Short: "show what a load did not understand, and print it to be mended",
		Long: "Shows what LOAD did not understand: each thing with its mistakes, where they stand and what would be right.\n" +
			"Without LOAD it is the newest that has any.\n\n" +
			"--csv prints a table to mend, in any spreadsheet or editor. In its last column, record, stands the text of each\n" +
			"record as it stands in the file; of a thing all records are there, those without a mistake too. Mend that text,\n" +
			"or the one cell in column value; all else is for finding it again. A record with several mistakes has its text in\n" +
			"the first row only, and that is the one to mend; emptied there, the record is taken out. Where a cell begins\n" +
			"with ' it does so that no spreadsheet changes it. Then: entente ingest SOURCE --amend FILE.",
		Example: "  entente quarantine\n" +
			"  entente quarantine 4\n" +
			"  entente quarantine 4 --csv > mend.csv\n" +
			"  entente quarantine 4 --json",
		RunE: func(c *cobra.Command, args []string) error {
			n, err := loadNumber(c, args)
			if err != nil {
				return err
			}
			if q.csv && q.json {
				return usage(c, "--csv and --json exclude each other")
			}
			return a.failed(q.json, a.reading(c.Context(), func(store graph.Store) error { return q.print(c.Context(), store, n) }))
		},
	}
	f := c.Flags()
	f.BoolVar(&q.csv, "csv", false, "print a table to be mended")
	f.BoolVar(&q.all, "all", false, "with --csv: also what was mended already")
	jsonFlag(c, &q.json)
	return c
}

// held is the quarantine of one load.
type held struct {
	load    graph.Load
	items   []graph.Quarantined
	mended  map[int]graph.LoadNumber // by N: the amendment that mended it
	undone  graph.LoadNumber         // what undid the load
	instead graph.LoadNumber         // what replaced all that the load loaded
}

// left gives what is not mended yet.
func (h *held) left() (items []graph.Quarantined) {
	for _, q := range h.items {
		if h.mended[q.N] == 0 {
			items = append(items, q)
		}
	}
	return items
}

// readQuarantine reads the quarantine of a load; of the newest that has any, and still counts, where n is 0.
func readQuarantine(ctx context.Context, r graph.Reader, n graph.LoadNumber) (*held, error) {
	l, err := readLineage(ctx, r)
	if err != nil {
		return nil, err
	}
	h := &held{mended: map[int]graph.LoadNumber{}}
	for i := len(l.loads) - 1; i >= 0 && len(h.items) == 0; i-- {
		if load := l.loads[i]; load.Number == n || n == 0 && load.Counts.Quarantined > 0 && l.undoneBy(load.Number) == 0 && l.replacedBy(load.Number) == 0 {
			page, err := r.Quarantine(ctx, graph.QuarantineQuery{Load: load.Number})
			if err != nil {
				return nil, err
			}
			h.load, h.items = load, page.Items
		}
	}
	if h.load.Number == 0 && n > 0 {
		return nil, noSuchLoad(l, n)
	}
	for _, q := range h.items {
		if by := l.mendedBy(h.load.Number, q); by > 0 {
			h.mended[q.N] = by
		}
	}
	h.undone, h.instead = l.undoneBy(h.load.Number), l.replacedBy(h.load.Number)
	return h, nil
}

// noSuchLoad says of a number that is no committed load's what it is.
func noSuchLoad(l *lineage, n graph.LoadNumber) error {
	newest := graph.LoadNumber(0)
	if len(l.loads) > 0 {
		newest = l.loads[len(l.loads)-1].Number
	}
	if n > newest {
		return fmt.Errorf("there is no load %d: the newest is %d: %w", n, newest, graph.ErrNotFound)
	}
	return fmt.Errorf("load %d was discarded, and nothing is kept of it: %w", n, graph.ErrNotFound)
}

func (q *quarantining) print(ctx context.Context, r graph.Reader, n graph.LoadNumber) error {
	h, err := readQuarantine(ctx, r, n)
	switch {
	case err != nil:
		return err
	case q.json:
		return q.app.printJSON(q.asJSON(h))
	case q.csv:
		return q.printCSV(h)
	default:
		return q.printText(h, n)
	}
}

// quarantinedJSON is one thing in quarantine, for programs; records are those that can be mended.
type quarantinedJSON struct {
	graph.Quarantined
	Records  []graph.Record   `json:"records"`
	MendedBy graph.LoadNumber `json:"mendedBy,omitempty"`
}

type quarantineJSON struct {
	Load     graph.LoadNumber  `json:"load,omitempty"`
	Source   graph.SourceKey   `json:"source,omitempty"`
	Importer string            `json:"importer,omitempty"`
	UndoneBy graph.LoadNumber  `json:"undoneBy,omitempty"`
	Things   []quarantinedJSON `json:"things"`
	Next     []string          `json:"next,omitempty"`
}

func (q *quarantining) asJSON(h *held) quarantineJSON {
	out := quarantineJSON{
		Load: h.load.Number, Source: h.load.Source, Importer: h.load.Importer, UndoneBy: h.undone,
		Things: []quarantinedJSON{}, Next: q.next(h),
	}
	for _, item := range h.items {
		out.Things = append(out.Things, quarantinedJSON{item, recordsOf(item), h.mended[item.N]})
	}
	return out
}

// recordsOf gives the records of a thing without their frames.
func recordsOf(item graph.Quarantined) []graph.Record {
	records := []graph.Record{}
	for _, r := range item.Records {
		if !r.Frame {
			records = append(records, r)
		}
	}
	return records
}

// next is how what is left is mended.
func (q *quarantining) next(h *held) []string {
	if len(h.left()) == 0 || h.undone > 0 || h.instead > 0 {
		return nil
	}
	return []string{
		q.app.next("quarantine %d --csv", h.load.Number) + " > mend.csv",
		q.app.next("ingest %s --amend mend.csv", h.load.Importer),
	}
}

func (q *quarantining) printText(h *held, asked graph.LoadNumber) error {
	s := q.app.screen()
	switch {
	case len(h.items) == 0 && asked == 0:
		s.Line("Nothing is in quarantine.")
		return s.Err()
	case len(h.items) == 0:
		s.Line(fmt.Sprintf("Load %d has nothing in quarantine.", h.load.Number))
		return s.Err()
	}
	s.Title(fmt.Sprintf("Load %d, of %s, %s: %s in quarantine", h.load.Number, h.load.Source, h.load.Recorded.UTC().Format("2006-01-02 15:04:05Z"),
		counted(len(h.items), "thing is", "things are")))
	for _, item := range h.items {
		name := item.Of.Key
		if name == "" {
			name = "not known what it would have been"
		}
		line := fmt.Sprintf("%d. %s", item.N, terminal.Clean(name))
		if by := h.mended[item.N]; by > 0 {
			s.Line(s.Styled(terminal.Dim, line+fmt.Sprintf(" (mended by load %d)", by)))
			continue
		}
		s.Line(s.Styled(terminal.Bold, line) + fmt.Sprintf(" (%s)", counted(len(recordsOf(item)), "record", "records")))
		for _, m := range item.Mistakes {
			s.Wrapped("   ", terminal.Clean(m.Error()))
		}
	}
	s.Line("")
	next := q.next(h)
	switch {
	case h.undone > 0:
		s.Wrapped("", fmt.Sprintf("Load %d was undone by load %d, so that there is nothing to mend.", h.load.Number, h.undone))
	case h.instead > 0:
		s.Wrapped("", fmt.Sprintf("Load %d has loaded all of it anew since, so that there is nothing to mend here; what that one did not understand: %s", h.instead, q.app.next("quarantine %d", h.instead)))
	case len(next) == 0:
		s.Line("All of it is mended.")
	default:
		s.Line("To mend it:  " + next[0])
		s.Line("     then:  " + next[1])
	}
	return s.Err()
}
