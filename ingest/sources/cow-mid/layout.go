package cowmid

import (
	"context"
	"io/fs"
	"slices"

	"github.com/entente-graph/entente/ingest/table"
)

// The four files of the dataset.
const (
	midA  = "MIDA"
	midB  = "MIDB"
	midI  = "MIDI"
	midIP = "MIDIP"
)

// others are layouts that people have beside this one, each known by columns that only it has.
var others = []table.Other{
	{Name: "MID of a version before 4.3", Advice: "get 5.0, or 4.3", Columns: []string{"link1", "numa"}},
	{Name: "the directed dyad-year data of Gibler, Miller and Little (GML MID)", Advice: "it has other dates and another judgement of what a dispute is", Columns: []string{"midongoing", "midonset", "ccode1", "ccode2"}},
	{Name: "MID locations (MIDLOC)", Advice: "it says where disputes were, not what they were", Columns: []string{"midloc2_location"}},
	{Name: "the dyadic MID data", Advice: "give the four files that it was made from", Columns: []string{"namea", "nameb", "statea", "stateb"}},
}

// A thing is all rows of one dispute, or of one incident: one row of the first file and those of the second.
type thing struct {
	number string // as written
	heads  []table.Row
	parts  []table.Row
}

// first is the row whose number a thing goes by.
func (t *thing) first() table.Row {
	if len(t.heads) > 0 {
		return t.heads[0]
	}
	return t.parts[0]
}

// rows gives all rows of the thing, those of the first file first, in the order of the files.
func (t *thing) rows() []table.Row { return append(slices.Clone(t.heads), t.parts...) }

// gather joins two files by a column, whatever order their rows have: MIDI is not sorted. Both are kept in
// memory, which for files of less than a megabyte needs no sorting on disk. Things come by number.
func (e *edition) gather(ctx context.Context, files fs.FS, have map[string]string, head, member string) ([]*thing, error) {
	byNumber := map[string]*thing{}
	var all []*thing
	for _, p := range []string{head, member} {
		for row, err := range table.Read(ctx, files, have[p], e.dataset.Format(p)) {
			if err != nil {
				return nil, err
			}
			number := e.numberOf(row.Get)
			if head == midI {
				number = row.Get(e.incident)
			}
			t := byNumber[number]
			if t == nil || !table.IsNumber(number) { // a row without a number belongs to nothing
				t = &thing{number: number}
				byNumber[number] = t
				all = append(all, t)
			}
			if p == head {
				t.heads = append(t.heads, row)
			} else {
				t.parts = append(t.parts, row)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b *thing) int {
		return table.CompareNumbers(a.number, b.number)
	})
	return all, nil
}
