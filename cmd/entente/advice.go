package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
)

// next is a command to type next. It names the store where that was named on the command line.
func (a *app) next(format string, args ...any) string {
	text := "entente " + fmt.Sprintf(format, args...)
	for _, v := range a.config.Values() {
		if v.Key == "store" && strings.HasPrefix(v.Origin, "--") {
			text += " --store " + quoted(v.Value)
		}
	}
	return text
}

// quoted writes a word as shells read it.
func quoted(word string) string {
	if word != "" && !strings.ContainsFunc(word, func(r rune) bool { return strings.ContainsRune(" \t\n'\"\\$`*?[]{}()<>|&;#~!", r) }) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// advise adds to an error of a load, an undo or an amendment what to do about it.
func (a *app) advise(err error) error {
	if err == nil {
		return nil
	}
	var broken *ingest.BrokenOffError
	if errors.As(err, &broken) {
		on, back := a.next("resume"), a.next("discard %d", broken.Load)
		switch {
		case broken.Discarding && errors.Is(err, context.Canceled):
			return &advised{err, "take back the rest of it: " + back, []string{back}}
		case broken.Discarding:
			return &advised{err, "take back the rest of it, once what stands in the way is gone: " + back, []string{back}}
		}
		return &advised{err, fmt.Sprintf("go on with it: %s, or take it back: %s", on, back), []string{on, back}}
	}
	if many := tooMany(err); many != nil {
		share := shareOf(many)
		return &advised{err, fmt.Sprintf("mend the files, or let more be in quarantine: --max-quarantine %s", share), nil}
	}
	return err
}

// whileHeld adds to an error of what an open load was in the way of, that one need not wait for the lease of a dead loader.
func (a *app) whileHeld(err error, u *graph.Unfinished, command string) error {
	if !errors.Is(err, graph.ErrConflict) || u.Expired {
		return err
	}
	take := a.next("%s --take-over", command)
	return &advised{err, "where you know that nobody writes it any more, you need not wait: " + take, []string{take}}
}

// shareOf is the part that would have to be allowed in quarantine, rounded up.
func shareOf(many *ingest.TooManyError) string {
	percent := (many.Bad*100 + many.Read - 1) / max(many.Read, 1)
	return fmt.Sprintf("%d%%", min(percent, 100))
}

// failed gives an error as a command ends with it: in JSON where that is asked for, except one of the command line.
func (a *app) failed(asJSON bool, err error) error {
	var bad *usageError
	if err == nil || !asJSON || errors.As(err, &bad) {
		return err
	}
	mistakes, text := explain(err)
	out := struct {
		Error    string          `json:"error"`
		Mistakes ingest.Mistakes `json:"mistakes,omitempty"`
		Next     []string        `json:"next,omitempty"`
	}{Error: text, Mistakes: mistakes}
	var with *advised
	if errors.As(err, &with) {
		out.Next = with.next
	}
	return errors.Join(reported{err}, a.printJSON(out))
}

// outcome is what a load, an undo or an amendment did, for programs.
type outcome struct {
	ingest.Report
	Next []string `json:"next,omitempty"`
}

// tell prints what a load did, and what can be done next.
func (a *app) tell(r ingest.Report, asJSON bool) error {
	said, next := a.whatNext(r)
	if asJSON {
		return a.printJSON(outcome{r, next})
	}
	for _, text := range before(r) {
		a.say("%s", text)
	}
	if err := a.printReport(r); err != nil {
		return err
	}
	if said != "" {
		a.say("%s", said)
	}
	return nil
}

// before says what a load met with, besides what it changed.
func before(r ingest.Report) (lines []string) {
	if r.Resumed {
		lines = append(lines, fmt.Sprintf("Load %d had been broken off; it went on from there.", r.Load))
	}
	if r.Discarded > 0 {
		lines = append(lines, fmt.Sprintf("Load %d had been broken off and was another one; it was discarded first, and its number stays burned.", r.Discarded))
	}
	if r.Mended > 0 {
		lines = append(lines, fmt.Sprintf("%s read as mended before, by an amendment.", counted(r.Mended, "record was", "records were")))
	}
	for _, p := range r.PassedOver {
		lines = append(lines, fmt.Sprintf("Passed over %s: %s.", p.File, p.Why))
	}
	if r.LeftOut > 0 {
		lines = append(lines, fmt.Sprintf("%s left out, by the rules of the source.", counted(r.LeftOut, "record was", "records were")))
	}
	if r.Erased > 0 {
		lines = append(lines, fmt.Sprintf("%s was erased for good.", counted(r.Erased, "row was left out, because what it says", "rows were left out, because what they say")))
	}
	return lines
}

// whatNext says what a person does after a load.
func (a *app) whatNext(r ingest.Report) (text string, next []string) {
	var parts []string
	add := func(what, command string) {
		parts, next = append(parts, what+": "+command), append(next, command)
	}
	switch {
	case r.DryRun:
		return "", nil
	case r.Counts.Quarantined > 0 && r.Load > 0:
		add("What is in quarantine, and how to mend it", a.next("quarantine %d", r.Load))
	case r.Counts.Quarantined > 0:
		add("What is in quarantine, and how to mend it", a.next("quarantine"))
	}
	switch {
	case r.Load == 0:
	case r.Amends > 0:
		add(fmt.Sprintf("The mended records of load %d are read so whenever these files are loaded again; to take that back", r.Amends), a.next("undo %d", r.Load))
	case r.Undoes > 0:
		add(fmt.Sprintf("What load %d replaced is as it was before it; to take that back", r.Undoes), a.next("undo %d", r.Load))
	case r.Resumed:
		add("To go back", a.next("undo %d", r.Load))
	}
	return strings.Join(parts, ". "), next
}

// counted writes a number with the word for one or for more.
func counted(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}

// describeOpen says in a sentence which load is open, who has it and what can be done.
func (a *app) describeOpen(u *graph.Unfinished) (text string, next []string) {
	const clock = "2006-01-02 15:04:05Z"
	what := fmt.Sprintf("Load %d, of %s,", u.Number, u.Source)
	if u.Undoes > 0 {
		what = fmt.Sprintf("Load %d, which undoes load %d,", u.Number, u.Undoes)
	}
	if u.Copy != nil {
		what = fmt.Sprintf("Load %d, a copy from another store,", u.Number)
	}
	written := counted(u.Batches, "batch is", "batches are") + " written, and nothing of it can be seen"
	since, until := u.Opened.Format(clock), u.Until.Format(clock)
	on, back := a.next("resume"), a.next("discard")
	switch {
	case u.Discarding && u.Expired:
		return fmt.Sprintf("%s was being taken back by %s until %s; to bring that to its end: %s", what, u.Holder, until, back), []string{back}
	case u.Discarding:
		return fmt.Sprintf("%s is being taken back by %s; its lease runs until %s unless it goes on", what, u.Holder, until), nil
	case u.Expired && u.Copy != nil:
		return fmt.Sprintf("%s was broken off: %s had it from %s until %s; %s. Go on with it by entente copy, or take it back, which ends copying to this store: %s", what, u.Holder, since, until, written, back), []string{back}
	case u.Expired:
		return fmt.Sprintf("%s was broken off: %s had it from %s until %s; %s. Go on with it: %s, or take it back: %s", what, u.Holder, since, until, written, on, back), []string{on, back}
	default:
		return fmt.Sprintf("%s is being written by %s since %s; its lease runs until %s unless it goes on; %s", what, u.Holder, since, until, written), nil
	}
}
