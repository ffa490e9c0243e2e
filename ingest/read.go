package ingest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// prepare looks up what decides how the files are read: what was erased, and which records were mended before. It
// gives the files to read: those of the load with mended records in their places, or for an amendment the mended
// records alone.
func (l *loading) prepare(ctx context.Context) (fs.FS, error) {
	erasures, err := l.Reader.Erasures(ctx, graph.ErasureQuery{})
	if err != nil {
		return nil, fmt.Errorf("what was erased: %w", err)
	}
	l.erased = map[graph.StatementID]bool{}
	for _, e := range erasures {
		l.erased[e.StatementID] = true
	}
	if l.Amend != nil {
		l.excerpt, err = l.Amend.files()
		if err != nil {
			return nil, err
		}
		l.files = newRecorder(l.excerpt)
		return l.files, nil
	}
	l.files = newRecorder(l.Files)
	return l.mend(ctx)
}

// read asks the source for its slices and rows and fills the spool. Rows with one key are put in quarantine together.
func (l *loading) read(ctx context.Context, files fs.FS) (err error) {
	ctx, passed := Passing(ctx)
	found, err := l.Source.Slices(ctx, files)
	if err != nil {
		return err
	}
	if err := checkSlices(found); err != nil {
		return err
	}
	l.slices = found
	l.report = Report{DryRun: l.DryRun, Source: found[0].Source, Mended: l.mended.count()}
	if l.Amend != nil {
		l.report.Amends = l.Amend.Load
	}
	raw := newSpool("", spoolBudget)
	defer func() { err = errors.Join(err, raw.close()) }()
	read := 0
	for _, s := range found {
		l.report.Slices = append(l.report.Slices, s.ID)
		for row, err := range l.Source.Rows(ctx, files, s) {
			if err != nil {
				return err
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			read++
			if read%256 == 1 {
				done, of := l.files.progress()
				l.progress(Progress{Stage: StageReading, Done: read, Bytes: done, TotalBytes: of})
			}
			if err := l.take(raw, s, row); err != nil {
				return err
			}
		}
	}
	kept, err := l.withoutTwins(ctx, raw)
	if err != nil {
		return err
	}
	if l.Amend != nil {
		l.unmended()
	}
	if err := l.judge(read); err != nil {
		return err
	}
	l.report.PassedOver = passed()
	l.report.Counts.Unchanged = kept // until they are compared: how many there are
	return l.keepRecords(ctx)
}

// take puts a row where it belongs.
func (l *loading) take(raw *spool, s graph.Slice, row Row) error {
	l.tally.records(row.Records)
	if row.LeftOut {
		l.report.LeftOut += len(row.Records)
		return nil
	}
	if l.erased[row.Statement.StatementID] { // also where it is not understood: a quarantine would keep what was erased
		l.report.Erased++
		return nil
	}
	if len(row.Mistakes) > 0 {
		return l.quarantine(graph.Quarantined{Of: row.Statement.StatementID, Mistakes: row.Mistakes, Records: row.Records})
	}
	if err := checkStatement(s, row.Statement); err != nil {
		return err
	}
	return raw.add(entry{Statement: row.Statement, Records: row.Records})
}

// judge refuses a load with too much in quarantine.
func (l *loading) judge(read int) error {
	bad := l.bad
	if l.Amend != nil {
		bad = len(l.entries)
	}
	limit := DefaultQuarantine
	if l.MaxQuarantine != nil {
		limit = *l.MaxQuarantine
	}
	if l.Amend != nil {
		limit = Share{}
	}
	if limit.allows(bad, read) {
		return nil
	}
	var all Mistakes
	for _, q := range l.entries {
		all = append(all, q.Mistakes...)
	}
	all.Sort()
	if l.Amend != nil {
		return fmt.Errorf("what was mended is not understood yet; nothing was loaded:\n%w", all)
	}
	return &TooManyError{Bad: bad, Read: read, Limit: limit, Mistakes: all}
}

// TooManyError says that too much of a load is not understood to load the rest. It is an ErrInvalid.
type TooManyError struct {
	Bad, Read int
	Limit     Share
	Mistakes  Mistakes // of what is not understood, in order
}

// shownMistakes is how many of too many mistakes are printed.
const shownMistakes = 20

// Error counts, and prints the first mistakes.
func (e *TooManyError) Error() string {
	text := fmt.Sprintf("%d of %d rows are not understood, and %s may be: nothing was loaded", e.Bad, e.Read, e.Limit)
	if e.Bad == 1 {
		text = fmt.Sprintf("1 of %d rows is not understood, and %s may be: nothing was loaded", e.Read, e.Limit)
	}
	if len(e.Mistakes) <= shownMistakes {
		return text + "\n" + e.Mistakes.Error()
	}
	return fmt.Sprintf("%s\n%s\n… and %d more", text, e.Mistakes[:shownMistakes].Error(), len(e.Mistakes)-shownMistakes)
}

// Unwrap makes it the mistakes.
func (e *TooManyError) Unwrap() error { return e.Mistakes }

// withoutTwins moves statements into the load's spool, leaving out those that share an id.
func (l *loading) withoutTwins(ctx context.Context, raw *spool) (kept int, err error) {
	var group []entry
	rows := 0 // of the group; only the first are held
	flush := func() error {
		if rows == 1 {
			kept++
			return l.spool.add(group[0])
		}
		l.bad += rows - 1
		return l.quarantine(twins(group, rows))
	}
	for s, err := range raw.sorted(ctx) {
		if err != nil {
			return kept, err
		}
		if len(group) > 0 && group[0].StatementID != s.StatementID {
			if err := flush(); err != nil {
				return kept, err
			}
			group, rows = group[:0], 0
		}
		if rows++; rows <= heldTwins {
			group = append(group, s)
		}
	}
	if len(group) > 0 {
		err = flush()
	}
	return kept, err
}

// heldTwins is how many rows of one key are kept for mending, and namedTwins how many others each names.
const (
	heldTwins  = 50
	namedTwins = 3
)

// twins makes one entry of the quarantine of rows that share a key: which of them is right nobody can tell.
func twins(group []entry, rows int) graph.Quarantined {
	q := graph.Quarantined{Of: group[0].StatementID}
	var places []string
	for _, e := range group {
		places = append(places, e.Locator)
	}
	for i, e := range group {
		others := append(append([]string(nil), places[:i]...), places[i+1:]...)
		also := "also " + strings.Join(others[:min(namedTwins, len(others))], ", ")
		if more := rows - 1 - namedTwins; more > 0 {
			also += fmt.Sprintf(" and %d more", more)
		}
		file, line := splitLocator(e.Locator)
		at := int64(0)
		if len(e.Records) > 0 {
			file, line, at = e.Records[0].File, e.Records[0].Line, e.Records[0].From+1
		}
		q.Mistakes = append(q.Mistakes, Mistake{
			File: file, Line: line, Byte: at, Value: e.Key,
			Rule:       fmt.Sprintf("%d rows have the key of one %s; none of them is loaded", rows, e.Kind),
			Suggestion: also,
		})
		q.Records = append(q.Records, e.Records...)
	}
	return q
}

// quarantine keeps a thing that is not understood.
func (l *loading) quarantine(q graph.Quarantined) error {
	if len(l.entries) == maxEntries {
		var all Mistakes
		for _, e := range l.entries {
			all = append(all, e.Mistakes...)
		}
		return fmt.Errorf("more than %d rows are not understood: is this a file of %s?\n%w", maxEntries, l.Source.Info().Key, all[:shownMistakes])
	}
	if l.excerpt != nil { // places are those of the whole files
		for i, m := range q.Mistakes {
			q.Mistakes[i] = l.excerpt.Mistake(m)
		}
		for i, r := range q.Records {
			q.Records[i] = l.excerpt.Record(r)
		}
	}
	l.bad++
	q.N = len(l.entries) + 1
	l.tally.quarantined(q.Of)
	l.entries = append(l.entries, q)
	l.report.Counts.Quarantined++
	return nil
}

// splitLocator takes file and line apart where a locator is file:line.
func splitLocator(locator string) (file string, line int) {
	i := strings.LastIndexByte(locator, ':')
	if i < 0 {
		return locator, 0
	}
	if _, err := fmt.Sscanf(locator[i+1:], "%d", &line); err != nil {
		return locator, 0
	}
	return locator[:i], line
}

// checkStatement refuses what a source must never yield; it is a fault of the source, not of its files.
func checkStatement(s graph.Slice, st graph.Statement) error {
	switch {
	case st.Source != s.Source || st.Slice != s.ID:
		return fmt.Errorf("while reading slice %s of %s its source yields %s %s of slice %s of %s: %w", s.ID, s.Source, st.Kind, st.Key, st.Slice, st.Source, graph.ErrInvalid)
	case st.Key == "" || st.Kind == "" || len(st.Body) == 0 || st.Hash == graph.Hash{}:
		return fmt.Errorf("the source of slice %s of %s yields a %s statement %q that is not whole: %w", s.ID, s.Source, st.Kind, st.Key, graph.ErrInvalid)
	}
	return nil
}
