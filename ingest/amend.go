package ingest

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/entente-graph/entente/graph"
)

// An Amendment is what a person mended of a load's quarantine: it is loaded alone, adds what it says and retracts
// nothing. It is made again whenever the same file is loaded again.
type Amendment struct {
	Load  graph.LoadNumber
	Edits []graph.Edit
	// Things is the whole quarantine of the load: a mended record may belong to another thing than the one it was kept
	// with, as where its key was what was wrong.
	Things []graph.Quarantined
}

// A MendedRecord is a record of a quarantine as a person returns it.
type MendedRecord struct {
	N    int // the entry's
	File string
	Line int
	From int64 // the byte at which it begins, from 0: two records may stand in one line
	Text string
	// Where it stands in what the person gave, for mistakes about it.
	At Mistake
}

// NewAmendment compares records with those in quarantine; the ones that differ are its edits. None is an ErrInvalid, as
// is a record that is not in the load's quarantine.
func NewAmendment(ctx context.Context, r graph.Reader, n graph.LoadNumber, records []MendedRecord) (*Amendment, error) {
	loads, err := r.Loads(ctx, graph.LoadQuery{Number: n, First: 1})
	if err != nil {
		return nil, fmt.Errorf("load %d: %w", n, err)
	}
	if len(loads) == 0 {
		return nil, fmt.Errorf("there is no load %d: %w", n, graph.ErrNotFound)
	}
	sums := map[string]string{}
	for _, f := range loads[0].Files {
		sums[f.Name] = f.SHA256
	}
	page, err := r.Quarantine(ctx, graph.QuarantineQuery{Load: n})
	if err != nil {
		return nil, err
	}
	a := &Amendment{Load: n, Things: page.Items}
	var wrong Mistakes
	for _, m := range records {
		rec, ok := findRecord(page.Items, m)
		if !ok {
			m.At.Rule = fmt.Sprintf("entry %d of the quarantine of load %d has no record at %s:%d that begins at byte %d", m.N, n, m.File, m.Line, m.From+1)
			m.At.Suggestion = fmt.Sprintf("print it anew: entente quarantine %d --csv", n)
			wrong = append(wrong, m.At)
			continue
		}
		text, end := cutLineEnd(rec.Text)
		fresh, _ := cutLineEnd(m.Text)
		if fresh == text {
			continue
		}
		e := graph.Edit{File: rec.File, SHA256: sums[rec.File], Line: rec.Line, From: rec.From, To: rec.To - int64(len(end)), Text: fresh}
		if e.SHA256 == "" {
			m.At.Rule = fmt.Sprintf("load %d does not say which file %s was", n, rec.File)
			wrong = append(wrong, m.At)
			continue
		}
		if !slices.Contains(a.Edits, e) {
			a.Edits = append(a.Edits, e)
		}
	}
	switch {
	case len(wrong) > 0:
		return nil, wrong
	case len(a.Edits) == 0:
		return nil, graph.BadInput("no record differs from what stands in the quarantine of load %d: mend the text in column record, or the cell in column value", n)
	}
	slices.SortFunc(a.Edits, compareEdits)
	return a, nil
}

func compareEdits(a, b graph.Edit) int {
	if c := strings.Compare(a.File, b.File); c != 0 {
		return c
	}
	return int(max(-1, min(1, a.From-b.From)))
}

func findRecord(all []graph.Quarantined, m MendedRecord) (Record, bool) {
	for _, q := range all {
		if q.N != m.N {
			continue
		}
		for _, r := range q.Records {
			if r.File == m.File && r.From == m.From && !r.Frame {
				return r, r.Text != ""
			}
		}
	}
	return Record{}, false
}

// cutLineEnd takes the line end off a record.
func cutLineEnd(text string) (without, end string) {
	without = strings.TrimRight(text, "\r\n")
	return without, text[len(without):]
}

// files are the records of the quarantine alone, mended, in the frames of their files.
func (a *Amendment) files() (*Excerpt, error) {
	var records []Record
	for _, q := range a.Things {
		records = append(records, q.Records...)
	}
	for i, r := range records {
		for _, e := range a.Edits {
			if r.Text != "" && editOf(e, r) {
				records[i].Text = r.Text[:e.From-r.From] + e.Text + r.Text[e.To-r.From:]
			}
		}
	}
	return NewExcerpt(records)
}

// editOf tells whether an edit is of a record.
func editOf(e graph.Edit, r Record) bool {
	return !r.Frame && e.File == r.File && e.From >= r.From && e.To <= r.To
}

// touches tells whether a record of an entry is mended.
func (a *Amendment) touches(q graph.Quarantined) bool {
	return slices.ContainsFunc(q.Records, func(r Record) bool {
		return slices.ContainsFunc(a.Edits, func(e graph.Edit) bool { return editOf(e, r) })
	})
}

// unmended leaves in quarantine what was there before and of which nothing was mended: an amendment is judged by what a
// person mended. Records are those of the whole files by then.
func (l *loading) unmended() {
	l.entries = slices.DeleteFunc(l.entries, func(q graph.Quarantined) bool { return !l.Amend.touches(q) })
	l.report.Counts.Quarantined = len(l.entries)
}

// amendsStanding is what is wrong with a mended record whose statement stands in the store already, as another row
// says it.
func (l *loading) amendsStanding(s step) error {
	if s.ID.Kind == graph.StatementSource {
		return fmt.Errorf("the source says otherwise of itself than when load %d was recorded, so that this is another version of the program or of the files: load the files again: %w", l.Amend.Load, graph.ErrConflict)
	}
	file, line := splitLocator(s.Statement.Locator)
	return Mistakes{{
		File: file, Line: line, Value: s.ID.Key,
		Rule:       "the store holds what has this key already, from another row",
		Suggestion: "an amendment only adds; undo the load that has it first, or mend the key",
	}}
}

// mended are the files of a load with the records in their places that were mended in earlier amendments.
type mended struct {
	edits int
	files *editedFiles
}

func (m *mended) count() int {
	if m == nil {
		return 0
	}
	return m.edits
}

// mend gives the files as they are to be read. Where no record of this importer was ever mended those are the files
// themselves; else each is hashed first, for an amendment is of a file's very bytes.
func (l *loading) mend(ctx context.Context) (fs.FS, error) {
	h, err := readHistory(ctx, l.Reader)
	if err != nil {
		return nil, err
	}
	edits := h.edits(string(l.Source.Info().Key))
	if len(edits) == 0 {
		return l.files, nil
	}
	sums, err := hashFiles(ctx, l.files)
	if err != nil {
		return nil, err
	}
	apply := map[string][]graph.Edit{}
	n := 0
	named := func(sha, name string) bool {
		return slices.ContainsFunc(sums, func(f graph.File) bool { return f.SHA256 == sha && f.Name == name })
	}
	for _, f := range sums {
		byPlace := map[int64]graph.Edit{}
		for _, e := range edits { // of two of one record the later counts
			if e.SHA256 == f.SHA256 && (e.File == f.Name || !named(e.SHA256, e.File)) { // of two equal files the one that was mended
				byPlace[e.From] = e
			}
		}
		for _, e := range byPlace {
			apply[f.Name] = append(apply[f.Name], e)
		}
		n += len(byPlace)
	}
	if n == 0 {
		return l.files, nil
	}
	files, err := newEditedFiles(l.files, apply)
	if err != nil {
		return nil, err
	}
	l.mended = &mended{edits: n, files: files}
	return files, nil
}

// keepRecords fetches the text of what is in quarantine, so that it can be mended alone, with the frames of its
// files. Those of files of which nothing is in quarantine stand with the first entry, for a source may not read the others
// without them. Positions are those of the files as they stand on disk.
func (l *loading) keepRecords(ctx context.Context) error {
	if len(l.entries) == 0 {
		return nil
	}
	f, ok := l.Source.(Framer)
	if !ok {
		for i := range l.entries {
			l.entries[i].Records = nil
		}
		return nil
	}
	frames, err := f.Frames(ctx, l.files)
	if err != nil {
		return fmt.Errorf("what stands around the records of %s: %w", l.Source.Info().Key, err)
	}
	for i := range frames {
		frames[i].Frame = true
	}
	framed, beside := framesOf(l.entries, frames)
	framed[0] = append(framed[0], beside...)
	var all []Record
	for i := range l.entries {
		q := &l.entries[i]
		if l.mended != nil {
			for j, r := range q.Records {
				q.Records[j] = l.mended.files.record(r)
			}
			for j, m := range q.Mistakes {
				q.Mistakes[j] = l.mended.files.mistake(m)
			}
		}
		q.Records = append(framed[i], q.Records...)
		all = append(all, q.Records...)
	}
	texts, err := fetch(ctx, l.files, all)
	if err != nil {
		return fmt.Errorf("keeping what is in quarantine: %w", err)
	}
	for i := range l.entries {
		n := len(l.entries[i].Records)
		l.entries[i].Records, texts = texts[:n:n], texts[n:]
	}
	return nil
}

// framesOf gives for each entry the frames of the files its records are in, and those of the files that no entry has a
// record of.
func framesOf(entries []graph.Quarantined, frames []Record) (of [][]Record, beside []Record) {
	used := map[string]bool{}
	for _, q := range entries {
		mine := map[string]bool{}
		for _, r := range q.Records {
			mine[r.File], used[r.File] = true, true
		}
		var framed []Record
		for _, f := range frames {
			if mine[f.File] {
				framed = append(framed, f)
			}
		}
		of = append(of, framed)
	}
	for _, f := range frames {
		if !used[f.File] {
			beside = append(beside, f)
		}
	}
	return of, beside
}

// newsInQuarantine tells whether the quarantine is another than that of the newest load that counts of these slices,
// less what was mended since; or of an amendment, whether it mends what is not mended yet. A load that changes no statement
// is recorded all the same then: what is wrong must not be lost, and what is right again not stay in quarantine.
func (l *loading) newsInQuarantine(ctx context.Context) (bool, error) {
	h, err := readHistory(ctx, l.Reader)
	if err != nil {
		return false, err
	}
	mended := h.edits(string(l.Source.Info().Key))
	if l.Amend != nil {
		return slices.ContainsFunc(l.Amend.Edits, func(e graph.Edit) bool { return !slices.Contains(mended, e) }), nil
	}
	var before []graph.Quarantined
	for _, n := range h.quarantines(l.slices) {
		page, err := l.Reader.Quarantine(ctx, graph.QuarantineQuery{Load: n})
		if err != nil {
			return false, err
		}
		before = append(before, page.Items...)
	}
	since := &Amendment{Edits: mended}
	before = slices.DeleteFunc(before, since.touches)
	if len(before) != len(l.entries) {
		return true, nil
	}
	for _, mine := range l.entries {
		known := slices.ContainsFunc(before, func(q graph.Quarantined) bool {
			return q.Of == mine.Of && slices.Equal(q.Mistakes, mine.Mistakes)
		})
		if !known {
			return true, nil
		}
	}
	return false, nil
}
