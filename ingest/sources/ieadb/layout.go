package ieadb

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strconv"

	"github.com/entente-graph/entente/graph"
	"github.com/entente-graph/entente/ingest"
	"github.com/entente-graph/entente/ingest/table"
)

// The columns of the list of treaties that are read.
const (
	number    = "IEA# (click for add'l info)"
	inclusion = "Inclusion"
	year      = "Signature Year"
	signature = "Signature Date"
	force     = "Date IEA entered into force"
	title     = "Treaty Name"
	kind      = "Agreement Type (level 2)"
	lineage   = "Lineage"
	office    = "Secretariat"
)

// The two files, as published: another column is another version.
var (
	treaties = table.Part{
		Name: "the list of treaties",
		Format: table.Format{
			Layout: "IEADB's list of treaties",
			Columns: []string{
				number, inclusion, year, signature, force, title, "Treaty Text", "Members", kind, lineage, "Sequence in lineage", "Data",
				"Articles, etc.", office, "UNEP Info",
			},
		},
	}
	memberships = table.Part{
		Name: "the memberships",
		Format: table.Format{
			Layout: "IEADB's memberships",
			Columns: []string{
				"country", "mitch_id", "tsig", "inclusion", "treatyname", "tterm", "csig", "crat", "ceif3", "ceif4", "ceif5", "ceif6", "ceif7",
				"ceif8", "ceif9",
			},
		},
	}
)

// A thing is all rows of one treaty: one of the list, and those of its members.
type thing struct {
	number  string
	heads   []table.Row
	members []table.Row
}

// rows gives all rows of the thing, the list's first.
func (t *thing) rows() []table.Row { return slices.Concat(t.heads, t.members) }

// key is the treaty's key: the dataset's name and its own number; empty where that is none.
func (t *thing) key() graph.EngagementKey {
	if !isNumber(t.number) {
		return ""
	}
	return graph.EngagementKey(string(Key) + ":" + t.number)
}

func isNumber(text string) bool {
	n, err := strconv.Atoi(text)
	return err == nil && n > 0 && strconv.Itoa(n) == text
}

// gather joins the two files by the number of the treaty, whatever order their rows have. What is kept in memory are the cells:
// 1.7 MB of the list, and 4 MB of the memberships.
func gather(ctx context.Context, files fs.FS, have map[string]string) (all []*thing, err error) {
	byNumber := map[string]*thing{}
	for _, p := range []table.Part{treaties, memberships} {
		column := number
		if p.Name == memberships.Name {
			column = "mitch_id"
		}
		for row, err := range table.Read(ctx, files, have[p.Name], p.Format) {
			if err != nil {
				return nil, err
			}
			n := row.Get(column)
			t := byNumber[n]
			if t == nil || !isNumber(n) || row.Bad() != nil {
				t = &thing{number: n}
				all = append(all, t)
				if row.Bad() == nil && isNumber(n) {
					byNumber[n] = t
				}
			}
			if p.Name == memberships.Name {
				t.members = append(t.members, row)
			} else {
				t.heads = append(t.heads, row)
			}
		}
	}
	return all, nil
}

// judge says what is wrong with the rows of a thing, and with how they stand to each other.
func (t *thing) judge() (bad []ingest.Mistake) {
	for _, row := range t.rows() {
		if m := row.Bad(); m != nil {
			bad = append(bad, *m)
		}
	}
	if len(bad) > 0 {
		return bad
	}
	switch {
	case !isNumber(t.number) && len(t.heads) > 0:
		bad = append(bad, t.heads[0].Mistake(number, "this is not the number of a treaty", "a whole number"))
	case !isNumber(t.number):
		bad = append(bad, t.members[0].Mistake("mitch_id", "this is not the number of a treaty", "a whole number"))
	case len(t.heads) == 0:
		bad = append(bad, t.members[0].Mistake("mitch_id", fmt.Sprintf("the list has no treaty of this number, which has %d members here", len(t.members)), "is a row missing, or the number wrong?"))
	case len(t.heads) > 1:
		for _, row := range t.heads[1:] {
			bad = append(bad, row.Mistake(number, fmt.Sprintf("the treaty has two rows: line %d has it already", t.heads[0].Line), "leave one of them out"))
		}
	}
	for i, row := range t.members {
		for _, other := range t.members[:i] {
			if other.Get("country") == row.Get("country") {
				bad = append(bad, row.Mistake("country", fmt.Sprintf("the treaty has this member twice: row %d has it already", other.Line), "leave one of them out"))
			}
		}
	}
	return bad
}
