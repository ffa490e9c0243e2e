package main

import (
	"fmt"
	"strings"

	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/internal/terminal"
)

// longest is how much of a value a difference shows.
const longest = 160

// mistakesShown is how many mistakes a report lists; entente quarantine has them all.
const mistakesShown = 20

// printReport prints what a load did, or would do: each change with its fields, what is in quarantine, the files, and
// the counts.
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
	printMistakes(s, r)
	if r.Counts.Nothing() && r.Links.Nothing() && (r.Load == 0 || r.Counts.Quarantined == 0) {
		s.Line(summary(r))
		return s.Err()
	}
	what := whatOf(r, true)
	switch {
	case r.DryRun:
		s.Line(s.Styled(terminal.Bold, what) + ": this would be loaded; nothing was written")
	case r.Undoes > 0:
		s.Line(s.Styled(terminal.Bold, what) + fmt.Sprintf(": load %d, which undoes load %d", r.Load, r.Undoes))
	case r.Amends > 0:
		s.Line(s.Styled(terminal.Bold, what) + fmt.Sprintf(": load %d, which amends load %d", r.Load, r.Amends))
	default:
		s.Line(s.Styled(terminal.Bold, what) + fmt.Sprintf(": load %d", r.Load))
	}
	if text := filesText(r.Read); text != "" {
		s.Wrapped("  read  ", text)
	}
	printNouns(s, r)
	return s.Err()
}

// printMistakes lists what is in quarantine, up to a number.
func printMistakes(s *terminal.Screen, r ingest.Report) {
	n := 0
	for _, q := range r.Quarantined {
		for _, m := range q.Mistakes {
			if n++; n <= mistakesShown {
				s.Line(terminal.Clean(m.Error()))
			}
		}
	}
	if n > mistakesShown {
		s.Line(fmt.Sprintf("… and %s more mistakes", terminal.Comma(n-mistakesShown)))
	}
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

// whatOf names what was loaded: the source with its version and slices, or of several sources the slices.
func whatOf(r ingest.Report, version bool) string {
	names := make([]string, len(r.Slices))
	own := true
	for i, id := range r.Slices {
		name, part, ok := strings.Cut(string(id), "/")
		own = own && name == string(r.Source)
		if names[i] = string(id); ok && own {
			names[i] = part
		}
	}
	if !own {
		for i, id := range r.Slices {
			names[i] = string(id)
		}
	}
	list := strings.Join(names, ", ")
	if n := len(names); n > 6 {
		list = fmt.Sprintf("%s and %d more", names[0], n-1)
	}
	if !own {
		return list
	}
	what := string(r.Source)
	if version && r.Version != "" {
		what += " " + terminal.Clean(r.Version)
	}
	if list != string(r.Source) {
		what += " (" + list + ")"
	}
	return what
}

// filesText says what was read: file by file, or where they are many all together.
func filesText(read []ingest.FileRead) string {
	if len(read) <= 6 {
		parts := make([]string, len(read))
		for i, f := range read {
			parts[i] = terminal.Clean(f.Name) + ": " + volume(f)
		}
		return strings.Join(parts, " · ")
	}
	all := ingest.FileRead{}
	for _, f := range read {
		all.Records += f.Records
		all.Size += f.Size
	}
	return fmt.Sprintf("%s files: %s", terminal.Comma(len(read)), volume(all))
}

// volume tells how much was read: the records, and where the source does not count them the bytes.
func volume(f ingest.FileRead) string {
	switch {
	case f.Records == 1:
		return "1 record"
	case f.Records > 1:
		return terminal.Comma(f.Records) + " records"
	case f.Size < 10_000:
		return terminal.Comma(int(f.Size)) + " bytes"
	case f.Size < 10_000_000:
		return terminal.Comma(int(f.Size/1000)) + " KB"
	default:
		return terminal.Comma(int(f.Size/1_000_000)) + " MB"
	}
}

// printNouns prints the counts noun by noun. Columns without any are left out, but for what is added.
func printNouns(s *terminal.Screen, r ingest.Report) {
	rows := r.Nouns
	if l := r.Links; !l.Nothing() {
		rows = append(rows[:len(rows):len(rows)], ingest.NounCounts{Noun: "links", Added: l.Added, Changed: l.Changed, Retracted: l.Retracted, Unchanged: l.Unchanged})
	}
	nouns := make([]string, len(rows)+1)
	for i, n := range rows {
		nouns[i+1] = n.Noun
	}
	lines := column("", nouns, false)
	for _, c := range []struct {
		head  string
		count func(ingest.NounCounts) int
	}{
		{"ADDED", func(n ingest.NounCounts) int { return n.Added }},
		{"CHANGED", func(n ingest.NounCounts) int { return n.Changed }},
		{"ENDED", func(n ingest.NounCounts) int { return n.Ended }},
		{"RETRACTED", func(n ingest.NounCounts) int { return n.Retracted }},
		{"UNCHANGED", func(n ingest.NounCounts) int { return n.Unchanged }},
		{"QUARANTINED", func(n ingest.NounCounts) int { return n.Quarantined }},
	} {
		cells, sum := []string{c.head}, 0
		for _, n := range rows {
			cells = append(cells, terminal.Comma(c.count(n)))
			sum += c.count(n)
		}
		if sum == 0 && c.head != "ADDED" {
			continue
		}
		for i, cell := range column(c.head, cells, true) {
			lines[i] += "  " + cell
		}
	}
	for i, line := range lines {
		if i == 0 {
			line = s.Styled(terminal.Bold, line)
		}
		s.Line("  " + line)
	}
}

// column makes cells of one width, with what they hold at the right or at the left.
func column(head string, cells []string, right bool) []string {
	width := terminal.Width(head)
	for _, c := range cells {
		width = max(width, terminal.Width(c))
	}
	out := make([]string, len(cells))
	for i, c := range cells {
		pad := strings.Repeat(" ", width-terminal.Width(c))
		if out[i] = c + pad; right {
			out[i] = pad + c
		}
	}
	return out
}

// summary says in one line what a load did.
func summary(r ingest.Report) string {
	what := whatOf(r, false)
	c := r.Counts
	quarantined := ""
	if c.Quarantined > 0 {
		quarantined = ", " + counted(c.Quarantined, "thing", "things") + " in quarantine"
	}
	if c.Nothing() && r.QuarantineChanged && r.DryRun {
		return fmt.Sprintf("%s: a load would change nothing but what is in quarantine%s; nothing was written", what, quarantined)
	}
	if c.Nothing() && r.Load > 0 {
		kind := "which changes nothing but what is in quarantine" + quarantined
		switch {
		case r.Undoes > 0:
			kind = fmt.Sprintf("which undoes load %d and changes no statement", r.Undoes)
		case r.Amends > 0:
			kind = fmt.Sprintf("which amends load %d and adds no statement", r.Amends)
		}
		return fmt.Sprintf("%s: load %d, %s", what, r.Load, kind)
	}
	if c.Nothing() && r.Undoes > 0 && r.DryRun {
		return fmt.Sprintf("%s: undoing load %d would change no statement; nothing was written", what, r.Undoes)
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
