package atop

import (
	"context"
	"fmt"
	"io/fs"
	"slices"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// A thing is all rows of one alliance: one of the alliance level, and those of its members.
type thing struct {
	number  string // as written
	heads   []table.Row
	members []table.Row
}

// first is the row whose number the thing goes by.
func (t *thing) first() table.Row {
	if len(t.heads) > 0 {
		return t.heads[0]
	}
	return t.members[0]
}

// rows gives all rows of the thing, the alliance level's first, in the order of the files.
func (t *thing) rows() []table.Row { return slices.Concat(t.heads, t.members) }

// gather joins the two levels by the number of the alliance, whatever order their rows have. Both are kept in memory: they
// have 0.2 MB and 0.5 MB.
func gather(ctx context.Context, files fs.FS, have map[string]string) ([]*thing, error) {
	byNumber := map[string]*thing{}
	var all []*thing
	for _, l := range levels {
		for row, err := range table.Read(ctx, files, have[l.Name], l.Format) {
			if err != nil {
				return nil, err
			}
			number := row.Get("atopid")
			t := byNumber[number]
			if t == nil || !isNumber(number) { // a row without a number belongs to nothing
				t = &thing{number: number}
				byNumber[number] = t
				all = append(all, t)
			}
			if l.Name == allianceLevel.Name {
				t.heads = append(t.heads, row)
			} else {
				t.members = append(t.members, row)
			}
		}
	}
	return all, nil
}

// judge says what is wrong with the rows of a thing, and with how they stand to each other: rows that are broken in
// themselves, one without a number, a row of the alliance that is missing or there twice, no members.
func (t *thing) judge() (bad []ingest.Mistake) {
	for _, row := range t.rows() {
		if m := row.Bad(); m != nil {
			bad = append(bad, *m)
		}
	}
	switch first := t.first(); {
	case len(bad) > 0:
	case !isNumber(t.number):
		bad = append(bad, first.Mistake("atopid", "this is not the number of an alliance", "a whole number"))
	case len(t.heads) == 0:
		bad = append(bad, first.Mistake("atopid", fmt.Sprintf("the alliance level has no alliance of this number, of which the member level has %s", count(len(t.members), "row")), "is a row missing, or the number wrong?"))
	case len(t.heads) > 1:
		for _, row := range t.heads[1:] {
			bad = append(bad, row.Mistake("atopid", fmt.Sprintf("the alliance has two rows in the alliance level: line %d has it already", first.Line), "leave one of them out"))
		}
	case len(t.members) == 0:
		bad = append(bad, first.Mistake("atopid", "the member level has no row of this alliance: nobody is a member", "is a row missing?"))
	}
	return bad
}

// A head is what the row of the alliance level says.
type head struct {
	cells
	period   graph.Period
	term     string
	maxphase int
	listed   []string // the numbers of its members
	unequal  bool     // obligations differ between members
}

func (r *reader) head(row table.Row) *head {
	h := &head{cells: cells{row: row}}
	h.version()
	h.period = h.cells.period([3]string{"begyr", "begmo", "begday"}, [3]string{"endyr", "endmo", "endday"})
	h.term = h.code(r.book, "term")
	h.maxphase, _ = h.number("maxphase", 0, 9, "a number of phases")
	h.unequal = h.flag("asymm")
	for _, column := range memberColumns {
		if n := row.Get(column); n != "" {
			h.listed = append(h.listed, n)
		}
	}
	return h
}

// alliance makes the agreement of a thing, or says all that is wrong with it.
func (r *reader) alliance(t *thing) (*graph.Agreement, []ingest.Mistake) {
	if bad := t.judge(); len(bad) > 0 {
		return nil, bad
	}
	h := r.head(t.heads[0])
	var members []*member
	for _, row := range t.members {
		members = append(members, r.member(row, h))
	}
	if len(h.bad) == 0 {
		compare(h, members)
	}
	bad := h.bad
	for _, m := range members {
		bad = append(bad, m.bad...)
	}
	if len(bad) > 0 {
		return nil, bad
	}
	return r.agreement(t, h, members), nil
}

// compare holds the rows of the members to that of the alliance, and to one another.
func compare(h *head, members []*member) {
	for _, column := range memberColumns {
		n := h.row.Get(column)
		if n != "" && !slices.ContainsFunc(members, func(m *member) bool { return m.number == n }) {
			h.mistake(column, "the member level has no row of this member", "is a row missing, or its number wrong?")
		}
	}
	if len(h.bad) == 0 && !slices.ContainsFunc(members, func(m *member) bool { return m.number != members[0].number }) {
		h.mistake("atopid", "the member level has one member only", "is a row missing?")
	}
	for i, m := range members {
		if len(m.bad) > 0 {
			continue
		}
		if m.period.Start.Earliest() < h.period.Start.Earliest() {
			m.mistake("yrent", fmt.Sprintf("the member entered (%s) before the alliance began (%s)", m.period.Start, h.period.Start), "")
		}
		if !h.period.End.IsZero() && (m.period.End.IsZero() || m.period.End.Latest() > h.period.End.Latest()) {
			m.mistake("yrexit", fmt.Sprintf("the member is in it beyond the end of the alliance (%s)", h.period.End), "")
		}
		for _, other := range members[:i] {
			if other.number == m.number && other.phase == m.phase && other.meets(m) {
				m.mistake("member", fmt.Sprintf("the member has two rows for the same time: line %d has it already", other.row.Line), "leave one of them out")
			}
		}
	}
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
