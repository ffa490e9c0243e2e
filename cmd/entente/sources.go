package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/sources"
	"github.com/entente-graph/entente/internal/terminal"
)

func (a *app) sourcesCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "sources",
		Short: "list the sources in the store with what they cover, and what can be ingested",
		Example: "  entente sources\n" +
			"  entente sources --json",
		Args: exactly(),
		RunE: func(c *cobra.Command, _ []string) error {
			held, err := a.heldSources(c.Context())
			if err != nil {
				return err
			}
			if asJSON {
				return a.sourcesJSON(held)
			}
			return a.printSources(held)
		},
	}
	jsonFlag(c, &asJSON)
	return c
}

// heldSources gives the sources that the store holds; without a store, none.
func (a *app) heldSources(ctx context.Context) (held []*graph.Source, err error) {
	err = a.reading(ctx, func(store graph.Store) error {
		v, err := graph.At(ctx, store, graph.SnapshotQuery{})
		if err != nil {
			return err
		}
		held, err = v.Sources(ctx)
		return err
	})
	var none *noStoreError
	if errors.As(err, &none) {
		return nil, nil
	}
	return held, err
}

func (a *app) printSources(held []*graph.Source) error {
	s := a.screen()
	if len(held) == 0 {
		s.Wrapped("", fmt.Sprintf("The store %s holds nothing yet; %s.", a.config.Store, howToBegin))
	}
	for i, src := range held {
		if i > 0 {
			s.Line("")
		}
		s.Title(src.Title)
		t := terminal.NewTable("", "")
		fact := func(name, value string) {
			if value != "" {
				t.Add(terminal.Text(name, value)...)
			}
		}
		fact("key", string(src.Key)+", "+lower(src.Kind))
		fact("version", fmt.Sprintf("%s, recorded by load %d", src.Version, src.Recorded))
		fact("publisher", src.Publisher)
		fact("licence", src.License)
		fact("address", src.URL)
		for _, line := range coverageLines(src.Coverage) {
			fact("covers", line)
		}
		t.Print(s)
	}
	t := terminal.NewTable("SOURCE", "WHAT IT IS", "VERSION", "IN THE STORE", "TYPE")
	for _, src := range sources.All() {
		info, in := src.Info(), "no"
		for _, h := range held {
			if h.Key == info.Key {
				in = fmt.Sprintf("version %s, by load %d", h.Version, h.Recorded)
			}
		}
		if info.Kind == graph.SourceDossier {
			in = counted(countKind(held, graph.SourceDossier), "dossier", "dossiers")
		}
		t.Add(terminal.Text(string(info.Key), info.Title, info.Version, in, commandOf(src))...)
	}
	section(s, "What entente ingest reads", t)
	return s.Err()
}

func countKind(held []*graph.Source, kind graph.SourceKind) (n int) {
	for _, h := range held {
		if h.Kind == kind {
			n++
		}
	}
	return n
}

// commandOf is what to type to load a source: without files where its data comes with the program.
func commandOf(src ingest.Source) string {
	if _, ships := src.(ingest.Shipper); ships {
		return fmt.Sprintf("entente ingest %s", src.Info().Key)
	}
	return fmt.Sprintf("entente ingest %s PATH…", src.Info().Key)
}

// coveredYears says from which year to which a source speaks, and whether it claims to be complete.
func coveredYears(windows []graph.Coverage) string {
	if len(windows) == 0 {
		return "what they say themselves"
	}
	from, to, complete := graph.MaxDay, graph.MinDay, 0
	for _, w := range windows {
		from, to = min(from, w.Days().From), max(to, w.Days().Last())
		if w.Complete {
			complete++
		}
	}
	year := func(d graph.Day) string {
		if d <= graph.MinDay || d >= graph.MaxDay-1 {
			return ""
		}
		return d.String()[:4]
	}
	how := "complete in part"
	switch complete {
	case 0:
		how = "selective"
	case len(windows):
		how = "complete"
	}
	return year(from) + "–" + year(to) + ", " + how
}

// sourcesTable writes all sources as the documentation has them: made of what they say of themselves.
func sourcesTable() string {
	var b strings.Builder
	b.WriteString("| source | what | version | covers | ships | terms | type |\n| --- | --- | --- | --- | --- | --- | --- |\n")
	for _, src := range sources.All() {
		info := src.Info()
		ships := "no"
		if _, ok := src.(ingest.Shipper); ok {
			ships = "yes"
		}
		cells := []string{
			fmt.Sprintf("[`%s`](../ingest/sources/%s/README.md)", info.Key, info.Key), info.Title, info.Version, coveredYears(info.Coverage), ships, cmp.Or(info.License, "each its own"),
			"`" + commandOf(src) + "`",
		}
		for i := range cells {
			cells[i] = strings.ReplaceAll(cells[i], "|", "\\|")
		}
		b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
	}
	return b.String()
}

// actorsShown is how many actors of a window are named: a dataset may cover all states there were.
const actorsShown = 8

// coverageLines says what windows cover, a line each. Where a source covers everything of the states that there were, one
// stretch of time after the other, one line says so for all.
func coverageLines(windows []graph.Coverage) (lines []string) {
	for len(windows) > 0 {
		first, n := windows[0], 1
		for n < len(windows) && onlyActorsDiffer(first, windows[n]) {
			n++
		}
		if n < 3 {
			lines, windows = append(lines, coverageText(first)), windows[1:]
			continue
		}
		fewest, most := len(first.Actors), len(first.Actors)
		for _, w := range windows[:n] {
			fewest, most = min(fewest, len(w.Actors)), max(most, len(w.Actors))
		}
		all := first
		all.To, all.Actors = windows[n-1].To, nil
		all.Note = strings.TrimPrefix(fmt.Sprintf("%s; of %d to %d actors in each of %d stretches of time, which --json lists", first.Note, fewest, most, n), "; ")
		lines, windows = append(lines, coverageText(all)), windows[n:]
	}
	return lines
}

// onlyActorsDiffer tells whether two windows say the same of other actors in other days.
func onlyActorsDiffer(a, b graph.Coverage) bool {
	return len(a.Actors) > 0 && len(b.Actors) > 0 && a.Complete == b.Complete && a.Note == b.Note &&
		slices.Equal(a.Kinds, b.Kinds) && slices.Equal(a.Forms, b.Forms) && slices.Equal(a.Topics, b.Topics)
}

// coverageText says a window of coverage in words.
func coverageText(w graph.Coverage) string {
	what := "everything"
	var parts []string
	for _, f := range w.Forms {
		parts = append(parts, lower(f)+"s")
	}
	if len(w.Forms) == 0 {
		for _, k := range w.Kinds {
			parts = append(parts, string(k)+"s")
		}
	}
	if len(parts) > 0 {
		what = strings.Join(parts, ", ")
	}
	for i, t := range w.Topics {
		what += map[bool]string{true: " on ", false: ", "}[i == 0] + lower(t)
	}
	for i, k := range w.Actors {
		if rest := len(w.Actors) - i; i >= actorsShown && rest > 1 {
			what += fmt.Sprintf(" and %d others", rest)
			break
		}
		what += map[bool]string{true: " of ", false: ", "}[i == 0] + string(k)
	}
	how := "selective"
	if w.Complete {
		how = "complete"
	}
	when := graph.Period{Start: w.From, End: w.To}.EDTF()
	if w.From.IsZero() && w.To.IsZero() {
		when = "any time"
	}
	return fmt.Sprintf("%s, %s: %s%s", when, how, what, note(w.Note))
}

func (a *app) sourcesJSON(held []*graph.Source) error {
	type importer struct {
		Key   graph.SourceKey  `json:"key"`
		Kind  graph.SourceKind `json:"kind"`
		Title string           `json:"title"`
		Ships bool             `json:"ships"` // its data comes with the program
		// Version is the newest that it reads, where it reads one.
		Version string `json:"version,omitempty"`
		Command string `json:"command"` // what to type to load it
	}
	type source struct {
		*graph.Source
		Load graph.LoadNumber `json:"load"`
	}
	out := struct {
		Sources   []source   `json:"sources"`
		Importers []importer `json:"importers"`
	}{Sources: []source{}, Importers: []importer{}}
	for _, s := range held {
		out.Sources = append(out.Sources, source{s, s.Recorded})
	}
	for _, s := range sources.All() {
		info := s.Info()
		_, ships := s.(ingest.Shipper)
		out.Importers = append(out.Importers, importer{info.Key, info.Kind, info.Title, ships, info.Version, commandOf(s)})
	}
	return a.printJSON(out)
}
