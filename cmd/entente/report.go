package main

import (
	"fmt"
	"strings"

	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/internal/terminal"
)

// longest is how much of a value a difference shows.
const longest = 160

// printReport prints what a load did, or would do: each change with its fields, then the counts.
func (a *app) printReport(r ingest.Report) error {
	s := a.screen()
	for _, c := range r.Changes {
		sign, style := "+", terminal.Green
		switch c.Action {
		case ingest.Changed:
			sign, style = "~", terminal.Yellow
		case ingest.Retracted:
			sign, style = "-", terminal.Red
		default: // added; what is unchanged is no change
		}
		line := fmt.Sprintf("%s %-10s %s", sign, c.Kind, c.Key)
		if c.Title != "" && c.Title != c.Key {
			line += "  " + clip(terminal.Clean(c.Title))
		}
		s.Line(s.Styled(style, line))
		for _, f := range c.Fields {
			s.Wrapped("    "+f.Path+": ", fieldText(f))
		}
	}
	if len(r.Changes) > 0 {
		s.Line("")
	}
	for _, q := range r.Quarantined {
		for _, m := range q.Mistakes {
			s.Line(m.Error())
		}
	}
	s.Line(summary(r))
	return s.Err()
}

// fieldText writes a change of a field: old → new, or what came or went.
func fieldText(f ingest.FieldChange) string {
	old, fresh := clip(ingest.Plain(f.Old)), clip(ingest.Plain(f.New))
	switch {
	case f.Old == nil:
		return "added " + fresh
	case f.New == nil:
		return "gone, was " + old
	default:
		return old + " → " + fresh
	}
}

func clip(text string) string {
	runes := []rune(text)
	if len(runes) <= longest {
		return text
	}
	return string(runes[:longest-1]) + "…"
}

// summary says in one line what a load did.
func summary(r ingest.Report) string {
	var slices []string
	for _, id := range r.Slices {
		slices = append(slices, string(id))
	}
	what := strings.Join(slices, ", ")
	c := r.Counts
	quarantined := ""
	if c.Quarantined > 0 {
		quarantined = fmt.Sprintf(", %s rows in quarantine", terminal.Comma(c.Quarantined))
	}
	if c.Nothing() {
		return fmt.Sprintf("%s: nothing changed, nothing was written (%s statements%s)", what, terminal.Comma(c.Unchanged), quarantined)
	}
	done := fmt.Sprintf("%s added, %s changed, %s retracted, %s unchanged%s",
		terminal.Comma(c.Added), terminal.Comma(c.Changed), terminal.Comma(c.Retracted), terminal.Comma(c.Unchanged), quarantined)
	if r.DryRun {
		return fmt.Sprintf("%s: a load would have %s; nothing was written", what, done)
	}
	return fmt.Sprintf("%s: load %d, %s", what, r.Load, done)
}
