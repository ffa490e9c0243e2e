package ingest

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// read asks the source for its slices and rows and fills the spool. Two rows with one key are both put in quarantine.
func (l *loading) read(ctx context.Context) (err error) {
	found, err := l.Source.Slices(ctx, l.files)
	if err != nil {
		return err
	}
	if err := checkSlices(found); err != nil {
		return err
	}
	l.slices = found
	l.report = Report{DryRun: l.DryRun, Source: found[0].Source}
	raw := newSpool("", spoolBudget)
	defer func() { err = errors.Join(err, raw.close()) }()
	read := 0
	for _, s := range found {
		l.report.Slices = append(l.report.Slices, s.ID)
		for row, err := range l.Source.Rows(ctx, l.files, s) {
			if err != nil {
				return err
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			read++
			l.progress(StageReading, read, 0)
			if len(row.Mistakes) > 0 {
				l.quarantine(row.Mistakes[0])
				continue
			}
			if err := checkStatement(s, row.Statement); err != nil {
				return err
			}
			if err := raw.add(entry{Statement: row.Statement, Records: row.Records}); err != nil {
				return err
			}
		}
	}
	kept, err := l.withoutTwins(ctx, raw)
	if err != nil {
		return err
	}
	if n := len(l.report.Quarantined); n > max(QuarantineLimit, read/100) {
		Mistakes(l.report.Quarantined).Sort()
		return fmt.Errorf("%d of %d rows are not understood, which is too many to load the rest:\n%w", n, read, Mistakes(l.report.Quarantined))
	}
	l.report.Counts.Unchanged = kept // until they are compared: how many there are
	return nil
}

// withoutTwins moves statements into the load's spool, leaving out those that share an id.
func (l *loading) withoutTwins(ctx context.Context, raw *spool) (kept int, err error) {
	var group []entry
	flush := func() error {
		if len(group) == 1 {
			kept++
			return l.spool.add(group[0])
		}
		var places []string
		for _, s := range group {
			places = append(places, s.Locator)
		}
		for i, s := range group {
			others := append(append([]string(nil), places[:i]...), places[i+1:]...)
			file, line := splitLocator(s.Locator)
			l.quarantine(Mistake{
				File: file, Line: line, Value: s.Key,
				Rule:       fmt.Sprintf("%d rows have the key of one %s; none of them is loaded", len(group), s.Kind),
				Suggestion: "also " + strings.Join(others, ", "),
			})
		}
		return nil
	}
	for s, err := range raw.sorted(ctx) {
		if err != nil {
			return kept, err
		}
		if len(group) > 0 && group[0].StatementID != s.StatementID {
			if err := flush(); err != nil {
				return kept, err
			}
			group = group[:0]
		}
		group = append(group, s)
	}
	if len(group) > 0 {
		err = flush()
	}
	return kept, err
}

func (l *loading) quarantine(m Mistake) {
	l.report.Quarantined = append(l.report.Quarantined, m)
	l.report.Counts.Quarantined++
}

// splitLocator takes file and line apart where a locator is file:line.
func splitLocator(locator string) (file string, line int) {
	file, rest, ok := strings.Cut(locator, ":")
	if !ok {
		return locator, 0
	}
	if _, err := fmt.Sscanf(rest, "%d", &line); err != nil {
		return locator, 0
	}
	return file, line
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
