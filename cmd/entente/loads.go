package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/internal/terminal"
)

func (a *app) loadsCommand() *cobra.Command {
	var asJSON bool
	var first int
	c := &cobra.Command{
		Use:   "loads",
		Short: "list what was loaded, when and from which files",
		Long: "Lists the loads of the store, newest first, with what undid or amended which. Each is a state of knowledge that\n" +
			"can still be asked, one that was undone too: with --load N, every question is answered as it was after load N.\n" +
			"Numbers that are not there were burned: such a load was discarded.\n\n" +
			"A load that is being written, or was broken off, stands first, with who has it until when. With --json it is the\n" +
			"first item, its state is open, broken-off or discarding, and it has no time recorded.",
		Example: "  entente loads\n" +
			"  entente loads --json",
		Args: exactly(),
		RunE: func(c *cobra.Command, _ []string) error {
			if first < 1 {
				return usage(c, "--first: %d is not a number of loads: the least is 1", first)
			}
			return a.reading(c.Context(), func(store graph.Store) error {
				l, err := readLoads(c.Context(), store, first)
				if err != nil {
					return err
				}
				if asJSON {
					return a.printJSON(l.json())
				}
				return a.printLoads(l)
			})
		},
	}
	c.Flags().IntVar(&first, "first", 50, "how many at most")
	jsonFlag(c, &asJSON)
	return c
}

// listed is the loads of a store as they are listed.
type listed struct {
	open    *graph.Unfinished
	loads   []graph.Load // newest first
	lineage *lineage
	erased  map[graph.LoadNumber]int // how many statements a load erased
}

func readLoads(ctx context.Context, r graph.Reader, first int) (l *listed, err error) {
	l = &listed{erased: map[graph.LoadNumber]int{}}
	if l.open, err = r.Unfinished(ctx); err != nil {
		return nil, err
	}
	if l.loads, err = r.Loads(ctx, graph.LoadQuery{First: first}); err != nil {
		return nil, fmt.Errorf("the loads: %w", err)
	}
	l.lineage = newLineage(l.loads)
	gone, err := r.Erasures(ctx, graph.ErasureQuery{})
	for _, e := range gone {
		if e.Kind != graph.StatementLink && e.Kind != graph.StatementIdentity { // the program's own, that goes with what it links
			l.erased[e.Load]++
		}
	}
	return l, err
}

// what says what a load was besides a load of files, and what became of it.
func (l *listed) what(load graph.Load) string {
	var parts []string
	add := func(n graph.LoadNumber, format string) {
		if n > 0 {
			parts = append(parts, fmt.Sprintf(format, n))
		}
	}
	add(load.Undoes, "undoes %d")
	add(load.Amends, "amends %d")
	if n := l.erased[load.Number]; n > 0 {
		parts = append(parts, "erased "+counted(n, "statement", "statements"))
	}
	add(l.lineage.undoneBy(load.Number), "undone by %d")
	return strings.Join(parts, ", ")
}

func (a *app) printLoads(l *listed) error {
	s := a.screen()
	if l.open != nil {
		text, _ := a.describeOpen(l.open)
		s.Wrapped("", text+".")
		s.Line("")
	}
	if len(l.loads) == 0 {
		s.Wrapped("", "Nothing was loaded yet; "+howToBegin+".")
		return s.Err()
	}
	t := terminal.NewTable("LOAD", "RECORDED", "BY", "SLICES", "ADDED", "CHANGED", "RETRACTED", "QUARANTINE", "WHAT", "NOTE")
	for _, load := range l.loads {
		quarantined := ""
		if load.Counts.Quarantined > 0 {
			quarantined = terminal.Comma(load.Counts.Quarantined)
		}
		t.Add(terminal.Text(fmt.Sprint(load.Number), load.Recorded.UTC().Format("2006-01-02 15:04:05Z"), load.Importer, slicesText(load),
			terminal.Comma(load.Counts.Added), terminal.Comma(load.Counts.Changed), terminal.Comma(load.Counts.Retracted), quarantined, l.what(load), load.Note)...)
	}
	t.Print(s)
	return s.Err()
}

// slicesShown is how many slices of a load are named in a table.
const slicesShown = 5

func slicesText(load graph.Load) string {
	names := sliceNames(load.Slices)
	if rest := len(names) - slicesShown; rest > 1 {
		return strings.Join(names[:slicesShown], ", ") + fmt.Sprintf(" and %d others", rest)
	}
	return strings.Join(names, ", ")
}

func sliceNames(of []graph.Slice) []string {
	names := make([]string, len(of))
	for i, s := range of {
		names[i] = string(s.ID)
		if names[i] != string(s.Source) && !strings.HasPrefix(names[i], string(s.Source)+"/") {
			names[i] = string(s.Source) + "/" + names[i]
		}
	}
	return names
}

type loadJSON struct {
	Number   graph.LoadNumber `json:"number"`
	State    string           `json:"state"` // committed, undone; open, broken-off, discarding
	Source   graph.SourceKey  `json:"source"`
	Importer string           `json:"importer,omitempty"`
	Slices   []string         `json:"slices"`
	Recorded *time.Time       `json:"recorded,omitempty"` // not of a load that is open
	Program  string           `json:"program"`
	Note     string           `json:"note,omitempty"`
	Counts   countsJSON       `json:"counts"`
	Undoes   graph.LoadNumber `json:"undoes,omitempty"`
	Amends   graph.LoadNumber `json:"amends,omitempty"`
	UndoneBy graph.LoadNumber `json:"undoneBy,omitempty"`
	Erased   int              `json:"erased,omitempty"` // how many statements it erased
	Files    []fileJSON       `json:"files"`
	Open     *openJSON        `json:"open,omitempty"`
}

// openJSON is who has an open load, and how far it is.
type openJSON struct {
	Holder  string    `json:"holder"`
	Since   time.Time `json:"since"`
	Until   time.Time `json:"until"` // when the lease runs out, or ran out
	Expired bool      `json:"expired"`
	Batches int       `json:"batches"`
	Paths   []string  `json:"paths,omitempty"`
	Copy    bool      `json:"copy,omitempty"` // from another store
}

type countsJSON struct {
	Added       int `json:"added"`
	Changed     int `json:"changed"`
	Retracted   int `json:"retracted"`
	Unchanged   int `json:"unchanged"`
	Quarantined int `json:"quarantined"`
}

type fileJSON struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"`
}

func (l *listed) json() []loadJSON {
	out := []loadJSON{}
	if u := l.open; u != nil {
		state := "open"
		switch {
		case u.Discarding:
			state = "discarding"
		case u.Expired:
			state = "broken-off"
		}
		out = append(out, loadJSON{
			Number: u.Number, State: state, Source: u.Source, Importer: u.Importer, Slices: sliceNames(u.Slices),
			Program: u.Program, Note: u.Note, Undoes: u.Undoes, Amends: u.Amends, Files: filesJSON(u.Files),
			Open: &openJSON{u.Holder, u.Opened.UTC(), u.Until.UTC(), u.Expired, u.Batches, u.Paths, u.Copy != nil},
		})
	}
	for _, load := range l.loads {
		recorded, state := load.Recorded.UTC(), "committed"
		by := l.lineage.undoneBy(load.Number)
		if by > 0 {
			state = "undone"
		}
		out = append(out, loadJSON{
			Number: load.Number, State: state, Source: load.Source, Importer: load.Importer, Slices: sliceNames(load.Slices), Recorded: &recorded,
			Program: load.Program, Note: load.Note, Counts: countsJSON(load.Counts), Undoes: load.Undoes, Amends: load.Amends,
			UndoneBy: by, Erased: l.erased[load.Number], Files: filesJSON(load.Files),
		})
	}
	return out
}

func filesJSON(files []graph.File) []fileJSON {
	out := make([]fileJSON, len(files))
	for i, f := range files {
		out[i] = fileJSON(f)
	}
	return out
}
